/** The form: chapters, groups, one row per field, the verdicts beside, the explanations below. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { DataProblem, Field, Group, Parameter } from '../../../src/wasm.d.ts';
import { SCHEME, truthOf, valueAt, type Scalar } from '../work/entry';
import { chapterHead, partsOf } from './view-chapters';
import { below, verdict } from './view-finding';
import { icon, indicatorsOf, type View } from './view';
import { withUnit } from '../words/term';
import { LAST_DAY } from '../work/day';
import { datesOf } from '../words/line';

export function form(view: View): TemplateResult {
  const { standard, only } = view;
  return html`
    ${partsOf(view).filter(({ id }) => only === undefined || only.chapters.has(id)).map((part) => html`
      <section class="chapter" aria-label="${part.title}${view.about}">
        ${chapterHead(view, part)}
        <div id="b-${part.id}" class="chapter-body" ?hidden=${!view.unfolded.has(part.id)}>${!view.unfolded.has(part.id) ? nothing : part.id === SCHEME ? scheme(view)
          : standard.groups.filter((one) => one.chapter === part.id && (only === undefined || only.groups.has(one.id))).map((one) => group(view, one))}</div>
      </section>`)}`;
}

/** What the score as a whole needs. */
function scheme(view: View): TemplateResult {
  const own = view.standard.parameters.filter(({ id }) => view.layout.parameters.get(id) === SCHEME && (view.only === undefined || view.only.parameters.has(id)));
  return html`<section class="group" part="group"><div class="fields single">${own.map((parameter) => parameterRow(view, parameter))}</div></section>`;
}

function group(view: View, one: Group): TemplateResult {
  const { words, only } = view;
  const indicators = indicatorsOf(view, one.id).filter(({ id }) => only === undefined || only.indicators.has(id));
  const fields = view.standard.fields.filter((field) => field.group === one.id && (only === undefined || only.fields.has(field.id)));
  const parameters = view.standard.parameters.filter((parameter) => view.layout.parameters.get(parameter.id) === one.id && (only === undefined || only.parameters.has(parameter.id)) && settable(view, parameter));
  return html`
    <section class="group" part="group" aria-label="${one.title}${view.about}">
      <h3 id="g-${one.id}" tabindex="-1">${one.title}</h3>
      <button type="button" class="skip" @click=${() => view.act.goToChapters()}>${words.skipToChapters}</button>
      <div class="pair">
        <div class="fields" role="group" aria-labelledby="g-${one.id}">
          ${fields.map((field) => row(view, field))}
          ${parameters.map((parameter) => parameterRow(view, parameter))}
        </div>
        <ul class="verdicts" aria-label="${one.title} ${words.verdicts}">${indicators.map((indicator) => verdict(view, indicator))}</ul>
      </div>
      ${view.size === 'narrow' ? nothing : indicators.map((indicator) => below(view, indicator))}
    </section>`;
}

/** Not set by the standard on this date, or set by the user before. */
/** Whether a line is shown to be set: there is none on this date, or the user set it. */
export function settable(view: View, parameter: Parameter): boolean {
  if (parameter.values.length === 0 || (view.entry.parameters || {})[parameter.id] !== undefined) return true;
  return view.report.findings.some((finding) => finding.pending.includes(parameter.id));
}

function row(view: View, field: Field): TemplateResult {
  if (field.keys.length > 0) return list(view, field);
  const id = `f-${field.id}`;
  const problems = view.problems.get(field.id) || [];
  const label = field.type === 'yes-no'
    ? html`<span class="label" id="l-${field.id}">${field.label}${recorded(view, field)}</span>`
    : html`<label class="label" for=${id}>${field.label}${recorded(view, field)}</label>`;
  return html`
    <div class="field ${stateOf(problems)}" part="field">
      ${label}
      <div class="control">${input(view, field, field.id, id, `l-${field.id}`, problems)}${unit(field)}</div>
      ${notes(view, field, id, problems)}
    </div>`;
}

/** Entered for the record; no verdict waits for it. */
function recorded(view: View, field: Field): TemplateResult | typeof nothing {
  return field.record ? html` <span class="mark">${view.words.record}</span>` : nothing;
}

/** A list field: one input per key. */
function list(view: View, field: Field): TemplateResult {
  const own = view.problems.get(field.id) || [];
  return html`
    <fieldset class="field list" part="field" aria-describedby="f-${field.id}-h">
      <legend class="label">${field.label}${field.unit === '' ? nothing : html`<span class="unit">（${field.unit}）</span>`}${recorded(view, field)}</legend>
      <div class="keys">${field.keys.map((key, i) => {
        const path = `${field.id}.${key}`;
        const id = `f-${field.id}-${i}`;
        const problems = view.problems.get(path) || [];
        return html`
          <div class="key ${stateOf(problems)}">
            <label for=${id} id="l-${field.id}-${i}">${key}</label>
            <div class="control">${input(view, field, path, id, `l-${field.id}-${i}`, problems)}</div>
            ${notes(view, { ...field, help: '' }, id, problems, false)}
          </div>`;
      })}</div>
      ${notes(view, field, `f-${field.id}`, own)}
    </fieldset>`;
}

