/** The tabs of the desk, in the order of the work. */
import type { Tab } from './view';

export const FORM = 'form';

export const tabs: readonly Tab[] = [
  { id: FORM, word: (words) => words.tabs.form },
];
