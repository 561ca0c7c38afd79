/**
 * The module's boundary: one standard, loaded once, checked many times.
 *
 * Exact decimals travel as strings (`"93"`, `"0.29"`); a value that has no finite
 * decimal form travels as a fraction (`"515/6"`). Dates are `YYYY-MM-DD`.
 * Bad *data* never throws: it is in the report. Misuse and unreadable rulebooks
 * throw an `Error` whose `problems` says what is wrong.
 */

/** A standard, ready to check entries. Call `free()` when it is no longer needed; after that, all it does is throw `freed`. */
export class Checker {
  private constructor();
  /** Reads a rulebook: the bytes of the custom section `duibiao.rulebook`. */
  static load(rulebook: Uint8Array): Checker;
  /** What a form needs: chapters, groups, fields, parameters, indicators. */
  describe(): Standard;
  /** Judges every indicator and explains it in full. The same arguments give the same report everywhere. */
  check(entry: Entry | Fields, options: CheckOptions): Report;
  /** Outcomes and points alone: for lists, maps and simulations. Always those of `check`. */
  judge(entry: Entry | Fields, options: JudgeOptions): Judgement;
  /** Outcomes, points and why, as numbers; names and texts are looked up when they are read. */
  explain(entry: Entry | Fields, options: JudgeOptions): readonly Explained[];
  /** An entry that is edited: each edit tells only what it changed. */
  session(entry: Entry | Fields | undefined, options: JudgeOptions): Session;
  /**
   * Judges many entries: a column for each field, by id, name or label (`id.key` for one value of a list). Numbers come as
   * `Float64Array`, with `NaN` for what is missing; everything else as text, as staff write it.
   * @throws {CheckerError} `unknown-field`, `bad-batch` where columns differ in length, or two are of one field
   */
  check_batch(columns: Readonly<Record<string, Column>>, options: JudgeOptions): Batch;
  free(): void;
}

/** All outcomes; their places are the codes in typed arrays. */
export const OUTCOMES: readonly Outcome[];

export interface JudgeOptions {
  /** The date whose parameter values apply, `YYYY-MM-DD`. */
  as_of: string;
}

export interface Judgement {
  /** One for each indicator, in the order of the standard: a place in `OUTCOMES`. */
  outcomes: Uint8Array;
  /** Points, the nearest binary number, below zero where a penalty takes them away; `NaN` while undecided, and where the indicator does not apply. */
  points: Float64Array;
}

export interface Explained {
  readonly indicator: Indicator;
  readonly outcome: Outcome;
  /** The nearest binary number; absent while undecided, and where the indicator does not apply. */
  readonly points: number | undefined;
  readonly reason: Branch;
}

/** A branch of a condition; each is there, whether it decided or not. */
export interface Branch {
  /** Absent while unknown, and where it does not apply. */
  readonly holds: boolean | undefined;
  readonly not_applicable: boolean;
  /** Whether it decided the outcome. */
  readonly decisive: boolean;
  /**
   * What is compared, and how far it is apart, in the unit of the fact: the nearest binary numbers. Of a date the days since
   * 1970-01-01, of a yes 1 and of a no 0, of a word its number. Exact values are in the report.
   */
  readonly left: number | undefined;
  readonly right: number | undefined;
  readonly gap: number | undefined;
  readonly parts: readonly Branch[];
  /** What the branch is, the same for every entry: kind, operator, place in the rules, and both sides without values. */
  readonly fact: Reason;
}

export interface Session {
  /** Edits a value; text is read the way staff write it. A list takes `id.key`. */
  set(field: string, value: string | number | boolean | null): { changed: readonly Changed[]; unreadable: boolean };
  /** Takes the latest edit back; `undefined` where there is none. */
  undo(): { field: string; value: FieldValue | undefined; changed: readonly Changed[] } | undefined;
  /** Every finding as it stands. */
  findings(): readonly Changed[];
  /** The entry as it stands. */
  readonly entry: Entry;
  /** The report of the entry as it stands. */
  report(options?: { lang?: Lang }): Report;
  free(): void;
}

/** A finding that is no longer what it was. */
export interface Changed {
  indicator: string;
  outcome: Outcome;
  points: number | undefined;
}

export type Column = Float64Array | readonly (string | number | boolean | null | undefined)[];

/** Row by row, the indicators in the order of the standard: the value of a row is at `row * indicators + indicator`. */
export interface Batch {
  rows: number;
  outcomes: Uint8Array;
  points: Float64Array;
}

