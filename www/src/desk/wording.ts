/** The words of the desk, Chinese first, English beside it. */
import type { Lang } from '../../../src/wasm.d.ts';

const zh = {
  views: '工作步骤',
  tabs: { form: '填报核查', tasks: '整改', papers: '上报材料' },
};

export type DeskWords = typeof zh;

const en: DeskWords = {
  views: 'Steps of the work',
  tabs: { form: 'Enter and check', tasks: 'Rectification', papers: 'Papers' },
};

export function deskWords(lang: Lang): DeskWords {
  return lang === 'en' ? en : zh;
}
