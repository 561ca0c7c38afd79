import { html, LitElement, nothing, type TemplateResult } from 'lit';
import checkerAddress from 'duibiao-module/address?url';
import type { Standard } from '../../../src/wasm.d.ts';
import type { Problem, Verdict, Word } from '../../../src/wasm/studio.d.ts';
import type { DuibiaoCheckElement } from '../check/check-element';
import { lendModule } from '../work/engine';
import { isEmpty } from '../work/entry';
import { Compiler } from './compiler';
import { Editor } from './editor';
import { exampleText, lineAfter } from './example-text';
import { pickFolder, readFileList, readZip } from './folder';
import { isPath, projectOf, renamed, withFile, withFiles, withoutFile, type Project } from './project';
import { Shelf, type Draft } from './shelf';
import { Standing } from './standing';
import { styles } from './style';
import { errorsOf, failing, type Keep, type Naming, type Notice, type Pane, type StudioActions, type StudioView } from './view';
import { examples } from './view-examples';
import { files } from './view-files';
import { foot, head, notices } from './view-head';
import { atCursor, problems } from './view-problems';
import { start } from './view-start';
import { exportDocument, exportModule, exportSheet, saveFolder, saveZip } from './ways-out';
import { words as ui } from './wording';

/** Standards that have a file of sample data beside the page. */
const SAMPLES = ['changzhou-2023', 'fire-safety'];

/**
 * `<duibiao-studio>`: where a standard is written. Files on the left, the editor, and on the right what staff
 * will see, the examples, and all problems. It fills the element that holds it.
 *
 * Everything stays in this browser: the compiler runs in a thread of the page, drafts in its storage.
 */
export class DuibiaoStudioElement extends LitElement {
  static override styles = styles;

  private readonly compiler = new Compiler();
  private readonly standing = new Standing(this.compiler, {
    changed: () => this.requestUpdate(),
    compiled: (ms) => { this.mark(); this.dispatchEvent(new CustomEvent('duibiao-compiled', { detail: { ms } })); },
  });
  private readonly shelf = new Shelf(() => this.requestUpdate());
  private readonly watcher = new ResizeObserver(() => this.measure());
  /** The checker module without a standard, for the preview and for export. */
  private readonly checkerBytes = fetch(checkerAddress).then((response) => response.arrayBuffer());
  private editor: Editor | undefined;
  private offered: readonly Word[] = [];

  private project: Project | undefined;
  private path = '';
  private line = 1;
  private pane: Pane = 'preview';
  private narrow = false;
  /** The file that the preview has yet to come to. */
  private following = '';

  private onlyFailed = false;
  private keep: Keep = { indicator: '', name: '', wrong: '' };

  private shownHere = 0;
  private naming: Naming | undefined;
  private notice: Notice | undefined;
  private choosing = false;
  private drafts: readonly Draft[] = [];
  private shipped: ReadonlyMap<string, readonly { path: string; text: string }[]> = new Map();

  override connectedCallback(): void {
    super.connectedCallback();
    lendModule(this.checkerBytes.then((bytes) => WebAssembly.compile(bytes)));
    this.watcher.observe(this);
    this.addEventListener('keydown', this.keys, true);
    void this.compiler.words.then((words) => { this.offered = words; });
    void this.begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.watcher.disconnect();
    this.removeEventListener('keydown', this.keys, true);
    this.standing.end();
    this.compiler.end();
    if (this.editor !== undefined) this.editor.end();
  }

  protected override firstUpdated(): void {
    const place = this.renderRoot.querySelector<HTMLElement>('#editor');
    if (place === null || this.shadowRoot === null) return;
    this.editor = new Editor(place, this.shadowRoot, {
      changed: (path, text) => this.textChanged(path, text),
      moved: (line) => { if (line !== this.line) { this.line = line; this.requestUpdate(); } },
      offer: () => ({ words: this.offered, names: this.standing.compiled === undefined ? [] : this.standing.compiled.names }),
    });
    if (this.project !== undefined) this.openFile(this.path);
  }

  // ── The standard and its files ───────────────────────────────────────────────────────────────

