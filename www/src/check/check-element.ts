import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type { Entry, Lang, Report, Standard } from '../../../src/wasm.d.ts';
import { Keeper } from '../work/draft';
import { openRulebook, openStandard, OpenError, type Opened } from '../work/engine';
import { chapterOf, isEmpty, layoutOf, SCHEME, sizeOf, toIds, withParameter, without, withReason, withValue, type Layout } from '../work/entry';
import { isDate, localDate } from '../work/day';
import { EntryEvent, FailureEvent, ReportEvent } from './events';
import { readData, readFile, save, writeData, writeReport, type FileRead } from '../work/file';
import { History } from '../work/history';
import { focusOn, placed, placeOf } from './places';
import { styles } from './style';
import { FAILED, icon, type Actions, type Notice, type View } from './view';
import { labelOf, parameterLabel } from './view-finding';
import { form } from './view-form';
import { head, kept, notice, start, strays, tools } from './view-head';
import { bar, spoken, summary } from './view-summary';
import { wordsFor } from '../words/wording';

const SPEAK_AFTER_MS = 1200;
/** Fewer fields than this are shown at once; of more, one chapter at a time. */
const AT_ONCE = 80;
/** Data that a host gives for no more than this many chapters is shown there. */
const FEW_CHAPTERS = 2;

interface Desk extends Opened { readonly layout: Layout }

/**
 * `<duibiao-check>` shows which criteria the entered data fails, and why.
 * Attributes and `entry` are the whole state; the order of setting does not matter.
 *
 * @attr src - address of the standard, a `.wasm` made by `duibiao build`
 * @attr as-of - the date whose lines apply, `YYYY-MM-DD`; today where absent
 * @attr lang - `en` for English; Chinese otherwise
 * @attr draft - name under which this browser keeps the data, besides the standard's id; `none` keeps nothing
 * @attr readonly - shows, takes no entries
 * @attr example - address of a data file that the user may fill in to see how it works
 * @attr chapter - id of the chapter whose form is shown at first, where not all are
 * @attr scheme - `light` (default), `dark`, or `auto` to follow the system
 * @prop rulebook - a rulebook in place of `src`; a newer one of the same standard is exchanged under the data
 * @prop entry - the entered data. Set by the host it comes before the kept draft, which undo brings back
 * @prop report - the report of the present state, computed when asked; undefined until the standard is open
 * @fires duibiao-report - after every check
 * @fires duibiao-input - after every change by the user
 * @fires duibiao-error - when the standard cannot be opened
 * @csspart head, title, notice, tools, summary, score, group, field, parameter, finding, outcome, outcome-met (…), explanation, reason
 * @cssprop --duibiao-accent - colour of buttons and links
 * @cssprop --duibiao-met, --duibiao-partial, --duibiao-unmet, --duibiao-open - colours of the outcomes
 * @cssprop --duibiao-ground - background behind the cards; keep it near white, or near black with `scheme="dark"`
 * @cssprop --duibiao-font - font family
 * @cssprop --duibiao-top - height of whatever the host keeps at the top of the window
 */
export class DuibiaoCheckElement extends LitElement {
  static override styles = styles;
  static override properties = {
    src: {},
    asOf: { attribute: 'as-of', reflect: true },
    lang: {},
    draft: {},
    readonly: { type: Boolean, reflect: true },
    example: {},
    chapter: {},
    rulebook: { attribute: false },
    entry: { attribute: false, noAccessor: true },
  };

  declare src: string | null;
  declare asOf: string | null;
  declare lang: string;
  declare draft: string | null;
  declare readonly: boolean;
  declare example: string | null;
  declare chapter: string | null;
  declare rulebook: Uint8Array | null;

  private desk: Desk | undefined;
  private failure: OpenError | undefined;
  private history = new History<Entry>({});
  private keeper: Keeper | undefined;
  private given: Entry | undefined;
  private turn = 0;
  private judged: { readonly key: readonly unknown[]; readonly report: Report } | undefined;
  private told: Report | undefined;
  private datePicked = false;
  private today = localDate(new Date());
  private open = new Set<string>();
  private unfolded: ReadonlySet<string> = new Set();
  private notice: Notice | undefined;
  private speech = '';
  private speaking = 0;
  private size: 'wide' | 'medium' | 'narrow' = 'wide';
  private readonly watcher = new ResizeObserver(() => this.measure());

  constructor() {
    super();
    this.src = null;
    this.asOf = null;
    this.draft = null;
    this.readonly = false;
    this.example = null;
    this.chapter = null;
    this.rulebook = null;
  }

