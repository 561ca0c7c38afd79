/** Terms as read by people: amounts with their unit, and how a value came about. */
import type { Comparison, Field, Reason, Term } from '../../../src/wasm.d.ts';
import { splitPath } from '../work/entry';
import { shown } from './figure';
import type { Words } from './wording';

/** `85.83%`, `412 万平方米`, `是`, or why there is no value. */
export function amount(term: Term, words: Words): string {
  if (term.unknown !== undefined) return words.unknown[term.unknown];
  const value = term.shown || term.value || '';
  if (value === 'yes') return words.yes;
  if (value === 'no') return words.no;
  return withUnit(value, term.unit);
}

export function withUnit(value: string, unit: string): string {
  if (unit === '') return value;
  return unit === '%' || unit === '‰' ? `${value}${unit}` : `${value} ${unit}`;
}

const SIGNS: Readonly<Record<string, string>> = { percent: ' ÷ ', '/': ' ÷ ', '+': ' ＋ ', '-': ' − ', '*': ' × ' };
const CALLS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  '+': ['合计', 'total'], min: ['最小值', 'smallest'], max: ['最大值', 'largest'], average: ['平均值', 'average'], weighted_average: ['加权平均', 'weighted average'], abs: ['绝对值', 'absolute'], round: ['修约', 'rounded'],
  days_between: ['相隔天数', 'days between'], years_between: ['相隔年数', 'years between'], per_step: ['按档计分', 'by steps'], when: ['视情形', 'as the case may be'],
};
/** With these the one term inside speaks for the whole: a scale was changed, or a branch was taken. */
const SILENT: readonly string[] = ['convert', 'when'];

/** What a term is, by its labels: `机械化清扫面积 ÷ 道路清扫保洁面积`; a whole list goes by its own label. */
export function nameOf(term: Term, words: Words, fields: ReadonlyMap<string, Field>): string {
  return spell(term, words, (leaf) => leaf.label || amount(leaf, words), (id) => [(fields.get(id) || { label: id }).label]);
}

/** How a computed term came about, in figures: `412 ÷ 480`; empty where it was simply read. */
export function working(term: Term, words: Words): string {
  if (term.op === undefined || term.terms === undefined || term.terms.length === 0) return '';
  const listed = (_: string, terms: readonly Term[]): string[] => terms.map((leaf) => `${splitPath(leaf.field || '')[1] || ''} ${leaf.shown || amount(leaf, words)}`);
  return spell({ ...term, label: '' }, words, (leaf) => amount(leaf, words), listed);
}

/** How points came about: steps in words, a band by what chose it, otherwise in figures. */
export function scoring(term: Term, words: Words, fields: ReadonlyMap<string, Field>): string {
  const { op, terms = [], because } = term;
  if (op === 'when') {
    const chosen = terms[0];
    if (chosen !== undefined && chosen.op !== undefined) return scoring(chosen, words, fields);
    return because === undefined ? '' : leavesOf(because).map((leaf) => {
      const has = `${nameOf(subjectOf(leaf), words, fields)} ${amount(subjectOf(leaf), words)}`;
      return leaf.kind === 'truth' ? has : words.brief.band(has, leaf.holds === true, words.signs[leaf.op], amount(leaf.right, words));
    }).join(words.comma);
  }
  if (op !== 'per_step' || terms.length !== 6) return working(term, words);
  const [value = '', line = '', step = '', lose = '', full = '', mode = ''] = terms.map((part) => amount(part, words));
  const unit = terms[1] === undefined ? '' : terms[1].unit;
  return words.perStep(value, line, withUnit(step, unit === '%' ? words.percentPoint : unit), lose, full, mode);
}

/** The list that all terms are values of, where they are. */
function listOf(terms: readonly Term[]): string | undefined {
  const ids = terms.map((term) => (term.field !== undefined && term.field.includes('.') ? splitPath(term.field)[0] : ''));
  return ids.length > 1 && ids[0] !== '' && ids.every((id) => id === ids[0]) ? ids[0] : undefined;
}

function spell(term: Term, words: Words, leaf: (term: Term) => string, list: (id: string, terms: readonly Term[]) => readonly string[]): string {
  const { op, terms } = term;
  if (op === undefined || terms === undefined || terms.length === 0 || (term.label !== undefined && term.label !== '')) return leaf(term);
  if (bare(term) !== term) return spell(bare(term), words, leaf, list);
  const sign = SIGNS[op];
  const all = listOf(terms);
  const parts = all !== undefined ? list(all, terms) : terms.map((part, i) => {
    const text = spell(part, words, leaf, list);
    const { op: inner, label } = bare(part);
    return inner !== undefined && !label && isBracketed(op, inner, i) ? `（${text}）` : text;
  });
  if (sign !== undefined && parts.length > 1) return parts.join(sign);
  const call = CALLS[op];
  const name = call === undefined ? op : words.yes === '是' ? call[0] : call[1];
  return `${name}（${parts.join(words.and)}）`;
}

function bare(term: Term): Term {
  const { op, terms, label } = term;
  const only = op !== undefined && !label && SILENT.includes(op) && terms !== undefined && terms.length === 1 ? terms[0] : undefined;
  return only === undefined ? term : bare(only);
}

/** Whether the part at a place of a calculation is told in brackets: where without them it would be read as another one. */
function isBracketed(op: string, part: string, place: number): boolean {
  if (SIGNS[op] === undefined || SIGNS[part] === undefined) return false;
  const [outer, inner] = [op, part].map((of) => (of === '+' || of === '-' ? 0 : 1)) as [number, number];
  if (inner !== outer) return inner < outer;
  return place > 0 && !(op === part && (op === '+' || op === '*'));
}

/** Every comparison and yes-no below a reason, in order. */
export function leavesOf(reason: Reason): readonly Exclude<Reason, { parts: readonly Reason[] }>[] {
  return 'parts' in reason ? reason.parts.reduce<ReturnType<typeof leavesOf>>((all, part) => [...all, ...leavesOf(part)], []) : [reason];
}

export function subjectOf(leaf: Exclude<Reason, { parts: readonly Reason[] }>): Term {
  return leaf.kind === 'compare' ? leaf.left : leaf.term;
}

/** `差 7.17 个百分点`, `超出 3 处`, `余 2 座`, or empty while open. */
export function gapOf(leaf: Comparison, words: Words): string {
  if (leaf.gap === undefined || leaf.holds === undefined) return '';
  if (leaf.gap === '0' && leaf.holds) return words.atLine;
  const unit = leaf.gap_unit === '百分点' ? words.percentPoint : leaf.gap_unit || '';
  const gap = withUnit(shown(leaf.gap), unit);
  if (leaf.holds) return words.spare(gap);
  if (leaf.op === '==') return words.apart(gap);
  return leaf.op === '<=' || leaf.op === '<' ? words.beyond(gap) : words.lacking(gap);
}
