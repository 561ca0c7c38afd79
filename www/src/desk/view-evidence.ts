/** How evidence, note and waiver of one indicator are shown and edited. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Indicator } from '../../../src/wasm.d.ts';
import { icon, type View } from '../check/view';
import type { Evidence } from '../work/assessment';
import { LAST_DAY } from '../work/day';
import { blankEvidence, evidenceOf, waiverOf, withNote, withWaiver, type Waiver } from '../work/evidence';
import { pick, picked } from '../work/pick';
import type { Ledger, Look } from './evidence';
import { evidenceWords, type EvidenceWords } from './wording-evidence';

interface Shown { readonly own: Ledger; readonly view: View; readonly words: EvidenceWords; readonly id: string }

const COLUMNS = ['name', 'number', 'date', 'pages'] as const;

/** Beside the verdict: the way to it, and how much there is. */
export function link(own: Ledger, view: View, { id }: Indicator): TemplateResult {
  const words = evidenceWords(view.lang);
  const { assessment } = own.work;
  const count = evidenceOf(assessment, id).length;
  const marks = [count === 0 ? '' : words.papers(count), assessment.notes[id] === undefined ? '' : words.note, waiverOf(assessment, id) === undefined ? '' : words.waiver].filter((text) => text !== '');
  return html`<span class="evidence-way"><button type="button" class="link quiet" id="ew-${id}" aria-expanded=${own.open.has(id) ? 'true' : 'false'} aria-controls="e-${id}" aria-describedby="i-${id}" @click=${() => own.toggle(id)}>${words.title}</button>${
    marks.length === 0 ? nothing : html` ${marks.join(view.words.and)}`}</span>`;
}

export function part(own: Ledger, view: View, indicator: Indicator): TemplateResult | typeof nothing {
  const { id } = indicator;
  if (!own.open.has(id)) return nothing;
  const words = evidenceWords(view.lang);
  const shown = { own, view, words, id };
  const papers = evidenceOf(own.work.assessment, id);
  const fields = indicator.fields.map((field) => view.layout.fields.get(field));
  const wanted = [indicator.evidence, ...fields.map((field) => (field === undefined ? '' : field.evidence))].filter((text, i, all) => text !== '' && all.indexOf(text) === i);
  const drop = (event: DragEvent): void => {
    if (event.dataTransfer === null || event.dataTransfer.files.length === 0 || view.readonly) return;
    // Elsewhere on the desk a file is data.
    event.preventDefault();
    event.stopPropagation();
    void own.drop(id, Array.from(event.dataTransfer.files));
  };
  return html`
    <section class="why evidence" id="e-${id}" aria-labelledby="eh-${id}" @dragover=${(event: Event) => { if (!view.readonly) event.preventDefault(); }} @drop=${drop}>
      <div class="why-head">
        <h4 id="eh-${id}" tabindex="-1"><span class="code">${id}</span> ${indicator.title}<span class="code">　${words.title}</span></h4>
        <button type="button" class="link" @click=${() => { own.toggle(id); view.act.focus(`ew-${id}`); }}>${words.fold}</button>
      </div>
      ${wanted.length === 0 ? nothing : html`<p class="hint">${words.wanted}${wanted.join('；')}</p>`}
      ${papers.length === 0 ? html`<p class="hint">${words.none}</p>` : html`<ol class="papers" aria-label=${words.evidence}>${papers.map((paper, n) => row(shown, paper, n))}</ol>`}
      ${view.readonly ? nothing : html`
        <div class="evidence-add">
          <button type="button" @click=${() => { own.add(id, blankEvidence); view.act.goToPath(`evidence:${id}.${papers.length}.name`); }}>${words.add}</button>
          <span class="hint">${words.drop}</span>
        </div>`}
      ${told(shown, -1)}
      <div class="evidence-note">
        <label for="n-${id}">${words.note}</label>
        <textarea id="n-${id}" data-path="note:${id}" rows="2" aria-describedby="nh-${id}" ?readonly=${view.readonly} .value=${live(own.work.assessment.notes[id] || '')}
          @input=${(event: Event) => own.work.commit(withNote(own.work.assessment, id, (event.target as HTMLTextAreaElement).value), `note:${id}`)}></textarea>
        <p class="hint" id="nh-${id}">${words.noteHint}</p>
      </div>
      ${waiver(shown)}
    </section>`;
}

