/** The words of the tab Excel 往来, Chinese first, English beside it. */
import type { Lang } from '../../../src/wasm.d.ts';
import type { SheetProblem } from '../../../src/wasm/office.d.ts';

const zh = {
  title: 'Excel 往来',
  out: '发出填报表', outHint: '表中有数据项、单位、填报说明和下拉选项，只有填报格可以改；填好后从下面读回。',
  forWhom: '填报单位', all: '全部单位（一份总表）', filled: '带上已填的数据、结论和原因',
  download: '下载填报表', downloadEach: (n: number) => `各单位各一份（${n} 份，zip）`,
  fileName: '填报表', whole: '全部', writing: '正在生成……', written: (name: string) => `已生成 ${name}。`,
  in: '读回填报表', drop: '把文件拖到这里，或点此选择', dropHint: '可一次放入多个文件：.xlsx、.xls、.ods、.csv；本系统的填报表、单位自制的表和导出的数据文件（.json）都能读，逐项合并。文件只在本机读，不上传。',
  dropNow: '松开即可读入', locked: '本页只读，不能读入。',
  loading: '正在取读写表格的模块（约 0.8 MB，首次使用时取一次）……', reading: (file: string, n: number, all: number) => `正在读第 ${n} / ${all} 个文件：${file}`,
  files: '读到的文件', kinds: { form: '填报表', table: '自制表', data: '数据文件', none: '没有读到数据' } as Record<string, string>,
  values: (n: number) => `${n} 项数据`, of: (department: string) => `${department}`, remove: '移去', failed: '没能读入',
  problems: (n: number) => `${n} 处要看`, severity: { error: '没有读入', warning: '请核对', note: '说明' } as Record<SheetProblem['severity'], string>,
  moreProblems: (n: number) => `其余 ${n} 处`,
  conflicts: '数值不一致，请逐项选定', conflictsHint: '同一项数据在几个文件里，或与已填的不同；已填的在填报表里空着，也要选定。选定哪个，就读入哪个。', empty: '（空，不填）',
  part: { evidence: '佐证材料：', note: '备注：' } as Record<string, string>,
  settledOf: (settled: number, all: number) => `已选定 ${settled} / ${all}`,
  allFrom: (file: string) => `全部按“${file}”`, allEntered: '全部保留已填的', entered: '已填', sheet: (sheet: string, cell: string) => (sheet === '' ? cell : `${sheet} ${cell}`),
  doubts: (n: number) => `读入后有 ${n} 处要核对`,
  waiver: { reason: '豁免理由', by: '批准', until: '至' } as Record<string, string>,
  result: '读入', sums: (added: number, altered: number, same: number) => `新增 ${added} 项，改动 ${altered} 项，相同 ${same} 项`,
  take: (n: number) => `读入这 ${n} 项`, settleFirst: (n: number) => `还有 ${n} 项要选定`, nothing: '没有要读入的数据', cancel: '不读入，清空',
  severalDrafts: '这是“导出全部草稿”的文件，请单独导入。', tasksStay: (n: number) => `整改 ${n} 行没有并入，要用请到“整改”里用“带入上一轮清单”选这个文件`,
  taken: (files: number, added: number, altered: number) => `已从 ${files} 个文件读入 ${added + altered} 项数据（新增 ${added} 项，改动 ${altered} 项），可以撤销。`,
};

export type TableWords = typeof zh;

const en: TableWords = {
  title: 'Excel in and out',
  out: 'Send forms out', outHint: 'The sheets hold items, units, help and choices; only the cells to fill in can be changed. Read them back below.',
  forWhom: 'For', all: 'All departments (one workbook)', filled: 'With what is entered, verdicts and reasons',
  download: 'Download the form', downloadEach: (n) => `One for each department (${n}, zip)`,
  fileName: 'form', whole: 'all', writing: 'Writing…', written: (name) => `${name} is written.`,
  in: 'Read forms back', drop: 'Drop files here, or choose them', dropHint: 'Several at once: .xlsx, .xls, .ods, .csv; our forms, tables of a department’s own, and exported data files (.json), merged value by value. Files are read on this computer and sent nowhere.',
  dropNow: 'Let go to read them', locked: 'This page is read-only.',
  loading: 'Fetching the module for spreadsheets (about 0.8 MB, once)…', reading: (file, n, all) => `Reading file ${n} of ${all}: ${file}`,
  files: 'Files', kinds: { form: 'form', table: 'table', data: 'data file', none: 'no data found' },
  values: (n) => `${n} ${n === 1 ? 'value' : 'values'}`, of: (department) => department, remove: 'Remove', failed: 'Not read',
  problems: (n) => `${n} to look at`, severity: { error: 'Not taken', warning: 'Please check', note: 'Note' },
  moreProblems: (n) => `${n} more`,
  conflicts: 'Values that differ: choose one each', conflictsHint: 'The same item differs between files, or from what is entered, or is empty in a form though it is entered. What you choose is taken.', empty: '(empty)',
  part: { evidence: 'Evidence: ', note: 'Note: ' },
  settledOf: (settled, all) => `${settled} of ${all} chosen`,
  allFrom: (file) => `All as in “${file}”`, allEntered: 'Keep all that is entered', entered: 'Entered', sheet: (sheet, cell) => (sheet === '' ? cell : `${sheet} ${cell}`),
  doubts: (n) => `${n} to check once this is taken`,
  waiver: { reason: 'waived', by: 'by', until: 'until' },
  result: 'Take over', sums: (added, altered, same) => `${added} new, ${altered} changed, ${same} the same`,
  take: (n) => `Take these ${n} over`, settleFirst: (n) => `${n} still to choose`, nothing: 'Nothing to take over', cancel: 'Discard',
  severalDrafts: 'This file holds all drafts of a computer: import it by itself.', tasksStay: (n) => `rectification of ${n} stayed out: bring it in from this file on the tab Rectification`,
  taken: (files, added, altered) => `${added + altered} values taken from ${files} ${files === 1 ? 'file' : 'files'} (${added} new, ${altered} changed); this can be undone.`,
};

export function tableWords(lang: Lang): TableWords {
  return lang === 'en' ? en : zh;
}
