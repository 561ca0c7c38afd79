/** The tab Excel 往来: forms out to the departments, and what they filled in back. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { save } from '../work/file';
import { isEmpty } from '../work/entry';
import { OfficeFailure, writeForm, XLSX } from '../work/office';
import { pick, picked } from '../work/pick';
import { unitsOf } from '../work/rectification';
import { remembered } from './state';
import type { DeskView } from './view';
import { brought } from './view-intake';
import { tableWords, type TableWords } from './wording-tables';

const state = remembered<{ department: string; filled: boolean; writing: boolean; over: boolean }>({ department: '', filled: true, writing: false, over: false });

export function tables(view: DeskView): TemplateResult {
  const own = tableWords(view.lang);
  return html`
    <section class="tables sheetlike" aria-labelledby="tables-h">
      <div class="tab-head"><h2 id="tables-h" tabindex="-1">${own.title}</h2></div>
      ${sending(view, own)}
      ${receiving(view, own)}
    </section>`;
}

/** Departments that fill something in, in the order of the form. */
function departmentsOf({ standard }: DeskView): readonly string[] {
  return standard.fields.reduce<readonly string[]>((all, { department }) => [...all, ...unitsOf(department).filter((one) => !all.includes(one))], []);
}

function sending(view: DeskView, own: TableWords): TemplateResult {
  const { now, set } = state(view);
  const departments = departmentsOf(view);
  const empty = isEmpty(view.entry);
  const filled = now.filled && !empty;
  const run = (work: () => Promise<string>): void => { if (!now.writing) void send(view, own, set, work); };
  return html`
    <section class="card" aria-labelledby="out-h">
      <h3 id="out-h">${own.out}</h3>
      <p class="hint">${own.outHint}</p>
      <div class="filters">
        <label for="form-unit">${own.forWhom}</label>
        <select id="form-unit" .value=${live(now.department)} @change=${(event: Event) => set({ department: (event.target as HTMLSelectElement).value })}>
          <option value="">${own.all}</option>${departments.map((one) => html`<option value=${one} ?selected=${one === now.department}>${one}</option>`)}
        </select>
        ${empty ? nothing : html`<label class="choice"><input type="checkbox" .checked=${live(now.filled)} @change=${(event: Event) => set({ filled: (event.target as HTMLInputElement).checked })}>${own.filled}</label>`}
        <span class="set">
          <button type="button" class="main" aria-disabled=${now.writing ? 'true' : 'false'} @click=${() => run(() => one(view, own, now.department, filled))}>${own.download}</button>
          ${departments.length < 2 ? nothing : html`<button type="button" class="link" aria-disabled=${now.writing ? 'true' : 'false'} @click=${() => run(() => each(view, own, departments, filled))}>${own.downloadEach(departments.length)}</button>`}
        </span>
        <span role="status" class="hint">${now.writing ? own.writing : ''}</span>
      </div>
    </section>`;
}

async function send(view: DeskView, own: TableWords, set: (change: { writing: boolean }) => void, work: () => Promise<string>): Promise<void> {
  set({ writing: true });
  try {
    const name = await work();
    view.work.tell({ tone: 'info', text: own.written(name), problems: [], canUndo: false });
  } catch (error) {
    const text = error instanceof OfficeFailure ? (view.lang === 'en' ? error.en : error.zh) : String(error);
    view.work.tell({ tone: 'error', text, problems: [], canUndo: false });
  }
  set({ writing: false });
}

function form({ work, lang }: DeskView, department: string, filled: boolean): Promise<Uint8Array> {
  const { desk, report } = work;
  if (desk === undefined) throw new Error('closed');
  const { entry, evidence, notes } = work.assessment;
  return writeForm(desk.rulebook, filled ? { ...entry, evidence, notes } : {}, { as_of: work.date, lang, ...(department === '' ? {} : { department }), ...(filled && report !== undefined ? { report } : {}) });
}

async function one(view: DeskView, own: TableWords, department: string, filled: boolean): Promise<string> {
  const name = nameOf(view, own, department, 'xlsx');
  save(name, await form(view, department, filled) as Uint8Array<ArrayBuffer>, XLSX);
  return name;
}

/** Packed in one file: browsers ask before they let a page save many. */
async function each(view: DeskView, own: TableWords, departments: readonly string[], filled: boolean): Promise<string> {
  const { zipSync } = await import('fflate');
  const files: Record<string, Uint8Array> = {};
  for (const department of departments) files[nameOf(view, own, department, 'xlsx')] = await form(view, department, filled);
  const name = nameOf(view, own, '', 'zip');
  // Workbooks are packed already.
  save(name, zipSync(files, { level: 0 }) as Uint8Array<ArrayBuffer>, 'application/zip');
  return name;
}

/** `对标-changzhou-2023-填报表-市城市管理局-2024-06-01.xlsx` */
function nameOf({ words, standard, asOf }: DeskView, own: TableWords, department: string, ending: string): string {
  return `${words.fileName.product}-${standard.id}-${own.fileName}-${(department === '' ? own.whole : department).replace(/[\\/:*?"<>|\s]+/g, '_')}-${asOf}.${ending}`;
}

function receiving(view: DeskView, own: TableWords): TemplateResult {
  const { now, set } = state(view);
  const { intake } = view;
  const drag = (over: boolean) => (event: DragEvent): void => {
    event.preventDefault();
    if (now.over !== over) set({ over });
  };
  return html`
    <section class="card" aria-labelledby="in-h">
      <h3 id="in-h">${own.in}</h3>
      ${view.readonly ? html`<p>${own.locked}</p>` : html`
        <button type="button" class="drop ${now.over ? 'over' : ''}" aria-describedby="drop-hint" @click=${pick} @dragover=${drag(true)} @dragleave=${drag(false)}
          @drop=${() => { if (now.over) set({ over: false }); }}>${now.over ? own.dropNow : own.drop}</button>
        <input class="unseen" id="sheets" type="file" multiple accept=".xlsx,.xlsm,.xls,.et,.ods,.csv,.tsv,.json,application/json" tabindex="-1" aria-hidden="true" @change=${(event: Event) => { void intake.bring(picked(event)); }}>
        <p class="hint" id="drop-hint">${own.dropHint}</p>`}
      <p class="busy" role="status">${intake.busy === undefined ? nothing : html`<progress aria-label=${own.in}></progress>
        ${intake.busy.step === 'module' ? own.loading : own.reading(intake.busy.file, intake.busy.n, intake.busy.all)}`}</p>
      ${brought(view, own)}
    </section>`;
}
