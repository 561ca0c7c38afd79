/**
 * The work at hand: one standard, one assessment of it with its history, and what the checker says of it.
 * Nothing is shown here. Elements show it, ask it for changes, and hear `change` when something is to be shown
 * anew, `entry` after every change by the user, and `failure` when the standard cannot be opened.
 */
import type { Entry, Lang, Report } from '../../../src/wasm.d.ts';
import { blank, differences, isEmpty, whole, type Assessment } from './assessment';
import { localDate } from './day';
import { Keeper, type Keeping } from './draft';
import { openRulebook, openStandard, OpenError, type Opened } from './engine';
import { layoutOf, toIds, type Layout } from './entry';
import { readRecord, type FileProblem } from './file';
import { History, type Stepped } from './history';

/** An opened standard with its parts at hand. */
export interface Desk extends Opened { readonly layout: Layout }

/** The place of the as-of date in the history. */
export const AS_OF = 'as-of';

/** Which standard, and under which name its assessment is kept. */
export interface Source {
  /** Address of a `.wasm`; `rulebook` comes before it. */
  readonly src: string;
  readonly rulebook: Uint8Array | null;
  /** Besides the standard's id; `none` keeps nothing. Or whoever knows the name, given the standard's id. */
  readonly draft: string | ((standard: string) => Promise<string>);
}

/** A passing word to the user, with the problems of a file where there were some. */
export interface Notice {
  readonly tone: 'info' | 'error';
  readonly text: string;
  readonly problems: readonly FileProblem[];
  readonly canUndo: boolean;
  /** Takes back what no step of the data's history holds: a draft that was renamed or put away. */
  readonly undo?: () => void;
  /** What else can be done about it. */
  readonly ways?: readonly { readonly word: string; run(): void }[];
}

export class Work extends EventTarget {
  desk: Desk | undefined;
  failure: OpenError | undefined;
  notice: Notice | undefined;
  readonly = false;
  lang: Lang = 'zh';
  today = localDate(new Date());

  /** What happens to changes that cannot be written because another tab wrote the draft; absent where they wait for a choice. */
  part: (() => void) | undefined;
  /** Whether files wait beside the desk that nobody has taken over yet: they are kept nowhere. */
  waits: (() => boolean) | undefined;
  /** A kept record of which not all could be read, as it was. */
  damaged: { readonly kept: unknown; readonly problems: readonly FileProblem[] } | undefined;

  /** The as-of date that the host set, and what the user had chosen before that. */
  private hosted: string | undefined;
  private overruled = '';

  private history = new History<Assessment>(blank);
  /** Of each draft that was open, while the page is. */
  private readonly histories = new Map<string, History<Assessment>>();
  private keeper: Keeper | undefined;
  private given: Entry | undefined;
  private turn = 0;
  /** What was on the desk when nobody showed the work any more; and from where it came. */
  private rested: Desk | undefined;
  private source: Source | undefined;
  private fresh = false;
  private attending = false;
  private judged: { readonly key: readonly unknown[]; readonly report: Report } | undefined;

