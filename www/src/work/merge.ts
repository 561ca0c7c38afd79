/**
 * Merging: what several files hold, into the entry at hand. Equal values agree silently; where two differ, or differ from
 * what is entered, nothing is changed until somebody says which one holds. So it is where a department left empty in its
 * form what is entered here: it may have taken it back.
 *
 * Values are compared as text without the differences that no reader sees (full width, outer blanks, 是 and true);
 * `95%` and `95` are different texts, and are asked about.
 */
import type { Entry, FieldValue, Standard } from '../../../src/wasm.d.ts';
import type { Paper, Papers, SheetRead } from '../../../src/wasm/office.d.ts';
import { splitPath, withParameter, withReason, withValue, type Scalar } from './entry';

/** What is merged: an entry, and what is written for people beside it. */
export type Data = Entry & Partial<Papers>;

/** A file that was read. */
export interface Source {
  readonly file: string;
  readonly read: Pick<SheetRead, 'places'> & Partial<Pick<SheetRead, 'empty'>> & { readonly entry: Data };
}

/** Who let an indicator off, why and until when. */
export type Waiver = Readonly<Record<string, string>>;
/** The evidence of an indicator is one value. */
export type Value = Scalar | Waiver | readonly Paper[];

/** Where a value stands; without a file it is what was entered before. */
export interface Spot {
  readonly file?: string;
  readonly sheet?: string;
  readonly cell?: string;
}

/** One of the values that stand against each other. */
export interface Choice {
  /** An empty text where nothing is to be entered. */
  readonly value: Value;
  readonly spots: readonly Spot[];
}

export interface Conflict {
  readonly path: string;
  readonly label: string;
  /** What was entered before comes first. */
  readonly choices: readonly Choice[];
}

export interface Merged {
  /** What is at hand with all that is new and undisputed. */
  readonly entry: Data;
  /** Paths that were empty before, and evidence that has more than before. */
  readonly added: readonly string[];
  /** How many values were the same as entered before. */
  readonly same: number;
  readonly conflicts: readonly Conflict[];
}

export function merge(present: Data, sources: readonly Source[], standard: Standard): Merged {
  const before = flat(present);
  const choices = new Map<string, { value: Value; spots: Spot[] }[]>();
  const add = (path: string, value: Value, spot: Spot): void => {
    const known = choices.get(path) || [];
    const like = known.find((one) => canonical(one.value) === canonical(value));
    if (like === undefined) known.push({ value, spots: [spot] });
    else like.spots.push(spot);
    choices.set(path, known);
  };
  for (const { file, read } of sources) {
    for (const [path, value] of flat(read.entry)) add(path, value, { file, ...read.places[path] });
    for (const [path, place] of Object.entries(read.empty || {})) if (before.has(path)) add(path, '', { file, ...place });
  }
  let entry = present;
  let same = 0;
  const added: string[] = [];
  const conflicts: Conflict[] = [];
  for (const [path, given] of choices) {
    const held = before.get(path);
    const mine = held === undefined ? undefined : given.find((one) => canonical(one.value) === canonical(held));
    const first = given[0];
    if (first === undefined) continue;
    if (given.length === 1 && (held === undefined || holdsMore(first.value, held))) {
      entry = withAt(entry, path, first.value);
      added.push(path);
    } else if (given.length === 1 && mine !== undefined) {
      same += 1;
    } else {
      const own: Choice[] = held === undefined ? [] : [{ value: held, spots: [{}, ...(mine === undefined ? [] : mine.spots)] }];
      conflicts.push({ path, label: labelOf(path, standard), choices: [...own, ...given.filter((one) => one !== mine)] });
    }
  }
  return { entry, added, same, conflicts };
}

/** The entry after conflicts were settled: by path, the choice that holds. What was not settled stays as it was. */
export function settle(merged: Merged, settled: ReadonlyMap<string, number>): Data {
  let { entry } = merged;
  for (const { path, choices } of merged.conflicts) {
    const choice = choices[settled.has(path) ? settled.get(path) as number : -1];
    if (choice !== undefined) entry = withAt(entry, path, choice.value);
  }
  return entry;
}

/** Whether a list of evidence holds all that another does, and more. */
function holdsMore(value: Value, held: Value): boolean {
  if (!isPapers(value) || !isPapers(held) || value.length <= held.length) return false;
  const all = value.map((paper) => canonical({ ...paper }));
  return held.every((paper) => all.includes(canonical({ ...paper })));
}

