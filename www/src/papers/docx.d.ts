/** What we use of the library `docx`. Its own types bring those of Node along, which a page must not see. */
type Font = { readonly ascii: string; readonly hAnsi: string; readonly eastAsia: string; readonly cs: string };
type Values<T> = T[keyof T];

export declare const AlignmentType: { readonly LEFT: 'left'; readonly CENTER: 'center'; readonly RIGHT: 'right'; readonly BOTH: 'both' };
export declare const BorderStyle: { readonly SINGLE: 'single' };
export declare const HeadingLevel: { readonly TITLE: 'Title'; readonly HEADING_1: 'Heading1'; readonly HEADING_2: 'Heading2' };
export declare const LineRuleType: { readonly EXACT: 'exact' };
export declare const PageNumber: { readonly CURRENT: 'CURRENT' };
export declare const PageOrientation: { readonly PORTRAIT: 'portrait'; readonly LANDSCAPE: 'landscape' };
export declare const ShadingType: { readonly CLEAR: 'clear' };
export declare const TableLayoutType: { readonly FIXED: 'fixed' };
export declare const VerticalAlign: { readonly CENTER: 'center' };
export declare const WidthType: { readonly DXA: 'dxa' };

type Spacing = { readonly before?: number; readonly after?: number; readonly line?: number; readonly lineRule?: Values<typeof LineRuleType> };
type Width = { readonly size: number; readonly type: Values<typeof WidthType> };
type Border = { readonly style: Values<typeof BorderStyle>; readonly size: number; readonly color: string };

export declare class TextRun {
  constructor(options: {
    readonly text?: string; readonly children?: readonly string[]; readonly font?: Font; readonly size?: number; readonly bold?: boolean; readonly color?: string; readonly highlight?: 'yellow';
  });
}
export declare class Paragraph {
  constructor(options: {
    readonly heading?: Values<typeof HeadingLevel>; readonly alignment?: Values<typeof AlignmentType>; readonly spacing?: Spacing; readonly indent?: { readonly firstLine?: number };
    readonly keepNext?: boolean; readonly keepLines?: boolean; readonly children: readonly TextRun[];
  });
}
export declare class TableCell {
  constructor(options: {
    readonly width: Width; readonly verticalAlign: Values<typeof VerticalAlign>; readonly borders: Readonly<Record<'top' | 'bottom' | 'left' | 'right', Border>>; readonly columnSpan?: number;
    readonly margins: Readonly<Record<'top' | 'bottom' | 'left' | 'right', number>>; readonly shading?: { readonly type: Values<typeof ShadingType>; readonly fill: string; readonly color: string };
    readonly children: readonly Paragraph[];
  });
}
export declare class TableRow {
  constructor(options: { readonly tableHeader?: boolean; readonly cantSplit?: boolean; readonly children: readonly TableCell[] });
}
export declare class Table {
  constructor(options: { readonly width: Width; readonly columnWidths: readonly number[]; readonly layout: Values<typeof TableLayoutType>; readonly rows: readonly TableRow[] });
}
export declare class Footer {
  constructor(options: { readonly children: readonly Paragraph[] });
}
export interface ISectionOptions {
  readonly properties: { readonly page: {
    readonly size: { readonly width: number; readonly height: number; readonly orientation: Values<typeof PageOrientation> };
    readonly margin: Readonly<Record<'top' | 'bottom' | 'left' | 'right' | 'footer', number>>; readonly pageNumbers: { readonly start: number };
  } };
  readonly footers: { readonly default: Footer };
  readonly children: readonly (Paragraph | Table)[];
}
export declare class Document {
  constructor(options: {
    readonly title: string; readonly subject: string; readonly creator: string; readonly description: string;
    readonly styles: { readonly default: { readonly document: { readonly run: { readonly font: Font; readonly size: number; readonly language: { readonly value: string; readonly eastAsia: string } } } } };
    readonly sections: readonly ISectionOptions[];
  });
}
export declare const Packer: { toBlob(document: Document): Promise<Blob> };
