/**
 * The drafts of the desk: several named ones for each standard, with their earlier versions. The one that is open is kept by
 * `Work`; here they are listed, made, named, copied, put away, brought back and cleared.
 */
import { amountOf, blank, whole, type Assessment } from '../work/assessment';
import { openShelf, takeOff, type Draft } from '../work/draft';
import { toIds } from '../work/entry';
import { dataOf, readRecord, readValue, type FileProblem } from '../work/file';
import { tell } from '../work/tabs';
import type { Work } from '../work/work';
import { forgetAll, forgetVersions, keepVersion, lastOpen, Recorder, rememberOpen, versionsOf, type Version } from './versions';

/** What came of a file of drafts: what could not be read of it, and what the browser did not keep. */
export interface Taken { readonly taken: number; readonly unread: readonly string[]; readonly unkept: readonly string[]; readonly problems: readonly FileProblem[] }

/** A draft as the list shows it. */
export interface Line {
  readonly name: string;
  /** Empty where nobody named it. */
  readonly title: string;
  readonly at: number;
  readonly amount: number;
  readonly deleted: boolean;
}

export class Drafts {
  lines: readonly Line[] = [];
  versions: readonly Version[] = [];
  /** Records that could not be read, kept as they were. */
  damaged: readonly (readonly [name: string, kept: unknown])[] = [];
  /** Drafts of other standards and pages on this computer. */
  elsewhere = 0;
  /** The browser refused what was asked of it last. */
  refused = false;
  /** The draft that another tab writes, and the title of the one with which this tab went on. */
  parted: { readonly from: string; readonly title: string } | undefined;

  private readonly work: Work;
  private readonly changed: () => void;
  private readonly titleOf: (n: number, of?: string) => string;
  private readonly recorder = new Recorder();
  private seen: string | undefined;
  private parting = false;

  /** `titleOf`: name of the nth draft, or of one that was parted from another. */
  constructor(work: Work, titleOf: (n: number, of?: string) => string, changed: () => void) {
    this.work = work;
    this.titleOf = titleOf;
    this.changed = changed;
    work.part = () => { void this.part(); };
    work.addEventListener('entry', () => this.see());
    work.addEventListener('change', () => { if (work.desk !== undefined && work.draft !== this.seen) void this.arrive(); });
  }

  private get standard(): string { return this.work.desk === undefined ? '' : this.work.desk.standard.id; }
  get current(): Line | undefined { return this.lines.find(({ name }) => name === this.work.draft); }

  /** Name of the draft to open at first: that of this tab before its reload, or the one that was open last. */
  async choose(standard: string): Promise<string> {
    try {
      const wanted = tabsOwn(standard) || (await lastOpen(standard)) || standard;
      const kept = await (await openShelf()).get('drafts', wanted);
      return kept === undefined || kept.deleted !== undefined ? standard : wanted;
    } catch {
      return standard;
    }
  }

  /** Another draft is open. */
  private async arrive(): Promise<void> {
    const { draft, assessment } = this.work;
    this.seen = draft;
    this.recorder.begin(draft, assessment, 0);
    if (draft === undefined) return;
    setTabsOwn(this.standard, draft);
    await this.quietly(() => rememberOpen(this.standard, draft));
    await this.refresh();
    const newest = this.versions[0];
    if (this.work.draft === draft) this.recorder.begin(draft, this.work.assessment, newest === undefined ? 0 : newest.at);
  }

  private see(): void {
    const { draft, assessment } = this.work;
    const found = this.recorder.see(draft, assessment, Date.now());
    // What was cleared in another tab leaves no versions here either.
    if (found === undefined || draft === undefined || this.work.keeping.state === 'elsewhere') return;
    void this.quietly(async () => {
      await keepVersion(draft, found.before, found.why, found.changed);
      await this.refresh();
    });
  }

