/**
 * `<duibiao-check>` as portals have it: besides what it shows, it is a member of the host's form, begins with the host's data
 * file, can show a part alone, and gives its checker back when it is gone.
 */
import type { PropertyValues, TemplateResult } from 'lit';
import type { Entry, Report, Standard } from '../../../src/wasm.d.ts';
import { atFirst, DuibiaoCheckElement } from '../check/check-element';
import { FailureEvent } from '../check/events';
import { focusOn, placeOf, shownOf } from '../check/places';
import type { View } from '../check/view';
import { failure } from '../check/view-head';
import { OpenError } from '../work/engine';
import { chapterOf, isEmpty, misshapen, sameEntry, splitPath, toIds } from '../work/entry';
import { readAt } from '../work/file';
import { isWhole, reportOf, scopeOf, standardOf, type Scope } from '../work/scope';
import { wordsFor } from '../words/wording';
import { version } from './version';
import { Membership, type Lack } from './membership';
import { valueOf, type Value } from './value';

/** The inputs of the form, first to last. */
const PLACES = '.chapter-body [data-path]';

/** Whether the part has the field or the parameter of a place. */
function showsOf({ fields, parameters }: Standard): (path: string) => boolean {
  const ids = new Set([...fields, ...parameters].map(({ id }) => id));
  return (path) => ids.has(splitPath(path)[0]);
}

/**
 * @attr data - address of a data file to begin with; where the user has kept other data, that is shown, said, and a click away from this
 * @attr name - under which the value goes along with the form of the host
 * @attr required - holds the form back while nothing is entered, or something that is shown cannot be read
 * @attr disabled - takes no entries, and sends none
 * @attr only-chapter - ids of the chapters that are shown alone, with blanks between; the report stays that of the whole
 * @attr department - the department whose indicators and fields are shown alone
 * @prop value - what goes along with the form: entry and outcomes in short
 */
export class PortalCheckElement extends DuibiaoCheckElement {
  static readonly formAssociated = true;
  static readonly version = version;
  static override properties = {
    ...DuibiaoCheckElement.properties,
    data: {},
    // No attribute where it has none.
    name: { reflect: true, converter: { fromAttribute: (text: string | null) => text || '', toAttribute: (name: unknown) => name || null } },
    scheme: { reflect: true },
    required: { type: Boolean, reflect: true },
    disabled: { type: Boolean, reflect: true },
    onlyChapter: { attribute: 'only-chapter' },
    department: {},
  };

  declare data: string | null;
  declare name: string;
  declare scheme: string | null;
  declare required: boolean;
  declare disabled: boolean;
  declare onlyChapter: string | null;
  declare department: string | null;

  readonly type = 'duibiao-check';
  private readonly membership = new Membership(this);
  /** Disabled by a fieldset or a form around, which is no attribute of ours. */
  private barred = false;
  /** What a reset of the form goes back to: what the host set, else its data file. */
  private first: Entry = {};
  private hosted = false;
  private filled: readonly unknown[] = [];
  /** What the browser brought back, until it can be filled in. */
  private restored: { readonly standard: string; readonly entry: Entry } | undefined;
  /** Whose part was told to be lacking. */
  private lacked: unknown;
  private worth: { readonly report: Report; readonly value: Value } | undefined;
  private portion: { readonly key: readonly unknown[]; readonly standard: Standard | undefined } | undefined;

  constructor() {
    super();
    this.data = null;
    this.name = '';
    this.scheme = null;
    this.required = false;
    this.disabled = false;
    this.onlyChapter = null;
    this.department = null;
  }

  override get entry(): Entry { return super.entry; }
  override set entry(entry: Entry) {
    // Frameworks set what they do not have yet.
    if (entry === undefined || entry === null) return;
    const { desk } = this.work;
    // What is there already is no beginning: a host that sets every entry that it hears of would take the way back.
    if (misshapen(entry) === undefined && (desk === undefined || !sameEntry(toIds(entry, desk.layout), this.entry))) {
      this.first = entry;
      this.hosted = true;
    }
    super.entry = entry;
  }

  /** What goes along with the form; null until the standard is open, and while an entry of the host is refused. */
  get value(): Value | null {
    const { report } = this;
    // What is shown is not what the host wanted to be sent.
    if (report === undefined || this.work.refused !== undefined) return null;
    if (this.worth === undefined || this.worth.report !== report) this.worth = { report, value: valueOf(report) };
    return this.worth.value;
  }

