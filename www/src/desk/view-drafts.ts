/** The drafts: which one is open, the others, earlier versions, and how to clear this computer. Folded until it is asked for. */
import { html, nothing, type TemplateResult } from 'lit';
import { save, writeRaw } from '../work/file';
import { amountOf, differences } from '../work/assessment';
import { fileName } from '../check/exchange';
import { clock } from '../check/view-head';
import { icon } from '../check/view';
import type { Drafts, Line } from './drafts';
import type { Version } from './versions';
import type { DeskView } from './view';
import type { DraftWords } from './wording-drafts';

/** In place of a name while a new draft is being named: it is made when it has one. */
const NEW = '';

/** What is shown of it. */
export interface Panel { open: boolean; renaming: string | undefined }

export interface Shown { readonly view: DeskView; readonly drafts: Drafts; readonly panel: Panel; readonly words: DraftWords }

/** Which draft is open, among the tools, and the way to the others. */
export function draftBar(shown: Shown): TemplateResult {
  const { drafts: all, panel, words } = shown;
  const { current } = all;
  const used = all.lines.filter(({ deleted }) => !deleted).length;
  return html`
    <span class="draft-bar">
      <button type="button" id="drafts-b" class="draft-open" aria-expanded=${panel.open ? 'true' : 'false'} aria-controls="drafts" @click=${() => toggle(shown)}>
        <span class="draft-word">${words.draft}</span> <b>${current !== undefined ? titled(words, current) : shown.view.work.draft === shown.view.standard.id ? words.first : '…'}</b>${used > 1 ? html` <span class="hint">${words.of(used)}</span>` : nothing}
      </button>
    </span>`;
}

export function drafts(shown: Shown): TemplateResult {
  const { drafts: all, panel, words } = shown;
  return html`
    ${beside(shown)}
    <section class="drafts" id="drafts" ?hidden=${!panel.open} aria-labelledby="drafts-b">
      ${!panel.open ? nothing : html`
        ${all.refused ? html`<p class="problem" role="alert">${icon('invalid')}${words.refused}</p>` : nothing}
        <div class="drafts-pair">
          <div>
            <div class="drafts-head"><h2 id="drafts-h" tabindex="-1">${words.drafts}</h2><button type="button" @click=${() => begin(shown.view, panel, NEW)}>${words.make}</button></div>
            <ul class="draft-list" aria-labelledby="drafts-h">${panel.renaming === NEW ? naming(shown, words.nth(all.lines.length + 1), (to) => { void make(shown, to); }) : nothing}${all.lines.filter(({ deleted }) => !deleted).map((line) => row(shown, line))}</ul>
            ${bin(shown)}
          </div>
          <div>
            <div class="drafts-head"><h2 id="versions-h">${words.versions}</h2></div>
            <p class="hint">${words.versionsHint}</p>
            ${versions(shown)}
          </div>
        </div>
        <div class="drafts-foot">
          <p class="hint">${words.clearHint}</p>
          <button type="button" @click=${() => { void exportAll(shown); }}>${words.exportAll}</button>
          <button type="button" class="grave" @click=${(event: Event) => dialogOf(event, (dialog) => dialog.showModal())}>${words.clear}</button>
        </div>`}
      ${clearing(shown)}
    </section>`;
}

function titled(words: DraftWords, { title }: Line): string {
  return title === '' ? words.first : title;
}

function toggle({ view, drafts: all, panel }: Shown): void {
  panel.open = !panel.open;
  panel.renaming = undefined;
  view.refresh();
  if (panel.open) void all.refresh();
}

/** What could not be done is said, with the way out. */
async function tried<T>(act: Promise<T | undefined | false>, { view, words }: Shown): Promise<T | undefined | false> {
  const done = await act;
  if (done === undefined || done === false) {
    view.work.tell({ tone: 'error', text: words.failed, problems: [], canUndo: false, ways: [{ word: view.words.exportData, run: () => view.act.exportData() }] });
  }
  return done;
}

async function make(shown: Shown, title: string): Promise<void> {
  const { drafts: all, words } = shown;
  const first = words.nth(all.lines.length + 1);
  const name = await tried(all.make(), shown);
  if (name && title !== '' && title !== first) await rename(shown, { name, title: first }, title);
}

function begin(view: DeskView, panel: Panel, name: string): void {
  panel.renaming = name;
  view.refresh();
  view.focus('draft-name');
}