  private async begin(): Promise<void> {
    const last = await this.shelf.last();
    if (last !== undefined) this.openDraft(last);
    else await this.choose();
  }

  private openDraft({ name, files: found, path }: Draft): void {
    this.open(projectOf(name, found.map(([file, text]) => ({ path: file, text }))), path);
  }

  /** Takes a standard up. Its draft begins with the first change. */
  private open(project: Project, path = ''): void {
    this.project = project;
    this.choosing = false;
    this.naming = undefined;
    this.notice = undefined;
    this.standing.reset();
    this.keep = { indicator: '', name: '', wrong: '' };
    if (this.editor !== undefined) this.editor.reset();
    const first = Array.from(project.files.keys());
    this.openFile(project.files.has(path) ? path : first[1] || first[0] || '');
    void this.standing.compile(project, this.path);
  }

  private openFile(path: string): void {
    this.path = path;
    this.following = path;
    if (this.editor !== undefined && this.project !== undefined) {
      const text = this.project.files.get(path);
      if (text !== undefined) this.editor.open(path, text);
      this.line = this.editor.line;
      this.mark();
    }
    this.requestUpdate();
  }

  /** The preview comes to the file that was opened, as soon as it can show it. */
  private follow(): void {
    const { preview } = this;
    if (this.following === '' || this.pane !== 'preview' || preview === null || preview.report === undefined) return;
    if (preview.reveal(this.following.replace(/\.rhai$/, ''))) this.following = '';
  }

  private focusEditor(): void {
    void this.updateComplete.then(() => { if (this.editor !== undefined) this.editor.focus(); });
  }

  private textChanged(path: string, text: string): void {
    if (this.project === undefined || this.project.files.get(path) === text) return;
    this.change(withFile(this.project, path, text), path);
  }

  private change(project: Project, path: string): void {
    this.project = project;
    this.shelf.keep(project, this.path);
    this.standing.compileSoon(project, path);
    this.requestUpdate();
  }

  /** A name that no other draft bears, so that opening loses nothing. */
  private async freeName(name: string): Promise<string> {
    const taken = (await this.shelf.drafts()).map((draft) => draft.name);
    for (let n = 1; ; n += 1) {
      const free = n === 1 ? name : `${name}-${n}`;
      if (!taken.includes(free)) return free;
    }
  }

  private async take(reading: Promise<Project | undefined>): Promise<void> {
    try {
      const project = await reading;
      if (project === undefined) return;
      this.open({ ...project, name: await this.freeName(project.name) });
      if (this.project !== undefined) this.shelf.keep(this.project, this.path);
      this.focusEditor();
    } catch (error) {
      this.tell('error', ui.notOpened(error instanceof Error ? error.message : String(error)));
    }
  }

  private async blank(): Promise<Project> {
    const id = await this.freeName('new-standard');
    const made = await this.compiler.make({ do: 'standard', id, title: ui.blankTitle });
    return projectOf(id, made.files || []);
  }

  private async choose(): Promise<void> {
    this.choosing = true;
    this.requestUpdate();
    const [drafts, { shipped }] = await Promise.all([this.shelf.drafts(), import('./shipped')]);
    this.drafts = drafts;
    this.shipped = shipped();
    this.requestUpdate();
    if (this.project !== undefined) this.focusOn('start-h');
  }

  private applyName(): void {
    const { naming, project } = this;
    if (naming === undefined || project === undefined) return;
    const path = naming.path.trim();
    if (naming.kind === 'indicator' || naming.kind === 'chapter') { void this.make(naming, project); return; }
    const wrong = !isPath(path) ? ui.badPath : project.files.has(path) && !(naming.kind === 'rename' && path === this.path) ? ui.takenPath : '';
    if (wrong !== '') { this.naming = { ...naming, wrong }; this.requestUpdate(); return; }
    this.naming = undefined;
    if (naming.kind === 'file') {
      const title = path.slice(path.lastIndexOf('/') + 1, -'.rhai'.length);
      this.change(withFile(project, path, path === 'standard.rhai' ? '' : ui.freshText(title)), path);
      this.openFile(path);
    } else if (path !== this.path) {
      const from = this.path;
      this.path = path;
      if (this.editor !== undefined) this.editor.rename(from, path);
      this.change(renamed(project, from, path), path);
    }
    if (this.editor !== undefined) this.editor.focus();
    this.requestUpdate();
  }

