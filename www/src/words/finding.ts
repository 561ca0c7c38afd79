/** Findings as sentences without marks: what decided them, and the change that would pass. For lists, papers and labels. */
import type { Change, Comparison, Field, Finding, Reason, Report, Truth } from '../../../src/wasm.d.ts';
import { difference, rough } from './figure';
import { amount, chosenBy, gapOf, isRight, leavesOf, nameOf, signOf, subjectOf, takenOf, truthOf, withUnit } from './term';
import type { Words } from './wording';

/** More conditions than this are counted, not told. */
const TOLD = 6;

/** Neither met nor failed: it does not apply, or is let off, and is counted nowhere. */
export function isAside({ outcome }: Pick<Finding, 'outcome'>): boolean {
  return outcome === 'not_applicable' || outcome === 'waived';
}

/** `不涉及、豁免`: why some of what would have points has none; empty where nothing is set aside. */
export function asideNames({ findings }: Report, words: Words): string {
  const some = findings.filter((finding) => isAside(finding) && finding.kind === undefined && rough(finding.of) > 0);
  return some.map(({ outcome }) => words.outcome[outcome]).filter((word, i, all) => all.indexOf(word) === i).sort().join(words.and);
}

/** `机械化清扫面积 ÷ 道路清扫保洁面积：现值 91.51%，要求 ≥ 93%，差 1.49 个百分点`; the report's own text where nothing decided. */
export function groundsOf(finding: Finding, words: Words, fields: ReadonlyMap<string, Field>): string {
  const leaves = finding.reason === undefined ? [] : leavesOf(finding.reason);
  const decisive = leaves.filter((leaf) => leaf.decisive && leaf.holds !== undefined && leaf.not_applicable !== true);
  if (decisive.length === 0) return apart(finding, words);
  if (finding.reason === undefined || decisive.length > TOLD) {
    return `${decisive.slice(0, TOLD).map((leaf) => leafOf(leaf, words, fields)).join(words.semicolon)}${words.more_items(decisive.length)}`;
  }
  return grounds(finding.reason, words, fields, true, false);
}

/** The report gives both reasons alike where an indicator does not apply and is let off besides: that of the waiver is named. */
function apart({ outcome, text, waiver }: Finding, words: Words): string {
  const at = outcome === 'not_applicable' && waiver !== undefined ? text.lastIndexOf(words.reasonGiven(waiver.reason)) : -1;
  return at < 0 ? text : `${text.slice(0, at)}${words.outcome.waived}${words.yes === '是' ? '' : '. '}${text.slice(at)}`;
}

/** What decided a branch, with how it combines in words; `among` says that it is one of several ways. */
function grounds(reason: Reason, words: Words, fields: ReadonlyMap<string, Field>, top: boolean, among: boolean): string {
  if (!('parts' in reason)) return leavesOf(reason).length === 0 ? '' : leafOf(reason, words, fields);
  const chosen = takenOf(reason);
  if (chosen !== undefined) {
    const text = grounds(chosen.taken, words, fields, false, true);
    return text === '' ? '' : words.chosenBy(chosenBy(chosen.condition, words, fields), text);
  }
  const decided = reason.parts.filter(({ decisive }) => decisive);
  const [only] = decided;
  const wanted = reason.negated !== true;
  const fails = isRight(reason) === false;
  const counted = reason.kind === 'at_least' && fails;
  if (only !== undefined && decided.length === 1 && !counted) return grounds(only, words, fields, top, among);
  const ways = counted || (fails && (reason.kind === 'any') === wanted);
  const together = among && fails && !ways;
  const parts = decided.map((part) => grounds(part, words, fields, false, ways || (among && !together)));
  const list = parts.filter((text, i) => text !== '' && parts.indexOf(text) === i).join(words.semicolon);
  const head = counted ? words.brief.more(...stillNeeded(reason, wanted)) : ways ? words.brief.anyDoes : together ? words.brief.together : '';
  return head === '' ? list : top ? `${head}${words.colon}${list}` : words.aside(head, list);
}

/** How many of some parts are needed, hold, and are needed further. */
function stillNeeded({ n = 0, parts }: Exclude<Reason, Comparison | Truth>, wanted: boolean): readonly [number, number, number] {
  const judged = parts.filter(({ not_applicable }) => not_applicable !== true).length;
  const held = parts.filter(({ holds }) => holds === wanted).length;
  const needed = wanted ? n : judged + 1 - n;
  return [needed, held, needed - held];
}

function leafOf(leaf: Comparison | Truth, words: Words, fields: ReadonlyMap<string, Field>): string {
  const name = nameOf(subjectOf(leaf), words, fields);
  if (leaf.kind === 'truth') {
    const asked = leaf.negated === true && isRight(leaf) === false ? `${words.comma}${words.brief.asked(truthOf(leaf.term, false, words))}` : '';
    return `${name}${words.colon}${amount(leaf.term, words)}${asked}`;
  }
  const gap = gapOf(leaf, words);
  return `${name}${words.colon}${words.brief.line(amount(leaf.left, words), signOf(leaf, words), amount(leaf.right, words))}${gap === '' ? '' : `${words.comma}${gap}`}`;
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
