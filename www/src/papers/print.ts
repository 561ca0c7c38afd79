/** A paper on the screen, as it goes to the printer: the browser prints what is shown. */
import { html, nothing, type TemplateResult } from 'lit';
import { cellText, lastTable, rowsWithEnd, type Block, type Paper, type Row, type Table } from './paper';

/** Columns narrower than this share of the width hold no running text. */
const SLIM = 7;

/** `nth`: which of several that are printed together, each with page numbers of its own; 0 where it is alone. */
export function sheetOf(paper: Paper, colon: string, nth: number): TemplateResult {
  // A page must not bear signatures alone. Browsers keep only rows of one group together: on paper the end of a list is the end of its last table.
  const last = lastTable(paper);
  const ending = html`${paper.blocks.slice(last + 1).map((block) => blockOf(block, paper))}${endOf(paper, colon)}`;
  return html`
    <article class="paper ${paper.style} ${paper.wide ? 'across' : 'upright'} ${nth === 0 ? '' : `nth-${nth}`}">
      <h3>${paper.title}</h3>
      <p class="paper-of">${paper.subtitle}</p>
      <p class="paper-notice">${paper.notice}</p>
      ${paper.facts.length === 0 ? nothing : html`<p class="paper-facts">${paper.facts.map(([term, text]) => html`<span>${term}${colon}${text === '' ? html`<span class="blank"></span>` : text}</span>`)}</p>`}
      ${paper.blocks.map((block, i) => (i === last && block.kind === 'table' ? tableOf(block, paper, ending) : last >= 0 && i > last ? html`<div class="once">${blockOf(block, paper)}</div>` : blockOf(block, paper)))}
      <div class=${last < 0 ? '' : 'once'}>${endOf(paper, colon)}</div>
    </article>`;
}

/** Places to sign, the day, and by what the paper can be checked again. */
function endOf({ signs, day, marks }: Paper, colon: string): TemplateResult {
  return html`
    <div class="paper-end">
      <div class="paper-signs">${signs.map((sign) => html`<span>${sign}${colon}<span class="blank"></span></span>`)}</div>
      <p class="paper-day">${day}</p>
      <p class="paper-marks">${marks.map(([term, text]) => html`<span>${term}${colon}${text}</span> `)}</p>
    </div>`;
}

function blockOf(block: Block, paper: Paper): TemplateResult {
  switch (block.kind) {
    case 'heading': return block.level === 1 ? html`<h4>${block.text}</h4>` : html`<h5>${block.text}</h5>`;
    case 'text': return html`<p class="said ${block.wanted === true ? 'wanted' : ''}">${block.text}</p>`;
    case 'table': return tableOf(block, paper);
  }
}

function tableOf(table: Table, paper: Paper, ending?: TemplateResult): TemplateResult {
  const { title, columns, rows, empty, together = false } = table;
  const body = rows.length - (ending === undefined ? 0 : rowsWithEnd(table, paper.wide));
  const all = columns.reduce((sum, { width }) => sum + width, 0);
  const caption = title === '' || title === paper.title ? nothing : html`<caption>${title}</caption>`;
  return html`
    <div class="paper-table ${together ? 'together' : ''}" tabindex="0" role="group" aria-label=${title === '' ? paper.title : title}>
      <table>
        ${caption}
        <colgroup>${columns.map(({ width }) => html`<col width="${((width / all) * 100).toFixed(2)}%">`)}</colgroup>
        <thead><tr>${columns.map((column) => html`<th scope="col">${column.title}</th>`)}</tr></thead>
        ${body === 0 ? nothing : html`<tbody>${rows.slice(0, body).map((row) => rowOf(row, columns))}</tbody>`}
        ${body === rows.length && body > 0 ? nothing : html`<tbody class="last">${rows.length === 0 ? html`<tr><td colspan=${columns.length}>${empty}</td></tr>` : rows.slice(body).map((row) => rowOf(row, columns))}
          ${ending === undefined ? nothing : html`<tr class="tail"><td colspan=${columns.length}>${ending}</td></tr>`}</tbody>`}
      </table>
    </div>`;
}

function rowOf({ cells, bold }: Row, columns: Table['columns']): TemplateResult {
  return html`
    <tr class=${bold === true ? 'sum' : ''}>${cells.map((cell, i) => {
      const { align = 'left', width = 0 } = columns[i] || {};
      return html`<td class="${align} ${width < SLIM ? 'slim' : ''}">${whole(cellText(cell))}</td>`;
    })}</tr>`;
}

/** Days and figures that a narrow column must not break; a range may break behind its dash. */
function whole(text: string): unknown {
  const parts = text.split(/(\d{4}-\d{2}-\d{2}|-?\d+(?:\.\d+)?–|\d+\.\d+)/);
  return parts.length === 1 ? text : parts.map((part, i) => (i % 2 === 1 ? html`<span class="whole">${part}</span>` : part));
}
