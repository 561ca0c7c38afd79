/**
 * Drafts: the entered data kept in this browser, so that a reload loses nothing.
 *
 * Every change is written at once; while one write is under way only the newest state waits. Whoever writes looks first:
 * what another tab has written since is never overwritten unasked. Where the browser refuses storage, the state
 * says so and the caller offers the file instead.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Assessment } from './assessment';
import { listen, tell, type Word } from './tabs';

/** Parts that an earlier version of the page did not know are lacking in what it kept. */
export interface Draft extends Partial<Assessment> {
  /** When it was written, in milliseconds. */
  readonly at: number;
  /** Who wrote it, and which writing it was; lacking in what earlier versions of the page kept. */
  readonly stamp?: string;
  /** Its name for people, where it has one. */
  readonly title?: string;
  /** When it was put away, in milliseconds. */
  readonly deleted?: number;
}

export type Keeping =
  | { readonly state: 'off' | 'empty' | 'writing' }
  /** `behind`: what was changed since is still on its way to the disk. */
  | { readonly state: 'kept'; readonly at: number; readonly behind: boolean }
  /** Another tab has written the draft, or (`at` is 0) cleared it; this tab's changes wait. */
  | { readonly state: 'elsewhere'; readonly at: number }
  | { readonly state: 'blocked'; readonly full: boolean; readonly why: string };

interface Shelf extends DBSchema {
  drafts: { key: string; value: Draft };
}

let shelf: Promise<IDBPDatabase<Shelf>> | undefined;

/** The shelf of all drafts on this computer. Its version stays 1: portals on the same server may hold an older script. */
export function openShelf(): Promise<IDBPDatabase<Shelf>> {
  if (shelf === undefined) {
    shelf = openDB<Shelf>('duibiao', 1, {
      upgrade: (db) => { db.createObjectStore('drafts'); },
      terminated: () => { shelf = undefined; },
    });
    shelf.catch(() => { shelf = undefined; });
  }
  return shelf;
}

/** Takes a draft off the shelf, and with it the records that were set aside as they could not be read. */
export async function takeOff(name: string): Promise<void> {
  const { store, done } = (await openShelf()).transaction('drafts', 'readwrite');
  await Promise.all([store.delete(name), store.delete(IDBKeyRange.bound(`${name}!`, `${name}!\uffff`)), done]);
}

/** Tells one writing from another. A record of any shape has one, also a damaged one. */
function stampOf(stored: unknown): string {
  if (stored === undefined) return '';
  const { stamp, at } = (stored || {}) as Partial<Draft>;
  return stamp === undefined ? `at ${String(at)}` : String(stamp);
}

function titleOf(stored: unknown): string | undefined {
  return ((stored || {}) as Partial<Draft>).title;
}

const named = (draft: Draft, title: string | undefined): Draft => (title === undefined ? draft : { ...draft, title });

/** Keeps one draft under its name. */
export class Keeper {
  keeping: Keeping = { state: 'empty' };
  readonly name: string;
  /** The draft's name for people, which every writing carries on. */
  title: string | undefined;
  private readonly changed: () => void;
  /** Called when a change cannot be written, because another tab has written meanwhile. */
  private readonly parted: () => void;
  private readonly own = Math.random().toString(36).slice(2);
  private readonly others = new Set<string>();
  private stop: (() => void) | undefined;
  private count = 0;
  /** Stamp of what was read or written last. */
  known = '';
  private db: IDBPDatabase<Shelf> | undefined;
  private waiting: Draft | undefined;
  private writing: Promise<void> | undefined;

  constructor(name: string, changed: () => void, parted: () => void) {
    this.name = name;
    this.changed = changed;
    this.parted = parted;
  }

  /** Whether another tab holds the draft too. */
  get shared(): boolean { return this.others.size > 0; }

  /** Knows what another keeper of the draft knows. */
  goOnFrom(other: Keeper): void {
    this.known = other.known;
    this.title = other.title;
    this.db = other.db;
    this.keeping = other.keeping;
  }

  /** What was kept, of whatever shape; undefined where nothing was. Never fails: a refusal is in `keeping`. */
  async restore(): Promise<unknown> {
    try {
      this.db = await openShelf();
      const draft: unknown = await this.db.get('drafts', this.name);
      this.known = stampOf(draft);
      this.title = titleOf(draft);
      this.waiting = undefined;
      if (draft === undefined) this.set({ state: 'empty' });
      else this.set({ state: 'kept', at: Number((draft as Partial<Draft> | null || {}).at) || 0, behind: false });
      return draft;
    } catch (error) {
      this.block(error);
      return undefined;
    }
  }

  /** Keeps a record that cannot be read as it is, before anything is written in its place. */
  setAside(kept: unknown): void {
    if (this.db === undefined) return;
    this.db.put('drafts', kept as Draft, `${this.name}!${stampOf(kept)}`).catch((error: unknown) => this.block(error));
  }

