/** The words of checking a report again, Chinese first, English beside it. */
import type { Lang } from '../../../src/wasm.d.ts';
import type { Difference, Recheck } from '../../../src/wasm/office.d.ts';

const zh = {
  head: '复核一份报告',
  hint: '选择收到的核查报告（“导出核查报告”存下的 .json 文件），或拖到这里：用报告里的数据和本页的规则重算一遍，看结论是否成立。文件只在本机读取，不改动当前填报。',
  choose: '选择报告', reading: (name: string) => `正在复核“${name}”……`, refused: (name: string) => `没能复核“${name}”：`,
  noReport: {
    data: '这是数据文件，不是核查报告，无从复核。请对方用“导出核查报告”另存一份；只想使用其中的数据，请用上方的“导入数据”。',
    drafts: '这是“导出全部草稿”存下的文件，不是核查报告，无从复核。请对方用“导出核查报告”另存一份。', other: '这不是核查报告。请选“导出核查报告”存下的 .json 文件。',
  } as Record<'data' | 'drafts' | 'other', string>,
  holds: (name: string) => `成立：“${name}”的结论、分数和说明，与重算结果完全一致。`, fails: (name: string) => `不成立：“${name}”与重算结果不一致。`,
  limits: '复核只说明结论是否由所报数据得出；数据本身是否属实，仍须查验台账。本结果仅供参考，不代表正式评定。',
  causes: {
    rulebook: '规则不同：报告用的不是本页这一版标准，不同之处可能由此而来。', entry: '数据被改过：报告里的数据与它的摘要不符。',
    engine: '程序版本不同：报告由另一版本的程序生成。', report: '报告被改过：规则、数据、程序版本都相符，内容却不同。',
  } as Record<Recheck['causes'][number], string>,
  differences: (n: number) => `不一致之处（${n} 处）`, part: '内容', place: '位置', recorded: '报告所写', found: '重算结果', nothing: '（无）', more: (n: number) => `另有 ${n} 处，未列出。`,
  parts: { verdict: '结论', points: '分数', score: '总分', data: '数据问题', entry: '数据', standard: '标准', explanation: '理由与改法', text: '文字', form: '其他' } as Record<Difference['part'], string>,
};

export type RecheckWords = typeof zh;

const en: RecheckWords = {
  head: 'Check a report again',
  hint: 'Choose a report that was handed to you (the .json file of “Export report”), or drop it here: its data is judged anew by the rules of this page. The file is read on this computer only; what is entered stays as it is.',
  choose: 'Choose a report', reading: (name) => `Checking “${name}” …`, refused: (name) => `“${name}” could not be checked: `,
  noReport: {
    data: 'this is a data file, not a report, so there is nothing to check again. Ask for the file of “Export report”; to use its data, choose “Import data” above.',
    drafts: 'this is a file of “Export all drafts”, not a report. Ask for the file of “Export report”.', other: 'this is not a report. Choose the .json file of “Export report”.',
  },
  holds: (name) => `Holds: verdicts, points and texts of “${name}” are exactly those found again.`, fails: (name) => `Does not hold: “${name}” differs from what was found again.`,
  limits: 'This tells whether the verdicts follow from the data; whether the data is true, only the evidence can tell. For reference, not an official verdict.',
  causes: {
    rulebook: 'Other rules: the report was made by another version of the standard, which may explain the differences.', entry: 'Altered data: the data in the report is not what its digest says.',
    engine: 'Another version of the program made the report.', report: 'Altered report: rules, data and version agree, and yet it says something else.',
  },
  differences: (n) => `Differences (${n})`, part: 'What', place: 'Where', recorded: 'Report', found: 'Found again', nothing: '(none)', more: (n) => `${n} more are not listed.`,
  parts: { verdict: 'Verdict', points: 'Points', score: 'Score', data: 'Data problems', entry: 'Data', standard: 'Standard', explanation: 'Reasons and fixes', text: 'Text', form: 'Other' },
};

export function recheckWords(lang: Lang): RecheckWords {
  return lang === 'en' ? en : zh;
}
