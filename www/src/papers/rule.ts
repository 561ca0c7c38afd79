/** What the standard asks of an indicator, with the lines as figures: its formula, or, where that would fill a page, its conditions one by one. */
import type { Field, Finding, Indicator, Parameter, Reason, Term } from '../../../src/wasm.d.ts';
import { splitPath } from '../work/entry';
import { amount, bare, nameOf, signOf, structureOf, subjectOf, truthOf, withUnit } from '../words/term';
import type { Material } from './paper';

type Leaf = Exclude<Reason, { parts: readonly Reason[] }>;

/** Letters of a formula that a cell still takes. */
const LONG = 160;
const A_PAGE = 400;

export function ruleOf(material: Material, indicator: Indicator, finding: Finding): string {
  // A sign and its line stay together where a cell breaks.
  return asked(material, indicator, finding).replace(/([≥≤>＞<＜=＝≠]) /g, '$1\u00a0');
}

function asked(material: Material, indicator: Indicator, { reason }: Finding): string {
  if (reason !== undefined && indicator.formula.length > LONG) return conditions(material, reason).join('\n');
  // Nothing was judged, as it does not apply: then the standard's own words do.
  return indicator.formula.length > A_PAGE && indicator.quote !== '' ? indicator.quote : withLines(material, indicator);
}

/** `≥ 机扫率下限` becomes `≥ 93%`; a line that is not set keeps its name. Longer names first: one may be part of another. */
function withLines(material: Material, { formula, parameters }: Indicator): string {
  const lines = material.standard.parameters.filter(({ id }) => parameters.includes(id)).sort((a, b) => b.label.length - a.label.length);
  // One pass, so that what was put in is not looked at again.
  const names = new RegExp(lines.map(({ label }) => label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|') || '$^', 'g');
  return formula.replace(names, (label: string, at: number) => {
    const line = lines.find((one) => one.label === label);
    return line === undefined ? label : lineOf(material, line, formula.slice(at + label.length).trim().startsWith(line.unit));
  });
}

/** A line as it applies on the day, or as the user set it; `hasUnit`: what follows says the unit. */
function lineOf({ report, own }: Material, { id, label, unit, values }: Parameter, hasUnit: boolean): string {
  const set = report.entry.parameters[id];
  const applies = values.filter(({ from, to }) => from <= report.as_of && (to === undefined || report.as_of <= to)).pop();
  const value = set !== undefined ? String(set) : applies === undefined ? undefined : String(applies.value);
  return value === undefined ? own.unset(label) : withUnit(value, hasUnit || value.endsWith(unit) ? '' : unit);
}

/** Conditions that read alike for some keys of one list. */
interface Alike { readonly field: Field; readonly keys: string[]; readonly rest: string }

/** One condition a line; what is asked of every part of a list alike is one condition. */
function conditions(material: Material, reason: Reason): readonly string[] {
  const { words } = material;
  if (!('parts' in reason)) return isConstant(reason) ? [] : [condition(material, reason)];
  const told: (string | Alike)[] = [];
  for (const part of reason.parts) {
    const alike = 'parts' in part ? undefined : ofList(material, part);
    if (alike === undefined) {
      told.push(...conditions(material, part));
      continue;
    }
    const known = told.find((one): one is Alike => typeof one !== 'string' && one.field === alike.field && one.rest === alike.rest);
    if (known === undefined) told.push(alike);
    else known.keys.push(...alike.keys);
  }
  const lines = told.map((one) => (typeof one === 'string' ? one : `${listed(material, one)}${one.rest}`));
  const structure = structureOf(reason, words);
  return structure === words.all || structure === words.when ? lines : [`${structure}${words.colon}${lines.join(words.semicolon)}`];
}

/** A condition on one value of a list. */
function ofList(material: Material, leaf: Leaf): Alike | undefined {
  const { field: path = '', op } = subjectOf(leaf);
  const [id, key] = splitPath(path);
  const field = material.layout.fields.get(id);
  return op !== undefined || key === undefined || field === undefined ? undefined : { field, keys: [key], rest: condition(material, leaf, '') };
}

function listed({ own, words }: Material, { field, keys }: Alike): string {
  return keys.length > 1 && keys.length === field.keys.length ? own.each(field.label) : `${field.label}（${keys.join(words.and)}）`;
}

/** What holds whatever was entered: a branch that asks nothing. */
function isConstant(leaf: Leaf): boolean {
  const { field, parameter, op } = subjectOf(leaf);
  return leaf.kind === 'truth' && field === undefined && parameter === undefined && op === undefined;
}

function condition(material: Material, leaf: Leaf, name = nameOf(subjectOf(leaf), material.words, material.layout.fields)): string {
  return leaf.kind === 'truth' ? `${name}${leaf.negated === true ? `${material.words.colon}${truthOf(leaf.term, false, material.words)}` : ''}` : `${name} ${signOf(leaf, material.words)} ${line(material, leaf.right)}`;
}

/** A line as a figure; what is computed, or a datum itself, by its name. */
function line(material: Material, given: Term): string {
  const { words, own, layout } = material;
  const right = bare(given);
  if (right.parameter !== undefined && right.value === undefined) return own.unset(right.label || right.parameter);
  return right.parameter !== undefined || (right.field === undefined && right.op === undefined) ? amount(right, words) : nameOf(right, words, layout.fields);
}