  get assessment(): Assessment { return this.history.state; }
  get entry(): Entry { return this.history.state.entry; }
  get date(): string {
    const { as_of } = this.assessment;
    return (as_of === this.overruled ? '' : as_of) || this.hosted || this.today;
  }
  get canUndo(): boolean { return this.history.canUndo; }
  get canRedo(): boolean { return this.history.canRedo; }
  get keeping(): Keeping { return this.keeper === undefined ? { state: 'off' } : this.keeper.keeping; }
  /** Name of the draft that is open; undefined where nothing is kept. */
  get draft(): string | undefined { return this.keeper === undefined ? undefined : this.keeper.name; }
  /** Whether another tab holds the same draft. */
  get shared(): boolean { return this.keeper !== undefined && this.keeper.shared; }

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
      const { id } = opened.standard;
      const name = typeof draft === 'string' ? (draft === '' ? id : `${id}:${draft}`) : await draft(id);
      if (turn !== this.turn) { opened.close(); return; }
      const keeper = draft === 'none' ? undefined : this.keeperOf(name);
      const kept = keeper === undefined ? undefined : await keeper.restore();
      if (turn !== this.turn) { opened.close(); return; }
      this.clear();
      this.rested = undefined;
      this.take(keeper, kept, desk);
      this.desk = desk;
      this.takeGiven();
    } catch (error) {
      if (turn !== this.turn) return;
      this.failure = error instanceof OpenError ? error : new OpenError('unreadable', String(error));
      this.dispatchEvent(new Event('failure'));
    }
    this.changed();
  }

  private keeperOf(name: string): Keeper {
    return new Keeper(name, () => this.changed(), () => { if (this.part !== undefined) this.part(); });
  }

  /** Begins with what was kept. What cannot be read of it is said, and the record stays at hand as it was. */
  private take(keeper: Keeper | undefined, kept: unknown, desk: Desk): void {
    this.exchangeKeeper(keeper);
    this.damaged = undefined;
    const read = this.read(kept, desk);
    const known = keeper === undefined ? undefined : this.histories.get(keeper.name);
    // Where the browser keeps nothing, this page still knows what it was.
    const assessment = kept === undefined && known !== undefined && this.keeping.state === 'blocked' ? known.state : read;
    if (known !== undefined && differences(known.state, assessment) > 0) known.push(assessment, '', 0);
    this.begin(known || new History<Assessment>(assessment));
    this.overruled = this.hosted === undefined ? '' : assessment.as_of;
  }

  private begin(history: History<Assessment>): void {
    this.history = history;
    if (this.keeper !== undefined) this.histories.set(this.keeper.name, history);
  }

  /** Forgets how a draft came about. */
  drop(name: string): void {
    this.histories.delete(name);
  }

  private exchangeKeeper(keeper: Keeper | undefined): void {
    if (this.keeper !== undefined) this.keeper.attend(false);
    this.keeper = keeper;
    if (keeper !== undefined) keeper.attend(this.attending);
  }

  private read(kept: unknown, desk: Desk): Assessment {
    if (kept === undefined) return blank;
    const { assessment = blank, problems } = readRecord(kept, desk.standard);
    if (problems.length > 0) {
      this.damaged = { kept, problems };
      if (this.keeper !== undefined) this.keeper.setAside(kept);
    }
    return { ...whole(assessment), entry: toIds(assessment.entry, desk.layout) };
  }

  /** Opens another draft of the standard; each has its own history, also when it is come back to. */
  async turnTo(name: string): Promise<void> {
    const { desk } = this;
    if (desk === undefined) return;
    this.turn += 1;
    const { turn } = this;
    if (this.keeper !== undefined) await this.keeper.done();
    const keeper = this.keeperOf(name);
    const kept = await keeper.restore();
    if (turn !== this.turn) return;
    this.notice = undefined;
    this.take(keeper, kept, desk);
    this.dispatchEvent(new Event('entry'));
    this.changed();
  }

  /** Goes on with what is on the desk, undo and all, under another name, under which it was kept before. */
  async moveTo(name: string): Promise<void> {
    const keeper = this.keeperOf(name);
    await keeper.restore();
    if (this.keeper !== undefined) this.drop(this.keeper.name);
    this.exchangeKeeper(keeper);
    this.begin(this.history);
    this.keep();
    this.changed();
  }

  /** Takes what another tab has written; what was here is one undo away. */
  async takeTheirs(): Promise<void> {
    const { keeper, desk } = this;
    if (keeper === undefined || desk === undefined) return;
    const kept = await keeper.restore();
    if (this.keeper !== keeper) return;
    this.history.push(this.read(kept, desk), '', 0);
    this.dispatchEvent(new Event('entry'));
    this.changed();
  }

  /** Writes what is here over what another tab has written. */
  async insist(): Promise<void> {
    if (this.keeper !== undefined) await this.keeper.insist({ ...this.assessment, at: Date.now() });
  }

  /** Nothing of what was here stays, not even for undo: `clear` runs while nothing is written. Then another draft is opened. */
  async forget(name: string, clear: () => Promise<unknown>): Promise<void> {
    const { keeper } = this;
    if (keeper !== undefined) await keeper.done();
    this.exchangeKeeper(undefined);
    try {
      await clear();
    } catch (error) {
      this.exchangeKeeper(keeper);
      throw error;
    }
    this.histories.clear();
    await this.turnTo(name);
  }

  /** Hears other tabs while it is shown. */
  attend(on: boolean): void {
    this.attending = on;
    if (this.keeper !== undefined) this.keeper.attend(on);
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
    if (isEmpty(this.assessment) && !this.history.canUndo) this.begin(new History(next));
    else this.history.push(next, '', 0);
  }

  /** Takes a new state. `place` names where it was changed, so that keystrokes there make one step of undo. */
  commit(next: Assessment, place: string, said?: Notice): void {
    if (this.readonly) return;
    this.history.push(next, place, performance.now(), said === undefined ? '' : said.text);
    this.settle(said);
  }

  commitEntry(entry: Entry, place: string, said?: Notice): void {
    this.commit({ ...this.assessment, entry }, place, said);
  }

  /** Undo or redo; answers what was taken back or came back, undefined where there is no step. */
  step(way: 'undo' | 'redo'): Stepped | undefined {
    if (this.desk === undefined || this.readonly) return undefined;
    const stepped = this.history[way]();
    if (stepped !== undefined) this.settle(undefined);
    return stepped;
  }

  /** The host's as-of date; it comes before what the user chose until then. */
  host(date: string | undefined): void {
    this.hosted = date;
    this.overruled = this.assessment.as_of;
    this.changed();
  }

  /** The user's own as-of date. */
  pick(date: string): void {
    if (date === this.date) return;
    this.overruled = '';
    this.commit({ ...this.assessment, as_of: date === this.today && this.hosted === undefined ? '' : date }, AS_OF);
  }

  tell(said: Notice | undefined): void {
    this.notice = said;
    if (said === undefined) this.damaged = undefined;
    this.changed();
  }

  /** Starts what still waits to be written: the page may be gone the next moment. */
  flush(): void {
    const today = localDate(new Date());
    if (today !== this.today) { this.today = today; this.changed(); }
    if (this.keeper === undefined) return;
    this.keeper.flush();
    if (document.visibilityState === 'visible') void this.keeper.look();
  }

  /** Whether leaving the page now would lose something. */
  get atRisk(): boolean {
    const { state } = this.keeping;
    if (this.waits !== undefined && this.waits()) return true;
    return (state === 'blocked' || state === 'elsewhere') && !isEmpty(this.assessment) && this.history.canUndo;
  }

  private settle(said: Notice | undefined): void {
    this.notice = said;
    this.keep();
    this.dispatchEvent(new Event('entry'));
    this.changed();
  }

  private keep(): void {
    if (this.keeper === undefined) return;
    this.keeper.keep({ ...this.assessment, at: Date.now() });
  }

  private changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}
