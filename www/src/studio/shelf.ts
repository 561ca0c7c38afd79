/**
 * The shelf: drafts of standards in this browser, each under its name, and which one was open last.
 * Where the browser refuses storage, the state says so.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Project } from './project';

export interface Draft {
  readonly name: string;
  readonly files: readonly (readonly [path: string, text: string])[];
  /** The file that was open. */
  readonly path: string;
  /** When it was written, in milliseconds. */
  readonly at: number;
}

export type Keeping =
  | { readonly state: 'empty' | 'writing' }
  | { readonly state: 'kept'; readonly at: number }
  | { readonly state: 'blocked'; readonly why: string };

interface Boards extends DBSchema {
  standards: { key: string; value: Draft };
  state: { key: 'open'; value: string };
}

export class Shelf {
  keeping: Keeping = { state: 'empty' };
  private readonly changed: () => void;
  private db: Promise<IDBPDatabase<Boards>> | undefined;
  private waiting: Draft | undefined;
  private writing = false;

  constructor(changed: () => void) {
    this.changed = changed;
  }

  /** Every draft, the newest first; none where the browser refuses. */
  async drafts(): Promise<readonly Draft[]> {
    try {
      const found = await (await this.open()).getAll('standards');
      return found.sort((a, b) => b.at - a.at);
    } catch (error) {
      this.block(error);
      return [];
    }
  }

  /** The draft that was open last. */
  async last(): Promise<Draft | undefined> {
    try {
      const db = await this.open();
      const name = await db.get('state', 'open');
      const draft = name === undefined ? undefined : await db.get('standards', name);
      if (draft !== undefined) this.set({ state: 'kept', at: draft.at });
      return draft;
    } catch (error) {
      this.block(error);
      return undefined;
    }
  }

  /** Writes now, or right after the write that is under way. */
  keep({ name, files }: Project, path: string): void {
    this.waiting = { name, files: Array.from(files), path, at: Date.now() };
    if (!this.writing) void this.write();
  }

  async forget(name: string): Promise<void> {
    try {
      const db = await this.open();
      await db.delete('standards', name);
      if ((await db.get('state', 'open')) === name) await db.delete('state', 'open');
    } catch (error) {
      this.block(error);
    }
  }

  private open(): Promise<IDBPDatabase<Boards>> {
    if (this.db === undefined) {
      this.db = openDB<Boards>('duibiao-studio', 1, {
        upgrade: (db) => { db.createObjectStore('standards', { keyPath: 'name' }); db.createObjectStore('state'); },
        terminated: () => { this.db = undefined; },
      });
      this.db.catch(() => { this.db = undefined; });
    }
    return this.db;
  }

  private async write(): Promise<void> {
    this.writing = true;
    try {
      while (this.waiting !== undefined) {
        const draft = this.waiting;
        if (this.keeping.state !== 'kept') this.set({ state: 'writing' });
        const writing = (await this.open()).transaction(['standards', 'state'], 'readwrite');
        writing.objectStore('standards').put(draft).catch(() => undefined);
        writing.objectStore('state').put(draft.name, 'open').catch(() => undefined);
        writing.commit();
        await writing.done;
        if (this.waiting === draft) this.waiting = undefined;
        this.set({ state: 'kept', at: draft.at });
      }
    } catch (error) {
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
