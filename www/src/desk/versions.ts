/**
 * Earlier versions of drafts, kept by themselves: before a step that changes much (an import, a clearing, a restoring) and,
 * while somebody is writing, one in ten minutes at most. In a database of their own, so that the drafts' stays as old scripts know it.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { amountOf, differences, isEmpty, type Assessment } from '../work/assessment';

/** Why a version was kept: before a large step, before another was restored, before taking over from another tab, or while writing. */
export type Why = 'step' | 'restore' | 'theirs' | 'writing';

export interface Version {
  readonly id: number;
  readonly draft: string;
  readonly at: number;
  readonly why: Why;
  /** How many values there are. */
  readonly amount: number;
  /** How many values the step changed that came after it. */
  readonly changed: number;
  readonly assessment: Assessment;
}

interface Archive extends DBSchema {
  versions: { key: number; value: Omit<Version, 'id'> & { id?: number }; indexes: { draft: string } };
  /** The draft that was open last, by standard. */
  open: { key: string; value: string };
}

/** A step that changes more values than this has its own version before it. */
const MUCH = 5;
const EVERY_MS = 10 * 60_000;
/** Of one draft. */
const MOST = 40;

let archive: Promise<IDBPDatabase<Archive>> | undefined;

function open(): Promise<IDBPDatabase<Archive>> {
  if (archive === undefined) {
    archive = openDB<Archive>('duibiao-desk', 1, {
      upgrade: (db) => {
        db.createObjectStore('versions', { keyPath: 'id', autoIncrement: true }).createIndex('draft', 'draft');
        db.createObjectStore('open');
      },
      terminated: () => { archive = undefined; },
    });
    archive.catch(() => { archive = undefined; });
  }
  return archive;
}

/** The newest first. */
export async function versionsOf(draft: string): Promise<readonly Version[]> {
  const found = await (await open()).getAllFromIndex('versions', 'draft', draft);
  return (found as Version[]).sort((a, b) => b.id - a.id);
}

/** Keeps a version, unless the newest is the same; the oldest make room. */
export async function keepVersion(draft: string, assessment: Assessment, why: Why, changed: number): Promise<void> {
  const before = await versionsOf(draft);
  const newest = before[0];
  if (newest !== undefined && differences(newest.assessment, assessment) === 0) return;
  const db = await open();
  await db.add('versions', { draft, at: Date.now(), why, amount: amountOf(assessment), changed, assessment });
  await Promise.all(before.slice(MOST - 1).map(({ id }) => db.delete('versions', id)));
}

export async function forgetVersions(draft: string): Promise<void> {
  const db = await open();
  const keys = await db.getAllKeysFromIndex('versions', 'draft', draft);
  await Promise.all(keys.map((key) => db.delete('versions', key)));
}

export async function lastOpen(standard: string): Promise<string | undefined> {
  return (await open()).get('open', standard);
}

export async function rememberOpen(standard: string, draft: string): Promise<void> {
  await (await open()).put('open', draft, standard);
}

export async function forgetAll(): Promise<void> {
  const db = await open();
  await Promise.all([db.clear('versions'), db.clear('open')]);
}

/** Sees each state of the draft that is open, and says when the one before is worth a version. */
export class Recorder {
  private draft: string | undefined;
  private last: Assessment | undefined;
  private keptAt = 0;

  /** A draft was opened; `keptAt`: when its newest version was kept. */
  begin(draft: string | undefined, now: Assessment, keptAt: number): void {
    this.draft = draft;
    this.last = now;
    this.keptAt = keptAt;
  }

  /** The state before, where it is worth keeping. */
  see(draft: string | undefined, now: Assessment, at: number): { readonly before: Assessment; readonly why: Why; readonly changed: number } | undefined {
    const before = this.last;
    this.last = now;
    if (draft !== this.draft || before === undefined || before === now || isEmpty(before)) return undefined;
    const changed = differences(before, now);
    const much = changed > MUCH || (changed > 0 && isEmpty(now));
    if (!much && at - this.keptAt < EVERY_MS) return undefined;
    this.keptAt = at;
    return { before, why: much ? 'step' : 'writing', changed };
  }
}
