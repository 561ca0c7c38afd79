/** The tab 结果分析: where the score stands, what settles it, what to put right first; chapters and phases; trying and comparing. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Finding, FixFirst, Narrowing } from '../../../src/wasm.d.ts';
import { icon, tag } from '../check/view';
import { scaled } from '../check/view-summary';
import { fixText, groundsOf } from '../words/finding';
import { between, difference, rough, scorePlaces, shown } from '../words/figure';
import { datesOf } from '../words/line';
import { belowText } from '../words/standing';
import { comparison } from './result-compare';
import { chapters, phases } from './result-charts';
import { choose, trying } from './result-trying';
import type { DeskView } from './view';
import { resultWords, type ResultWords } from './wording-result';

/** So many are listed at once; the rest is unfolded. */
const FIRST = 8;
const FEW = 5;

export function result(view: DeskView): TemplateResult {
  const own = resultWords(view.lang);
  return html`
    <div class="result-tab">
      <h2 class="tab-title" id="result-h" tabindex="-1">${own.title}</h2>
      <div class="cards">
        ${standing(view, own)}
        ${narrowing(view, own)}
      </div>
      ${fixFirst(view, own)}
      ${trying(view, own)}
      ${chapters(view, own)}
      ${phases(view, own)}
      ${comparison(view)}
    </div>`;
}

/** The score with its interval, and how far the line is. */
function standing(view: DeskView, own: ResultWords): TemplateResult {
  const { words, report } = view;
  const { low, high, full, pass, passes, vetoes = [], chapters: parts } = report.score;
  const all = rough(full);
  const line = pass === undefined ? undefined : pass.line;
  const places = scorePlaces(report.score);
  const place = (text: string): number => Math.min(100, (rough(text) / all) * 100);
  const against = [...vetoes.filter(({ triggered }) => triggered === true).map(({ indicator }) => titleOf(view, indicator)), ...parts.filter(({ floor }) => floor === false).map((one) => belowText(one, view.standard, words))];
  return html`
    <section class="card" aria-labelledby="stand-h">
      <h3 id="stand-h">${own.scoreHead}</h3>
      ${all === 0 ? html`<p class="score"><b>—</b> <span>${words.nothingApplies}</span></p>` : html`
        <p class="score"><b>${between(low, high, places)}</b> <span>${own.full(shown(full))}</span></p>
        <svg class="span" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
          <rect class="track" y="2" width="100" height="6"/>${svg`<rect class="open" y="2" x=${place(low)} width=${Math.max(0, place(high) - place(low))} height="6"/><rect class="sure" y="2" width=${place(low)} height="6"/>`}
          ${line === undefined ? nothing : svg`<rect class="line" x=${Math.max(0, place(line) - 0.25)} width="0.5" height="10"/>`}
        </svg>
        <p>${own.sure(shown(low, places))}${words.comma}${low === high ? own.decided : own.upTo(shown(high, places), shown(difference(low, high) || String(rough(high) - rough(low)), places))}${words.stop}</p>
        ${scaled(view)}
        ${pass === undefined ? nothing : html`<p>${distance(view, own)}</p>`}
        ${pass === undefined && passes === undefined ? nothing : html`<p><b>${own.passes[passes === undefined ? 2 : passes ? 0 : 1]}</b>${against.length === 0 ? nothing : html`<br>${own.vetoOver}${against.join(words.semicolon)}`}</p>`}`}
      <p class="hint">${words.reference}</p>
    </section>`;
}

function distance(view: DeskView, own: ResultWords): unknown {
  const { report, words } = view;
  const { low, high, pass, pending = [] } = report.score;
  const line = pass === undefined ? undefined : pass.line;
  if (line === undefined) {
    return html`${own.noLine} ${pending.map((id) => html`<button type="button" class="link" @click=${() => view.goToPath(`parameter:${id}`)}>${own.setLine}${parameterOf(view, id)}</button> `)}`;
  }
  const places = scorePlaces(report.score);
  const gap = (from: string, to: string): string => shown(difference(from, to) || String(rough(to) - rough(from)), places);
  const holds = pass === undefined ? undefined : pass.holds;
  const said = holds === undefined ? own.between(gap(low, line)) : !holds ? own.short(gap(high, line)) : low === line ? own.exactly : own.over(gap(line, low));
  return html`${own.pass(shown(line, places))}${words.comma}${said}`;
}