/** Another tab holds the same draft, or this tab went on with its own. */
function beside(shown: Shown): TemplateResult | typeof nothing {
  const { view, drafts: all, words } = shown;
  const { parted } = all;
  if (parted !== undefined) {
    return html`
      <div class="message" role="status">${icon('info')}<div class="message-text"><p>${words.wasParted(parted.title)}</p></div>
        <button type="button" @click=${() => { void all.open(parted.from); }}>${words.openTheirs}</button>
        <button type="button" class="link" @click=${() => { all.parted = undefined; view.refresh(); }}>${words.known}</button>
      </div>`;
  }
  // Once the other has written, the state of keeping says what to do.
  if (!view.work.shared || view.keeping.state === 'elsewhere') return nothing;
  return html`
    <div class="message" role="status">${icon('info')}<div class="message-text"><p>${words.shared}</p></div>
      <button type="button" @click=${() => { void tried(all.part(), shown); }}>${words.own}</button>
    </div>`;
}

function row(shown: Shown, line: Line): TemplateResult {
  const { view, drafts: all, panel, words } = shown;
  const open = line.name === view.work.draft;
  const title = titled(words, line);
  if (panel.renaming === line.name) return renaming(shown, line, title);
  // What is open is known better than what was kept of it.
  const amount = open ? amountOf(view.assessment) : line.amount;
  return html`
    <li class=${open ? 'current' : ''}>
      <span class="draft-title"><b>${title}</b>${open ? html` <span class="mark">${words.current}</span>` : nothing}
        <small>${words.amount(amount)} · ${line.at === 0 ? words.never : clock(line.at)}</small></span>
      <span class="draft-acts" role="group" aria-label=${title}>
        ${open ? nothing : html`<button type="button" @click=${() => { void all.open(line.name); }}>${words.open}</button>`}
        <button type="button" class="link" @click=${() => begin(view, panel, line.name)}>${words.rename}</button>
        <button type="button" class="link" @click=${() => { void tried(all.copy(line.name, words.copied(title)), shown); }}>${words.copy}</button>
        <button type="button" class="link" @click=${() => { void remove(shown, line.name, title); }}>${words.remove}</button>
      </span>
    </li>`;
}

/** Undone like anything else. */
async function rename(shown: Shown, { name, title: before }: Pick<Line, 'name' | 'title'>, to: string): Promise<void> {
  const { view, drafts: all, words } = shown;
  if (!(await tried(all.rename(name, to), shown))) return;
  const undo = (): void => { view.work.tell(undefined); void tried(all.rename(name, before), shown); };
  view.work.tell({ tone: 'info', text: words.renamed(to), problems: [], canUndo: false, undo });
}

function renaming(shown: Shown, line: Line, title: string): TemplateResult {
  return naming(shown, title, (to) => { if (to !== '' && to !== title) void rename(shown, line, to); });
}

/** Asks for a name; nothing happens where that is left. */
function naming({ view, panel, words }: Shown, title: string, then: (to: string) => void): TemplateResult {
  const leave = (to: string | undefined): void => {
    panel.renaming = undefined;
    if (to !== undefined) then(to.trim());
    view.refresh();
    view.focus('drafts-h');
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    leave(event.key === 'Enter' ? (event.target as HTMLInputElement).value : undefined);
  };
  return html`
    <li class="current">
      <span class="draft-title"><label class="unseen" for="draft-name">${words.name}</label><input id="draft-name" class="wide" type="text" maxlength="60" autocomplete="off" .value=${title} @keydown=${keys}></span>
      <span class="draft-acts">
        <button type="button" @click=${(event: Event) => leave(nearInput(event))}>${words.done}</button>
        <button type="button" class="link" @click=${() => leave(undefined)}>${words.cancel}</button>
      </span>
    </li>`;
}

function nearInput(event: Event): string | undefined {
  const line = (event.currentTarget as Element).closest('li');
  const input = line === null ? null : line.querySelector('input');
  return input === null ? undefined : input.value;
}

async function remove(shown: Shown, name: string, title: string): Promise<void> {
  const { view, drafts: all, words } = shown;
  const wasOpen = name === view.work.draft;
  if (!(await tried(all.remove(name), shown))) return;
  const back = async (): Promise<void> => {
    if (!(await tried(all.bringBack(name), shown))) return;
    view.work.tell(undefined);
    if (wasOpen) await all.open(name);
  };
  view.work.tell({ tone: 'info', text: words.removed(title), problems: [], canUndo: false, undo: () => { void back(); } });
  view.focus('drafts-h');
}

