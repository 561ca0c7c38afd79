/** Papers as workbooks: a table on each sheet, figures to count with. The office module sets them. */
import type { OfficeCell, OfficeDocument, OfficeTable } from '../../../src/wasm/office.d.ts';
import { writeTables } from '../work/office';
import type { Cell, Paper, Table } from './paper';

/** Letters of half width that a page takes, upright and across. */
const UPRIGHT = 94;
const ACROSS = 140;

export function writeWorkbook(papers: readonly Paper[], asOf: string, colon: string): Promise<Uint8Array> {
  return writeTables(documentOf(papers, asOf, colon));
}

/** Several papers (slips) are one workbook, with their names on the sheets. */
export function documentOf(papers: readonly Paper[], asOf: string, colon: string): OfficeDocument {
  const [first] = papers;
  if (first === undefined) return { title: '', notice: '', tables: [] };
  const several = papers.length > 1;
  return {
    title: first.title, notice: first.notice, as_of: asOf,
    facts: several ? [] : [['', first.subtitle] as const, ...first.facts].map(([term, text]) => [term, text] as const),
    tables: papers.reduce<readonly OfficeTable[]>((all, paper) => [...all, ...tablesOf(paper, several)], []),
    signatures: [...first.signs.map((sign) => `${sign}${colon}`), first.day, ...first.marks.map(([term, text]) => `${term}${colon}${text}`)],
  };
}

function tablesOf(paper: Paper, several: boolean): readonly OfficeTable[] {
  const tables: OfficeTable[] = [];
  const texts: string[] = [];
  let heading = '';
  for (const block of paper.blocks) {
    if (block.kind === 'heading') heading = block.text;
    else if (block.kind === 'text') texts.push(block.text);
    else tables.push(tableOf(block, paper, heading, several));
  }
  const [first] = tables;
  // Running text is for Word; a slip is short enough to say it below its table.
  if (first === undefined || paper.style === 'account') return tables;
  return [{ ...first, note: texts.join('\n') }, ...tables.slice(1)];
}

function tableOf({ title, columns, rows, empty }: Table, paper: Paper, heading: string, several: boolean): OfficeTable {
  const all = columns.reduce((sum, { width }) => sum + width, 0);
  const page = paper.wide ? ACROSS : UPRIGHT;
  const named = title === '' ? heading : title;
  const [, whom = ''] = paper.facts[0] || [];
  return {
    title: several ? `${whom} ${named}` : named,
    columns: columns.map((column) => ({ title: column.title, width: Math.max(4, Math.floor((column.width / all) * page)), align: column.align || 'left' })),
    rows: rows.length === 0 ? [[empty, ...columns.slice(1).map(() => '')]] : rows.map(({ cells, bold = false }) => ({ cells: cells.map(cellOf), total: bold })),
  };
}

function cellOf(cell: Cell): OfficeCell {
  if (typeof cell === 'string') return cell;
  const [, fraction = ''] = cell.text.split('.');
  return { number: cell.number, digits: fraction.length };
}
