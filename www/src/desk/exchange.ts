/** Files into the desk: one draft as the form reads it, or all drafts of a computer in one file. */
import { importFile } from '../check/exchange';
import { readJson } from '../work/json';
import type { Work } from '../work/work';
import type { Drafts } from './drafts';
import { draftWords } from './wording-drafts';

const MOST_BYTES = 50_000_000;

export async function importAny(work: Work, drafts: Drafts, file: File): Promise<void> {
  const several = file.size <= MOST_BYTES ? await severalIn(file) : undefined;
  if (several === undefined) { await importFile(work, file); return; }
  const { taken, unread, unkept, problems } = await drafts.takeAll(several);
  work.tell({ tone: unread.length + unkept.length + problems.length > 0 ? 'error' : 'info', text: draftWords(work.lang).taken(taken, unread, unkept), problems, canUndo: false });
}

/** The drafts of a file that holds several. */
async function severalIn(file: File): Promise<readonly unknown[] | undefined> {
  return draftsIn(await new Response(file).text());
}

export function draftsIn(text: string): readonly unknown[] | undefined {
  if (!text.includes('"drafts"')) return undefined;
  const read = readJson(text.replace(/^\uFEFF/, ''));
  const value = 'value' in read ? (read.value as { drafts?: unknown } | null) : null;
  return value !== null && typeof value === 'object' && Array.isArray(value.drafts) ? value.drafts : undefined;
}