  /** Reads the lists anew. */
  async refresh(): Promise<void> {
    const { desk, draft } = this.work;
    if (desk === undefined) return;
    await this.quietly(async () => {
      const id = desk.standard.id;
      const db = await openShelf();
      const names = await db.getAllKeys('drafts');
      const records: readonly unknown[] = await db.getAll('drafts');
      const all = names.map((name, i) => [name, records[i]] as const);
      // A record that was set aside goes with its draft, and is none itself.
      const drafts = all.filter(([name]) => !name.includes('!'));
      const own = drafts.filter(([name]) => name === id || name.startsWith(`${id}#`));
      const lines = own.map(([name, kept]): Line => {
        const { title, at, deleted } = (kept || {}) as Partial<Draft>;
        const { assessment } = readRecord(kept, desk.standard);
        return { name, title: typeof title === 'string' ? title : '', at: Number(at) || 0, amount: assessment === undefined ? 0 : amountOf(whole(assessment)), deleted: deleted !== undefined };
      });
      if (draft !== undefined && !lines.some(({ name }) => name === draft)) lines.push({ name: draft, title: '', at: 0, amount: 0, deleted: false });
      this.lines = lines.sort((a, b) => b.at - a.at);
      this.damaged = all.filter(([name]) => name.startsWith(`${String(draft)}!`));
      this.elsewhere = drafts.length - own.length;
      this.versions = draft === undefined ? [] : await versionsOf(draft);
    });
    this.changed();
  }

  /** A draft with nothing in it, open at once; like all that follows, it answers what came of it. */
  async make(): Promise<string | undefined> {
    return this.put(blank, this.titleOf(this.lines.length + 1));
  }

  async copy(name: string, title: string): Promise<boolean> {
    return (await this.put(this.held(name), title)) !== undefined;
  }

  /** What a draft holds. */
  async held(name: string): Promise<Assessment> {
    return this.work.heldOf(name) || this.read(await (await openShelf()).get('drafts', name));
  }

  /** Drafts from a file, the last of them open. What could not be read of them is told by their titles. */
  async takeAll(drafts: readonly unknown[]): Promise<Taken> {
    let taken = 0;
    const problems: FileProblem[] = [];
    const unread: string[] = [];
    const unkept: string[] = [];
    for (const [i, one] of drafts.entries()) {
      const { desk } = this.work;
      if (desk === undefined) break;
      const { title } = (one || {}) as { title?: unknown };
      const named = typeof title === 'string' ? title : '';
      const read = readValue(withoutTitle(one), desk.standard);
      const place = named === '' ? `drafts.${i}` : named;
      for (const problem of read.problems) {
        // Drafts of one computer are all of one standard: said once.
        if (problem.kind === 'wrong-value') problems.push({ ...problem, path: `${place}：${problem.path}` });
        else if (!problems.some((known) => JSON.stringify(known) === JSON.stringify(problem))) problems.push(problem);
      }
      if (read.assessment === undefined) { unread.push(place); continue; }
      const put = await this.put({ ...whole(read.assessment), entry: toIds(read.assessment.entry, desk.layout) }, named === '' ? this.titleOf(this.lines.length + 1) : named);
      if (put === undefined) unkept.push(place);
      else taken += 1;
    }
    return { taken, unread, unkept, problems };
  }

