/** What papers say about single things: an indicator's value, its evidence, who has to supply a datum. */
import type { Field, Finding, Indicator, Outcome } from '../../../src/wasm.d.ts';
import { splitPath } from '../work/entry';
import type { Line } from '../work/rectification';
import { between, rough, scorePlaces, shown, sumOf } from '../words/figure';
import { groundsOf, isAside, measureOf } from '../words/finding';
import { datesOf } from '../words/line';
import { amount, isRight, leavesOf, subjectOf } from '../words/term';
import type { Cell, Material } from './paper';

/** More labels than this are counted. */
const NAMED = 5;

const ORDER: readonly Outcome[] = ['met', 'partial', 'unmet', 'missing', 'pending', 'invalid', 'not_applicable', 'waived'];

/** `达标 69 项、未达标 15 项`. */
export function counts({ words, own }: Material, findings: readonly Finding[]): string {
  return ORDER.map((outcome) => [outcome, findings.filter((finding) => finding.outcome === outcome).length] as const)
    .filter(([, n]) => n > 0).map(([outcome, n]) => `${words.outcome[outcome]} ${own.items(n)}`).join(own.and);
}

export function isShort({ outcome }: Finding): boolean {
  return outcome === 'unmet' || outcome === 'partial';
}

/** A figure to count with; a fraction without a finite decimal form is only shown. */
export function figure(text: string, places = 2): Cell {
  return /^-?\d+(\.\d+)?$/.test(text) ? { number: text, text: shown(text, places) } : shown(text, places);
}

/** Where points lie: a figure once they are settled. */
export function span(low: string, high: string, places = 2): Cell {
  return low === high ? figure(low, places) : between(low, high, places);
}

/** The score in as many places as the page shows. */
export function scoreText({ own, report: { score } }: Material): string {
  const places = scorePlaces(score);
  return own.range(shown(score.low, places), shown(score.high, places), shown(score.full));
}

/** Full marks as the chapter counts them: none where it is set aside. */
export function fullOf({ points }: Pick<Indicator, 'points'>, finding: Finding): Cell {
  return rough(points) === 0 || isAside(finding) ? '—' : figure(points);
}

export function pointsOf({ own }: Material, { outcome, points, of }: Finding): Cell {
  if (rough(of) === 0) return own.notCounted;
  if (points !== undefined) return figure(points);
  return isAside({ outcome }) ? own.notCounted : own.open;
}

/** The value that is judged, where it is one or few. */
export function valueOf({ words, own }: Material, { reason }: Finding): string {
  if (reason === undefined) return '';
  const leaves = leavesOf(reason).filter((leaf) => leaf.not_applicable !== true);
  if (leaves.length <= 3) return leaves.map((leaf) => amount(subjectOf(leaf), words)).join(own.list);
  return own.held(leaves.filter((leaf) => isRight(leaf) === true).length, leaves.length);
}

/** Why, and what staff wrote about it. */
export function statementOf(material: Material, finding: Finding): string {
  const { words, own, layout, assessment } = material;
  const note = assessment.notes[finding.indicator];
  const { waiver } = finding;
  const leaves = finding.reason === undefined ? [] : leavesOf(finding.reason).filter((leaf) => leaf.not_applicable !== true);
  const why = finding.outcome === 'not_applicable' ? notApplicable(material, finding)
    : finding.outcome === 'waived' && waiver !== undefined ? own.waived(waiver.reason, waiver.by, waiver.until)
      : finding.outcome === 'missing' ? listed(material, own.lacking, finding.missing.map((path) => labelAt(material, path)))
        : finding.outcome === 'pending' ? listed(material, own.waiting, finding.pending.map((id) => lineLabel(material, id)))
          : finding.outcome === 'invalid' ? afterDash(finding.text)
          : finding.outcome === 'met' && leaves.length > 3 && leaves.every((leaf) => isRight(leaf) === true) ? words.brief.all(leaves.length) : groundsOf(finding, words, layout.fields);
  return [`${words.outcome[finding.outcome]}${words.stop.trim() === '' ? '.' : words.stop}${words.yes === '是' ? '' : ' '}${why}`, note === undefined || note === '' ? '' : own.note(note)].filter((text) => text !== '').join('\n');
}

/** Why it does not apply; a waiver that is entered besides is told as one. */
function notApplicable({ own, report }: Material, { indicator, text, waiver }: Finding): string {
  const given = report.entry.not_applicable[indicator];
  const why = given === undefined ? afterDash(text) : own.aside(given);
  return waiver === undefined || given === undefined ? why : `${why}${own.list}${own.waivedToo(waiver.reason, waiver.by, waiver.until)}`;
}

/** The name of a line, and until or from when it has values where it has none now. */
function lineLabel({ standard, report, words }: Material, id: string): string {
  const { label } = standard.parameters.find((one) => one.id === id) || { label: id };
  const outside = datesOf(report, id, words);
  return outside === '' ? label : words.aside(label, outside);
}

/** Few are named, many are counted. */
function listed({ words, own }: Material, head: string, labels: readonly string[]): string {
  return `${head}${labels.slice(0, NAMED).join(own.and)}${labels.length > NAMED ? words.more_items(labels.length) : ''}`;
}

