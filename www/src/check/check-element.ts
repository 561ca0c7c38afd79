import { adoptStyles, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Entry, Lang, Report, Standard } from '../../../src/wasm.d.ts';
import { chapterOf, indicatorOf, SCHEME, withParameter, without, withReason, withValue } from '../work/entry';
import { AS_OF, Work, type Notice } from '../work/work';
import { wordsFor } from '../words/wording';
import { EntryEvent, FailureEvent, ReportEvent } from './events';
import { Colours } from './ink';
import { takeDate } from './exchange';
import { frameActions, frameOf, refuseOwnUndo, stepOf } from './frame';
import { focusOn, makeRoom, placed, placeOf } from './places';
import { styles } from './style';
import { FAILED, type Actions, type Beside, type Only, type View } from './view';
import { labelOf, parameterLabel } from './view-finding';
import { form } from './view-form';
import { failure, head, kept, notice, start, strays, tools } from './view-head';
import { bar, spoken, summary } from './view-summary';

const SPEAK_AFTER_MS = 1200;
/** Fewer fields than this are shown at once; of more, one chapter at a time. */
const AT_ONCE = 80;
/** Data that a host gives for no more than this many chapters is shown there. */
const FEW_CHAPTERS = 2;

/**
 * `<duibiao-check>` shows which criteria the entered data fails, and why.
 * Attributes and `entry` are the whole state; the order of setting does not matter.
 *
 * @attr src - address of the standard, a `.wasm` made by `duibiao build`, or a `.js` that a script tag of the page brings
 * @attr as-of - the date whose lines apply, `YYYY-MM-DD`; today where absent
 * @attr lang - `en` for English; Chinese otherwise
 * @attr draft - name under which this browser keeps the data, besides the standard's id; `none` keeps nothing
 * @attr readonly - shows, takes no entries
 * @attr example - address of a data file that the user may fill in to see how it works
 * @attr chapter - id of the chapter whose form is shown at first, where not all are
 * @attr scheme - `light` (default), `dark`, or `auto` to follow the system
 * @prop rulebook - a rulebook in place of `src`; a newer one of the same standard is exchanged under the data
 * @prop entry - the entered data. Set by the host it comes before the kept draft, which undo brings back
 * @prop work - the work that this shows in place of its own, with neither head nor tools; whoever sets it shows those
 * @prop beside - what whoever shows it adds to each indicator
 * @prop report - the report of the present state, computed when asked; undefined until the standard is open
 * @fires duibiao-report - after every check
 * @fires duibiao-input - after every change by the user
 * @fires duibiao-error - when the standard cannot be opened, what is to be shown alone is not in it, or an `entry` that the page sets is none
 * @csspart head - title, document and version of the standard
 * @csspart notice - that the standard is a reference; it cannot be hidden
 * @csspart tools - date, undo, files
 * @csspart summary - score and chapters
 * @csspart score - the score alone
 * @csspart group - fields that belong together
 * @csspart field - one field with its label
 * @csspart parameter - a line that is set by the user
 * @csspart finding - one indicator
 * @csspart outcome, outcome-met, outcome-partial, outcome-unmet, outcome-missing, outcome-pending, outcome-invalid, outcome-not_applicable, outcome-waived - its verdict
 * @csspart explanation - why, when it is unfolded
 * @csspart reason - its table: what was compared with what
 * @cssprop --duibiao-accent - colour of buttons and links; a colour that could not be read is made darker, or lighter, until it can
 * @cssprop --duibiao-met, --duibiao-partial, --duibiao-unmet, --duibiao-open - colours of the outcomes, likewise
 * @cssprop --duibiao-ground - background behind the cards; left out where our own inks could not be read on it
 * @cssprop --duibiao-font - font family
 * @cssprop --duibiao-top - height of whatever the host keeps at the top of the window
 */
export class DuibiaoCheckElement extends LitElement {
  static override styles = styles;
  static override properties = {
    src: {},
    asOf: { attribute: 'as-of' },
    lang: { converter: { fromAttribute: (text: string | null) => text || '' } },
    draft: {},
    readonly: { type: Boolean, reflect: true },
    example: {},
    chapter: {},
    rulebook: { attribute: false },
    entry: { attribute: false, noAccessor: true },
    work: { attribute: false, noAccessor: true },
    beside: { attribute: false },
  };

