/** Examples: what each expects and what came of it, and the form that makes one of the preview's data. */
import { html, nothing, type TemplateResult } from 'lit';
import { wordsFor } from '../words/wording';
import { icon, tag } from '../check/view';
import type { Verdict } from '../../../src/wasm/studio.d.ts';
import type { Outcome } from '../../../src/wasm.d.ts';
import { failing, indicatorNames, type StudioView } from './view';
import { words as ui } from './wording';

const zh = wordsFor('zh');

export function examples(view: StudioView): TemplateResult {
  const { examples: { verdicts, all, stale }, act } = view;
  const failed = failing(verdicts);
  const running = verdicts.length < all && !stale;
  const groups = new Map<string, Verdict[]>();
  // The author is at one file: its examples come first.
  const here = (verdict: Verdict): boolean => verdict.place.startsWith(`${view.path}:`);
  for (const verdict of [...verdicts.filter(here), ...verdicts.filter((one) => !here(one))]) {
    if (view.onlyFailed && verdict.differences.length === 0) continue;
    groups.set(verdict.indicator, [...(groups.get(verdict.indicator) || []), verdict]);
  }
  return html`
    <div class="run">
      <button type="button" aria-keyshortcuts="Control+Enter" title="Ctrl+Enter" aria-disabled=${view.current ? 'false' : 'true'} @click=${() => act.runExamples()}>${ui.runAll}</button>
      <span role="status">${!view.current ? ui.examplesBlocked : running ? ui.running(verdicts.length, all) : verdicts.length === 0 ? ''
        : html`<span class="state ${failed === 0 ? 'met' : 'unmet'}">${icon(failed === 0 ? 'met' : 'unmet')}${ui.tally(verdicts.length - failed, failed)}</span>`}</span>
      <label class="only"><input type="checkbox" .checked=${view.onlyFailed} @change=${(event: Event) => act.filterExamples((event.target as HTMLInputElement).checked)}>${ui.onlyFailed}</label>
    </div>
    ${keep(view)}
    ${verdicts.length === 0 && all === 0 ? html`<p class="empty">${ui.examplesNone}</p>` : nothing}
    <div class=${stale ? 'verdicts stale' : 'verdicts'}>${Array.from(groups, ([indicator, found]) => html`
      <h2 class="list-head">${indicator} ${(found[0] || { title: '' }).title}</h2>
      <ul class="cases">${found.map((verdict) => one(view, verdict))}</ul>`)}</div>`;
}

function one({ act }: StudioView, verdict: Verdict): TemplateResult {
  const passed = verdict.differences.length === 0;
  const [file = '', line = '1', column = '1'] = verdict.place.split(':');
  return html`
    <li class=${passed ? 'case' : 'case failed'}>
      <span class="state ${passed ? 'met' : 'unmet'}">${icon(passed ? 'met' : 'unmet')}<span class="unseen">${passed ? ui.passed : ui.failed}</span></span>
      <button type="button" class="link case-name" title=${ui.goToRule} @click=${() => act.goTo(file, Number(line), Number(column))}>${verdict.name}</button>
      <span class="case-outcome">${zh.outcome[verdict.outcome]}</span>
      <button type="button" class="link" title=${ui.showTitle} @click=${() => act.showExample(verdict)}>${ui.show}<span class="unseen">：${verdict.name}</span></button>
      ${passed ? nothing : html`<ul class="differences">${verdict.differences.map(({ zh: text }) => html`<li>${worded(text)}</li>`)}<li class="soft">${verdict.text}</li></ul>`}
    </li>`;
}

/** Outcomes in the author's words, where the compiler tells them by their code. */
function worded(text: string): string {
  return text.replace(/\b(met|partial|unmet|missing|pending|invalid|not_applicable|waived)\b/g, (code) => `${zh.outcome[code as Outcome]}（${code}）`);
}

function keep(view: StudioView): TemplateResult {
  const { keep: { indicator, name, wrong }, keepOutcome, act } = view;
  const submit = (event: Event): void => { event.preventDefault(); act.keepExample(); };
  return html`
    <form class="keep" aria-labelledby="keep-h" @submit=${submit}>
      <h2 id="keep-h">${ui.keepExample}</h2>
      <p class="hint">${ui.keepHint}</p>
      <div class="keep-row"><label for="keep-i">${ui.keepIndicator}</label>
        <select id="keep-i" @change=${(event: Event) => act.setKeep({ indicator: (event.target as HTMLSelectElement).value })}>
          ${indicatorNames(view).map((one) => html`<option value=${one.name} ?selected=${one.name === indicator}>${one.name} ${one.label}</option>`)}
        </select></div>
      <div class="keep-row"><label for="keep-n">${ui.keepName}</label>
        <input id="keep-n" type="text" autocomplete="off" .value=${name} aria-invalid=${wrong === '' ? 'false' : 'true'} aria-describedby="keep-wrong" @input=${(event: Event) => act.setKeep({ name: (event.target as HTMLInputElement).value })}></div>
      <div class="keep-row"><span>${ui.keepOutcome}</span>
        <span>${keepOutcome === '' ? html`<span class="soft">${ui.keepEmpty}</span>` : tag(keepOutcome as Outcome, zh)}</span>
        <button type="submit" aria-disabled=${view.current && keepOutcome !== '' ? 'false' : 'true'}>${ui.keep}</button></div>
      <div class="keep-row"><span></span><button type="button" class="link" title=${ui.draftTitle} aria-disabled=${view.current ? 'false' : 'true'} @click=${() => act.draftExamples()}>${ui.draft}</button></div>
      <p id="keep-wrong" class="hint bad" role="alert">${wrong}</p>
    </form>`;
}
