/** What the parts of the page see of the element, and what they may ask it to do. */
import { html, svg, type CSSResult, type TemplateResult } from 'lit';
import type { DataProblem, Finding, Fix, Indicator, Outcome, Report } from '../../../src/wasm.d.ts';
import type { Layout, Scalar } from '../work/entry';
import { difference, rough } from '../words/figure';
import type { Frame, FrameActions } from './frame';
import type { Words } from '../words/wording';

export interface View extends Frame {
  /** By the width of the element, not of the window: it may sit in a column of a portal. */
  readonly size: 'wide' | 'medium' | 'narrow';
  readonly layout: Layout;
  readonly report: Report;
  readonly findings: ReadonlyMap<string, Finding>;
  /** Data problems by path; those that belong to no place in the form under `''`. */
  readonly problems: ReadonlyMap<string, readonly DataProblem[]>;
  /** Indicators whose explanation is open. */
  readonly open: ReadonlySet<string>;
  /** Chapters whose form is shown. */
  readonly unfolded: ReadonlySet<string>;
  readonly beside: Beside | undefined;
  readonly only: Only | undefined;
  /** What tells its landmarks from those of the others on the page: ` · 标题`; empty where it is alone. */
  readonly about: string;
  readonly act: Actions;
}

/** What whoever shows the form adds to each indicator. */
export interface Beside {
  readonly styles: readonly CSSResult[];
  /** What of the form is shown; undefined for all. */
  readonly only: Only | undefined;
  showAll(): void;
  /** Above the form. */
  above(view: View): unknown;
  /** Beside the verdict: the way to it. */
  link(view: View, indicator: Indicator): unknown;
  /** Below the explanation. */
  part(view: View, indicator: Indicator): unknown;
  /** Makes sure that a place of its own is shown. */
  reveal(path: string): void;
  focused(event: Event): void;
  pasted(event: ClipboardEvent): void;
}

/** A part of the form, by ids. */
export interface Only {
  readonly indicators: ReadonlySet<string>;
  readonly fields: ReadonlySet<string>;
  readonly parameters: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  readonly chapters: ReadonlySet<string>;
}

export interface Actions extends FrameActions {
  enter(path: string, value: Scalar | undefined): void;
  setParameter(id: string, value: string): void;
  setAside(indicator: string, reason: string | undefined): void;
  tryFix(fix: Fix): void;
  toggle(indicator: string): void;
  /** Moves the focus to the place in the form where an indicator is worked on. */
  goTo(indicator: string): void;
  goToPath(path: string): void;
  /** Moves the focus to what has this id. */
  focus(id: string): void;
  goToGroup(group: string): void;
  goToChapter(chapter: string): void;
  goToChapters(): void;
  /** Shows the form of a chapter, or puts it away. */
  fold(chapter: string): void;
  foldAll(away: boolean): void;
  goToForm(): void;
  goToResult(): void;
  /** Takes out data that has no place in the form. */
  remove(name: string): void;
}

export const FAILED: readonly Outcome[] = ['unmet', 'partial', 'invalid'];
export const OPEN: readonly Outcome[] = ['missing', 'pending'];
export const FOLDED: readonly Outcome[] = ['met', 'waived', 'not_applicable'];
export const OUTCOMES: readonly Outcome[] = [...FAILED, ...OPEN, ...FOLDED];

/** Points that an indicator could still win, or win back. */
export function toWin({ kind, points, of }: Finding): string {
  const best = kind === 'penalty' ? '0' : of;
  const now = points || (kind === 'penalty' ? `-${of}` : '0');
  return difference(now, best) || String(rough(best) - rough(now));
}

export function countsOf(findings: readonly Finding[]): ReadonlyMap<Outcome, number> {
  const counts = new Map<Outcome, number>();
  for (const { outcome } of findings) counts.set(outcome, (counts.get(outcome) || 0) + 1);
  return counts;
}

/** The counts that want attention, each with its icon. */
export function counted(findings: readonly Finding[], words: Words): readonly TemplateResult[] {
  const counts = countsOf(findings);
  return [...FAILED, ...OPEN].filter((outcome) => counts.has(outcome)).map((outcome) =>
    html`<span class="state ${outcome}" title=${words.outcome[outcome]}>${icon(outcome)}<span class="word">${words.outcome[outcome]}</span> ${counts.get(outcome)}</span>`);
}

/** The tag of an outcome: an icon and its word, never colour alone. */
export function tag(outcome: Outcome, words: Words): TemplateResult {
  return html`<span class="tag ${outcome}" part="outcome outcome-${outcome}">${icon(outcome)}${words.outcome[outcome]}</span>`;
}

export function icon(name: Outcome | 'warning' | 'info'): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${shapes[name]}</svg>`;
}

const disc = svg`<circle cx="8" cy="8" r="7" fill="currentColor"/>`;
const ring = svg`<circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" stroke-width="1.5"/>`;
const cut = (d: string): TemplateResult => svg`<path class="cut" d=${d} fill="none" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>` as TemplateResult;
const line = (d: string): TemplateResult => svg`<path d=${d} fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>` as TemplateResult;

const shapes: Record<Outcome | 'warning' | 'info', unknown> = {
  met: [disc, cut('M4.6 8.3l2.3 2.3 4.5-4.9')],
  unmet: [disc, cut('M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2')],
  partial: [ring, svg`<path d="M8 1.75a6.25 6.25 0 0 1 0 12.5z" fill="currentColor"/>`],
  invalid: [svg`<path d="M8 1l7 13.2H1z" fill="currentColor" stroke="currentColor" stroke-linejoin="round"/>`, cut('M8 6v3.6M8 12v.01')],
  missing: [svg`<circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2.6 2.3"/>`],
  pending: [ring, line('M8 4.6V8l2.4 1.7')],
  not_applicable: [ring, line('M5 8h6')],
  waived: [ring, line('M5 11l6-6')],
  warning: [svg`<path d="M8 1.8l6.4 12H1.6z" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linejoin="round"/>`, line('M8 6.4v3.4M8 12v.01')],
  info: [ring, line('M8 7.4v3.8M8 4.9v.01')],
};

export function indicatorsOf(view: View, group: string): readonly Indicator[] {
  return view.standard.indicators.filter((indicator) => indicator.group === group);
}
