/** The summary: score, counts, chapters, what to do next, and a bar that stays in sight on narrow screens. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Finding, Outcome } from '../../../src/wasm.d.ts';
import { between, rough, scorePlaces, shown } from '../words/figure';
import { asideNames } from '../words/finding';
import { scaledFrom } from '../words/total';
import { counted, countsOf, FAILED, FOLDED, icon, OPEN, OUTCOMES, toWin, type View } from './view';
import { chapters } from './view-chapters';
import { kept } from './view-head';
import { standing } from './view-standing';

/** More than this many of what is merely open are not spread out. */
const SPREAD = 12;

/** What the live region says. */
export function spoken(view: View): string {
  const { words } = view;
  const { low, high, full } = view.report.score;
  const places = scorePlaces(view.report.score);
  const counts = countsOf(view.report.findings);
  const said = OUTCOMES.filter((outcome) => counts.has(outcome)).map((outcome) => `${words.outcome[outcome]} ${counts.get(outcome) || 0}`);
  return words.live(said.join(words.and), shown(low, places), shown(high, places), shown(full));
}

export function summary(view: View): TemplateResult {
  const { words } = view;
  const waiting = view.report.findings.filter(({ outcome }) => !FOLDED.includes(outcome)).length;
  return html`
    <div class="summary" part="summary">
      <h2 id="result" tabindex="-1">${words.result}</h2>
      ${score(view)}
      ${counters(view)}
      ${standing(view)}
      ${chapters(view)}
      <h3>${words.todo}<span class="n">${waiting}</span></h3>
      ${waiting === 0 ? html`<p class="hint">${words.todoNone}</p>` : nothing}
      ${FAILED.map((outcome) => list(view, outcome, true))}
      ${OPEN.map((outcome) => list(view, outcome, view.size === 'wide'))}
      ${FOLDED.map((outcome) => list(view, outcome, false))}
    </div>`;
}

/** One line that sticks to the top where the summary itself cannot stay. */
export function bar(view: View): TemplateResult {
  const { words } = view;
  const { low, high, full } = view.report.score;
  return html`
    <div class="bar" role="region" aria-label="${words.resultBar}${view.about}">
      <span class="bar-score"><b>${between(low, high, scorePlaces(view.report.score))}</b> / ${shown(full)}</span>
      <span class="bar-counts">${counted(view.report.findings, words)}</span>
      <button type="button" class="link" @click=${() => view.act.goToResult()}>${words.showResult}</button>
      <span class="bar-note">${words.reference} ${kept(view, true)}</span>
    </div>`;
}

function score(view: View): TemplateResult {
  const { words } = view;
  const { low, high, full } = view.report.score;
  const all = rough(full);
  const places = scorePlaces(view.report.score);
  if (all === 0) return html`<p class="score"><b>—</b> <span>${words.nothingApplies}</span></p>`;
  const part = (value: string): number => (rough(value) / all) * 100;
  return html`
    <p class="score" part="score"><b>${between(low, high, places)}</b> <span>${words.full(shown(full))}</span></p>
    <svg class="gauge" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width="100" height="4"/>
      ${svg`<rect class="open" x=${part(low)} width=${Math.max(0, part(high) - part(low))} height="4"/><rect class="sure" width=${part(low)} height="4"/>`}
    </svg>
    <p class="hint">${low === high ? words.settled : words.certain(shown(low, places), shown(high, places))}</p>
    ${scaled(view)}`;
}

/** How the chapters below become the score above, where they do not simply add up to it. */
export function scaled({ words, report }: Pick<View, 'words' | 'report'>): TemplateResult | typeof nothing {
  const { score: all } = report;
  const from = scaledFrom(all);
  if (from === undefined) return nothing;
  return html`<p class="hint">${words.scaled(`${between(from.low, from.high)} / ${shown(from.full)}`, shown(all.full), asideNames(report, words))}</p>`;
}

function counters(view: View): TemplateResult {
  const { words } = view;
  const counts = countsOf(view.report.findings);
  const always: readonly Outcome[] = ['unmet', 'partial', 'missing', 'pending', 'met'];
  const listed = [...OUTCOMES].filter((outcome) => counts.has(outcome) || always.includes(outcome));
  return html`<ul class="counts">${listed.map((outcome) => html`
    <li class=${counts.has(outcome) ? '' : 'zero'}><span class="state ${outcome}">${icon(outcome)}${words.outcome[outcome]}</span> <b>${counts.get(outcome) || 0}</b></li>`)}</ul>`;
}

/** All indicators of one outcome, heaviest first: by the points to win, or by the points they have. */
function list(view: View, outcome: Outcome, open: boolean): TemplateResult | typeof nothing {
  const { words, act } = view;
  const done = FOLDED.includes(outcome);
  const weight = (finding: Finding): number => rough(done ? finding.of : winnable(view, finding)[1]);
  const some = view.report.findings.filter((finding) => finding.outcome === outcome).sort((a, b) => weight(b) - weight(a));
  if (some.length === 0) return nothing;
  return html`
    <details class="clump" ?open=${open && (FAILED.includes(outcome) || some.length <= SPREAD)}>
      <summary><span class="state ${outcome}">${icon(outcome)}${words.outcome[outcome]}</span><span class="n">${some.length}</span></summary>
      <ol>${some.map((finding) => html`
        <li><button type="button" class="item" @click=${() => act.goTo(finding.indicator)}>
          <span class="unseen">${words.outcome[outcome]}</span><span class="item-title">${finding.title}</span>
          <span class="item-gain">${done ? nothing : gain(view, finding)}</span>
        </button></li>`)}</ol>
    </details>`;
}

/** By how much the two ends of the score rise if this is met: after weights and scaling, where that is known. */
function winnable({ report }: View, finding: Finding): readonly [string, string] {
  const first = (report.score.fix_first || []).find(({ indicator }) => indicator === finding.indicator);
  // What is decided and not listed there wins nothing: a cap takes it, or its points are there already.
  if (first === undefined) return finding.points === undefined || finding.open === true ? [toWin(finding), toWin(finding)] : ['0', '0'];
  return [first.low, first.high];
}

function gain(view: View, finding: Finding): unknown {
  const { words } = view;
  if (finding.overdue === true) return html`<span class="state unmet">${words.overdue}</span>`;
  const [low, high] = winnable(view, finding);
  if (high === '0') return nothing;
  // What is undecided is within the score's interval already; there it says its points.
  return finding.points === undefined ? words.undecidedOf(shown(finding.kind === 'penalty' ? `-${finding.of}` : finding.of)) : words.gain(between(low, high));
}
