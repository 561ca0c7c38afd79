/**
 * Entries: reading and changing one value, and bringing names to ids so that the form finds them.
 * Values stay as they were given; what they mean is the checker's to say.
 *
 * A place in an entry is a path: `swept_area`, `district_dustfall.金坛区`, `parameter:ID`, `reason:C-10`; what else is written
 * about an indicator has places alike: `note:C-10`, `evidence:C-10.0.name`.
 */
import type { Entry, Field, FieldValue, Standard } from '../../../src/wasm.d.ts';

export type Scalar = string | number | boolean | null;

/** A standard with its parts at hand. */
export interface Layout {
  readonly fields: ReadonlyMap<string, Field>;
  /** Id of a field by id, name and label, as far as they are unique. */
  readonly names: ReadonlyMap<string, string>;
  /** Id of a parameter by id and label. */
  readonly lines: ReadonlyMap<string, string>;
  /** Group by the parameters that the user may have to set: the first that uses them, or `SCHEME`. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Chapter by group and by indicator. */
  readonly chapters: ReadonlyMap<string, string>;
}

/** The place of what the score as a whole needs and no chapter holds. */
export const SCHEME = ':scheme';

/** `scheme`: parameters that the scheme waits for. */
export function layoutOf(standard: Standard, scheme: readonly string[]): Layout {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const key of ['label', 'name'] as const) {
    for (const field of standard.fields) {
      if (names.has(field[key]) && names.get(field[key]) !== field.id) taken.add(field[key]);
      names.set(field[key], field.id);
    }
  }
  for (const name of taken) names.delete(name);
  for (const field of standard.fields) names.set(field.id, field.id);
  const lines = new Map<string, string>();
  for (const { id, label } of standard.parameters) lines.set(label, id);
  for (const { id } of standard.parameters) lines.set(id, id);
  const parameters = new Map<string, string>(scheme.map((id) => [id, SCHEME]));
  for (const indicator of standard.indicators) {
    for (const id of indicator.parameters) if (!parameters.has(id)) parameters.set(id, indicator.group);
  }
  for (const { id, values } of standard.parameters) if (!parameters.has(id) && values.length === 0) parameters.set(id, SCHEME);
  const chapters = new Map<string, string>([[SCHEME, SCHEME]]);
  for (const group of standard.groups) chapters.set(group.id, group.chapter);
  for (const indicator of standard.indicators) chapters.set(indicator.id, indicator.chapter);
  return { fields: new Map(standard.fields.map((field) => [field.id, field])), names, lines, parameters, chapters };
}

/** The chapter in which a place is. */
export function chapterOf(path: string, { fields, parameters, chapters }: Layout): string | undefined {
  const indicator = indicatorOf(path);
  if (indicator !== undefined) return chapters.get(indicator);
  const field = fields.get(splitPath(path)[0]);
  const group = path.startsWith('parameter:') ? parameters.get(path.slice(10)) : field === undefined ? undefined : field.group;
  return group === undefined ? undefined : chapters.get(group);
}

/** The indicator of a place that is not data: `reason:C-10`, `evidence:C-10.0.name`. */
export function indicatorOf(path: string): string | undefined {
  const found = /^(\w+):([^.:]+)/.exec(path);
  return found === null || found[1] === 'parameter' ? undefined : found[2];
}

/** `id.key` apart; ids hold no dot. */
export function splitPath(path: string): [id: string, key: string | undefined] {
  const dot = path.indexOf('.');
  return dot < 0 ? [path, undefined] : [path.slice(0, dot), path.slice(dot + 1)];
}

const isList = (value: FieldValue | undefined): value is Readonly<Record<string, Scalar>> =>
  typeof value === 'object' && value !== null;

export function valueAt(entry: Entry, path: string): Scalar | undefined {
  const [id, key] = splitPath(path);
  const value = (entry.fields || {})[id];
  if (key === undefined) return isList(value) ? undefined : value;
  return isList(value) ? value[key] : undefined;
}

/** The entry with one value changed; `undefined` and empty text take it out. */
export function withValue(entry: Entry, path: string, value: Scalar | undefined): Entry {
  const [id, key] = splitPath(path);
  if (key === undefined) return { ...entry, fields: put(entry.fields, id, value) };
  const before = (entry.fields || {})[id];
  const list = put(isList(before) ? before : {}, key, value);
  return { ...entry, fields: put(entry.fields, id, Object.keys(list).length === 0 ? undefined : list) };
}

export function withParameter(entry: Entry, id: string, value: string): Entry {
  return { ...entry, parameters: put(entry.parameters, id, value) };
}

/** Marks an indicator 不涉及; an empty reason is kept, so that the checker can ask for it. */
export function withReason(entry: Entry, id: string, reason: string | undefined): Entry {
  const { [id]: _, ...rest } = entry.not_applicable || {};
  return { ...entry, not_applicable: reason === undefined ? rest : { ...(entry.not_applicable || {}), [id]: reason } };
}

