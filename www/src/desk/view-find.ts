/** Above the form: search, department, what is lacking, and the way in for a block from a spreadsheet. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { View } from '../check/view';
import { settable } from '../check/view-form';
import { all, lackingOf, onlyOf, units } from './find';
import { unitOptions } from './view-units';
import type { FormBeside } from './beside';
import { findWords } from './wording-find';

export function above(own: FormBeside, view: View): TemplateResult {
  const words = findWords(view.lang);
  const { wish, only } = own;
  const now = lackingOf(view.report);
  // As many as it would show: of the department and the words that are asked for.
  const lacking = onlyOf(view.standard, view.layout, { ...wish, lacking: now });
  const lines = only === undefined ? 0 : view.standard.parameters.filter((one) => only.parameters.has(one.id) && settable(view, one)).length;
  const filled = wish.lacking === undefined ? 0 : Array.from(wish.lacking.places).filter((id) => !now.places.has(id)).length;
  const keys = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Escape' && wish.text !== '') {
      event.preventDefault();
      own.want({ ...wish, text: '' });
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      own.toFirst();
    }
  };
  return html`
    <div class="find" role="search" aria-label=${words.find}>
      <label class="unseen" for="find">${words.find}</label>
      <input id="find" type="text" autocomplete="off" placeholder=${words.placeholder} title=${words.keys} aria-keyshortcuts="/" aria-describedby="found" .value=${live(wish.text)}
        @keydown=${keys} @input=${(event: Event) => own.want({ ...wish, text: (event.target as HTMLInputElement).value })}>
      <label class="unseen" for="find-unit">${words.unit}</label>
      <select id="find-unit" .value=${live(wish.unit)} @change=${(event: Event) => own.want({ ...wish, unit: (event.target as HTMLSelectElement).value })}>
        <option value="">${words.allUnits}</option>${unitOptions(units(view.standard), wish.unit)}
      </select>
      <button type="button" class="toggle" aria-pressed=${wish.lacking === undefined ? 'false' : 'true'} @click=${() => own.want({ ...wish, lacking: wish.lacking === undefined ? now : undefined })}>${words.lacking}<span class="n">${lacking === undefined ? 0 : lacking.indicators.size}</span></button>
      ${view.readonly ? nothing : html`<button type="button" class="link find-paste" @click=${() => own.paste('')}>${words.paste}</button>`}
      <div class="found-line ${only === undefined ? 'none' : ''}">
        <p class="found" id="found" role="status">${only === undefined ? '' : `${only.indicators.size + only.fields.size + lines === 0 ? words.none : words.found(only.indicators.size, only.fields.size + lines)}${filled === 0 ? '' : words.filled(filled)}`}</p>
        ${filled === 0 ? nothing : html`<button type="button" class="link" @click=${() => own.want({ ...wish, lacking: now })}>${words.again}</button>`}
        ${only === undefined ? nothing : html`<button type="button" class="link" @click=${() => { own.want(all); view.act.focus('find'); }}>${words.showAll}</button>`}
      </div>
    </div>`;
}