function labelAt({ layout, words }: Material, path: string): string {
  const [id, key] = splitPath(path);
  const { label } = layout.fields.get(id) || { label: path };
  return key === undefined ? label : words.yes === '是' ? `${label}（${key}）` : `${label} (${key})`;
}

/** A finding's text without its title and outcome, which stand beside it already. */
export function afterDash(text: string): string {
  const match = /^.*?(?:——[^。]*。| — [^.]*\. )/.exec(text);
  return match === null ? text : text.slice(match[0].length) || text;
}

export function evidenceOf({ own, assessment }: Material, indicator: string): string {
  const papers = assessment.evidence[indicator] || [];
  return papers.map(({ name, number, date, pages, file }, i) =>
    `${papers.length > 1 ? `${i + 1}. ` : ''}${own.paper(name || file, [number, date, pages === '' ? '' : own.pages(pages)].filter((text) => text !== '').join(own.and))}`).join('\n');
}

/** The measure that was settled, or the suggestion, marked as one. */
export function measureText({ own, words }: Material, { task, finding }: Line): string {
  if (task.measure !== '' || finding === undefined) return task.measure;
  const suggestion = isShort(finding) ? measureOf(finding, words) : '';
  return suggestion === '' ? '' : own.suggested(suggestion);
}

/** What falls short, or what did when the line was begun. */
export function problemText({ words, own, layout }: Material, { task, finding, standing }: Line): string {
  if (finding !== undefined && isShort(finding)) return groundsOf(finding, words, layout.fields);
  return [task.problem || '', standing === 'ready' || standing === 'closed' ? own.nowMet : ''].filter((text) => text !== '').join(own.list);
}

export function closingText({ own }: Material, { standing, late, task, begun }: Line): string {
  if (standing === 'again') return own.again(task.closed);
  if (task.closed !== '') return own.closedOn(task.closed);
  return standing === 'ready' ? own.ready : standing === 'unsure' ? own.unsure : late > 0 ? own.lateBy(begun ? own.openTask : own.notBegun, late) : begun ? own.openTask : own.notBegun;
}

/** A field that is not known, or wrong, with all that wait for it. */
export interface Lack {
  readonly field: Field;
  readonly keys: readonly string[];
  readonly what: string;
  readonly indicators: readonly Indicator[];
}

/** One for each field, in the order of the standard. */
export function lacksOf({ standard, report, own }: Material): readonly Lack[] {
  const lacks: Lack[] = [];
  for (const field of standard.fields) {
    const of = (path: string): boolean => splitPath(path)[0] === field.id;
    const waiting = report.findings.filter(({ missing }) => missing.some(of));
    const wrong = report.data.filter(({ severity, fields }) => severity === 'error' && fields.some(of));
    if (waiting.length === 0 && wrong.length === 0) continue;
    const paths = [...waiting.reduce<readonly string[]>((all, { missing }) => [...all, ...missing.filter(of)], []), ...wrong.reduce<readonly string[]>((all, { fields }) => [...all, ...fields.filter(of)], [])];
    const keys = field.keys.filter((key) => paths.includes(`${field.id}.${key}`));
    const readers = standard.indicators.filter(({ fields }) => fields.includes(field.id));
    const open = readers.filter(({ id }) => report.findings.some((finding) => finding.indicator === id && (finding.missing.some(of) || (finding.outcome === 'invalid' && wrong.length > 0))));
    // What is wrong may decide nothing, as other data does: it is asked for by all that read it.
    lacks.push({ field, keys, what: wrong.length > 0 ? wrong.map(({ text }) => own.wrongDatum(text)).join(own.list) : own.missingDatum, indicators: open.length > 0 ? open : readers });
  }
  return lacks;
}

/** The indicators that want it; what none of them reads is for the record, or to check other data by. */
export function neededBy({ words, own }: Material, { field, indicators }: Lack): string {
  return indicators.map(named).join('\n') || (field.record ? words.record : own.checking);
}

/** `公厕密度（天宁区、钟楼区）`. */
export function lackLabel({ own, words }: Material, { field, keys }: Lack): string {
  const names = keys.join(own.and);
  return keys.length === 0 || keys.length === field.keys.length ? field.label : words.yes === '是' ? `${field.label}（${names}）` : `${field.label} (${names})`;
}

export function named(indicator: Pick<Indicator, 'id' | 'title'>): string {
  return `${indicator.id} ${indicator.title}`;
}

/** A label with full marks and points. */
export type Sum = readonly [title: string, full: Cell, points: Cell];

/** The total; where the scheme scales or weighs, the plain sum of the chapters comes before it, so that the column adds up. */
export function totals({ own, report }: Material): readonly Sum[] {
  const { low, high, full, chapters } = report.score;
  const points = span(low, high, scorePlaces(report.score));
  const [lows, highs, fulls] = [sumOf(chapters.map((one) => one.low)), sumOf(chapters.map((one) => one.high)), sumOf(chapters.map((one) => one.full))];
  if (lows === undefined || highs === undefined || fulls === undefined) return [[own.scaled, figure(full), points]];
  if (lows === low && highs === high && fulls === full) return [[own.total, figure(full), points]];
  return [[own.subtotal, figure(fulls), span(lows, highs)], [own.scaled, figure(full), points]];
}
