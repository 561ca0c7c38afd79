/**
 * A part of a standard: the chapters or the department that a page shows alone. The report stays the report of the whole,
 * and so do events and the value in a form; what is shown is narrowed to the part, with the part's own points.
 */
import type { Finding, Report, Score, Standard } from '../../../src/wasm.d.ts';
import type { Layout } from './entry';
import { concerns, unitsIn } from './rectification';

export interface Scope {
  /** Ids; empty for all. */
  readonly chapters: readonly string[];
  /** As the standard writes it; empty for all. */
  readonly department: string;
}

export const isWhole = ({ chapters, department }: Scope): boolean => chapters.length === 0 && department === '';

/** `3-sanitation 4-order` and `市城市管理局`, as attributes give them. */
export function scopeOf(chapters: string | null, department: string | null): Scope {
  return { chapters: (chapters || '').split(/[\s,，]+/).filter((id) => id !== ''), department: (department || '').trim() };
}

/** Departments that a standard names, also where several share a line (`市水利局、市住房和城乡建设局`). */
export function departmentsOf(standard: Standard): readonly string[] {
  return unitsIn([...standard.indicators, ...standard.fields].map(({ department }) => department)).map(({ name }) => name);
}

/**
 * The standard with only what belongs to the part: its indicators, the fields that they read wherever those stand, and the
 * fields that the department reports; `undefined` where the standard has no such part.
 */
export function standardOf(standard: Standard, scope: Scope, layout: Layout): Standard | undefined {
  if (isWhole(scope)) return standard;
  const inChapter = (chapter: string | undefined): boolean => scope.chapters.length === 0 || (chapter !== undefined && scope.chapters.includes(chapter));
  const inDepartment = (names: string): boolean => concerns(scope.department, names);
  const indicators = standard.indicators.filter(({ chapter, department }) => inChapter(chapter) && inDepartment(department));
  const read = new Set<string>();
  for (const one of indicators) for (const id of one.fields) read.add(id);
  const fields = standard.fields.filter((field) => read.has(field.id)
    || (inChapter(layout.chapters.get(field.group)) && (scope.department === '' || inDepartment(field.department))));
  if (indicators.length + fields.length === 0) return undefined;
  const used = new Set<string>();
  for (const one of indicators) for (const id of one.parameters) used.add(id);
  const parameters = standard.parameters.filter(({ id }) => used.has(id));
  const shown = new Set([...indicators, ...fields, ...parameters.map(({ id }) => ({ group: layout.parameters.get(id) || '' }))].map(({ group }) => group));
  const groups = standard.groups.filter(({ id }) => shown.has(id));
  const chapters = standard.chapters.filter(({ id }) => groups.some(({ chapter }) => chapter === id));
  return { ...standard, indicators, fields, parameters, groups, chapters };
}

/** The report with only the part's findings, and the part's points in place of the whole's. */
export function reportOf(report: Report, part: Standard, scope: Scope): Report {
  if (isWhole(scope)) return report;
  const ids = new Set(part.indicators.map(({ id }) => id));
  const findings = report.findings.filter(({ indicator }) => ids.has(indicator));
  return { ...report, findings, score: scoreOf(report.score, findings, scope) };
}

function scoreOf({ chapters }: Score, findings: readonly Finding[], scope: Scope): Score {
  const [only] = scope.chapters;
  const own = chapters.filter(({ chapter }) => scope.chapters.length === 0 || scope.chapters.includes(chapter));
  // A whole chapter has its points from the scheme; what is put together otherwise adds up its indicators.
  if (scope.department === '' && own.length === 1 && own[0] !== undefined && own[0].chapter === only) {
    const { low, high, full } = own[0];
    return { low, high, full, chapters: own };
  }
  const counted = findings.filter(({ kind, outcome }) => kind === undefined && outcome !== 'not_applicable' && outcome !== 'waived');
  return {
    low: sum(counted.map(({ points }) => points || '0')),
    high: sum(counted.map(({ points, of }) => points || of)),
    full: sum(counted.map(({ of }) => of)),
    chapters: scope.department === '' ? own : [],
  };
}

/** Exact decimals and fractions added up. */
function sum(values: readonly string[]): string {
  let top = BigInt(0);
  let bottom = BigInt(1);
  for (const value of values) {
    const [whole = '0', over = '1'] = value.split('/');
    const [before = '0', after = ''] = whole.split('.');
    const a = BigInt(before + after);
    const b = BigInt(over) * BigInt(`1${'0'.repeat(after.length)}`);
    top = top * b + a * bottom;
    bottom *= b;
    const shared = greatest(top < 0 ? -top : top, bottom);
    top /= shared;
    bottom /= shared;
  }
  return decimal(top, bottom);
}

function greatest(a: bigint, b: bigint): bigint {
  while (b > 0) [a, b] = [b, a % b];
  return a > 0 ? a : BigInt(1);
}

/** As a decimal where there is a finite one, as reports write numbers. */
function decimal(top: bigint, bottom: bigint): string {
  let places = 0;
  let scaled = top;
  for (; places < 40 && scaled % bottom !== BigInt(0); places += 1) scaled *= BigInt(10);
  if (places === 40) return `${top}/${bottom}`;
  const rest = scaled / bottom;
  const sign = rest < 0 ? '-' : '';
  const digits = String(rest < 0 ? -rest : rest).padStart(places + 1, '0');
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
