/** Checking a report again: whoever is handed one sees here whether its verdicts follow from its data and these rules. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Outcome } from '../../../src/wasm.d.ts';
import type { Difference, Recheck } from '../../../src/wasm/office.d.ts';
import { icon } from '../check/view';
import { problems } from '../check/view-head';
import { readText, type FileProblem } from '../work/file';
import { readJson } from '../work/json';
import { failureOf, recheckReport, type OfficeFailure } from '../work/office';
import { pick, picked } from '../work/pick';
import { remembered } from './state';
import type { DeskView } from './view';
import { recheckWords, type RecheckWords } from './wording-recheck';

interface Found {
  readonly name: string;
  /** None of these while it is being made. */
  readonly result?: Recheck;
  readonly problem?: FileProblem;
  /** It is no report: data, or something else. */
  readonly other?: 'data' | 'drafts' | 'other';
  readonly failure?: OfficeFailure;
}

const state = remembered<{ found: Found | undefined }>({ found: undefined });
/** So many differences are listed. */
const MOST = 30;

export function recheck(view: DeskView): TemplateResult {
  const own = recheckWords(view.lang);
  const { now: { found } } = state(view);
  return html`
    <section class="card recheck" aria-labelledby="recheck-h" @dragover=${(event: DragEvent) => event.preventDefault()} @drop=${(event: DragEvent) => drop(view, event)}>
      <h3 id="recheck-h" tabindex="-1">${own.head}</h3>
      <p class="hint">${own.hint}</p>
      <p><button type="button" @click=${pick}>${own.choose}</button>
        <input class="unseen" type="file" accept=".json,application/json" tabindex="-1" aria-hidden="true" @change=${(event: Event) => { const [file] = picked(event); if (file !== undefined) void bring(view, file); }}></p>
      <div role="status">${found === undefined ? nothing : told(view, own, found)}</div>
    </section>`;
}

function told(view: DeskView, own: RecheckWords, { name, result, problem, failure, other }: Found): TemplateResult {
  if (other !== undefined) return refused(own, name, own.noReport[other]);
  if (problem !== undefined) return refused(own, name, '', problems(view, [problem]));
  if (failure !== undefined) return refused(own, name, view.lang === 'en' ? failure.en : failure.zh);
  if (result === undefined) return html`<p class="hint">${own.reading(name)}</p>`;
  const { holds, causes, differences } = result;
  return html`
    <div class="message ${holds ? '' : 'error'}">${icon(holds ? 'met' : 'unmet')}<div class="message-text">
      <p><b>${holds ? own.holds(name) : own.fails(name)}</b></p>
      ${causes.length === 0 ? nothing : html`<ul>${causes.map((cause) => html`<li>${own.causes[cause]}</li>`)}</ul>`}
      <p class="hint">${own.limits}</p>
    </div></div>
    ${differences.length === 0 ? nothing : html`
      ${table(view, own, differences)}
      ${differences.length > MOST ? html`<p class="hint">${own.more(differences.length - MOST)}</p>` : nothing}`}`;
}

function table(view: DeskView, own: RecheckWords, differences: readonly Difference[]): TemplateResult {
  const heads = [own.part, own.place, own.recorded, own.found];
  const cell = (i: number, content: unknown): TemplateResult => html`<td role="cell"><span class="cell-head" aria-hidden="true">${heads[i]}</span><div class="cell-body">${content}</div></td>`;
  return html`
    <p class="recheck-count">${own.differences(differences.length)}</p>
    <table class="ledger" role="table" aria-label=${own.differences(differences.length)}>
      <thead role="rowgroup"><tr role="row">${heads.map((head) => html`<th role="columnheader" scope="col">${head}</th>`)}</tr></thead>
      <tbody role="rowgroup">${differences.slice(0, MOST).map((one) => html`<tr role="row">
        ${cell(0, own.parts[one.part])}${cell(1, one.indicator === undefined ? one.at : one.indicator)}
        ${cell(2, shown(view, own, one, one.recorded))}${cell(3, shown(view, own, one, one.found))}
      </tr>`)}</tbody>
    </table>`;
}

function refused(own: RecheckWords, name: string, text: string, more: unknown = nothing): TemplateResult {
  return html`<div class="message error">${icon('invalid')}<div class="message-text"><p>${own.refused(name)}${text}</p>${more}</div></div>`;
}

/** A verdict by its word, anything else as it stands in the report. */
function shown({ words }: DeskView, own: RecheckWords, { part }: Difference, value: unknown): string {
  if (value === undefined) return own.nothing;
  if (part === 'verdict' && typeof value === 'string' && value in words.outcome) return words.outcome[value as Outcome];
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Dropped here it is checked again; elsewhere on the desk a file is taken over. */
function drop(view: DeskView, event: DragEvent): void {
  const [file] = event.dataTransfer === null ? [] : Array.from(event.dataTransfer.files);
  if (file === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  void bring(view, file);
}

/** What a file is that is no report; undefined for a report, of whatever version. */
function otherThanReport(value: unknown): Found['other'] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'other';
  const { schema, fields, drafts } = value as Readonly<Record<string, unknown>>;
  if (typeof schema === 'string' && schema.startsWith('duibiao-report/')) return undefined;
  return Array.isArray(drafts) ? 'drafts' : typeof fields === 'object' && fields !== null ? 'data' : 'other';
}

async function bring(view: DeskView, file: File): Promise<void> {
  const { name } = file;
  const { set } = state(view);
  const { desk } = view.work;
  if (desk === undefined) return;
  set({ found: { name } });
  const text = await readText(file);
  if (typeof text !== 'string') { set({ found: { name, problem: text } }); return; }
  const read = readJson(text);
  if ('broken' in read) { set({ found: { name, problem: { kind: 'broken', broken: read.broken } } }); return; }
  const other = otherThanReport(read.value);
  if (other !== undefined) { set({ found: { name, other } }); return; }
  try {
    set({ found: { name, result: await recheckReport(text, desk.rulebook) } });
  } catch (error) {
    set({ found: { name, failure: failureOf(error) } });
  }
}
