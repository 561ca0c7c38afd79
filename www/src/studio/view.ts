/** What the parts of the studio see of its element, and what they may ask it to do. */
import type { Standard } from '../../../src/wasm.d.ts';
import type { Compiled, Name, Problem, SourceFile, Verdict } from '../../../src/wasm/studio.d.ts';
import type { Halted } from './compiler';
import type { Project } from './project';
import type { Draft, Keeping } from './shelf';

export type Pane = 'files' | 'editor' | 'preview' | 'examples' | 'problems';

/** A passing word to the author. */
export interface Notice {
  readonly tone: 'info' | 'error';
  readonly text: string;
  readonly undo?: () => void;
}

/** What is to be made or renamed, while its names are being typed. */
export interface Naming {
  readonly kind: 'indicator' | 'chapter' | 'file' | 'rename';
  /** Path of the file. */
  readonly path: string;
  /** Id of the indicator, folder of the chapter. */
  readonly id: string;
  readonly title: string;
  readonly wrong: string;
}

export interface Examples {
  readonly verdicts: readonly Verdict[];
  /** How many there are to run; more than the verdicts while they run. */
  readonly all: number;
  /** Whether the rules changed since. */
  readonly stale: boolean;
}

/** The form that keeps the preview's data as an example. */
export interface Keep {
  readonly indicator: string;
  readonly name: string;
  readonly wrong: string;
}

export interface StudioView {
  readonly narrow: boolean;
  readonly pane: Pane;
  readonly project: Project | undefined;
  readonly path: string;
  readonly line: number;
  readonly compiled: Compiled | undefined;
  readonly compiling: boolean;
  readonly ms: number;
  readonly halted: { readonly why: Halted; readonly file: string } | undefined;
  /** The last rulebook that the rules gave, and whether it is that of the present rules. */
  readonly rulebook: Uint8Array | undefined;
  readonly current: boolean;
  readonly standard: Standard | undefined;
  readonly keeping: Keeping;
  readonly notice: Notice | undefined;
  readonly naming: Naming | undefined;
  readonly examples: Examples;
  readonly onlyFailed: boolean;
  readonly keep: Keep;
  /** What the preview says of the indicator that is to be kept as an example; empty without data. */
  readonly keepOutcome: string;
  readonly choosing: boolean;
  readonly drafts: readonly Draft[];
  readonly shipped: ReadonlyMap<string, readonly SourceFile[]>;
  readonly act: StudioActions;
}

export interface StudioActions {
  show(pane: Pane): void;
  openFile(path: string): void;
  goTo(file: string, line: number, column: number): void;
  fix(problem: Problem): void;
  startNaming(kind: Naming['kind']): void;
  typeName(change: Partial<Naming>): void;
  applyName(): void;
  stopNaming(): void;
  removeFile(): void;
  runExamples(): void;
  showExample(verdict: Verdict): void;
  filterExamples(onlyFailed: boolean): void;
  setKeep(change: Partial<Keep>): void;
  keepExample(): void;
  /** Writes the examples that the indicator lacks, for the author to confirm. */
  draftExamples(): void;
  choose(): void;
  stopChoosing(): void;
  openDraft(draft: Draft): void;
  forgetDraft(draft: Draft): void;
  openShipped(name: string): void;
  openBlank(): void;
  openFolder(): void;
  openFileList(list: readonly File[]): void;
  openZip(file: File): void;
  saveZip(): void;
  saveFolder(): void;
  exportModule(): void;
  exportDocument(): void;
  exportSheet(): void;
  dismiss(): void;
}

export const errorsOf = (problems: readonly Problem[]): number => problems.filter(({ warning }) => !warning).length;

export const failing = (verdicts: readonly Verdict[]): number => verdicts.filter(({ differences }) => differences.length > 0).length;

export function indicatorNames(view: StudioView): readonly Name[] {
  return view.compiled === undefined ? [] : view.compiled.names.filter(({ kind }) => kind === 'indicator');
}

/** `14:03` today, with the date on other days. */
export function clock(at: number): string {
  const date = new Date(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return date.toDateString() === new Date().toDateString() ? time : `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`;
}
