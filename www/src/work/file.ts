/**
 * Files: the entered data as JSON, out and in again; the report, out.
 *
 * `{"standard": {"id", "version"}, "fields": {…}, "parameters": {…}, "not_applicable": {…}, "waived": {…}}`, besides
 * the entry `"evidence"`, `"notes"` and `"tasks"`, and `"as_of"` where it was chosen. A file that says of which standard it is
 * is an assessment as a whole; without that, and as a flat object of fields, it is data.
 */
import type { Entry, FieldValue, Report, Standard } from '../../../src/wasm.d.ts';
import type { Assessment, Evidence, Task } from './assessment';
import { bytesAt } from './brought';
import { isDate } from './day';
import { isByParts } from './entry';
import { readJson, type Break } from './json';

const MOST_BYTES = 8_000_000;

export type FileProblem =
  | { readonly kind: 'too-big'; readonly bytes: number }
  | { readonly kind: 'not-text' }
  | { readonly kind: 'broken'; readonly broken: Break }
  | { readonly kind: 'not-an-object' }
  /** The value at `path` is of a kind that no field takes; it was left out. */
  | { readonly kind: 'wrong-value'; readonly path: string }
  /** No part of data is called so; it was left out. */
  | { readonly kind: 'unknown-part'; readonly path: string }
  | { readonly kind: 'wrong-date'; readonly text: string }
  | { readonly kind: 'other-standard'; readonly id: string; readonly version: string }
  /** Nothing in it has a place in the standard. */
  | { readonly kind: 'no-data' };

/** What was read; without `assessment` nothing could be. */
export interface FileRead {
  readonly assessment?: Partial<Assessment> & { readonly entry: Entry };
  /** It is an assessment as a whole, as this page exports it: what it lacks is empty. Otherwise it is data alone. */
  readonly whole?: boolean;
  readonly problems: readonly FileProblem[];
}

/** What became of evidence, notes and rectification that were here: another assessment took their place, or the file is data alone. */
export type Rest = 'none' | 'replaced' | 'stays';

export function writeData(assessment: Assessment, standard: Standard): string {
  return `${JSON.stringify(dataOf(assessment, standard), null, 2)}\n`;
}

/** What a data file holds. */
export function dataOf({ entry, as_of, evidence, notes, tasks }: Assessment, { id, version }: Standard): object {
  const { fields = {}, parameters = {}, not_applicable = {}, waived = {} } = entry;
  return { standard: { id, version }, ...(as_of === '' ? {} : { as_of }), fields, parameters, not_applicable, waived, evidence, notes, tasks };
}

export function writeReport(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

export async function readFile(file: Blob, standard: Standard): Promise<FileRead> {
  const text = await readText(file);
  return typeof text === 'string' ? readData(text, standard) : { problems: [text] };
}

/** The data file at an address; throws where it cannot be reached. */
export async function readAt(address: string, standard: Standard): Promise<FileRead> {
  return readFile(new Blob([await bytesAt(new URL(address, document.baseURI).href)]), standard);
}

/** The text of a file, or why it has none. */
export async function readText(file: Blob): Promise<string | FileProblem> {
  if (file.size > MOST_BYTES) return { kind: 'too-big', bytes: file.size };
  const text = decode(await new Response(file).arrayBuffer());
  return text === undefined ? { kind: 'not-text' } : text.replace(/^\uFEFF/, '');
}

/** UTF-8, or GB18030 as Chinese Windows writes it. */
function decode(bytes: ArrayBuffer): string | undefined {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes('\0')) return text;
    } catch { /* the next one */ }
  }
  return undefined;
}

export function readData(text: string, standard: Standard): FileRead {
  const read = readJson(text.replace(/^\uFEFF/, ''));
  if ('broken' in read) return { problems: [{ kind: 'broken', broken: read.broken }] };
  return readValue(read.value, standard);
}

/** What a browser kept, of whatever shape it is by now: all that can be read of it, and what could not be. */
export function readRecord(kept: unknown, standard: Standard): FileRead {
  if (!isObject(kept)) return { problems: [{ kind: 'not-an-object' }] };
  const { entry, as_of, evidence, notes, tasks } = kept;
  if (!isObject(entry)) return { problems: [{ kind: 'wrong-value', path: 'entry' }] };
  return readValue({ fields: {}, ...entry, ...(as_of === '' ? {} : { as_of }), evidence, notes, tasks }, standard);
}

