/** The words of comparing two rounds or districts, Chinese first, English beside it. */
import type { Lang } from '../../../src/wasm.d.ts';
import type { Cause, RuleChange, StandingMoved } from '../../../src/wasm/office.d.ts';
import type { Side, Which } from '../work/comparison';

const zh = {
  head: '比较：两轮或两地',
  hint: '选另一份核查报告（“导出核查报告”存下的文件）、数据文件、填报表，或本机的草稿、历史版本，逐项对照，并说明得分为什么变。也可以把一两个文件拖到这里。文件只在本机读取。',
  side: { before: '对照', after: '本份' } as Record<Which, string>, current: '当前填报', none: '未选择', chooseFile: '选择文件', drafts: '草稿', versions: '历史版本', file: '文件', from: (side: string) => `${side}来自`, fileFor: (side: string) => `为${side}选择文件`,
  swap: '对调', remove: '移去', reading: (name: string) => `正在读取“${name}”……`, comparing: '正在比较……', told: (date: string, score: string, full: string) => `核查日期 ${date}，得分 ${score} / ${full}`,
  judged: { data: '只有数据，已按本标准核查', 'old-form': '报告是其他格式，已按其中的数据核查', anew: '已按本版标准重新核查' } as Record<NonNullable<Side['judged']>, string>,
  refused: (name: string) => `没能读入“${name}”：`, otherStandard: (title: string) => `它属于另一标准“${title}”，分数不能相比。请选本标准的文件。`, noData: '里面没有核查报告，也没有本标准的数据。请选“导出核查报告”或“导出数据”存下的文件。',
  severalDrafts: '这是多份草稿的合集。请先用“导入”读入，再从草稿里选。', retry: '再试一次', failed: '没能比较：',
  same: '各项结论和得分都没有变化。', moved: (n: number) => `结论或得分有变化的指标 ${n} 项`, parts: '不同之处', sure: '确定分', high: '最高可到', still: '不变',
  causes: { data: '数据', rules: '规则', parameters: '限值', date: '核查日期' } as Record<Cause, string>, times: (cause: string, n: number) => `${cause} ${n} 处`, date: (from: string, to: string) => `核查日期 ${from} → ${to}`,
  all: '列出全部不同之处', nothingDiffers: '数据、规则、限值和日期都相同。',
  untold: {
    no_standard: '有一份是用另一版规则核查的，本页没有那一版，原因只能按两份报告推断，没有逐项试算。', does_not_hold: '有一份报告与它自己的数据对不上（可能被改动过，或由其他版本的程序生成），原因没有逐项试算，请核实来源。',
  } as Record<'no_standard' | 'does_not_hold', string>,
  again: (side: string) => `按本版标准重新核查${side}`,
  chapter: '方面', total: '总分', sureChange: '确定分变化', highChange: '最高分变化', rest: { bonus_cap: '加分封顶', penalty_cap: '扣分封顶', scheme: '计分办法折算' } as Record<string, string>,
  whole: '总评', wholeOf: { passes: '参考结论', pass: '达标线', grade: '等级', floor: '分项线', veto: '否决' } as Record<StandingMoved['of'], string>,
  wholeSays: { yes: '达到', no: '没有达到', open: '未定', hit: '已触发', notHit: '未触发', none: '无' },
  columns: { indicator: '指标', change: '计入总分', why: '为什么变' },
  turning: {
    alone: (causes: string) => `由${causes}引起`, either: (causes: string) => `${causes}任何一处都会引起`, together: (causes: string) => `由${causes}合在一起引起`, untold: (causes: string) => `可能与${causes}有关`,
  },
  onlyThere: '只在对照中', onlyHere: '只在本份', empty: '未填', applies: '涉及', notSet: '未设定', ofStandard: '标准的', byUser: (text: string) => `${text}（填报人设定）`,
  rule: (title: string, how: RuleChange['how'], what: string) => (how === 'added' ? `新增“${title}”${what}` : how === 'removed' ? `取消“${title}”${what}` : `“${title}”${what}`), arrow: (label: string, from: string, to: string) => `${label}：${from} → ${to}`,
  inChapter: (title: string, n: number) => `${title} ${n} 项`, unturned: (n: number) => `另有 ${n} 项结论未变，只因折算、权重或封顶，计入总分的数略有变化`,
};

