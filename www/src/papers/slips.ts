/** Slips (交办单): one for each department, whose parts are named where they answer for something, with what it has to rectify and what it has to report. */
import { bureauOf, isOpen, unitsIn, unitsOf } from '../work/rectification';
import { lackLabel, lacksOf, measureText, named, neededBy, problemText } from './facts';
import { departmentsAsked, ofUnit, taskLines } from './lists';
import { frame, type Material, type Paper } from './paper';

export function slips(material: Material, unit: string): readonly Paper[] {
  return unitsIn(departmentsAsked(material)).filter(({ name, part }) => (unit === '' ? !part : name === unit)).map(({ name }) => slip(material, name));
}

function slip(material: Material, unit: string): Paper {
  const { own, standard, report } = material;
  const { columns } = own;
  const lines = taskLines(material, unit).filter((line) => isOpen(line) && line.standing !== 'ready');
  const lacks = lacksOf(material).filter(({ field }) => ofUnit(unit)(field.department));
  const others = (department: string): string => unitsOf(department).filter((one) => one !== unit && bureauOf(one) !== unit).join(own.and);
  /** With the part of the bureau that answers for it. */
  const withPart = (what: string, department: string): string => {
    const parts = unitsOf(department).filter((one) => one !== unit && bureauOf(one) === unit);
    return parts.length === 0 ? what : `${what}\n${own.slip.part(parts.join(own.and))}`;
  };
  const number = (i: number): { number: string; text: string } => ({ number: String(i + 1), text: String(i + 1) });
  return {
    ...frame(material), name: `${own.slip.title}-${unit}`, title: own.slip.title, wide: false, style: 'list',
    facts: [[own.slip.to, unit], [own.asOf, own.day(report.as_of)], [own.slip.number, '']],
    blocks: [
      { kind: 'text', text: own.slip.text(standard.title, own.day(report.as_of)) },
      { kind: 'table', title: own.slip.tasks, empty: own.slip.noTasks, rows: lines.map((line, i) => ({ cells: [
        number(i), withPart(line.finding === undefined ? line.indicator : named({ id: line.indicator, title: line.finding.title }), line.task.department), problemText(material, line), measureText(material, line), line.task.due, line.task.person, others(line.task.department), '',
      ] })), columns: [
        { title: own.no, width: 6, align: 'center' }, { title: own.indicator, width: 15 }, { title: columns.problem, width: 21 }, { title: columns.measure, width: 23 }, { title: columns.due, width: 12 }, { title: columns.person, width: 8 },
        { title: columns.together, width: 10 }, { title: columns.result, width: 10 },
      ] },
      ...(lacks.length === 0 ? [] : [{ kind: 'table' as const, title: own.slip.data, empty: own.slip.noData, rows: lacks.map((lack, i) => ({ cells: [
        number(i), withPart(lackLabel(material, lack), lack.field.department), lack.field.unit, neededBy(material, lack), lack.what, lack.field.evidence, '',
      ] })), columns: [
        { title: own.no, width: 6, align: 'center' as const }, { title: columns.datum, width: 20 }, { title: columns.unitOf, width: 9 }, { title: columns.needed, width: 24 }, { title: columns.what, width: 18 }, { title: columns.wanted, width: 14 }, { title: columns.filled, width: 10 },
      ] }]),
      { kind: 'text', text: own.slip.reply },
    ],
    signs: [own.signs.giver, own.signs.taker, own.signs.takenOn],
  };
}
