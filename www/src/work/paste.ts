/**
 * Blocks from spreadsheets: text with tabs between cells becomes proposals of which value goes where. Nothing is changed here, and
 * values stay as staff wrote them; a figure in another unit than its field's takes that unit along, so that the checker can tell
 * what it is. Where several columns may hold the values, nothing is proposed until one is chosen: as when a file is read.
 */
import type { Entry, Field, Standard } from '../../../src/wasm.d.ts';
import { splitPath, valueAt, withParameter, withValue, type Layout } from './entry';

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
  /** The unit that the block gives, where it is another than the field's. */
  readonly unit?: string;
  /** Why it is left out. */
  readonly leaves?: 'unknown' | 'same' | 'empty' | 'twice' | 'ambiguous' | 'which';
}

export interface Plan {
  readonly cells: Cells;
  /** Whether names in the block say what is what. */
  readonly named: boolean;
  /** The column that holds the values, from 0; -1 where several do. */
  readonly column: number;
  /** Columns of which any may hold the values, while none is chosen. */
  readonly asks: readonly number[];
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
    row.push(cell.replace(/^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/g, ''));
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

/** Names without what tables add to them: numbers in front, units and marks behind, signs that nobody sees. */
function bare(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/[\s\u200b-\u200d\u2060\ufeff]+/g, '').replace(/^(?:\d+[.、)]|\(\d+\)|[一二三四五六七八九十]+、|其中:|[-·*])+/, '').replace(/[:：*]+$/, '');
}
const withoutUnit = (name: string): string => name.replace(/[([][^()[\]]*[)\]]$/, '');

/** What a name stands for: a place, a list whose places its keys name, or several things. */
type Known = { readonly path: string } | { readonly list: Field } | 'several';

/** Fields, their values by key, and lines to set, by all their names. */
class Names {
  private readonly names = new Map<string, Known>();

  constructor({ fields, parameters }: Standard) {
    for (const field of fields) {
      for (const word of [field.id, field.name, field.label]) {
        const known: Known = field.keys.length === 0 ? { path: field.id } : { list: field };
        this.add(word, known);
        this.add(withoutUnit(bare(word)), known);
        for (const key of field.keys) {
          const path = `${field.id}.${key}`;
          for (const joined of [`${word}.${key}`, `${word}(${key})`, `${word}${key}`, `${word}-${key}`, `${key}${word}`]) this.add(joined, { path });
        }
      }
    }
    for (const { id, label } of parameters) for (const word of [id, label]) this.add(word, { path: `parameter:${id}` });
  }

  private add(name: string, known: Known): void {
    const key = bare(name);
    if (key === '') return;
    const before = this.names.get(key);
    this.names.set(key, before === undefined || same(before, known) ? known : 'several');
  }

  of(cell: string): Known | undefined {
    const name = bare(cell);
    return this.names.get(name) || (name === '' ? undefined : this.names.get(withoutUnit(name)));
  }
}

function same(one: Known, other: Known): boolean {
  if (one === 'several' || other === 'several') return one === other;
  return 'path' in one ? 'path' in other && one.path === other.path : 'list' in other && one.list === other.list;
}

export interface Wishes {
  /** Places in the order of the form, from the one where the block was pasted. */
  readonly run: readonly string[];
  readonly named?: boolean | undefined;
  readonly column?: number | undefined;
}

/** One row of a plan before it is compared with what is entered: `null` where several things have that name. */
interface Found {
  readonly row: number;
  readonly name: string;
  readonly path: string | null | undefined;
  readonly after: string;
  readonly unit?: string;
  /** One of several rows, of which any may hold the value. */
  readonly which?: boolean;
}