export type CompareWords = typeof zh;

const en: CompareWords = {
  head: 'Compare two rounds or districts',
  hint: 'Choose another report (a file of “Export report”), data file or workbook, or a draft or earlier version of this computer: side by side, and why the score moved. One or two files may be dropped here, too. Files are read on this computer only.',
  side: { before: 'Other', after: 'This' }, current: 'What is entered', none: 'None', chooseFile: 'Choose a file', drafts: 'Drafts', versions: 'Earlier versions', file: 'Files', from: (side) => `${side}: from`, fileFor: (side) => `${side}: choose a file`,
  swap: 'Swap', remove: 'Remove', reading: (name) => `Reading “${name}” …`, comparing: 'Comparing …', told: (date, score, full) => `as of ${date}, score ${score} / ${full}`,
  judged: { data: 'data only, judged by this standard', 'old-form': 'a report of another form; its data was judged', anew: 'judged anew by this version of the standard' },
  refused: (name) => `“${name}” could not be read: `, otherStandard: (title) => `it is of another standard, “${title}”; their scores cannot be compared. Choose a file of this standard.`, noData: 'there is neither a report nor data of this standard in it. Choose a file of “Export report” or “Export data”.',
  severalDrafts: 'these are several drafts in one file. Import it, then choose among the drafts.', retry: 'Try again', failed: 'Not compared: ',
  same: 'No outcome and no points differ.', moved: (n) => `${n} ${n === 1 ? 'indicator differs' : 'indicators differ'} in outcome or points`, parts: 'What differs', sure: 'certain', high: 'at most', still: 'same',
  causes: { data: 'data', rules: 'rules', parameters: 'lines', date: 'date' }, times: (cause, n) => `${cause} (${n})`, date: (from, to) => `date ${from} → ${to}`,
  all: 'List all that differs', nothingDiffers: 'Data, rules, lines and date are the same.',
  untold: {
    no_standard: 'One of them was made with another version of the rules, which is not at hand: causes are inferred from the reports, and were not tried out.', does_not_hold: 'A report does not follow from its own data (altered, or made by another version of the program): causes were not tried out; please check where it comes from.',
  },
  again: (side) => `${side}: judge anew by this version`,
  chapter: 'Chapter', total: 'Total', sureChange: 'Certain, change', highChange: 'At most, change', rest: { bonus_cap: 'cap on bonus', penalty_cap: 'cap on penalties', scheme: 'scaling by the scheme' },
  whole: 'The whole', wholeOf: { passes: 'for reference', pass: 'pass line', grade: 'grade', floor: 'floor', veto: 'veto' },
  wholeSays: { yes: 'reached', no: 'not reached', open: 'open', hit: 'triggered', notHit: 'not triggered', none: 'none' },
  columns: { indicator: 'Indicator', change: 'In the score', why: 'Why' },
  turning: { alone: (causes) => `by ${causes}`, either: (causes) => `by any of ${causes}`, together: (causes) => `by ${causes} together`, untold: (causes) => `perhaps by ${causes}` },
  onlyThere: 'only in the other', onlyHere: 'only in this', empty: 'not entered', applies: 'applies', notSet: 'not set', ofStandard: 'that of the standard', byUser: (text) => `${text} (set by the user)`,
  rule: (title, how, what) => `${how === 'changed' ? '' : `${how}: `}“${title}”${what === '' ? '' : ` ${what}`}`, arrow: (label, from, to) => `${label}: ${from} → ${to}`,
  inChapter: (title, n) => `${title} (${n})`, unturned: (n) => `${n} more with the same outcome, which count a little otherwise by scaling, weights or caps`,
};

export function compareWords(lang: Lang): CompareWords {
  return lang === 'en' ? en : zh;
}