/** The entry without whatever goes by this name: for names that nothing in the standard bears. */
export function without(entry: Entry, name: string): Entry {
  const { fields, parameters, not_applicable } = entry;
  return { fields: put(fields, name, undefined), parameters: put(parameters, name, undefined), not_applicable: put(not_applicable, name, undefined) };
}

const partsOf = ({ fields, parameters, not_applicable, waived }: Entry): readonly (object | undefined)[] => [fields, parameters, not_applicable, waived];

/** Whether anything goes by this name. */
export function holds(entry: Entry, name: string): boolean {
  return partsOf(entry).some((part) => Object.keys(part || {}).includes(name));
}

/** How many single values were entered. */
export function sizeOf(entry: Entry): number {
  const values = Object.values(entry.fields || {});
  return values.reduce<number>((sum, value) => sum + (isList(value) ? Object.keys(value).length : 1), 0)
    + [entry.parameters, entry.not_applicable, entry.waived].reduce((sum, part) => sum + Object.keys(part || {}).length, 0);
}

export function isEmpty(entry: Entry): boolean {
  return partsOf(entry).every((part) => Object.keys(part || {}).length === 0);
}

const PARTS: readonly (keyof Entry)[] = ['fields', 'parameters', 'not_applicable', 'waived'];

/** The part of what a host gave that is no part of an entry, `entry` where all of it is none; undefined where it is one. */
export function misshapen(given: unknown): string | undefined {
  const keyed = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!keyed(given)) return 'entry';
  return PARTS.find((part) => { const value = (given as Record<string, unknown>)[part]; return value !== undefined && value !== null && !keyed(value); });
}

/** Whether two values hold the same, whatever the order of their names; what is undefined counts as absent. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return Object.keys({ ...x, ...y }).every((name) => same(x[name], y[name]));
}

/** Whether two entries hold the same; a part that is empty counts as absent. */
export const sameEntry = (a: Entry, b: Entry): boolean => PARTS.every((part) => same(a[part] || {}, b[part] || {}));

/**
 * Whether data that was given is an entry by its parts: it has `fields`, or nothing but parts. Otherwise it is fields alone,
 * one of which may well be called as a part is.
 */
export function isByParts(given: object): boolean {
  const names = Object.keys(given);
  return names.includes('fields') || names.every((name) => (PARTS as readonly string[]).includes(name));
}

/**
 * Names and labels become ids, `id.key` entries become lists. What is unknown or given
 * twice stays as it was given, for the checker to name.
 */
export function toIds(given: Entry, layout: Layout): Entry {
  const entry: Entry = isByParts(given) ? given : { fields: given as Readonly<Record<string, FieldValue>> };
  const fields: Record<string, FieldValue> = {};
  const keep = (name: string, value: FieldValue): void => { fields[name] = value; };
  // What has its place already comes first, so that nothing that must find one takes it.
  const rank = (name: string): number => (layout.fields.has(name) ? 0 : layout.names.has(name.trim()) ? 1 : 2);
  for (const [as, value] of Object.entries(entry.fields || {}).sort(([a], [b]) => rank(a) - rank(b))) {
    const name = as.trim();
    const whole = layout.names.get(name);
    // The last dot parts them: a label may hold others.
    const dot = name.lastIndexOf('.');
    const key = name.slice(dot + 1).trim();
    const id = whole || (dot < 0 ? undefined : layout.names.get(name.slice(0, dot).trim()));
    const field = id === undefined ? undefined : layout.fields.get(id);
    if (id === undefined || field === undefined) { keep(as, value); continue; }
    if (whole !== undefined) {
      if (fields[id] === undefined) keep(id, value);
      else keep(as, value);
      continue;
    }
    const list = fields[id] === undefined ? {} : fields[id];
    const fits = field.keys.includes(key) && isList(list) && list[key] === undefined && !isList(value);
    if (fits) keep(id, { ...list, [key]: value });
    else keep(as, value);
  }
  if (entry.parameters === undefined) return { ...entry, fields };
  const parameters: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(entry.parameters)) {
    const id = layout.lines.get(name.trim());
    const other = id === undefined ? undefined : entry.parameters[id];
    parameters[id === undefined || (other !== undefined && other !== value) ? name : id] = value;
  }
  return { ...entry, fields, parameters };
}

function put<V>(record: Readonly<Record<string, V>> | undefined, key: string, value: V | undefined): Record<string, V> {
  const { [key]: _, ...rest } = record || {};
  if (value === undefined || (typeof value === 'string' && value === '')) return rest as Record<string, V>;
  return { ...(record || {}), [key]: value } as Record<string, V>;
}

const YES: readonly unknown[] = ['是', '有', 'true', 'yes', '√', '✓'];
const NO: readonly unknown[] = ['否', '无', 'false', 'no', '×', '✗'];

/** What a yes-or-no value says, read as the checker reads it: what came from a spreadsheet as √ is shown as what it was judged by. */
export function truthOf(value: Scalar | undefined): boolean | undefined {
  if (typeof value !== 'string') return typeof value === 'boolean' ? value : undefined;
  const text = value.normalize('NFKC').trim().toLowerCase();
  return YES.includes(text) ? true : NO.includes(text) ? false : undefined;
}
