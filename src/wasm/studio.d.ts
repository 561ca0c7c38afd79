/**
 * The studio module's boundary: the rule compiler, for authors. What it makes is what `wasm.d.ts` checks.
 *
 * What is wrong in the rules never throws: it is in `problems`, all of them at once.
 */
import type { Entry, Outcome } from '../wasm.d.ts';

/** A standard that is being written; keeps what compiled last. */
export class Studio {
  constructor();
  /** Compiles all files of a standard. */
  compile(files: readonly SourceFile[]): Compiled;
  /** Checks examples of what compiled last, from one number up to another; none where it did not compile. */
  examples(from: number, to: number): Verdict[];
  /** Examples that an indicator lacks, as text for its author to confirm; empty where it lacks none. */
  drafts(indicator: string): string;
  /** An indicator to start from, at the end of a file. */
  add_indicator(file: string, id: string, title: string): Made;
  /** A chapter to start from: its first file, and `standard.rhai` with its declaration. */
  add_chapter(id: string, title: string): Made;
  /** The standard as a page to read and print; empty where it did not compile. */
  document(): string;
  free(): void;
}

/** A standard to start from, with examples that pass, or why there is none. */
export function new_standard(id: string, title: string): Made;

/** Files that are new or changed, or why there are none; neither where the standard does not compile. */
export interface Made { readonly files?: readonly SourceFile[]; readonly why?: Text }

/** Every word of the rule language: declarations first. */
export function vocabulary(): Word[];

/** A checker module with a rulebook inside: the same bytes that `duibiao build` writes. */
export function build_module(checker: Uint8Array, rulebook: Uint8Array): Uint8Array;

export interface SourceFile {
  /** Within the standard, with `/`: `3-sanitation/5-sweeping.rhai`. */
  readonly path: string;
  readonly text: string;
}

export interface Compiled {
  /** In the order of files and lines. Without any but warnings there is a rulebook. */
  readonly problems: readonly Problem[];
  readonly rulebook?: Uint8Array;
  /** What the files declare, also where they do not compile. */
  readonly names: readonly Name[];
  /** How many examples there are. */
  readonly examples: number;
}

export interface Text { readonly zh: string; readonly en: string }

export interface Problem {
  /** Stable. */
  readonly code: string;
  readonly message: Text;
  /** What exists, what to try. */
  readonly exists: Text | null;
  readonly advice: Text | null;
  /** Exactly what to write in place of the marked words, where that is certain. */
  readonly edit: string | null;
  /** The rules can be used all the same. */
  readonly warning: boolean;
  /** Empty where the problem is of the standard as a whole. */
  readonly file: string;
  /** From 1; 0 where the problem is of the file as a whole. */
  readonly line: number;
  /** From 1, in characters; length in characters. */
  readonly column: number;
  readonly length: number;
  /** The source line. */
  readonly source: string;
}

export type NameKind = 'standard' | 'chapter' | 'group' | 'phase' | 'field' | 'parameter' | 'indicator' | 'example' | 'fn' | 'const' | 'let';

export interface Name {
  readonly kind: NameKind;
  /** As rules write it. */
  readonly name: string;
  /** As data files write it; empty where it has none. */
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  readonly help: string;
  readonly choices: readonly string[];
  readonly file: string;
  /** First and last line of the statement, from 1; 0 where the text does not show it. */
  readonly line: number;
  readonly end: number;
}

export interface Word {
  readonly word: string;
  readonly declares: boolean;
  readonly usage: string;
  readonly meaning: string;
  readonly options: readonly Choice[];
}

/** An option of a declaration. */
export interface Choice {
  readonly word: string;
  /** Whether it must be there. */
  readonly needed: boolean;
  /** How its value is written, and what it means. */
  readonly how: string;
  readonly meaning: string;
  /** The texts that it may have; empty where any will do. */
  readonly values: readonly string[];
}

/** What became of an example. */
export interface Verdict {
  readonly name: string;
  /** `3-sanitation/5-sweeping.rhai:48:1` */
  readonly place: string;
  /** Id and title of its indicator. */
  readonly indicator: string;
  readonly title: string;
  readonly expected: Outcome;
  readonly outcome: Outcome;
  /** Empty when it passed. */
  readonly differences: readonly Text[];
  /** The finding in one paragraph. */
  readonly text: string;
  readonly entry: Entry;
  readonly as_of: string;
}
