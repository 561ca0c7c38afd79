/** Chapters and phases, drawn: the chart is in a table that says the same in figures. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { ChapterScore, Phase } from '../../../src/wasm.d.ts';
import { icon } from '../check/view';
import { isAside } from '../words/finding';
import { between, chapterPlaces, difference, rough, shown } from '../words/figure';
import type { DeskView } from './view';
import type { ResultWords } from './wording-result';

/** Chapters by what share of their points they have. */
export function chapters({ standard, report }: DeskView, own: ResultWords): TemplateResult {
  const { chapterColumns: columns, legend } = own;
  return html`
    <section class="card" aria-labelledby="parts-h">
      <h3 id="parts-h">${own.chaptersHead}</h3>
      <p class="legend" aria-hidden="true"><span class="key-sure">${legend.sure}</span><span class="key-open">${legend.open}</span><span class="key-lost">${legend.lost}</span></p>
      <table class="bars" aria-labelledby="parts-h">
        <thead><tr>${Object.entries(columns).map(([name, word]) => html`<th scope="col" class="bars-${name}">${word}</th>`)}</tr></thead>
        <tbody>${standard.chapters.map(({ id, title }) => {
          const findings = report.findings.filter(({ chapter }) => chapter === id);
          const sum = report.score.chapters.find(({ chapter }) => chapter === id);
          return html`<tr><th scope="row">${title}</th>${sum === undefined || rough(sum.full) === 0 ? html`<td class="bars-rate">${own.notCounted}</td><td>—</td><td>—</td><td>—</td><td>—</td>` : points(sum, own)}
            <td>${findings.filter(({ outcome }) => outcome === 'met').length} / ${findings.filter((finding) => !isAside(finding)).length}</td></tr>`;
        })}</tbody>
      </table>
    </section>`;
}

function points(sum: ChapterScore, own: ResultWords): TemplateResult {
  const { low, high, full, floor, warned } = sum;
  const places = chapterPlaces(sum);
  const of = (text: string): number => (rough(text) / rough(full)) * 100;
  const minus = (from: string, to: string): string => shown(difference(from, to) || String(rough(to) - rough(from)), places);
  const [from, to] = [of(low), of(high)];
  const rate = from === to ? `${from.toFixed(1)}%` : `${from.toFixed(1)}–${to.toFixed(1)}%`;
  return html`
    <td class="bars-rate"><svg class="rate" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="lost" width="100" height="10"/>${svg`<rect class="sure" width=${from} height="10"/>`}
      ${to > from ? svg`<rect class="open" x=${from} width=${to - from} height="10"/>${stripes(from, to)}` : nothing}</svg>
      <span>${rate}</span>${floor === false ? html` <span class="state unmet">${icon('warning')}${own.belowFloor}</span>` : nothing}${warned === true ? html` <span class="state partial">${icon('warning')}${own.warned}</span>` : nothing}</td>
    <td>${between(low, high, places)}</td><td>${shown(full)}</td><td>${minus(high, full)}</td><td>${minus(low, high)}</td>`;
}

/** What is open differs from what is won by more than its colour. */
function stripes(from: number, to: number): readonly unknown[] {
  const lines = [];
  for (let x = from + 1; x < to; x += 2) lines.push(svg`<rect class="stripe" x=${x} width="0.6" height="10"/>`);
  return lines;
}

/** The phases as a time line, with the as-of date in it. */
export function phases({ standard, report, asOf }: DeskView, own: ResultWords): TemplateResult | typeof nothing {
  const [first] = standard.phases;
  const last = standard.phases[standard.phases.length - 1];
  if (first === undefined || last === undefined) return nothing;
  const at = (day: string): number => {
    const [from, to, here] = [first.from, last.to, day].map((text) => Date.parse(`${text}T00:00:00Z`)) as [number, number, number];
    return Math.max(0, Math.min(100, ((here - from) / (to - from)) * 100));
  };
  const within = asOf >= first.from && asOf <= last.to;
  return html`
    <section class="card" aria-labelledby="phases-h">
      <h3 id="phases-h">${own.phasesHead}<span class="n">${own.today(asOf)}</span></h3>
      <ol class="phases">${standard.phases.map((phase) => {
        const of = standard.indicators.filter((indicator) => indicator.phase === phase.id);
        const findings = of.map(({ id }) => report.findings.find(({ indicator }) => indicator === id));
        const met = findings.filter((finding) => finding !== undefined && ['met', 'waived', 'not_applicable'].includes(finding.outcome)).length;
        const late = findings.filter((finding) => finding !== undefined && finding.overdue === true).length;
        const state = stateOf(phase, asOf);
        return html`<li class=${state}>
          <span class="phase-name"><b>${phase.title}</b> <span class="mark">${own.phase[state]}</span></span><span class="phase-days">${phase.from} – ${phase.to}</span>
          <svg class="timeline" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="lost" y="3" width="100" height="4"/>${svg`<rect class="sure" x=${at(phase.from)} width=${Math.max(0.5, at(phase.to) - at(phase.from))} y="1" height="8"/>`}
            ${within ? svg`<rect class="line" x=${Math.max(0, at(asOf) - 0.2)} width="0.4" height="10"/>` : nothing}</svg>
          <span class="phase-task">${phase.task}${of.length === 0 ? nothing : html`<small>${own.due(of.length, met)}${late === 0 ? nothing : html` <span class="state unmet">${icon('warning')}${own.overdue(late)}</span>`}</small>`}</span>
        </li>`;
      })}</ol>
    </section>`;
}

function stateOf({ from, to }: Phase, asOf: string): 'over' | 'now' | 'next' {
  return asOf > to ? 'over' : asOf < from ? 'next' : 'now';
}
