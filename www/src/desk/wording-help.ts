/** The words of the tab 使用说明, Chinese first, English beside it. */
import type { Lang, Outcome } from '../../../src/wasm.d.ts';

const zh = {
  title: '使用说明', lead: '三分钟看完。第一次用，先填入示例数据，照着下面各步点一遍。',
  example: '填入示例数据', exampleHint: '原有数据可以撤销找回。', open: (tab: string) => `打开“${tab}”`,
  startHead: '三步',
  start: [
    ['填', '在“填报核查”里填本单位的数据。台账上怎么写就怎么填：95.5%、1.2万、1,825 都认得。不清楚的先空着，不会算作不达标。'],
    ['看', '每填一项，旁边立即给出结论。点“原因与改法”，看现值、要求、差距、线的出处，以及最少改多少就能达标。'],
    ['交', '在“上报材料”里打印或导出自评得分表、各种清单和自评报告；“整改”里登记责任人、时限和进展。'],
  ] as readonly (readonly [string, string])[],
  outcomesHead: '看懂结论', outcomes: {
    met: '条件全部满足。', partial: '没有全部满足，按标准得部分分。', unmet: '有条件不满足，看“怎样达标”。', missing: '缺数据，还不能判定。补填后自动给出结论。', pending: '公开文件里没有这条线，请按上级通知设定。',
    invalid: '数据读不懂、超出范围或互相矛盾，见数据旁的提示。', not_applicable: '标为不涉及并写明理由，不按达标也不按不达标计。', waived: '经批准豁免。期限内不列入得分，也不列入满分；到期后照常核查。',
  } as Record<Outcome, string>,
  scoreHead: '看懂得分',
  score: [
    '得分写成“60.95–70.28”，意思是：前一个数已经确定；后一个数是未定的指标全部达标时的得分。',
    '“先填”列出哪些数据最能把得分定下来；“先改”列出先整改哪一项最划算。',
    '缺数据、待定线不等于不达标，也不等于达标，所以得分是一个区间。补齐后区间收窄为一个数。',
  ],
  stepsHead: '各页做什么', steps: {
    form: '填数据，看结论，标不涉及，登记佐证材料。', result: '得分离达标线多远，先填什么、先改什么；试算改一个数得分怎样变；两轮或两地比较。', tables: '下载 Excel 填报表分给各部门，填好后一起导回，冲突逐项确定。',
    tasks: '未达标的指标自动成为整改清单：责任单位、责任人、时限、措施、进展、销号。', papers: '自评报告、自评得分表、各种清单和交办单，打印、导出 Word 和 Excel。', help: '本页。',
  } as Readonly<Record<string, string>>,
  keysHead: '只用键盘', keys: [
    [['Tab', 'Shift+Tab'], '到下一处、上一处'], [['←', '→'], '在页签之间移动；在选项、滑块上改变选择'], [['Enter', '空格'], '按下按钮，展开或收起'],
    [['Ctrl+Z', 'Ctrl+Y'], '撤销、重做：填报、导入、整改、采用都可以撤销'], [['Ctrl+P'], '打印当前页；在“上报材料”里只打印材料'],
  ] as readonly (readonly [readonly string[], string])[],
  privacyHead: '数据放在哪里',
  privacy: [
    '全部计算在本机的浏览器里进行，数据不上传，断网也能用。导出的 Word、Excel 和数据文件也在本机生成。',
    '填写的内容自动保存在这台电脑的这个浏览器里，右上方显示保存时间。换电脑、换浏览器，或要交给别人，请“导出数据”，到那边“导入数据”。',
    '导入一份数据文件，就整份换下现有内容（台账、说明、整改和日期也换），可以撤销。几个部门的数据文件一起拖进来，则像表格一样逐项合并。',
    '几个人共用一台电脑时，用完请导出数据，再从“草稿”里清除本机数据。',
  ],
  referenceHead: '“参考”是什么意思',
  reference: [
    '这里的结论和得分只供自查，不是主管部门的评定，盖章上报前请以正式文件核对。',
    '每条线都注明出处、日期和可信程度。“待定线”没有查到公开的数，要由你设定；设定过的线会列在“待定阈值清单”里。',
    '报告里有规则摘要和数据摘要，别人拿到同一份标准和数据，可以算出一样的结果。',
  ],
};

