/**
 * The editor: CodeMirror with one state per file, so that each file has its own undo, selection and scroll.
 * It knows texts, places and marks; which files there are is the studio's business.
 */
import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers, type ViewUpdate } from '@codemirror/view';
import type { Problem } from '../../../src/wasm/studio.d.ts';
import { completions, type Offer } from './complete';
import { diagnostics, span } from './marks';
import { colours, indentation, rhai } from './rhai';
import { phrases, words as ui } from './wording';

export interface EditorHooks {
  /** The text of a file was changed, by hand or by undo. */
  changed(path: string, text: string): void;
  /** The cursor stands elsewhere. */
  moved(line: number): void;
  offer(): Offer;
}

export class Editor {
  private readonly view: EditorView;
  private readonly hooks: EditorHooks;
  private readonly states = new Map<string, EditorState>();
  private path = '';
  private readonly extensions: Extension;

  constructor(parent: HTMLElement, root: Document | ShadowRoot, hooks: EditorHooks) {
    this.hooks = hooks;
    this.extensions = [
      lineNumbers(), lintGutter(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(),
      highlightActiveLine(), highlightActiveLineGutter(), highlightSelectionMatches(), search({ top: true }),
      indentUnit.of('    '), EditorState.tabSize.of(4), EditorView.lineWrapping, EditorState.phrases.of(phrases),
      rhai, indentation, syntaxHighlighting(colours),
      autocompletion({ override: [completions(() => hooks.offer())], icons: false }),
      keymap.of([{ key: 'Tab', run: acceptCompletion }, ...closeBracketsKeymap, ...searchKeymap, ...historyKeymap, ...completionKeymap, indentWithTab, ...defaultKeymap]),
      EditorView.contentAttributes.of({ 'aria-label': ui.editorLabel, 'aria-describedby': 'editor-keys', tabindex: '0' }),
      EditorView.updateListener.of((update) => this.heard(update)),
    ];
    this.view = new EditorView({ parent, root, state: this.fresh('') });
  }

  get openPath(): string { return this.path; }
  get line(): number { return this.view.state.doc.lineAt(this.view.state.selection.main.head).number; }

  /** Shows a file. Its undo history is kept from the last time; what was changed elsewhere since is one step of it. */
  open(path: string, text: string): void {
    if (this.path !== '') this.states.set(this.path, this.view.state);
    this.path = path;
    const kept = this.states.get(path);
    this.view.setState(kept === undefined ? this.fresh(text) : brought(kept, text));
  }

  /** Forgets all files: another standard was opened. */
  reset(): void {
    this.states.clear();
    this.path = '';
    this.view.setState(this.fresh(''));
  }

  rename(from: string, to: string): void {
    const state = this.states.get(from);
    if (state !== undefined) this.states.set(to, state);
    this.states.delete(from);
    if (this.path === from) this.path = to;
  }

  mark(problems: readonly Problem[]): void {
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics(this.view.state.doc, problems)));
  }

  /** Applies the exact edit of a problem of the open file. */
  fix(problem: Problem): void {
    if (problem.edit === null) return;
    const { from, to } = span(this.view.state.doc, problem);
    this.view.dispatch({ changes: { from, to: problem.length === 0 ? from : to, insert: problem.edit }, selection: { anchor: from + problem.edit.length }, userEvent: 'input.fix' });
    this.view.focus();
  }

  /** Puts text after a line, as a change that can be undone, and goes there. */
  insertAfter(line: number, text: string): void {
    const { doc } = this.view.state;
    const at = doc.line(Math.max(1, Math.min(line, doc.lines))).to;
    this.view.dispatch({ changes: { from: at, insert: `\n${text}` }, selection: { anchor: at + 1 }, effects: EditorView.scrollIntoView(at + 1, { y: 'center' }), userEvent: 'input.insert' });
  }

  /** Puts the cursor at a place, line and column from 1 in characters. */
  goTo(line: number, column: number): void {
    const { doc } = this.view.state;
    const at = doc.line(Math.max(1, Math.min(line, doc.lines)));
    const offset = Array.from(at.text).slice(0, Math.max(0, column - 1)).join('').length;
    const position = Math.min(at.from + offset, at.to);
    this.view.dispatch({ selection: { anchor: position }, effects: EditorView.scrollIntoView(position, { y: 'center' }) });
    this.view.focus();
  }

  /** Keeps the cursor in sight while the author is at it. */
  reveal(): void {
    if (this.view.hasFocus) this.view.dispatch({ effects: EditorView.scrollIntoView(this.view.state.selection.main.head, { y: 'nearest' }) });
  }

  focus(): void { this.view.focus(); }
  measure(): void { this.view.requestMeasure(); }
  end(): void { this.view.destroy(); }

  private fresh(text: string): EditorState {
    return EditorState.create({ doc: text, extensions: this.extensions });
  }

  private heard(update: ViewUpdate): void {
    if (update.docChanged && this.path !== '') this.hooks.changed(this.path, update.state.doc.toString());
    if (update.docChanged || update.selectionSet) this.hooks.moved(update.state.doc.lineAt(update.state.selection.main.head).number);
  }
}

/** The state with another text, as one change of the part that differs. */
function brought(state: EditorState, text: string): EditorState {
  const before = state.doc.toString();
  if (before === text) return state;
  let start = 0;
  while (start < before.length && before[start] === text[start]) start += 1;
  let end = 0;
  while (end < before.length - start && end < text.length - start && before[before.length - 1 - end] === text[text.length - 1 - end]) end += 1;
  return state.update({ changes: { from: start, to: before.length - end, insert: text.slice(start, text.length - end) } }).state;
}
