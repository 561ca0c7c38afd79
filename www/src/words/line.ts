/** Lines of a standard in words. */
import type { Report } from '../../../src/wasm.d.ts';
import type { Words } from './wording';

/** Until or from when a line has values, where it has none on the date of the check; otherwise empty. */
export function datesOf({ out_of_force }: Report, id: string, words: Words): string {
  const line = (out_of_force || []).find(({ parameter }) => parameter === id);
  return line === undefined ? '' : words.outOfForce(line.until, line.from);
}
