/**
 * The office module: a standard as a workbook to fill in, filled workbooks and other tables back into an entry, and lists
 * as workbooks to hand upward. Everything is done in memory; no file is opened and nothing is sent.
 *
 * What a file says never throws: it is in `problems`. A file that cannot be read at all throws an `OfficeError`.
 */
import type { Entry, Lang, Outcome, Report } from '../wasm.d.ts';

/**
 * The workbook to fill in, `.xlsx`: a cover, a sheet for each chapter (or one for a department), the lines to set, what
 * does not apply, evidence and notes. The same arguments give the same bytes.
 * @throws {OfficeError} `unknown-department`, `too-long` (a cell holds 32,767 letters), `bad-argument`
 */
export function write_form(rulebook: Uint8Array, data: Entry & Partial<Papers>, options: FormOptions): Uint8Array;

/**
 * Reads `.xlsx`, `.xls`, `.ods` or `.csv`, by what is in it. `name` helps to tell what a file should have been.
 * @throws {OfficeError} `too-large`, `too-much`, `encrypted`, `empty`, `damaged`, `web-page`, `other-format`, `not-a-spreadsheet`
 */
export function read(rulebook: Uint8Array, name: string, bytes: Uint8Array): SheetRead;

/** Lists to hand upward, `.xlsx`: each table on a sheet of its own, on A4. @throws {OfficeError} */
export function write_tables(document: OfficeDocument): Uint8Array;

/**
 * Why the score moved from one report to another. With the rulebooks of both reports among `rulebooks` the causes are
 * tried out, by exchanging one part at a time; else `untold` says why not, and only what is the same can be ruled out.
 * @throws {OfficeError} `not-comparable`, `bad-argument`
 */
export function compare(before: Report, after: Report, rulebooks: readonly Uint8Array[]): ReportComparison;

/**
 * Whether a report, as text, holds: made again from its own data by a rulebook.
 * @throws {OfficeError} `not-comparable` where it is no report of this version, `bad-argument`
 */
export function recheck(report: string, rulebook: Uint8Array): Recheck;

/** What is written for people, by indicator; no checker reads it. */
export interface Papers {
  readonly evidence: Readonly<Record<string, readonly Paper[]>>;
  readonly notes: Readonly<Record<string, string>>;
}