/** What goes where. */
export function plan(cells: Cells, standard: Standard, layout: Layout, entry: Entry, { run, named: wanted, column: asked }: Wishes): Plan {
  const names = new Names(standard);
  const width = cells.reduce((most, row) => Math.max(most, row.length), 0);
  const columns = Array.from({ length: width }, (_, n) => n);
  // Names that nobody knows are names all the same: their figures must not go just anywhere.
  const named = wanted === undefined ? cells.some((row) => row.some((cell) => names.of(cell) !== undefined)) || (width > 1 && columns.some((n) => isText(cells, n))) : wanted;
  const units = new Units(standard);
  const { column, found, asks = [] } = !named ? inTurn(cells, run, layout, asked) : (asked === undefined ? across(cells, names, units) : undefined) || down(cells, names, units, asked, run[0] === undefined ? undefined : layout.fields.get(splitPath(run[0])[0]));
  const seen = new Set<string>();
  const proposals = found.map(({ row, name, path, after: given, unit = '', which = false }): Proposal => {
    const differs = isPlain(given) && unit !== '' && differsAt(path, unit, layout, units);
    const after = differs ? given.trim() + unit : given;
    const before = path === undefined || path === null ? '' : textAt(entry, path);
    const nothing = after === '' || (NONE.test(after) && !takesText(path, layout));
    const leaves = path === undefined ? 'unknown' : path === null ? 'ambiguous' : nothing ? 'empty' : which ? 'which' : seen.has(path) ? 'twice' : after === before ? 'same' : undefined;
    if (path !== undefined && path !== null && !nothing) seen.add(path);
    return { row, name, path: path === null ? undefined : path, before, after, ...(differs ? { unit } : {}), ...(leaves === undefined ? {} : { leaves }) };
  });
  return { cells, named, column, asks, proposals };
}

interface Laid { readonly column: number; readonly found: readonly Found[]; readonly asks?: readonly number[] }

/** Values one after another. */
function inTurn(cells: Cells, run: readonly string[], layout: Layout, asked: number | undefined): Laid {
  const [head = []] = cells;
  if (cells.length === 1 && asked === undefined) return { column: 0, found: head.map((cell, i) => ({ row: 1, name: '', path: run[i], after: cell })) };
  const width = cells.reduce((most, row) => Math.max(most, row.length), 0);
  const likely = Array.from({ length: width }, (_, n) => n).filter((n) => !isText(cells, n) && !isSequence(cells, n));
  const { column, asks } = asked === undefined ? decided(likely, Array.from({ length: width }, (_, n) => (head.some(isPlain) ? [] : [head[n] || ''])), 0) : { column: asked, asks: [] };
  if (asks.length > 0) return { column, asks, found: [] };
  const all = cells.map((row, i) => ({ row: i + 1, name: '', after: row[column] || '' }));
  // A head above figures goes nowhere.
  const headed = all.length > 1 && !takesText(run[0], layout) && all.every(({ after }, i) => after === '' || (i === 0) !== VALUE.test(after));
  return { column, found: all.slice(headed ? 1 : 0).map((one, i) => ({ ...one, path: run[i] })) };
}

/** Names in a row, values below; keys of lists stand beside those. */
function across(cells: Cells, names: Names, units: Units): Laid | undefined {
  const counts = cells.map((row) => row.filter((cell) => names.of(cell) !== undefined).length);
  const at = counts.indexOf(Math.max(...counts));
  const head = (cells[at] || []).map((cell) => names.of(cell));
  const filledIn = cells.map((row, i) => ({ row, n: i + 1 })).filter(({ row, n }) => n > at + 1 && row.some((cell) => cell !== ''));
  // Units may stand in a row of their own.
  const unitRow = filledIn.find(({ row }) => row.every((cell) => cell === '' || isUnitHead(cell) || units.isUnit(cell)));
  const below = filledIn.filter((one) => one !== unitRow);
  const table = unitOfTable(cells, units);
  const keyOf = (list: Field, row: readonly string[]): string | undefined => list.keys.find((key) => row.includes(key));
  const keyed = below.some(({ row }) => head.some((known) => typeof known === 'object' && 'list' in known && keyOf(known.list, row) !== undefined && keyOf(known.list, cells[at] || []) === undefined));
  const inColumns = Math.max(0, ...head.map((_, n) => cells.filter((row) => names.of(row[n] || '') !== undefined).length));
  const count = counts[at] || 0;
  if (!(count > 1 && count >= inColumns) && !(keyed && inColumns === 1)) return undefined;
  // The newest year comes first; what an older one says stands below it and is left out.
  const rows = below.slice().sort((a, b) => yearIn(b.row) - yearIn(a.row) || a.n - b.n);
  const newest = rows.filter(({ row }) => rows[0] !== undefined && yearIn(row) === yearIn(rows[0].row)).map(({ row }) => row);
  // Of rows that are all as new, nobody knows which one counts.
  const isDisputed = (row: readonly string[], column: number): boolean =>
    newest.includes(row) && newest.some((other) => (other[column] || '') !== '' && other[column] !== row[column]);
  const found = rows.reduce<readonly Found[]>((all, { row, n }) => [...all, ...head.reduce<readonly Found[]>((some, known, column) => {
    if (known === undefined) return some;
    const name = (cells[at] || [])[column] || '';
    const after = row[column] || '';
    const unit = (unitRow === undefined ? '' : units.of(unitRow.row[column])) || units.behind(name) || table;
    if (known === 'several') return [...some, { row: n, name, path: null, after }];
    if ('path' in known) return [...some, { row: n, name, path: known.path, after, unit, which: isDisputed(row, column) }];
    const key = keyOf(known.list, row);
    return key === undefined ? some : [...some, { row: n, name: `${name} ${key}`, path: `${known.list.id}.${key}`, after, unit }];
  }, [])], []);
  return { column: -1, found };
}

