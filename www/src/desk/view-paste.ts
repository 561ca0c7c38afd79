/** A block from a spreadsheet: what of it goes where, before anything is filled in. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon } from '../check/view';
import { splitPath } from '../work/entry';
import { cellsOf, filled, plan, useful, type Plan, type Proposal } from '../work/paste';
import type { FormBeside, Pasting } from './beside';
import type { DeskView } from './view';
import { findWords, type FindWords } from './wording-find';

/** More rows than this are not listed; they are filled in all the same. */
const MOST = 400;

interface Shown { readonly own: FormBeside; readonly view: DeskView; readonly words: FindWords; name(path: string): string }

export function pasting(own: FormBeside, view: DeskView, name: (path: string) => string): TemplateResult | typeof nothing {
  const now = own.pasting;
  if (now === undefined) return nothing;
  const words = findWords(view.lang);
  const shown: Shown = { own, view, words, name };
  const { text, run } = now;
  const made = plan(cellsOf(text), view.standard, view.layout, view.entry, { run, named: now.named, column: now.column });
  const some = useful(made);
  const fill = (): void => {
    if (asks) view.focus('paste-column');
    if (some.length === 0) return;
    own.pasting = undefined;
    view.work.commitEntry(filled(view.work.entry, some), '', { tone: 'info', text: words.pasted(some.length), problems: [], canUndo: true });
    const [first] = some;
    if (first !== undefined) view.goToPath(first.path);
  };
  const asks = made.asks.length > 0;
  const doubts = some.filter(({ unit }) => unit !== undefined).length;
  const left = made.proposals.filter(({ leaves }) => leaves === 'unknown' || leaves === 'ambiguous').length;
  return html`
    <dialog class="pasting" aria-labelledby="paste-h" @cancel=${(event: Event) => { event.preventDefault(); own.leave(); }}>
      <h2 id="paste-h">${words.pasteTitle}</h2>
      <p class="hint">${words.pasteHint}</p>
      <label for="paste-text">${words.pasteHere}</label>
      <textarea id="paste-text" rows="4" spellcheck="false" .value=${live(text)} @input=${(event: Event) => own.repaste({ text: (event.target as HTMLTextAreaElement).value })}></textarea>
      ${text.trim() === '' ? nothing : html`${how(shown, now, made)}${list(shown, made)}`}
      <div class="dialog-acts">
        <span class="hint" role="status">${asks ? words.asks : `${doubts === 0 ? '' : words.doubts(doubts)}${left === 0 ? '' : words.left(left)}`}</span>
        <button type="button" class="link" @click=${() => own.leave()}>${words.cancel}</button>
        <button type="button" class="main" aria-disabled=${some.length === 0 && !asks ? 'true' : 'false'} @click=${fill}>${asks ? words.choose : some.length === 0 ? words.nothing : words.willFill(some.length)}</button>
      </div>
    </dialog>`;
}

/** By name or in turn, and which column holds the figures. */
function how({ own, words, name }: Shown, now: Pasting, { cells, named, column, asks, proposals }: Plan): TemplateResult | typeof nothing {
  const width = cells.reduce((most, row) => Math.max(most, row.length), 0);
  if (width < 2 || (cells.length < 2 && asks.length === 0)) return nothing;
  // Heads stand above the first row that goes anywhere; what is said last says most: a year, below 数值.
  const above = cells.slice(0, Math.max(1, Math.min(...proposals.map(({ row }) => row)) - 1)).reverse();
  const head = (n: number): string => above.map((row) => row[n] || '').find((cell) => cell !== '') || '';
  const radio = (to: boolean, word: string): TemplateResult => html`
    <label class="choice"><input type="radio" name="paste-how" .checked=${live(named === to)} @change=${() => own.repaste({ named: to })}>${word}</label>`;
  return html`
    <div class="paste-how">
      <fieldset class="choices"><legend class="unseen">${words.how}</legend>${radio(true, words.byName)}${now.from === undefined ? nothing : radio(false, words.inTurn(name(now.from)))}</fieldset>
      ${column < 0 && asks.length === 0 ? nothing : html`<span class=${asks.length > 0 ? 'asks' : ''}><label for="paste-column">${words.column}</label>
        <select id="paste-column" .value=${live(String(column))} @change=${(event: Event) => own.repaste({ column: Number((event.target as HTMLSelectElement).value) })}>
          ${asks.length === 0 ? nothing : html`<option value="-1" selected>${words.choose}</option>`}
          ${Array.from({ length: width }, (_, n) => html`<option value=${n} ?selected=${n === column}>${words.nth(n + 1, head(n).slice(0, 12))}</option>`)}
        </select></span>`}
    </div>`;
}

function list({ view, words, name }: Shown, { proposals, named }: Plan): TemplateResult {
  const unitAt = (path: string): string => (path.startsWith('parameter:') ? view.standard.parameters.find(({ id }) => id === path.slice(10)) : view.layout.fields.get(splitPath(path)[0]))?.unit || '';
  const question = ({ unit, path }: Proposal): TemplateResult | typeof nothing => (unit === undefined || path === undefined ? nothing : html`<small class="state partial">${icon('warning')}${words.unitDiffers(unit, unitAt(path))}</small>`);
  // What is entered as yes or no is written as staff do.
  const said = (text: string): string => (text === '是' ? view.words.yes : text === '否' ? view.words.no : text === '' ? words.empty : text);
  const why = ({ leaves }: Proposal): string => (leaves === undefined ? '' : leaves === 'empty' ? '' : words[leaves]);
  return html`
    <div class="paste-list" tabindex="0" role="region" aria-labelledby="paste-h">
      <table>
        <thead><tr><th scope="col">${words.row}</th>${named ? html`<th scope="col">${words.given}</th>` : nothing}<th scope="col">${words.place}</th><th scope="col" class="value">${words.before}</th><th scope="col" class="value">${words.after}</th></tr></thead>
        <tbody>${proposals.slice(0, MOST).map((one) => html`
          <tr class=${one.leaves === undefined ? (one.unit === undefined ? '' : 'doubtful') : `left ${one.leaves}`}>
            <td>${one.row}</td>${named ? html`<td>${one.name}</td>` : nothing}
            <td>${one.path === undefined ? why(one) : html`${name(one.path)}${unitAt(one.path) === '' ? nothing : html` <span class="hint">${unitAt(one.path)}</span>`}${question(one)}${why(one) === '' ? nothing : html`<small>${why(one)}</small>`}`}</td>
            <td class="value">${one.path === undefined ? '' : said(one.before)}</td><td class="value">${one.leaves === undefined ? html`<b>${one.after}</b>` : one.after}</td>
          </tr>`)}</tbody>
      </table>
    </div>`;
}