/** A document that shows that a figure is true; `digest` and `file` are of a file that was looked at. */
export interface Paper {
  readonly name: string;
  readonly number: string;
  readonly date: string;
  readonly pages: string;
  readonly digest: string;
  readonly file: string;
}

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
export interface SheetRead extends Papers {
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
  /** Where each value stands; by path: `swept_area`, `list.key`, `parameter:ID`, `reason:C-10`, `waived:C-10`, `evidence:C-10`, `note:C-10`. */
  readonly places: Readonly<Record<string, { readonly sheet: string; readonly cell: string }>>;
  /** Which places a workbook of ours asked a department for that filled others in, and left this one empty; where. */
  readonly empty: Readonly<Record<string, { readonly sheet: string; readonly cell: string }>>;
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
  | 'other-standard' | 'other-version' | 'unknown-id' | 'label-changed' | 'unit-differs' | 'unit-unfit' | 'unit-unclear' | 'unit-converted' | 'error-cell' | 'not-computed'
  | 'became-date' | 'serial-date' | 'two-values' | 'no-match' | 'several-match' | 'needs-parts' | 'needs-key' | 'no-name'
  | 'no-head' | 'several-values' | 'newest-year' | 'needs-total' | 'needless' | 'unplaced' | 'whose-row' | 'several-rows' | 'hidden-rows' | 'beside' | 'not-read' | 'no-reason' | 'reason-alone';

export interface OfficeDocument extends OfficeFrame {
  /** Above each table. */
  title: string;
  /** What it is and is not: 参考标准，不代表正式评定. Stands on each sheet. */
  notice: string;
  /** The day that the file says it was made on, `YYYY-MM-DD`. */
  as_of?: string;
  tables: readonly OfficeTable[];
}

/** What stands before the first table and after the last of a document; of a table, around itself, too. */
export interface OfficeFrame {
  /** Label and text; the text alone where the label is empty. */
  facts?: readonly (readonly [string, string])[];
  /** Places to sign, two on a line, an empty one leaves its place free: 填报单位（盖章）： */
  signatures?: readonly string[];
  /** Small lines below those. */
  marks?: readonly string[];
}

export interface OfficeTable extends OfficeFrame {
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

/** What came of checking a report again. */
export interface Recheck {
  /** Whether the report says what the rules make of its data; another version of the program is no difference by itself. */
  readonly holds: boolean;
  /** Other rules, an altered entry, another version of the program; or none of these, and the report itself was altered. */
  readonly causes: readonly ('rulebook' | 'entry' | 'engine' | 'report')[];
  /** What it says otherwise, the weightiest first. */
  readonly differences: readonly Difference[];
}

export interface Difference {
  readonly part: 'verdict' | 'points' | 'score' | 'data' | 'entry' | 'standard' | 'explanation' | 'text' | 'form';
  readonly indicator?: string;
  /** Names from the outside in: `findings/9/points`. */
  readonly at: string;
  /** What the report says, and what was found; absent where there is nothing. */
  readonly recorded?: unknown;
  readonly found?: unknown;
}

/** The part that turned a verdict: what was entered, the rules, the values of lines, the date. */
export type Cause = 'data' | 'rules' | 'parameters' | 'date';

/** Points, as exact decimals or fractions: certain, and if everything undecided turns out met. */
export interface Ends { readonly low: string; readonly high: string }

/** How far something moved the score. `id`: an indicator or chapter; in `rest` `bonus_cap`, `penalty_cap` or `scheme`. */
export interface Moved extends Ends { readonly id: string }

export interface ReportComparison {
  readonly from: Ends;
  readonly to: Ends;
  /** `chapters` and `rest` add up to this. */
  readonly moved: Ends;
  readonly chapters: readonly Moved[];
  /** The indicators that moved the score, then those that turned without moving it. */
  readonly indicators: readonly Moved[];
  readonly rest: readonly Moved[];
  /** What the score decides, where that turned. */
  readonly standing: readonly StandingMoved[];
  /** The parts that differ. */
  readonly parts: readonly Cause[];
  readonly as_of: readonly [string, string];
  /** Figures, lines and rules that differ. */
  readonly fields: readonly MovedValue[];
  readonly parameters: readonly MovedValue[];
  readonly rules: readonly RuleChange[];
  /** Verdicts that turned, or won other points, and why. */
  readonly turned: readonly Flip[];
  /** Why causes were not tried out; absent where they were. */
  readonly untold?: 'no_standard' | 'does_not_hold';
}

/**
 * Something of the whole that turned: passing (line, floors and vetoes together), the pass line, the grade, a chapter's floor, an
 * indicator's veto (`yes` where it has struck). A grade is its name, or both of its ends with `–` between them; empty where there is none.
 */
export interface StandingMoved {
  readonly of: 'passes' | 'pass' | 'grade' | 'floor' | 'veto';
  /** Of the chapter or the indicator; empty otherwise. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly causes: readonly Cause[];
  readonly turning: Flip['turning'];
}

export interface Flip {
  readonly indicator: string;
  readonly title: string;
  /** Absent where the indicator is new. */
  readonly from?: { readonly outcome: Outcome; readonly points?: string };
  /** Absent where it is gone. */
  readonly to?: { readonly outcome: Outcome; readonly points?: string };
  readonly causes: readonly Cause[];
  /** One cause alone; any of them alone; only together; not told apart. */
  readonly turning: 'alone' | 'either' | 'together' | 'untold';
  readonly fields: readonly MovedValue[];
  readonly parameters: readonly MovedValue[];
  readonly rules: readonly RuleChange[];
}

/** A figure or a line with another value; texts are empty where there is none. */
export interface MovedValue {
  readonly id: string;
  readonly label: string;
  readonly from: string;
  readonly to: string;
  readonly unit: string;
  /** Who set a line. */
  readonly from_by?: 'user' | 'standard';
  readonly to_by?: 'user' | 'standard';
}

export interface RuleChange {
  readonly of: 'standard' | 'chapter' | 'phase' | 'scheme' | 'parameter' | 'field' | 'data_check' | 'indicator';
  readonly id: string;
  readonly title: string;
  readonly how: 'added' | 'removed' | 'changed';
  /** Which property; empty where it is the whole thing. */
  readonly what: { readonly zh: string; readonly en: string };
  readonly from: string;
  readonly to: string;
  /** Whether it can turn a verdict or a score. */
  readonly judges: boolean;
}