/** Thrown on misuse and on an unreadable rulebook. */
export interface CheckerError extends Error {
  problems: readonly { code: string; text: string }[];
}

export interface CheckOptions {
  /** The date whose parameter values apply, `YYYY-MM-DD`. */
  as_of: string;
  /** The language of the sentences in the report; `zh` unless given. */
  lang?: Lang;
}

export type Lang = 'zh' | 'en';

/**
 * Entered data. Text is read the way staff write it: full-width digits, `95%`, `1.2万`. Without `fields`, an object that
 * holds anything but the other parts is taken as fields alone, as it is in a file; beside `fields`, unknown names are misuse
 * (`bad-entry`), but for what a data file of the page holds besides.
 */
export interface Entry {
  /** By id, name or label of the field. A list field takes an object by key, or `id.key` entries. */
  fields?: Readonly<Record<string, FieldValue>>;
  /** By id or name of the parameter: the line that the user sets. */
  parameters?: Readonly<Record<string, string | number>>;
  /** By indicator id: the reason why it does not concern this user. */
  not_applicable?: Readonly<Record<string, string>>;
  /** By indicator id: why it is let off, who decided so, and the last day on which that holds. */
  waived?: Readonly<Record<string, { reason: string; by: string; until: string }>>;
}

/** Fields alone, by id, name or label. */
export type Fields = Readonly<Record<string, FieldValue>> & { readonly [part in keyof Entry]?: never };

export type FieldValue = string | number | boolean | null | Readonly<Record<string, string | number | boolean | null>>;

type Recorded = string | boolean | null;

/** An `Entry` as reports record it; `check` takes it as it is. */
export interface RecordedEntry {
  fields: Readonly<Record<string, Recorded | Readonly<Record<string, Recorded>>>>;
  not_applicable: Readonly<Record<string, string>>;
  parameters: Readonly<Record<string, string>>;
  waived: Readonly<Record<string, { by: string; reason: string; until: string }>>;
}

export interface Standard {
  id: string;
  title: string;
  version: string;
  /** SHA-256 and SM3 of the rulebook's bytes: `sha256:… sm3:…`. */
  digest: string;
  /** Shown wherever the standard is: what it is and what it is not. */
  notice: string;
  document: string;
  issuer: string;
  chapters: readonly Chapter[];
  phases: readonly Phase[];
  groups: readonly Group[];
  fields: readonly Field[];
  parameters: readonly Parameter[];
  indicators: readonly Indicator[];
}

export interface Chapter { id: string; title: string; clause: string }

/** A phase of the work; both days belong to it. */
export interface Phase { id: string; title: string; from: string; to: string; task: string }

export interface Group { id: string; title: string; chapter: string }

export type FieldType = 'number' | 'count' | 'percent' | 'yes-no' | 'choice' | 'date' | 'text';

export interface Field {
  id: string;
  /** Short name, as rules write it. */
  name: string;
  label: string;
  type: FieldType;
  /** Empty where the value has none. */
  unit: string;
  min?: string;
  max?: string;
  help: string;
  group: string;
  department: string;
  /** Evidence wanted: 台账、佐证材料. */
  evidence: string;
  /** A list field has one value per key, for instance per district; empty otherwise. */
  keys: readonly string[];
  choices: readonly string[];
  /** A fact that nobody changes in order to pass, for instance a total; never part of a fix. */
  given: boolean;
  /** Entered for the record; no rule reads it. */
  record: boolean;
}

export interface Parameter {
  id: string;
  label: string;
  unit: string;
  /** One of these words, where the parameter is not a number. */
  choices: readonly string[];
  note: string;
  /** By effective date, oldest first. Empty: not set, the user sets it. */
  values: readonly ParameterValue[];
}

export interface ParameterValue extends Source { value: string }

export type Confidence = 'plan' | 'official' | 'published elsewhere' | 'recalled';

/** Where a threshold comes from, and from when to when it holds. */
export interface Source {
  from: string;
  to?: string;
  source: string;
  clause?: string;
  url?: string;
  confidence: Confidence;
}

