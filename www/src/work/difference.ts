/** Two reports of one standard, side by side: what turned, by how many points, and which data, lines or date differ. */
import type { Field, Finding, Report, Standard } from '../../../src/wasm.d.ts';

type Recorded = string | boolean | null | undefined;

export interface Moved {
  readonly indicator: string;
  readonly before: Finding | undefined;
  readonly after: Finding | undefined;
  /** Data that it reads and that differs. */
  readonly data: readonly { readonly field: Field; readonly key: string; readonly from: Recorded; readonly to: Recorded }[];
  /** Lines that the user set and that differ. */
  readonly lines: readonly { readonly parameter: string; readonly from: string | undefined; readonly to: string | undefined }[];
}

/** What moved, in the order of the standard. */
export function movedBetween(before: Report, after: Report, standard: Standard): readonly Moved[] {
  const moved: Moved[] = [];
  const ids = [...standard.indicators.map(({ id }) => id), ...before.findings.map(({ indicator }) => indicator).filter((id) => !standard.indicators.some((one) => one.id === id))];
  for (const id of ids) {
    const [was, is] = [before, after].map(({ findings }) => findings.find(({ indicator }) => indicator === id));
    if (was !== undefined && is !== undefined && was.outcome === is.outcome && was.points === is.points && was.of === is.of) continue;
    if (was === undefined && is === undefined) continue;
    const indicator = standard.indicators.find((one) => one.id === id);
    moved.push({ indicator: id, before: was, after: is, data: indicator === undefined ? [] : dataOf(before, after, standard, indicator.fields), lines: indicator === undefined ? [] : linesOf(before, after, indicator.parameters) });
  }
  return moved;
}

function dataOf(before: Report, after: Report, { fields }: Standard, ids: readonly string[]): Moved['data'] {
  return ids.reduce<Moved['data']>((all, id) => {
    const field = fields.find((one) => one.id === id);
    if (field === undefined) return all;
    const keys = field.keys.length === 0 ? [''] : field.keys;
    return [...all, ...keys.map((key) => ({ field, key, from: valueOf(before, id, key), to: valueOf(after, id, key) })).filter(({ from, to }) => from !== to)];
  }, []);
}

function valueOf({ entry }: Report, id: string, key: string): Recorded {
  const value = entry.fields[id];
  if (value === null || typeof value !== 'object') return value === null ? undefined : value;
  return value[key] === null ? undefined : value[key];
}

function linesOf(before: Report, after: Report, ids: readonly string[]): Moved['lines'] {
  return ids.map((parameter) => ({ parameter, from: before.entry.parameters[parameter], to: after.entry.parameters[parameter] })).filter(({ from, to }) => from !== to);
}
