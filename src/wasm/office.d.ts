/**
 * The office module: a standard as a workbook to fill in, filled workbooks and other tables back into an entry, and lists
 * as workbooks to hand upward. Everything is done in memory; no file is opened and nothing is sent.
 *
 * What a file says never throws: it is in `problems`. A file that cannot be read at all throws an `OfficeError`.
 */
import type { Entry, Lang, Report } from '../wasm.d.ts';

/**
 * The workbook to fill in, `.xlsx`: a cover, a sheet for each chapter (or one for a department), the lines to set, what
 * does not apply. The same arguments give the same bytes.
 * @throws {OfficeError} `unknown-department`, `too-long` (a cell holds 32,767 letters), `bad-argument`
 */
export function write_form(rulebook: Uint8Array, entry: Entry, options: FormOptions): Uint8Array;

/**
 * Reads `.xlsx`, `.xls`, `.ods` or `.csv`, by what is in it. `name` helps to tell what a file should have been.
 * @throws {OfficeError} `too-large`, `too-much`, `encrypted`, `damaged`, `web-page`, `other-format`, `not-a-spreadsheet`
 */
export function read(rulebook: Uint8Array, name: string, bytes: Uint8Array): SheetRead;

/** Lists to hand upward, `.xlsx`: each table on a sheet of its own, on A4. @throws {OfficeError} */
export function write_tables(document: OfficeDocument): Uint8Array;

export interface FormOptions {
  /** One of the standard's departments: what it fills in alone. */
  department?: string;
  /** The language of headings and help; `zh` unless given. */
  lang?: Lang;
  /** The date whose lines apply, `YYYY-MM-DD`. */
  as_of: string;
  /** Its verdicts and reasons stand beside the rows. */
  report?: Report;
}

/** What was read from one file. */
export interface SheetRead {
  /** A workbook of ours, somebody else's table, or neither. */
  readonly kind: 'form' | 'table' | 'none';
  /** Which standard a workbook of ours says it is of. */
  readonly standard?: { readonly id: string; readonly version: string; readonly digest: string };
  /** Whom a workbook of ours is for; empty where for all. */
  readonly department: string;
  /** By ids; text as it stands in the cells, yes and no as truths. */
  readonly entry: Entry;
  /** What has no place in this standard, as it was. */
  readonly strays: Entry;
  /** Where each value stands; by path: `swept_area`, `list.key`, `parameter:ID`, `reason:C-10`, `waived:C-10`. */
  readonly places: Readonly<Record<string, { readonly sheet: string; readonly cell: string }>>;
  readonly problems: readonly SheetProblem[];
  readonly sheets: readonly { readonly name: string; readonly kind: 'form' | 'table' | 'none'; readonly values: number }[];
}

export interface SheetProblem {
  /** Empty where the whole file is meant. */
  readonly sheet: string;
  /** `F12`; empty where the whole sheet is meant. */
  readonly cell: string;
  readonly code: SheetCode;
  /** `error`: a value was not taken over; `warning`: it was, or was put aside, but look; `note`: to know. */
  readonly severity: 'error' | 'warning' | 'note';
  /** Without the place. */
  readonly text_zh: string;
  readonly text_en: string;
}

export type SheetCode =
  | 'other-standard' | 'other-version' | 'unknown-id' | 'label-changed' | 'unit-differs' | 'error-cell' | 'not-computed'
  | 'became-date' | 'serial-date' | 'two-values' | 'no-match' | 'several-match' | 'needs-parts' | 'needs-key' | 'no-name'
  | 'no-head' | 'several-values' | 'several-rows' | 'hidden-rows' | 'no-reason' | 'reason-alone';

export interface OfficeDocument {
  /** Above each table. */
  title: string;
  /** What it is and is not: 参考标准，不代表正式评定. Stands on each sheet. */
  notice: string;
  /** The day that the file says it was made on, `YYYY-MM-DD`. */
  as_of?: string;
  /** Label and text, before the first table. */
  facts?: readonly (readonly [string, string])[];
  tables: readonly OfficeTable[];
  /** A line each, after the last table: 填报单位（盖章）： */
  signatures?: readonly string[];
}

export interface OfficeTable {
  /** Names the sheet. */
  title: string;
  /** Widths in letters of half width (a Chinese one takes two); 95 make an upright page. */
  columns: readonly { title: string; width?: number; align?: 'left' | 'center' | 'right' }[];
  /** A total stands in bold. */
  rows: readonly (readonly OfficeCell[] | { cells: readonly OfficeCell[]; total?: boolean })[];
  note?: string;
}

/** Text is never a formula, whatever it begins with. Numbers are exact decimals; `digits` are shown. */
export type OfficeCell = string | number | { number: string | number; digits?: number };

export interface OfficeError extends Error {
  problems: readonly { code: string; text_zh: string; text_en: string }[];
}
