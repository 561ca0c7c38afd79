/** Where a standard comes from: a draft, one that is shipped, the author's own, or nothing yet. */
import { html, nothing, type TemplateResult } from 'lit';
import { pick, picked } from '../work/pick';
import { canWriteFolders } from './folder';
import { clock, type StudioView } from './view';
import { words as ui } from './wording';

const MAIN = 'standard.rhai';

/** The title that the rules give the standard, by which people know it. */
function titleOf(text: string | undefined, name: string): string {
  const [, title = name] = /\btitle:\s*"([^"\\]+)"/.exec(text || '') || [];
  return title;
}

export function start(view: StudioView): TemplateResult {
  const { act, drafts, shipped, project } = view;
  return html`
    <main class="start" aria-labelledby="start-h">
      <div class="start-head"><h2 id="start-h" tabindex="-1">${ui.startTitle}</h2>
        ${project === undefined ? nothing : html`<button type="button" @click=${() => act.stopChoosing()}>${ui.cancel}</button>`}</div>
      <p class="soft">${ui.startLead}</p>
      ${drafts.length === 0 ? nothing : html`
        <h3>${ui.startDrafts}</h3>
        <ul class="choices-list">${drafts.map((draft) => html`
          <li><button type="button" class="choice-main" @click=${() => act.openDraft(draft)}><b>${titleOf(draft.files.find(([path]) => path === MAIN)?.[1], draft.name)}</b><small>${ui.draftOf(draft.name, clock(draft.at), draft.files.length)}</small></button>
            <button type="button" class="link" @click=${() => act.forgetDraft(draft)}>${ui.forget}<span class="unseen"> ${draft.name}</span></button></li>`)}</ul>`}
      <h3>${ui.startShipped}</h3>
      <ul class="choices-list">${Array.from(shipped, ([name, files]) => html`
        <li><button type="button" class="choice-main" @click=${() => act.openShipped(name)}><b>${titleOf(files.find(({ path }) => path === MAIN)?.text, name)}</b><small>${ui.shippedNote(name, files.length)}</small></button></li>`)}</ul>
      <h3>${ui.startOwn}</h3>
      <div class="own">
        <button type="button" @click=${(event: Event) => (canWriteFolders() ? act.openFolder() : pick(event))}>${ui.openFolder}</button>
        <input class="unseen" id="folder" type="file" webkitdirectory multiple tabindex="-1" aria-hidden="true" @change=${(event: Event) => { const list = picked(event); if (list.length > 0) act.openFileList(list); }}>
        <button type="button" @click=${pick}>${ui.openZip}</button>
        <input class="unseen" id="zip" type="file" accept=".zip,application/zip" tabindex="-1" aria-hidden="true" @change=${(event: Event) => { const [file] = picked(event); if (file !== undefined) act.openZip(file); }}>
        <button type="button" @click=${() => act.openBlank()}>${ui.blank}</button>
      </div>
    </main>`;
}