/**
 * Names in a column; of a list, its keys stand beside the name or above the values. A merged name counts for the rows below it;
 * `here` is where the block was pasted, whose keys may stand without a name.
 */
function down(cells: Cells, names: Names, units: Units, asked: number | undefined, here: Field | undefined): Laid {
  const width = cells.reduce((most, row) => Math.max(most, row.length), 0);
  const columns = Array.from({ length: width }, (_, n) => n);
  const count = (n: number): number => cells.filter((row) => names.of(row[n] || '') !== undefined).length;
  const nameColumn = columns.reduce((best, n) => (count(n) > count(best) ? n : best), 0);
  const first = Math.max(0, cells.findIndex((row) => names.of(row[nameColumn] || '') !== undefined));
  const heads = columns.map((n) => cells.slice(0, first).map((row) => row[n] || '').filter((cell) => cell !== ''));
  const rows = cells.map((row, i) => ({ row, n: i + 1 })).slice(first).filter(({ row }) => row.some((cell) => cell !== ''));
  let list = here !== undefined && here.keys.length > 0 ? here : undefined;
  const placed = rows.map(({ row, n }) => {
    const name = row[nameColumn] || '';
    const known = names.of(name);
    if (name !== '' && (list === undefined || !list.keys.includes(name))) list = typeof known === 'object' && 'list' in known ? known.list : undefined;
    const key = list === undefined ? undefined : list.keys.find((one) => row.includes(one));
    return { row, n, name: list === undefined || key === undefined ? name : `${name === '' || name === key ? list.label : name} ${key}`, list, key,
      path: known === 'several' ? null : list !== undefined && key !== undefined ? `${list.id}.${key}` : typeof known === 'object' && 'path' in known ? known.path : undefined };
  });
  const values = placed.filter(({ path }) => typeof path === 'string').map(({ row, key }) => row.map((cell) => (cell === key ? '' : cell)));
  const { column, asks } = asked === undefined ? valueColumn(values, heads, nameColumn) : { column: asked, asks: [] };
  const unitColumn = columns.find((n) => n !== nameColumn && rows.some(({ row }) => units.isUnit(row[n] || '')) && rows.every(({ row }) => isBlank(row[n] || '') || units.isUnit(row[n] || '')));
  const table = unitOfTable(cells, units);
  const unitAt = (row: readonly string[], at: number): string =>
    (unitColumn === undefined ? '' : units.of(row[unitColumn])) || units.behind(row[nameColumn] || '') || (heads[at] || []).map((head) => units.behind(head)).find((unit) => unit !== '') || table;
  const found = placed.reduce<readonly Found[]>((all, { row, n, name, path, list: of, key }) => {
    const after = column < 0 || column === nameColumn ? '' : row[column] || '';
    const unit = unitAt(row, column);
    if (of === undefined || key !== undefined || asked !== undefined) return [...all, { row: n, name, path, after, unit }];
    const keys = columns.map((at) => ({ at, key: of.keys.find((one) => (heads[at] || []).includes(one)) })).filter((one) => one.key !== undefined);
    return keys.length === 0 ? [...all, { row: n, name, path: undefined, after }]
      : [...all, ...keys.map((one) => ({ row: n, name: `${name} ${one.key || ''}`, path: `${of.id}.${one.key || ''}`, after: row[one.at] || '', unit: unitAt(row, one.at) }))];
  }, []);
  // Above the first name that is known stand heads, and what bears a figure and a name that nobody knows.
  const missed = column < 0 ? [] : cells.slice(0, first).map((row, i) => ({ row: i + 1, name: row[nameColumn] || '', path: undefined, after: row[column] || '' })).filter(({ name, after }) => isUnknown(name, after));
  return values.length === 0 && found.some(({ path }) => path !== undefined) ? { column: -1, found } : { column, asks, found: [...missed, ...found] };
}

