/** Problems as the editor marks them: places from characters to positions, messages to what a pointer finds. */
import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { Problem } from '../../../src/wasm/studio.d.ts';
import { words as ui } from './wording';

/** Where a problem stands in its file. Lines that are gone since count as the last. */
export function span(doc: Text, problem: Problem): { from: number; to: number } {
  if (problem.line === 0) return { from: 0, to: 0 };
  const line = doc.line(Math.min(problem.line, doc.lines));
  // The compiler counts characters, the editor UTF-16 units.
  const chars = Array.from(line.text);
  const start = chars.slice(0, Math.max(0, problem.column - 1)).join('').length;
  const length = chars.slice(Math.max(0, problem.column - 1), problem.column - 1 + problem.length).join('').length;
  const from = Math.min(line.from + start, line.to);
  return { from, to: Math.min(from + Math.max(length, 1), line.to) };
}

export function diagnostics(doc: Text, problems: readonly Problem[]): Diagnostic[] {
  const found = problems.map((problem): Diagnostic => {
    const { from, to } = span(doc, problem);
    const { edit } = problem;
    return {
      from, to,
      severity: problem.warning ? 'warning' : 'error',
      source: problem.code,
      message: lines(problem).join('\n'),
      renderMessage: () => message(problem),
      ...(edit === null ? {} : {
        actions: [{ name: ui.changeTo(edit), apply: (view, start, end) => view.dispatch({ changes: { from: start, to: end, insert: edit }, userEvent: 'input.fix' }) }],
      }),
    };
  });
  return found.sort((a, b) => a.from - b.from || a.to - b.to);
}

/** What happened, what exists, what to try. */
export function lines({ message: what, exists, advice }: Problem): string[] {
  const text = (part: Text_ | null): string => (part === null ? '' : part.zh);
  return [what.zh, text(exists), advice === null ? '' : `${ui.advice}：${advice.zh}`].filter((line) => line !== '');
}
type Text_ = Problem['message'];

function message(problem: Problem): HTMLElement {
  const box = document.createElement('div');
  lines(problem).forEach((line, i) => {
    const part = document.createElement(i === 0 ? 'strong' : 'div');
    part.textContent = line;
    box.append(part);
  });
  return box;
}
