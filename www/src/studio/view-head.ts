/** The bar on top: which standard, how it stands, whether the draft is safe, and the ways out. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../check/view';
import { canWriteFolders } from './folder';
import { clock, errorsOf, type StudioView } from './view';
import { words as ui } from './wording';

export function head(view: StudioView): TemplateResult {
  const { project, act } = view;
  return html`
    <header class="bar">
      <h1>${ui.title}<span class="brand">${ui.brand}</span></h1>
      ${project === undefined ? nothing : html`
        <p class="which"><b>${project.name}</b>${view.standard === undefined ? nothing : html`<span class="which-title">${view.standard.title} ${view.standard.version}</span>`}</p>
        <div class="ways">
          <button type="button" id="open" @click=${() => act.choose()}>${ui.openOther}</button>
          <button type="button" title=${ui.saveZipTitle} @click=${() => act.saveZip()}>${ui.saveZip}</button>
          ${canWriteFolders() ? html`<button type="button" title=${ui.saveFolderTitle} @click=${() => act.saveFolder()}>${ui.saveFolder}</button>` : nothing}
          <button type="button" title=${ui.exportDocumentTitle} aria-disabled=${view.current ? 'false' : 'true'} @click=${() => act.exportDocument()}>${ui.exportDocument}</button>
          <button type="button" title=${ui.exportSheetTitle} aria-disabled=${view.current ? 'false' : 'true'} @click=${() => act.exportSheet()}>${ui.exportSheet}</button>
          <button type="button" class="main" title=${ui.exportModuleTitle} aria-disabled=${view.current ? 'false' : 'true'} @click=${() => act.exportModule()}>${ui.exportModule}</button>
        </div>`}
    </header>`;
}

/** The line at the bottom: what the compiler says, how long it took, whether the draft is kept, which keys help. */
export function foot(view: StudioView): TemplateResult {
  return html`
    <footer class="foot">
      <span class="standing" role="status">${standing(view)}</span>
      <span class="keys" id="editor-keys" ?hidden=${view.project === undefined}>${ui.editorKeys}</span>
      ${kept(view)}
    </footer>`;
}

function standing({ compiled, compiling, ms, act }: StudioView): TemplateResult {
  if (compiled === undefined) return html`<span class="soft">${compiling ? ui.starting : ''}</span>`;
  const errors = errorsOf(compiled.problems);
  const warnings = compiled.problems.length - errors;
  const time = html`<span class="soft time">${ui.took(ms)}</span>`;
  if (errors === 0 && warnings === 0) return html`<span class="state met">${icon('met')}${ui.sound}</span>${time}`;
  return html`<button type="button" class="link" @click=${() => act.show('problems')}><span class="state ${errors > 0 ? 'unmet' : 'partial'}">${icon(errors > 0 ? 'unmet' : 'warning')}${errors > 0 ? ui.count(errors, warnings) : ui.soundWith(warnings)}</span></button>${time}`;
}

function kept({ keeping }: StudioView): TemplateResult {
  switch (keeping.state) {
    case 'kept': return html`<span class="kept" title=${ui.keeping.keptTitle}>${icon('met')}${ui.keeping.kept(clock(keeping.at))}</span>`;
    case 'blocked': return html`<span class="kept blocked" role="alert" title=${keeping.why}>${icon('invalid')}${ui.keeping.blocked}</span>`;
    default: return html`<span class="kept">${ui.keeping[keeping.state]}</span>`;
  }
}

/** Passing words, and what stopped the compiler. */
export function notices({ notice, halted, act }: StudioView): TemplateResult {
  const stop = halted === undefined ? undefined
    : halted.why.code === 'too-long' ? ui.tooLong(halted.file) : ui.compilerBroken(halted.why.message, halted.file);
  return html`
    <div class="notices">
      <div role="alert">${stop === undefined ? nothing : html`<div class="message error">${icon('invalid')}<p class="message-text">${stop}</p></div>`}</div>
      <div role=${notice !== undefined && notice.tone === 'error' ? 'alert' : 'status'}>${notice === undefined ? nothing : html`
        <div class="message ${notice.tone}">${icon(notice.tone === 'error' ? 'invalid' : 'info')}<p class="message-text">${notice.text}</p>
          ${notice.undo === undefined ? nothing : html`<button type="button" @click=${notice.undo}>${ui.undo}</button>`}
          <button type="button" class="link" @click=${() => act.dismiss()}>${ui.close}</button></div>`}</div>
    </div>`;
}
