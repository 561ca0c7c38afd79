/** `<duibiao-check>`, registered nowhere; `duibiao/define` registers it. Attributes, events, parts and colours: `custom-elements.json`. */
import type { Entry, Fields, Outcome, RecordedEntry, Report } from './wasm.js';
import type { OpenError } from './index.js';

export type * from './wasm.js';

export class DuibiaoCheckElement extends HTMLElement {
  static readonly formAssociated: true;
  /** The version of the package. */
  static readonly version: string;
  /** Address of a standard: a `.wasm`, or a `.js` that a script tag of the page brings. */
  src: string | URL | null;
  /** The date whose lines apply, `YYYY-MM-DD`; today where null. */
  asOf: string | null;
  /** `en` for English; Chinese otherwise, empty where it was not set. */
  lang: string;
  /** `light` (also where null), `dark`, or `auto` to follow the system. */
  scheme: string | null;
  /** Under which name this browser keeps the data; `none` keeps nothing. */
  draft: string | null;
  readonly: boolean;
  disabled: boolean;
  required: boolean;
  /** Under which name the value goes along with the form. */
  name: string;
  /** Address of a data file that the user may fill in. */
  example: string | null;
  /** Address of a data file to begin with. */
  data: string | null;
  /** The chapter whose form is open at first. */
  chapter: string | null;
  /** The chapters shown alone, by id, with blanks between. */
  onlyChapter: string | null;
  /** The department whose part is shown alone. */
  department: string | null;
  /** A rulebook in place of `src`. */
  rulebook: Uint8Array | null;
  /** The entered data, names of fields as ids. Fields alone can be set too. */
  get entry(): Entry;
  set entry(entry: Entry | Fields);
  /** The report of the present state; undefined until the standard is open. */
  readonly report: Report | undefined;
  /** What goes along with the form; null until the standard is open, and while an entry of the page is refused. */
  readonly value: Value | null;
  readonly type: 'duibiao-check';
  readonly form: HTMLFormElement | null;
  readonly validity: ValidityState | undefined;
  readonly validationMessage: string;
  readonly willValidate: boolean;
  checkValidity(): boolean;
  reportValidity(): boolean;
  /** Brings a group into sight; whether there is such a group. */
  reveal(group: string): boolean;
  /** Removes what this browser keeps under the draft, and what is shown with its undo; then it begins anew with `data`. */
  clear(): Promise<void>;
  /** When what was set is on the screen. */
  readonly updateComplete: Promise<boolean>;
}

/** The value in a form: what was entered, and what came of it in short. `entry` is a data file as the command reads it. */
export interface Value {
  schema: 'duibiao-value/1';
  standard: { id: string; version: string; digest: string };
  engine: string;
  as_of: string;
  entry: RecordedEntry;
  entry_digest: string;
  /** Those with none are left out. */
  outcomes: Partial<Record<Outcome, number>>;
  score: { low: string; high: string; full: string };
  /** Absent while open. */
  passes?: boolean;
  notice: string;
}

/** After every check. All events bubble and cross shadow roots. */
export class ReportEvent extends Event {
  static readonly type: 'duibiao-report';
  constructor(report: Report);
  readonly report: Report;
}

/** After every change by the user. */
export class EntryEvent extends Event {
  static readonly type: 'duibiao-input';
  constructor(entry: Entry);
  readonly entry: Entry;
}

/** When the standard cannot be opened, what is to be shown alone is not in it, or an entry that the page sets is none. */
export class FailureEvent extends Event {
  static readonly type: 'duibiao-error';
  constructor(error: OpenError);
  readonly error: OpenError;
}

interface DuibiaoEvents {
  'duibiao-report': ReportEvent;
  'duibiao-input': EntryEvent;
  'duibiao-error': FailureEvent;
  /** Of an iframe, by `duibiao-frame.js`, where the framed page lets this page hear it. */
  'duibiao-value': CustomEvent<Value>;
}

declare global {
  interface HTMLElementTagNameMap { 'duibiao-check': DuibiaoCheckElement }
  interface HTMLElementEventMap extends DuibiaoEvents {}
  interface DocumentEventMap extends DuibiaoEvents {}
  interface WindowEventMap extends DuibiaoEvents {}
  interface Window {
    /** By `duibiao-check.js`. */
    duibiao?: { readonly version: string; checkersAlive(): number };
    /** By `duibiao-frame.js`: takes charge of iframes that were added later. */
    duibiaoFrames?: () => void;
  }
}