export type HelpWords = typeof zh;

const en: HelpWords = {
  title: 'Help', lead: 'Three minutes. For a first look, fill in the example and follow the steps below.',
  example: 'Fill in example data', exampleHint: 'Undo brings your own data back.', open: (tab) => `Open “${tab}”`,
  startHead: 'Three steps',
  start: [
    ['Enter', 'Enter your department’s figures in the form, as the ledger has them: 95.5%, 1.2万, 1,825 are understood. Leave open what you do not know; it does not count as failed.'],
    ['Read', 'Each entry is judged at once. “Why, and what would pass” shows value, requirement, gap, source of the line, and the smallest change that passes.'],
    ['Hand in', 'Print or export score sheet, lists and report under “Papers”; keep owners, days and progress under “Rectification”.'],
  ],
  outcomesHead: 'Outcomes', outcomes: {
    met: 'Every condition holds.', partial: 'Not all hold; part of the points is given.', unmet: 'A condition fails; see what would pass.', missing: 'Data is missing; nothing is decided yet.', pending: 'No public document gives the line; set it as notified.',
    invalid: 'Unreadable, out of limits, or contradictory; see beside the field.', not_applicable: 'Set aside with a reason; neither met nor failed.', waived: 'Let off until a day: until then it counts neither in the score nor in the full marks, after that it is judged again.',
  },
  scoreHead: 'The score',
  score: [
    '“60.95–70.28” means: the first is certain; the second is reached if everything undecided is met.',
    '“Enter first” names the data that settles the score most; “Put right first” names what pays most.',
    'Missing data and lines not set are neither failed nor met, so the score is a range. It closes as they are filled in.',
  ],
  stepsHead: 'The tabs', steps: {
    form: 'Enter data, read verdicts, set indicators aside, list evidence.', result: 'How far the line is, what to enter and put right first; try a figure; compare two rounds.', tables: 'Workbooks for the departments, out and in again, conflicts settled one by one.',
    tasks: 'What is not met becomes a list: who, until when, how, how far, closed.', papers: 'Report, score sheet, lists and slips: printed, or as Word and Excel.', help: 'This page.',
  },
  keysHead: 'By keyboard', keys: [
    [['Tab', 'Shift+Tab'], 'next and previous place'], [['←', '→'], 'between tabs; change a choice or a slider'], [['Enter', 'Space'], 'press a button, open and close'],
    [['Ctrl+Z', 'Ctrl+Y'], 'undo and redo, whatever was entered, imported or taken over'], [['Ctrl+P'], 'print; under “Papers” the paper alone'],
  ],
  privacyHead: 'Where the data is',
  privacy: [
    'Everything is computed in this browser. Nothing is uploaded, and it works without a network. Word, Excel and data files are made here too.',
    'What you enter is saved in this browser on this computer, with the time shown. For another computer or person, export the data and import it there.',
    'Importing a data file replaces the whole assessment, with evidence, notes, rectification and date; undo brings it back. Several files dropped together are merged value by value, like tables.',
    'On a shared computer, export the data when you are done, then clear this computer under the draft’s name.',
  ],
  referenceHead: 'What “reference” means',
  reference: [
    'Verdicts and scores are for self-checking. They are no official assessment; check with the official documents before you hand anything in.',
    'Each line names its source, date and confidence. Lines not set have no published figure: you set them, and the paper “Lines to be set” lists them.',
    'Reports hold digests of rules and data: whoever has both gets the same result.',
  ],
};

export function helpWords(lang: Lang): HelpWords {
  return lang === 'en' ? en : zh;
}
