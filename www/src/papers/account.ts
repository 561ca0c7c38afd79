/** The self-assessment report (自评报告), in the sections that the field knows; what only people can tell is left to them, marked. */
import type { Finding, Outcome } from '../../../src/wasm.d.ts';
import { isOpen, linesOf } from '../work/rectification';
import { between, chapterPlaces, rough, scorePlaces, shown } from '../words/figure';
import { asideNames, groundsOf } from '../words/finding';
import { belowText, conclusionOf, floorsOf, gradeText, toldAs } from '../words/standing';
import { counts, figure, isShort, measureText, named, scoreText, span, totals } from './facts';
import { frame, type Block, type Cell, type Material, type Paper, type Table } from './paper';

export function account(material: Material): Paper {
  const { own, standard, report, words } = material;
  const { heads, ...say } = own.account;
  const head = (i: number): Block => ({ kind: 'heading', level: 1, text: own.chapterHead(i + 1, heads[i] || '') });
  const text = (said: string): Block => ({ kind: 'text', text: said });
  const want = (said: string): Block => ({ kind: 'text', text: words.yes === '是' ? `【${said}】` : `[${said}]`, wanted: true });
  const count = (outcome: Outcome): number => report.findings.filter((finding) => finding.outcome === outcome).length;
  const short = report.findings.filter(isShort);
  const undecided = count('missing') + count('pending') + count('invalid');
  const about = (finding: Finding): string => say.about(finding.title, groundsOf(finding, words, material.layout.fields));
  const blocks: readonly Block[] = [
    head(0), text(say.basis(standard.document, standard.issuer, standard.title, standard.version, own.day(report.as_of))), text(say.counts(report.findings.length, counts(material, report.findings))), want(say.wantBasis),
    head(1), want(say.wantLead),
    head(2), ...chapters(material),
    head(3), text(say.scored(scoreText(material))), ...standing(material), sums(material),
    head(4), text(short.length === 0 ? say.noProblems : say.problems(short.length)), ...short.map((finding, i) => text(`${i + 1}. ${about(finding)}${words.stop}`)),
    ...(undecided === 0 ? [] : [text(say.undecided(count('missing'), count('pending'), count('invalid')))]),
    head(5), ...measures(material),
    head(6), want(say.wantBright),
    head(7), text(say.attachments([own.name.score, own.name.unmet, own.name.tasks, own.name.missing, own.name.pending].join(own.and))), evidence(material),
  ];
  return {
    ...frame(material), name: own.name.account, title: own.name.account, wide: false, style: 'account', facts: [],
    blocks, signs: [own.signs.unit, own.signs.head],
  };
}

function chapters(material: Material): readonly Block[] {
  const { own, standard, report, words, layout, assessment } = material;
  const say = own.account;
  return standard.chapters.reduce<readonly Block[]>((all, { id, title }, i) => {
    const some = report.findings.filter(({ chapter }) => chapter === id);
    const sum = report.score.chapters.find(({ chapter }) => chapter === id);
    const points = sum === undefined || rough(sum.full) === 0 ? say.unscored : say.chapterPoints(between(sum.low, sum.high, chapterPlaces(sum)), shown(sum.full));
    const met = some.filter(({ outcome }) => outcome === 'met').map((finding) => finding.title);
    const notes = some.filter(({ indicator }) => (assessment.notes[indicator] || '') !== '');
    return [...all,
      { kind: 'heading', level: 2, text: say.part(i + 1, title) },
      { kind: 'text', text: say.chapter(some.length, counts(material, some), points) },
      ...(met.length === 0 ? [] : [{ kind: 'text' as const, text: say.met(met.join(own.and)) }]),
      ...some.filter(isShort).map((finding) => ({ kind: 'text' as const, text: `${say.about(finding.title, `${words.outcome[finding.outcome]}${words.comma}${groundsOf(finding, words, layout.fields)}`)}${words.stop}` })),
      ...notes.map(({ indicator, title: of }) => ({ kind: 'text' as const, text: say.about(of, assessment.notes[indicator] || '') })),
    ];
  }, []);
}