/** A name and its figure: no head, in which years, days and numbers of columns stand. */
function isUnknown(name: string, after: string): boolean {
  return name !== '' && !/^(?:甲|乙|栏次|列次|序号|编号)$/.test(plainHead(name)) && !OTHERS.test(name) && VALUE.test(after) && yearIn([after]) === 0 && !/^\d{4}[-./年]/.test(after.normalize('NFKC'));
}

const VALUE = /^[-+＋－]?[\d０-９][\d０-９.,，．\s]*(?:[%％‰万亿千百].*|[^\d０-９、.．)）].{0,5})?$|^(?:是|否|有|无|√|×)$|^\d{4}[-./年]\d{1,2}/;
/** As tables say that there is nothing. */
const NONE = /^[-—–－―/／*…]+$/;
/** What a column of values is called; the clearer a word is, the earlier it stands. */
const HEADS = [
  /^(?:填报值|填报数据|填报数|填写值)$/, /^(?:实际值|实际完成值|现状值|完成值|实际数|自查值|自评值)$/, /^(?:数值|数据|指标值|当前值|现状|完成情况|value)$/i,
  /^(?:完成数|实际完成|实际情况|数量|值)$/, /^(?:本期|本年|本月|累计)$/, /数值|数据|实际|完成值|完成数|填报|现值|本年|本期|结果|value/i,
];
const OTHERS = /目标|计划|标准|要求|满分|分值|权重|基数|上年|去年|上期|同期|同比|环比|时限/;

/** The year that a head names; 0 where it names none. */
function yearIn(cells: readonly string[]): number {
  return cells.reduce((latest, cell) => Math.max(latest, Number((/^\D*(20\d\d)(?:年\D*)?$/.exec(cell.normalize('NFKC')) || [])[1] || 0)), 0);
}

/** The column of values among those that look like it: behind the names, or before them where nothing is behind. */
function valueColumn(rows: Cells, heads: Cells, nameColumn: number): Decided {
  const likely = heads.map((_, n) => n).filter((n) => n !== nameColumn && rows.some((row) => VALUE.test(row[n] || '')));
  const behind = likely.filter((n) => n > nameColumn);
  return decided(behind.length > 0 ? behind : likely.filter((n) => !isSequence(rows, n)), heads, nameColumn + 1 < heads.length ? nameColumn + 1 : 0);
}

interface Decided { readonly column: number; readonly asks: readonly number[] }

/** The column of the newest year, or the one whose head says most clearly that it holds values; where nothing tells, all are asked about. */
function decided(candidates: readonly number[], heads: Cells, otherwise: number): Decided {
  if (candidates.length === 0) return { column: otherwise, asks: [] };
  // The lowest head that says what a column holds decides: `目标完成情况` above `完成值` is no aim.
  const said = (n: number): string => (heads[n] || []).map(plainHead).reverse().find((head) => OTHERS.test(head) || HEADS.some((word) => word.test(head))) || '';
  const eligible = candidates.filter((n) => !OTHERS.test(said(n)));
  const year = (n: number): number => yearIn(heads[n] || []);
  const undated = eligible.filter((n) => year(n) === 0 && said(n) !== '');
  const newest = Math.max(...eligible.map(year));
  const fitting = undated.length > 0 ? undated : eligible.filter((n) => year(n) === newest);
  const ranked = HEADS.map((word) => fitting.filter((n) => word.test(said(n)))).find((some) => some.length > 0) || fitting;
  const [only] = ranked;
  return only !== undefined && ranked.length === 1 ? { column: only, asks: [] } : { column: -1, asks: ranked.length > 1 ? ranked : candidates };
}

/** A head without its unit and blanks. */
function plainHead(head: string): string {
  return withoutUnit(bare(head));
}

const isBlank = (cell: string): boolean => cell === '' || NONE.test(cell);
const isUnitHead = (cell: string): boolean => /^(?:计量)?单位$|^unit$/i.test(plainHead(cell));

