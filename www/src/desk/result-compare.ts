/** Comparing: another round or district, from its file, beside the present one. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Finding, Report } from '../../../src/wasm.d.ts';
import { tag } from '../check/view';
import { movedBetween, type Moved } from '../work/difference';
import { toIds } from '../work/entry';
import { readFile } from '../work/file';
import { between, difference, rough, shown } from '../words/figure';
import { withUnit } from '../words/term';
import { remembered } from './state';
import type { DeskView } from './view';
import type { ResultWords } from './wording-result';

const state = remembered<{ name: string; other: Report | undefined }>({ name: '', other: undefined });

export function comparison(view: DeskView, own: ResultWords): TemplateResult {
  const { now: { name, other }, set } = state(view);
  return html`
    <section class="card" aria-labelledby="compare-h">
      <h3 id="compare-h" tabindex="-1">${own.compareHead}</h3>
      <p class="hint">${own.compareHint}</p>
      <div class="filters">
        <span class="set"><button type="button" @click=${(event: Event) => { const input = (event.currentTarget as Element).nextElementSibling; if (input instanceof HTMLInputElement) input.click(); }}>${own.choose}</button>
          <input class="unseen" id="compare-file" type="file" accept=".json,application/json" tabindex="-1" aria-hidden="true" @change=${(event: Event) => { void read(view, own, event.target as HTMLInputElement); }}></span>
        ${other === undefined ? nothing : html`<span>${own.readAs(name, other.as_of, between(other.score.low, other.score.high))}</span>
          <button type="button" class="link" @click=${() => set({ name: '', other: undefined })}>${own.remove}</button>`}
      </div>
      ${other === undefined ? nothing : differences(view, own, other)}
    </section>`;
}

/** A report as it was exported, or data, which is judged by this standard on this day. */
async function read(view: DeskView, own: ResultWords, input: HTMLInputElement): Promise<void> {
  const file = (input.files || [])[0];
  if (file === undefined || view.work.desk === undefined) return;
  const { set } = state(view);
  const { checker, layout } = view.work.desk;
  const refuse = (text: string): void => view.work.tell({ tone: 'error', text, problems: [], canUndo: false });
  const text = await new Response(file).text();
  input.value = '';
  const report = reportIn(text);
  if (report !== undefined) {
    if (report.standard.id !== view.standard.id) { refuse(own.otherStandard(report.standard.title)); return; }
    set({ name: file.name, other: report });
    return;
  }
  const { assessment, problems } = await readFile(file, view.standard);
  if (assessment === undefined || Object.keys(assessment.entry.fields || {}).length === 0) { view.work.tell({ tone: 'error', text: own.notAReport, problems, canUndo: false }); return; }
  const foreign = problems.find((problem) => problem.kind === 'other-standard' && problem.id !== view.standard.id);
  if (foreign !== undefined && foreign.kind === 'other-standard') { refuse(own.otherStandard(foreign.id)); return; }
  set({ name: file.name, other: checker.check(toIds(assessment.entry, layout), { as_of: view.asOf, lang: view.lang }) });
}

function reportIn(text: string): Report | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    const { schema, findings, score, entry } = value as Partial<Report>;
    return typeof schema === 'string' && schema.startsWith('duibiao-report/') && Array.isArray(findings) && score !== undefined && entry !== undefined ? (value as Report) : undefined;
  } catch {
    return undefined;
  }
}

