/**
 * `<duibiao-check>` as portals have it: besides what it shows, it is a member of the host's form, begins with the host's data
 * file, can show a part alone, and gives its checker back when it is gone.
 */
import type { PropertyValues, TemplateResult } from 'lit';
import type { Entry, Report, Standard } from '../../../src/wasm.d.ts';
import { atFirst, DuibiaoCheckElement } from '../check/check-element';
import type { View } from '../check/view';
import { failure } from '../check/view-head';
import { OpenError } from '../work/engine';
import { isEmpty, toIds } from '../work/entry';
import { readData } from '../work/file';
import { reportOf, scopeOf, standardOf, type Scope } from '../work/scope';
import { wordsFor } from '../words/wording';
import { Membership, type Lack } from './membership';
import { valueOf, type Value } from './value';

/**
 * @attr data - address of a data file to begin with, where the user has kept nothing
 * @attr name - under which the value goes along with the form of the host
 * @attr required - holds the form back while nothing is entered, or something cannot be read
 * @attr disabled - takes no entries, and sends none
 * @attr only-chapter - ids of the chapters that are shown alone, with blanks between; the report stays that of the whole
 * @attr department - the department whose indicators and fields are shown alone
 * @prop value - what goes along with the form: entry and outcomes in short
 */
export class PortalCheckElement extends DuibiaoCheckElement {
  static readonly formAssociated = true;
  static override properties = {
    ...DuibiaoCheckElement.properties,
    data: {},
    name: { reflect: true },
    required: { type: Boolean, reflect: true },
    disabled: { type: Boolean, reflect: true },
    onlyChapter: { attribute: 'only-chapter' },
    department: {},
  };

  declare data: string | null;
  declare name: string;
  declare required: boolean;
  declare disabled: boolean;
  declare onlyChapter: string | null;
  declare department: string | null;

  readonly type = 'duibiao-check';
  private readonly membership = new Membership(this);
  /** Disabled by a fieldset or a form around, which is no attribute of ours. */
  private barred = false;
  /** What a reset of the form goes back to. */
  private first: Entry = {};
  private filled: string | null = null;
  private worth: { readonly report: Report; readonly value: Value } | undefined;
  private portion: { readonly key: readonly unknown[]; readonly standard: Standard | undefined } | undefined;

  constructor() {
    super();
    this.data = null;
    this.name = '';
    this.required = false;
    this.disabled = false;
    this.onlyChapter = null;
    this.department = null;
  }

  override get entry(): Entry { return super.entry; }
  override set entry(entry: Entry) {
    // Frameworks set what they do not have yet.
    if (typeof entry !== 'object' || entry === null) return;
    this.first = entry;
    super.entry = entry;
  }

  /** What goes along with the form; null until the standard is open. */
  get value(): Value | null {
    const { report } = this;
    if (report === undefined) return null;
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

  override connectedCallback(): void {
    super.connectedCallback();
    // It was away, and gave its checker back.
    if (this.own && this.hasUpdated && this.work.desk === undefined && this.work.failure === undefined) this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
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
    void this.begin();
    this.membership.take(this.name, () => (this.disabled || this.barred ? null : this.value));
    this.membership.hold(this.willValidate ? this.lack() : undefined);
  }

  /** Fills in the host's data file, where nothing is entered or kept. */
  private async begin(): Promise<void> {
    const { data, work } = this;
    const { desk } = work;
    if (desk === undefined || data === null || data === this.filled) return;
    this.filled = data;
    if (!isEmpty(work.entry) || work.canUndo) return;
    const words = wordsFor(work.lang);
    try {
      const response = await fetch(new URL(data, document.baseURI).href);
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      const { assessment, problems } = readData(await response.text(), desk.standard);
      // Who began to type in the meantime is not interrupted.
      if (assessment !== undefined && assessment.entry !== undefined && isEmpty(work.entry) && !work.canUndo) this.entry = assessment.entry;
      if (problems.length > 0) work.tell({ tone: 'error', text: words.dataDoubtful, problems, canUndo: false });
    } catch (error) {
      work.tell({ tone: 'error', text: `${words.dataFailed}（${String(error)}）`, problems: [], canUndo: false });
    }
  }

  /** What keeps a form that requires it from going: nothing entered, or figures that cannot be read. */
  private lack(): Lack | undefined {
    const { report } = this;
    const words = wordsFor(this.work.lang);
    const place = (): HTMLElement | undefined => this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"], input:not([type="file"]), select, button') || undefined;
    if (report === undefined) return { flags: { customError: true }, message: words.loading, place: undefined };
    if (isEmpty(this.entry)) return { flags: { valueMissing: true }, message: words.nothingEntered, place: place() };
    const [bad] = report.data.filter(({ severity }) => severity === 'error');
    return bad === undefined ? undefined : { flags: { badInput: true }, message: bad.text, place: place() };
  }

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
    return view === undefined || standard === undefined ? undefined : { ...view, standard, report: reportOf(view.report, standard, this.scope) };
  }

  protected override render(): TemplateResult {
    if (this.work.desk !== undefined && this.shown() === undefined) {
      return failure(new OpenError('no-part', [this.onlyChapter, this.department].filter((one) => one !== null && one !== '').join(' · ')), this.work.lang);
    }
    return super.render();
  }
}