  get form(): HTMLFormElement | null { return this.membership.form; }
  get validity(): ValidityState | undefined { return this.membership.validity; }
  get validationMessage(): string { return this.membership.validationMessage; }
  get willValidate(): boolean { return this.required && !this.disabled && !this.barred && !this.readonly; }
  checkValidity(): boolean { return this.membership.checkValidity(); }
  reportValidity(): boolean { return this.membership.reportValidity(); }

  formDisabledCallback(disabled: boolean): void {
    this.barred = disabled;
    this.requestUpdate();
  }

  /** Back to what the host began with; one step that can be undone. */
  formResetCallback(): void {
    const { desk } = this.work;
    if (desk !== undefined) this.work.commitEntry(toIds(this.first, desk.layout), '');
  }

  /** What was entered when the user left the page; where a draft is kept, that comes before it. */
  formStateRestoreCallback(state: unknown): void {
    try {
      const { standard, entry } = JSON.parse(String(state)) as { standard?: unknown; entry?: unknown };
      if (misshapen(entry) === undefined) this.restored = { standard: String(standard), entry: entry as Entry };
    } catch { /* of another version */ }
    void this.begin();
  }

  /** What this browser keeps under the draft is removed, and what is shown with its undo; then it begins anew. For when the next user comes. */
  async clear(): Promise<void> {
    // The draft is named after the standard, which may not be open yet, or any more. Showing and taking away end an opening.
    const isOpen = (): boolean => this.work.desk !== undefined;
    if (!isOpen()) do await this.load(); while (!isOpen() && this.work.failure === undefined);
    if (!isOpen()) throw this.work.failure;
    await this.work.wipe();
    if (!this.isConnected) this.work.rest();
    this.first = {};
    this.hosted = false;
    this.filled = [];
    await this.begin();
  }

  /** To the first input of the form. */
  override focus(options?: FocusOptions): void {
    const place = this.renderRoot.querySelector<HTMLElement>(PLACES) || this.renderRoot.querySelector<HTMLElement>('.chapter-head');
    if (place !== null) place.focus(options);
  }

