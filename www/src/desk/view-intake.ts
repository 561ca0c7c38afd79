/** What came back: each file with its problems by sheet and cell, the values that differ, and the way in. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Paper as EvidencePaper, SheetProblem } from '../../../src/wasm/office.d.ts';
import { icon } from '../check/view';
import type { Paper } from '../work/intake';
import { canonical, flat, type Conflict, type Spot, type Value } from '../work/merge';
import type { DeskView } from './view';
import type { TableWords } from './wording-tables';

/** So many problems of a file are shown at once. */
const SHOWN = 12;

export function brought(view: DeskView, own: TableWords): TemplateResult | typeof nothing {
  const { intake } = view;
  if (intake.papers.length === 0) return nothing;
  return html`
    <h4 id="files-h" tabindex="-1">${own.files}</h4>
    <ul class="read-files">${repeat(intake.papers, ({ file }) => file, (paper) => one(view, own, paper))}</ul>
    ${differing(view, own)}
    ${doubtful(view, own)}
    ${wayIn(view, own)}`;
}

function one(view: DeskView, own: TableWords, paper: Paper): TemplateResult {
  const { file, read, failure } = paper;
  const problems = read === undefined ? [] : [...read.problems].sort((a, b) => rank(a) - rank(b));
  const facts = read === undefined ? [own.failed] : [
    read.department, own.kinds[read.kind] || read.kind, read.kind === 'none' ? '' : own.values(flat({ ...read.entry, evidence: read.evidence, notes: read.notes }).size), problems.length === 0 ? '' : own.problems(problems.length),
  ].filter((text) => text !== '');
  const bad = failure !== undefined || (read !== undefined && (read.kind === 'none' || problems.some(({ severity }) => severity === 'error')));
  return html`
    <li class="read-file">
      <div class="read-head"><span class="state ${bad ? 'unmet' : problems.length > 0 ? 'partial' : 'met'}">${icon(bad ? 'invalid' : problems.length > 0 ? 'warning' : 'met')}</span>
        <b class="read-name">${file}</b><span class="hint">${facts.join(' · ')}</span>
        <button type="button" class="link quiet" aria-label="${own.remove} ${file}" @click=${(event: Event) => remove(event, view, file)}>${own.remove}</button></div>
      ${failure === undefined ? nothing : html`<p class="problem" role="alert">${icon('invalid')}${view.lang === 'en' ? failure.en : failure.zh}</p>`}
      ${listed(view, own, file, problems.slice(0, SHOWN))}
      ${problems.length <= SHOWN ? nothing : html`<details><summary>${own.moreProblems(problems.length - SHOWN)}</summary>${listed(view, own, file, problems.slice(SHOWN))}</details>`}
    </li>`;
}

const rank = ({ severity, cell }: SheetProblem): number => (severity === 'error' ? 1 : severity === 'warning' ? 2 : 3) - (cell === 'A1' ? 1 : 0);

function listed(view: DeskView, own: TableWords, file: string, problems: readonly SheetProblem[]): TemplateResult | typeof nothing {
  if (problems.length === 0) return nothing;
  return html`<ul class="cells">${problems.map(({ sheet, cell, severity, text_zh, text_en }) => {
    const spot = own.sheet(sheet === file ? '' : sheet, cell);
    return html`
    <li><span class="state ${severity === 'error' ? 'unmet' : severity === 'warning' ? 'partial' : ''}">${icon(severity === 'error' ? 'invalid' : severity === 'warning' ? 'warning' : 'info')}${own.severity[severity]}</span>
      ${spot === '' ? nothing : html`<span class="spot">${spot}</span>`}<span>${view.lang === 'en' ? text_en : text_zh}</span></li>`;
  })}</ul>`;
}

/** The list becomes shorter under the focus: it goes to its head. */
function remove(event: Event, view: DeskView, file: string): void {
  const root = (event.currentTarget as Element).getRootNode() as ShadowRoot;
  view.intake.remove(file);
  window.setTimeout(() => {
    const head = root.getElementById('files-h') || root.getElementById('tables-h');
    if (head !== null) head.focus({ preventScroll: true });
  });
}

