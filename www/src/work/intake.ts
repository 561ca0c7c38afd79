/**
 * Intake: workbooks and tables that come back from departments, read one after the other and laid beside what is
 * entered. Nothing is taken over until everything that differs is settled; then all of it goes in as one step.
 */
import type { DataProblem, FieldValue } from '../../../src/wasm.d.ts';
import type { SheetRead } from '../../../src/wasm/office.d.ts';
import { canonical, merge, settle, type Conflict, type Data, type Merged } from './merge';
import { failureOf, isSheet, loadOffice, readSheet, type OfficeFailure } from './office';
import type { Desk, Notice, Work } from './work';

/** What a file holds, in the form in which spreadsheets are read. */
export type Read = Omit<SheetRead, 'kind'> & { readonly kind: SheetRead['kind'] | 'data' };

/** How a data file is read; throws an `OfficeFailure` where it cannot be. */
export type ReadData = (file: File, desk: Desk) => Promise<Read>;

export const isData = ({ name }: File): boolean => /\.json$/i.test(name);

/** A file that was given: what it holds, or why it could not be read. */
export interface Paper {
  /** Its name; a second one of the same name is told apart by a number. */
  readonly file: string;
  readonly size: number;
  readonly read?: Read;
  readonly failure?: OfficeFailure;
}

/** What is under way. */
export type Busy = { readonly step: 'module' } | { readonly step: 'reading'; readonly file: string; readonly n: number; readonly all: number };

export class Intake {
  papers: readonly Paper[] = [];
  busy: Busy | undefined;
  /** By path, the value that holds, as it is compared. */
  private settled = new Map<string, string>();
  private readonly work: Work;
  private readonly changed: () => void;
  private readonly data: ReadData;
  private queue: Promise<void> = Promise.resolve();
  private found: { readonly key: readonly unknown[]; readonly merged: Merged } | undefined;

  constructor(work: Work, changed: () => void, data: ReadData) {
    this.work = work;
    this.changed = changed;
    this.data = data;
    work.waits = () => this.conflicts.length > 0 || this.changes.added + this.changes.altered > 0;
  }

  /** Reads files in their order, after those that are being read already. */
  bring(files: readonly File[]): Promise<void> {
    this.queue = this.queue.then(() => this.readAll(files));
    return this.queue;
  }

  private async readAll(files: readonly File[]): Promise<void> {
    const { desk } = this.work;
    if (desk === undefined || files.length === 0) return;
    try {
      if (files.some(({ name }) => isSheet(name))) {
        this.set({ step: 'module' });
        await loadOffice();
      }
      for (const [i, file] of files.entries()) {
        this.set({ step: 'reading', file: file.name, n: i + 1, all: files.length });
        // What was said above is shown before the reading holds the page.
        await new Promise((shown) => { window.setTimeout(shown); });
        await this.readOne(desk, file);
      }
    } catch (error) {
      for (const file of files) this.add(file, { failure: failureOf(error) });
    }
    this.set(undefined);
  }

  private async readOne(desk: Desk, file: File): Promise<void> {
    try {
      this.add(file, { read: await (isData(file) ? this.data(file, desk) : readSheet(desk.rulebook, file)) });
    } catch (error) {
      this.add(file, { failure: failureOf(error) });
    }
  }

  private add({ name, size }: File, result: Pick<Paper, 'read' | 'failure'>): void {
    // A file that could not be read makes room for its next try.
    const others = this.papers.filter(({ file, failure }) => file !== name || failure === undefined);
    let file = name;
    for (let n = 2; others.some((paper) => paper.file === file); n += 1) file = name.replace(/(\.[^.]*)?$/, (ending) => `（${n}）${ending}`);
    this.papers = [...others, { file, size, ...result }];
  }

  /** What the files and what is entered come to. */
  get merged(): Merged | undefined {
    const { desk, assessment: { entry, evidence, notes } } = this.work;
    if (desk === undefined) return undefined;
    const key = [desk.standard, entry, evidence, notes, this.papers];
    if (this.found === undefined || this.found.key.some((part, i) => part !== key[i])) {
      const sources = this.papers.flatMap(({ file, read }) => (read === undefined ? [] : [{ file, read: { ...read, entry: heldBy(read) } }]));
      this.found = { key, merged: merge({ ...entry, evidence, notes }, sources, desk.standard) };
    }
    return this.found.merged;
  }