export function readValue(value: unknown, standard: Standard): FileRead {
  if (!isObject(value)) return { problems: [{ kind: 'not-an-object' }] };
  // A report holds what was entered.
  const { schema, entry: reported } = value;
  if (typeof schema === 'string' && schema.startsWith('duibiao-report/') && isObject(reported)) {
    return readValue({ fields: {}, ...reported, standard: value['standard'], as_of: value['as_of'] }, standard);
  }
  const { standard: of, evidence, notes, tasks, ...flat } = value;
  const { as_of: asOf, saved: _, ...given } = flat;
  const problems: FileProblem[] = [];
  if (isObject(of) && (of['id'] !== standard.id || (of['version'] !== undefined && of['version'] !== standard.version))) {
    problems.push({ kind: 'other-standard', id: String(of['id']), version: of['version'] === undefined ? '' : String(of['version']) });
  }
  const structured = isByParts(given);
  const part = <V>(name: string, value: unknown, fits: (value: unknown) => value is V): Record<string, V> => {
    const found: Record<string, V> = {};
    if (value === undefined || value === null) return found;
    if (!isObject(value)) { problems.push({ kind: 'wrong-value', path: name }); return found; }
    for (const [key, one] of Object.entries(value)) {
      if (fits(one)) found[key] = one;
      else problems.push({ kind: 'wrong-value', path: structured ? `${name}.${key}` : key });
    }
    return found;
  };
  if (!structured) return { assessment: { entry: { fields: part('fields', flat, isFieldValue) } }, problems };
  const { fields, parameters, not_applicable, waived, ...unknown } = given;
  for (const name of Object.keys(unknown)) problems.push({ kind: 'unknown-part', path: name });
  const entry: Entry = {
    fields: part('fields', fields, isFieldValue), parameters: part('parameters', parameters, isLine),
    not_applicable: part('not_applicable', not_applicable, isText), waived: part('waived', waived, isTexts<Waiver>('reason', 'by', 'until')),
  };
  const chosen = typeof asOf === 'string' && isDate(asOf);
  if (asOf !== undefined && asOf !== null && asOf !== '' && !chosen) problems.push({ kind: 'wrong-date', text: typeof asOf === 'string' ? asOf : JSON.stringify(asOf) });
  const people = {
    ...(chosen ? { as_of: asOf } : {}),
    ...(evidence === undefined ? {} : { evidence: part('evidence', evidence, isEvidence) }),
    ...(notes === undefined ? {} : { notes: part('notes', notes, isText) }),
    ...(tasks === undefined ? {} : { tasks: part('tasks', tasks, isTexts<Task>('department', 'person', 'due', 'measure', 'progress', 'closed')) }),
  };
  return { assessment: { entry, ...people }, whole: isObject(of), problems };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isLine = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';
const isScalar = (value: unknown): value is string | number | boolean | null =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);
const isFieldValue = (value: unknown): value is FieldValue =>
  isScalar(value) || (isObject(value) && Object.values(value).every(isScalar));

type Waiver = NonNullable<Entry['waived']>[string];
/** An object that has these texts. */
const isTexts = <T extends object>(...names: readonly (string & keyof T)[]) => (value: unknown): value is T =>
  isObject(value) && names.every((name) => isText(value[name]));
const isPaper = isTexts<Evidence>('name', 'number', 'date', 'pages', 'digest', 'file');
const isEvidence = (value: unknown): value is readonly Evidence[] => Array.isArray(value) && value.every(isPaper);

/** Offers a file, the way every browser has: a link that is clicked. */
export function save(name: string, content: BlobPart, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A record as text, whatever it holds; for a draft that cannot be read. */
export function writeRaw(kept: unknown): string {
  const seen = new Set<unknown>();
  return `${JSON.stringify(kept, (_, value: unknown) => {
    if (typeof value === 'bigint') return String(value);
    if (typeof value !== 'object' || value === null) return value;
    if (seen.has(value)) return undefined;
    seen.add(value);
    return value instanceof Map || value instanceof Set ? Array.from(value as Iterable<unknown>) : value;
  }, 2)}\n`;
}
