/** The words of search, filters and pasting in the form, Chinese first, English beside it. */
import type { Lang } from '../../../src/wasm.d.ts';

const zh = {
  find: '查找指标和数据', placeholder: '查找指标、数据、条款', keys: '按 / 键到这里，回车到第一项，Esc 清除',
  unit: '责任单位', allUnits: '全部责任单位', lacking: '只看待填', paste: '从 Excel 粘贴',
  found: (indicators: number, fields: number) => `${indicators} 项指标，${fields} 项数据。`, none: '没有找到，请换个说法或显示全部。',
  filled: (n: number) => `其中 ${n} 项已填好。`, again: '更新列表', showAll: '显示全部',

  pasteTitle: '从 Excel 粘贴', pasteHint: '在 Excel 或 WPS 里选中一块复制，粘贴到下面。可以是一列数、“名称＋数”两列，或带表头的一整块。',
  pasteHere: '粘贴的内容', how: '对应方式', byName: '按名称对应', inTurn: (label: string) => `从“${label}”起依次填入`, column: '数值在', nth: (n: number, head: string) => `第 ${n} 列${head === '' ? '' : `（${head}）`}`,
  row: '行', given: '粘贴的名称', place: '填到', before: '现值', after: '新值',
  unknown: '没有叫这个的数据', same: '没有变化', empty: '空', twice: '前面已有', ambiguous: '同名不止一项', which: '有几行数，请只粘贴一行',
  asks: '有几列数，请先选定数值在哪一列。', choose: '请选定数值列', unitDiffers: (unit: string, own: string) => `单位是${unit}，这里填${own === '' ? '数' : own}，请核对`, doubts: (n: number) => `${n} 项单位不同，已把单位写在数后，请核对。`,
  willFill: (n: number) => `填入 ${n} 项`, nothing: '没有可填的内容', left: (n: number) => `${n} 行对不上，不填。`, cancel: '取消',
  pasted: (n: number) => `已填入 ${n} 项，可以撤销。`,
  undone: (label: string) => `已撤销：${label}`, redone: (label: string) => `已重做：${label}`, goThere: '转到', changes: (n: number) => `${n} 处改动`,
};

export type FindWords = typeof zh;

const en: FindWords = {
  find: 'Find indicators and data', placeholder: 'Find indicator, data, clause', keys: '/ comes here, Enter goes to the first, Esc clears',
  unit: 'Department', allUnits: 'All departments', lacking: 'Only what is lacking', paste: 'Paste from Excel',
  found: (indicators, fields) => `${indicators} indicators, ${fields} data.`, none: 'Nothing found. Try other words, or show all.',
  filled: (n) => ` ${n} of them filled in.`, again: 'Update the list', showAll: 'Show all',

  pasteTitle: 'Paste from Excel', pasteHint: 'Copy a block in Excel or WPS and paste it below: a column of figures, names and figures, or a whole block with its heads.',
  pasteHere: 'What is pasted', how: 'How it is placed', byName: 'By name', inTurn: (label) => `One after another from “${label}”`, column: 'Figures are in', nth: (n, head) => `column ${n}${head === '' ? '' : ` (${head})`}`,
  row: 'Row', given: 'Name as pasted', place: 'Goes to', before: 'Now', after: 'New',
  unknown: 'no data of this name', same: 'no change', empty: 'empty', twice: 'given before', ambiguous: 'several of this name', which: 'several rows of figures; paste one of them',
  asks: 'Several columns hold figures: choose the one to take.', choose: 'Choose the column', unitDiffers: (unit, own) => `given in ${unit}, wanted ${own === '' ? 'without a unit' : `in ${own}`}; please check`, doubts: (n) => `${n} in another unit, which was put behind the figure; please check. `,
  willFill: (n) => `Fill in ${n}`, nothing: 'Nothing to fill in', left: (n) => `${n} rows fit nowhere and are left out.`, cancel: 'Cancel',
  pasted: (n) => `${n} values filled in. Undo is possible.`,
  undone: (label) => `Undone: ${label}`, redone: (label) => `Redone: ${label}`, goThere: 'Go there', changes: (n) => `${n} ${n === 1 ? 'change' : 'changes'}`,
};

export function findWords(lang: Lang): FindWords {
  return lang === 'en' ? en : zh;
}
