/**
 * Blocks from spreadsheets: text with tabs between cells becomes proposals of which value goes where. Nothing is changed here, and
 * values stay as staff wrote them.
 */
import type { Entry, Standard } from '../../../src/wasm.d.ts';
import { valueAt, withParameter, withValue, type Layout } from './entry';

export type Cells = readonly (readonly string[])[];

/** One value and its place. */
export interface Proposal {
  /** Row in the block, from 1. */
  readonly row: number;
  /** The name that stood there; empty where values follow one another. */
  readonly name: string;
  /** Where it goes; undefined where nothing has that name. */
  readonly path: string | undefined;
  readonly before: string;
  readonly after: string;
  /** Why it is left out. */
  readonly leaves?: 'unknown' | 'same' | 'empty' | 'twice' | 'ambiguous';
}

export interface Plan {
  readonly cells: Cells;
  /** Whether names in the block say what is what. */
  readonly named: boolean;
  /** The column that holds the values, from 0; -1 where several do. */
  readonly column: number;
  readonly proposals: readonly Proposal[];
}

/** Cells as spreadsheets copy them: a cell with a line break or a quote stands in quotes. */
export function cellsOf(text: string): Cells {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"' && /^"(?:[^"]|"")*"(?=[\t\r\n]|$)/.test(text.slice(at))) {
      const quoted = (/^"((?:[^"]|"")*)"/.exec(text.slice(at)) || ['', ''])[1] || '';
      at += quoted.length + 2;
      cell = quoted.replace(/""/g, '"').replace(/\r?\n/g, ' ');
    } else {
      const end = text.slice(at).search(/[\t\r\n]/);
      cell = end < 0 ? text.slice(at) : text.slice(at, at + end);
      at += cell.length;
    }
    row.push(cell.trim());
    if (text[at] === '\t') { at += 1; if (at === text.length) row.push(''); continue; }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  while (rows.length > 0 && (rows[rows.length - 1] || []).every((cell) => cell === '')) rows.pop();
  return rows;
}

/** Whether a text is more than one cell. */
export function isBlock(text: string): boolean {
  const cells = cellsOf(text);
  return cells.length > 1 || (cells[0] || []).length > 1;
}

/** Names without what tables add to them: numbers in front, units and marks behind. */
function bare(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, '').replace(/^(?:\d+[.、)]|\(\d+\)|[一二三四五六七八九十]+、|其中:|[-·*])+/, '').replace(/[:：*]+$/, '');
}
const withoutUnit = (name: string): string => name.replace(/[([][^()[\]]*[)\]]$/, '');

type Names = ReadonlyMap<string, string | null>;

/** Place by name: fields, their values by key, and lines to set. `null` where several share a name. */
function namesOf({ fields, parameters }: Standard): Names {
  const names = new Map<string, string | null>();
  const add = (name: string, path: string): void => {
    const key = bare(name);
    if (key === '') return;
    const before = names.get(key);
    names.set(key, before === undefined || before === path ? path : null);
  };
  for (const { id, name, label, keys } of fields) {
    for (const word of [id, name, label]) {
      if (keys.length === 0) { add(word, id); add(withoutUnit(bare(word)), id); }
      for (const key of keys) for (const joined of [`${word}.${key}`, `${word}(${key})`, `${word}${key}`, `${word}-${key}`, `${key}${word}`]) add(joined, `${id}.${key}`);
    }
  }
  for (const { id, label } of parameters) for (const word of [id, label]) add(word, `parameter:${id}`);
  return names;
}

function find(names: Names, cell: string): string | null | undefined {
  const name = bare(cell);
  const exact = names.get(name);
  return exact !== undefined || name === '' ? exact : names.get(withoutUnit(name));
}

export interface Wishes {
  /** Places in the order of the form, from the one where the block was pasted. */
  readonly run: readonly string[];
  readonly named?: boolean | undefined;
  readonly column?: number | undefined;
}

