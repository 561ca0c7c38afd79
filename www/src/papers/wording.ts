/** The words of the papers, Chinese first, English beside it. */
import type { Lang } from '../../../src/wasm.d.ts';

export type PaperId = 'account' | 'score' | 'unmet' | 'tasks' | 'missing' | 'pending' | 'slips';
export const PAPERS: readonly PaperId[] = ['account', 'score', 'unmet', 'tasks', 'missing', 'pending', 'slips'];

const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
/** 1 to 99 as headings count. */
export function ordinal(n: number): string {
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${ones > 0 || tens === 0 ? digits[ones] : ''}`;
}

const zh = {
  name: { account: '自评报告', score: '自评得分表', unmet: '未达标清单', tasks: '整改清单', missing: '缺数据清单', pending: '待定阈值清单', slips: '整改交办单' } as Record<PaperId, string>,
  purpose: {
    account: '基本情况、各方面自评、得分、问题与措施，可在 Word 里补写', score: '逐项分值、指标值、情况说明、得分和佐证，留有审核栏', unmet: '未达标和部分得分的指标、差距和达标办法',
    tasks: '问题、责任、时限、措施、进展和销号', missing: '还没填或有误的数据，按责任单位催报', pending: '公开文件里没有的线，请上级明确', slips: '每个责任单位一张，列明要整改的和要补报的',
  } as Record<PaperId, string>,
  day: (date: string) => { const [y, m, d] = date.split('-'); return `${y}年${Number(m)}月${Number(d)}日`; },
  rulebook: '规则摘要', entryDigest: '数据摘要', engine: '核查程序',
  asOf: '核查日期', score: '自评得分', unit: '责任单位', count: '事项', items: (n: number) => `${n} 项`, points: (n: string) => `${n} 分`,
  range: (low: string, high: string, full: string) => (low === high ? `${low} 分（满分 ${full} 分）` : `暂估 ${low} 至 ${high} 分（满分 ${full} 分，未定指标待补）`),
  signs: { unit: '填报单位（盖章）', by: '填报人（签字）', checked: '审核人（签字）', head: '单位负责人（签字）', giver: '交办单位（盖章）', taker: '签收人（签字）', takenOn: '签收日期' },
  section: '部分', body: '正文', no: '序号', indicator: '指标', clause: '条款', department: '责任单位', none: '无',
  total: '合计', subtotal: '各方面小计', scaled: '总分（按计分办法折算）', chapterHead: (n: number, title: string) => `${ordinal(n)}、${title}`,
  columns: {
    full: '分值', rule: '评分标准', value: '指标值', state: '自评情况说明', points: '自评得分', evidence: '佐证材料', opinion: '审核意见', review: '复核得分',
    outcome: '结论', problem: '问题（现状与要求）', way: '达标办法', gain: '可增分', deadline: '期限',
    person: '责任人', due: '整改时限', measure: '整改措施', progress: '进展', closed: '销号',
    datum: '数据', unitOf: '单位', needed: '用于指标', what: '情况', wanted: '需附佐证', filled: '填报',
    line: '待定线', note: '说明', proposed: '拟定值', basis: '依据', set: '填报人设定值',
    chapter: '方面', indicators: '指标', undecided: '未定', aside: '不涉及、豁免', low: '得分',
    material: '材料名称', number: '文号', date: '日期', pages: '页码', file: '电子文件', digest: '文件摘要', together: '会同单位', result: '办理情况',
  },
  beside: { bonus: '加分项', penalty: '扣分项' },
  notCounted: '不计分', open: '未定', held: (n: number, all: number) => `${all} 项条件中 ${n} 项满足`,
  unset: (label: string) => `${label}（待定）`, each: (label: string) => `${label}（逐项）`,
  note: (text: string) => `说明：${text}`, aside: (text: string) => `理由：${text}`, waived: (reason: string, by: string, until: string) => `理由：${reason}（${by}批准，至 ${until}）`, waivedToo: (reason: string, by: string, until: string) => `另登记豁免：${reason}（${by}批准，至 ${until}）`,
  paper: (name: string, details: string) => (details === '' ? name : `${name}（${details}）`), pages: (n: string) => (/^[\d\s,，、~～–—-]+$/.test(n) ? `页码 ${n}` : n),
  overdue: (date: string) => `${date}，已逾期`,
  lacking: '还缺：', waiting: '等待定线：', missingDatum: '未填', checking: '核对其他数据', wrongDatum: (text: string) => `有误：${text}`, scheme: '计分办法',
  setByUser: '填报人已设定的线', toSet: '待定线',
  closedOn: (date: string) => `${date} 销号`, again: (date: string) => `${date} 销号，现又不达标`, ready: '已达标，待销号', openTask: '整改中', notBegun: '待整改', lateBy: (state: string, days: number) => `${state}，逾期 ${days} 天`, unsure: '暂不能判定',
  suggested: (text: string) => `（建议）${text}`, nowMet: '现已达标',
  account: {
    heads: ['基本情况', '组织领导', '各方面自评情况', '得分汇总', '存在问题', '整改措施', '特色亮点', '附件目录'] as readonly string[],
    basis: (document: string, issuer: string, standard: string, version: string, date: string) =>
      `按照${issuer === '' ? '' : `${issuer}`}${document === '' ? '有关文件' : document}要求，对照《${standard}》（版本 ${version}），以${date}为核查日期开展自评。`,
    counts: (all: number, said: string) => `共核查指标 ${all} 项，其中${said}。`,
    wantBasis: '请补充：城市（区域）概况、创建范围、工作开展情况。', wantLead: '请补充：领导机构、工作专班、责任分解、经费保障、督查考核情况。', wantBright: '请补充：创新做法、特色亮点和实践案例。',
    part: (n: number, title: string) => `（${ordinal(n)}）${title}`,
    chapter: (all: number, said: string, points: string) => `本方面共 ${all} 项指标，${said}。${points}`, chapterPoints: (points: string, full: string) => `得 ${points} 分，满分 ${full} 分。`, unscored: '本方面不计分。',
    met: (titles: string) => `已达标：${titles}。`, about: (title: string, text: string) => `${title}：${text}`,
    scored: (text: string) => `自评得分${text}。`, passLine: (line: string, holds: string) => `达标线 ${line} 分，${holds}。`, noPassLine: '达标线尚未明确，能否通过暂不能判定。', lineNotSet: '达标线尚未明确。', holds: ['已达到', '未达到', '是否达到暂不能判定'] as readonly string[],
    floors: [() => '分项线：各方面均已达到。', (below: string) => `分项线未达到：${below}。`, () => '分项线：部分方面暂不能判定。'] as readonly ((below: string) => string)[],
    vetoes: (titles: string) => `已触发否决的指标：${titles}。`, vetoesOpen: (titles: string) => `尚不能判定的否决指标：${titles}。`, conclusion: (said: string) => `参考结论：${said}。`, grade: (grade: string) => `参考等级：${grade}。`,
    problems: (n: number) => `对照标准，尚有 ${n} 项指标未达标或只得部分分：`, noProblems: '已判定的指标均达标。', undecided: (missing: number, pending: number, invalid: number) => `另有缺数据 ${missing} 项、数据有误 ${invalid} 项、待定线 ${pending} 项，暂不能判定。`,
    measures: '针对以上问题，整改安排如下。标有“（建议）”的由核查程序提出，尚待责任单位确定。', noMeasures: '没有需要整改的事项。',
    attachments: (titles: string) => `随附：${titles}。`, evidence: '佐证材料目录', noEvidence: '尚未登记佐证材料。',
  },
  slip: {
    part: (units: string) => `承办：${units}`,
    to: '交办对象', number: '编号', title: '整改交办单',
    text: (standard: string, date: string) => `经对照《${standard}》，以${date}为核查日期自查，以下事项请贵单位办理。`,
    reply: '请按时限整改到位，并将办理情况和佐证材料书面反馈。尚未定时限的，请先提出完成时限。',
    tasks: '需要整改的事项', data: '需要补报的数据', noTasks: '没有需要整改的事项。', noData: '没有需要补报的数据。',
  },
  empty: { unmet: '没有未达标的指标。', tasks: '没有需要整改的事项。', missing: '数据已填齐，没有缺项。', pending: '没有待定的线。', set: '没有由填报人设定的线。' },
  and: '、', list: '；',
};

export type PaperWords = typeof zh;

const en: PaperWords = {
  name: { account: 'Self-assessment report', score: 'Score sheet', unmet: 'Criteria not met', tasks: 'Rectification list', missing: 'Missing data', pending: 'Lines to be set', slips: 'Assignment slips' },
  purpose: {
    account: 'Basics, each chapter, score, problems and measures, to be completed in Word', score: 'Full marks, value, statement, points and evidence of each indicator, with columns for the reviewer', unmet: 'What is not met or only partly, the gap, and what would pass',
    tasks: 'Problem, who, until when, measure, progress and closing', missing: 'What is not entered yet, or wrong, to ask the departments for', pending: 'Lines that no public document gives, to be settled above', slips: 'One for each department: what to rectify and what to report',
  },
  day: (date) => date,
  rulebook: 'Digest of the rules', entryDigest: 'Digest of the data', engine: 'Program',
  asOf: 'As of', score: 'Score', unit: 'Department', count: 'Items', items: (n) => `${n}`, points: (n) => n,
  range: (low, high, full) => (low === high ? `${low} of ${full}` : `${low} to ${high} of ${full}, while some is undecided`),
  signs: { unit: 'Reporting unit (stamp)', by: 'Filled in by (signature)', checked: 'Checked by (signature)', head: 'Head of the unit (signature)', giver: 'Assigned by (stamp)', taker: 'Received by (signature)', takenOn: 'Received on' },
  section: 'Section', body: 'Text', no: 'No.', indicator: 'Indicator', clause: 'Clause', department: 'Department', none: 'none',
  total: 'Total', subtotal: 'Sum of the chapters', scaled: 'Total, by the scheme of scoring', chapterHead: (n, title) => `${n}. ${title}`,
  columns: {
    full: 'Full', rule: 'Rule', value: 'Value', state: 'Statement', points: 'Points', evidence: 'Evidence', opinion: 'Opinion', review: 'Reviewed',
    outcome: 'Outcome', problem: 'Problem (value and requirement)', way: 'What would pass', gain: 'To win', deadline: 'Deadline',
    person: 'Person', due: 'Due', measure: 'Measure', progress: 'Progress', closed: 'Closing',
    datum: 'Datum', unitOf: 'Unit', needed: 'Needed by', what: 'What', wanted: 'Evidence wanted', filled: 'Entry',
    line: 'Line', note: 'Note', proposed: 'Proposed', basis: 'Basis', set: 'Set by the user',
    chapter: 'Chapter', indicators: 'Indicators', undecided: 'Undecided', aside: 'Not applicable, waived', low: 'Points',
    material: 'Document', number: 'Number', date: 'Date', pages: 'Pages', file: 'File', digest: 'Digest', together: 'Together with', result: 'Result',
  },
  beside: { bonus: 'bonus', penalty: 'penalty' },
  notCounted: 'not counted', open: 'open', held: (n, all) => `${n} of ${all} conditions hold`,
  unset: (label) => `${label} (not set)`, each: (label) => `each of ${label}`,
  note: (text) => `Note: ${text}`, aside: (text) => `Reason: ${text}`, waived: (reason, by, until) => `Reason: ${reason} (${by}, until ${until})`, waivedToo: (reason, by, until) => `Also waived: ${reason} (${by}, until ${until})`,
  paper: (name, details) => (details === '' ? name : `${name} (${details})`), pages: (n) => `p. ${n}`,
  overdue: (date) => `${date}, overdue`,
  lacking: 'Missing: ', waiting: 'Waiting for: ', missingDatum: 'not entered', checking: 'to check other data', wrongDatum: (text) => `wrong: ${text}`, scheme: 'Scoring',
  setByUser: 'Lines set by the user', toSet: 'Lines to be set',
  closedOn: (date) => `closed ${date}`, again: (date) => `closed ${date}, fails again`, ready: 'met, to be closed', openTask: 'open', notBegun: 'not begun', lateBy: (state, days) => `${state}, ${days} days late`, unsure: 'cannot be told',
  suggested: (text) => `(suggested) ${text}`, nowMet: 'now met',
  account: {
    heads: ['Basics', 'Organisation', 'Chapter by chapter', 'Score', 'Problems', 'Measures', 'Highlights', 'Attachments'],
    basis: (document, issuer, standard, version, date) => `As ${document === '' ? 'the governing documents' : document}${issuer === '' ? '' : ` (${issuer})`} ask, this is a self-assessment by “${standard}” (version ${version}) as of ${date}.`,
    counts: (all, said) => `${all} indicators were checked: ${said}.`,
    wantBasis: 'To be added: the city or area, the scope, the work so far.', wantLead: 'To be added: leading group, task force, responsibilities, funds, supervision.', wantBright: 'To be added: new practice, highlights, cases.',
    part: (n, title) => `${n}. ${title}`,
    chapter: (all, said, points) => `${all} indicators: ${said}. ${points}`, chapterPoints: (points, full) => `${points} of ${full} points.`, unscored: 'No points.',
    met: (titles) => `Met: ${titles}.`, about: (title, text) => `${title}: ${text}`,
    scored: (text) => `Score: ${text}.`, passLine: (line, holds) => `Line to pass: ${line}, ${holds}.`, noPassLine: 'The line to pass is not set: whether this passes cannot be told.', lineNotSet: 'The line to pass is not set.', holds: ['reached', 'not reached', 'cannot be told yet'],
    floors: [() => 'Floors: reached by every chapter.', (below) => `Floors not reached: ${below}.`, () => 'Floors: some cannot be told yet.'],
    vetoes: (titles) => `Vetoes triggered: ${titles}.`, vetoesOpen: (titles) => `Vetoes still open: ${titles}.`, conclusion: (said) => `For reference: ${said}.`, grade: (grade) => `Grade, for reference: ${grade}.`,
    problems: (n) => `${n} indicators are not met, or only partly:`, noProblems: 'Every indicator that is decided is met.', undecided: (missing, pending, invalid) => `Undecided: ${missing} for missing data, ${invalid} for invalid data, ${pending} for lines not set.`,
    measures: 'The plan. What is marked “(suggested)” comes from the program and is not settled yet.', noMeasures: 'Nothing needs rectifying.',
    attachments: (titles) => `Attached: ${titles}.`, evidence: 'Evidence', noEvidence: 'No evidence is listed yet.',
  },
  slip: {
    part: (units) => `by ${units}`,
    to: 'To', number: 'Number', title: 'Assignment slip',
    text: (standard, date) => `By “${standard}” as of ${date}, the following is yours to settle.`,
    reply: 'Please settle it in time and report back with evidence. Where no day is set, please propose one.',
    tasks: 'To rectify', data: 'To report', noTasks: 'Nothing to rectify.', noData: 'Nothing to report.',
  },
  empty: { unmet: 'Nothing falls short.', tasks: 'Nothing needs rectifying.', missing: 'All data is entered.', pending: 'No line is left to set.', set: 'No line was set by the user.' },
  and: ', ', list: '; ',
};

export function paperWords(lang: Lang): PaperWords {
  return lang === 'en' ? en : zh;
}