function row(shown: Shown, paper: Evidence, n: number): TemplateResult {
  const { own, view, words, id } = shown;
  const key = `${id}-${n}`;
  return html`
    <li><div class="paper" role="group" aria-label=${words.item(n + 1)}>
      ${COLUMNS.map((column) => html`
        <div class="paper-${column}"><label for="ev-${key}-${column}">${words.columns[column]}</label>
          <input id="ev-${key}-${column}" data-path="evidence:${id}.${n}.${column}" class="wide" type="text" autocomplete="off" ?readonly=${view.readonly} .value=${live(paper[column])}
            @input=${(event: Event) => own.change(id, n, column, (event.target as HTMLInputElement).value)}></div>`)}
      <div class="paper-file">
        ${paper.digest === '' ? nothing : html`<span class="paper-name">${icon('met')}${paper.file}</span>`}
        ${view.readonly && paper.digest === '' ? nothing : html`
          <button type="button" @click=${pick}>${paper.digest === '' ? words.choose : words.verify}</button>
          <input class="unseen" type="file" id="ev-${key}-file" tabindex="-1" aria-hidden="true" @change=${(event: Event) => { const [file] = picked(event); if (file !== undefined) void own.take(id, n, file); }}>`}
        ${view.readonly ? nothing : html`
          ${paper.digest === '' ? nothing : html`<button type="button" class="link quiet" @click=${() => own.use(id, n, { file: '', digest: '' })}>${words.forgetFile}</button>`}
          <button type="button" class="link quiet" aria-label="${words.remove} ${paper.name || words.item(n + 1)}" @click=${() => { own.remove(id, n); view.act.focus(`eh-${id}`); }}>${words.remove}</button>`}
      </div>
      ${told(shown, n)}
      ${paper.digest === '' ? nothing : html`<details class="paper-digest"><summary>${words.digest}</summary>${paper.digest.split(' ').map((one) => html`<code>${one}</code>`)}</details>`}
    </div></li>`;
}

function told({ own, words, id }: Shown, n: number): TemplateResult {
  const look = own.lookAt(id, n);
  return html`<div class="looked" role="status">${look === undefined ? nothing : html`<span class="state ${outcomes[look.tone]}">${icon(outcomes[look.tone])}${look.text}</span>${
    look.instead === undefined ? nothing : html` <button type="button" @click=${() => { if (look.instead !== undefined) own.use(id, n, look.instead); }}>${words.useIt}</button>`}`}</div>`;
}

const outcomes: Record<Look['tone'], 'pending' | 'met' | 'unmet' | 'invalid'> = { busy: 'pending', same: 'met', other: 'unmet', error: 'invalid' };

function waiver({ own, view, words, id }: Shown): TemplateResult {
  const { assessment } = own.work;
  const given = waiverOf(assessment, id);
  const text = (key: keyof Waiver): string => (given === undefined || typeof given[key] !== 'string' ? '' : given[key]);
  const now: Waiver | undefined = given === undefined ? undefined : { reason: text('reason'), by: text('by'), until: text('until') };
  const set = (change: Partial<Waiver> | undefined, place: string): void =>
    own.work.commit(withWaiver(assessment, id, change === undefined ? undefined : { reason: '', by: '', until: '', ...now, ...change }), place);
  if (now === undefined) {
    return view.readonly ? html`` : html`
      <div class="evidence-add"><button type="button" class="link quiet" id="wv-${id}" @click=${() => { set({}, ''); view.act.goToPath(`waiver:${id}.reason`); }}>${words.waive}</button></div>`;
  }
  const finding = view.findings.get(id);
  const expired = finding !== undefined && finding.waiver !== undefined && finding.waiver.expired === true;
  const wanting = (['reason', 'by', 'until'] as const).some((key) => now[key].trim() === '');
  const input = (key: keyof Waiver, type: 'text' | 'date'): TemplateResult => html`
    <div class="waiver-${key}"><label for="wv-${id}-${key}">${words[key]}</label>
      <input id="wv-${id}-${key}" data-path="waiver:${id}.${key}" class="wide" type=${type} max=${type === 'date' ? LAST_DAY : nothing} required autocomplete="off" aria-describedby="wh-${id}" aria-invalid=${now[key].trim() === '' ? 'true' : 'false'}
        ?readonly=${view.readonly} .value=${live(now[key])} @input=${(event: Event) => set({ [key]: (event.target as HTMLInputElement).value }, `waiver:${id}.${key}`)}></div>`;
  // A day that was written otherwise stays visible as text.
  const day = now.until === '' || /^\d{4}-\d{2}-\d{2}$/.test(now.until) ? 'date' : 'text';
  return html`
    <fieldset class="waiver"><legend>${words.waiver}</legend>
      ${input('reason', 'text')}${input('by', 'text')}${input('until', day)}
      ${view.readonly ? nothing : html`<button type="button" @click=${() => { set(undefined, ''); view.act.focus(`eh-${id}`); }}>${words.unwaive}</button>`}
    </fieldset>
    <p class="hint ${wanting || expired ? 'bad' : ''}" id="wh-${id}">${wanting ? words.incomplete : expired ? words.expired(now.until) : words.waiverHint}</p>`;
}
