/** The lists: score sheet, what is not met, rectification, missing data, lines to be set. For all, or for one department. */
import type { ChapterScore, Finding, Indicator } from '../../../src/wasm.d.ts';
import { concerns, isOpen, linesOf, type Line } from '../work/rectification';
import { chapterPlaces, rough } from '../words/figure';
import { fixText, groundsOf } from '../words/finding';
import { datesOf } from '../words/line';
import { conclusionOf, toldAs } from '../words/standing';
import { withUnit } from '../words/term';
import { closingText, evidenceOf, figure, fullOf, isShort, lackLabel, lacksOf, measureText, named, neededBy, pointsOf, problemText, scoreText, span, statementOf, totals, valueOf } from './facts';
import { ruleOf } from './rule';
import { frame, type Cell, type Column, type Material, type Paper, type Row } from './paper';

/** `unit`: a department, empty for all. */
export type Chosen = (department: string) => boolean;
export const ofUnit = (unit: string): Chosen => (department) => concerns(unit, department);

const narrow = (title: string, width = 4): Column => ({ title, width, align: 'center' });

function facts({ own, report }: Material, unit: string, n: number): Paper['facts'] {
  return [[own.asOf, own.day(report.as_of)], ...(unit === '' ? [] : [[own.unit, unit] as const]), [own.count, own.items(n)]];
}

const findingOf = ({ report }: Material, { id }: Indicator): Finding | undefined => report.findings.find(({ indicator }) => indicator === id);

export function scoreSheet(material: Material, unit: string): Paper {
  const { own, standard, report, words } = material;
  const { columns } = own;
  const rows: Row[] = [];
  let n = 0;
  standard.chapters.forEach(({ id, title }, i) => {
    const some = standard.indicators.filter(({ chapter, department }) => chapter === id && ofUnit(unit)(department));
    if (some.length === 0) return;
    const sum = report.score.chapters.find(({ chapter }) => chapter === id);
    rows.push(chapterRow(material, own.chapterHead(i + 1, title), unit === '' ? sum : undefined));
    for (const indicator of some) {
      const finding = findingOf(material, indicator);
      if (finding === undefined) continue;
      n += 1;
      rows.push({ cells: [
        { number: String(n), text: String(n) }, `${named(indicator)}${indicator.kind === 'base' ? '' : `（${own.beside[indicator.kind]}）`}`, fullOf(indicator, finding), ruleOf(material, indicator, finding),
        valueOf(material, finding), statementOf(material, finding), pointsOf(material, finding), evidenceOf(material, indicator.id), '', '',
      ] });
    }
  });
  const conclusion = conclusionOf(report.score);
  if (unit === '') totals(material).forEach(([title, all, points]) => rows.push({ bold: true, cells: ['', title, all, '', '', '', points, '', '', ''] }));
  return {
    ...frame(material), name: own.name.score, title: own.name.score, wide: true, style: 'list',
    facts: [...facts(material, unit, n), ...(unit === '' ? [[own.score, scoreText(material)] as const] : []), ...(unit === '' && conclusion !== undefined ? [[words.passes, toldAs(conclusion, words, words.passesWord)] as const] : [])],
    blocks: [{ kind: 'table', title: own.name.score, empty: '', rows, columns: [
      narrow(own.no), { title: own.indicator, width: 13 }, { title: columns.full, width: 5, align: 'center' }, { title: columns.rule, width: 19 }, { title: columns.value, width: 8 }, { title: columns.state, width: 24 },
      { title: columns.points, width: 6.5, align: 'center' }, { title: columns.evidence, width: 10 }, { title: columns.opinion, width: 6.5 }, { title: columns.review, width: 6.5 },
    ] }],
    signs: [own.signs.unit, own.signs.by, own.signs.checked, own.signs.head],
  };
}

function chapterRow({ own }: Material, title: string, sum: ChapterScore | undefined): Row {
  const scored = sum !== undefined && rough(sum.full) > 0;
  const points: Cell = sum === undefined ? '' : !scored ? own.notCounted : span(sum.low, sum.high, chapterPlaces(sum));
  return { bold: true, cells: ['', title, scored ? figure(sum.full) : '', '', '', '', points, '', '', ''] };
}

export function unmetList(material: Material, unit: string): Paper {
  const { own, standard, words, layout, report } = material;
  const { columns } = own;
  const rows: Row[] = [];
  for (const indicator of standard.indicators) {
    const finding = findingOf(material, indicator);
    if (finding === undefined || !isShort(finding) || !ofUnit(unit)(indicator.department)) continue;
    const first = (report.score.fix_first || []).find((one) => one.indicator === indicator.id);
    rows.push({ cells: [
      { number: String(rows.length + 1), text: String(rows.length + 1) }, named(indicator), indicator.clause, indicator.department, words.outcome[finding.outcome], groundsOf(finding, words, layout.fields), fixText(finding, words) || finding.advice,
      first === undefined || rough(first.high) === 0 ? '—' : span(first.low, first.high),
      finding.deadline === undefined ? '—' : finding.overdue === true ? own.overdue(finding.deadline) : finding.deadline,
    ] });
  }
  return {
    ...frame(material), name: own.name.unmet, title: own.name.unmet, wide: true, style: 'list', facts: facts(material, unit, rows.length),
    blocks: [{ kind: 'table', title: own.name.unmet, empty: own.empty.unmet, rows, columns: [
      narrow(own.no), { title: own.indicator, width: 15 }, { title: own.clause, width: 8 }, { title: own.department, width: 12 }, { title: columns.outcome, width: 7, align: 'center' },
      { title: columns.problem, width: 24 }, { title: columns.way, width: 19 }, { title: columns.gain, width: 5, align: 'center' }, { title: columns.deadline, width: 8 },
    ] }],
    signs: [own.signs.unit, own.signs.by, own.signs.checked],
  };
}

