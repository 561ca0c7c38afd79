/**
 * The words of the interface, Chinese first, English beside it. Sentences about findings come from
 * the checker; here are labels, hints and messages only.
 */
import type { Comparison, Confidence, Lang, Outcome, Term } from '../../../src/wasm.d.ts';
import type { OpenCode } from '../work/engine';
import type { FileProblem, Rest } from '../work/file';
import type { Break, BreakCode } from '../work/json';

const zh = {
  outcome: {
    met: '达标', partial: '部分得分', unmet: '未达标', missing: '缺数据', pending: '待定线', invalid: '数据有误', not_applicable: '不涉及', waived: '豁免',
  } as Record<Outcome, string>,
  confidence: {
    plan: '实施方案原文', official: '官方公布', 'published elsewhere': '其他公开来源', recalled: '凭记忆，待核',
  } as Record<Confidence, string>,
  confidenceTitle: '可信程度',
  unknown: { missing: '未填', pending: '待定', invalid: '有误', not_applicable: '不涉及' } as Record<NonNullable<Term['unknown']>, string>,
  yes: '是', no: '否', filled: ['已填写', '未填写'] as readonly [string, string], clear: '清除', choose: '请选择',

  loading: '正在打开标准……',
  skip: '跳到填报', skipToChapters: '跳到目录',
  reference: '参考，非官方认定',
  document: '依据文件', issuer: '发文机关', version: '版本', digest: '规则摘要',

  toolbar: '操作',
  asOf: '核查日期', today: '今天', asOfToday: '（今天）', backToToday: '改回今天',
  noDate: (text: string) => `网页设定的核查日期（as-of）“${text}”不是日期，已按今天核查；应写成 2024-01-01 的样子。`,
  undo: '撤销', redo: '重做', importData: '导入数据', exportData: '导出数据', exportReport: '导出核查报告', example: '填入示例数据', empty: '清空',
  undone: '已撤销', redone: '已重做',
  keeping: {
    off: '本页不保存数据', empty: '填写后自动保存在本机', writing: '正在保存……',
    kept: (time: string) => `已保存 ${time}`, keptTitle: '保存在本机的这个浏览器里，没有上传。',
    blocked: '无法在本机保存', paused: '暂停保存', blockedHelp: '浏览器不允许保存。关闭或刷新前，请导出数据文件。', fullHelp: '本机给浏览器的存储空间已满。关闭或刷新前，请导出数据文件。',
    elsewhere: (time: string) => `另一个标签页在 ${time} 改了这份数据`, clearedElsewhere: '这份数据已在另一个标签页清除', untouched: '本页的改动暂不保存，以免覆盖。',
    takeTheirs: '载入那边的内容', insist: '以本页为准', ownDraft: '另存为新草稿',
  },

  result: '核查结果', resultBar: '结果概览', showResult: '看结果',
  score: '得分', full: (full: string) => `满分 ${full} 分`, points: '分', of: (points: string, of: string) => `${points} / ${of} 分`,
  undecidedOf: (of: string) => `未定 / ${of} 分`, outOfScore: (of: string) => `不计分（${of} 分）`,
  certain: (low: string, high: string) => `已确定 ${low} 分；未定的全部达标可到 ${high} 分。`,
  scaled: (sum: string, full: string, aside: string) => `各方面合计 ${sum}${aside === '' ? '' : `（${aside}的不计）`}，按计分办法折算成满分 ${full} 分。`,
  settled: '各项都已有结论。', nothingApplies: '没有计分的指标',
  todo: '待处理', todoNone: '没有待处理的指标。', gain: (points: string) => `可增 ${points} 分`,
  chapters: '各方面得分', groupCount: (met: number, all: number) => `达标 ${met}/${all}`, scheme: '计分办法', foldAll: '全部收起', unfoldAll: '全部展开',
  belowFloor: '低于分项线', warned: '失分预警', noPoints: '不计分', notSet: '未设定',
  passes: '参考结论', passesWord: ['符合达标条件', '不符合达标条件'] as readonly [string, string], passLine: '达标线', passLineWord: ['达到', '没有达到'] as readonly [string, string],
  floors: '分项线', floorWord: ['各方面都达到', '没有达到'] as readonly [string, string], below: (title: string, points: string, line: string) => `${title} ${points}，要求 ${line}`, grade: '等级', noGrade: '不定级', bonus: '加分', penalty: '扣分',
  capped: (sum: string, cap: string) => `（合计 ${sum}，封顶 ${cap}）`, proportioned: (set: string, aside: string) => `（${aside}的不计，由 ${set} 折算）`, weight: (share: string) => `权重 ${share}%`,
  vetoes: '否决', vetoHit: '已触发', vetoOpen: '未定', vetoMeans: (kind: 'fail' | 'gate' | 'cap', grade: string) => (kind === 'fail' ? '一票否决' : kind === 'gate' ? '申报门槛' : `最高评为“${grade}”`),
  vetoKind: { fail: '一票否决', gate: '申报门槛', cap: (grade: string) => `不达标最高“${grade}”` },
  toSet: '待设定', phase: '阶段', phasesOver: (day: string) => `各阶段已于 ${day} 结束`, phaseNext: (title: string, from: string) => `${title}从 ${from} 开始`,
  deadline: '期限', overdue: '已逾期', record: '仅备案', scored: '得分', base: '基础项', percentPoint: '个百分点',
  perStep: (value: string, line: string, step: string, lose: string, full: string, mode: string) => `满分 ${full} 分，现值 ${value} 距 ${line} 每差 ${step} 扣 ${lose} 分（${mode}）`,
  live: (counts: string, low: string, high: string, full: string) => `核查结果：${counts}。得分 ${low === high ? low : `${low} 至 ${high}`}，满分 ${full}。`,

  newer: '有新版本，刷新后使用。', useNewer: '刷新',

  start: '从这里开始',
  startSteps: [
    '在下面各组填入本部门的数据。数字可以带“%”“万”，不清楚的先空着。',
    '每填一项，右侧立即给出结论；点“原因与改法”看差多少、怎样达标。',
    '数据只保存在本机的浏览器里。要交给别人或换一台电脑，请导出数据文件。',
  ],
  startExample: '先看一份示例？',

  fields: '数据', verdicts: '结论', form: '填报',
  evidence: '佐证材料', department: '责任单位', clause: '条款', quote: '原文', formula: '计算方法', note: '说明', rule: '规则位置', advice: '建议',
  between: (min: string | undefined, max: string | undefined, unit: string) =>
    min !== undefined && max !== undefined ? `${min} 至 ${max}${unit}` : min !== undefined ? `不小于 ${min}${unit}` : `不大于 ${max || ''}${unit}`,
  parameterHint: '待定线：公开文件里没有这条线。按上级通知填写后，有关指标即可核查。', parameterTag: '待定线', setByUser: '由填报人设定',
  warning: '提醒', error: '有误', unknownData: '数据里有认不出的内容', remove: '删去',

  why: '原因与改法', whyMet: '依据与余量', fold: '收起',
  fixes: '怎样达标', fixesAny: '怎样达标（任选其一）', also: '同时', more: (d: string) => `增加 ${d}`, less: (d: string) => `减少 ${d}`, turnInto: '改为',
  aim: {
    more: (label: string, by: string, to: string) => `${label}增加 ${by}，达到 ${to}`, less: (label: string, by: string, to: string) => `${label}减少 ${by}，降到 ${to}`,
    become: (label: string, to: string) => `${label}改为“${to}”`, of: (advice: string, aim: string) => `${advice}目标：${aim}。`,
  },
  semicolon: '；', colon: '：',
  tryFix: '试填', tried: (label: string, to: string) => `已试填：${label} ${to}`,
  reason: '逐条核对', condition: '条件', value: '现值', required: '要求', gap: '差距', basis: '依据',
  lacking: (gap: string) => `差 ${gap}`, beyond: (gap: string) => `超出 ${gap}`, apart: (gap: string) => `相差 ${gap}`, spare: (gap: string) => `余 ${gap}`, atLine: '恰好达到', onLine: (below: boolean): string => (below ? '恰在线上，未低于' : '恰在线上，未超过'),
  signs: { '>=': '≥', '>': '＞', '<=': '≤', '<': '＜', '==': '＝', '!=': '≠' } as Record<Comparison['op'], string>,
  holds: '满足', fails: '不满足', open: '未定', decisive: '决定结论',
  all: '以下全部满足', any: '以下任一满足', at_least: (n: number) => `以下至少满足 ${n} 项`, when: '仅在以下情形适用',
  chosenBy: (what: string, then: string) => `因${what}，适用：${then}`, chosenHead: (what: string) => `因${what}，适用以下要求`, because: (what: string) => `因${what}`, aside: (head: string, list: string) => `${head}（${list}）`,
  inProportion: (value: string, target: string) => `按比例得分：${value}，到 ${target} 得满分`, eachTime: (value: string, unit: string, lose: string, least: string) => `${value}，每${unit || '次'}扣 ${lose} 分，${least === '' ? '扣完为止' : `最低得 ${least} 分`}`,
  outOfForce: (until: string | undefined, from: string | undefined) => (until === undefined ? `从 ${from || ''} 起才有值` : `值只到 ${until}${from === undefined ? '' : `，从 ${from} 起才再有值`}`),
  parameterOutside: (dates: string) => `待定线：这条线${dates}，核查日期没有值。按上级通知填写后，有关指标即可核查。`,
  partsHold: (n: number, all: number) => `${all} 项中 ${n} 项满足`,
  others: (n: number) => `其余 ${n} 项`,
  since: (from: string, to: string | undefined) => (to === undefined ? `${from} 起` : `${from} 至 ${to}`), openSource: '原文', newWindow: '（新窗口）',
  setAside: '标为不涉及', backIn: '恢复核查', reasonLabel: '不涉及的理由（必填）', reasonWanted: '请写明理由，否则仍按涉及核查。', reasonGiven: (r: string) => `理由：${r}`,
  brief: {
    all: (n: number) => `${n} 项条件全部满足`, some: (bad: number, all: number, names: string) => `${all} 项条件中 ${bad} 项不满足：${names}`,
    missing: '还缺', pending: '等待定线', invalid: '数据有误，见数据旁的提示', line: (value: string, op: string, line: string) => `现值 ${value}，要求 ${op}\u00a0${line}`,
    waived: '已豁免', waivedBy: (reason: string, by: string, until: string) => `已豁免：${reason}（${by}，至 ${until}）`,
    anyDoes: '以下满足一项即可，现均未满足', together: '须同时满足', more: (needed: number, held: number, further: number) => `须满足 ${needed} 项，已满足 ${held} 项，以下再满足 ${further} 项即可`, asked: (value: string) => `要求为“${value}”`, band: (value: string, holds: boolean, op: string, line: string) => `${value}，${holds ? '' : '不满足 '}${op}\u00a0${line}`,
  },
  and: '、', comma: '，', stop: '。', more_items: (n: number) => `等 ${n} 项`,

  imported: (n: number, rest: Rest) => `已导入 ${n} 项数据${rest === 'replaced' ? '，原来的数据连同台账、说明、整改和日期已整份换下' : rest === 'stays' ? '；文件里只有数据，台账、说明和整改没有动' : ''}，原来的可以撤销找回。`, notImported: '没有导入，现有数据未动。', exampleIn: '已填入示例数据，原来的数据可以撤销找回。',
  exampleFailed: '示例数据取不到', keptNotGiven: '这里是上次在本机保存的数据，不是网站给出的数据。', takeGiven: '改用网站的数据', givenTaken: '已改用网站的数据，原来的数据可以撤销找回。', notShown: '没有显示的数据有问题', dataFailed: '网页给出的数据取不到', dataDoubtful: '网页给出的数据有问题', nothingEntered: '请先填写自查数据。', emptied: '已清空，可以撤销找回。', close: '关闭',
  fileName: { data: '数据', report: '核查报告', product: '对标', raw: '草稿原始记录', drafts: '全部草稿' },
  damaged: '保存的草稿有读不出的内容。读得出的已显示在下面，原始记录没有丢，可另存为文件。', exportRaw: '另存原始记录',
  broken: (broken: Break) => `${startsWrong(broken) ? broken.found === '' ? '文件是空的。' : '不是数据文件，请选“导出数据”得到的 .json 文件。' : ''}第 ${broken.line} 行第 ${broken.column} 列${broken.found === '' ? '，文件到此中断' : `，遇到“${visible(broken.found)}”`}：${zhBreak[broken.code]}${fullWidth(broken.found) ? '。这里用了全角符号，JSON 要用半角' : ''}`,
  fileProblem: (problem: Exclude<FileProblem, { kind: 'broken' }>): string => {
    switch (problem.kind) {
      case 'too-big': return `文件有 ${(problem.bytes / 1e6).toFixed(1)} MB，数据文件不应超过 8 MB。`;
      case 'not-text': return '不是文本文件，不能作数据导入。请选“导出数据”得到的 .json 文件。';
      case 'not-an-object': return '内容应是一个对象：{"fields": {…}}。';
      case 'wrong-value': return `“${problem.path}”的值应是数字、文字或是否，这一项没有读入。`;
      case 'unknown-part': return `数据没有叫“${problem.path}”的部分，这一部分没有读入。`;
      case 'wrong-date': return `核查日期“${problem.text}”不是日期，没有读入，请写成 2023-05-31。`;
      case 'other-standard': return `文件属于标准“${problem.id}”${problem.version === '' ? '' : `版本 ${problem.version}`}，与当前标准不同，请核对后再用。`;
      case 'no-data': return '文件里没有本标准的数据。';
    }
  },
  failed: '核查无法开始',
  open_error: {
    'no-src': '没有指定标准：请给元素的 src 属性填写标准文件（.wasm）的地址。', 'no-wasm': '这个浏览器不支持 WebAssembly，请换用 Chromium 78 以上内核的浏览器，或请网站管理员在脚本旁放上 duibiao-check.nowasm.js。',
    unreachable: '标准文件取不到', 'not-a-module': '标准文件不是可用的 WebAssembly 模块', refused: '本页的安全策略（CSP）不允许 WebAssembly，请网站管理员在 script-src 加上 \'wasm-unsafe-eval\'，或在脚本旁放上 duibiao-check.nowasm.js',
    'other-build': '标准文件与网页脚本不是同一次生成的，请网站管理员一起更新', 'no-rulebook': '模块里没有标准', unreadable: '标准读不懂', 'no-part': '标准里没有要单独显示的方面或部门', 'bad-entry': '网页给出的数据（entry）不能用，没有填入',
  } as Record<OpenCode, string>,
};

