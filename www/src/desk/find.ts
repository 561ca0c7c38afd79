/**
 * What of the form is shown: all, or what a search finds, what a department answers for, what is still lacking. What is
 * lacking is fixed when it is asked for, so that a figure does not vanish under the hand that enters it.
 */
import type { Indicator, Report, Standard } from '../../../src/wasm.d.ts';
import type { Only } from '../check/view';
import { splitPath, type Layout } from '../work/entry';
import { bureauOf, concerns, unitsIn, unitsOf, type Unit } from '../work/rectification';

export interface Wish {
  readonly text: string;
  /** A department; empty for all. */
  readonly unit: string;
  /** What was lacking when that was asked for. */
  readonly lacking: Lacking | undefined;
}

export interface Lacking {
  readonly indicators: ReadonlySet<string>;
  /** Ids of fields and parameters. */
  readonly places: ReadonlySet<string>;
}

export const all: Wish = { text: '', unit: '', lacking: undefined };

/** All that is not entered, not set, or invalid. */
export function lackingOf(report: Report): Lacking {
  const open = report.findings.filter(({ outcome }) => outcome === 'missing' || outcome === 'pending' || outcome === 'invalid');
  const wrong = report.data.filter(({ severity }) => severity === 'error').reduce<readonly string[]>((ids, { fields }) => [...ids, ...fields], []);
  const paths = open.reduce<readonly string[]>((ids, { missing, pending }) => [...ids, ...missing, ...pending], [...wrong, ...(report.score.pending || [])]);
  return { indicators: new Set(open.map(({ indicator }) => indicator)), places: new Set(paths.map((path) => splitPath(path)[0])) };
}

/** The departments of a standard, those that answer for most first, with their parts below them. */
export function units({ indicators }: Standard): readonly Unit[] {
  const counts = new Map<string, number>();
  for (const { department } of indicators) for (const unit of unitsOf(department)) counts.set(bureauOf(unit), (counts.get(bureauOf(unit)) || 0) + 1);
  const all = indicators.reduce<readonly string[]>((some, { department }) => [...some, ...unitsOf(department)], []);
  return unitsIn(all.slice().sort((a, b) => (counts.get(bureauOf(b)) || 0) - (counts.get(bureauOf(a)) || 0)));
}

/** Full-width signs as half-width, no blanks, small letters: how people type is not how it is written. */
export function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
}

/** What fits a wish; undefined where all is wished for. An indicator brings its fields along, a field its indicators. */
export function onlyOf(standard: Standard, layout: Layout, { text, unit, lacking }: Wish): Only | undefined {
  const words = text.split(/\s+/).map(plain).filter((word) => word !== '');
  if (words.length === 0 && unit === '' && lacking === undefined) return undefined;
  const says = (...texts: readonly string[]): boolean => {
    const hay = plain(texts.join('\n'));
    return words.every((word) => hay.includes(word));
  };
  const groups = new Map(standard.groups.map((group) => [group.id, group.title]));
  const byUnit = ({ department }: { department: string }): boolean => concerns(unit, department);
  const asked = (indicator: Indicator): boolean => byUnit(indicator) && (lacking === undefined || lacking.indicators.has(indicator.id));
  const titles = (group: string): string => groups.get(group) || '';
  const found = standard.indicators.filter((one) => asked(one) && says(one.id, one.title, one.clause, one.quote, one.department, one.evidence, titles(one.group)));
  const indicators = new Set(found.map(({ id }) => id));
  const read = new Set(found.reduce<readonly string[]>((ids, one) => [...ids, ...one.fields, ...one.parameters], []));
  const open = (id: string): boolean => lacking === undefined || lacking.places.has(id);
  const readers = new Map<string, string[]>();
  for (const one of standard.indicators) for (const id of [...one.fields, ...one.parameters]) readers.set(id, [...(readers.get(id) || []), one.id]);
  const hit = new Set<string>();
  const fields = standard.fields.filter((field) => {
    if (!open(field.id)) return false;
    const itself = words.length > 0 && (byUnit(field) || read.has(field.id)) && says(field.id, field.name, field.label, field.help, field.evidence, field.keys.join('\n'));
    if (itself) hit.add(field.id);
    return read.has(field.id) || itself || (words.length === 0 && unit !== '' && byUnit(field) && lacking === undefined);
  });
  const parameters = standard.parameters.filter(({ id, label }) => {
    if (!open(id)) return false;
    const itself = words.length > 0 && unit === '' && says(id, label);
    if (itself) hit.add(id);
    return read.has(id) || itself || (words.length === 0 && unit === '' && lacking !== undefined);
  });
  for (const id of hit) for (const reader of readers.get(id) || []) indicators.add(reader);
  const at = [
    ...fields.map(({ group }) => group), ...standard.indicators.filter(({ id }) => indicators.has(id)).map(({ group }) => group),
    ...parameters.map(({ id }) => layout.parameters.get(id) || ''),
  ];
  return {
    indicators, fields: new Set(fields.map(({ id }) => id)), parameters: new Set(parameters.map(({ id }) => id)),
    groups: new Set(at), chapters: new Set(at.map((group) => layout.chapters.get(group) || '')),
  };
}
