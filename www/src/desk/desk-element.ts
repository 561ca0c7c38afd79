import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Lang, Report } from '../../../src/wasm.d.ts';
import { DuibiaoCheckElement } from '../check/check-element';
import { EntryEvent, FailureEvent, ReportEvent } from '../check/events';
import { takeDate } from '../check/exchange';
import { ACCEPTS, frameActions, frameOf, refuseOwnUndo, stepOf } from '../check/frame';
import { Colours } from '../check/ink';
import { focusOn, makeRoom, placeOf } from '../check/places';
import { clock, failure, head, notice, tools } from '../check/view-head';
import { differences } from '../work/assessment';
import { Comparison } from '../work/comparison';
import { Intake, isData } from '../work/intake';
import { isSheet } from '../work/office';
import { Work } from '../work/work';
import { wordsFor } from '../words/wording';
import { dataPaper } from './data-paper';
import { Drafts } from './drafts';
import { FormBeside } from './beside';
import { importAny } from './exchange';
import { styles } from './style';
import { FORM, TABLES, tabs } from './tabs';
import type { DeskView } from './view';
import { draftBar, drafts, type Panel } from './view-drafts';
import { pasting } from './view-paste';
import { deskWords } from './wording';
import { draftWords } from './wording-drafts';
import { findWords } from './wording-find';

/**
 * `<duibiao-desk>` is the desk of staff: a self-check from the first figure to the papers that are handed upward.
 * Its form is a `<duibiao-check>`, which shows the same work.
 *
 * @attr src - address of the standard, a `.wasm` made by `duibiao build`
 * @attr as-of - the date whose lines apply, `YYYY-MM-DD`; today where absent
 * @attr lang - `en` for English; Chinese otherwise
 * @attr example - address of a data file that the user may fill in to see how it works
 * @attr scheme - `light` (default), `dark`, or `auto` to follow the system
 * @attr tab - which step of the work is shown
 * @prop rulebook - a rulebook in place of `src`
 * @prop work - the work on the desk
 * @fires duibiao-report - after every check
 * @fires duibiao-input - after every change by the user
 * @fires duibiao-error - when the standard cannot be opened
 */
export class DuibiaoDeskElement extends LitElement {
  static override styles = styles;
  static override properties = {
    src: {},
    asOf: { attribute: 'as-of' },
    lang: {},
    example: {},
    scheme: { reflect: true },
    tab: { reflect: true },
    rulebook: { attribute: false },
  };

  declare src: string | null;
  declare asOf: string | null;
  declare lang: string;
  declare example: string | null;
  declare scheme: string | null;
  declare tab: string;
  declare rulebook: Uint8Array | null;

  readonly work = new Work();
  readonly intake = new Intake(this.work, () => this.requestUpdate(), dataPaper);
  private readonly drafts = new Drafts(this.work, (n, of) => {
    const words = draftWords(this.language);
    return of === undefined ? words.nth(n) : words.parted(of === '' ? words.first : of, clock(Date.now()));
  }, () => this.requestUpdate());
  readonly compare = new Comparison(this.work, () => this.requestUpdate());
  private readonly panel: Panel = { open: false, renaming: undefined };
  private readonly beside = new FormBeside(this.work, () => this.renderRoot.querySelector('duibiao-check'), () => this.requestUpdate());
  private hasLoaded = false;
  private told: Report | undefined;

  constructor() {
    super();
    this.src = null;
    this.asOf = null;
    this.example = null;
    this.scheme = null;
    this.tab = FORM;
    this.rulebook = null;
    new Colours(this);
    this.work.addEventListener('change', () => { this.compare.attend(); this.requestUpdate(); });
    this.work.addEventListener('entry', () => this.dispatchEvent(new EntryEvent(this.work.entry)));
    this.work.addEventListener('failure', () => { if (this.work.failure !== undefined) this.dispatchEvent(new FailureEvent(this.work.failure)); });
  }

