/** Terms as read by people: amounts with their unit, and how a value came about. */
import type { Combination, Comparison, Field, Reason, Term } from '../../../src/wasm.d.ts';
import { splitPath } from '../work/entry';
import { difference, shown } from './figure';
import type { Words } from './wording';

/** `85.83%`, `412 万平方米`, `是`, or why there is no value. */
export function amount(term: Term, words: Words): string {
  if (term.unknown !== undefined) return words.unknown[term.unknown];
  const value = term.shown || term.value || '';
  if (value === 'yes' || value === 'no') return truthOf(term, value === 'yes', words);
  return withUnit(value, term.unit);
}

/** A yes or no about a term; of whether it is filled in, that. */
export function truthOf({ op }: Term, truth: boolean, words: Words): string {
  const [yes, no] = op === 'filled' ? words.filled : [words.yes, words.no];
  return truth ? yes : no;
}

/** Whether a branch is as it is asked to be: below a `not` or a `none` that is that it does not hold. Undefined while open. */
export function isRight({ holds, negated }: Pick<Reason, 'holds' | 'negated'>): boolean | undefined {
  return holds === undefined ? undefined : holds !== (negated === true);
}

const OPPOSITES: Readonly<Record<Comparison['op'], Comparison['op']>> = { '>=': '<', '>': '<=', '<=': '>', '<': '>=', '==': '!=', '!=': '==' };

/** What a comparison asks for. */
function askedOf({ op, negated }: Comparison): Comparison['op'] {
  return negated === true ? OPPOSITES[op] : op;
}

export function signOf(leaf: Comparison, words: Words): string {
  return words.signs[askedOf(leaf)];
}

/** How the parts of a combination have to hold: all, any, at least some; below a `not` or a `none` that is the opposite. */
export function structureOf(reason: Combination, words: Words): string {
  const { kind, n = 0, parts } = reason;
  const negated = reason.negated === true;
  if (kind === 'at_least') return words.at_least(negated ? parts.length + 1 - n : n);
  if (kind === 'when') return words.when;
  return (kind === 'any') !== negated ? words.any : words.all;
}

/** What chose a branch or a line: `城市规模等级 大`. */
export function chosenBy(condition: Reason, words: Words, fields: ReadonlyMap<string, Field>): string {
  const all = leavesOf(condition).map((leaf) => `${nameOf(subjectOf(leaf), words, fields)} ${amount(subjectOf(leaf), words)}`);
  return all.filter((text, i) => all.indexOf(text) === i).join(words.and);
}

export function withUnit(value: string, unit: string): string {
  if (unit === '') return value;
  return unit === '%' || unit === '‰' ? `${value}${unit}` : `${value} ${unit}`;
}

const SIGNS: Readonly<Record<string, string>> = { percent: ' ÷ ', '/': ' ÷ ', '+': ' ＋ ', '-': ' − ', '*': ' × ' };
const CALLS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  '+': ['合计', 'total'], min: ['最小值', 'smallest'], max: ['最大值', 'largest'], average: ['平均值', 'average'], weighted_average: ['加权平均', 'weighted average'], abs: ['绝对值', 'absolute'], round: ['修约', 'rounded'], ceil: ['向上取整', 'rounded up'], floor: ['向下取整', 'rounded down'],
  days_between: ['相隔天数', 'days between'], years_between: ['相隔年数', 'years between'], months_after: ['到期日', 'end of the period from'], per_step: ['按档计分', 'by steps'], when: ['视情形', 'as the case may be'],
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
  if (op !== 'per_step' || terms.length !== 6) return knownWay(term, words) || working(term, words);
  const [value = '', line = '', step = '', lose = '', full = '', mode = ''] = terms.map((part) => amount(part, words));
  const unit = terms[1] === undefined ? '' : terms[1].unit;
  return words.perStep(value, line, withUnit(step, unit === '%' ? words.percentPoint : unit), lose, full, mode);
}

/** Points in proportion, or so many lost each time, by the shapes that these words leave in a report; empty for others. */
function knownWay({ op, terms = [] }: Term, words: Words): string {
  const [first, second] = terms;
  if (first === undefined || second === undefined) return '';
  const [a, b] = second.terms || [];
  if (op === '*' && second.op === 'min' && a !== undefined && a.value === '1' && b !== undefined && b.op === '/') {
    const [value, target] = b.terms || [];
    return value === undefined || target === undefined ? '' : words.inProportion(amount(value, words), amount(target, words));
  }
  if (op !== 'max' || second.op !== '-' || b === undefined || b.op !== '*') return '';
  const [value, lose] = b.terms || [];
  return value === undefined || lose === undefined ? '' : words.eachTime(amount(value, words), value.unit, amount(lose, words), first.value === '0' ? '' : amount(first, words));
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
  const all = listOf(terms.map(bare));
  const parts = all !== undefined ? list(all, terms.map(bare)) : terms.map((part, i) => {
    const text = spell(part, words, leaf, list);
    const { op: inner, label } = bare(part);
    return inner !== undefined && !label && isBracketed(op, inner, i) ? `（${text}）` : text;
  });
  if (sign !== undefined && parts.length > 1) return parts.join(sign);
  const call = CALLS[op];
  const name = call === undefined ? op : words.yes === '是' ? call[0] : call[1];
  return `${name}（${parts.join(words.and)}）`;
}

/** The term that speaks for the whole, where only a scale was changed or a branch taken. */
export function bare(term: Term): Term {
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

/** What conditions chose of a reason: one of its parts; undefined where nothing is chosen, or not yet. */
export function takenOf(reason: Reason): { readonly condition: Reason; readonly taken: Reason } | undefined {
  if (reason.kind !== 'when') return undefined;
  const [condition, then, otherwise] = reason.parts;
  const taken = condition === undefined || condition.holds === undefined ? undefined : condition.holds ? then : otherwise;
  return condition === undefined || taken === undefined ? undefined : { condition, taken };
}

/** Every comparison and yes-no below a reason, in order, but what was not chosen and what is written in the rules. */
export function leavesOf(reason: Reason): readonly Exclude<Reason, { parts: readonly Reason[] }>[] {
  const chosen = takenOf(reason);
  if (chosen !== undefined) return leavesOf(chosen.taken);
  if ('parts' in reason) return reason.parts.reduce<ReturnType<typeof leavesOf>>((all, part) => [...all, ...leavesOf(part)], []);
  return reason.kind === 'truth' && reason.term.label === undefined ? [] : [reason];
}

export function subjectOf(leaf: Exclude<Reason, { parts: readonly Reason[] }>): Term {
  return leaf.kind === 'compare' ? leaf.left : leaf.term;
}

/** `差 7.17 个百分点`, `超出 3 处`, `余 2 座`, or empty while open. */
export function gapOf(leaf: Comparison, words: Words): string {
  const right = isRight(leaf);
  if (leaf.gap === undefined || right === undefined) return '';
  const op = askedOf(leaf);
  if (op === '!=') return '';
  if (leaf.gap === '0') return right ? words.atLine : words.onLine(op === '<');
  const unit = leaf.gap_unit === '百分点' ? words.percentPoint : leaf.gap_unit || '';
  // By what is shown, so that whoever reckons it again gets the same.
  const apart = difference(leaf.right.shown || '', leaf.left.shown || '');
  const gap = withUnit(apart === undefined ? shown(leaf.gap) : apart.replace('-', ''), unit);
  if (right) return words.spare(gap);
  if (op === '==') return words.apart(gap);
  return op === '<=' || op === '<' ? words.beyond(gap) : words.lacking(gap);
}