/** What is not known, what settles the score most first. */
function narrowing(view: DeskView, own: ResultWords): TemplateResult {
  const { words } = view;
  const some = view.report.score.narrowing || [];
  const path = ({ field, parameter = '' }: Narrowing): string => field || `parameter:${parameter}`;
  const list = (part: readonly Narrowing[], from: number): TemplateResult => html`<ol class="ranked" start=${from + 1}>${part.map((one, i) => html`
        <li><button type="button" class="item" @click=${() => view.goToPath(path(one))}>
          <span class="rank" aria-hidden="true">${from + i + 1}</span>
          <span class="item-title">${one.label}${one.parameter === undefined ? nothing : html` <span class="state pending">${icon('pending')}${own.line}</span> ${datesOf(view.report, one.parameter, words)}`}<small>${own.waits(one.indicators.length)}</small></span>
          <span class="item-gain">${own.narrows(between(one.low, one.high))}</span><span class="unseen">${words.comma}${own.fill}</span>
        </button></li>`)}</ol>`;
  return html`
    <section class="card" aria-labelledby="narrow-h">
      <h3 id="narrow-h">${own.narrowHead}</h3>
      ${some.length === 0 ? html`<p>${own.narrowNone}</p>` : html`${list(some.slice(0, FEW), 0)}${some.length <= FEW ? nothing : html`<details class="clump"><summary>${own.more(some.length - FEW)}</summary>${list(some.slice(FEW), FEW)}</details>`}`}
    </section>`;
}

/** What falls short, in the order in which to put it right. */
function fixFirst(view: DeskView, own: ResultWords): TemplateResult {
  const some = view.report.score.fix_first || [];
  return html`
    <section class="card" aria-labelledby="fix-h">
      <h3 id="fix-h">${own.fixHead}</h3>
      ${some.length === 0 ? html`<p>${own.fixNone}</p>` : html`
        ${fixTable(view, own, some.slice(0, FIRST), 0)}
        ${some.length <= FIRST ? nothing : html`<details class="clump"><summary>${own.more(some.length - FIRST)}</summary>${fixTable(view, own, some.slice(FIRST), FIRST)}</details>`}`}
    </section>`;
}

function fixTable(view: DeskView, own: ResultWords, some: readonly FixFirst[], from: number): TemplateResult {
  const { words, layout } = view;
  const { columns } = own;
  const cell = (head: string, content: unknown, style = ''): TemplateResult => html`<td role="cell" class=${style}><span class="cell-head" aria-hidden="true">${head}</span><div class="cell-body">${content}</div></td>`;
  return html`
    <table class="ledger fix-first" role="table" aria-labelledby="fix-h">
      <thead role="rowgroup"><tr role="row">${Object.entries(columns).map(([name, word]) => html`<th role="columnheader" scope="col" class="fix-${name}">${word}</th>`)}</tr></thead>
      <tbody role="rowgroup">${some.map(({ indicator, low, high, lifts = [] }, i) => {
        const finding = view.findings.get(indicator);
        if (finding === undefined) return nothing;
        return html`<tr role="row">
          ${cell(columns.rank, from + i + 1, 'fix-rank')}
          <th role="rowheader" scope="row"><span class="row-head"><span><span class="code">${indicator}</span> ${finding.title}</span>${tag(finding.outcome, words)}</span></th>
          ${cell(columns.gap, groundsOf(finding, words, layout.fields))}
          ${cell(columns.way, fixText(finding, words) || finding.advice)}
          ${cell(columns.gain, html`${rough(high) === 0 ? own.noGain : own.gain(between(low, high))}${lifts.map((lift) => html`<span class="mark">${own.lifts[lift]}</span> `)}`)}
          ${cell(columns.act, html`<button type="button" aria-label="${own.tryIt} ${finding.title}" @click=${(event: Event) => choose(view, indicator, event)}>${own.tryIt}</button>
            <button type="button" class="link" aria-label="${own.goTo} ${finding.title}" @click=${() => view.goTo(indicator)}>${own.goTo}</button>`, 'fix-act')}
        </tr>`;
      })}</tbody>
    </table>`;
}

function titleOf({ findings }: DeskView, indicator: string): string {
  const finding: Finding | undefined = findings.get(indicator);
  return finding === undefined ? indicator : finding.title;
}

function parameterOf({ standard }: DeskView, id: string): string {
  return (standard.parameters.find((one) => one.id === id) || { label: id }).label;
}