/** The lines of the rectification list that concern a department, by whom it was given to. */
export function taskLines({ standard, report, assessment }: Material, unit: string): readonly Line[] {
  return linesOf(standard, report, assessment).filter(({ task }) => ofUnit(unit)(task.department));
}

export function taskList(material: Material, unit: string): Paper {
  const { own } = material;
  const { columns } = own;
  const lines = taskLines(material, unit);
  return {
    ...frame(material), name: own.name.tasks, title: own.name.tasks, wide: true, style: 'list', facts: facts(material, unit, lines.length),
    blocks: [{ kind: 'table', title: own.name.tasks, empty: own.empty.tasks, rows: lines.map((line, i) => ({ cells: [
      { number: String(i + 1), text: String(i + 1) }, line.finding === undefined ? line.indicator : named({ id: line.indicator, title: line.finding.title }), problemText(material, line), line.task.department, line.task.person, line.task.due,
      measureText(material, line), line.task.progress, closingText(material, line), evidenceOf(material, line.indicator),
    ] })), columns: [
      narrow(own.no), { title: own.indicator, width: 12 }, { title: columns.problem, width: 19 }, { title: own.department, width: 10 }, { title: columns.person, width: 6 }, { title: columns.due, width: 8 },
      { title: columns.measure, width: 21 }, { title: columns.progress, width: 8 }, { title: columns.closed, width: 8 }, { title: columns.evidence, width: 8 },
    ] }],
    signs: [own.signs.unit, own.signs.by, own.signs.checked, own.signs.head],
  };
}

export function missingList(material: Material, unit: string): Paper {
  const { own } = material;
  const { columns } = own;
  const lacks = lacksOf(material).filter(({ field }) => ofUnit(unit)(field.department));
  return {
    ...frame(material), name: own.name.missing, title: own.name.missing, wide: false, style: 'list', facts: facts(material, unit, lacks.length),
    blocks: [{ kind: 'table', title: own.name.missing, empty: own.empty.missing, rows: lacks.map((lack, i) => ({ cells: [
      { number: String(i + 1), text: String(i + 1) }, lackLabel(material, lack), lack.field.unit, neededBy(material, lack), lack.field.department, lack.what, lack.field.evidence, '',
    ] })), columns: [
      narrow(own.no, 6), { title: columns.datum, width: 18 }, { title: columns.unitOf, width: 8 }, { title: columns.needed, width: 20 }, { title: own.department, width: 14 }, { title: columns.what, width: 14 },
      { title: columns.wanted, width: 12 }, { title: columns.filled, width: 10 },
    ] }],
    signs: [own.signs.unit, own.signs.by],
  };
}

export function pendingList(material: Material): Paper {
  const { own, words, standard, report } = material;
  const { columns } = own;
  const waiting = (id: string): string => {
    const titles = standard.indicators.filter((indicator) => { const finding = findingOf(material, indicator); return finding !== undefined && finding.pending.includes(id); }).map(named);
    return [...titles, ...((report.score.pending || []).includes(id) ? [own.scheme] : [])].join('\n');
  };
  const uses = (id: string): string => standard.indicators.filter(({ parameters }) => parameters.includes(id)).map(named).join('\n') || own.scheme;
  const open = standard.parameters.filter(({ id }) => (report.score.pending || []).includes(id) || report.findings.some(({ pending }) => pending.includes(id)));
  const set = standard.parameters.filter(({ id }) => report.entry.parameters[id] !== undefined);
  const number = (i: number): Cell => ({ number: String(i + 1), text: String(i + 1) });
  return {
    ...frame(material), name: own.name.pending, title: own.name.pending, wide: false, style: 'list', facts: facts(material, '', open.length),
    blocks: [
      { kind: 'table', title: own.toSet, empty: own.empty.pending, rows: open.map(({ id, label, unit, note }, i) => ({ cells: [number(i), label, unit, waiting(id), [datesOf(report, id, words), note].filter((text) => text !== '').join(words.semicolon), '', ''] })), columns: [
        narrow(own.no, 6), { title: columns.line, width: 18 }, { title: columns.unitOf, width: 8 }, { title: columns.needed, width: 22 }, { title: columns.note, width: 24 }, { title: columns.proposed, width: 10 }, { title: columns.basis, width: 14 },
      ] },
      { kind: 'table', title: own.setByUser, empty: own.empty.set, rows: set.map(({ id, label, unit, note }, i) => ({ cells: [number(i), label, withUnit(report.entry.parameters[id] || '', unit), uses(id), note] })), columns: [
        narrow(own.no, 6), { title: columns.line, width: 22 }, { title: columns.set, width: 14 }, { title: columns.needed, width: 28 }, { title: columns.note, width: 32 },
      ] },
    ],
    signs: [own.signs.unit, own.signs.by, own.signs.checked],
  };
}

/** The departments of all that is asked of anybody, in the order of the standard. */
export function departmentsAsked(material: Material): readonly string[] {
  return [...linesOf(material.standard, material.report, material.assessment).filter((line) => isOpen(line) && line.standing !== 'ready').map(({ task }) => task.department), ...lacksOf(material).map(({ field }) => field.department)];
}
