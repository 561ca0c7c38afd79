/** Papers as workbooks: a table on each sheet, figures to count with. The office module sets them. */
import type { OfficeCell, OfficeDocument, OfficeTable } from '../../../src/wasm/office.d.ts';
import type { Cell, Material, Paper, Table } from './paper';
import type { PaperWords } from './wording';

/** Letters of half width that a page takes, upright and across. */
const UPRIGHT = 94;
const ACROSS = 140;

/** Several papers (slips) are one workbook, with their names on the sheets. */
export function documentOf(papers: readonly Paper[], asOf: string, { words, own }: Pick<Material, 'words' | 'own'>): OfficeDocument {
  const [first] = papers;
  if (first === undefined) return { title: '', notice: '', tables: [] };
  const said = (pairs: readonly (readonly [string, string])[]): readonly string[] => pairs.map(([term, text]) => `${term}${words.colon}${text}`);
  return {
    title: first.title, notice: first.notice, as_of: asOf, marks: said(first.marks),
    tables: papers.reduce<readonly OfficeTable[]>((all, paper) => {
      const tables = tablesOf(paper, own, papers.length > 1);
      const facts = [paper.subtitle, ...said(paper.facts), ...(paper.style === 'list' ? textsOf(paper) : [])].map((fact) => ['', fact] as const);
      // The day stands on the right.
      const signatures = [...paper.signs.map((sign) => `${sign}${words.colon}`), ...(paper.signs.length % 2 === 0 ? [''] : []), paper.day];
      return [...all, ...tables.map((table, i) => ({ ...table, ...(i === 0 ? { facts } : {}), ...(i === tables.length - 1 ? { signatures } : {}) }))];
    }, []),
  };
}

const textsOf = ({ blocks }: Paper): readonly string[] => blocks.reduce<readonly string[]>((all, block) => (block.kind === 'text' ? [...all, block.text] : all), []);

/** Running text has a sheet of its own, before the tables. */
function tablesOf(paper: Paper, own: PaperWords, several: boolean): readonly OfficeTable[] {
  const tables: OfficeTable[] = [];
  let heading = '';
  for (const block of paper.blocks) {
    if (block.kind === 'heading') heading = block.text;
    else if (block.kind === 'table') tables.push(tableOf(block, paper, heading, several));
  }
  if (paper.style === 'list') return tables;
  return [{ title: paper.title, columns: [{ title: own.section, width: 20 }, { title: own.body, width: UPRIGHT - 20 }], rows: runningText(paper) }, ...tables];
}

/** A row for each paragraph, its headings beside the first below them. */
function runningText({ blocks }: Paper): readonly (readonly string[])[] {
  const rows: (readonly string[])[] = [];
  let heads: readonly string[] = [];
  for (const block of blocks) {
    if (block.kind === 'heading') heads = [...heads, block.text];
    if (block.kind !== 'text') continue;
    rows.push([heads.join('\n'), block.text]);
    heads = [];
  }
  return rows;
}

function tableOf({ title, columns, rows, empty }: Table, paper: Paper, heading: string, several: boolean): OfficeTable {
  const all = columns.reduce((sum, { width }) => sum + width, 0);
  const page = paper.wide ? ACROSS : UPRIGHT;
  const widest = columns.reduce((best, column) => (column.width > best.width ? column : best));
  const named = title === '' ? heading : title;
  const [, whom = ''] = paper.facts[0] || [];
  return {
    title: several ? `${whom} ${named}` : named,
    columns: columns.map((column) => ({ title: column.title, width: Math.max(4, Math.floor((column.width / all) * page)), align: column.align || 'left' })),
    rows: rows.length === 0 ? [columns.map((column) => (column === widest ? empty : ''))] : rows.map(({ cells, bold = false }) => ({ cells: cells.map(cellOf), total: bold })),
  };
}

function cellOf(cell: Cell): OfficeCell {
  if (typeof cell === 'string') return cell;
  const [, fraction = ''] = cell.text.split('.');
  return { number: cell.number, digits: fraction.length };
}
