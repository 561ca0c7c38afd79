/** Comparing: another round or district beside the present one. What moved between them is in `result-moved.ts`. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { clock, problems } from '../check/view-head';
import { icon } from '../check/view';
import type { Refusal, Side, Which } from '../work/comparison';
import { pick, picked } from '../work/pick';
import { between, scorePlaces, shown } from '../words/figure';
import { differencesOf } from './result-moved';
import type { DeskView } from './view';
import { compareWords, type CompareWords } from './wording-compare';
import { draftWords } from './wording-drafts';

const FILE = 'file';
/** How many earlier versions are offered. */
const MOST = 20;

export function comparison(view: DeskView): TemplateResult {
  const own = compareWords(view.lang);
  const { compare, words } = view;
  const { before, after, refused } = compare;
  return html`
    <section class="card" aria-labelledby="compare-h" @dragover=${(event: DragEvent) => event.preventDefault()} @drop=${(event: DragEvent) => drop(view, event)}>
      <h3 id="compare-h" tabindex="-1">${own.head}</h3>
      <p class="hint">${own.hint}</p>
      <div class="sides">
        ${side(view, own, 'before', before)}${side(view, own, 'after', after)}
        ${before === undefined || after === undefined ? nothing : html`<button type="button" @click=${() => compare.swap()}>${own.swap}</button>`}
      </div>
      <div role="status">${compare.reading === '' ? nothing : html`<p class="hint">${own.reading(compare.reading)}</p>`}</div>
      <div role="alert">${refused === undefined ? nothing : html`<div class="message error">${icon('invalid')}<div class="message-text"><p>${own.refused(refused.name)}${wordOf(refused.why, view, own)}</p>${refused.why.kind === 'no-data' ? problems(view, refused.why.problems) : nothing}</div></div>`}</div>
      ${differencesOf(view, own)}
      <span class="unseen">${words.reference}</span>
    </section>`;
}

function wordOf(why: Refusal, { lang }: DeskView, own: CompareWords): string {
  switch (why.kind) {
    case 'other-standard': return own.otherStandard(why.title);
    case 'drafts': return own.severalDrafts;
    case 'office': return lang === 'en' ? why.failure.en : why.failure.zh;
    case 'no-data': return why.problems.length === 0 ? own.noData : '';
  }
}

/** One side: where it comes from, what it is. */
function side(view: DeskView, own: CompareWords, which: Which, one: Side | undefined): TemplateResult {
  const { compare, drafts, report } = view;
  const naming = draftWords(view.lang);
  const lines = drafts.lines.filter(({ name, deleted }) => !deleted && name !== view.work.draft);
  const versions = drafts.versions.slice(0, MOST);
  const source = one === undefined ? '' : one.source;
  const option = (value: string, word: string): TemplateResult => html`<option value=${value} ?selected=${value === source}>${word}</option>`;
  const told = which === 'before' ? one && one.report : one === undefined ? report : one.report;
  return html`
    <div class="side" role="group" aria-label=${own.side[which]}>
      <p class="side-from"><label for="side-${which}"><b>${own.side[which]}</b></label>
        <select id="side-${which}" .value=${live(source)} @change=${(event: Event) => { void choose(view, which, (event.target as HTMLSelectElement).value); }}>
          ${option('', which === 'before' ? own.none : own.current)}
          ${source !== FILE || one === undefined ? nothing : html`<optgroup label=${own.file}>${option(FILE, one.name)}</optgroup>`}
          ${lines.length === 0 ? nothing : html`<optgroup label=${own.drafts}>${lines.map(({ name, title }) => option(`draft:${name}`, title === '' ? naming.first : title))}</optgroup>`}
          ${versions.length === 0 ? nothing : html`<optgroup label=${own.versions}>${versions.map(({ id, at, amount }) => option(`version:${id}`, `${clock(at)} · ${naming.amount(amount)}`))}</optgroup>`}
        </select>
        <button type="button" aria-label=${own.fileFor(own.side[which])} @click=${pick}>${own.chooseFile}</button>
        <input class="unseen" id="file-${which}" type="file" multiple accept=".json,application/json,.xlsx,.xlsm,.xls,.et,.ods,.csv,.tsv" tabindex="-1" aria-hidden="true" @change=${(event: Event) => { void compare.bring(picked(event), which); }}></p>
      ${told === undefined ? nothing : html`<p class="hint">${own.told(told.as_of, between(told.score.low, told.score.high, scorePlaces(told.score)), shown(told.score.full))}${one === undefined || one.judged === undefined ? nothing : html`<br>${own.judged[one.judged]}`}</p>`}
      ${one === undefined ? nothing : problems(view, one.problems)}
    </div>`;
}

async function choose(view: DeskView, which: Which, value: string): Promise<void> {
  const { compare, drafts } = view;
  const naming = draftWords(view.lang);
  const [kind, ...rest] = value.split(':');
  const name = rest.join(':');
  if (kind === '') compare.remove(which);
  const line = drafts.lines.find((one) => kind === 'draft' && one.name === name);
  const version = drafts.versions.find(({ id }) => kind === 'version' && String(id) === name);
  if (line !== undefined) {
    const held = await drafts.held(line.name);
    compare.take(which, value, line.title === '' ? naming.first : line.title, held);
  }
  if (version !== undefined) compare.take(which, value, clock(version.at), version.assessment);
}

/** Dropped here it is compared; elsewhere on the desk a file is taken over. */
function drop({ compare }: DeskView, event: DragEvent): void {
  const files = event.dataTransfer === null ? [] : Array.from(event.dataTransfer.files);
  if (files.length === 0) return;
  event.preventDefault();
  event.stopPropagation();
  void compare.bring(files, 'before');
}