/** Where the score stands to the lines of the scheme, and what follows: as the page says it. */
function standing({ own, standard, report, words }: Material): readonly Block[] {
  const say = own.account;
  const { score, findings } = report;
  const { pass, vetoes = [], grade } = score;
  const [floors, conclusion] = [floorsOf(score), conclusionOf(score)];
  const vetoed = (triggered: boolean): string => vetoes.filter((one) => (one.triggered === true) === triggered)
    .map(({ indicator, kind, grade: best }) => words.aside((findings.find((finding) => finding.indicator === indicator) || { title: indicator }).title, words.vetoMeans(kind, best || ''))).join(own.and);
  const lines = [
    pass === undefined ? '' : pass.line === undefined ? (conclusion === undefined ? say.noPassLine : say.lineNotSet) : say.passLine(`${shown(pass.line, scorePlaces(score))}${pass.set === undefined ? '' : words.proportioned(shown(pass.set), asideNames(report, words))}`, say.holds[pass.holds === undefined ? 2 : pass.holds ? 0 : 1] || ''),
    floors === undefined ? '' : say.floors[floors.holds === undefined ? 2 : floors.holds ? 0 : 1]?.(floors.below.map((one) => belowText(one, standard, words)).join(own.list)) || '',
    vetoed(true) === '' ? '' : say.vetoes(vetoed(true)),
    vetoed(false) === '' ? '' : say.vetoesOpen(vetoed(false)),
    grade === undefined ? '' : say.grade(gradeText(grade, words)),
    conclusion === undefined ? '' : say.conclusion(toldAs(conclusion, words, words.passesWord)),
  ].filter((line) => line !== '');
  return lines.map((line) => ({ kind: 'text', text: line }));
}

function sums(material: Material): Table {
  const { own, standard, report, words } = material;
  const { columns } = own;
  const row = (title: string, some: readonly Finding[], all: Cell, points: Cell): readonly Cell[] => {
    const n = (...outcomes: readonly Outcome[]): Cell => { const found = some.filter(({ outcome }) => outcomes.includes(outcome)).length; return { number: String(found), text: String(found) }; };
    return [title, { number: String(some.length), text: String(some.length) }, n('met'), n('partial'), n('unmet'), n('missing', 'pending', 'invalid'), n('not_applicable', 'waived'), all, points];
  };
  return {
    kind: 'table', title: '', empty: '', together: true,
    rows: [
      ...standard.chapters.map(({ id, title }) => {
        const sum = report.score.chapters.find(({ chapter }) => chapter === id) || { low: '0', high: '0', full: '0' };
        const none = rough(sum.full) === 0;
        return { cells: row(title, report.findings.filter(({ chapter }) => chapter === id), none ? '—' : figure(sum.full), none ? own.notCounted : span(sum.low, sum.high, chapterPlaces(sum))) };
      }),
      ...totals(material).map(([title, all, points], i) => ({ bold: true, cells: i === 0 ? row(title, report.findings, all, points) : [title, '', '', '', '', '', '', all, points] })),
    ],
    columns: [
      { title: columns.chapter, width: 20 }, { title: columns.indicators, width: 8, align: 'center' }, ...[words.outcome.met, words.outcome.partial, words.outcome.unmet, columns.undecided].map((title) => ({ title, width: 10, align: 'center' as const })),
      { title: columns.aside, width: 12, align: 'center' }, { title: columns.full, width: 8, align: 'center' }, { title: columns.low, width: 12, align: 'center' },
    ],
  };
}

function measures(material: Material): readonly Block[] {
  const { own, standard, report, assessment } = material;
  const say = own.account;
  const { columns } = own;
  const lines = linesOf(standard, report, assessment).filter(isOpen);
  if (lines.length === 0) return [{ kind: 'text', text: say.noMeasures }];
  return [{ kind: 'text', text: say.measures }, {
    kind: 'table', title: '', empty: '', rows: lines.map((line, i) => ({ cells: [
      { number: String(i + 1), text: String(i + 1) }, line.finding === undefined ? line.indicator : named({ id: line.indicator, title: line.finding.title }), measureText(material, line), line.task.department, line.task.person, line.task.due, line.task.progress,
    ] })),
    columns: [
      { title: own.no, width: 6, align: 'center' }, { title: own.indicator, width: 17 }, { title: columns.measure, width: 32 }, { title: own.department, width: 15 }, { title: columns.person, width: 8 }, { title: columns.due, width: 13 }, { title: columns.progress, width: 10 },
    ],
  }];
}

/** All papers that show that figures are true, with the digests of their files. */
function evidence({ own, standard, assessment }: Material): Table {
  const { columns } = own;
  const rows = standard.indicators.reduce<readonly (readonly Cell[])[]>((all, indicator) => [...all, ...(assessment.evidence[indicator.id] || []).map(({ name, number, date, pages, file, digest }) =>
    [named(indicator), name, number, date, pages, file, digest.replace(/^.*(sm3:)/, '$1')])], []);
  return {
    kind: 'table', title: own.account.evidence, empty: own.account.noEvidence, rows: rows.map((cells, i) => ({ cells: [{ number: String(i + 1), text: String(i + 1) }, ...cells] })),
    columns: [
      { title: own.no, width: 6, align: 'center' }, { title: own.indicator, width: 19 }, { title: columns.material, width: 19 }, { title: columns.number, width: 13 }, { title: columns.date, width: 13 }, { title: columns.pages, width: 6 },
      { title: columns.file, width: 12 }, { title: columns.digest, width: 16 },
    ],
  };
}
