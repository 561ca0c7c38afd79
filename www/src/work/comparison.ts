/**
 * Comparison: two reports beside each other, the present one or others from files, drafts and earlier versions, and why
 * the score moved between them: the office module tries that out, exactly as the command does.
 */
import type { Entry, Lang, Report } from '../../../src/wasm.d.ts';
import type { Assessment } from './assessment';
import { toIds } from './entry';
import { readText, readValue, type FileProblem } from './file';
import { readJson } from './json';
import { compareReports, failureOf, isSheet, readSheet, type Compared, type OfficeFailure } from './office';
import type { Desk, Work } from './work';

/** Which of the two: what is compared with, and what is compared; the latter is the present work unless another is chosen. */
export type Which = 'before' | 'after';

/** A report, and where it comes from: `file`, or the name of a draft or version. */
export interface Side {
  readonly source: string;
  readonly name: string;
  readonly report: Report;
  /** Only data came, which was judged here; or a report of another form, whose data was. */
  readonly judged?: 'data' | 'old-form' | 'anew';
  /** What could not be read of it. */
  readonly problems: readonly FileProblem[];
}

/** Why a file is no side. */
export type Refusal =
  | { readonly kind: 'other-standard'; readonly title: string }
  | { readonly kind: 'no-data'; readonly problems: readonly FileProblem[] }
  | { readonly kind: 'drafts' }
  | { readonly kind: 'office'; readonly failure: OfficeFailure };

/** What a comparison came to; neither while it is being made. */
export interface Found {
  readonly pair: readonly [Report, Report];
  readonly compared?: Compared;
  readonly failure?: OfficeFailure;
}

export class Comparison {
  before: Side | undefined;
  after: Side | undefined;
  refused: { readonly name: string; readonly why: Refusal } | undefined;
  reading = '';

  private readonly work: Work;
  private readonly changed: () => void;
  private result: Found | undefined;
  private of: Desk | undefined;

  constructor(work: Work, changed: () => void) {
    this.work = work;
    this.changed = changed;
  }

  /** Sides of another standard are of no use here. */
  attend(): void {
    if (this.of !== this.work.desk) this.clear();
    this.of = this.work.desk;
  }

  /** A file for one side; two are both sides, in their order. */
  async bring(files: readonly File[], which: Which): Promise<void> {
    const places: readonly Which[] = files.length > 1 ? ['before', 'after'] : [which];
    for (const [i, place] of places.entries()) {
      const file = files[i];
      const { desk } = this.work;
      if (file === undefined || desk === undefined) continue;
      this.refused = undefined;
      this.reading = file.name;
      this.changed();
      const read = await this.read(file, desk);
      this.reading = '';
      if ('kind' in read) {
        this.refused = { name: file.name, why: read };
        break;
      }
      this[place] = read;
    }
    this.changed();
  }

  /** A draft or an earlier version. */
  take(which: Which, source: string, name: string, { entry, as_of }: Assessment): void {
    const { desk } = this.work;
    if (desk === undefined) return;
    this.refused = undefined;
    this[which] = { source, name, report: this.judge(desk, entry, as_of), problems: [] };
    this.changed();
  }

  /** The present work in place of another; for the side that is compared with, none. */
  remove(which: Which): void {
    this[which] = undefined;
    this.refused = undefined;
    this.changed();
  }

  swap(): void {
    const { report } = this.work;
    if (this.before === undefined || this.after === undefined || report === undefined) return;
    [this.before, this.after] = [this.after, this.before];
    this.changed();
  }

  /** Judges the data of a report once more, by the standard at hand and on its own day. */
  again(which: Which): void {
    const side = this[which];
    const { desk } = this.work;
    if (side === undefined || desk === undefined) return;
    this[which] = { ...side, report: this.judge(desk, side.report.entry, side.report.as_of), judged: 'anew' };
    this.changed();
  }

  clear(): void {
    [this.before, this.after, this.refused, this.result] = [undefined, undefined, undefined, undefined];
  }

  /** The two reports and what moved between them, which is made when it is first asked for. */
  get found(): Found | undefined {
    const { before, after, work: { report } } = this;
    const now = after === undefined ? report : after.report;
    if (before === undefined || now === undefined) return undefined;
    const pair = [before.report, now] as const;
    if (this.result === undefined || this.result.pair.some((one, i) => one !== pair[i])) {
      this.result = { pair };
      void this.compare(pair, this.work.lang);
    }
    return this.result;
  }

  /** Once more, after it could not be made. */
  retry(): void {
    this.result = undefined;
    this.changed();
  }

  private async compare(pair: readonly [Report, Report], lang: Lang): Promise<void> {
    const { desk } = this.work;
    if (desk === undefined) return;
    let found: Omit<Found, 'pair'>;
    try {
      found = { compared: await compareReports(pair[0], pair[1], lang, [desk.rulebook]) };
    } catch (error) {
      found = { failure: failureOf(error) };
    }
    if (this.result === undefined || this.result.pair !== pair) return;
    this.result = { pair, ...found };
    this.changed();
  }

  private judge({ checker, layout }: Desk, entry: Entry, asOf: string): Report {
    return checker.check(toIds(entry, layout), { as_of: asOf === '' ? this.work.date : asOf, lang: this.work.lang });
  }

  private async read(file: File, desk: Desk): Promise<Side | Refusal> {
    const { name } = file;
    const refuse = (...problems: readonly FileProblem[]): Refusal => ({ kind: 'no-data', problems });
    if (isSheet(name)) {
      try {
        const { entry } = await readSheet(desk.rulebook, file);
        return isBare(entry) ? refuse() : { source: 'file', name, report: this.judge(desk, entry, ''), judged: 'data', problems: [] };
      } catch (error) {
        return { kind: 'office', failure: failureOf(error) };
      }
    }
    const text = await readText(file);
    if (typeof text !== 'string') return refuse(text);
    const read = readJson(text);
    if ('broken' in read) return refuse({ kind: 'broken', broken: read.broken });
    const of = (read.value || {}) as Partial<Report> & { readonly drafts?: unknown };
    if (of.standard !== undefined && of.standard.id !== desk.standard.id) return { kind: 'other-standard', title: of.standard.title || String(of.standard.id) };
    if (Array.isArray(of.drafts)) return { kind: 'drafts' };
    const report = typeof of.schema === 'string' && of.schema.startsWith('duibiao-report/');
    if (isReport(of)) return { source: 'file', name, report: of, problems: [] };
    const { assessment, problems } = readValue(report ? { ...of.entry, as_of: of.as_of } : read.value, desk.standard);
    if (assessment === undefined || isBare(assessment.entry)) return refuse(...problems);
    return {
      source: 'file', name, report: this.judge(desk, assessment.entry, assessment.as_of || ''), judged: report ? 'old-form' : 'data',
      problems: problems.filter(({ kind }) => kind !== 'other-standard'),
    };
  }
}

/** A report as this version writes it, as far as it is shown here; the office module reads the rest. */
function isReport(of: Partial<Report>): of is Report {
  return of.schema === 'duibiao-report/2' && Array.isArray(of.findings) && of.score !== undefined && Array.isArray(of.score.chapters) && of.entry !== undefined && of.standard !== undefined;
}

const isBare = ({ fields = {}, parameters = {}, not_applicable = {} }: Entry): boolean => [fields, parameters, not_applicable].every((part) => Object.keys(part).length === 0);
