/** The words around the papers, Chinese first, English beside it. */
import type { Lang } from '../../../src/wasm.d.ts';

const zh = {
  title: '上报材料', hint: '先选一种材料，再打印或导出。内容随填报实时更新，全部在本机生成。',
  which: '材料', unit: '责任单位', allUnits: '全部单位',
  print: '打印', word: '导出 Word', excel: '导出 Excel', making: '正在生成……', made: (name: string) => `已生成“${name}”。`,
  printHint: '打印时选 A4；要存成 PDF，打印机选“另存为 PDF”。',
  preview: (n: number) => (n > 1 ? `预览（共 ${n} 份）` : '预览'), noSlips: '没有要交办的事项。', failed: (word: string) => `没能生成（${word}），可以改用打印。`,
};

export type PapersWords = typeof zh;

const en: PapersWords = {
  title: 'Papers', hint: 'Choose a paper, then print or export it. It follows the data, and is made on this computer.',
  which: 'Paper', unit: 'Department', allUnits: 'All departments',
  print: 'Print', word: 'Export Word', excel: 'Export Excel', making: 'Making it…', made: (name) => `“${name}” is made.`,
  printHint: 'Print on A4; for a PDF choose “Save as PDF” as the printer.',
  preview: (n) => (n > 1 ? `Preview (${n} papers)` : 'Preview'), noSlips: 'Nothing to assign.', failed: (word) => `It could not be made (${word}); printing still works.`,
};

export function papersWords(lang: Lang): PapersWords {
  return lang === 'en' ? en : zh;
}
