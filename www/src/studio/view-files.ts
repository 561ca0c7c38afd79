/** The files of the standard: by folder, with what is wrong in each. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Name } from '../../../src/wasm/studio.d.ts';
import { errorsOf, type StudioView } from './view';
import { words as ui } from './wording';

export function files(view: StudioView): TemplateResult {
  const { project, act, naming } = view;
  if (project === undefined) return html``;
  const folders = new Map<string, string[]>();
  for (const path of project.files.keys()) {
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    folders.set(folder, [...(folders.get(folder) || []), path]);
  }
  const names = view.compiled === undefined ? [] : view.compiled.names;
  return html`
    <div class="files-head">
      <h2>${ui.files}</h2>
      <button type="button" class="small" id="new" aria-expanded=${naming !== undefined && naming.kind !== 'rename' ? 'true' : 'false'} @click=${() => (naming === undefined ? act.startNaming('indicator') : act.stopNaming())}>${ui.newThing}</button>
    </div>
    ${naming !== undefined && naming.kind !== 'rename' ? nameForm(view) : nothing}
    <ul class="tree">
      ${Array.from(folders, ([folder, paths]) => html`
        ${folder === '' ? nothing : html`<li class="folder">${folder}${titleOf(names, 'chapter', (name) => name.name === folder)}</li>`}
        ${paths.map((path) => row(view, path, names))}`)}
    </ul>`;
}

function row(view: StudioView, path: string, names: readonly Name[]): TemplateResult {
  const { act, naming } = view;
  const open = path === view.path;
  const problems = view.compiled === undefined ? [] : view.compiled.problems.filter(({ file }) => file === path);
  const errors = errorsOf(problems);
  const warnings = problems.length - errors;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return html`
    <li class=${open ? 'file open' : 'file'}>
      <button type="button" class="file-name" aria-current=${open ? 'true' : 'false'} @click=${() => act.openFile(path)}>
        <span class="file-text">${name}${titleOf(names, 'group', (one) => one.file === path, true)}</span>
        ${errors > 0 ? html`<span class="badge bad"><span class="unseen">，${ui.count(errors, 0)}</span><span aria-hidden="true">${errors}</span></span>` : nothing}
        ${warnings > 0 ? html`<span class="badge doubt"><span class="unseen">，${ui.count(0, warnings)}</span><span aria-hidden="true">${warnings}</span></span>` : nothing}
      </button>
      ${!open ? nothing : naming !== undefined && naming.kind === 'rename' ? nameForm(view) : html`
        <span class="file-ways" role="group" aria-label=${ui.fileActions}>
          <button type="button" class="link" @click=${() => act.startNaming('rename')}>${ui.rename}</button>
          <button type="button" class="link" @click=${() => act.removeFile()}>${ui.remove}</button>
        </span>`}
    </li>`;
}

function titleOf(names: readonly Name[], kind: Name['kind'], fits: (name: Name) => boolean, own = false): TemplateResult | typeof nothing {
  const found = names.find((name) => name.kind === kind && fits(name));
  if (found === undefined) return nothing;
  return html`<small>${own ? found.name : found.label}</small>`;
}

function nameForm({ naming, act }: StudioView): TemplateResult | typeof nothing {
  if (naming === undefined) return nothing;
  const { kind } = naming;
  const submit = (event: Event): void => { event.preventDefault(); act.applyName(); };
  const keys = (event: KeyboardEvent): void => { if (event.key === 'Escape') act.stopNaming(); };
  const input = (key: 'path' | 'id' | 'title', label: string, hint: string): TemplateResult => html`
    <label for="name-${key}">${label}</label>
    <input id="name-${key}" type="text" autocomplete="off" spellcheck="false" .value=${naming[key]} placeholder=${hint}
      aria-invalid=${naming.wrong === '' ? 'false' : 'true'} aria-describedby="name-wrong" @input=${(event: Event) => act.typeName({ [key]: (event.target as HTMLInputElement).value })}>`;
  return html`
    <form class="naming" @submit=${submit} @keydown=${keys}>
      ${kind === 'rename' ? nothing : html`
        <fieldset class="kinds"><legend class="unseen">${ui.newKind}</legend>${(['indicator', 'chapter', 'file'] as const).map((one) => html`
          <label class="choice"><input type="radio" name="kind" value=${one} .checked=${one === kind} @change=${() => act.startNaming(one)}>${ui.newKinds[one]}</label>`)}</fieldset>`}
      ${kind === 'chapter' ? input('id', ui.chapterFolder, ui.chapterFolderHint) : input('path', kind === 'indicator' ? ui.inFile : ui.path, ui.pathHint)}
      ${kind === 'indicator' ? input('id', ui.indicatorId, ui.indicatorIdHint) : nothing}
      ${kind === 'indicator' || kind === 'chapter' ? input('title', ui.nameOf, '') : nothing}
      <p id="name-wrong" class="hint bad" role="alert">${naming.wrong}</p>
      <button type="submit">${kind === 'rename' ? ui.apply : ui.create}</button>
      <button type="button" class="link" @click=${() => act.stopNaming()}>${ui.cancel}</button>
    </form>`;
}
