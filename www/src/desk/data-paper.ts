/** Data files among the workbooks that come back: what one holds, in the form in which spreadsheets are read. */
import type { SheetProblem } from '../../../src/wasm/office.d.ts';
import { toIds } from '../work/entry';
import { readData, readText, type FileProblem } from '../work/file';
import type { Read } from '../work/intake';
import { OfficeFailure } from '../work/office';
import type { Desk } from '../work/work';
import { wordsFor } from '../words/wording';
import { draftsIn } from './exchange';
import { tableWords } from './wording-tables';

/** Figures, lines, reasons, evidence and notes; the rectification of a file stays in it, which is told. */
export async function dataPaper(file: File, { standard, layout }: Desk): Promise<Read> {
  const text = await readText(file);
  if (typeof text !== 'string') throw refused(text);
  if (draftsIn(text) !== undefined) throw new OfficeFailure('drafts', tableWords('zh').severalDrafts, tableWords('en').severalDrafts);
  const { assessment, problems } = readData(text, standard);
  const [first] = problems;
  if (assessment === undefined) throw refused(first || { kind: 'no-data' });
  const entry = toIds(assessment.entry, layout);
  const { evidence = {}, notes = {}, tasks = {} } = assessment;
  const lines = Object.keys(tasks).length;
  const told: SheetProblem[] = problems.map((problem) => ({ ...place, code: problem.kind === 'other-standard' ? 'other-standard' : 'no-match', severity: problem.kind === 'other-standard' ? 'warning' : 'error', ...said(problem) }));
  if (lines > 0) told.push({ ...place, code: 'no-match', severity: 'warning', text_zh: tableWords('zh').tasksStay(lines), text_en: tableWords('en').tasksStay(lines) });
  const known = Object.keys(entry.fields || {}).some((id) => layout.fields.has(id)) || [entry.parameters, entry.not_applicable, entry.waived].some((part) => Object.keys(part || {}).length > 0);
  return { kind: known ? 'data' : 'none', department: '', entry: known ? entry : {}, evidence, notes, strays: {}, places: {}, empty: {}, problems: told, sheets: [] };
}

const place = { sheet: '', cell: '' } as const;

function said(problem: FileProblem): { readonly text_zh: string; readonly text_en: string } {
  const [text_zh, text_en] = (['zh', 'en'] as const).map((lang) => {
    const words = wordsFor(lang);
    return problem.kind === 'broken' ? words.broken(problem.broken) : words.fileProblem(problem);
  });
  return { text_zh: text_zh || '', text_en: text_en || '' };
}

function refused(problem: FileProblem): OfficeFailure {
  const { text_zh, text_en } = said(problem);
  return new OfficeFailure(problem.kind, text_zh, text_en);
}