  /** The entered data, field names as ids. */
  get entry(): Entry { return this.history.state; }
  set entry(entry: Entry) {
    this.given = entry;
    if (this.desk !== undefined) this.takeGiven(this.desk);
    this.requestUpdate();
  }

  get report(): Report | undefined {
    if (this.desk === undefined) return undefined;
    const { checker } = this.desk;
    const key = [checker, this.entry, this.date, this.language];
    if (this.judged === undefined || key.some((part, i) => part !== (this.judged && this.judged.key[i]))) {
      this.judged = { key, report: checker.check(this.entry, { as_of: this.date, lang: this.language }) };
    }
    return this.judged.report;
  }

  private get language(): Lang { return this.lang === 'en' ? 'en' : 'zh'; }
  private get date(): string { return isDate(this.asOf) ? this.asOf : this.today; }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('pagehide', this.flush);
    window.addEventListener('beforeunload', this.warn);
    window.addEventListener('beforeprint', this.unfoldAll);
    document.addEventListener('visibilitychange', this.flush);
    this.addEventListener('keydown', this.keys);
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
    this.watcher.disconnect();
    window.clearTimeout(this.speaking);
    this.flush();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!this.hasLoaded || changed.has('src') || changed.has('draft') || changed.has('rulebook')) void this.load();
    if (changed.has('chapter') && this.chapter !== null) this.unfold(this.chapter);
    const { report } = this;
    if (report === undefined || report === this.told) return;
    const first = this.told === undefined;
    this.told = report;
    this.dispatchEvent(new ReportEvent(report));
    if (!first) this.speakSoon();
  }

  private hasLoaded = false;

  private async load(): Promise<void> {
    this.hasLoaded = true;
    this.turn += 1;
    const { turn } = this;
    this.flush();
    const { rulebook } = this;
    if (rulebook === null) this.desk = undefined;
    this.failure = undefined;
    try {
      const opened = await (rulebook === null ? openStandard(this.src || '', document.baseURI) : openRulebook(rulebook));
      const { score } = opened.checker.check({}, { as_of: this.date });
      const layout = layoutOf(opened.standard, score.pending || []);
      if (turn !== this.turn) return;
      if (this.exchange({ ...opened, layout })) return;
      const name = this.draft === null || this.draft === '' ? opened.standard.id : `${opened.standard.id}:${this.draft}`;
      const keeper = this.draft === 'none' ? undefined : new Keeper(name, () => this.requestUpdate());
      const kept = keeper === undefined ? undefined : await keeper.restore();
      if (turn !== this.turn) return;
      this.keeper = keeper;
      this.history = new History<Entry>(kept === undefined ? {} : toIds(kept.entry, layout));
      if (kept !== undefined && kept.as_of !== undefined && this.asOf === null) {
        this.asOf = kept.as_of;
        this.datePicked = true;
      }
      this.desk = { ...opened, layout };
      this.unfolded = new Set(atFirst(opened.standard, this.chapter));
      this.takeGiven(this.desk);
    } catch (error) {
      if (turn !== this.turn) return;
      this.failure = error instanceof OpenError ? error : new OpenError('unreadable', String(error));
      this.dispatchEvent(new FailureEvent(this.failure));
    }
    this.requestUpdate();
  }

  /** The same standard, written on: the data stays, without a pause. */
  private exchange(desk: Desk): boolean {
    const before = this.desk;
    if (before === undefined || before.standard.id !== desk.standard.id) return false;
    this.desk = desk;
    before.checker.free();
    this.requestUpdate();
    return true;
  }

  /** What the host set comes before the draft, which stays one undo away; also when the standard or the draft is exchanged later. */
  private takeGiven({ layout }: Desk): void {
    if (this.given === undefined) return;
    const entry = toIds(this.given, layout);
    const places = Array.from(new Set(Object.keys(entry.fields || {}).map((id) => chapterOf(id, layout))));
    if (places.length <= FEW_CHAPTERS) places.forEach((chapter) => this.unfold(chapter));
    if (isEmpty(this.entry) && !this.history.canUndo) this.history = new History(entry);
    else this.history.push(entry, '', 0);
  }

  private commit(entry: Entry, place: string, said?: Notice): void {
    if (this.readonly) return;
    this.history.push(entry, place, performance.now());
    this.settle(said);
  }

  private settle(said: Notice | undefined): void {
    this.notice = said;
    this.keep();
    this.dispatchEvent(new EntryEvent(this.entry));
    this.requestUpdate();
  }

  private keep(): void {
    if (this.keeper === undefined) return;
    const picked = this.datePicked && isDate(this.asOf) ? { as_of: this.asOf } : {};
    this.keeper.keep({ entry: this.entry, ...picked, at: Date.now() });
  }

  private readonly flush = (): void => {
    const today = localDate(new Date());
    if (today !== this.today) { this.today = today; this.requestUpdate(); }
    if (this.keeper !== undefined) this.keeper.flush();
  };

  private readonly warn = (event: Event): void => {
    if (this.keeper !== undefined && this.keeper.keeping.state === 'blocked' && !isEmpty(this.entry) && this.history.canUndo) event.preventDefault();
  };

  private readonly keys = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing || this.readonly) return;
    const key = event.key.toLowerCase();
    if (key !== 'z' && key !== 'y') return;
    event.preventDefault();
    this.step(key === 'y' || event.shiftKey ? 'redo' : 'undo', true);
  };

  /** Undo or redo; by keyboard the focus follows to the place that changed. */
  private step(way: 'undo' | 'redo', follow: boolean): void {
    const place = this.history[way]();
    if (place === undefined || this.desk === undefined) return;
    const words = wordsFor(this.language);
    const label = place === '' ? '' : this.placeName(place);
    this.settle(undefined);
    this.speech = `${way === 'undo' ? words.undone : words.redone}${label === '' ? '' : ` ${label}`}`;
    if (follow && place !== '') this.goToPath(place);
  }

  private placeName(path: string): string {
    const view = this.view();
    if (view === undefined) return '';
    if (path.startsWith('parameter:')) return parameterLabel(view, path.slice(10));
    if (path.startsWith('reason:')) return path.slice(7);
    return labelOf(view, path);
  }

  /** Brings a group into sight, its chapter unfolded; the focus stays. Whether there is such a group. */
  reveal(group: string): boolean {
    const chapter = this.desk === undefined ? undefined : this.desk.layout.chapters.get(group);
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
    goTo: (id) => this.goToIndicator(id),
    goToPath: (path) => this.goToPath(path),
    goToGroup: (id) => {
      if (this.desk !== undefined) this.unfold(this.desk.layout.chapters.get(id));
      this.focusOn(() => this.find(`g-${id}`), 'start');
    },
    goToChapter: (id) => {
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
    setAsOf: (date) => {
      if (date !== '' && !isDate(date)) { this.requestUpdate(); return; }
      this.asOf = date === '' || date === this.today ? null : date;
      this.datePicked = this.asOf !== null;
      this.keep();
    },
    undo: () => this.step('undo', false),
    redo: () => this.step('redo', false),
    importFile: (file) => { void this.importFile(file); },
    exportData: () => { if (this.desk !== undefined) save(this.fileName('data'), writeData(this.entry, this.desk.standard)); },
    exportReport: () => { if (this.report !== undefined) save(this.fileName('report'), writeReport(this.report)); },
    fillExample: () => { void this.fillExample(); },
    empty: () => { if (!isEmpty(this.entry)) this.commit({}, '', { tone: 'info', text: wordsFor(this.language).emptied, problems: [], canUndo: true }); },
    dismiss: () => { this.notice = undefined; this.requestUpdate(); },
    remove: (name) => this.commit(without(this.entry, name), ''),
  };

  private fileName(what: 'data' | 'report'): string {
    const { product, [what]: kind } = wordsFor(this.language).fileName;
    return `${product}-${this.desk === undefined ? '' : this.desk.standard.id}-${kind}-${this.date}.json`;
  }

  private async importFile(file: File): Promise<void> {
    if (this.desk === undefined) return;
    this.takeRead(this.desk, await readFile(file, this.desk.standard), (n) => wordsFor(this.language).imported(n));
  }

  private async fillExample(): Promise<void> {
    const words = wordsFor(this.language);
    if (this.desk === undefined || this.example === null) return;
    try {
      const response = await fetch(new URL(this.example, document.baseURI).href);
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      this.takeRead(this.desk, readData(await response.text(), this.desk.standard), () => words.exampleIn);
    } catch (error) {
      this.tell({ tone: 'error', text: `${words.exampleFailed}（${String(error)}）`, problems: [], canUndo: false });
    }
  }

  /** Takes what was read from a file; what could not be read leaves the present data untouched. */
  private takeRead({ layout }: Desk, read: FileRead, done: (n: number) => string): void {
    const { entry, problems } = read;
    if (entry === undefined) {
      this.tell({ tone: 'error', text: wordsFor(this.language).notImported, problems, canUndo: false });
      return;
    }
    this.commit(toIds(entry, layout), '', { tone: problems.length > 0 ? 'error' : 'info', text: done(sizeOf(entry)), problems, canUndo: true });
  }

  private tell(said: Notice): void {
    this.notice = said;
    this.requestUpdate();
  }

  private goToIndicator(id: string): void {
    const finding = this.report === undefined ? undefined : this.report.findings.find((one) => one.indicator === id);
    if (finding === undefined) return;
    this.unfold(finding.chapter);
    if (FAILED.includes(finding.outcome)) this.open.add(id);
    this.requestUpdate();
    const path = finding.missing[0] || (finding.pending[0] === undefined ? undefined : `parameter:${finding.pending[0]}`);
    if (path !== undefined && (finding.outcome === 'missing' || finding.outcome === 'pending')) this.goToPath(path);
    else this.focusOn(() => this.find(`i-${id}`), 'center');
  }

  private unfold(chapter: string | undefined): void {
    if (chapter === undefined || this.unfolded.has(chapter)) return;
    this.unfolded = new Set([...Array.from(this.unfolded), chapter]);
    this.requestUpdate();
  }

  /** Paper shows everything. */
  private readonly unfoldAll = (): void => {
    if (this.desk === undefined) return;
    this.unfolded = new Set([...this.desk.standard.chapters.map(({ id }) => id), SCHEME]);
    this.requestUpdate();
  };

  private goToPath(path: string): void {
    if (this.desk !== undefined) this.unfold(chapterOf(path, this.desk.layout));
    this.focusOn(() => placeOf(path, this.renderRoot), 'center');
  }

  private find(id: string): HTMLElement | undefined {
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

  private view(): View | undefined {
    const { desk, report } = this;
    if (desk === undefined || report === undefined) return undefined;
    return {
      words: wordsFor(this.language), lang: this.language, readonly: this.readonly, size: this.size, standard: desk.standard, layout: desk.layout,
      entry: this.entry, report, findings: new Map(report.findings.map((finding) => [finding.indicator, finding])), problems: placed(report.data, desk.layout),
      open: this.open, unfolded: this.unfolded, asOf: this.date, today: this.today, keeping: this.keeper === undefined ? { state: 'off' } : this.keeper.keeping, notice: this.notice,
      canUndo: this.history.canUndo, canRedo: this.history.canRedo, hasExample: this.example !== null && this.example !== '', act: this.act,
    };
  }

  protected override render(): TemplateResult {
    const words = wordsFor(this.language);
    const tongue = this.language === 'en' ? 'en' : 'zh-CN';
    const view = this.view();
    if (this.failure !== undefined) {
      const { code, detail } = this.failure;
      return html`<div class="desk" lang=${tongue}><div class="message error" role="alert">${icon('invalid')}<div class="message-text"><p><b>${words.failed}</b></p>
        <p>${words.open_error[code]}${detail === '' ? '' : `${tongue === 'en' ? ': ' : '：'}${detail}`}</p></div></div></div>`;
    }
    if (view === undefined) return html`<div class="desk" lang=${tongue}><p class="loading" role="status">${words.loading}</p></div>`;
    return html`
      <div class="desk ${this.size}" lang=${tongue}>
        <button type="button" class="skip" @click=${() => this.act.goToForm()}>${words.skip}</button>
        <button type="button" class="skip" @click=${() => this.act.goToChapters()}>${words.skipToChapters}</button>
        ${head(view)}
        ${tools(view)}
        ${this.size === 'wide' ? '' : bar(view)}
        ${notice(view)}
        ${start(view)}
        ${strays(view)}
        <div class="layout">
          <div class="side">${summary(view)}<p class="side-foot"><span>${words.reference}</span>${kept(view, true)}</p></div>
          <div class="main">${form(view)}</div>
        </div>
        <div class="unseen" aria-live="polite" aria-atomic="true">${this.speech}</div>
      </div>`;
  }
}

/** The chapters whose form is shown at first. */
function atFirst({ chapters, fields }: Standard, wanted: string | null): readonly string[] {
  const ids = chapters.map(({ id }) => id);
  if (fields.length < AT_ONCE) return ids;
  return ids.filter((id, i) => (wanted !== null && ids.includes(wanted) ? id === wanted : i === 0));
}

declare global {
  interface HTMLElementTagNameMap { 'duibiao-check': DuibiaoCheckElement }
}