function bin(shown: Shown): TemplateResult | typeof nothing {
  const { view, drafts: all, words } = shown;
  const gone = all.lines.filter(({ deleted }) => deleted);
  if (gone.length === 0) return nothing;
  const forget = async (line: Line): Promise<void> => {
    if (!(await tried(all.forget(line.name), shown))) return;
    view.work.tell({ tone: 'info', text: words.forgotten(titled(words, line)), problems: [], canUndo: false });
    view.focus('drafts-h');
  };
  return html`
    <details class="clump bin"><summary><span>${words.bin}</span><span class="n">${gone.length}</span></summary>
      <ul class="draft-list">${gone.map((line) => html`
        <li><span class="draft-title">${titled(words, line)}<small>${words.amount(line.amount)} · ${clock(line.at)}</small></span>
          <span class="draft-acts" role="group" aria-label=${titled(words, line)}><button type="button" @click=${() => { void tried(all.bringBack(line.name), shown); }}>${words.bringBack}</button>
            <button type="button" class="link" @click=${() => { void forget(line); }}>${words.forget}</button></span></li>`)}</ul>
    </details>`;
}

function versions({ view, drafts: all, words }: Shown): TemplateResult {
  const why = ({ why: reason, changed }: Version): string => (reason === 'step' && changed > 0 ? words.stepOf(changed) : words.why[reason]);
  const raw = (kept: unknown): void => save(fileName(view.work, 'raw', 'json'), writeRaw(kept), 'application/json');
  return html`
    ${all.versions.length === 0 && all.damaged.length === 0 ? html`<p class="hint">${words.noVersions}</p>` : nothing}
    <ul class="draft-list versions" aria-labelledby="versions-h">
      ${all.damaged.map(([, kept]) => html`<li><span class="draft-title">${words.damaged}</span><span class="draft-acts"><button type="button" @click=${() => raw(kept)}>${words.saveRaw}</button></span></li>`)}
      ${all.versions.map((version) => html`
        <li><span class="draft-title">${clock(version.at)} · ${words.amount(version.amount)}<small>${why(version)} · ${words.apart(differences(version.assessment, view.assessment))}</small></span>
          <span class="draft-acts"><button type="button" aria-label="${words.restore} ${clock(version.at)}" @click=${() => { void all.restore(version, words.restored(clock(version.at))); }}>${words.restore}</button></span></li>`)}
    </ul>`;
}

async function exportAll({ view, drafts: all }: Shown): Promise<void> {
  save(fileName(view.work, 'drafts', 'json'), `${JSON.stringify(await all.all(), null, 2)}\n`, 'application/json');
}

/** Asks before everything goes, and offers the file first. */
function clearing(shown: Shown): TemplateResult {
  const { view, drafts: all, panel, words } = shown;
  const clear = async (dialog: HTMLDialogElement): Promise<void> => {
    dialog.close();
    if (!(await all.clear())) {
      view.work.tell({ tone: 'error', text: words.notCleared, problems: [], canUndo: false });
      return;
    }
    panel.open = false;
    view.work.tell({ tone: 'info', text: words.cleared, problems: [], canUndo: false });
    view.focus('drafts-b');
  };
  return html`
    <dialog aria-labelledby="clear-h">
      <h2 id="clear-h">${words.clearTitle}</h2>
      <p>${words.clearText(all.lines.length, all.elsewhere)}</p>
      <p>${words.clearFirst}</p>
      <div class="dialog-acts">
        <button type="button" @click=${() => { void exportAll(shown); }}>${words.exportAll}</button>
        <button type="button" class="link" @click=${(event: Event) => dialogOf(event, (dialog) => dialog.close())}>${words.cancel}</button>
        <button type="button" class="grave" @click=${(event: Event) => dialogOf(event, (dialog) => { void clear(dialog); })}>${words.clearNow}</button>
      </div>
    </dialog>`;
}

function dialogOf(event: Event, then: (dialog: HTMLDialogElement) => void): void {
  const place = (event.currentTarget as Element).closest('section');
  const dialog = place === null ? null : place.querySelector('dialog');
  if (dialog !== null) then(dialog);
}