/** What goes where. */
export function plan(cells: Cells, standard: Standard, layout: Layout, entry: Entry, { run, named: wanted, column: asked }: Wishes): Plan {
  const names = namesOf(standard);
  const width = cells.reduce((most, row) => Math.max(most, row.length), 0);
  const count = (n: number): number => cells.filter((row) => find(names, row[n] || '') !== undefined).length;
  const columns = Array.from({ length: width }, (_, n) => n);
  const nameColumn = columns.reduce((best, n) => (count(n) > count(best) ? n : best), 0);
  const head = cells[0] || [];
  const across = head.filter((cell) => find(names, cell) !== undefined).length;
  const named = wanted === undefined ? width > 1 && (count(nameColumn) > 0 || across > 1 || keyed(cells, layout).length > 0) : wanted;
  const seen = new Set<string>();
  const propose = (row: number, name: string, path: string | null | undefined, after: string): Proposal => {
    const before = path === undefined || path === null ? '' : textAt(entry, path);
    const leaves = path === undefined ? 'unknown' : path === null ? 'ambiguous' : after === '' ? 'empty' : seen.has(path) ? 'twice' : after === before ? 'same' : undefined;
    if (path !== undefined && path !== null && after !== '') seen.add(path);
    return { row, name, path: path === null ? undefined : path, before, after, ...(leaves === undefined ? {} : { leaves }) };
  };
  if (!named) {
    const column = asked === undefined ? 0 : asked;
    const values = cells.length === 1 && asked === undefined ? head.map((cell) => ({ row: 1, cell })) : cells.map((row, i) => ({ row: i + 1, cell: row[column] || '' }));
    return { cells, named, column, proposals: values.map(({ row, cell }, i) => propose(row, '', run[i], cell)) };
  }
  // A head of names above a row of values.
  if (across > 1 && across >= count(nameColumn) && asked === undefined) {
    const values = cells[1] || [];
    return { cells, named, column: -1, proposals: head.map((cell, n) => propose(2, cell, find(names, cell), values[n] || '')).filter(({ name, after }) => name !== '' || after !== '') };
  }
  // Names of lists down, their keys across.
  const lists = asked === undefined ? keyed(cells, layout) : [];
  const rest = cells.map((row, i) => ({ row, n: i + 1 })).filter(({ row, n }) => row.some((cell) => cell !== '') && !lists.some((one) => one.row === n) && !(lists.length > 0 && n === 1));
  const column = asked === undefined ? valueColumn(cells, nameColumn, layout, names) : asked;
  const proposals = [
    ...lists.map(({ row, name, path, after }) => propose(row, name, path, after)),
    // A head over names says nothing.
    ...rest.filter(({ row, n }) => !(n === 1 && find(names, row[nameColumn] || '') === undefined && isHead(row))).map(({ row, n }) => propose(n, row[nameColumn] || '', find(names, row[nameColumn] || ''), row[column] || '')),
  ];
  return { cells, named, column: lists.length > 0 && rest.length === 0 ? -1 : column, proposals };
}

/** Rows whose name is a list and whose columns are its keys. */
function keyed(cells: Cells, layout: Layout): readonly { readonly row: number; readonly name: string; readonly path: string; readonly after: string }[] {
  const head = cells[0] || [];
  const found: { row: number; name: string; path: string; after: string }[] = [];
  cells.forEach((row, i) => {
    if (i === 0) return;
    const id = row.map((cell) => layout.names.get(cell) || layout.names.get(withoutUnit(cell))).find((one) => one !== undefined);
    const field = id === undefined ? undefined : layout.fields.get(id);
    if (field === undefined || field.keys.length === 0) return;
    head.forEach((key, n) => { if (field.keys.includes(key)) found.push({ row: i + 1, name: `${field.label} ${key}`, path: `${field.id}.${key}`, after: row[n] || '' }); });
  });
  return found;
}

const VALUE = /^[-+＋－]?[\d０-９][\d０-９.,，．\s]*(?:[%％‰万亿千百].*|[^\d０-９].{0,6})?$|^(?:是|否|有|无|√|×)$|^\d{4}[-./年]\d{1,2}/;
const HEADS = /数值|数据|实际|完成值|完成数|填报|现值|本年|本期|结果|value/i;

/** The column of values: what its head says, or the one beside the names that looks most like values. */
function valueColumn(cells: Cells, nameColumn: number, layout: Layout, names: Names): number {
  const head = cells[0] || [];
  const width = cells.reduce((most, row) => Math.max(most, row.length), 0);
  const others = Array.from({ length: width }, (_, n) => n).filter((n) => n !== nameColumn);
  const told = find(names, head[nameColumn] || '') === undefined ? others.find((n) => HEADS.test(head[n] || '')) : undefined;
  if (told !== undefined) return told;
  const score = (n: number): number => cells.reduce((sum, row) => {
    const path = find(names, row[nameColumn] || '');
    const field = typeof path === 'string' ? layout.fields.get(path.split('.')[0] || '') : undefined;
    const cell = row[n] || '';
    if (cell === '' || path === undefined) return sum;
    if (field !== undefined && (cell === field.unit || cell === field.id)) return sum - 1;
    return sum + (VALUE.test(cell) || (field !== undefined && field.choices.includes(cell)) ? 2 : 0);
  }, n > nameColumn ? 0.5 : 0);
  return others.reduce((best, n) => (score(n) > score(best) ? n : best), others[0] || 0);
}

function isHead(row: readonly string[]): boolean {
  return row.every((cell) => !/\d/.test(cell));
}

function textAt(entry: Entry, path: string): string {
  const value = path.startsWith('parameter:') ? (entry.parameters || {})[path.slice(10)] : valueAt(entry, path);
  return value === undefined || value === null ? '' : String(value);
}

/** The proposals that change something. */
export function useful({ proposals }: Plan): readonly (Proposal & { readonly path: string })[] {
  return proposals.filter((one): one is Proposal & { readonly path: string } => one.leaves === undefined && one.path !== undefined);
}

export function filled(entry: Entry, all: readonly { readonly path: string; readonly after: string }[]): Entry {
  return all.reduce((state, { path, after }) => (path.startsWith('parameter:') ? withParameter(state, path.slice(10), after) : withValue(state, path, after)), entry);
}