  /** A chapter or an indicator from the compiler's scaffolds. */
  private async make(naming: Naming, project: Project): Promise<void> {
    const [path, id, title] = [naming.path.trim(), naming.id.trim(), naming.title.trim()];
    const made = !this.standing.current ? {} : await this.compiler.make(naming.kind === 'chapter' ? { do: 'chapter', id, title } : { do: 'indicator', file: path, id, title });
    if (this.project !== project) return;
    if (made.files === undefined) {
      this.naming = { ...naming, wrong: made.why === undefined ? ui.notSound : made.why.zh };
      this.requestUpdate();
      return;
    }
    this.naming = undefined;
    const first = made.files[0] === undefined ? path : made.files[0].path;
    const before = project.files.get(first) || '';
    this.change(withFiles(project, made.files), first);
    this.openFile(first);
    if (this.editor !== undefined) {
      // In a file that was there the author looks at what is new.
      this.editor.goTo(before === '' ? 1 : before.split('\n').length + 1, 1);
    }
    this.tell('info', naming.kind === 'chapter' ? ui.madeChapter(id) : ui.madeIndicator(id, first));
  }

  private removeFile(): void {
    const { project, path } = this;
    if (project === undefined) return;
    const rest = withoutFile(project, path);
    this.change(rest, path);
    this.openFile(Array.from(rest.files.keys()).pop() || '');
    this.tell('info', ui.removed(path), () => {
      const text = project.files.get(path);
      if (this.project === undefined || text === undefined) return;
      this.change(withFile(this.project, path, text), path);
      this.openFile(path);
      this.dismiss();
    });
  }

  // ── Problems ─────────────────────────────────────────────────────────────────────────────────

  private mark(): void {
    if (this.editor === undefined) return;
    const { path, standing: { compiled } } = this;
    this.editor.mark(compiled === undefined ? [] : compiled.problems.filter(({ file, line }) => file === path && line > 0));
  }

  /** The next problem after the cursor, in this file and then in the others. */
  private step(forward: boolean): void {
    const all = this.standing.compiled === undefined ? [] : this.standing.compiled.problems.filter(({ file }) => file !== '');
    if (all.length === 0) return;
    const order = this.project === undefined ? [] : Array.from(this.project.files.keys());
    const rank = (file: string, line: number): number => order.indexOf(file) * 100_000 + line;
    const here = rank(this.path, this.line);
    const sorted = [...all].sort((a, b) => rank(a.file, a.line) - rank(b.file, b.line));
    const next = forward ? sorted.find(({ file, line }) => rank(file, line) > here) || sorted[0]
      : [...sorted].reverse().find(({ file, line }) => rank(file, line) < here) || sorted[sorted.length - 1];
    if (next !== undefined) this.goTo(next.file, next.line, next.column);
  }

  private goTo(file: string, line: number, column: number): void {
    const path = file === '' ? 'standard.rhai' : file;
    if (this.project === undefined || !this.project.files.has(path)) return;
    if (this.narrow) this.pane = 'editor';
    if (path !== this.path) this.openFile(path);
    this.requestUpdate();
    void this.updateComplete.then(() => { if (this.editor !== undefined) this.editor.goTo(line, column); });
  }

  private fix(problem: Problem): void {
    if (problem.file !== this.path) this.openFile(problem.file);
    if (this.narrow) this.pane = 'editor';
    this.requestUpdate();
    void this.updateComplete.then(() => { if (this.editor !== undefined) this.editor.fix(problem); });
  }

  // ── Examples ─────────────────────────────────────────────────────────────────────────────────

  private get preview(): DuibiaoCheckElement | null {
    return this.renderRoot.querySelector('duibiao-check');
  }

  private showExample({ name, entry, as_of }: Verdict): void {
    const { preview } = this;
    if (preview === null) return;
    preview.entry = entry;
    preview.asOf = as_of;
    this.pane = 'preview';
    this.tell('info', ui.shown(name));
  }

