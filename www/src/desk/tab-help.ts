/** The tab 使用说明: what staff need to know, read in three minutes, with the example one click away. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Outcome } from '../../../src/wasm.d.ts';
import { tag } from '../check/view';
import { FORM, tabs } from './tabs';
import type { DeskView } from './view';
import { helpWords } from './wording-help';

export function help(view: DeskView): TemplateResult {
  const own = helpWords(view.lang);
  const { words } = view;
  const said = (id: string, head: string, lines: readonly string[]): TemplateResult => html`
    <section class="card" aria-labelledby="help-${id}"><h3 id="help-${id}">${head}</h3>${lines.map((line) => html`<p>${line}</p>`)}</section>`;
  return html`
    <div class="help">
      <h2 class="tab-title" tabindex="-1">${own.title}</h2>
      <p class="help-lead">${own.lead}
        ${view.hasExample && !view.readonly ? html`<button type="button" class="main" title=${own.exampleHint} @click=${() => { view.act.fillExample(); view.open(FORM); }}>${own.example}</button> <span class="hint">${own.exampleHint}</span>` : nothing}</p>
      <section class="card" aria-labelledby="help-start"><h3 id="help-start">${own.startHead}</h3>
        <ol class="help-steps">${own.start.map(([name, text]) => html`<li><b>${name}</b><span>${text}</span></li>`)}</ol></section>
      <div class="help-two">
        <section class="card" aria-labelledby="help-outcomes"><h3 id="help-outcomes">${own.outcomesHead}</h3>
          <dl class="help-list">${(Object.entries(own.outcomes) as [Outcome, string][]).map(([outcome, text]) => html`<div><dt>${tag(outcome, words)}</dt><dd>${text}</dd></div>`)}</dl></section>
        <section class="card" aria-labelledby="help-tabs"><h3 id="help-tabs">${own.stepsHead}</h3>
          <dl class="help-list">${tabs.map(({ id, word }) => html`<div><dt>${id === 'help' ? word(view.own) : html`<button type="button" class="link says" @click=${() => view.open(id)}>${word(view.own)}</button>`}</dt><dd>${own.steps[id] || ''}</dd></div>`)}</dl></section>
      </div>
      <div class="help-two">
        ${said('score', own.scoreHead, own.score)}
        ${said('reference', own.referenceHead, [...own.reference, view.standard.notice].filter((text) => text !== ''))}
      </div>
      <div class="help-two">
        ${said('privacy', own.privacyHead, own.privacy)}
        <section class="card" aria-labelledby="help-keys"><h3 id="help-keys">${own.keysHead}</h3>
          <dl class="help-list keys-list">${own.keys.map(([keys, text]) => html`<div><dt>${keys.map((key, i) => html`${i > 0 ? ' ' : nothing}<kbd>${key}</kbd>`)}</dt><dd>${text}</dd></div>`)}</dl></section>
      </div>
    </div>`;
}
