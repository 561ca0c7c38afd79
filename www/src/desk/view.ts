/** What the views of the desk see, and what they may ask for. A tab is one file, listed in `tabs.ts`. */
import type { TemplateResult } from 'lit';
import type { Finding, Report } from '../../../src/wasm.d.ts';
import type { Frame } from '../check/frame';
import type { Assessment } from '../work/assessment';
import type { Comparison } from '../work/comparison';
import type { Layout } from '../work/entry';
import type { Intake } from '../work/intake';
import type { Work } from '../work/work';
import type { Drafts } from './drafts';
import type { DeskWords } from './wording';

export interface DeskView extends Frame {
  readonly own: DeskWords;
  readonly work: Work;
  /** Tables that came back and wait to be taken over. */
  readonly intake: Intake;
  readonly drafts: Drafts;
  readonly compare: Comparison;
  readonly assessment: Assessment;
  readonly layout: Layout;
  readonly report: Report;
  readonly findings: ReadonlyMap<string, Finding>;
  readonly tab: string;
  /** Shows a tab; the focus goes to its head. */
  open(tab: string): void;
  /** Shows the place in the form where an indicator is worked on. */
  goTo(indicator: string): void;
  goToPath(path: string): void;
  /** Moves the focus to a place of the desk once it is shown, a text there marked. */
  focus(id: string): void;
  /** Asks for the views to be shown anew, after a state of their own has changed. */
  refresh(): void;
}

export interface Tab {
  readonly id: string;
  word(words: DeskWords): string;
  /** Absent for the form, which is an element of its own and stays in place. */
  readonly view?: (view: DeskView) => TemplateResult;
}
