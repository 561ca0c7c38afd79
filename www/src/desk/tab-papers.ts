/** The tab 上报材料: one paper at a time, as it will be printed, and the ways out. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { unitsIn } from '../work/rectification';
import { save } from '../work/file';
import { OfficeFailure, writeTables, XLSX } from '../work/office';
import type { Material, Paper } from '../papers/paper';
import { byUnit, papersOf } from '../papers/papers';
import { sheetOf } from '../papers/print';
import { documentOf } from '../papers/workbook';
import { PAPERS, paperWords, type PaperId } from '../papers/wording';
import { numberEach } from './page-numbers';
import { recheck } from './recheck';
import { remembered } from './state';
import { unitOptions } from './view-units';
import { papersWords, type PapersWords } from './wording-papers';
import type { DeskView } from './view';

const choices = remembered<{ paper: PaperId; unit: string; making: boolean }>({ paper: 'score', unit: '', making: false });
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export function papers(view: DeskView): TemplateResult {
  const own = papersWords(view.lang);
  const { now: { paper, unit, making }, set } = choices(view);
  const { words, standard, layout, report, assessment } = view;
  const material: Material = { words, own: paperWords(view.lang), standard, layout, report, assessment };
  const units = unitsIn(standard.indicators.map(({ department }) => department));
  const some = papersOf(paper, material, byUnit(paper) ? unit : '');
  if (some.length > 1) numberEach();
  return html`
    <section aria-labelledby="papers-h">
      <div class="tab-head"><h2 id="papers-h" tabindex="-1">${own.title}</h2><p class="hint">${own.hint}</p></div>
      <div class="papers-choice">
        <fieldset><legend class="unseen">${own.which}</legend><div class="papers-list">${PAPERS.map((one) => html`
          <label class="choice ${one === paper ? 'on' : ''}"><input type="radio" name="paper" value=${one} .checked=${live(one === paper)} @change=${() => set({ paper: one })}><span><b>${material.own.name[one]}</b><small>${material.own.purpose[one]}</small></span></label>`)}</div></fieldset>
        <div class="filters">
          ${byUnit(paper) ? html`<label for="paper-unit">${own.unit}</label>
            <select id="paper-unit" .value=${live(unit)} @change=${(event: Event) => set({ unit: (event.target as HTMLSelectElement).value })}>
              <option value="">${own.allUnits}</option>${unitOptions(units, unit)}
            </select>` : nothing}
          ${some.length === 0 ? nothing : html`
            <span class="set">
              <button type="button" class="main" title=${own.printHint} @click=${() => window.print()}>${own.print}</button>
              <button type="button" aria-disabled=${making ? 'true' : 'false'} @click=${() => { if (!making) void make(view, own, `${fileName(view, paper, unit)}.docx`, DOCX, () => word(some, view)); }}>${own.word}</button>
              <button type="button" aria-disabled=${making ? 'true' : 'false'} @click=${() => { if (!making) void make(view, own, `${fileName(view, paper, unit)}.xlsx`, XLSX, () => excel(some, material)); }}>${own.excel}</button>
            </span><span class="hint" role="status">${making ? own.making : own.printHint}</span>`}
        </div>
      </div>
      ${some.length === 0 ? html`<p>${own.noSlips}</p>` : html`<p class="papers-shown">${own.preview(some.length)}</p>${some.map((one, i) => sheetOf(one, words.colon, some.length > 1 ? i + 1 : 0))}`}
      ${recheck(view)}
    </section>`;
}

/** `整改清单-市公安局-2024-01-01` */
function fileName({ lang, asOf }: DeskView, paper: PaperId, unit: string): string {
  return [paperWords(lang).name[paper], byUnit(paper) ? unit : '', asOf].filter((part) => part !== '').join('-');
}

/** What writes Word and Excel is fetched when it is first asked for. */
async function word(some: readonly Paper[], { lang }: DeskView): Promise<BlobPart> {
  const { writeWord } = await import('../papers/word');
  return writeWord(some, lang);
}

async function excel(some: readonly Paper[], material: Material): Promise<BlobPart> {
  return (await writeTables(documentOf(some, material.report.as_of, material))) as Uint8Array<ArrayBuffer>;
}

async function make(view: DeskView, own: PapersWords, name: string, type: string, how: () => Promise<BlobPart>): Promise<void> {
  const { set } = choices(view);
  set({ making: true });
  try {
    save(name, await how(), type);
    view.work.tell({ tone: 'info', text: own.made(name), problems: [], canUndo: false });
  } catch (error) {
    view.work.tell({ tone: 'error', text: own.failed(wordOf(error, view)), problems: [], canUndo: false });
  } finally {
    set({ making: false });
  }
}

function wordOf(error: unknown, { lang }: DeskView): string {
  if (error instanceof OfficeFailure) return lang === 'en' ? error.en : error.zh;
  return error instanceof Error ? error.message : String(error);
}