  declare src: string | null;
  declare asOf: string | null;
  declare lang: string;
  declare draft: string | null;
  declare readonly: boolean;
  declare example: string | null;
  declare chapter: string | null;
  declare rulebook: Uint8Array | null;
  declare beside: Beside | undefined;

  protected own = true;
  private at = new Work();
  private standard: Standard | undefined;
  private told: Report | undefined;
  private open = new Set<string>();
  protected unfolded: ReadonlySet<string> = new Set();
  private speech = '';
  private speaking = 0;
  private size: 'wide' | 'medium' | 'narrow' = 'wide';
  private readonly watcher = new ResizeObserver(() => this.measure());

  constructor() {
    super();
    this.src = null;
    this.asOf = null;
    this.lang = '';
    this.draft = null;
    this.readonly = false;
    this.example = null;
    this.chapter = null;
    this.rulebook = null;
    new Colours(this);
  }

  /** The entered data, field names as ids. */
  get entry(): Entry { return this.at.entry; }
  set entry(entry: Entry) {
    this.given = true;
    this.at.give(entry);
  }

  get report(): Report | undefined { return this.at.report; }

  get work(): Work { return this.at; }
  set work(work: Work) {
    this.listen(false);
    this.at = work;
    this.own = false;
    if (this.isConnected) this.listen(true);
    this.requestUpdate();
  }

