/**
 * Papers as Word documents, to be edited further. Fetched when first asked for: it brings a library along.
 * Measures are those of Word: twentieths of a point, font sizes in half points.
 */
import {
  AlignmentType, BorderStyle, Document, Footer, HeadingLevel, LineRuleType, Packer, PageNumber, PageOrientation, Paragraph, ShadingType, Table, TableCell, TableLayoutType, TableRow, TextRun, VerticalAlign, WidthType,
  type ISectionOptions,
} from 'docx';
import type { Lang } from '../../../src/wasm.d.ts';
import { cellText, lastTable, rowsWithEnd, type Block, type Paper, type Table as PaperTable } from './paper';

const A4 = { width: 11906, height: 16838 };
/** Official papers keep 37, 35, 28 and 26 mm; lists need the room. */
const MARGINS = { account: { top: 2098, bottom: 1984, left: 1588, right: 1474 }, list: { top: 1134, bottom: 1134, left: 1021, right: 1021 } };
// Names that Windows, WPS and macOS know, or put the nearest in place of.
const BODY = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋', cs: 'Times New Roman' };
const HEAD = { ascii: 'Arial', hAnsi: 'Arial', eastAsia: '黑体', cs: 'Arial' };
const KAI = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '楷体', cs: 'Times New Roman' };

export async function writeWord(papers: readonly Paper[], lang: Lang): Promise<Blob> {
  const [first] = papers;
  const document = new Document({
    title: first === undefined ? '' : first.title, subject: first === undefined ? '' : first.subtitle, creator: '', description: first === undefined ? '' : first.notice,
    styles: { default: { document: { run: { font: BODY, size: 24, language: { value: 'en-US', eastAsia: 'zh-CN' } } } } },
    sections: papers.map((paper) => section(paper, lang)),
  });
  return Packer.toBlob(document);
}

function section(paper: Paper, lang: Lang): ISectionOptions {
  const margin = MARGINS[paper.style];
  const width = (paper.wide ? A4.height : A4.width) - margin.left - margin.right;
  const colon = lang === 'en' ? ': ' : '：';
  const last = lastTable(paper);
  return {
    properties: { page: { size: { ...A4, orientation: paper.wide ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT }, margin: { ...margin, footer: 850 }, pageNumbers: { start: 1 } } },
    footers: { default: new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: BODY, size: 21 })] })] }) },
    children: [
      new Paragraph({ heading: HeadingLevel.TITLE, alignment: AlignmentType.CENTER, spacing: { after: 60 }, children: [run(paper.title, HEAD, 44, { color: '000000' })] }),
      new Paragraph({ alignment: AlignmentType.CENTER, children: [run(paper.subtitle, BODY, 24)] }),
      new Paragraph({ alignment: AlignmentType.CENTER, spacing: { after: 160 }, children: [run(paper.notice, BODY, 18, { color: '444444' })] }),
      ...(paper.facts.length === 0 ? [] : [new Paragraph({ spacing: { after: 80 }, children: [run(paper.facts.map(([term, text]) => `${term}${colon}${text === '' ? '＿＿＿＿＿＿' : text}`).join('　　'), BODY, 24)] })]),
      ...paper.blocks.reduce<readonly (Paragraph | Table)[]>((all, block, i) => [...all, ...blockOf(block, paper, width, last >= 0 && i >= last)], []),
      ...paper.signs.map((sign) => new Paragraph({ keepNext: true, keepLines: true, spacing: { before: 240 }, children: [run(`${sign}${colon}＿＿＿＿＿＿＿＿＿＿`, BODY, paper.style === 'account' ? 32 : 24)] })),
      new Paragraph({ keepNext: true, alignment: AlignmentType.RIGHT, spacing: { before: 240 }, children: [run(paper.day, BODY, paper.style === 'account' ? 32 : 24)] }),
      ...paper.marks.map(([term, text]) => new Paragraph({ children: [run(`${term}${colon}${text}`, BODY, 15, { color: '444444' })] })),
    ],
  };
}

type Font = typeof BODY;

function run(text: string, font: Font, size: number, more: { bold?: boolean; color?: string; highlight?: 'yellow' } = {}): TextRun {
  return new TextRun({ text, font, size, ...more });
}

/** `ends`: places to sign follow, which must not stand on a page alone. */
function blockOf(block: Block, paper: Paper, width: number, ends: boolean): readonly (Paragraph | Table)[] {
  const account = paper.style === 'account';
  switch (block.kind) {
    case 'heading': return [new Paragraph({
      heading: block.level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2, keepNext: true, spacing: { before: 120, after: 40 }, indent: { firstLine: 640 },
      children: [run(block.text, block.level === 1 ? HEAD : KAI, 32, { color: '000000' })],
    })];
    case 'text': return [new Paragraph({
      keepNext: ends, alignment: AlignmentType.BOTH, spacing: account ? { line: 560, lineRule: LineRuleType.EXACT } : { before: 80, after: 80 }, indent: { firstLine: account ? 640 : 480 },
      children: [run(block.text, BODY, account ? 32 : 24, block.wanted === true ? { highlight: 'yellow' } : {})],
    })];
    case 'table': return [
      ...(block.title === '' || block.title === paper.title ? [] : [new Paragraph({ keepNext: true, spacing: { before: 160, after: 60 }, children: [run(block.title, HEAD, 24)] })]),
      tableOf(block, width, block.together === true ? block.rows.length : ends ? rowsWithEnd(block, paper.wide) : 0), new Paragraph({ keepNext: ends, children: [] }),
    ];
  }
}

const line = { style: BorderStyle.SINGLE, size: 4, color: '333333' };
const borders = { top: line, bottom: line, left: line, right: line };

/** A real table: its head stands on every page, no row is cut in two; its last rows stay with what follows. */
function tableOf({ columns, rows, empty }: PaperTable, width: number, kept: number): Table {
  const all = columns.reduce((sum, column) => sum + column.width, 0);
  const widths = columns.map((column) => Math.floor((column.width / all) * width));
  const cell = (text: string, i: number, { bold = false, head = false, span = 1, keep = false, align = 'left' as 'left' | 'center' | 'right' } = {}): TableCell => new TableCell({
    width: { size: span > 1 ? width : widths[i] || 0, type: WidthType.DXA }, verticalAlign: VerticalAlign.CENTER, borders, columnSpan: span, margins: { top: 30, bottom: 30, left: 60, right: 60 },
    ...(head ? { shading: { type: ShadingType.CLEAR, fill: 'EEEEEE', color: 'auto' } } : {}),
    children: text.split('\n').map((one) => new Paragraph({ keepNext: keep, alignment: align === 'center' ? AlignmentType.CENTER : align === 'right' ? AlignmentType.RIGHT : AlignmentType.LEFT, children: [run(one, head ? HEAD : BODY, 19, { bold })] })),
  });
  return new Table({
    width: { size: width, type: WidthType.DXA }, columnWidths: widths, layout: TableLayoutType.FIXED,
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: columns.map(({ title }, i) => cell(title, i, { head: true, align: 'center' })) }),
      ...(rows.length === 0 ? [new TableRow({ cantSplit: true, children: [cell(empty, 0, { span: columns.length })] })] : rows.map(({ cells, bold = false }, n) =>
        new TableRow({ cantSplit: true, children: cells.map((one, i) => cell(cellText(one), i, { bold, keep: n >= rows.length - kept, align: (columns[i] || { align: 'left' as const }).align || 'left' })) }))),
    ],
  });
}
