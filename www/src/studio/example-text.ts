/** From data in the preview to an `example(…)` in a rule file: which data, how it is written, and after which line. */
import type { Entry, Field, FieldValue, Report, Standard } from '../../../src/wasm.d.ts';
import type { Name } from '../../../src/wasm/studio.d.ts';

/** Examples that name no date are checked as of this one, here as in the command. */
export const EXAMPLE_DATE = '2024-01-01';

export type Judge = (entry: Entry, asOf: string) => Report;

export interface Kept {
  readonly text: string;
  readonly outcome: string;
}

/** The example that shows what the preview shows for an indicator. */
export function exampleText(name: string, indicator: string, entry: Entry, asOf: string, standard: Standard, judge: Judge): Kept | undefined {
  const outcome = (one: Entry, date: string): string | undefined => {
    const finding = judge(one, date).findings.find((found) => found.indicator === indicator);
    return finding === undefined ? undefined : finding.outcome;
  };
  const now = outcome(entry, asOf);
  if (now === undefined) return undefined;
  // Only what the indicator reads, as long as that says the same: data checks may read more.
  const narrow = restrict(entry, indicator, standard);
  const shown = outcome(narrow, asOf) === now ? narrow : entry;
  const date = outcome(shown, EXAMPLE_DATE) === now ? undefined : asOf;
  const options = [
    ...part('parameters', shown.parameters, (id) => (standard.parameters.find((parameter) => parameter.id === id) || { label: id }).label),
    ...part('not_applicable', shown.not_applicable, (id) => id),
    ...(date === undefined ? [] : [`as_of: "${date}"`]),
  ];
  const fieldName = (id: string): string => (standard.fields.find((field) => field.id === id) || { name: id }).name;
  const data = map(Object.entries(shown.fields || {}).map(([id, value]) => [fieldName(id), fieldValue(value, standard.fields.find((field) => field.id === id))]));
  return { text: `example(${quoted(name)}, ${data}, ${now}${options.length === 0 ? '' : `, #{ ${options.join(', ')} }`});`, outcome: now };
}

function restrict(entry: Entry, indicator: string, standard: Standard): Entry {
  const known = standard.indicators.find((one) => one.id === indicator);
  if (known === undefined) return entry;
  const pick = <V>(record: Readonly<Record<string, V>> | undefined, ids: readonly string[]): Record<string, V> =>
    Object.fromEntries(Object.entries(record || {}).filter(([id]) => ids.includes(id)));
  return { fields: pick(entry.fields, known.fields), parameters: pick(entry.parameters, known.parameters), not_applicable: pick(entry.not_applicable, [indicator]) };
}

function part(word: string, values: Readonly<Record<string, string | number>> | undefined, nameOf: (id: string) => string): string[] {
  const found = Object.entries(values || {});
  return found.length === 0 ? [] : [`${word}: ${map(found.map(([id, value]) => [nameOf(id), scalar(value)]))}`];
}

function map(items: readonly (readonly [string, string])[]): string {
  return items.length === 0 ? '#{}' : `#{ ${items.map(([key, value]) => `${/^[\p{L}_][\p{L}\p{N}_]*$/u.test(key) ? key : quoted(key)}: ${value}`).join(', ')} }`;
}

function fieldValue(value: FieldValue, field: Field | undefined): string {
  if (typeof value === 'object' && value !== null) return map(Object.entries(value).map(([key, one]) => [key, scalar(one)]));
  // A choice or a text may look like a number and is none.
  return field !== undefined && ['choice', 'text', 'date'].includes(field.type) ? quoted(String(value)) : scalar(value);
}

/** A plain number as a number; everything else exactly as it was typed. */
function scalar(value: string | number | boolean | null): string {
  if (value === null) return '()';
  if (typeof value === 'boolean') return String(value);
  const text = String(value);
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) && text.length < 18 ? text : quoted(text);
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
}

/** The line after which the indicator's next example goes: that of its last one, or its own end. */
export function lineAfter(indicator: string, names: readonly Name[]): { file: string; line: number } | undefined {
  const own = names.find((name) => name.kind === 'indicator' && name.name === indicator);
  if (own === undefined) return undefined;
  const later = names.filter((name) => name.file === own.file && name.line > own.line).sort((a, b) => a.line - b.line);
  let line = own.end;
  for (const name of later) {
    if (name.kind === 'indicator') break;
    if (name.kind === 'example') line = name.end;
  }
  return { file: own.file, line };
}
