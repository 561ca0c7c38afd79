/** Files in and out of the work at hand, and what is said about them. */
import { bytesAt } from '../work/brought';
import { isDate } from '../work/day';
import { sizeOf, toIds } from '../work/entry';
import { readData, readFile, save, writeData, writeRaw, writeReport, type FileRead } from '../work/file';
import type { Desk, Work } from '../work/work';
import { wordsFor } from '../words/wording';

export async function importFile(work: Work, file: File): Promise<void> {
  if (work.desk === undefined) return;
  take(work, await readFile(file, work.desk.standard), (n) => wordsFor(work.lang).imported(n));
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
    const text = new TextDecoder().decode(await bytesAt(new URL(address, document.baseURI).href));
    take(work, readData(text, work.desk.standard), () => words.exampleIn);
  } catch (error) {
    work.tell({ tone: 'error', text: `${words.exampleFailed}（${String(error)}）`, problems: [], canUndo: false });
  }
}

/** Takes what was read from a file; what could not be read leaves the present data untouched. */
function take(work: Work, { assessment, problems }: FileRead, done: (n: number) => string): void {
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
  // Parts that the file says nothing about stay as they are.
  work.commit({ ...work.assessment, ...assessment, entry }, '', { tone: problems.length > 0 ? 'error' : 'info', text: done(sizeOf(assessment.entry)), problems, canUndo: true });
}

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
