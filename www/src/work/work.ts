/**
 * The work at hand: one standard, one assessment of it with its history, and what the checker says of it.
 * Nothing is shown here. Elements show it, ask it for changes, and hear `change` when something is to be shown
 * anew, `entry` after every change by the user, and `failure` when the standard cannot be opened.
 */
import type { Entry, Lang, Report } from '../../../src/wasm.d.ts';
import { blank, isEmpty, whole, type Assessment } from './assessment';
import { isDate, localDate } from './day';
import { Keeper, type Keeping } from './draft';
import { openRulebook, openStandard, OpenError, type Opened } from './engine';
import { isEmpty as isEmptyEntry, layoutOf, toIds, type Layout } from './entry';
import type { FileProblem } from './file';
import { History } from './history';

/** An opened standard with its parts at hand. */
export interface Desk extends Opened { readonly layout: Layout }

/** Which standard, and under which name its assessment is kept. */
export interface Source {
  /** Address of a `.wasm`; `rulebook` comes before it. */
  readonly src: string;
  readonly rulebook: Uint8Array | null;
  /** Besides the standard's id; `none` keeps nothing. */
  readonly draft: string;
}

/** A passing word to the user, with the problems of a file where there were some. */
export interface Notice {
  readonly tone: 'info' | 'error';
  readonly text: string;
  readonly problems: readonly FileProblem[];
  readonly canUndo: boolean;
}

export class Work extends EventTarget {
  desk: Desk | undefined;
  failure: OpenError | undefined;
  notice: Notice | undefined;
  readonly = false;
  lang: Lang = 'zh';
  today = localDate(new Date());

  /** The as-of date that the host set, and the one that the user chose after that, which is kept with the draft. */
  private hosted: string | undefined;
  private picked: string | undefined;

  private history = new History<Assessment>(blank);
  private keeper: Keeper | undefined;
  private given: Entry | undefined;
  private turn = 0;
  /** What was on the desk when nobody showed the work any more; and from where it came. */
  private rested: Desk | undefined;
  private source: Source | undefined;
  private fresh = false;
  private judged: { readonly key: readonly unknown[]; readonly report: Report } | undefined;

  get assessment(): Assessment { return this.history.state; }
  get entry(): Entry { return this.history.state.entry; }
  get date(): string { return this.picked || this.hosted || this.today; }
  get canUndo(): boolean { return this.history.canUndo; }
  get canRedo(): boolean { return this.history.canRedo; }
  get keeping(): Keeping { return this.keeper === undefined ? { state: 'off' } : this.keeper.keeping; }

  /** The report of the present state, computed when asked; undefined until the standard is open. */
  get report(): Report | undefined {
    if (this.desk === undefined) return undefined;
    const { checker } = this.desk;
    const key = [checker, this.entry, this.date, this.lang];
    if (this.judged === undefined || key.some((part, i) => part !== (this.judged && this.judged.key[i]))) {
      this.judged = { key, report: checker.check(this.entry, { as_of: this.date, lang: this.lang }) };
    }
    return this.judged.report;
  }

  /** Opens a standard and brings the kept assessment back. A newer rulebook of the same standard is exchanged under the data. */
  async open({ src, rulebook, draft }: Source): Promise<void> {
    this.turn += 1;
    const { turn } = this;
    this.flush();
    if (this.source !== undefined && (this.source.src !== src || this.source.draft !== draft)) this.rested = undefined;
    this.source = { src, rulebook, draft };
    if (rulebook === null) this.clear();
    this.failure = undefined;
    this.changed();
    try {
      const opened = await (rulebook === null ? openStandard(src, document.baseURI) : openRulebook(rulebook));
      if (turn !== this.turn) { opened.close(); return; }
      const { score } = opened.checker.check({}, { as_of: this.date });
      const desk = { ...opened, layout: layoutOf(opened.standard, score.pending || []) };
      if (this.exchange(desk)) return;
      const name = draft === '' ? opened.standard.id : `${opened.standard.id}:${draft}`;
      const keeper = draft === 'none' ? undefined : new Keeper(name, () => this.changed());
      const kept = keeper === undefined ? undefined : await keeper.restore();
      if (turn !== this.turn) { opened.close(); return; }
      this.clear();
      this.rested = undefined;
      this.keeper = keeper;
      const assessment = kept === undefined ? blank : whole(kept);
      this.history = new History<Assessment>({ ...assessment, entry: toIds(assessment.entry, desk.layout) });
      if (this.hosted === undefined) this.picked = kept !== undefined && isDate(kept.as_of) ? kept.as_of : undefined;
      this.desk = desk;
      this.takeGiven();
    } catch (error) {
      if (turn !== this.turn) return;
      this.failure = error instanceof OpenError ? error : new OpenError('unreadable', String(error));
      this.dispatchEvent(new Event('failure'));
    }
    this.changed();
  }