  /** The indicator whose example is to be kept: the one chosen, or the one at the cursor. */
  private get keepIndicator(): string {
    const all = this.standing.compiled === undefined ? [] : this.standing.compiled.names.filter(({ kind }) => kind === 'indicator');
    if (all.some(({ name }) => name === this.keep.indicator)) return this.keep.indicator;
    const here = all.filter(({ file, line }) => file === this.path && line <= this.line).pop() || all.find(({ file }) => file === this.path) || all[0];
    return here === undefined ? '' : here.name;
  }

  /** Data that is shipped with a standard, to see it at work. */
  private get sample(): string {
    return this.standing.opened !== undefined && SAMPLES.includes(this.standing.opened.standard.id) ? `example-${this.standing.opened.standard.id}.json` : '';
  }

  private get keepOutcome(): string {
    const { preview } = this;
    if (preview === null || preview.report === undefined || isEmpty(preview.entry)) return '';
    const finding = preview.report.findings.find(({ indicator }) => indicator === this.keepIndicator);
    return finding === undefined ? '' : finding.outcome;
  }

  private async keepExample(): Promise<void> {
    const { preview, keepIndicator: indicator, standing: { opened, compiled } } = this;
    const name = this.keep.name.trim();
    if (preview === null || preview.report === undefined || opened === undefined || compiled === undefined || !this.standing.current || this.keepOutcome === '') return;
    if (name === '') { this.keep = { ...this.keep, wrong: ui.keepNoName }; this.requestUpdate(); return; }
    const place = lineAfter(indicator, compiled.names);
    const example = exampleText(name, indicator, preview.entry, preview.report.as_of, opened.standard, (entry, asOf) => opened.checker.check(entry, { as_of: asOf }));
    if (place === undefined || example === undefined || this.editor === undefined) return;
    if (this.path !== place.file) this.openFile(place.file);
    this.editor.insertAfter(place.line, example.text);
    this.keep = { indicator, name: '', wrong: '' };
    this.tell('info', ui.keepDone(name, place.file));
  }

  private async draftExamples(): Promise<void> {
    const { keepIndicator: indicator, standing: { compiled } } = this;
    if (compiled === undefined || !this.standing.current) return;
    const place = lineAfter(indicator, compiled.names);
    const text = await this.compiler.text({ do: 'drafts', indicator });
    if (text === '') { this.tell('info', ui.draftNone); return; }
    if (place === undefined || this.editor === undefined || this.standing.compiled !== compiled) return;
    if (this.path !== place.file) this.openFile(place.file);
    this.editor.insertAfter(place.line, text);
    this.tell('info', ui.drafted(place.file));
  }

  // ── Ways out ─────────────────────────────────────────────────────────────────────────────────

  private async leave(way: Promise<Notice | undefined>): Promise<void> {
    try {
      const said = await way;
      if (said !== undefined) this.tell(said.tone, said.text);
    } catch (error) {
      this.tell('error', error instanceof Error ? error.message : String(error));
    }
  }

  // ── The page ─────────────────────────────────────────────────────────────────────────────────