  private get language(): Lang { return this.own ? (this.lang === 'en' ? 'en' : 'zh') : this.at.lang; }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('pagehide', this.flush);
    window.addEventListener('beforeunload', this.warn);
    window.addEventListener('beforeprint', this.unfoldAll);
    document.addEventListener('visibilitychange', this.flush);
    this.addEventListener('keydown', this.keys);
    for (const kind of ['beforeinput', 'input']) this.addEventListener(kind, this.refuse, true);
    this.listen(true);
    if (this.own) meet((all) => all.add(this));
    this.watcher.observe(this);
    this.measure();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('pagehide', this.flush);
    window.removeEventListener('beforeunload', this.warn);
    window.removeEventListener('beforeprint', this.unfoldAll);
    document.removeEventListener('visibilitychange', this.flush);
    this.removeEventListener('keydown', this.keys);
    for (const kind of ['beforeinput', 'input']) this.removeEventListener(kind, this.refuse, true);
    this.listen(false);
    meet((all) => all.delete(this));
    this.watcher.disconnect();
    window.clearTimeout(this.speaking);
    this.flush();
  }

  private listen(on: boolean): void {
    const way = on ? 'addEventListener' : 'removeEventListener';
    this.at[way]('change', this.changed);
    this.at[way]('entry', this.entered);
    this.at[way]('failure', this.failed);
    if (this.own) this.at.attend(on);
  }

  private readonly changed = (): void => this.requestUpdate();
  private readonly entered = (): void => { this.dispatchEvent(new EntryEvent(this.entry)); };
  private readonly failed = (): void => {
    const why = this.at.failure || this.at.refused;
    if (why !== undefined) this.dispatchEvent(new FailureEvent(why));
  };

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.narrow();
    if (!this.own) return;
    this.at.lang = this.language;
    this.at.readonly = this.readonly;
    if (changed.has('asOf')) takeDate(this.at, this.asOf);
    const { given } = this;
    this.given = false;
    if (!this.hasLoaded || changed.has('src') || changed.has('draft') || changed.has('rulebook')) {
      // Set together with the address, in whatever order, it is for the new standard.
      if (this.hasLoaded && changed.has('src') && !given) this.dropGiven();
      this.hasLoaded = true;
      void this.load();
    } else if (given) this.at.keepEmpty();
  }

  /** What the host gave was for the standard that was shown. */
  protected dropGiven(): void { this.at.dropGiven(); }

  protected load(): Promise<void> {
    // Scripts may set a URL.
    return this.at.open({ src: String(this.src || ''), rulebook: this.rulebook, draft: this.draft || '' });
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('beside') && this.beside !== undefined && this.shadowRoot !== null) adoptStyles(this.shadowRoot, [...styles, ...this.beside.styles]);
    this.arrive();
    makeRoom(this.renderRoot);
    if (changed.has('chapter') && this.chapter !== null) this.unfold(this.chapter);
    const { report } = this;
    if (report === undefined || report === this.told) return;
    const first = this.told === undefined;
    this.told = report;
    this.dispatchEvent(new ReportEvent(report));
    if (!first) this.speakSoon();
  }

  private hasLoaded = false;
  /** Whether the host set the entry since the last update. */
  private given = false;

  /** Another standard is on the desk: what is shown of it at first. */
  private arrive(): void {
    const { desk } = this.at;
    if (desk === undefined || (this.standard !== undefined && this.standard.id === desk.standard.id)) return;
    this.standard = desk.standard;
    this.unfolded = new Set(atFirst(this.partOf(desk.standard), this.chapter));
    const places = Array.from(new Set(Object.keys(this.entry.fields || {}).map((id) => chapterOf(id, desk.layout))));
    if (places.length <= FEW_CHAPTERS) places.forEach((chapter) => this.unfold(chapter));
    this.requestUpdate();
    if (this.own) meet(() => undefined);
  }

  private only: Only | undefined;
  private unnarrowed: ReadonlySet<string> = new Set();

  /** What is found is unfolded; afterwards the form is as it was. */
  private narrow(): void {
    const only = this.beside === undefined ? undefined : this.beside.only;
    if (only === this.only) return;
    if (this.only === undefined) this.unnarrowed = this.unfolded;
    this.unfolded = only === undefined ? this.unnarrowed : only.chapters;
    this.only = only;
  }

  /** Shows all of the form where a place is not among what is shown. */
  private widen(hides: (only: Only) => boolean): void {
    if (this.beside === undefined || this.only === undefined || !hides(this.only)) return;
    this.beside.showAll();
    this.narrow();
  }

  /** What is shown of a standard. */
  protected partOf(standard: Standard): Standard { return standard; }

  private commit(entry: Entry, place: string, said?: Notice): void {
    this.at.commitEntry(entry, place, said);
  }

  private readonly flush = (): void => this.at.flush();

  private readonly warn = (event: Event): void => {
    if (this.at.atRisk) event.preventDefault();
  };

  /** What was refused is shown as it is entered. */
  private readonly refuse = (event: Event): void => {
    if (refuseOwnUndo(event)) this.requestUpdate();
  };

  /** Whoever shows the work steps through it, also where the focus is outside of the form. */
  private readonly keys = (event: KeyboardEvent): void => {
    const way = this.own ? stepOf(event) : undefined;
    if (way === undefined || this.at.readonly) return;
    event.preventDefault();
    event.stopPropagation();
    this.step(way, true);
  };

  /** Undo or redo; by keyboard the focus follows to the place that changed. */
  private step(way: 'undo' | 'redo', follow: boolean): void {
    const stepped = this.at.step(way);
    if (stepped === undefined) return;
    this.sayStep(way, stepped.place === '' ? '' : this.nameOf(stepped.place));
    if (follow && stepped.place !== '') this.goToPath(stepped.place);
  }

  /** Says aloud what was taken back or came back. */
  sayStep(way: 'undo' | 'redo', label: string): void {
    const words = wordsFor(this.language);
    this.speech = `${way === 'undo' ? words.undone : words.redone}${label === '' ? '' : ` ${label}`}`;
    this.requestUpdate();
  }

  /** The name of a place for people. */
  nameOf(path: string): string {
    const view = this.view();
    if (view === undefined) return '';
    if (path.startsWith('parameter:')) return parameterLabel(view, path.slice(10));
    if (path === AS_OF) return view.words.asOf;
    const of = indicatorOf(path);
    if (of !== undefined) return of;
    return labelOf(view, path);
  }

  /** Brings a group into sight, its chapter unfolded; the focus stays. Whether there is such a group. */
  reveal(group: string): boolean {
    const chapter = this.at.desk === undefined ? undefined : this.at.desk.layout.chapters.get(group);
    if (chapter === undefined) return false;
    this.unfold(chapter);
    void this.updateComplete.then(() => {
      const place = this.find(`g-${group}`);
      if (place !== undefined) place.scrollIntoView({ block: 'start' });
    });
    return true;
  }

  private readonly act: Actions = {
    enter: (path, value) => this.commit(withValue(this.entry, path, value), path),
    setParameter: (id, value) => this.commit(withParameter(this.entry, id, value), `parameter:${id}`),
    setAside: (id, reason) => {
      const begins = (this.entry.not_applicable || {})[id] === undefined;
      this.commit(withReason(this.entry, id, reason), begins || reason === undefined ? '' : `reason:${id}`);
      if (begins) this.goToPath(`reason:${id}`);
      if (reason === undefined) this.focusOn(() => this.find(`i-${id}`), 'nearest');
    },
    tryFix: (fix) => {
      const words = wordsFor(this.language);
      const steps = [fix, ...(fix.also || [])];
      const entry = steps.reduce((state, step) => withValue(state, step.field, step.to === 'yes' ? true : step.to === 'no' ? false : step.to), this.entry);
      const to = fix.to === 'yes' ? words.yes : fix.to === 'no' ? words.no : fix.to;
      this.commit(entry, '', { tone: 'info', text: words.tried(fix.label, `${to}${fix.unit}`), problems: [], canUndo: true });
      this.goToPath(fix.field);
    },
    toggle: (id) => {
      const opens = !this.open.delete(id);
      if (opens) this.open.add(id);
      this.requestUpdate();
      if (!opens) this.focusOn(() => this.find(`w-${id}`), 'nearest');
    },
    goTo: (id) => this.goTo(id),
    goToPath: (path) => this.goToPath(path),
    focus: (id) => this.focusOn(() => this.find(id), 'nearest'),
    goToGroup: (id) => {
      this.widen(({ groups }) => !groups.has(id));
      if (this.at.desk !== undefined) this.unfold(this.at.desk.layout.chapters.get(id));
      this.focusOn(() => this.find(`g-${id}`), 'start');
    },
    goToChapter: (id) => {
      this.widen(({ chapters }) => !chapters.has(id));
      this.unfold(id);
      this.focusOn(() => this.find(`c-${id}`), 'start');
    },
    goToChapters: () => this.focusOn(() => this.find('nav-h'), 'nearest'),
    fold: (id) => {
      if (!this.unfolded.has(id)) { this.unfold(id); return; }
      this.unfolded = new Set(Array.from(this.unfolded).filter((one) => one !== id));
      this.requestUpdate();
    },
    foldAll: (away) => {
      if (!away) { this.unfoldAll(); return; }
      this.unfolded = new Set();
      this.requestUpdate();
    },
    goToForm: () => this.focusOn(() => this.renderRoot.querySelector<HTMLElement>('.chapter h2') || undefined, 'start'),
    goToResult: () => this.focusOn(() => this.find('result'), 'start'),
    ...frameActions(() => this.at, () => this.example || '', (way) => this.step(way, false)),
    remove: (name) => this.commit(without(this.entry, name), ''),
  };

  /** Shows the place in the form where an indicator is worked on, its explanation open where it fails. */
  goTo(id: string): void {
    const finding = this.report === undefined ? undefined : this.report.findings.find((one) => one.indicator === id);
    if (finding === undefined) return;
    this.widen(({ indicators }) => !indicators.has(id));
    this.unfold(finding.chapter);
    if (FAILED.includes(finding.outcome)) this.open.add(id);
    this.requestUpdate();
    const path = finding.missing[0] || (finding.pending[0] === undefined ? undefined : `parameter:${finding.pending[0]}`);
    if (path !== undefined && (finding.outcome === 'missing' || finding.outcome === 'pending')) this.goToPath(path);
    else this.focusOn(() => this.find(`i-${id}`), 'center');
  }

  protected unfold(chapter: string | undefined): void {
    if (chapter === undefined || this.unfolded.has(chapter)) return;
    this.unfolded = new Set([...Array.from(this.unfolded), chapter]);
    this.requestUpdate();
  }

  /** Paper shows everything. */
  private readonly unfoldAll = (): void => {
    if (this.at.desk === undefined) return;
    this.unfolded = new Set([...this.at.desk.standard.chapters.map(({ id }) => id), SCHEME]);
    this.requestUpdate();
  };

  /** Moves the focus to the input at a place of the entry: `swept_area`, `parameter:ID`. */
  goToPath(path: string): void {
    if (this.beside !== undefined) this.beside.reveal(path);
    this.narrow();
    if (this.at.desk !== undefined) this.unfold(chapterOf(path, this.at.desk.layout));
    this.requestUpdate();
    this.focusOn(() => placeOf(path, this.renderRoot), 'center');
  }

  protected find(id: string): HTMLElement | undefined {
    return (this.shadowRoot && this.shadowRoot.getElementById(id)) || undefined;
  }

  private focusOn(find: () => HTMLElement | undefined, block: ScrollLogicalPosition): void {
    void this.updateComplete.then(() => focusOn(find(), block));
  }

  private speakSoon(): void {
    window.clearTimeout(this.speaking);
    this.speaking = window.setTimeout(() => {
      const view = this.view();
      if (view === undefined) return;
      this.speech = spoken(view);
      this.requestUpdate();
    }, SPEAK_AFTER_MS);
  }

  private measure(): void {
    const { width } = this.getBoundingClientRect();
    const size = width === 0 || width >= 1040 ? 'wide' : width >= 680 ? 'medium' : 'narrow';
    if (size === this.size) return;
    this.size = size;
    this.requestUpdate();
  }

  /** Whoever goes from landmark to landmark hears whose they are, where there are several. */
  private about({ id, title }: Standard): string {
    if (!this.own || present.size < 2) return '';
    const before = Array.from(present).filter(({ standard }) => standard !== undefined && standard.id === id).indexOf(this);
    return ` · ${title}${before > 0 ? ` ${before + 1}` : ''}`;
  }

  protected view(): View | undefined {
    const { desk, report } = this.at;
    if (desk === undefined || report === undefined) return undefined;
    return {
      ...frameOf(this.at, desk, this.example || '', this.act), size: this.size, layout: desk.layout, report,
      findings: new Map(report.findings.map((finding) => [finding.indicator, finding])), problems: placed(report.data, desk.layout, this.beside === undefined ? ['no-reason'] : ['no-reason', 'no-waiver']),
      open: this.open, unfolded: this.unfolded, beside: this.beside, only: this.beside === undefined ? undefined : this.beside.only, about: this.about(desk.standard), act: this.act,
    };
  }

  protected override render(): TemplateResult {
    const words = wordsFor(this.language);
    const tongue = this.language === 'en' ? 'en' : 'zh-CN';
    const view = this.view();
    if (this.at.failure !== undefined) return failure(this.at.failure, this.language);
    if (view === undefined) return html`<div class="desk" lang=${tongue}><p class="loading" role="status">${words.loading}</p></div>`;
    return html`
      <div class="desk ${this.size}" lang=${tongue}>
        <button type="button" class="skip" @click=${() => this.act.goToForm()}>${words.skip}</button>
        <button type="button" class="skip" @click=${() => this.act.goToChapters()}>${words.skipToChapters}</button>
        ${this.own ? html`${head(view)}${tools(view)}` : nothing}
        ${this.size === 'wide' ? nothing : bar(view)}
        ${this.own ? notice(view) : nothing}
        ${start(view)}
        ${strays(view)}
        <div class="layout">
          <div class="side">${summary(view)}<p class="side-foot"><span>${words.reference}</span>${kept(view, true)}</p></div>
          ${this.beside === undefined ? html`<div class="main">${form(view)}</div>`
            : html`<div class="main" @focusin=${(event: Event) => view.beside && view.beside.focused(event)} @paste=${(event: ClipboardEvent) => view.beside && view.beside.pasted(event)}>${this.beside.above(view)}${form(view)}</div>`}
        </div>
        <div class="unseen" aria-live="polite" aria-atomic="true">${this.speech}</div>
      </div>`;
  }
}

/** Those on the page that stand alone, in the order of their coming; each hears of the others. */
const present = new Set<DuibiaoCheckElement>();
function meet(change: (all: Set<DuibiaoCheckElement>) => unknown): void {
  change(present);
  present.forEach((one) => one.requestUpdate());
}

/** The chapters whose form is shown at first. */
export function atFirst({ chapters, fields }: Standard, wanted: string | null): readonly string[] {
  const ids = chapters.map(({ id }) => id);
  if (fields.length < AT_ONCE) return ids;
  return ids.filter((id, i) => (wanted !== null && ids.includes(wanted) ? id === wanted : i === 0));
}

declare global {
  interface HTMLElementTagNameMap { 'duibiao-check': DuibiaoCheckElement }
}