function differing(view: DeskView, own: TableWords): TemplateResult | typeof nothing {
  const { intake } = view;
  const { conflicts, open } = intake;
  if (conflicts.length === 0) return nothing;
  const files = intake.papers.map(({ file }) => file).filter((file) => conflicts.some(({ choices }) => choices.some(({ spots }) => spots.some((spot) => spot.file === file))));
  const entered = conflicts.some(({ choices }) => choices.some(({ spots }) => spots.some(({ file }) => file === undefined)));
  return html`
    <section class="differing" aria-labelledby="differ-h">
      <h4 id="differ-h">${own.conflicts}</h4>
      <p class="hint">${own.conflictsHint} <span role="status">${own.settledOf(conflicts.length - open.length, conflicts.length)}</span></p>
      ${conflicts.length < 2 ? nothing : html`<p class="all-from">
        ${entered ? html`<button type="button" @click=${() => intake.chooseAll(undefined)}>${own.allEntered}</button>` : nothing}
        ${files.map((file) => html`<button type="button" @click=${() => intake.chooseAll(file)}>${own.allFrom(file)}</button>`)}</p>`}
      ${repeat(conflicts, ({ path }) => path, (conflict, i) => choice(view, own, conflict, i))}
    </section>`;
}

function choice(view: DeskView, own: TableWords, conflict: Conflict, i: number): TemplateResult {
  const { intake } = view;
  const chosen = intake.choiceOf(conflict);
  const unit = (view.layout.fields.get(conflict.path.replace(/\..*$/, '')) || { unit: '' }).unit;
  return html`
    <fieldset class="conflict ${chosen < 0 ? 'open' : ''}" data-path=${conflict.path}>
      <legend>${own.part[conflict.path.slice(0, conflict.path.indexOf(':'))] || ''}${conflict.label}${unit === '' ? nothing : html`<span class="n">${unit}</span>`}</legend>
      ${conflict.choices.map(({ value, spots }, n) => html`
        <label class="choice"><input type="radio" name="differ-${i}" .checked=${live(n === chosen)} @change=${() => intake.choose(conflict, n)}>
          <b>${shown(value, own)}</b><span class="hint">${spots.map((spot) => where(spot, own)).join('；')}</span></label>`)}
    </fieldset>`;
}

const where = ({ file, sheet = '', cell = '' }: Spot, own: TableWords): string => (file === undefined ? own.entered : [file, own.sheet(sheet === file ? '' : sheet, cell)].filter((text) => text !== '').join(' · '));

function shown(value: Value, own: TableWords): string {
  if (value === '') return own.empty;
  if (Array.isArray(value)) return (value as readonly EvidencePaper[]).map(({ name, number }) => [name, number].filter((text) => text !== '').join(' ')).join('；');
  if (typeof value !== 'object' || value === null) return canonical(value);
  return Object.entries(value).filter(([, text]) => text !== '').map(([name, text]) => `${own.waiver[name] || name} ${text}`).join(' · ');
}

/** Before anything is taken: what could not be read, or contradicts something, once it is. */
function doubtful({ intake }: DeskView, own: TableWords): TemplateResult | typeof nothing {
  const { doubts } = intake;
  if (doubts.length === 0) return nothing;
  return html`
    <section class="differing" aria-labelledby="doubt-h">
      <h4 id="doubt-h">${own.doubts(doubts.length)}</h4>
      <ul class="cells">${doubts.slice(0, SHOWN).map(({ severity, text }) => html`
        <li><span class="state ${severity === 'error' ? 'unmet' : 'partial'}">${icon(severity === 'error' ? 'invalid' : 'warning')}</span><span>${text}</span></li>`)}</ul>
      ${doubts.length <= SHOWN ? nothing : html`<p class="hint">${own.moreProblems(doubts.length - SHOWN)}</p>`}
    </section>`;
}

function wayIn(view: DeskView, own: TableWords): TemplateResult {
  const { intake } = view;
  const { open, changes: { added, altered, same } } = intake;
  const n = added + altered;
  const go = (event: Event): void => {
    const root = (event.currentTarget as Element).getRootNode() as ShadowRoot;
    const [first] = open;
    if (first !== undefined) {
      const input = root.querySelector<HTMLInputElement>('.conflict.open input');
      if (input !== null) input.focus();
      return;
    }
    if (intake.take(own.taken)) {
      const head = root.getElementById('tables-h');
      if (head !== null) head.focus({ preventScroll: true });
    }
  };
  return html`
    <div class="way-in">
      <span role="status">${own.sums(added, altered, same)}</span>
      <span class="set">
        <button type="button" class="main" aria-disabled=${open.length === 0 && n === 0 ? 'true' : 'false'} @click=${go}>${open.length > 0 ? own.settleFirst(open.length) : n === 0 ? own.nothing : own.take(n)}</button>
        <button type="button" @click=${(event: Event) => {
          const root = (event.currentTarget as Element).getRootNode() as ShadowRoot;
          intake.clear();
          const head = root.getElementById('tables-h');
          if (head !== null) head.focus({ preventScroll: true });
        }}>${own.cancel}</button>
      </span>
    </div>`;
}
