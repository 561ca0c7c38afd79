/** Rhai as the editor colours it. Colours only: what is right or wrong is the compiler's to say. */
import { HighlightStyle, indentService, StreamLanguage, type StreamParser, type StringStream } from '@codemirror/language';
import { tags, Tag } from '@lezer/highlight';

const CONTROL = new Set(['if', 'else', 'for', 'in', 'while', 'loop', 'do', 'until', 'switch', 'break', 'continue', 'return', 'throw', 'try', 'catch', 'fn', 'private', 'let', 'const']);
const ATOMS = new Set(['true', 'false', 'met', 'partial', 'unmet', 'missing', 'pending', 'invalid', 'not_applicable', 'waived']);
const DECLARES = new Set(['standard', 'chapter', 'group', 'phase', 'scheme', 'field', 'parameter', 'indicator', 'data_check', 'example']);
/** Full-width signs that look like code and are not. */
const FULL_WIDTH = /[（），；：＞＜＝＋－＊／％！“”‘’【】｛｝＃｜＆。]/;

interface State {
  /** How deep in block comments. */
  comment: number;
  /** The sign that ends the text we are in. */
  text: '' | '"' | '`';
}

const declares = Tag.define();
const word = Tag.define();

const parser: StreamParser<State> = {
  name: 'rhai',
  startState: () => ({ comment: 0, text: '' }),
  copyState: (state) => ({ ...state }),
  token(stream, state) {
    if (state.comment > 0) return comment(stream, state);
    if (state.text !== '') return text(stream, state);
    if (stream.eatSpace()) return null;
    if (stream.match('//')) { stream.skipToEnd(); return 'comment'; }
    if (stream.match('/*')) { state.comment = 1; return comment(stream, state); }
    if (stream.match(/^0x[\da-f_]+|^0b[01_]+|^\d[\d_]*(\.\d[\d_]*)?/i)) return 'number';
    const name = stream.match(/^[\p{L}_][\p{L}\p{N}_]*/u) as RegExpMatchArray | null;
    if (name !== null) {
      const [found] = name;
      if (CONTROL.has(found)) return 'keyword';
      if (ATOMS.has(found)) return 'atom';
      if (stream.match(/^\s*:(?!:)/, false)) return 'propertyName';
      if (stream.match(/^\s*\(/, false)) return DECLARES.has(found) ? 'declares' : 'word';
      return 'variableName';
    }
    const char = stream.next() || '';
    if (char === '"' || char === '`') { state.text = char; return text(stream, state); }
    if (FULL_WIDTH.test(char)) return 'invalid';
    return /[-+*/%<>=!&|]/.test(char) ? 'operator' : 'punctuation';
  },
  languageData: {
    commentTokens: { line: '//', block: { open: '/*', close: '*/' } },
    closeBrackets: { brackets: ['(', '[', '{', '"'] },
    indentOnInput: /^\s*[})\]]$/,
  },
  tokenTable: { declares, word },
};

function comment(stream: StringStream, state: State): string {
  while (state.comment > 0 && !stream.eol()) {
    if (stream.match('/*')) state.comment += 1;
    else if (stream.match('*/')) state.comment -= 1;
    else stream.next();
  }
  return 'comment';
}

function text(stream: StringStream, state: State): string {
  while (!stream.eol()) {
    const char = stream.next();
    if (char === '\\' && state.text === '"') stream.next();
    else if (char === state.text) { state.text = ''; return 'string'; }
  }
  // A quotation mark ends with its line at the latest, as it does for the compiler.
  if (state.text === '"') state.text = '';
  return 'string';
}

export const rhai = StreamLanguage.define(parser);

/** A new line is indented like the one before it, one step further after an open bracket. */
export const indentation = indentService.of((context, pos) => {
  const line = context.lineAt(pos, -1);
  const before = line.from === pos && pos > 0 ? context.lineAt(pos - 1, -1) : line;
  const blanks = /^\s*/.exec(before.text);
  const base = blanks === null ? 0 : context.countColumn(blanks[0]);
  const opens = /[{[(]\s*$/.test(before.text);
  const closes = /^\s*[})\]]/.test(context.textAfterPos(pos));
  return Math.max(0, base + (opens ? context.unit : 0) - (closes ? context.unit : 0));
});

/** Colours by the variables of the page's style, which know light and dark. */
export const colours = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--code-comment)' },
  { tag: tags.string, color: 'var(--code-text)' },
  { tag: tags.number, color: 'var(--code-number)' },
  { tag: tags.keyword, color: 'var(--code-keyword)', fontWeight: '600' },
  { tag: declares, color: 'var(--code-keyword)', fontWeight: '600' },
  { tag: word, color: 'var(--code-word)' },
  { tag: tags.atom, color: 'var(--code-number)', fontWeight: '600' },
  { tag: tags.propertyName, color: 'var(--code-key)' },
  { tag: tags.operator, color: 'var(--soft)' },
  { tag: tags.punctuation, color: 'var(--soft)' },
  { tag: tags.invalid, color: 'var(--unmet)', textDecoration: 'underline wavy' },
]);
