/** Problems: all of them by file, and the one at the cursor beneath the editor, for the keyboard and for touch. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Problem } from '../../../src/wasm/studio.d.ts';
import { icon } from '../check/view';
import { lines } from './marks';
import type { StudioView } from './view';
import { words as ui } from './wording';

export function problems(view: StudioView): TemplateResult {
  const all = view.compiled === undefined ? [] : view.compiled.problems;
  if (view.compiled === undefined) return html`<p class="empty">${ui.starting}</p>`;
  if (all.length === 0) return html`<p class="empty">${icon('met')}${ui.noProblems}</p>`;
  const byFile = new Map<string, Problem[]>();
  for (const problem of all) byFile.set(problem.file, [...(byFile.get(problem.file) || []), problem]);
  return html`${Array.from(byFile, ([file, found]) => html`
    <h2 class="list-head">${file === '' ? ui.ofStandard : file}</h2>
    <ul class="problems">${found.map((problem) => one(view, problem))}</ul>`)}`;
}

function one(view: StudioView, problem: Problem): TemplateResult {
  const { act } = view;
  const [what, ...more] = lines(problem);
  return html`
    <li class=${problem.warning ? 'warned' : 'wrong'}>
      <button type="button" class="go" @click=${() => act.goTo(problem.file, problem.line, problem.column)}>
        ${icon(problem.warning ? 'warning' : 'unmet')}<span><b>${what}</b>${more.map((line) => html`<small>${line}</small>`)}
        ${problem.line === 0 ? nothing : html`<small class="where">${ui.place(problem.line, problem.column)} · ${problem.code}</small>`}</span>
      </button>
      ${problem.edit === null ? nothing : html`<button type="button" @click=${() => act.fix(problem)}>${ui.changeTo(problem.edit)}</button>`}
    </li>`;
}

/** What is wrong in the line of the cursor. */
export function atCursor(view: StudioView): TemplateResult {
  const here = view.compiled === undefined ? [] : view.compiled.problems.filter(({ file, line }) => file === view.path && line === view.line);
  return html`<div class="at-cursor" role="region" aria-label=${ui.atCursor} ?hidden=${here.length === 0}><ul class="problems">${here.map((problem) => one(view, problem))}</ul></div>`;
}
