/**
 * Papers: what is handed upward, as plain data. One model; print, Word and Excel are ways out of it (`print.ts`, `word.ts`,
 * `workbook.ts`), so that all three say the same. What each paper says is in `lists.ts`, `account.ts` and `slips.ts`.
 */
import type { Report, Standard } from '../../../src/wasm.d.ts';
import type { Assessment } from '../work/assessment';
import type { Layout } from '../work/entry';
import type { Words } from '../words/wording';
import type { PaperWords } from './wording';

export interface Paper {
  /** Names the file. */
  readonly name: string;
  readonly title: string;
  /** Which standard, below the title. */
  readonly subtitle: string;
  /** Across the page: tables of many columns. */
  readonly wide: boolean;
  /** Running text as in official papers, or tables mostly. */
  readonly style: 'account' | 'list';
  readonly facts: readonly (readonly [term: string, text: string])[];
  readonly blocks: readonly Block[];
  /** Places for signature and stamp. */
  readonly signs: readonly string[];
  /** The day, in words. */
  readonly day: string;
  /** What it is and is not. */
  readonly notice: string;
  /** By what it can be checked again: digests of rulebook and entry, program. */
  readonly marks: readonly (readonly [term: string, text: string])[];
}

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  /** `wanted`: somebody has to write here. */
  | { readonly kind: 'text'; readonly text: string; readonly wanted?: boolean }
  | Table;

export interface Table {
  readonly kind: 'table';
  /** Names it where the paper has several; the sheet in a workbook. */
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Not to be parted where a page takes all of it. */
  readonly together?: boolean;
  /** In place of rows where there are none. */
  readonly empty: string;
}

export interface Column {
  readonly title: string;
  /** Share of the width. */
  readonly width: number;
  readonly align?: 'center' | 'right';
}

export interface Row {
  readonly cells: readonly Cell[];
  /** A head of what follows, or a sum. */
  readonly bold?: boolean;
}

/** Text, or a figure that spreadsheets can count with: exact, and as shown. */
export type Cell = string | { readonly number: string; readonly text: string };

/** What papers are made of. */
export interface Material {
  readonly words: Words;
  readonly own: PaperWords;
  readonly standard: Standard;
  readonly layout: Layout;
  readonly report: Report;
  readonly assessment: Assessment;
}

/** What all papers bear alike. */
export function frame({ own, standard, report, words }: Material): Pick<Paper, 'subtitle' | 'day' | 'notice' | 'marks'> {
  return {
    subtitle: standard.title, day: own.day(report.as_of), notice: standard.notice === '' ? words.reference : standard.notice,
    marks: [[own.rulebook, report.standard.digest], [own.entryDigest, report.entry_digest], [own.engine, report.engine]],
  };
}

export function cellText(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

/** The table that a list ends with; -1 for running text. */
export function lastTable({ style, blocks }: Paper): number {
  return style === 'list' ? blocks.reduce((found, { kind }, i) => (kind === 'table' ? i : found), -1) : -1;
}

/** So many rows stay with the places to sign, or fewer where they are long: signatures have some of what is signed above them. */
const WITH_END = 3;
/** Letters of half width in a line, and lines that leave room for the signatures on a page: upright, across. */
const PAGES = [[94, 34], [140, 26]] as const;

export function rowsWithEnd({ columns, rows }: Table, wide: boolean): number {
  const [page, room] = PAGES[wide ? 1 : 0];
  const all = columns.reduce((sum, { width }) => sum + width, 0);
  const lines = ({ cells }: Row): number => Math.max(1, ...cells.map((cell, i) => {
    const letters = ((columns[i] || { width: 1 }).width / all) * page;
    return cellText(cell).split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil((line.length * 2) / letters)), 0);
  }));
  const last = rows.slice(-WITH_END).reverse();
  let taken = 0;
  for (let sum = 0; taken < last.length; taken += 1) {
    const row = last[taken];
    sum += row === undefined ? 0 : lines(row);
    if (sum > room) break;
  }
  return Math.max(Math.min(1, rows.length), taken);
}

/** A paper as plain text: for tests, and to read aloud. */
export function plain(paper: Paper): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replace(/\n/g, ' / ')).join(' | ')} |`;
  const blocks = paper.blocks.map((block) => {
    if (block.kind === 'heading') return `${'#'.repeat(block.level + 1)} ${block.text}`;
    if (block.kind === 'text') return block.text;
    const rows = block.rows.map(({ cells, bold }) => `${line(cells.map(cellText))}${bold === true ? ' *' : ''}`);
    return [block.title, line(block.columns.map(({ title }) => title)), ...(rows.length === 0 ? [block.empty] : rows)].filter((text) => text !== '').join('\n');
  });
  return [
    `# ${paper.title}${paper.wide ? ' ↔' : ''}`, paper.subtitle, ...paper.facts.map(([term, text]) => `${term}：${text}`), ...blocks,
    ...paper.signs.map((sign) => `${sign}：____`), paper.day, paper.notice, ...paper.marks.map(([term, text]) => `${term}：${text}`),
  ].join('\n');
}
