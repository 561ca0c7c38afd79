/** The head: what standard this is and what it is not, the date, the tools, and whether the data is safe. */
import { html, nothing, type TemplateResult } from 'lit';
import type { DataProblem, Lang } from '../../../src/wasm.d.ts';
import { live } from 'lit/directives/live.js';
import { LAST_DAY } from '../work/day';
import { holds, isEmpty } from '../work/entry';
import type { OpenError } from '../work/engine';
import type { FileProblem } from '../work/file';
import { pick, picked } from '../work/pick';
import { AS_OF } from '../work/work';
import { wordsFor } from '../words/wording';
import type { Frame } from './frame';
import { HIDDEN } from './places';
import { icon, type View } from './view';

export function head(view: Frame): TemplateResult {
  const { words, standard } = view;
  const facts = [
    standard.document === '' ? '' : `${words.document}${words.yes === '是' ? '：' : ': '}${standard.document}`,
    standard.issuer, `${words.version} ${standard.version}`,
  ].filter((text) => text !== '');
  return html`
    <div class="top">
      <div class="head" part="head">
        <p class="title">${standard.title}</p>
        <p class="facts-line">${facts.join(' · ')}</p>
      </div>
      <p class="notice" part="notice">${icon('info')}<span>${standard.notice || words.reference}</span></p>
    </div>`;
}

/** `lead`: what stands before all of them. */
export function tools(view: Frame, lead: unknown = nothing): TemplateResult {
  const { words, act } = view;
  return html`
    <div class="tools" part="tools" role="group" aria-label=${words.toolbar}>
      ${lead}
      ${view.readonly ? nothing : html`
        <span class="set">
          <button type="button" aria-disabled=${view.canUndo ? 'false' : 'true'} aria-keyshortcuts="Control+Z" title="Ctrl+Z" @click=${() => act.undo()}>${words.undo}</button>
          <button type="button" aria-disabled=${view.canRedo ? 'false' : 'true'} aria-keyshortcuts="Control+Y" title="Ctrl+Y" @click=${() => act.redo()}>${words.redo}</button>
        </span>`}
      <span class="as-of"><label for="as-of">${words.asOf}</label>
        <input id="as-of" data-path=${AS_OF} type="date" max=${LAST_DAY} required .value=${live(view.asOf)} ?readonly=${view.readonly} @change=${(event: Event) => act.setAsOf((event.target as HTMLInputElement).value)}>
        ${view.asOf === view.today ? html`<span class="hint">${words.asOfToday}</span>`
          : view.readonly ? nothing : html`<button type="button" class="link" @click=${() => act.setAsOf('')}>${words.backToToday}</button>`}
      </span>
      <span class="set">
        ${view.readonly ? nothing : html`<button type="button" @click=${pick}>${words.importData}</button>
          <input class="unseen" id="file" type="file" accept=${view.accepts} tabindex="-1" aria-hidden="true" @change=${(event: Event) => { const [file] = picked(event); if (file !== undefined) act.importFile(file); }}>`}
        <button type="button" @click=${() => act.exportData()}>${words.exportData}</button>
        <button type="button" @click=${() => act.exportReport()}>${words.exportReport}</button>
      </span>
      ${view.readonly ? nothing : html`
        <span class="set">
          ${view.hasExample ? html`<button type="button" class="link" @click=${() => act.fillExample()}>${words.example}</button>` : nothing}
          <button type="button" class="link" aria-disabled=${view.empty ? 'true' : 'false'} @click=${() => act.empty()}>${words.empty}</button>
        </span>`}
      ${kept(view)}
    </div>`;
}

/** Whether the data is safe. `echo`: where it is shown again, for the eye only. */
export function kept(view: Frame, echo = false): TemplateResult {
  const { keeping, words, act } = view;
  if (echo && (keeping.state === 'blocked' || keeping.state === 'elsewhere')) return html`<span class="kept blocked" aria-hidden="true">${icon('invalid')}${keeping.state === 'blocked' ? words.keeping.blocked : words.keeping.paused}</span>`;
  switch (keeping.state) {
    case 'kept': return html`<span class="kept" aria-busy=${keeping.behind ? 'true' : 'false'} aria-hidden=${echo ? 'true' : 'false'} title=${words.keeping.keptTitle}>${icon('met')}${words.keeping.kept(clock(keeping.at))}</span>`;
    case 'elsewhere': return html`<span class="kept blocked" role="alert">${icon('warning')}<span><b>${keeping.at === 0 ? words.keeping.clearedElsewhere : words.keeping.elsewhere(clock(keeping.at))}</b>${words.stop}${words.keeping.untouched}
      <button type="button" class="link" @click=${() => act.takeTheirs()}>${words.keeping.takeTheirs}</button> <button type="button" class="link" @click=${() => act.insist()}>${view.parts ? words.keeping.ownDraft : words.keeping.insist}</button></span></span>`;
    case 'blocked': return html`<span class="kept blocked" role="alert">${icon('invalid')}<span><b>${words.keeping.blocked}</b>${words.stop}${keeping.full ? words.keeping.fullHelp : words.keeping.blockedHelp} <button type="button" class="link" title=${keeping.why} @click=${() => act.exportData()}>${words.exportData}</button></span></span>`;
    default: return echo ? html`` : html`<span class="kept">${words.keeping[keeping.state]}</span>`;
  }
}

