/**
 * Drafts: the entered data kept in this browser, so that a reload loses nothing.
 *
 * Every change is written at once; while one write is under way only the newest state waits.
 * Where the browser refuses storage, the state says so and the caller offers the file instead.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Assessment } from './assessment';

/** Parts that an earlier version of the page did not know are lacking in what it kept. */
export interface Draft extends Partial<Assessment> {
  /** The as-of date, where the user chose one. */
  readonly as_of?: string;
  /** When it was written, in milliseconds. */
  readonly at: number;
}

export type Keeping =
  | { readonly state: 'off' | 'empty' | 'writing' }
  | { readonly state: 'kept'; readonly at: number }
  | { readonly state: 'blocked'; readonly why: string };

interface Shelf extends DBSchema {
  drafts: { key: string; value: Draft };
}

let shelf: Promise<IDBPDatabase<Shelf>> | undefined;

function openShelf(): Promise<IDBPDatabase<Shelf>> {
  if (shelf === undefined) {
    shelf = openDB<Shelf>('duibiao', 1, {
      upgrade: (db) => { db.createObjectStore('drafts'); },
      terminated: () => { shelf = undefined; },
    });
    shelf.catch(() => { shelf = undefined; });
  }
  return shelf;
}

/** Commits without waiting to hear that the value arrived: then it survives the page's sudden end. */
function put(db: IDBPDatabase<Shelf>, draft: Draft, name: string): Promise<void> {
  const writing = db.transaction('drafts', 'readwrite');
  writing.store.put(draft, name).catch(() => undefined);
  writing.commit();
  return writing.done;
}

/** Keeps one draft under its name. */
export class Keeper {
  keeping: Keeping = { state: 'empty' };
  private readonly name: string;
  private readonly changed: () => void;
  private db: IDBPDatabase<Shelf> | undefined;
  private waiting: Draft | undefined;
  private writing = false;

  constructor(name: string, changed: () => void) {
    this.name = name;
    this.changed = changed;
  }

  /** The draft of the last visit, if there is one. Never fails: a refusal is in `keeping`. */
  async restore(): Promise<Draft | undefined> {
    try {
      this.db = await openShelf();
      const draft = await this.db.get('drafts', this.name);
      if (draft !== undefined) this.set({ state: 'kept', at: draft.at });
      return draft;
    } catch (error) {
      this.block(error);
      return undefined;
    }
  }

  /** Writes a state now, or right after the write that is under way. */
  keep(draft: Draft): void {
    this.waiting = draft;
    if (!this.writing) void this.write();
  }

  /** Starts what still waits without a pause: the page may be gone the next moment. */
  flush(): void {
    if (this.db === undefined || this.waiting === undefined) return;
    const { waiting } = this;
    put(this.db, waiting, this.name).catch((error: unknown) => this.block(error));
  }

  private async write(): Promise<void> {
    this.writing = true;
    try {
      while (this.waiting !== undefined) {
        const draft = this.waiting;
        if (this.keeping.state !== 'kept') this.set({ state: 'writing' });
        this.db = this.db || (await openShelf());
        await put(this.db, draft, this.name);
        if (this.waiting === draft) this.waiting = undefined;
        this.set({ state: 'kept', at: draft.at });
      }
    } catch (error) {
      this.db = undefined;
      this.block(error);
    } finally {
      this.writing = false;
    }
  }

  private block(error: unknown): void {
    this.set({ state: 'blocked', why: error instanceof Error ? error.message : String(error) });
  }

  private set(keeping: Keeping): void {
    this.keeping = keeping;
    this.changed();
  }
}