  private exchange(desk: Desk): boolean {
    const before = this.desk || this.rested;
    if (before === undefined || before.standard.id !== desk.standard.id) return false;
    this.clear();
    this.desk = desk;
    this.rested = undefined;
    if (this.fresh) this.takeGiven();
    this.changed();
    return true;
  }

  /** Gives the checker back while nobody shows the work. The data stays; `open` goes on with it. */
  rest(): void {
    this.turn += 1;
    if (this.desk === undefined) return;
    this.rested = this.desk;
    this.clear();
    this.changed();
  }

  private clear(): void {
    if (this.desk !== undefined) this.desk.close();
    this.desk = undefined;
  }

  /** Data by the host: it comes before the kept draft, which stays one undo away. */
  give(entry: Entry): void {
    this.given = entry;
    this.fresh = true;
    this.takeGiven();
    this.changed();
  }

  /** What the host set; also when the standard or the draft is exchanged later. */
  private takeGiven(): void {
    if (this.given === undefined || this.desk === undefined) return;
    this.fresh = false;
    const next = { ...this.assessment, entry: toIds(this.given, this.desk.layout) };
    if (isEmpty(this.assessment) && !this.history.canUndo) this.history = new History(next);
    else this.history.push(next, '', 0);
  }

  /** Takes a new state. `place` names where it was changed, so that keystrokes there make one step of undo. */
  commit(next: Assessment, place: string, said?: Notice): void {
    if (this.readonly) return;
    this.history.push(next, place, performance.now());
    this.settle(said);
  }

  commitEntry(entry: Entry, place: string, said?: Notice): void {
    this.commit({ ...this.assessment, entry }, place, said);
  }

  /** Undo or redo; answers the place that changed, undefined where there is no step. */
  step(way: 'undo' | 'redo'): string | undefined {
    if (this.desk === undefined || this.readonly) return undefined;
    const place = this.history[way]();
    if (place !== undefined) this.settle(undefined);
    return place;
  }

  /** The host's as-of date. */
  host(date: string | undefined): void {
    this.hosted = date;
    this.picked = undefined;
    this.changed();
  }

  /** The user's own as-of date. */
  pick(date: string): void {
    this.picked = date === this.today && this.hosted === undefined ? undefined : date;
    this.keep();
    this.changed();
  }

  tell(said: Notice | undefined): void {
    this.notice = said;
    this.changed();
  }

  /** Starts what still waits to be written: the page may be gone the next moment. */
  flush(): void {
    const today = localDate(new Date());
    if (today !== this.today) { this.today = today; this.changed(); }
    if (this.keeper !== undefined) this.keeper.flush();
  }

  /** Whether leaving the page now would lose something. */
  get atRisk(): boolean {
    return this.keeping.state === 'blocked' && !isEmptyEntry(this.entry) && this.history.canUndo;
  }

  private settle(said: Notice | undefined): void {
    this.notice = said;
    this.keep();
    this.dispatchEvent(new Event('entry'));
    this.changed();
  }

  private keep(): void {
    if (this.keeper === undefined) return;
    this.keeper.keep({ ...this.assessment, ...(this.picked === undefined ? {} : { as_of: this.picked }), at: Date.now() });
  }

  private changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}
