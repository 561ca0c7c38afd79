/**
 * An assessment: all that staff write about one self-check of one standard. The checker judges its entry;
 * evidence, notes and tasks are for people, they follow the indicators and never change a verdict.
 */
import type { Entry } from '../../../src/wasm.d.ts';
import { isEmpty as isEmptyEntry } from './entry';

export interface Assessment {
  readonly entry: Entry;
  /** 台账, by indicator. */
  readonly evidence: Readonly<Record<string, readonly Evidence[]>>;
  /** By indicator. */
  readonly notes: Readonly<Record<string, string>>;
  /** 整改: how what falls short is put right, by indicator. */
  readonly tasks: Readonly<Record<string, Task>>;
  /** The as-of date that staff chose, `YYYY-MM-DD`; empty where they left it. */
  readonly as_of: string;
}

/** A document that shows that a figure is true. The document itself stays where it is. */
export interface Evidence {
  readonly name: string;
  /** 文号 or 编号. */
  readonly number: string;
  /** `YYYY-MM-DD`, or as staff wrote it. */
  readonly date: string;
  readonly pages: string;
  /** Of the file's bytes: `sha256:… sm3:…`; empty where no file was looked at. */
  readonly digest: string;
  /** Name of that file. */
  readonly file: string;
}

/** A line of the 整改清单. Everything is text as staff wrote it; dates are `YYYY-MM-DD`. */
export interface Task {
  /** 责任单位; the indicator's department where empty. */
  readonly department: string;
  /** 责任人. */
  readonly person: string;
  /** 整改时限. */
  readonly due: string;
  /** 整改措施. */
  readonly measure: string;
  /** 进展. */
  readonly progress: string;
  /** 销号: the day on which it was closed; empty while open. */
  readonly closed: string;
  /** 问题, as it was when the line was begun: once it is put right the report no longer tells it. */
  readonly problem?: string;
}

export const blank: Assessment = { entry: {}, evidence: {}, notes: {}, tasks: {}, as_of: '' };

/** An assessment from what was kept or read: parts that are lacking are empty. */
export function whole(parts: Partial<Assessment>): Assessment {
  return { ...blank, ...parts };
}

export function isEmpty({ entry, evidence, notes, tasks }: Assessment): boolean {
  return isEmptyEntry(entry) && [evidence, notes, tasks].every((part) => Object.keys(part).length === 0);
}

/** How many single values differ between two states: figures, lines, reasons, and what is written for people. */
export function differences(a: Assessment, b: Assessment): number {
  const records = ({ entry, evidence, notes, tasks }: Assessment): readonly object[] =>
    [entry.fields || {}, entry.parameters || {}, entry.not_applicable || {}, entry.waived || {}, evidence, notes, tasks];
  const others = records(b);
  return records(a).reduce((sum, one, i) => sum + apart(one, others[i] || {}, i === 0), a.as_of === b.as_of ? 0 : 1);
}

/** Lists of a field count by their values, everything else as a whole. */
function apart(a: object, b: object, deep: boolean): number {
  if (a === b) return 0;
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return Array.from(new Set([...Object.keys(a), ...Object.keys(b)])).reduce((sum, key) => {
    const [x, y] = [one[key], other[key]];
    if (x === y) return sum;
    const lists = deep && [x, y].every((value) => value === undefined || (typeof value === 'object' && value !== null));
    if (lists) return sum + apart((x || {}) as object, (y || {}) as object, false);
    return sum + (JSON.stringify(x) === JSON.stringify(y) ? 0 : 1);
  }, 0);
}

/** How much there is: what differs from nothing. */
export function amountOf(assessment: Assessment): number {
  return differences(assessment, blank);
}