  private async put(assessment: Assessment | Promise<Assessment>, title: string): Promise<string | undefined> {
    const name = `${this.standard}#${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;
    const done = await this.quietly(async () => {
      const held = await assessment;
      await (await openShelf()).put('drafts', { ...held, title, at: Date.now() }, name);
      await this.work.turnTo(name);
    });
    await this.refresh();
    return done ? name : undefined;
  }

  async rename(name: string, title: string): Promise<boolean> {
    if (name === this.work.draft) this.work.entitle(title);
    return this.edit(name, (draft) => ({ ...draft, title }));
  }

  async open(name: string): Promise<void> {
    this.parted = undefined;
    if (name !== this.work.draft) await this.work.turnTo(name);
  }

  /** Puts a draft away; it can be brought back until it is forgotten. */
  async remove(name: string): Promise<boolean> {
    const wasOpen = name === this.work.draft;
    if (wasOpen) {
      const next = this.lines.find((line) => line.name !== name && !line.deleted);
      if (next !== undefined) await this.work.turnTo(next.name);
      else if ((await this.make()) === undefined) return false;
    }
    const done = await this.edit(name, (draft) => ({ ...draft, deleted: Date.now() }));
    if (!done && wasOpen) await this.work.turnTo(name);
    return done;
  }

  async bringBack(name: string): Promise<boolean> {
    return this.edit(name, ({ deleted: _, ...draft }) => draft);
  }

  async forget(name: string): Promise<boolean> {
    const done = await this.quietly(async () => {
      await takeOff(name);
      await forgetVersions(name);
      this.work.drop(name);
    });
    await this.refresh();
    return done;
  }

  /** Sets the draft to an earlier version, one undo away; what was there is kept as a version too. */
  async restore({ assessment }: Version, said: string): Promise<void> {
    const { draft, assessment: before } = this.work;
    if (draft !== undefined) await this.quietly(() => keepVersion(draft, before, 'restore', 0));
    this.work.commit(whole(assessment), '', { tone: 'info', text: said, problems: [], canUndo: true });
    await this.refresh();
  }

  /** Takes over what another tab has written; what was here is kept as a version. */
  async takeTheirs(): Promise<void> {
    const { draft, assessment } = this.work;
    if (draft !== undefined) await this.quietly(() => keepVersion(draft, assessment, 'theirs', 0));
    await this.work.takeTheirs();
    await this.refresh();
  }

  /** Goes on in a draft of its own, because another tab writes the one that was open. */
  async part(): Promise<boolean> {
    const { draft, assessment } = this.work;
    if (this.parting || draft === undefined) return true;
    this.parting = true;
    const { title = '' } = this.current || {};
    const name = `${this.standard}#${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;
    const done = await this.quietly(async () => {
      const own = this.titleOf(0, title);
      await (await openShelf()).put('drafts', { ...assessment, title: own, at: Date.now() }, name);
      await this.work.moveTo(name);
      this.parted = { from: draft, title: own };
    });
    this.parting = false;
    await this.refresh();
    return done;
  }

  /** All drafts of the standard in one file's worth; the open one last, so that it is open again where they are taken. */
  async all(): Promise<object> {
    const { desk, draft } = this.work;
    if (desk === undefined) return {};
    const lines = this.lines.filter(({ deleted }) => !deleted).reverse();
    const kept = await Promise.all([...lines.filter(({ name }) => name !== draft), ...lines.filter(({ name }) => name === draft)].map(async ({ name, title }) => ({
      title, ...dataOf(await this.held(name), desk.standard),
    })));
    return { standard: { id: desk.standard.id, version: desk.standard.version }, drafts: kept };
  }

  /** Takes every draft and version off this computer, those of other standards too; nothing brings them back. */
  async clear(): Promise<boolean> {
    const { standard } = this;
    const done = await this.quietly(async () => {
      const db = await openShelf();
      const names = await db.getAllKeys('drafts');
      // The drafts last: where it fails before, they are still what is on the desk.
      await this.work.forget(standard, async () => { await forgetAll(); await db.clear('drafts'); });
      setTabsOwn(standard, standard);
      for (const draft of names) tell({ kind: 'cleared', draft, from: '' });
      this.parted = undefined;
    });
    await this.refresh();
    return done;
  }

  private read(kept: unknown): Assessment {
    const { desk } = this.work;
    const { assessment = blank } = desk === undefined ? {} : readRecord(kept, desk.standard);
    return whole(assessment);
  }

  private async edit(name: string, change: (draft: Draft) => Draft): Promise<boolean> {
    const done = await this.quietly(async () => {
      const editing = (await openShelf()).transaction('drafts', 'readwrite');
      const kept = await editing.store.get(name);
      await Promise.all([editing.store.put(change(kept === undefined ? { ...blank, at: Date.now(), stamp: '' } : kept), name), editing.done]);
    });
    await this.refresh();
    return done;
  }

  /** What the browser refuses loses nothing that is on the desk. Answers whether it was done. */
  private async quietly(act: () => Promise<unknown>): Promise<boolean> {
    try {
      await act();
      this.refused = false;
    } catch {
      this.refused = true;
      this.changed();
    }
    return !this.refused;
  }
}

function withoutTitle(one: unknown): unknown {
  if (typeof one !== 'object' || one === null) return one;
  const { title: _, ...rest } = one as Record<string, unknown>;
  return rest;
}

/** This tab's own draft outlives a reload, whatever other tabs open. */
function tabsOwn(standard: string): string {
  try { return sessionStorage.getItem(`duibiao:${standard}`) || ''; } catch { return ''; }
}

function setTabsOwn(standard: string, name: string): void {
  try { sessionStorage.setItem(`duibiao:${standard}`, name); } catch { /* the one that was open last, then */ }
}
