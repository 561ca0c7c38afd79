/** What stands around the views of a work: which standard and date, whether the data is safe, files, undo. */
import type { Entry, Lang, Standard } from '../../../src/wasm.d.ts';
import { isDate } from '../work/day';
import type { Keeping } from '../work/draft';
import { blank, isEmpty } from '../work/assessment';
import type { Desk, Notice, Work } from '../work/work';
import { wordsFor, type Words } from '../words/wording';
import { exportData, exportRaw, exportReport, fillExample, importFile } from './exchange';

export interface Frame {
  readonly words: Words;
  readonly lang: Lang;
  readonly readonly: boolean;
  readonly standard: Standard;
  readonly entry: Entry;
  /** Nothing was entered or written. */
  readonly empty: boolean;
  readonly asOf: string;
  readonly today: string;
  readonly keeping: Keeping;
  readonly notice: Notice | undefined;
  /** What could not be read of the kept draft. */
  readonly damaged: Work['damaged'];
  /** Whether changes go to a draft of their own, once another tab has written this one. */
  readonly parts: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly hasExample: boolean;
  /** Which files the button for importing offers. */
  readonly accepts: string;
  readonly act: FrameActions;
}

export interface FrameActions {
  setAsOf(date: string): void;
  undo(): void;
  redo(): void;
  importFile(file: File): void;
  exportData(): void;
  exportReport(): void;
  fillExample(): void;
  empty(): void;
  dismiss(): void;
  /** The kept draft that could not be read, as a file. */
  exportRaw(): void;
  /** Takes what another tab has written, or writes over it. */
  takeTheirs(): void;
  insist(): void;
}

export const ACCEPTS = '.json,application/json';

/** `example`: address of a data file, empty where there is none. */
export function frameOf(work: Work, desk: Desk, example: string, act: FrameActions): Frame {
  const { lang, readonly, entry, date: asOf, today, keeping, notice, damaged, canUndo, canRedo } = work;
  return { words: wordsFor(lang), lang, readonly, standard: desk.standard, entry, empty: isEmpty(work.assessment), asOf, today, keeping, notice, damaged, parts: work.part !== undefined, canUndo, canRedo, hasExample: example !== '', accepts: ACCEPTS, act };
}

/** What each element that shows a work does about it; how it steps back and forth is its own. */
export function frameActions(work: () => Work, example: () => string, step: (way: 'undo' | 'redo') => void): FrameActions {
  return {
    setAsOf: (date) => {
      // A date that is only half typed is taken back.
      if (date !== '' && !isDate(date)) work().tell(work().notice);
      else work().pick(date === '' ? work().today : date);
    },
    undo: () => step('undo'),
    redo: () => step('redo'),
    importFile: (file) => { void importFile(work(), file); },
    exportData: () => exportData(work()),
    exportReport: () => exportReport(work()),
    fillExample: () => { void fillExample(work(), example()); },
    empty: () => { if (!isEmpty(work().assessment)) work().commit({ ...blank, as_of: work().assessment.as_of }, '', { tone: 'info', text: wordsFor(work().lang).emptied, problems: [], canUndo: true }); },
    dismiss: () => work().tell(undefined),
    exportRaw: () => exportRaw(work()),
    takeTheirs: () => { void work().takeTheirs(); },
    insist: () => {
      const { part } = work();
      if (part === undefined) void work().insist();
      else part();
    },
  };
}

/** Ctrl+Z and Ctrl+Y, or ⌘; undefined for any other key, and where text is typed that is no part of the work: a search, a block to paste. */
export function stepOf(event: KeyboardEvent): 'undo' | 'redo' | undefined {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing || event.defaultPrevented) return undefined;
  const [target] = event.composedPath();
  if (target instanceof HTMLElement && target.matches('textarea, input[type=text]') && target.dataset['path'] === undefined) return undefined;
  const key = event.key.toLowerCase();
  return key === 'y' || (key === 'z' && event.shiftKey) ? 'redo' : key === 'z' ? 'undo' : undefined;
}

/**
 * The browser's own undo knows single fields and not the work: in a field of the work it would bring an older text back as
 * something new. For fields of the work, in the capturing phase; answers whether there was something to refuse.
 */
export function refuseOwnUndo(event: Event): boolean {
  const [target] = event.composedPath();
  if (!(event instanceof InputEvent) || !event.inputType.startsWith('history') || !(target instanceof HTMLElement) || target.dataset['path'] === undefined) return false;
  event.preventDefault();
  event.stopImmediatePropagation();
  return true;
}
