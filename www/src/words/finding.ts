/** Findings as sentences without marks: what decided them, and the change that would pass. For lists, papers and labels. */
import type { Change, Field, Finding } from '../../../src/wasm.d.ts';
import { difference } from './figure';
import { amount, gapOf, leavesOf, nameOf, subjectOf, withUnit } from './term';
import type { Words } from './wording';

/** More conditions than this are counted, not told. */
const TOLD = 6;

/** `机械化清扫面积 ÷ 道路清扫保洁面积：现值 91.51%，要求 ≥ 93%，差 1.49 个百分点`; the report's own text where nothing decided. */
export function groundsOf(finding: Finding, words: Words, fields: ReadonlyMap<string, Field>): string {
  const leaves = finding.reason === undefined ? [] : leavesOf(finding.reason);
  const decisive = leaves.filter((leaf) => leaf.decisive && leaf.holds !== undefined && leaf.not_applicable !== true);
  if (decisive.length === 0) return finding.text;
  const told = decisive.slice(0, TOLD).map((leaf) => {
    const name = nameOf(subjectOf(leaf), words, fields);
    if (leaf.kind === 'truth') return `${name}${words.colon}${amount(leaf.term, words)}`;
    const gap = gapOf(leaf, words);
    return `${name}${words.colon}${words.brief.line(amount(leaf.left, words), words.signs[leaf.op], amount(leaf.right, words))}${gap === '' ? '' : `${words.comma}${gap}`}`;
  });
  return `${told.join(words.semicolon)}${decisive.length > TOLD ? words.more_items(decisive.length) : ''}`;
}

/** The most advisable change in words: `机械化清扫面积增加 76.1 万平方米，达到 4761.6 万平方米`; empty where none is known. */
export function fixText({ fixes }: Finding, words: Words): string {
  const [fix] = fixes;
  return fix === undefined ? '' : [fix, ...(fix.also || [])].map((one) => changeText(one, words)).join(words.semicolon);
}

function changeText({ label, from, to, unit }: Change, words: Words): string {
  const step = from === undefined ? undefined : difference(from, to);
  const aim = withUnit(wordOf(to, words), unit);
  if (step === undefined || step === '0') return words.aim.become(label, aim);
  // Shares move by points, not by shares of themselves.
  const by = withUnit(step.replace('-', ''), unit === '%' ? words.percentPoint : unit);
  return step.startsWith('-') ? words.aim.less(label, by, aim) : words.aim.more(label, by, aim);
}

/** A value as people say it. */
export function wordOf(value: string, words: Words): string {
  return value === 'yes' ? words.yes : value === 'no' ? words.no : value;
}

/** What to do about a finding: the standard's advice, and its smallest fix as the aim. */
export function measureOf(finding: Finding, words: Words): string {
  const advice = finding.advice.replace(/\n/g, words.yes === '是' ? '' : ' ');
  const aim = fixText(finding, words);
  return aim === '' ? advice : advice === '' ? `${aim}${words.stop}` : words.aim.of(advice, aim);
}
