/** The tabs of the desk, in the order of the work. */
import { help } from './tab-help';
import { papers } from './tab-papers';
import { result } from './tab-result';
import { tables } from './tab-tables';
import { tasks } from './tab-tasks';
import type { Tab } from './view';

export const FORM = 'form';
export const TABLES = 'tables';

export const tabs: readonly Tab[] = [
  { id: FORM, word: (words) => words.tabs.form },
  { id: 'result', word: (words) => words.tabs.result, view: result },
  { id: TABLES, word: (words) => words.tabs.tables, view: tables },
  { id: 'tasks', word: (words) => words.tabs.tasks, view: tasks },
  { id: 'papers', word: (words) => words.tabs.papers, view: papers },
  { id: 'help', word: (words) => words.tabs.help, view: help },
];
