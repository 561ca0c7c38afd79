/** The words of the desk, Chinese first, English beside it. */
import type { Lang } from '../../../src/wasm.d.ts';

const zh = {
  views: '工作步骤',
  tabs: { form: '填报核查', result: '结果分析', tables: 'Excel 往来', tasks: '整改', papers: '上报材料', help: '使用说明' },
};

export type DeskWords = typeof zh;

const en: DeskWords = {
  views: 'Steps of the work',
  tabs: { form: 'Enter and check', result: 'Result', tables: 'Excel in and out', tasks: 'Rectification', papers: 'Papers', help: 'Help' },
};

export function deskWords(lang: Lang): DeskWords {
  return lang === 'en' ? en : zh;
}