export interface Indicator {
  id: string;
  title: string;
  chapter: string;
  group: string;
  /** Clause of the governing document, and its words. */
  clause: string;
  quote: string;
  department: string;
  /** Full points. */
  points: string;
  /** `bonus` and `penalty` count beside the full marks. */
  kind: 'base' | 'bonus' | 'penalty';
  /** What its failing means for the whole: `fail`, `gate`, or the best grade that is left. */
  veto?: string;
  /** Id of the phase in which it is due, and the last day on which it is in time. */
  phase?: string;
  deadline?: string;
  /** Evidence wanted. */
  evidence: string;
  /** The formula in words. */
  formula: string;
  /** Ids of the fields and parameters it reads. */
  fields: readonly string[];
  parameters: readonly string[];
  /** What to do when it fails; `${id}` stands for a value, which a report fills in. */
  advice: string;
  note: string;
}

/** What is known about one indicator. */
export type Outcome = 'met' | 'partial' | 'unmet' | 'missing' | 'pending' | 'invalid' | 'not_applicable' | 'waived';

/** A pure function of rulebook, entry, as-of date and language. */
export interface Report {
  schema: 'duibiao-report/2';
  /** The program that made it, with its version. */
  engine: string;
  standard: { id: string; title: string; version: string; digest: string; notice: string };
  as_of: string;
  lang: Lang;
  /**
   * What was entered, numbers as texts, names by their UTF-16 units (RFC 8785). Whoever has the report
   * and the standard can check it again: `check(report.entry, report)` gives the same report.
   */
  entry: RecordedEntry;
  /** SHA-256 and SM3 of `entry` as JSON by RFC 8785: `sha256:… sm3:…`. */
  entry_digest: string;
  findings: readonly Finding[];
  score: Score;
  /** What is wrong or doubtful in the entered data, each with its place. */
  data: readonly DataProblem[];
  /** Parameters with values of which none holds on this date, and which the user did not set. */
  out_of_force?: readonly OutOfForce[];
}

/** A parameter that has values, but not on the date of the check: the last day of those before, the first of those to come. */
export interface OutOfForce { parameter: string; until?: string; from?: string }

/**
 * Points, as exact decimals or fractions, by the standard's scheme. Decisions are made on exact bounds; a sum that would be longer than
 * 400 characters is told rounded to nine places, and the same at both ends where nothing else is open.
 *
 * Whatever is entered later lies between the ends. They are reached where what is open can be won and lost in full, and one indicator's data
 * decides no other; not where a value decides two of them, or where even the lowest of some bands gives points.
 */
export interface Score {
  /** Points that are certain. */
  low: string;
  /** Points if everything undecided turns out met. */
  high: string;
  /** Full marks. */
  full: string;
  /** One for each chapter, before they are weighed and scaled. */
  chapters: readonly ChapterScore[];
  bonus?: Extra;
  /** Points taken away, above zero; those of a finding are below. */
  penalty?: Extra;
  /**
   * Where the score stands to the line that passes. `line` is absent while it is not set, `holds` while open. `set` is the line for the whole
   * full marks, where what does not apply is left out of these and of the line in proportion; grades go with it.
   */
  pass?: { line?: string; set?: string; holds?: boolean };
  /** Indicators with a veto that have failed, or may yet (`triggered` is absent). */
  vetoes?: readonly { indicator: string; kind: 'fail' | 'gate' | 'cap'; grade?: string; triggered?: boolean }[];
  /** The grade at both ends; absent where none is reached. */
  grade?: { low?: string; high?: string };
  /** Whether score, floors and vetoes allow to pass; absent while open, and where the scheme has no line. */
  passes?: boolean;
  /** Ids of the scheme's parameters that are not set. */
  pending?: readonly string[];
  /** What is not known and keeps the score open, what narrows it most first; ten at most. */
  narrowing?: readonly Narrowing[];
  /** The indicators that could win points or lift something, in the order in which to put them right. */
  fix_first?: readonly FixFirst[];
}

/**
 * A field or a parameter that is not known, and how many points narrower the score is with it: at least (by what waits for
 * nothing else) and at most (by all that waits for it). Ordered by points, those of each indicator in equal parts for all
 * that it waits for.
 */
export interface Narrowing extends PointRange {
  /** `id.key` for one value of a list. */
  field?: string;
  parameter?: string;
  label: string;
  /** Ids of those that wait for it. */
  indicators: readonly string[];
}

/**
 * By how many points the ends of the score rise, after weights, scaling and caps, if one indicator is met in full, and what it
 * lifts: its own veto, its chapter's floor, the line to pass or that of a better grade. First what bars from passing, then
 * what limits the grade, then points, then the smaller change.
 */
export interface FixFirst extends PointRange {
  indicator: string;
  lifts?: readonly ('fail' | 'gate' | 'cap' | 'floor' | 'pass' | 'grade')[];
}

