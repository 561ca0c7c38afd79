/** The words of evidence, notes and waivers, Chinese first, English beside it. */
import type { Lang } from '../../../src/wasm.d.ts';

const zh = {
  title: '台账与备注', fold: '收起', wanted: '要求的佐证材料：',
  evidence: '佐证材料', papers: (n: number) => `材料 ${n} 份`, none: '还没有登记材料。', add: '添加材料', drop: '可把文件拖到这里。只在本机计算摘要，文件不会上传，也不会存进草稿。',
  columns: { name: '材料名称', number: '文号或编号', date: '日期', pages: '页码' },
  file: '文件', choose: '选择文件', verify: '核对文件', remove: '删去', forgetFile: '去掉文件',
  item: (n: number) => `第 ${n} 份材料`,
  working: (percent: number) => `正在计算摘要，${percent}%`,
  same: (file: string) => `“${file}”与登记的一致。`, other: (file: string) => `“${file}”与登记的不一致：文件改过，或不是同一份。`, useIt: '改登记这个文件',
  known: (file: string, name: string) => `“${file}”就是已登记的“${name}”，内容一致。`, unreadable: (file: string) => `“${file}”读不出来，没有登记。`, untitled: '未命名材料',
  digest: '摘要', note: '备注', noteHint: '填写的说明会印在自评报告和自评得分表中，不影响核查结论。',
  waiver: '豁免', waive: '登记豁免', unwaive: '撤回豁免', waiverHint: '经批准暂不考核的指标，期限内不列入得分和满分。理由、批准单位、期限三项都填才生效，到期后照常核查。',
  reason: '理由', by: '批准单位', until: '期限（当日有效）', expired: (until: string) => `已于 ${until} 到期，照常核查。`, incomplete: '三项没有填全，还不生效。',
};

export type EvidenceWords = typeof zh;

const en: EvidenceWords = {
  title: 'Evidence and notes', fold: 'Close', wanted: 'Evidence wanted: ',
  evidence: 'Evidence', papers: (n) => (n === 1 ? '1 document' : `${n} documents`), none: 'No document is listed yet.', add: 'Add a document', drop: 'Files can be dropped here. Only a digest is computed, on this computer; the file is neither uploaded nor kept.',
  columns: { name: 'Document', number: 'Number', date: 'Date', pages: 'Pages' },
  file: 'File', choose: 'Choose a file', verify: 'Verify a file', remove: 'Remove', forgetFile: 'Forget the file',
  item: (n) => `Document ${n}`,
  working: (percent) => `Computing the digest, ${percent}%`,
  same: (file) => `“${file}” is what was listed.`, other: (file) => `“${file}” is not what was listed: it was changed, or is another file.`, useIt: 'List this file instead',
  known: (file, name) => `“${file}” is “${name}” as listed, byte for byte.`, unreadable: (file) => `“${file}” cannot be read and was not listed.`, untitled: 'untitled',
  digest: 'Digest', note: 'Note', noteHint: 'Printed in the self-assessment report and the score sheet; it changes no verdict.',
  waiver: 'Waiver', waive: 'Enter a waiver', unwaive: 'Withdraw the waiver', waiverHint: 'For what was let off for a time; it then counts neither in the score nor in the full marks. It holds once reason, authority and last day are given, and is judged again after that day.',
  reason: 'Reason', by: 'Granted by', until: 'Until (that day included)', expired: (until) => `It ended on ${until}; the indicator is judged.`, incomplete: 'Not all three are given; it does not hold yet.',
};

export function evidenceWords(lang: Lang): EvidenceWords {
  return lang === 'en' ? en : zh;
}