  /** Removes the draft for good. */
  async erase(): Promise<void> {
    this.waiting = undefined;
    await this.writing;
    await takeOff(this.name);
    this.known = '';
    this.title = undefined;
    this.set({ state: 'empty' });
    this.say('cleared');
  }

  /** Hears other tabs, or no longer. */
  attend(on: boolean): void {
    if (on === (this.stop !== undefined)) return;
    if (this.stop !== undefined) {
      window.removeEventListener('pagehide', this.depart);
      window.removeEventListener('pageshow', this.comeBack);
      this.say('gone');
      this.stop();
      this.stop = undefined;
      this.others.clear();
      return;
    }
    window.addEventListener('pagehide', this.depart);
    window.addEventListener('pageshow', this.comeBack);
    this.stop = listen((word) => this.hear(word));
    this.say('here');
  }

  /** A tab that is closed says so, too. */
  private readonly depart = (): void => this.say('gone');

  /** Shown again out of the browser's memory, it knows nothing of who came and went. */
  private readonly comeBack = ({ persisted }: PageTransitionEvent): void => {
    if (!persisted) return;
    this.others.clear();
    this.say('here');
    this.changed();
  };

  private say(kind: Word['kind']): void {
    tell({ kind, draft: this.name, from: this.own });
  }

  private hear({ kind, draft, from }: Word): void {
    if (draft !== this.name || from === this.own) return;
    const before = this.shared;
    if (kind === 'gone') this.others.delete(from);
    else if (kind !== 'cleared') this.others.add(from);
    if (kind === 'here') this.say('too');
    if (kind === 'wrote' || kind === 'cleared') void this.look();
    if (before !== this.shared) this.changed();
  }

  /** Writes a state now, or right after the write that is under way. */
  keep(draft: Draft): void {
    this.count += 1;
    this.waiting = { ...draft, stamp: `${this.own}.${this.count}` };
    if (this.keeping.state === 'kept') this.set({ ...this.keeping, behind: true });
    if (this.keeping.state === 'elsewhere') this.away(this.keeping.at);
    else if (this.writing === undefined) this.writing = this.write();
  }

  /** Starts what still waits without a pause: the page may be gone the next moment. */
  flush(): void {
    // Where others write too, what is under way looks first, and this must not.
    if (this.db === undefined || this.waiting === undefined || this.shared || this.keeping.state === 'elsewhere') return;
    const writing = this.db.transaction('drafts', 'readwrite');
    writing.store.put(named(this.waiting, this.title), this.name).catch(() => undefined);
    writing.commit();
    writing.done.catch((error: unknown) => this.block(error));
  }

  /** Once nothing is under way. */
  async done(): Promise<void> {
    await this.writing;
  }

  /** Whether somebody has written since; for when a tab comes back into sight. */
  async look(): Promise<void> {
    if (this.db === undefined || this.writing !== undefined) return;
    try {
      const stored = await this.db.get('drafts', this.name);
      if (this.writing === undefined && !this.isKnown(stored)) this.part(stored === undefined ? 0 : stored.at);
    } catch { /* the next write will tell */ }
  }

  private isKnown(stored: unknown): boolean {
    const stamp = stampOf(stored);
    return stamp === this.known || stamp.startsWith(`${this.own}.`);
  }

  private part(at: number): void {
    this.set({ state: 'elsewhere', at });
    if (this.waiting !== undefined) this.away(at);
  }

  /** What was cleared is written again only if somebody says so: the next user may sit here. */
  private away(at: number): void {
    if (at > 0) this.parted();
  }

  private async write(): Promise<void> {
    // What `keep` calls again comes after this promise is known to be under way.
    await Promise.resolve();
    try {
      while (this.waiting !== undefined) {
        const { waiting: draft, title } = this;
        if (this.keeping.state !== 'kept') this.set({ state: 'writing' });
        this.db = this.db || (await openShelf());
        const writing = this.db.transaction('drafts', 'readwrite');
        const stored = await writing.store.get(this.name);
        if (!this.isKnown(stored)) {
          this.part(stored === undefined ? 0 : stored.at);
          return;
        }
        // Unless it was renamed just now: then the new name is on its way to the disk.
        if (this.title === title) this.title = titleOf(stored);
        writing.store.put(named(draft, this.title), this.name).catch(() => undefined);
        // Commits without waiting to hear that the value arrived: then it survives the page's sudden end.
        writing.commit();
        await writing.done;
        this.known = stampOf(draft);
        if (this.waiting === draft) this.waiting = undefined;
        this.set({ state: 'kept', at: draft.at, behind: this.waiting !== undefined });
        this.say('wrote');
      }
    } catch (error) {
      this.db = undefined;
      this.block(error);
    } finally {
      this.writing = undefined;
    }
  }

  private block(error: unknown): void {
    const full = error instanceof DOMException && error.name === 'QuotaExceededError';
    this.set({ state: 'blocked', full, why: error instanceof Error ? error.message : String(error) });
  }

  private set(keeping: Keeping): void {
    this.keeping = keeping;
    this.changed();
  }
}