  private readonly keys = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const control = (event.ctrlKey || event.metaKey) && !event.altKey;
    if (event.key === 'F8') this.step(!event.shiftKey);
    else if (control && event.key.toLowerCase() === 's') { if (this.project !== undefined) this.shelf.keep(this.project, this.path); }
    else if (control && event.key === 'Enter') { this.show('examples'); void this.standing.runExamples(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private show(pane: Pane): void {
    this.pane = pane;
    this.requestUpdate();
    void this.updateComplete.then(() => { if (this.editor !== undefined) this.editor.measure(); });
  }

  private tell(tone: Notice['tone'], text: string, undo?: () => void): void {
    this.notice = { tone, text, ...(undo === undefined ? {} : { undo }) };
    this.requestUpdate();
  }

  private dismiss(): void {
    this.notice = undefined;
    this.requestUpdate();
  }

  private focusOn(id: string): void {
    void this.updateComplete.then(() => {
      const place = this.renderRoot.querySelector<HTMLElement>(`#${id}`);
      if (place !== null) place.focus();
    });
  }

  protected override updated(): void {
    const here = this.standing.compiled === undefined ? 0 : this.standing.compiled.problems.filter(({ file, line }) => file === this.path && line === this.line).length;
    // The strip under the editor takes room: the line that is written on must stay in sight.
    if (here !== this.shownHere && this.editor !== undefined) this.editor.reveal();
    this.shownHere = here;
    this.follow();
  }

  private measure(): void {
    const narrow = this.getBoundingClientRect().width < 1000;
    if (narrow === this.narrow) return;
    this.narrow = narrow;
    if (!narrow && (this.pane === 'files' || this.pane === 'editor')) this.pane = 'preview';
    else if (narrow && this.pane === 'preview') this.pane = 'editor';
    this.requestUpdate();
  }

  private readonly act: StudioActions = {
    show: (pane) => this.show(pane),
    openFile: (path) => { this.openFile(path); if (this.narrow) this.show('editor'); this.focusEditor(); },
    goTo: (file, line, column) => this.goTo(file, line, column),
    fix: (problem) => this.fix(problem),
    startNaming: (kind) => {
      const folder = this.path.slice(0, this.path.lastIndexOf('/') + 1);
      const before = this.naming;
      this.naming = { id: '', title: '', ...before, kind, path: kind === 'file' ? folder : this.path, wrong: '' };
      this.requestUpdate();
      if (before === undefined) this.focusOn(kind === 'rename' ? 'name-path' : 'name-id');
    },
    typeName: (change) => { if (this.naming !== undefined) { this.naming = { ...this.naming, ...change, wrong: '' }; this.requestUpdate(); } },
    applyName: () => this.applyName(),
    stopNaming: () => { this.naming = undefined; this.requestUpdate(); this.focusOn('new'); },
    removeFile: () => this.removeFile(),
    runExamples: () => { void this.standing.runExamples(); },
    showExample: (verdict) => this.showExample(verdict),
    filterExamples: (onlyFailed) => { this.onlyFailed = onlyFailed; this.requestUpdate(); },
    setKeep: (change) => { this.keep = { ...this.keep, indicator: this.keepIndicator, ...change, wrong: '' }; this.requestUpdate(); },
    keepExample: () => { void this.keepExample(); },
    draftExamples: () => { void this.draftExamples(); },
    choose: () => { void this.choose(); },
    stopChoosing: () => { this.choosing = false; this.requestUpdate(); this.focusOn('open'); },
    openDraft: (draft) => { this.openDraft(draft); this.focusEditor(); },
    forgetDraft: (draft) => { void this.shelf.forget(draft.name).then(() => { this.tell('info', ui.forgotten(draft.name)); return this.choose(); }); },
    openShipped: (name) => {
      const found = this.shipped.get(name);
      if (found !== undefined) void this.take(Promise.resolve(projectOf(name, found)));
    },
    openBlank: () => { void this.take(this.blank()); },
    openFolder: () => { void this.take(pickFolder()); },
    openFileList: (list) => { void this.take(readFileList(list)); },
    openZip: (file) => { void this.take(readZip(file)); },
    saveZip: () => { if (this.project !== undefined) void this.leave(saveZip(this.project)); },
    saveFolder: () => { if (this.project !== undefined) void this.leave(saveFolder(this.project)); },
    exportModule: () => { void this.leave(exportModule(this.standing, this.compiler, this.checkerBytes)); },
    exportDocument: () => { void this.leave(exportDocument(this.standing, this.compiler)); },
    exportSheet: () => { void this.leave(exportSheet(this.standing)); },
    dismiss: () => this.dismiss(),
  };

  private view(): StudioView {
    const { keepIndicator, standing: { compiled, compiling, ms, halted, rulebook, current, examples: found } } = this;
    const standard: Standard | undefined = this.standing.opened === undefined ? undefined : this.standing.opened.standard;
    return {
      narrow: this.narrow, pane: this.pane, project: this.project, path: this.path, line: this.line, compiled, compiling, ms, halted, rulebook, current, standard,
       keeping: this.shelf.keeping, notice: this.notice, naming: this.naming,
      examples: found, onlyFailed: this.onlyFailed, keep: { ...this.keep, indicator: keepIndicator }, keepOutcome: this.keepOutcome,
      choosing: this.choosing, drafts: this.drafts, shipped: this.shipped, act: this.act,
    };
  }

  protected override render(): TemplateResult {
    const view = this.view();
    const { narrow, pane } = this;
    const working = this.project !== undefined && !this.choosing;
    const side: Pane[] = ['preview', 'examples', 'problems'];
    const tabs = this.tabs(narrow ? ['files', 'editor', ...side] : side, view);
    const hides = (one: Pane): boolean => (narrow || side.includes(one)) && pane !== one;
    const role = narrow ? 'tabpanel' : 'region';
    return html`
      <div class="desk studio ${narrow ? 'narrow' : 'wide'}" lang="zh-CN">
        ${head(view)}
        ${notices(view)}
        ${working ? nothing : start(view)}
        <main class="work" ?hidden=${!working}>
          ${narrow ? tabs : nothing}
          <section id="p-files" class="pane files" role=${role} aria-label=${ui.panes.files} ?hidden=${hides('files')}>${files(view)}</section>
          <section id="p-editor" class="pane editor" role=${role} aria-label=${ui.panes.editor} ?hidden=${hides('editor')}>
            <h2 class="editor-head">${this.path === '' ? ui.noFileOpen : this.path}</h2>
            <div id="editor"></div>
            ${atCursor(view)}
          </section>
          ${narrow ? nothing : tabs}
          <section id="p-preview" class="pane preview" role="tabpanel" aria-labelledby="t-preview" ?hidden=${hides('preview')}>
            ${this.standing.current || this.standing.rulebook === undefined ? nothing : html`<p class="stale-note">${ui.previewStale}</p>`}
            ${this.standing.rulebook === undefined ? html`<p class="empty">${ui.previewNone}</p>`
              : html`<duibiao-check draft="studio" scheme="auto" example=${this.sample === '' ? nothing : this.sample} chapter=${this.path.includes('/') ? this.path.slice(0, this.path.indexOf('/')) : nothing} .rulebook=${this.standing.rulebook} @duibiao-report=${() => this.requestUpdate()}></duibiao-check>`}
          </section>
          <section id="p-examples" class="pane" role="tabpanel" aria-labelledby="t-examples" ?hidden=${hides('examples')}>${examples(view)}</section>
          <section id="p-problems" class="pane" role="tabpanel" aria-labelledby="t-problems" ?hidden=${hides('problems')}>${problems(view)}</section>
        </main>
        ${foot(view)}
      </div>`;
  }

  private tabs(panes: readonly Pane[], view: StudioView): TemplateResult {
    const { compiled, examples: { verdicts } } = view;
    const failed = failing(verdicts);
    const count: Partial<Record<Pane, [number, boolean]>> = {
      examples: [failed, true],
      problems: compiled === undefined ? [0, false] : [compiled.problems.length, errorsOf(compiled.problems) > 0],
    };
    const move = (event: KeyboardEvent): void => {
      const way = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
      const next = panes[(panes.indexOf(this.pane) + way + panes.length) % panes.length];
      if (way === 0 || next === undefined) return;
      event.preventDefault();
      this.show(next);
      this.focusOn(`t-${next}`);
    };
    return html`
      <div class="tabs" role="tablist" aria-label=${ui.panesLabel} @keydown=${move}>${panes.map((one) => {
        const [n, bad] = count[one] || [0, false];
        const chosen = one === this.pane;
        return html`<button type="button" role="tab" id="t-${one}" aria-controls="p-${one}" aria-selected=${chosen ? 'true' : 'false'} tabindex=${chosen ? 0 : -1} @click=${() => this.show(one)}>
          ${ui.panes[one]}${n > 0 ? html`<span class="badge ${bad ? 'bad' : 'doubt'}">${n}</span>` : nothing}</button>`;
      })}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap { 'duibiao-studio': DuibiaoStudioElement }
}