/** Not JSON from the first sign on. */
function startsWrong({ code, line, column }: Break): boolean {
  return code === 'value' && line === 1 && column === 1;
}

const zhBreak: Record<BreakCode, string> = {
  value: '此处应是一个值', name: '此处应是用双引号括起的名称', colon: '名称后应是冒号“:”', 'comma-or-brace': '此处应是逗号“,”或“}”', 'comma-or-bracket': '此处应是逗号“,”或“]”',
  'string-end': '文字没有用双引号结束', escape: '“\\”后的转义写法不对', number: '数字的写法不对', 'after-end': '内容结束后还有多余的文字', 'too-deep': '嵌套太深', twice: '同一个名称写了两次，请只留一个',
};
const enBreak: Record<BreakCode, string> = {
  value: 'a value is expected', name: 'a name in double quotes is expected', colon: 'a colon is expected after the name', 'comma-or-brace': 'a comma or “}” is expected', 'comma-or-bracket': 'a comma or “]” is expected',
  'string-end': 'the text is not closed with a double quote', escape: 'not a valid escape', number: 'not a valid number', 'after-end': 'text after the end', 'too-deep': 'nested too deeply', twice: 'this name is given twice; keep one',
};

export type Words = typeof zh;

const en: Words = {
  outcome: {
    met: 'Met', partial: 'Partly met', unmet: 'Not met', missing: 'Data missing', pending: 'Line not set', invalid: 'Data invalid', not_applicable: 'Not applicable', waived: 'Waived',
  },
  confidence: { plan: 'governing document', official: 'official', 'published elsewhere': 'published elsewhere', recalled: 'recalled, to be verified' },
  confidenceTitle: 'Confidence',
  unknown: { missing: 'not entered', pending: 'not set', invalid: 'invalid', not_applicable: 'not applicable' },
  yes: 'Yes', no: 'No', filled: ['filled in', 'not filled in'], clear: 'Clear', choose: 'Choose',
  loading: 'Opening the standard…',
  skip: 'Skip to the form', skipToChapters: 'Skip to the chapters',
  reference: 'Reference, not an official verdict',
  document: 'Document', issuer: 'Issuer', version: 'Version', digest: 'Digest of the rules',
  toolbar: 'Actions',
  asOf: 'As of', today: 'Today', asOfToday: '(today)', backToToday: 'Back to today',
  noDate: (text) => `The page’s as-of date, “${text}”, is not a date: checked as of today. Write it like 2024-01-01.`,
  undo: 'Undo', redo: 'Redo', importData: 'Import data', exportData: 'Export data', exportReport: 'Export report', example: 'Fill in example data', empty: 'Clear all',
  undone: 'Undone', redone: 'Redone',
  keeping: {
    off: 'This page keeps no data', empty: 'Saved on this computer as you type', writing: 'Saving…',
    kept: (time) => `Saved ${time}`, keptTitle: 'Kept in this browser on this computer; nothing is uploaded.',
    blocked: 'Cannot save on this computer', paused: 'Saving paused', blockedHelp: 'The browser refuses storage. Export the data before you close or reload.', fullHelp: 'The browser’s storage is full. Export the data before you close or reload.',
    elsewhere: (time) => `Another tab changed this data at ${time}`, clearedElsewhere: 'This data was cleared in another tab', untouched: 'Changes here are not saved yet, so that nothing is overwritten.',
    takeTheirs: 'Load what the other tab wrote', insist: 'Keep this page’s', ownDraft: 'Save as a new draft',
  },
  result: 'Result', resultBar: 'Result at a glance', showResult: 'Show result',
  score: 'Score', full: (full) => `of ${full} points`, points: 'points', of: (points, of) => `${points} / ${of} points`,
  undecidedOf: (of) => `undecided / ${of} points`, outOfScore: (of) => `not counted (${of} points)`,
  certain: (low, high) => `${low} points are certain; ${high} if everything undecided is met.`,
  scaled: (sum, full, aside) => `The chapters add up to ${sum}${aside === '' ? '' : ` (not counting: ${aside.toLowerCase()})`}; the scheme makes that a score out of ${full}.`,
  settled: 'Everything is decided.', nothingApplies: 'No indicator counts',
  todo: 'To do', todoNone: 'Nothing to do.', gain: (points) => `+${points} points`,
  chapters: 'Score by chapter', groupCount: (met, all) => `${met}/${all} met`, scheme: 'Scoring', foldAll: 'Fold all', unfoldAll: 'Unfold all',
  belowFloor: 'Below its floor', warned: 'Losing much', noPoints: 'no points', notSet: 'not set',
  passes: 'For reference', passesWord: ['would pass', 'would not pass'], passLine: 'Pass line', passLineWord: ['reached', 'not reached'],
  floors: 'Floors', floorWord: ['all reached', 'not reached'], below: (title, points, line) => `${title} ${points}, required ${line}`, grade: 'Grade', noGrade: 'no grade', bonus: 'Bonus', penalty: 'Penalty',
  capped: (sum, cap) => ` (sum ${sum}, capped at ${cap})`, proportioned: (set) => ` (in proportion to what counts, from ${set})`, weight: (share) => `weight ${share}%`,
  vetoes: 'Vetoes', vetoHit: 'Triggered', vetoOpen: 'Open', vetoMeans: (kind, grade) => (kind === 'fail' ? 'fails the whole' : kind === 'gate' ? 'bars from applying' : `“${grade}” at best`),
  vetoKind: { fail: 'veto', gate: 'gate', cap: (grade) => `if not met “${grade}” at best` },
  toSet: 'To be set', phase: 'Phase', phasesOver: (day) => `all phases ended on ${day}`, phaseNext: (title, from) => `${title} begins on ${from}`,
  deadline: 'Due', overdue: 'Overdue', record: 'for the record', scored: 'Points', base: 'base', percentPoint: 'percentage points',
  perStep: (value, line, step, lose, full, mode) => `from ${full}, ${lose} off for each ${step} between ${value} and ${line} (${mode})`,
  live: (counts, low, high, full) => `Result: ${counts}. Score ${low === high ? low : `${low} to ${high}`} of ${full}.`,
  newer: 'A new version is here; it is used after a reload.', useNewer: 'Reload',

  start: 'Start here',
  startSteps: [
    'Enter your department’s figures below. Text such as “95%” or “1.2万” is understood; leave open what you do not know.',
    'Each entry is judged at once; “Why, and what would pass” shows the gap and the change.',
    'Data stays in this browser. To hand it on or change computers, export the data file.',
  ],
  startExample: 'See an example first?',
  fields: 'Data', verdicts: 'Verdicts', form: 'Form',
  evidence: 'Evidence', department: 'Department', clause: 'Clause', quote: 'Original text', formula: 'Formula', note: 'Note', rule: 'Place in the rules', advice: 'Advice',
  between: (min, max, unit) => (min !== undefined && max !== undefined ? `${min} to ${max}${unit}` : min !== undefined ? `at least ${min}${unit}` : `at most ${max || ''}${unit}`),
  parameterHint: 'Line not set: no published document gives it. Enter it as notified, and the indicators that need it are judged.', parameterTag: 'Line not set', setByUser: 'set by the user',
  warning: 'Warning', error: 'Error', unknownData: 'The data holds something unknown', remove: 'Remove',
  why: 'Why, and what would pass', whyMet: 'Basis and margin', fold: 'Close',
  fixes: 'What would pass', fixesAny: 'What would pass (any one of these)', also: 'and', more: (d) => `${d} more`, less: (d) => `${d} less`, turnInto: 'change to',
  aim: {
    more: (label, by, to) => `${label} up by ${by} to ${to}`, less: (label, by, to) => `${label} down by ${by} to ${to}`,
    become: (label, to) => `${label}: ${to}`, of: (advice, aim) => `${advice} Aim: ${aim}.`,
  },
  semicolon: '; ', colon: ': ',
  tryFix: 'Try', tried: (label, to) => `Tried: ${label} ${to}`,
  reason: 'Condition by condition', condition: 'Condition', value: 'Value', required: 'Required', gap: 'Gap', basis: 'Basis',
  lacking: (gap) => `${gap} short`, beyond: (gap) => `${gap} too much`, apart: (gap) => `${gap} apart`, spare: (gap) => `${gap} to spare`, atLine: 'exactly at the line', onLine: (below) => (below ? 'on the line, not below it' : 'on the line, not beyond it'),
  signs: { '>=': '≥', '>': '>', '<=': '≤', '<': '<', '==': '=', '!=': '≠' },
  holds: 'holds', fails: 'fails', open: 'open', decisive: 'decisive',
  all: 'All of these', any: 'Any of these', at_least: (n) => `At least ${n} of these`, when: 'Only when',
  chosenBy: (what, then) => `because ${what}, this applies: ${then}`, chosenHead: (what) => `Because ${what}, this applies`, because: (what) => `because ${what}`, aside: (head, list) => `${head} (${list})`,
  inProportion: (value, target) => `in proportion: ${value}, full points at ${target}`, eachTime: (value, unit, lose, least) => `${value}, points lost for each ${unit || 'one'}: ${lose}, ${least === '' ? 'down to none' : `${least} at least are left`}`,
  outOfForce: (until, from) => (until === undefined ? `set only from ${from || ''} on` : `set only until ${until}${from === undefined ? '' : `, and again from ${from} on`}`),
  parameterOutside: (dates) => `Line not set: it is ${dates}, not on the date of the check. Enter it as notified, and the indicators that need it are judged.`,
  partsHold: (n, all) => `${n} of ${all} hold`,
  others: (n) => `the other ${n}`,
  since: (from, to) => (to === undefined ? `from ${from}` : `${from} to ${to}`), openSource: 'source', newWindow: ' (new window)',
  setAside: 'Not applicable', backIn: 'Judge again', reasonLabel: 'Why it does not apply (required)', reasonWanted: 'Give a reason; until then it is judged.', reasonGiven: (r) => `Reason: ${r}`,
  brief: {
    all: (n) => `all ${n} conditions hold`, some: (bad, all, names) => `${bad} of ${all} conditions fail: ${names}`,
    missing: 'Missing:', pending: 'Waiting for', invalid: 'Invalid data, see beside the field', line: (value, op, line) => `${value}, required ${op}\u00a0${line}`,
    waived: 'waived', waivedBy: (reason, by, until) => `waived: ${reason} (${by}, until ${until})`,
    anyDoes: 'one of these would do, none holds', together: 'all of these together', more: (needed, held, further) => `${needed} must hold, ${held} so far; ${further} more of these would do`, asked: (value) => `should be “${value}”`, band: (value, holds, op, line) => `${value}, ${holds ? '' : 'not '}${op}\u00a0${line}`,
  },
  and: ', ', comma: ', ', stop: '.', more_items: (n) => ` (${n} in all)`,
  imported: (n, rest) => `${n} values imported.${rest === 'replaced' ? ' They took the place of the whole assessment: its data, evidence, notes, rectification and date.' : rest === 'stays' ? ' The file holds data alone: evidence, notes and rectification are as they were.' : ''} Undo brings the former back.`, notImported: 'Nothing was imported; your data is untouched.', exampleIn: 'Example data filled in. Undo brings the former data back.',
  exampleFailed: 'The example cannot be reached', keptNotGiven: 'This is what was kept on this computer last time, not the data that the site gives.', takeGiven: 'Use the site’s data', givenTaken: 'The site’s data is filled in; undo brings yours back.', notShown: 'Something is wrong with data that is not shown', dataFailed: 'The data that the page gives cannot be reached', dataDoubtful: 'Something is wrong with the data that the page gives', nothingEntered: 'Enter data first.', emptied: 'Cleared. Undo brings the data back.', close: 'Close',
  fileName: { data: 'data', report: 'report', product: 'duibiao', raw: 'draft-as-kept', drafts: 'all-drafts' },
  damaged: 'Part of the kept draft cannot be read. What can be read is shown below; the record itself is not lost and can be saved as a file.', exportRaw: 'Save the record',
  broken: (broken) => `${startsWrong(broken) ? broken.found === '' ? 'The file is empty. ' : 'Not a data file; choose a .json file that “Export data” made. ' : ''}Line ${broken.line}, column ${broken.column}${broken.found === '' ? ', where the file ends' : `, at “${visible(broken.found)}”`}: ${enBreak[broken.code]}${fullWidth(broken.found) ? '; this is a full-width sign, JSON wants the plain one' : ''}`,
  fileProblem: (problem) => {
    switch (problem.kind) {
      case 'too-big': return `The file has ${(problem.bytes / 1e6).toFixed(1)} MB; a data file has at most 8 MB.`;
      case 'not-text': return 'Not a text file; choose a .json file that “Export data” made.';
      case 'not-an-object': return 'An object is expected: {"fields": {…}}.';
      case 'wrong-value': return `The value of “${problem.path}” is no number, text or yes-no; it was left out.`;
      case 'unknown-part': return `Data has no part called “${problem.path}”; it was left out.`;
      case 'wrong-date': return `The as-of date “${problem.text}” is no date and was left out; write 2023-05-31.`;
      case 'other-standard': return `The file belongs to the standard “${problem.id}”${problem.version === '' ? '' : `, version ${problem.version}`}, not to this one: check before use.`;
      case 'no-data': return 'The file holds no data of this standard.';
    }
  },
  failed: 'The check cannot start',
  open_error: {
    'no-src': 'No standard given: set the attribute src to the address of a standard (.wasm).', 'no-wasm': 'This browser has no WebAssembly; use one with Chromium 78 or later, or put duibiao-check.nowasm.js beside the script.',
    unreachable: 'The standard cannot be reached', 'not-a-module': 'The standard is not a usable WebAssembly module', refused: 'This page’s policy (CSP) refuses WebAssembly; add \'wasm-unsafe-eval\' to script-src, or put duibiao-check.nowasm.js beside the script',
    'other-build': 'The standard and the script are of different builds; update both together', 'no-rulebook': 'The module holds no standard', unreadable: 'The standard cannot be read', 'no-part': 'The standard has no such chapter or department to show alone', 'bad-entry': 'The data that the page gave (entry) cannot be used and was not filled in',
  },
};

export function wordsFor(lang: Lang): Words {
  return lang === 'en' ? en : zh;
}

/** A control character by its number, anything else as it is. */
function visible(char: string): string {
  return char < ' ' ? `U+${(char.codePointAt(0) || 0).toString(16).padStart(4, '0').toUpperCase()}` : char;
}

function fullWidth(char: string): boolean {
  return char !== '' && '“”‘’，：；｛｝【】（）　'.includes(char);
}