/** What is counted and measured; the standard's own units are known besides. */
const MEASURES = '平方米|平米|m2|公顷|亩|平方公里|平方千米|km2|立方米|m3|公里|千米|km|米|m|吨|t|公斤|千克|kg|元|座|个|人|户|辆|件|次|天|日|月|年|小时|分钟|处|条|张|份|家|项|盏|栋|株|%|‰|百分点';
const UNIT = new RegExp(`^(?:[十百千万亿]*(?:${MEASURES})(?:/[十百千万亿]*(?:${MEASURES}))?|[万亿])$`);

/** Units as blocks give them: in a column or row of their own, behind a name or a head, or for the whole table. */
class Units {
  private readonly known: ReadonlySet<string>;

  constructor({ fields, parameters }: Standard) {
    this.known = new Set([...fields, ...parameters].map(({ unit }) => plainUnit(unit)).filter((unit) => unit !== ''));
  }

  isUnit(cell: string): boolean { return this.known.has(plainUnit(cell)) || UNIT.test(plainUnit(cell)); }

  of(cell: string | undefined): string { return cell !== undefined && this.isUnit(cell) ? cell.trim().replace(/^[(（]|[)）]$/g, '') : ''; }

  /** The unit in the brackets behind a name: `道路清扫保洁面积（平方米）`. */
  behind(name: string): string { return this.of((/[(（[【]([^()（）[\]【】]*)[)）\]】][:：*]*$/.exec(name.trim()) || [])[1]); }
}

/** `单位：平方米` above a table; who filled it in may stand there too. */
function unitOfTable(cells: Cells, units: Units): string {
  const told = cells.reduce<readonly string[]>((all, row) => [...all, ...row], []).map((cell) => (/^[(（]?(?:计量)?单位[:：]\s*([^()（）]+)[)）]?$/.exec(cell) || [])[1]);
  return told.map((unit) => units.of(unit)).find((unit) => unit !== '') || '';
}

function plainUnit(unit: string): string {
  return unit.normalize('NFKC').toLowerCase().replace(/[\s()]+/g, '').replace('km2', '平方公里').replace('平方千米', '平方公里').replace('m2', '平方米').replace('平米', '平方米');
}

/** Whether a place wants figures, and in another unit. `万` alone counts in what the field counts in. */
function differsAt(path: string | null | undefined, unit: string, layout: Layout, units: Units): boolean {
  const field = path === null || path === undefined ? undefined : layout.fields.get(splitPath(path)[0]);
  if (field === undefined || !['number', 'count', 'percent'].includes(field.type) || !units.isUnit(unit)) return false;
  const [given, own] = [plainUnit(unit), plainUnit(field.unit)];
  return given !== own && !(/^[万亿]$/.test(given) && own.startsWith(given));
}

/** A number without a unit. */
function isPlain(text: string): boolean {
  return /^[-+]?[\d.,]*\d$/.test(text.normalize('NFKC').trim());
}

/** Whether a column holds more words than values. */
function isText(cells: Cells, n: number): boolean {
  const said = cells.map((row) => row[n] || '').filter((cell) => cell !== '' && !NONE.test(cell));
  return said.filter((cell) => !VALUE.test(cell)).length * 2 > said.length;
}

/** 1, 2, 3: the numbers of rows. */
function isSequence(cells: Cells, n: number): boolean {
  const said = cells.map((row) => row[n] || '').filter((cell) => /^\d+$/.test(cell)).map(Number);
  return said.length > 1 && said.every((one, i) => one === (said[0] || 0) + i);
}

function takesText(path: string | null | undefined, layout: Layout): boolean {
  const field = path === undefined || path === null ? undefined : layout.fields.get(splitPath(path)[0]);
  return field !== undefined && field.type === 'text';
}

function textAt(entry: Entry, path: string): string {
  const value = path.startsWith('parameter:') ? (entry.parameters || {})[path.slice(10)] : valueAt(entry, path);
  return value === undefined || value === null ? '' : typeof value === 'boolean' ? (value ? '是' : '否') : String(value);
}

/** The proposals that change something. */
export function useful({ proposals }: Plan): readonly (Proposal & { readonly path: string })[] {
  return proposals.filter((one): one is Proposal & { readonly path: string } => one.leaves === undefined && one.path !== undefined);
}

export function filled(entry: Entry, all: readonly { readonly path: string; readonly after: string }[]): Entry {
  return all.reduce((state, { path, after }) => (path.startsWith('parameter:') ? withParameter(state, path.slice(10), after) : withValue(state, path, after)), entry);
}