function differences(view: DeskView, own: ResultWords, other: Report): TemplateResult {
  const { report, standard } = view;
  const moved = movedBetween(other, report, standard);
  const { chapterColumns: columns } = own;
  const points = (one: { low: string; high: string } | undefined): string => (one === undefined ? '—' : between(one.low, one.high));
  return html`
    ${other.standard.digest === report.standard.digest ? nothing : html`<p class="hint bad">${own.versions}</p>`}
    <table class="bars compare" aria-labelledby="compare-h">
      <thead><tr><th scope="col">${columns.chapter}</th><th scope="col">${own.other}</th><th scope="col">${own.here}</th><th scope="col">${own.change}</th></tr></thead>
      <tbody>
        <tr class="sum"><th scope="row">${own.total}</th><td>${points(other.score)} / ${shown(other.score.full)}</td><td>${points(report.score)} / ${shown(report.score.full)}</td><td>${by(other.score.low, report.score.low)}</td></tr>
        ${standard.chapters.map(({ id, title }) => {
          const [was, is] = [other, report].map(({ score }) => score.chapters.find(({ chapter }) => chapter === id));
          return was === undefined || is === undefined || rough(is.full) + rough(was.full) === 0 ? nothing : html`<tr><th scope="row">${title}</th><td>${points(was)}</td><td>${points(is)}</td><td>${by(was.low, is.low)}</td></tr>`;
        })}
      </tbody>
    </table>
    ${moved.length === 0 ? html`<p>${own.same}</p>` : html`<p><b>${own.changed(moved.length)}</b></p>${table(view, own, other, moved)}`}`;
}

/** `＋2`, `−1.5`, `0`. */
function by(from: string, to: string): string {
  const step = difference(from, to) || String(Math.round((rough(to) - rough(from)) * 1e6) / 1e6);
  return step.startsWith('-') ? `−${shown(step.slice(1))}` : step === '0' ? '0' : `＋${shown(step)}`;
}

function table(view: DeskView, own: ResultWords, other: Report, moved: readonly Moved[]): TemplateResult {
  const { words } = view;
  const heads = [own.columns.indicator, own.other, own.here, own.change, own.why];
  const cell = (i: number, content: unknown): TemplateResult => html`<td role="cell"><span class="cell-head" aria-hidden="true">${heads[i]}</span><div class="cell-body">${content}</div></td>`;
  const stand = (finding: Finding | undefined, absent: string): unknown => (finding === undefined ? absent : html`${tag(finding.outcome, words)} ${finding.points === undefined || rough(finding.of) === 0 ? nothing : shown(finding.points)}`);
  return html`
    <table class="ledger moved" role="table" aria-label=${own.changed(moved.length)}>
      <thead role="rowgroup"><tr role="row">${heads.map((head, i) => html`<th role="columnheader" scope="col" class="moved-${i}">${head}</th>`)}</tr></thead>
      <tbody role="rowgroup">${moved.map((one) => html`<tr role="row">
        <th role="rowheader" scope="row"><span class="code">${one.indicator}</span> <b>${(one.after || one.before || { title: '' }).title}</b></th>
        ${cell(1, stand(one.before, own.onlyHere))}${cell(2, stand(one.after, own.onlyThere))}
        ${cell(3, one.before === undefined || one.after === undefined || one.before.points === undefined || one.after.points === undefined ? '—' : by(one.before.points, one.after.points))}
        ${cell(4, why(view, own, other, one))}
      </tr>`)}</tbody>
    </table>`;
}

/** Which data and lines differ below a verdict that turned. */
function why(view: DeskView, own: ResultWords, other: Report, { data, lines }: Moved): TemplateResult {
  const { words, report, standard } = view;
  const said = (value: string | boolean | null | undefined, unit: string): string => (value === undefined || value === null ? own.empty : typeof value === 'boolean' ? (value ? words.yes : words.no) : withUnit(value, unit));
  const causes = [
    ...data.map(({ field, key, from, to }) => own.byData(key === '' ? field.label : `${field.label}（${key}）`, said(from, field.unit), said(to, field.unit))),
    ...lines.map(({ parameter, from, to }) => own.byLine((standard.parameters.find(({ id }) => id === parameter) || { label: parameter }).label, from === undefined ? words.notSet : from, to === undefined ? words.notSet : to)),
    ...(other.as_of === report.as_of ? [] : [own.byDate(other.as_of, report.as_of)]), ...(other.standard.digest === report.standard.digest ? [] : [own.byRules]),
  ];
  return html`<ul>${(causes.length === 0 ? [own.unknown] : causes).map((cause) => html`<li>${cause}</li>`)}</ul>`;
}
