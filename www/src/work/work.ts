/**
 * The work at hand: one standard, one assessment of it with its history, and what the checker says of it.
 * Nothing is shown here. Elements show it, ask it for changes, and hear `change` when something is to be shown
 * anew, `entry` after every change by the user, and `failure` when the standard cannot be opened or the host's data not be taken.
 */
import type { Entry, Lang, Report } from '../../../src/wasm.d.ts';
import { blank, differences, isEmpty, whole, type Assessment } from './assessment';
import { localDate } from './day';
import { Keeper, type Keeping } from './draft';
import { openRulebook, openStandard, OpenError, type Opened } from './engine';
import { isEmpty as isEmptyEntry, layoutOf, misshapen, same, sameEntry, toIds, type Layout } from './entry';
import { wordsFor } from '../words/wording';
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

/**
 * Works on one page that keep the same draft and hold the same: one keeper writes for all of them, and what is changed in
 * one is changed in each.
 */
interface Circle { readonly keeper: Keeper; readonly works: Set<Work> }
const circles = new Set<Circle>();

const sameAssessment = (a: Assessment, b: Assessment): boolean => sameEntry(a.entry, b.entry) && same({ ...a, entry: {} }, { ...b, entry: {} });

export class Work extends EventTarget {
  desk: Desk | undefined;
  failure: OpenError | undefined;
  /** Why the host's data was not taken; until it gives other data, or somebody enters some. */
  refused: OpenError | undefined;
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
  /** Drafts that were left while the browser did not take what was entered last, each with the stamp of what it had kept until then. */
  private readonly unkept = new Map<string, string>();
  private circle: Circle | undefined;
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
  private get keeper(): Keeper | undefined { return this.circle === undefined ? undefined : this.circle.keeper; }
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
    const another = this.source !== undefined && this.source.draft !== draft;
    if (another || (this.source !== undefined && this.source.src !== src)) this.rested = undefined;
    this.source = { src, rulebook, draft };
    // What is on the desk stays for a newer rulebook, but not for another draft.
    if (rulebook === null || another) this.clear();
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
      const circle = draft === 'none' ? undefined : circleOf(name);
      const kept = circle === undefined || this.fellow(name) !== undefined ? undefined : await circle.keeper.restore();
      if (turn !== this.turn) { opened.close(); return; }
      this.clear();
      this.rested = undefined;
      const fellow = draft === 'none' ? undefined : this.fellow(name);
      // What another work of this page holds may be newer than what is written.
      if (fellow === undefined || fellow.circle === undefined) this.take(circle, kept, desk);
      else {
        this.drop(name);
        this.take(fellow.circle, undefined, desk);
        this.begin(new History(fellow.assessment));
      }
      this.desk = desk;
      this.takeGiven();
    } catch (error) {
      if (turn !== this.turn) return;
      this.failure = error instanceof OpenError ? error : new OpenError('unreadable', String(error));
      this.dispatchEvent(new Event('failure'));
    }
    this.changed();
  }

  /** Another work of this page that holds this draft as it was kept, not what its host gave. */
  private fellow(name: string): Work | undefined {
    for (const { keeper, works } of Array.from(circles)) {
      if (keeper.name === name) for (const one of Array.from(works)) if (one !== this && one.desk !== undefined && one.given === undefined) return one;
    }
    return undefined;
  }

  /** Begins with what was kept. What cannot be read of it is said, and the record stays at hand as it was. */
  private take(circle: Circle | undefined, kept: unknown, desk: Desk): void {
    if (this.keeper !== undefined && this.keeping.state === 'blocked' && this.canUndo) this.unkept.set(this.keeper.name, this.keeper.known);
    this.enter(circle);
    this.damaged = undefined;
    const read = this.read(kept, desk);
    const known = circle === undefined ? undefined : this.histories.get(circle.keeper.name);
    // Where the browser keeps nothing, or not what was entered last, this page still knows what it was.
    const ours = known !== undefined && (this.isUnkept(circle) || (kept === undefined && this.keeping.state === 'blocked'));
    const assessment = ours ? known.state : read;
    if (known !== undefined && differences(known.state, assessment) > 0) known.push(assessment, '', 0);
    this.begin(known || new History<Assessment>(assessment));
    this.overruled = this.hosted === undefined ? '' : assessment.as_of;
    if (circle !== undefined) this.unkept.delete(circle.keeper.name);
    if (ours) this.keep();
  }

  /** Whether this page holds something newer than what was kept. What another tab has kept since is newer still. */
  private isUnkept(circle: Circle | undefined): boolean {
    return circle !== undefined && this.unkept.get(circle.keeper.name) === circle.keeper.known;
  }

  private begin(history: History<Assessment>): void {
    this.history = history;
    if (this.circle !== undefined) this.histories.set(this.circle.keeper.name, history);
  }

  /** Forgets how a draft came about. */
  drop(name: string): void {
    this.histories.delete(name);
    this.unkept.delete(name);
  }

  /** What this page knows better of a draft than what was kept: of the one that is open, and of what the browser did not take. */
  heldOf(name: string): Assessment | undefined {
    if (name === this.draft) return this.assessment;
    const history = this.unkept.has(name) ? this.histories.get(name) : undefined;
    return history === undefined ? undefined : history.state;
  }

  private enter(circle: Circle | undefined): void {
    if (circle === this.circle) return;
    this.leave();
    this.circle = circle;
    if (this.attending) this.arrive();
  }

  private arrive(): void {
    if (this.circle === undefined) return;
    this.circle.works.add(this);
    circles.add(this.circle);
    this.circle.keeper.attend(true);
  }

  private leave(): void {
    const { circle } = this;
    if (circle === undefined) return;
    circle.works.delete(this);
    if (circle.works.size > 0) return;
    circles.delete(circle);
    circle.keeper.attend(false);
  }

  /** After the host gave data: whoever holds other data than the rest goes on alone, whoever holds the same goes along. */
  private regroup(): void {
    const { circle } = this;
    if (circle === undefined) return;
    const others = ({ works }: Circle): Work[] => Array.from(works).filter((one) => one !== this);
    const alike = Array.from(circles).find((one) => one.keeper.name === circle.keeper.name && others(one).some(({ assessment }) => sameAssessment(assessment, this.assessment)));
    if (alike !== undefined) this.enter(alike);
    else if (others(circle).length > 0) this.enter(circleOf(circle.keeper.name, circle.keeper));
  }

  /** What was changed here is changed in the others of the circle. */
  private spread(place: string): void {
    const { circle, assessment } = this;
    if (circle !== undefined) circle.works.forEach((one) => { if (one !== this) one.follow(assessment, place); });
  }

  private follow(assessment: Assessment, place: string): void {
    this.refused = undefined;
    this.history.push(assessment, place, performance.now());
    this.changed();
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
    const circle = circleOf(name);
    const kept = await circle.keeper.restore();
    if (turn !== this.turn) return;
    this.notice = undefined;
    this.take(circle, kept, desk);
    this.dispatchEvent(new Event('entry'));
    this.changed();
  }

  /** Goes on with what is on the desk, undo and all, under another name, under which it was kept before. */
  async moveTo(name: string): Promise<void> {
    const { circle: before } = this;
    const circle = circleOf(name);
    await circle.keeper.restore();
    // Another draft was opened meanwhile: what is on the desk now is its.
    if (this.circle !== before) return;
    if (before !== undefined) this.drop(before.keeper.name);
    this.enter(circle);
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
    this.spread('');
    this.dispatchEvent(new Event('entry'));
    this.changed();
  }

  /** The draft that is open has another name for people now. */
  entitle(title: string): void {
    if (this.keeper !== undefined) this.keeper.title = title;
  }

  /** Writes what is here over what another tab has written. */
  async insist(): Promise<void> {
    const { keeper, history } = this;
    if (keeper === undefined) return;
    await keeper.restore();
    // With what was entered meanwhile.
    keeper.keep({ ...history.state, at: Date.now() });
  }

  /** Nothing of what was here stays, not even for undo: `clear` runs while nothing is written. Then another draft is opened. */
  async forget(name: string, clear: () => Promise<unknown>): Promise<void> {
    const { circle } = this;
    if (circle !== undefined) await circle.keeper.done();
    this.enter(undefined);
    try {
      await clear();
    } catch (error) {
      this.enter(circle);
      throw error;
    }
    this.histories.clear();
    this.unkept.clear();
    await this.turnTo(name);
  }

  /** Hears other tabs while it is shown. */
  attend(on: boolean): void {
    this.attending = on;
    if (!on) { this.leave(); return; }
    // It was away: what the others of its circle hold by now is newer.
    const [other] = this.circle === undefined ? [] : Array.from(this.circle.works).filter((one) => one !== this);
    this.arrive();
    if (other !== undefined && !sameAssessment(other.assessment, this.assessment)) this.follow(other.assessment, '');
  }

  /** As if nobody had been here: what is kept of the draft is removed, and what is held of it on this page, undo and all. */
  async wipe(): Promise<void> {
    const { keeper } = this;
    for (const work of [this, ...(this.circle === undefined ? [] : Array.from(this.circle.works))]) work.empty();
    if (keeper !== undefined) await keeper.erase();
  }

  private empty(): void {
    this.given = undefined;
    this.refused = undefined;
    this.notice = undefined;
    this.damaged = undefined;
    this.begin(new History(blank));
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
    // Whoever hears of every change and sets the same again has given nothing.
    if (this.desk !== undefined && misshapen(entry) === undefined && sameEntry(toIds(entry, this.desk.layout), this.entry)) this.refused = undefined;
    else {
      this.given = entry;
      this.fresh = true;
      this.takeGiven();
    }
    this.changed();
  }

  /** What the host gave was for the standard that was here. */
  dropGiven(): void {
    this.given = undefined;
  }

  /** An empty entry by the host empties what is kept as well. */
  keepEmpty(): void {
    if (this.desk !== undefined && this.given !== undefined && isEmptyEntry(this.entry)) this.keep();
  }

  /** What the host set; also when the draft is exchanged later. */
  private takeGiven(): void {
    if (this.given === undefined || this.desk === undefined) return;
    this.fresh = false;
    const { checker, layout } = this.desk;
    this.refused = undefined;
    try {
      const wrong = misshapen(this.given);
      if (wrong !== undefined) throw new Error(`${wrong} 应为对象 (must be an object)`);
      const next = { ...this.assessment, entry: toIds(this.given, layout) };
      if (sameEntry(next.entry, this.entry)) {
        this.regroup();
        return;
      }
      const report = checker.check(next.entry, { as_of: this.date, lang: this.lang });
      if (isEmpty(this.assessment) && !this.history.canUndo) this.begin(new History(next));
      else this.history.push(next, '', 0);
      this.judged = { key: [checker, next.entry, this.date, this.lang], report };
      this.regroup();
    } catch (error) {
      this.refuse(error instanceof Error ? error.message : String(error));
    }
  }

  private refuse(why: string): void {
    this.given = undefined;
    this.refused = new OpenError('bad-entry', why);
    this.notice = { tone: 'error', text: `${wordsFor(this.lang).open_error['bad-entry']}：${why}`, problems: [], canUndo: false };
    this.dispatchEvent(new Event('failure'));
  }

  /** Takes a new state. `place` names where it was changed, so that keystrokes there make one step of undo. */
  commit(next: Assessment, place: string, said?: Notice): void {
    if (this.readonly) return;
    this.history.push(next, place, performance.now(), said === undefined ? '' : said.text);
    this.settle(said, place);
  }

  commitEntry(entry: Entry, place: string, said?: Notice): void {
    this.commit({ ...this.assessment, entry }, place, said);
  }

  /** Undo or redo; answers what was taken back or came back, undefined where there is no step. */
  step(way: 'undo' | 'redo'): Stepped | undefined {
    if (this.desk === undefined || this.readonly) return undefined;
    const stepped = this.history[way]();
    if (stepped !== undefined) this.settle(undefined, '');
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
    if (this.unkept.size > 0 || (this.waits !== undefined && this.waits())) return true;
    return (state === 'blocked' || state === 'elsewhere') && !isEmpty(this.assessment) && this.history.canUndo;
  }

  private settle(said: Notice | undefined, place: string): void {
    this.notice = said;
    this.refused = undefined;
    this.keep();
    this.spread(place);
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

/** A circle for a draft, with nobody in it yet; with `after`, its keeper goes on from where that one is. */
function circleOf(name: string, after?: Keeper): Circle {
  const works = new Set<Work>();
  const keeper = new Keeper(name, () => works.forEach((work) => work.dispatchEvent(new Event('change'))), () => works.forEach(({ part }) => { if (part !== undefined) part(); }));
  if (after !== undefined) keeper.goOnFrom(after);
  return { keeper, works };
}
