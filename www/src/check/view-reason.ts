/** The reason tree as a table: one row per condition, the AND/OR structure kept in head rows and by indent. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Comparison, Indicator, Reason, Term, Truth } from '../../../src/wasm.d.ts';
import { amount, chosenBy, gapOf, isRight, nameOf, signOf, structureOf, subjectOf, takenOf, truthOf, working } from '../words/term';
import { icon, type View } from './view';

export function reasonTable(view: View, reason: Reason, indicator: Indicator): TemplateResult {
  const { words } = view;
  // Explicit roles: on narrow screens the rows are laid out as blocks and must stay a table to the ear.
  return html`
    <table class="reason" role="table" part="reason" aria-label="${words.reason} ${indicator.title}">
      <thead role="rowgroup"><tr role="row">
        ${[words.condition, words.value, words.required, words.gap, words.basis].map((head) => html`<th role="columnheader" scope="col">${head}</th>`)}
      </tr></thead>
      <tbody role="rowgroup">${rows(view, reason, 0)}</tbody>
    </table>`;
}

function rows(view: View, reason: Reason, depth: number): TemplateResult {
  if (!('parts' in reason)) return row(view, reason, depth);
  const { words } = view;
  const [first] = reason.parts;
  // What conditions chose is shown, and why; what they did not choose is asked of nobody.
  const chosen = takenOf(reason);
  if (chosen !== undefined) {
    return html`
      <tr role="row" class="head d${Math.min(depth, 4)}">
        <th role="rowheader" scope="row" colspan="5">${state(view, reason)} ${words.chosenHead(chosenBy(chosen.condition, words, view.layout.fields))}</th>
      </tr>
      ${rows(view, chosen.taken, depth + 1)}`;
  }
  // What is asked not to hold is told by its rows, which ask the opposite.
  if (reason.kind === 'not' && first !== undefined) return rows(view, first, depth);
  const idle = reason.parts.filter((part): part is Comparison | Truth => !('parts' in part) && isRight(part) === true && !part.decisive);
  const plain: readonly (Comparison | Truth)[] = idle.length < 3 || idle.length === reason.parts.length ? [] : idle;
  const held = reason.parts.filter((part) => isRight(part) === true).length;
  return html`
    <tr role="row" class="head d${Math.min(depth, 4)}">
      <th role="rowheader" scope="row" colspan="5">${state(view, reason)} ${structureOf(reason, words)}<span class="count">${words.partsHold(held, reason.parts.length)}</span></th>
    </tr>
    ${reason.parts.filter((part) => !plain.some((one) => one === part)).map((part) => rows(view, part, depth + 1))}
    ${plain.length === 0 ? nothing : rest(view, plain, depth + 1)}`;
}

/** Conditions that hold and decide nothing, told in one row: a list over seven districts must not drown the one that fails. */
function rest(view: View, leaves: readonly (Comparison | Truth)[], depth: number): TemplateResult {
  const { words } = view;
  return html`
    <tr role="row" class="rest d${Math.min(depth, 4)}">
      <th role="rowheader" scope="row" colspan="5">
        <details>
          <summary>${state(view, { holds: true })} ${words.others(leaves.length)}</summary>
          <ul>${leaves.map((leaf) => html`<li>${nameOf(subjectOf(leaf), words, view.layout.fields)} <b>${amount(subjectOf(leaf), words)}</b>${words.comma}${words.required} ${required(view, leaf)}${leaf.kind === 'compare' && gapOf(leaf, words) !== '' ? `${words.comma}${gapOf(leaf, words)}` : nothing}</li>`)}</ul>
        </details>
      </th>
    </tr>`;
}

function required(view: View, leaf: Comparison | Truth): string {
  return leaf.kind === 'truth' ? truthOf(leaf.term, leaf.negated !== true, view.words) : `${signOf(leaf, view.words)}\u00a0${amount(leaf.right, view.words)}`;
}

function row(view: View, leaf: Comparison | Truth, depth: number): TemplateResult {
  const { words } = view;
  const subject = subjectOf(leaf);
  const how = working(subject, words);
  const cell = (head: string, content: unknown): TemplateResult => html`<td role="cell"><span class="cell-head" aria-hidden="true">${head}</span><span class="cell-body">${content}</span></td>`;
  return html`
    <tr role="row" class="d${Math.min(depth, 4)} ${leaf.decisive ? 'decisive' : ''}">
      <th role="rowheader" scope="row">${state(view, leaf)} ${nameOf(subject, words, view.layout.fields)}${leaf.decisive ? html` <span class="mark">${words.decisive}</span>` : nothing}</th>
      ${cell(words.value, html`<b>${amount(subject, words)}</b>${how === '' ? nothing : html`<small>＝ ${how}</small>`}`)}
      ${cell(words.required, required(view, leaf))}
      ${cell(words.gap, (leaf.kind === 'compare' && gapOf(leaf, words)) || '—')}
      ${cell(words.basis, leaf.kind === 'compare' ? basis(view, leaf.right) : '—')}
    </tr>`;
}

function state(view: View, reason: Pick<Reason, 'holds' | 'negated' | 'not_applicable'>): TemplateResult {
  const { words } = view;
  const { not_applicable } = reason;
  const right = isRight(reason);
  const [outcome, word] = not_applicable === true
    ? (['not_applicable', words.outcome.not_applicable] as const)
    : right === undefined ? (['missing', words.open] as const) : right ? (['met', words.holds] as const) : (['unmet', words.fails] as const);
  return html`<span class="state ${outcome}">${icon(outcome)}${word}</span>`;
}

/** Where a line comes from: document, clause, dates, how far to trust it. */
function basis(view: View, line: Term): TemplateResult | string {
  const { words } = view;
  const { source, op, terms, because } = line;
  const [chosen] = terms || [];
  if (op === 'when' && chosen !== undefined && because !== undefined && because.holds !== undefined) {
    return html`${basis(view, chosen)}<small>${words.because(chosenBy(because, words, view.layout.fields))}</small>`;
  }
  if (line.set_by_user === true) return html`${line.label || ''}<small>${words.setByUser}</small>`;
  if (source === undefined) return line.unknown === 'pending' ? words.parameterTag : line.label || (line.op === undefined ? '—' : nameOf(line, words, view.layout.fields));
  const link = source.url !== undefined && /^https?:\/\//.test(source.url) ? source.url : undefined;
  return html`${source.source}${source.clause === undefined ? nothing : html` ${source.clause}`}
    <small>${words.since(source.from, source.to)} · ${words.confidence[source.confidence]}${link === undefined ? nothing : html` · <a href=${link} target="_blank" rel="noopener noreferrer">${words.openSource}<span class="unseen">${words.newWindow}</span></a>`}</small>`;
}