  get report(): Report | undefined { return this.work.report; }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.keys);
    document.addEventListener('keydown', this.slash);
    for (const kind of ['beforeinput', 'input']) this.addEventListener(kind, this.refuse, true);
    this.addEventListener('dragover', this.drag);
    this.addEventListener('drop', this.dropped);
    this.work.attend(true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.keys);
    document.removeEventListener('keydown', this.slash);
    for (const kind of ['beforeinput', 'input']) this.removeEventListener(kind, this.refuse, true);
    this.removeEventListener('dragover', this.drag);
    this.removeEventListener('drop', this.dropped);
    this.work.attend(false);
  }

  private get language(): Lang { return this.lang === 'en' ? 'en' : 'zh'; }

  /** One and the same each time: another would be another draft. */
  private readonly choose = (standard: string): Promise<string> => this.drafts.choose(standard);

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.work.lang = this.language;
    if (changed.has('asOf')) takeDate(this.work, this.asOf);
    if (this.hasLoaded && !changed.has('src') && !changed.has('rulebook')) return;
    this.hasLoaded = true;
    void this.work.open({ src: this.src || '', rulebook: this.rulebook, draft: this.choose });
  }

  protected override updated(): void {
    const dialog = this.renderRoot.querySelector<HTMLDialogElement>('dialog.pasting');
    if (dialog !== null && !dialog.open) dialog.showModal();
    makeRoom(this.renderRoot);
    // The page around it prints on the same sheets.
    this.toggleAttribute('across', this.renderRoot.querySelector('.paper.across') !== null);
    const { report } = this.work;
    if (report === undefined || report === this.told) return;
    this.told = report;
    // The form tells it where it is shown; elsewhere the desk does.
    if (this.tab !== FORM) this.dispatchEvent(new ReportEvent(report));
  }

  /** Also where nothing has the focus, as after a click beside everything: the browser's own undo would change a single field. */
  private readonly keys = (event: KeyboardEvent): void => {
    const way = stepOf(event);
    const path = event.composedPath();
    const ours = path.includes(this) || path[0] === document.body || path[0] === document.documentElement;
    if (way === undefined || !ours || this.work.readonly || this.beside.pasting !== undefined) return;
    event.preventDefault();
    this.step(way, true);
  };

  /** What was refused is shown as it is entered; the form does so for its own fields. */
  private readonly refuse = (event: Event): void => {
    if (!refuseOwnUndo(event)) return;
    this.requestUpdate();
    const form = this.renderRoot.querySelector('duibiao-check');
    if (form !== null) form.requestUpdate();
  };

  /** `/` leads to the search, unless it is being typed. */
  private readonly slash = (event: KeyboardEvent): void => {
    const [target] = event.composedPath();
    const typing = target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typing || this.work.desk === undefined || this.beside.pasting !== undefined) return;
    event.preventDefault();
    void this.inForm(() => this.beside.toSearch());
  };

  /** The focus follows to the place that changed: where it is shown, or in the form. */
  private goToPlace(place: string): void {
    void this.updateComplete.then(() => {
      const here = placeOf(place, this.renderRoot);
      if (here !== undefined) focusOn(here, 'nearest');
      else if (!place.startsWith('task')) void this.inForm((form) => form.goToPath(place));
    });
  }

  /**
   * By a key the focus follows to the place that changed; by a button it stays, and the place is named, with the way there.
   * A step that changed several things at once is named by what it did.
   */
  private step(way: 'undo' | 'redo', follow = false): void {
    const { assessment: before, notice: said } = this.work;
    if (way === 'undo' && said !== undefined && said.undo !== undefined) { said.undo(); return; }
    const stepped = this.work.step(way);
    if (stepped === undefined) return;
    const { place, what } = stepped;
    const words = findWords(this.language);
    const label = place !== '' ? this.nameOf(place) : clauseOf(what) || words.changes(differences(before, this.work.assessment));
    if (follow && place !== '') {
      const form = this.renderRoot.querySelector('duibiao-check');
      if (form !== null) form.sayStep(way, label);
      this.goToPlace(place);
      return;
    }
    this.work.tell({
      tone: 'info', text: way === 'undo' ? words.undone(label) : words.redone(label), problems: [], canUndo: false,
      ...(place === '' ? {} : { ways: [{ word: words.goThere, run: () => { this.work.tell(undefined); this.goToPlace(place); } }] }),
    });
  }

  private nameOf(path: string): string {
    const form = this.renderRoot.querySelector('duibiao-check');
    return form === null ? path : form.nameOf(path);
  }

  /** A file that misses its place must not open in the page's stead. */
  private readonly drag = (event: DragEvent): void => {
    if (event.dataTransfer !== null && Array.from(event.dataTransfer.types).includes('Files')) event.preventDefault();
  };

  private readonly dropped = (event: DragEvent): void => {
    const files = event.dataTransfer === null ? [] : Array.from(event.dataTransfer.files);
    if (files.length === 0) return;
    event.preventDefault();
    this.bring(files);
  };

  /** A data file alone is an assessment to open; among others it is one department's share, and is merged like its tables. */
  private bring(files: readonly File[]): void {
    if (this.work.desk === undefined || this.work.readonly) return;
    const [only] = files;
    if (only !== undefined && files.length === 1 && isData(only)) { this.act.importFile(only); return; }
    if (this.tab !== TABLES) this.open(TABLES);
    void this.intake.bring(files);
  }

  private readonly act = {
    ...frameActions(() => this.work, () => this.example || '', (way) => this.step(way)),
    importFile: (file: File) => { if (isSheet(file.name)) this.bring([file]); else void importAny(this.work, this.drafts, file); },
    takeTheirs: () => { void this.drafts.takeTheirs(); },
  };

  /** Shows a tab; the focus goes to its head. */
  open(tab: string): void {
    this.tab = tab;
    void this.updateComplete.then(() => focusOn(this.renderRoot.querySelector<HTMLElement>('[role="tabpanel"]:not([hidden]) h2') || undefined, 'nearest'));
  }

  private focusOn(id: string): void {
    void this.updateComplete.then(() => {
      const place = (this.shadowRoot && this.shadowRoot.getElementById(id)) || undefined;
      focusOn(place, 'nearest');
      if (place instanceof HTMLInputElement) place.select();
    });
  }

  private async inForm(then: (form: DuibiaoCheckElement) => void): Promise<void> {
    this.tab = FORM;
    await this.updateComplete;
    const form = this.renderRoot.querySelector('duibiao-check');
    if (form instanceof DuibiaoCheckElement) then(form);
  }

  private view(): DeskView | undefined {
    const { desk, report, assessment } = this.work;
    if (desk === undefined || report === undefined) return undefined;
    return {
      ...frameOf(this.work, desk, this.example || '', this.act), canUndo: this.work.canUndo || (this.work.notice !== undefined && this.work.notice.undo !== undefined), own: deskWords(this.language), work: this.work, intake: this.intake, drafts: this.drafts, compare: this.compare, accepts: `${ACCEPTS},.xlsx,.xls,.ods,.csv`, assessment, layout: desk.layout, report,
      findings: new Map(report.findings.map((finding) => [finding.indicator, finding])), tab: this.tab,
      open: (tab) => this.open(tab),
      goTo: (indicator) => { void this.inForm((form) => form.goTo(indicator)); },
      goToPath: (path) => { void this.inForm((form) => form.goToPath(path)); },
      focus: (id) => this.focusOn(id),
      refresh: () => this.requestUpdate(),
    };
  }

  protected override render(): TemplateResult {
    if (this.work.failure !== undefined) return failure(this.work.failure, this.language);
    const tongue = this.language === 'en' ? 'en' : 'zh-CN';
    const view = this.view();
    if (view === undefined) return html`<div class="desk" lang=${tongue}><p class="loading" role="status">${wordsFor(this.language).loading}</p></div>`;
    const shown = { view, drafts: this.drafts, panel: this.panel, words: draftWords(this.language) };
    return html`
      <div class="desk" lang=${tongue}>
        ${head(view)}
        ${tools(view, draftBar(shown))}
        ${drafts(shown)}
        ${notice(view)}
        ${this.tabList(view)}
        ${tabs.map(({ id, view: content }) => html`
          <div role="tabpanel" id="panel-${id}" aria-labelledby="tab-${id}" ?hidden=${id !== this.tab}>
            ${content === undefined ? html`<duibiao-check .work=${this.work} .beside=${this.beside} lang=${this.lang || nothing} example=${this.example || nothing} scheme=${this.scheme || nothing}></duibiao-check>`
              : id === this.tab ? content(view) : nothing}
          </div>`)}
        ${pasting(this.beside, view, (path) => this.nameOf(path))}
      </div>`;
  }

  /** One stop for the Tab key; the arrows go from tab to tab. */
  private tabList({ own }: DeskView): TemplateResult {
    const move = (event: KeyboardEvent): void => {
      const way = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
      const next = tabs[(tabs.findIndex(({ id }) => id === this.tab) + way + tabs.length) % tabs.length];
      if (way === 0 || next === undefined) return;
      event.preventDefault();
      this.tab = next.id;
      void this.updateComplete.then(() => focusOn(this.renderRoot.querySelector<HTMLElement>(`#tab-${next.id}`) || undefined, 'nearest'));
    };
    return html`
      <div class="tabs" role="tablist" aria-label=${own.views} @keydown=${move}>${tabs.map(({ id, word }) => html`
        <button type="button" role="tab" id="tab-${id}" aria-controls="panel-${id}" aria-selected=${id === this.tab ? 'true' : 'false'} tabindex=${id === this.tab ? 0 : -1}
          @click=${() => { this.tab = id; }}>${word(own)}</button>`)}
      </div>`;
  }
}

/** The first clause of what was said, without what it said about undo. */
function clauseOf(text: string): string {
  return ((/^(?:“[^”]*”|[^，；。])+/.exec(text) || [''])[0]).replace(/\.(?: .*)?$/, '');
}

declare global {
  interface HTMLElementTagNameMap { 'duibiao-desk': DuibiaoDeskElement }
}