  protected override dropGiven(): void {
    super.dropGiven();
    this.first = {};
    this.hosted = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('invalid', this.lead);
    // It was away, and gave its checker back.
    if (this.own && this.hasUpdated && this.work.desk === undefined && this.work.failure === undefined) void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('invalid', this.lead);
    // Not while it is only moved.
    window.setTimeout(() => { if (!this.isConnected && this.own) this.work.rest(); });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.disabled || this.barred) this.work.readonly = true;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const { desk } = this.work;
    if (desk !== undefined && (changed.has('onlyChapter') || changed.has('department'))) atFirst(this.partOf(desk.standard), this.chapter).forEach((id) => this.unfold(id));
    this.tellPart();
    void this.begin();
    this.membership.take(this.name, () => (this.disabled || this.barred ? null : this.value), () => this.state);
    this.membership.hold(this.willValidate ? this.lack() : undefined);
  }

  /** What the browser is to bring back when the user comes back to the page. */
  private get state(): string | null {
    const { desk } = this.work;
    return desk === undefined || isEmpty(this.entry) ? null : JSON.stringify({ standard: desk.standard.id, entry: this.entry });
  }

  /** Says, once, that the standard has no such part. */
  private tellPart(): void {
    const lacks = this.work.desk !== undefined && this.shown() === undefined && this.portion !== undefined;
    const key = lacks && this.portion !== undefined ? this.portion.key : undefined;
    if (key !== undefined && key !== this.lacked) this.dispatchEvent(new FailureEvent(this.noPart()));
    this.lacked = key;
  }

  private noPart(): OpenError {
    return new OpenError('no-part', [this.onlyChapter, this.department].filter((one) => one !== null && one !== '').join(' · '));
  }

  /** Fills in what the browser brought back, and the host's data file, where nothing is entered or kept. */
  private async begin(): Promise<void> {
    const { data, work, restored } = this;
    const { desk } = work;
    if (desk === undefined) return;
    const untouched = (): boolean => isEmpty(work.entry) && !work.canUndo;
    if (restored !== undefined) {
      this.restored = undefined;
      if (restored.standard === desk.standard.id && untouched()) work.commitEntry(toIds(restored.entry, desk.layout), '');
    }
    const key = [data, desk.standard.id];
    if (data === null || key.every((one, i) => one === this.filled[i])) return;
    this.filled = key;
    const kept = !isEmpty(work.entry) && !work.canUndo && !this.hosted;
    const words = wordsFor(work.lang);
    try {
      const { assessment, problems } = await readAt(data, desk.standard);
      if (work.desk !== desk || this.data !== data) return;
      if (assessment !== undefined) {
        const given = toIds(assessment.entry, desk.layout);
        if (!this.hosted) this.first = given;
        // Who began to type in the meantime is not interrupted.
        if (untouched()) work.give(given);
        else if (kept && !sameEntry(given, work.entry)) this.offer(given);
      }
      if (problems.length > 0) work.tell({ tone: 'error', text: words.dataDoubtful, problems, canUndo: false });
    } catch (error) {
      work.tell({ tone: 'error', text: `${words.dataFailed}（${String(error)}）`, problems: [], canUndo: false });
    }
  }

  /** What is shown was kept on this computer, perhaps by somebody else: the host's data is a click away. */
  private offer(given: Entry): void {
    const { work } = this;
    const words = wordsFor(work.lang);
    const run = (): void => work.commitEntry(given, '', { tone: 'info', text: words.givenTaken, problems: [], canUndo: true });
    work.tell({ tone: 'info', text: words.keptNotGiven, problems: [], canUndo: false, ...(work.readonly ? {} : { ways: [{ word: words.takeGiven, run }] }) });
  }

  /** What keeps a form that requires it from going: nothing entered, or figures among those shown that cannot be read. */
  private lack(): Lack | undefined {
    const { report, work } = this;
    const { desk } = work;
    const words = wordsFor(work.lang);
    const part = this.shown();
    if (desk === undefined || report === undefined || part === undefined) {
      const code = desk !== undefined ? 'no-part' : work.failure === undefined ? undefined : work.failure.code;
      return { flags: { customError: true }, message: code === undefined ? words.loading : words.open_error[code], place: undefined };
    }
    if (work.refused !== undefined) return { flags: { customError: true }, message: words.open_error['bad-entry'], place: this.placeFor(undefined) };
    if (isEmpty(this.entry)) return { flags: { valueMissing: true }, message: words.nothingEntered, place: this.placeFor(undefined) };
    const shows = showsOf(part);
    for (const { severity, fields, text } of report.data) {
      const path = severity === 'error' ? fields.find(shows) : undefined;
      if (path !== undefined) return { flags: { badInput: true }, message: text, place: this.placeFor(desk.layout.fields.has(splitPath(path)[0]) ? path : `parameter:${path}`) };
    }
    return undefined;
  }

  /** Where to lead the user: the input, or the head of the chapter that holds it while that is folded. */
  private placeFor(path: string | undefined): HTMLElement | undefined {
    const { desk } = this.work;
    const place = path === undefined ? this.renderRoot.querySelector<HTMLElement>(PLACES) || undefined : placeOf(path, this.renderRoot);
    if (place !== undefined) return place;
    const chapter = path === undefined || desk === undefined ? undefined : chapterOf(path, desk.layout);
    const head = chapter === undefined ? null : this.find(`c-${chapter}`);
    return (head || this.renderRoot).querySelector<HTMLElement>('.chapter-head') || undefined;
  }

  /** The form of the host was held back: the chapter is unfolded, and the focus goes on from its head to the input. */
  private readonly lead = (): void => {
    const held = this.lack();
    if (held === undefined || held.place === undefined || !held.place.classList.contains('chapter-head')) return;
    const { place } = held;
    if (place.getAttribute('aria-expanded') === 'false') place.click();
    void this.updateComplete.then(() => {
      const now = this.lack();
      if (now !== undefined && now.place !== undefined && this.shadowRoot !== null && this.shadowRoot.activeElement === place) focusOn(now.place, 'center');
    });
  };

  private get scope(): Scope { return scopeOf(this.onlyChapter, this.department); }

  /** The part that is shown alone; undefined where the standard has none such. */
  private shown(): Standard | undefined {
    const { desk } = this.work;
    if (desk === undefined) return undefined;
    const key = [desk.standard, this.onlyChapter, this.department];
    if (this.portion === undefined || key.some((one, i) => one !== (this.portion && this.portion.key[i]))) {
      this.portion = { key, standard: standardOf(desk.standard, this.scope, desk.layout) };
    }
    return this.portion.standard;
  }

  protected override partOf(standard: Standard): Standard { return this.shown() || standard; }

  protected override view(): View | undefined {
    const view = super.view();
    const standard = this.shown();
    if (view === undefined || standard === undefined) return undefined;
    return { ...view, standard, report: reportOf(view.report, standard, this.scope), problems: isWhole(this.scope) ? view.problems : shownOf(view.problems, showsOf(standard)) };
  }

  protected override render(): TemplateResult {
    if (this.work.desk !== undefined && this.shown() === undefined) {
      return failure(this.noPart(), this.work.lang);
    }
    return super.render();
  }
}