/** `14:03` today, with the date on other days. */
export function clock(at: number): string {
  const date = new Date(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return date.toDateString() === new Date().toDateString() ? time : `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`;
}

/** In place of everything: why the standard could not be opened. */
export function failure({ code, detail }: OpenError, lang: Lang): TemplateResult {
  const words = wordsFor(lang);
  return html`<div class="desk" lang=${lang === 'en' ? 'en' : 'zh-CN'}><div class="message error" role="alert">${icon('invalid')}<div class="message-text"><p><b>${words.failed}</b></p>
    <p>${words.open_error[code]}${detail === '' ? '' : `${lang === 'en' ? ': ' : '：'}${detail}`}</p></div></div></div>`;
}

/** The passing word: what an import did, what broke and where; and what could not be read of the kept draft. */
export function notice(view: Frame): TemplateResult {
  const { notice: one, damaged, words, act } = view;
  if (one === undefined && damaged === undefined) return html`<div class="notices" role="status"></div>`;
  return html`
    <div class="notices" role=${damaged !== undefined || (one !== undefined && one.tone === 'error') ? 'alert' : 'status'}>
      ${damaged === undefined ? nothing : html`
        <div class="message error">
          ${icon('invalid')}
          <div class="message-text"><p>${words.damaged}</p>${problems(view, damaged.problems)}</div>
          <button type="button" @click=${() => act.exportRaw()}>${words.exportRaw}</button>
          ${one === undefined ? html`<button type="button" class="link shut" @click=${() => act.dismiss()}>${words.close}</button>` : nothing}
        </div>`}
      ${one === undefined ? nothing : html`
        <div class="message ${one.tone}">
          ${icon(one.tone === 'error' ? 'invalid' : 'info')}
          <div class="message-text"><p>${one.text}</p>${problems(view, one.problems)}</div>
          ${one.canUndo && view.canUndo ? html`<button type="button" @click=${() => act.undo()}>${words.undo}</button>` : nothing}
          ${one.undo === undefined ? nothing : html`<button type="button" @click=${one.undo}>${words.undo}</button>`}
          ${(one.ways || []).map(({ word, run }) => html`<button type="button" @click=${run}>${word}</button>`)}
          <button type="button" class="link shut" @click=${() => act.dismiss()}>${words.close}</button>
        </div>`}
    </div>`;
}

export function problems({ words }: Pick<Frame, 'words'>, all: readonly FileProblem[]): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  return html`<ul>${all.map((problem) => html`<li>${problem.kind === 'broken'
    ? html`${words.broken(problem.broken)}<code class="source">${problem.broken.source.slice(0, problem.broken.before)}<mark>${problem.broken.source.slice(problem.broken.before, problem.broken.before + 1) || ' '}</mark>${problem.broken.source.slice(problem.broken.before + 1)}</code>`
    : words.fileProblem(problem)}</li>`)}</ul>`;
}

/** Before anything is entered: what to do first. */
export function start(view: View): TemplateResult | typeof nothing {
  const { words, act } = view;
  if (!isEmpty(view.entry) || view.readonly) return nothing;
  return html`
    <section class="start" aria-label="${words.start}${view.about}">
      <h2 id="start-h">${words.start}</h2>
      <ol>${words.startSteps.map((step) => html`<li>${step}</li>`)}</ol>
      ${view.hasExample ? html`<p>${words.startExample} <button type="button" class="link" @click=${() => act.fillExample()}>${words.example}</button></p>` : nothing}
    </section>`;
}

/** So many are listed; whoever has more has another file. */
const SHOWN = 100;

/** Data that has no place in the form: unknown names, mostly; and what is wrong with data that is not shown. */
export function strays(view: View): unknown {
  return [['strays', '', view.words.unknownData], ['hidden', HIDDEN, view.words.notShown]].map(([id = '', place = '', title = '']) => stray(view, id, title, view.problems.get(place) || []));
}

function stray(view: View, id: string, title: string, problems: readonly DataProblem[]): TemplateResult | typeof nothing {
  const { words, act } = view;
  if (problems.length === 0) return nothing;
  return html`
    <section class="strays" aria-label="${title}${view.about}">
      <h2 id="${id}-h">${title}</h2>
      <ul>${problems.slice(0, SHOWN).map((problem) => {
        const name = problem.fields[0];
        return html`<li><span class="problem ${problem.severity}">${icon(problem.severity === 'error' ? 'invalid' : 'warning')}${problem.text}</span>
          ${name !== undefined && holds(view.entry, name) && !view.readonly ? html`<button type="button" class="link" @click=${() => act.remove(name)}>${words.remove}</button>` : nothing}</li>`;
      })}${problems.length > SHOWN ? html`<li>${words.more_items(problems.length)}</li>` : nothing}</ul>
    </section>`;
}