  /** Which of the values was chosen; -1 while none is. */
  choiceOf({ path, choices }: Conflict): number {
    const settled = this.settled.get(path);
    return settled === undefined ? -1 : choices.findIndex(({ value }) => canonical(value) === settled);
  }

  choose({ path, choices }: Conflict, index: number): void {
    const choice = choices[index];
    if (choice === undefined) return;
    this.settled.set(path, canonical(choice.value));
    this.changed();
  }

  /** Settles all that a file has a say in; `undefined` is what was entered before. */
  chooseAll(file: string | undefined): void {
    for (const conflict of this.conflicts) {
      const index = conflict.choices.findIndex(({ spots }) => spots.some((spot) => spot.file === file));
      if (index >= 0) this.settled.set(conflict.path, canonical((conflict.choices[index] as Conflict['choices'][number]).value));
    }
    this.changed();
  }

  get conflicts(): readonly Conflict[] {
    const { merged } = this;
    return merged === undefined ? [] : merged.conflicts;
  }

  get open(): readonly Conflict[] {
    return this.conflicts.filter((conflict) => this.choiceOf(conflict) < 0);
  }

  /** How many values would change what is entered: new ones, and others in place of those before. */
  get changes(): { readonly added: number; readonly altered: number; readonly same: number } {
    const { merged } = this;
    if (merged === undefined) return { added: 0, altered: 0, same: 0 };
    let [added, altered, same] = [merged.added.length, 0, merged.same];
    for (const conflict of merged.conflicts) {
      const index = this.choiceOf(conflict);
      const had = conflict.choices.some(({ spots }) => spots.some(({ file }) => file === undefined));
      if (index < 0) continue;
      if (!had) added += 1;
      else if (index === 0) same += 1;
      else altered += 1;
    }
    return { added, altered, same };
  }

  /** What the checker would have to say of the data that it does not say of what is entered. */
  get doubts(): readonly DataProblem[] {
    const { merged, work: { desk, report, date, lang } } = this;
    if (merged === undefined || desk === undefined || report === undefined || this.papers.length === 0) return [];
    const { evidence: _, notes: __, ...entry } = settle(merged, this.choices(merged));
    const known = new Set(report.data.map(({ text }) => text));
    return desk.checker.check(entry, { as_of: date, lang }).data.filter(({ text }) => !known.has(text));
  }

  private choices({ conflicts }: Merged): ReadonlyMap<string, number> {
    return new Map(conflicts.map((conflict) => [conflict.path, this.choiceOf(conflict)]));
  }

  remove(file: string): void {
    this.papers = this.papers.filter((paper) => paper.file !== file);
    if (this.papers.length === 0) this.settled.clear();
    this.changed();
  }

  clear(): void {
    this.papers = [];
    this.settled.clear();
    this.changed();
  }

  /** All of it, as one step that can be undone. Only where nothing is left open. */
  take(say: (files: number, added: number, altered: number) => string): boolean {
    const { merged, open, changes: { added, altered } } = this;
    if (merged === undefined || open.length > 0 || added + altered === 0 || this.work.readonly) return false;
    const settled = this.choices(merged);
    const files = this.papers.filter(({ read }) => read !== undefined && read.kind !== 'none').length;
    const said: Notice = { tone: 'info', text: say(files, added, altered), problems: [], canUndo: true };
    const { evidence = {}, notes = {}, ...entry } = settle(merged, settled);
    this.clear();
    this.work.commit({ ...this.work.assessment, entry, evidence, notes }, '', said);
    return true;
  }

  private set(busy: Busy | undefined): void {
    this.busy = busy;
    this.changed();
  }
}

/**
 * What a file brings. What had no place in the standard when a form was written comes back with it; of another version
 * or another standard it stays out, and is told.
 */
function heldBy({ kind, entry: own, evidence, notes, strays, problems }: Read): Data {
  const entry = { ...own, evidence, notes };
  if (kind !== 'form' || problems.some(({ code }) => code === 'other-version' || code === 'other-standard')) return entry;
  const fields: Record<string, FieldValue> = { ...entry.fields };
  for (const [name, value] of Object.entries(strays.fields || {})) {
    const known = fields[name];
    fields[name] = isList(known) && isList(value) ? { ...value, ...known } : known === undefined ? value : known;
  }
  return {
    ...entry, fields,
    parameters: { ...strays.parameters, ...entry.parameters },
    not_applicable: { ...strays.not_applicable, ...entry.not_applicable },
  };
}

const isList = (value: FieldValue | undefined): value is Extract<FieldValue, object> => typeof value === 'object' && value !== null;
