/** Files in and out of the work at hand, and what is said about them. */
import { blank, type Assessment } from '../work/assessment';
import { isDate } from '../work/day';
import { sizeOf, toIds } from '../work/entry';
import { readAt, readFile, save, writeData, writeRaw, writeReport, type FileRead, type Rest } from '../work/file';
import type { Desk, Work } from '../work/work';
import { wordsFor } from '../words/wording';

export async function importFile(work: Work, file: File): Promise<void> {
  if (work.desk === undefined) return;
  take(work, await readFile(file, work.desk.standard), (n, rest) => wordsFor(work.lang).imported(n, rest));
}

/** The host's as-of date; what is no date is told, and the check is as of today. */
export function takeDate(work: Work, asOf: string | null): void {
  work.host(isDate(asOf) ? asOf : undefined);
  if (asOf !== null && asOf !== '' && !isDate(asOf)) work.tell({ tone: 'error', text: wordsFor(work.lang).noDate(asOf), problems: [], canUndo: false });
}

/** Fills in the data file at an address. */
export async function fillExample(work: Work, address: string): Promise<void> {
  const words = wordsFor(work.lang);
  if (work.desk === undefined) return;
  try {
    take(work, await readAt(address, work.desk.standard), () => words.exampleIn, { ...blank, as_of: work.assessment.as_of });
  } catch (error) {
    work.tell({ tone: 'error', text: `${words.exampleFailed}（${String(error)}）`, problems: [], canUndo: false });
  }
}

/**
 * Takes what was read from a file; what could not be read leaves the present data untouched. A whole assessment takes the place
 * of the present one with all its parts: another's figures must not stand beside these notes, tasks and date.
 */
function take(work: Work, { assessment, whole, problems }: FileRead, done: (n: number, rest: Rest) => string, empty = blank): void {
  if (work.desk === undefined) return;
  if (assessment === undefined) {
    work.tell({ tone: 'error', text: wordsFor(work.lang).notImported, problems, canUndo: false });
    return;
  }
  const entry = toIds(assessment.entry, work.desk.layout);
  // A file of something else must not take the place of what was entered.
  if (!belongs({ ...assessment, entry }, work.desk)) {
    work.tell({ tone: 'error', text: wordsFor(work.lang).notImported, problems: [...problems, { kind: 'no-data' }], canUndo: false });
    return;
  }
  const rest = !hasRest(work.assessment) ? 'none' : whole === true ? 'replaced' : 'stays';
  work.commit({ ...(whole === true ? empty : work.assessment), ...assessment, entry }, '', { tone: problems.length > 0 ? 'error' : 'info', text: done(sizeOf(assessment.entry), rest), problems, canUndo: true });
}

const hasRest = ({ evidence, notes, tasks }: Assessment): boolean => [evidence, notes, tasks].some((part) => Object.keys(part).length > 0);

/** Whether anything in it has a place in the standard. */
function belongs({ entry, evidence = {}, notes = {}, tasks = {} }: NonNullable<FileRead['assessment']>, { layout, standard }: Desk): boolean {
  const { fields = {}, parameters = {}, not_applicable = {}, waived = {} } = entry;
  return Object.keys(fields).some((id) => layout.fields.has(id)) || Object.keys(parameters).some((name) => standard.parameters.some(({ id, label }) => id === name || label === name))
    || [not_applicable, waived, evidence, notes, tasks].some((part) => Object.keys(part).some((id) => standard.indicators.some((one) => one.id === id)));
}

export function exportData(work: Work): void {
  if (work.desk !== undefined) save(fileName(work, 'data', 'json'), writeData(work.assessment, work.desk.standard), 'application/json');
}

export function exportReport(work: Work): void {
  if (work.report !== undefined) save(fileName(work, 'report', 'json'), writeReport(work.report), 'application/json');
}

export function exportRaw(work: Work): void {
  if (work.damaged !== undefined) save(fileName(work, 'raw', 'json'), writeRaw(work.damaged.kept), 'application/json');
}

/** `对标-changzhou-2023-数据-2024-01-01.json` */
export function fileName(work: Work, what: 'data' | 'report' | 'raw' | 'drafts', ending: string): string {
  const { product, [what]: kind } = wordsFor(work.lang).fileName;
  return `${product}-${work.desk === undefined ? '' : work.desk.standard.id}-${kind}-${work.date}.${ending}`;
}
