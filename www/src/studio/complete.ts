/**
 * What the editor offers while an author writes: options of the declaration at hand, the texts that an option
 * takes, fields and parameters with their help, the words of the language. Names come from the compiler.
 */
import { snippet, type Completion, type CompletionContext, type CompletionResult, type CompletionSource } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { Name, Word } from '../../../src/wasm/studio.d.ts';
import { words as ui } from './wording';

/** What there is to offer, as of the last compilation. */
export interface Offer {
  readonly words: readonly Word[];
  readonly names: readonly Name[];
}

export function completions(offer: () => Offer): CompletionSource {
  return (context) => {
    const place = syntaxTree(context.state).resolveInner(context.pos, -1).name;
    if (place === 'comment') return null;
    const before = context.state.sliceDoc(Math.max(0, context.pos - 4000), context.pos);
    if (place === 'string') return textsAt(context, before, offer());
    const typed = context.matchBefore(/[\p{L}_][\p{L}\p{N}_]*/u);
    if (typed === null && !context.explicit) return null;
    const from = typed === null ? context.pos : typed.from;
    const options = optionsAt(before.slice(0, before.length - (context.pos - from)), offer());
    return { from, options, validFor: /^[\p{L}\p{N}_]*$/u };
  };
}

/** In a text: the values of the option that it belongs to. */
function textsAt(context: CompletionContext, before: string, { words, names }: Offer): CompletionResult | null {
  const match = /([\p{L}_][\p{L}\p{N}_]*)\s*:\s*"([^"\n]*)$/u.exec(before) || /(confidence|one_of\(\s*[\p{L}\p{N}_]+)[^"\n]*"([^"\n]*)$/u.exec(before);
  const key = match === null ? undefined : match[1];
  if (match === null || key === undefined) return null;
  const of = key.replace(/^one_of\(\s*/, '');
  const word = enclosing(before).word;
  const options = words.filter((one) => one.word === word).flatMap((one) => one.options);
  const option = options.find((one) => one.word === of);
  const name = names.find((one) => one.name === of && one.choices.length > 0);
  const values = name !== undefined ? name.choices : option === undefined ? [] : option.values;
  if (values.length === 0) return null;
  return { from: context.pos - (match[2] || '').length, options: values.map((value) => ({ label: value, type: 'text' })), validFor: /^[^"\n]*$/ };
}

/** Outside texts, before the word that is being typed. */
function optionsAt(before: string, { words, names }: Offer): Completion[] {
  const { word, inMap, atKey, key } = enclosing(before);
  if (inMap && atKey) {
    if (key === 'fields' || key === 'fix') return fieldKeys(names);
    if (key === 'parameters') return keys(names, 'parameter');
    if (word === 'example' && key === '') return fieldKeys(names);
    const declaration = words.find((one) => one.word === word);
    if (declaration !== undefined && declaration.options.length > 0) {
      return declaration.options.map((option) => ({
        label: option.word, type: 'property', boost: option.needed ? 1 : 0, detail: option.needed ? ui.needed : '', info: `${option.meaning}\n${option.values.length > 0 ? option.values.join('、') : option.how}`,
        apply: snippet(option.values.length > 0 || /^文字|^单位/.test(option.how) ? `${option.word}: "\${}"` : `${option.word}: \${}`),
      }));
    }
  }
  const values = names.filter(({ kind }) => ['field', 'parameter', 'fn', 'const', 'let'].includes(kind));
  return [...values.flatMap((name) => named(name, name.kind === 'fn' ? '(' : '')), ...words.map(wordOption)];
}

const fieldKeys = (names: readonly Name[]): Completion[] => keys(names, 'field');

function keys(names: readonly Name[], kind: string): Completion[] {
  return names.filter((name) => name.kind === kind).flatMap((name) => named(name, ': '));
}

/** A name under its own spelling and, for who types letters, under its id. */
function named(name: Name, after: string): Completion[] {
  const kind = ui.kinds[name.kind];
  const info = [name.label === name.name ? '' : name.label, name.unit === '' ? '' : `${ui.unit}：${name.unit}`, name.choices.join('、'), name.help].filter((text) => text !== '').join('\n');
  const one: Completion = { label: name.name, type: name.kind, detail: [kind, name.unit].filter((text) => text !== '').join(' '), apply: `${name.name}${after}`, boost: 2, ...(info === '' ? {} : { info }) };
  return name.id === '' ? [one] : [one, { ...one, label: name.id, displayLabel: `${name.name}（${name.id}）`, boost: 1 }];
}

function wordOption(word: Word): Completion {
  return { label: word.word, type: word.declares ? 'keyword' : 'function', info: `${word.usage}\n${word.meaning}`, apply: snippet(`${word.word}(\${})`) };
}

interface Enclosing {
  /** The declaration that we are in; empty outside. */
  readonly word: string;
  /** Whether the innermost bracket is `#{`, and a key may stand here. */
  readonly inMap: boolean;
  readonly atKey: boolean;
  /** The option whose value the innermost bracket is; empty where it is an argument itself. */
  readonly key: string;
}

/** Where we are, by the brackets since the last declaration at the beginning of a line. */
function enclosing(before: string): Enclosing {
  const starts = Array.from(before.matchAll(/^(standard|chapter|group|phase|scheme|field|parameter|indicator|data_check|example)\s*\(/gm));
  const last = starts[starts.length - 1];
  if (last === undefined) return { word: '', inMap: false, atKey: false, key: '' };
  const rest = before.slice(last.index);
  const stack: { sign: string; key: string }[] = [];
  let key = '';
  let sign = '';
  for (const [token] of rest.matchAll(/"(?:[^"\\\n]|\\.)*"?|`[^`]*`?|\/\/[^\n]*|[\p{L}_][\p{L}\p{N}_]*\s*:|#\{|[{}()[\],]|[^\s]/gu)) {
    if (token.startsWith('//')) continue;
    if (token === '#{' || token === '{' || token === '(' || token === '[') { stack.push({ sign: token, key }); key = ''; }
    else if (token === '}' || token === ')' || token === ']') { stack.pop(); key = ''; }
    else if (token.endsWith(':') && token.length > 1) key = token.slice(0, -1).trim();
    else if (token === ',') key = '';
    sign = token;
  }
  const top = stack[stack.length - 1];
  const inMap = top !== undefined && top.sign === '#{';
  return { word: last[1] || '', inMap, atKey: inMap && (sign === '#{' || sign === ','), key: top === undefined ? '' : top.key };
}