export interface PointRange { low: string; high: string }

/** What counts of bonus or penalty; `cap` is absent where there is none or it is not set, `sum` where all of it counts. */
export interface Extra extends PointRange { cap?: string; sum?: PointRange }

export interface ChapterScore extends PointRange {
  chapter: string;
  /** Full points of what applies. */
  full: string;
  /** Its share of the full marks, in %, before what does not apply is left out or scaled. */
  weight?: string;
  /** Whether it reaches its floor, and the points of that. */
  floor?: boolean;
  floor_line?: string;
  /** It has certainly lost more than the scheme warns of. */
  warned?: boolean;
}

export interface Finding {
  indicator: string;
  title: string;
  chapter: string;
  outcome: Outcome;
  /** Absent while undecided, and where the indicator does not apply. Those of a penalty are below zero, here and everywhere. */
  points?: string;
  /** Decided only because something is not filled in: the score counts it as open. */
  open?: true;
  of: string;
  /** Where its points are not among the full marks. */
  kind?: 'bonus' | 'penalty';
  /** Last day on which it is in time; `overdue` when that is past and it is not met. */
  deadline?: string;
  overdue?: boolean;
  /** Why, by whom and until when it is let off; `expired` when that day is past and it is judged again. */
  waiver?: { reason: string; by: string; until: string; expired?: boolean };
  /** Fields that would decide it: ids, `id.key` for one value of a list. */
  missing: readonly string[];
  /** Parameters that are not set. */
  pending: readonly string[];
  /** Absent where the indicator does not apply. */
  reason?: Reason;
  /** How the points came about, where they are not all or nothing. */
  scored?: Term;
  /** Alternatives, the most advisable first; each alone passes. */
  fixes: readonly Fix[];
  advice: string;
  /** The finding in one paragraph. */
  text: string;
}

/** One change that passes; `also` lists the further changes it needs. */
export interface Fix extends Change { also?: readonly Change[] }

export interface Change { field: string; label: string; from?: string; to: string; unit: string }

export type DataCode =
  | 'unknown-field' | 'unknown-parameter' | 'unknown-indicator' | 'unreadable' | 'ambiguous'
  | 'not-whole' | 'below-limit' | 'above-limit' | 'not-a-choice' | 'no-reason' | 'no-waiver' | 'duplicate' | 'data-check';

export interface DataProblem {
  code: DataCode;
  severity: 'error' | 'warning';
  /** Ids; for an unknown name the name as given. */
  fields: readonly string[];
  given: string;
  text: string;
}

/** Why, as facts. `holds` is absent while unknown; `decisive` marks what decided the outcome. */
export type Reason = Comparison | Truth | Combination;

interface Judged {
  holds?: boolean;
  /** The branch has no meaning here (its denominator is zero by policy). */
  not_applicable?: boolean;
  decisive: boolean;
  /** What is asked is that it does not hold: an odd number of `not` and `none` stand above it. */
  negated?: true;
  /** Place in the rule files: `3-sanitation/sweeping.rhai:21:17`. */
  at: string;
}

export interface Comparison extends Judged {
  kind: 'compare';
  op: '>=' | '>' | '<=' | '<' | '==' | '!=';
  left: Term;
  right: Term;
  /** How far the left is from the line: what is lacking when it fails, what is to spare when it holds. */
  gap?: string;
  gap_unit?: string;
}

/** A yes-no value that must be yes, or no where it is `negated`. */
export interface Truth extends Judged { kind: 'truth'; term: Term }

export interface Combination extends Judged {
  kind: 'all' | 'any' | 'none' | 'at_least' | 'not' | 'when';
  /** With `at_least`: how many must hold. */
  n?: number;
  parts: readonly Reason[];
}

/** A value and how it came about. */
export interface Term {
  /** Exact; `yes`/`no`, a date or a word where it is no number. */
  value?: string;
  /** The value as shown, with enough digits to tell it from the line. */
  shown?: string;
  unit: string;
  /** Why there is no value. */
  unknown?: 'missing' | 'pending' | 'invalid' | 'not_applicable';
  field?: string;
  parameter?: string;
  /** Label of the field or parameter. */
  label?: string;
  /** Where the parameter's value comes from; `set_by_user` where the user gave it. */
  source?: Source;
  set_by_user?: boolean;
  /** How the value was computed from `terms`; `filled`: whether the field is filled in. */
  op?: string;
  terms?: readonly Term[];
  /** The condition by which it was chosen, with `when`. */
  because?: Reason;
}