/** Every single value of an entry, by path. */
export function flat(entry: Data): Map<string, Value> {
  const found = new Map<string, Value>();
  const put = (path: string, value: Value | undefined): void => {
    if (value !== undefined && value !== null && (typeof value !== 'string' || value.trim() !== '')) found.set(path, value);
  };
  for (const [id, value] of Object.entries(entry.fields || {})) {
    if (isList(value)) for (const [key, one] of Object.entries(value)) put(`${id}.${key}`, one);
    else put(id, value);
  }
  for (const [id, value] of Object.entries(entry.parameters || {})) put(`parameter:${id}`, value);
  for (const [id, value] of Object.entries(entry.not_applicable || {})) put(`reason:${id}`, value);
  for (const [id, value] of Object.entries(entry.waived || {})) put(`waived:${id}`, value);
  for (const [id, value] of Object.entries(entry.evidence || {})) if (value.length > 0) put(`evidence:${id}`, value);
  for (const [id, value] of Object.entries(entry.notes || {})) put(`note:${id}`, value);
  return found;
}

/** A value as text, without what no reader sees. */
export function canonical(value: Value): string {
  if (value === true) return '是';
  if (value === false) return '否';
  if (isPapers(value)) return JSON.stringify(value.map((paper) => canonical({ ...paper })));
  if (typeof value === 'object' && value !== null) {
    return JSON.stringify(Object.keys(value).sort().map((key) => [key, canonical(value[key] || '')]));
  }
  return String(value)
    .replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/\r\n?/g, '\n')
    .trim();
}

function labelOf(path: string, { fields, parameters, indicators }: Standard): string {
  const titled = (id: string): string => {
    const indicator = indicators.find((one) => one.id === id);
    return indicator === undefined ? id : `${id} ${indicator.title}`;
  };
  const [kind, rest] = [path.slice(0, path.indexOf(':') + 1), path.slice(path.indexOf(':') + 1)];
  if (kind === 'parameter:') return (parameters.find(({ id }) => id === rest) || { label: rest }).label;
  if (kind !== '') return titled(rest);
  const [id, key] = splitPath(path);
  const field = fields.find((one) => one.id === id);
  if (field === undefined) return path;
  return key === undefined ? field.label : `${field.label}（${key}）`;
}

const isPapers = (value: Value): value is readonly Paper[] => Array.isArray(value);
const isList = (value: FieldValue | undefined): value is Readonly<Record<string, Scalar>> => typeof value === 'object' && value !== null;

/** The entry with the value of any path changed, or taken out. */
function withAt(entry: Data, path: string, value: Value): Data {
  const at = path.indexOf(':');
  const id = path.slice(at + 1);
  if (value === '') return withoutAt(entry, path, path.slice(0, at + 1), id);
  switch (path.slice(0, at + 1)) {
    case 'parameter:': return { ...entry, parameters: { ...entry.parameters, [id]: String(value) } };
    case 'reason:': return { ...entry, not_applicable: { ...entry.not_applicable, [id]: String(value) } };
    case 'note:': return { ...entry, notes: { ...entry.notes, [id]: String(value) } };
    case 'evidence:': return { ...entry, evidence: { ...entry.evidence, [id]: isPapers(value) ? value : [] } };
    case 'waived:': {
      const { reason = '', by = '', until = '' } = (isList(value as FieldValue) ? value : {}) as Waiver;
      return { ...entry, waived: { ...entry.waived, [id]: { reason, by, until } } };
    }
    default: {
      const [field, key] = splitPath(path);
      const fields = entry.fields || {};
      const before = fields[field];
      const next = key === undefined ? value as Scalar : { ...(isList(before) ? before : {}), [key]: value as Scalar };
      return { ...entry, fields: { ...fields, [field]: next } };
    }
  }
}

function withoutAt(entry: Data, path: string, kind: string, id: string): Data {
  switch (kind) {
    case 'parameter:': return withParameter(entry, id, '');
    case 'reason:': return withReason(entry, id, undefined);
    case 'waived:': {
      const { [id]: _, ...waived } = entry.waived || {};
      return { ...entry, waived };
    }
    case 'evidence:': {
      const { [id]: _, ...evidence } = entry.evidence || {};
      return { ...entry, evidence };
    }
    case 'note:': {
      const { [id]: _, ...notes } = entry.notes || {};
      return { ...entry, notes };
    }
    default: return withValue(entry, path, undefined);
  }
}
