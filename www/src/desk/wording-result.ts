/** The words of the tab 结果分析, Chinese first, English beside it. */
import type { FixFirst, Lang } from '../../../src/wasm.d.ts';

const zh = {
  title: '结果分析',
  scoreHead: '得分与达标线', full: (full: string) => `满分 ${full} 分`,
  sure: (low: string) => `已确定 ${low} 分`, upTo: (high: string, open: string) => `未定的全部达标可到 ${high} 分，尚有 ${open} 分未定`, decided: '各项都已有结论',
  pass: (line: string) => `达标线 ${line} 分`, over: (by: string) => `已达到达标线，超出 ${by} 分。`, exactly: '恰好达到达标线。', short: (by: string) => `即使未定的全部达标，离达标线仍差 ${by} 分，要靠整改补足。`,
  between: (by: string) => `按已确定的得分，离达标线还差 ${by} 分；未定的指标有结论后才能判断。`, noLine: '达标线没有设定，离它多远算不出来。', setLine: '设定',
  vetoOver: '分数之外，还有否决或分项线没有通过：', passes: ['参考结论：符合达标条件', '参考结论：不符合达标条件', '参考结论：未定'] as readonly string[],
  narrowHead: '先填：哪些数据最能确定得分', narrowNone: '没有待补的数据，得分已经确定。', narrows: (points: string) => `收窄 ${points} 分`, waits: (n: number) => (n === 0 ? '计分办法在等' : `${n} 项指标在等`), line: '待定线', fill: '去填',
  fixHead: '先改：按先后排的整改', fixNone: '已判定的指标中，没有改好能增分的。', gain: (points: string) => `＋${points} 分`, noGain: '不计分',
  lifts: { fail: '解除一票否决', gate: '满足申报门槛', cap: '解除等级封顶', floor: '方面达到分项线', pass: '达到达标线', grade: '升一个等级' } as Record<NonNullable<FixFirst['lifts']>[number], string>,
  columns: { rank: '顺序', indicator: '指标', gap: '差距', way: '最小改法', gain: '可增分', act: '操作' }, tryIt: '试算', goTo: '去填报', more: (n: number) => `其余 ${n} 项`,
  chaptersHead: '各方面得分率', chapterColumns: { chapter: '方面', rate: '得分率', points: '得分', full: '满分', lost: '已失', open: '未定', indicators: '达标' },
  legend: { sure: '已得', open: '未定', lost: '已失' }, notCounted: '不计分', belowFloor: '低于分项线', warned: '失分预警',
  phasesHead: '阶段与期限', phase: { over: '已结束', now: '进行中', next: '未开始' }, today: (day: string) => `核查日期 ${day}`, due: (n: number, met: number) => `有期限的指标 ${n} 项，已完成 ${met} 项`, overdue: (n: number) => `逾期 ${n} 项`,
  tryHead: '试算：改一个数，看得分怎样变', tryHint: '试算不改动填报的数据；满意后点“采用”，可以撤销。', which: '指标', notMet: '未达标', undecided: '未定', met: '已达标',
  present: '现在', tried: '试算', outcome: '结论', points: '得分', total: '总分', empty: '未填', slider: (label: string) => `${label}（滑块）`,
  set: (n: number) => `已试改 ${n} 个数`, reset: '恢复原值', resetAll: '全部恢复', take: '采用', taken: (n: number) => `已采用试算的 ${n} 个数。`, toFix: '填到达标', noFields: '这项指标没有可以试改的数。',
  also: (n: number) => `试算还使另外 ${n} 项指标的结论改变：`,
};

export type ResultWords = typeof zh;

const en: ResultWords = {
  title: 'Result',
  scoreHead: 'Score and the line to pass', full: (full) => `of ${full} points`,
  sure: (low) => `${low} certain`, upTo: (high, open) => `${high} if all that is undecided is met; ${open} points are open`, decided: 'everything is decided',
  pass: (line) => `line to pass: ${line}`, over: (by) => `The line is reached, with ${by} to spare.`, exactly: 'Exactly at the line.', short: (by) => `Even if all that is undecided is met, ${by} points are lacking: something has to be put right.`,
  between: (by) => `By what is certain ${by} points are lacking; what is undecided will tell.`, noLine: 'The line to pass is not set, so the distance to it is unknown.', setLine: 'Set ',
  vetoOver: 'Besides the points, a veto or a floor stands against passing:', passes: ['For reference: would pass', 'For reference: would not pass', 'For reference: open'],
  narrowHead: 'Enter first: what settles the score most', narrowNone: 'Nothing is lacking; the score is settled.', narrows: (points) => `${points} points narrower`, waits: (n) => (n === 0 ? 'the scheme waits' : `${n} ${n === 1 ? 'indicator waits' : 'indicators wait'}`), line: 'line not set', fill: 'Enter',
  fixHead: 'Put right first', fixNone: 'Among what is decided, nothing put right would win points.', gain: (points) => `+${points}`, noGain: 'no points',
  lifts: { fail: 'lifts a veto', gate: 'passes the gate', cap: 'lifts a cap on the grade', floor: 'brings the chapter to its floor', pass: 'reaches the line', grade: 'reaches a better grade' },
  columns: { rank: 'No.', indicator: 'Indicator', gap: 'Gap', way: 'Smallest change', gain: 'To win', act: 'Actions' }, tryIt: 'Try', goTo: 'To the form', more: (n) => `the other ${n}`,
  chaptersHead: 'Chapters', chapterColumns: { chapter: 'Chapter', rate: 'Share', points: 'Points', full: 'Full', lost: 'Lost', open: 'Open', indicators: 'Met' },
  legend: { sure: 'won', open: 'open', lost: 'lost' }, notCounted: 'no points', belowFloor: 'below its floor', warned: 'losing much',
  phasesHead: 'Phases and deadlines', phase: { over: 'over', now: 'under way', next: 'to come' }, today: (day) => `as of ${day}`, due: (n, met) => `${n} with a deadline, ${met} done`, overdue: (n) => `${n} overdue`,
  tryHead: 'Try: change a figure, see the score', tryHint: 'Trying changes no data. “Take over” does, and can be undone.', which: 'Indicator', notMet: 'Not met', undecided: 'Undecided', met: 'Met',
  present: 'Now', tried: 'Tried', outcome: 'Outcome', points: 'Points', total: 'Total', empty: 'not entered', slider: (label) => `${label} (slider)`,
  set: (n) => `${n} ${n === 1 ? 'figure' : 'figures'} tried`, reset: 'Back', resetAll: 'All back', take: 'Take over', taken: (n) => `${n} ${n === 1 ? 'figure' : 'figures'} taken over.`, toFix: 'Up to what passes', noFields: 'This indicator has no figure to try.',
  also: (n) => `It also turns ${n} other ${n === 1 ? 'indicator' : 'indicators'}:`,
};

export function resultWords(lang: Lang): ResultWords {
  return lang === 'en' ? en : zh;
}