function input(view: View, field: Field, path: string, id: string, labelId: string, problems: readonly DataProblem[]): TemplateResult {
  const { words, act } = view;
  const value = valueAt(view.entry, path);
  const text = value === undefined || value === null ? '' : String(value);
  const invalid = problems.some((problem) => problem.severity === 'error') ? 'true' : 'false';
  const about = `${id}-h ${id}-p`;
  const enter = (event: Event): void => act.enter(path, (event.target as HTMLInputElement).value);
  switch (field.type) {
    case 'yes-no': return yesNo(view, path, id, labelId, value, invalid);
    case 'choice': return html`
      <select id=${id} data-path=${path} aria-invalid=${invalid} aria-describedby=${about} ?disabled=${view.readonly} .value=${live(text)} @change=${enter}>
        <option value="" ?selected=${text === ''}>${words.choose}</option>
        ${[...field.choices, ...(text === '' || field.choices.includes(text) ? [] : [text])].map((choice) => html`<option value=${choice} ?selected=${choice === text}>${choice}</option>`)}
      </select>`;
    default: {
      // A date that was imported in another form stays visible as text.
      const date = field.type === 'date' && (text === '' || /^\d{4}-\d{2}-\d{2}$/.test(text));
      const figure = field.type === 'number' || field.type === 'count' || field.type === 'percent';
      return html`
        <input id=${id} data-path=${path} class=${figure ? 'figure' : 'wide'} type=${date ? 'date' : 'text'} max=${date ? LAST_DAY : nothing} inputmode=${figure ? 'decimal' : 'text'} autocomplete="off"
          aria-invalid=${invalid} aria-describedby=${about} ?readonly=${view.readonly} .value=${live(text)} @input=${enter}>`;
    }
  }
}

function yesNo(view: View, path: string, id: string, labelId: string, value: Scalar | undefined, invalid: string): TemplateResult {
  const { words, act } = view;
  const truth = truthOf(value);
  const radio = (on: boolean, to: boolean, word: string, first: boolean): TemplateResult => html`
    <label class="choice"><input type="radio" name=${id} data-path=${first ? path : nothing} ?disabled=${view.readonly} .checked=${live(on)} @change=${() => act.enter(path, to)}>${word}</label>`;
  return html`
    <span class="choices" role="radiogroup" id=${id} aria-labelledby=${labelId} aria-describedby="${id}-h ${id}-p" aria-invalid=${invalid}>
      ${radio(truth === true, true, words.yes, true)}${radio(truth === false, false, words.no, false)}
    </span>
    ${value === undefined || view.readonly ? nothing : html`<button type="button" class="link quiet" aria-describedby=${labelId} @click=${() => { act.enter(path, undefined); act.goToPath(path); }}>${words.clear}</button>`}`;
}

function unit(field: Field): TemplateResult | typeof nothing {
  return field.unit === '' || field.keys.length > 0 ? nothing : html`<span class="unit" aria-hidden="true">${field.unit}</span>`;
}

/** Help, limits and problems, bound to the input by `aria-describedby`. The unit is said here too. */
function notes(view: View, field: Field, id: string, problems: readonly DataProblem[], help = true): TemplateResult {
  const { words } = view;
  const limited = field.max !== undefined || (field.min !== undefined && field.min !== '0');
  const limits = help && limited && !(field.type === 'percent' && field.min === '0' && field.max === '100') ? words.between(field.min, field.max, withUnit('', field.unit)) : '';
  return html`
    <div class="notes">
      <span class=${field.help === '' && limits === '' ? 'unseen' : 'hint'} id="${id}-h"><span class="unseen">${field.unit}</span>${field.help}${field.help !== '' && limits !== '' ? ' ' : ''}${limits}</span>
      <span id="${id}-p">${problems.map((problem) => html`<span class="problem ${problem.severity}">${icon(problem.severity === 'error' ? 'invalid' : 'warning')}${problem.text}</span>`)}</span>
    </div>`;
}

function parameterRow(view: View, parameter: Parameter): TemplateResult {
  const { words, act } = view;
  const id = `q-${parameter.id}`;
  const path = `parameter:${parameter.id}`;
  const value = String((view.entry.parameters || {})[parameter.id] ?? '');
  const problems = view.problems.get(parameter.id) || [];
  const enter = (event: Event): void => act.setParameter(parameter.id, (event.target as HTMLInputElement).value);
  const invalid = problems.some((problem) => problem.severity === 'error') ? 'true' : 'false';
  const dates = datesOf(view.report, parameter.id, words);
  return html`
    <div class="field parameter ${stateOf(problems)}" part="parameter">
      <label class="label" for=${id}>${parameter.label} ${value === '' ? html`<span class="pin">${icon('pending')}${words.parameterTag}</span>` : html`<span class="mark">${words.setByUser}</span>`}</label>
      <div class="control">
        ${parameter.choices.length > 0
          ? html`<select id=${id} data-path=${path} aria-describedby="${id}-h ${id}-p" aria-invalid=${invalid} ?disabled=${view.readonly} .value=${live(value)} @change=${enter}>
              <option value="" ?selected=${value === ''}>${words.choose}</option>${parameter.choices.map((choice) => html`<option value=${choice} ?selected=${choice === value}>${choice}</option>`)}</select>`
          : html`<input id=${id} data-path=${path} class="figure" type="text" inputmode="decimal" autocomplete="off" aria-describedby="${id}-h ${id}-p" aria-invalid=${invalid}
              ?readonly=${view.readonly} .value=${live(value)} @input=${enter}>`}
        ${parameter.unit === '' ? nothing : html`<span class="unit" aria-hidden="true">${parameter.unit}</span>`}
      </div>
      <div class="notes">
        <span class="hint" id="${id}-h"><span class="unseen">${parameter.unit}</span>${value !== '' ? '' : dates === '' ? words.parameterHint : words.parameterOutside(dates)}${parameter.note}</span>
        <span id="${id}-p">${problems.map((problem) => html`<span class="problem ${problem.severity}">${icon(problem.severity === 'error' ? 'invalid' : 'warning')}${problem.text}</span>`)}</span>
      </div>
    </div>`;
}

function stateOf(problems: readonly DataProblem[]): string {
  return problems.some((problem) => problem.severity === 'error') ? 'bad' : problems.length > 0 ? 'doubtful' : '';
}
