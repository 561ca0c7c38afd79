/** Why the total is not the plain sum of the chapters: the scheme weighs them, or scales what applies to full marks. */
import type { Score } from '../../../src/wasm.d.ts';
import { difference, sumOf } from './figure';

/** What the chapters add up to, where the score is made of it by more than adding; undefined where it is their sum, and for a part that has none. */
export function scaledFrom({ low, high, full, chapters, bonus, penalty }: Score): { readonly low: string; readonly high: string; readonly full: string } | undefined {
  if (chapters.length === 0) return undefined;
  const [lows, highs, fulls] = [sumOf(chapters.map((one) => one.low)), sumOf(chapters.map((one) => one.high)), sumOf(chapters.map((one) => one.full))];
  if (lows === undefined || highs === undefined || fulls === undefined) return undefined;
  const end = (base: string, more: string, less: string): string | undefined => difference(less, sumOf([base, more]) || '');
  const plain = fulls === full
    && end(lows, bonus === undefined ? '0' : bonus.low, penalty === undefined ? '0' : penalty.high) === low
    && end(highs, bonus === undefined ? '0' : bonus.high, penalty === undefined ? '0' : penalty.low) === high;
  return plain ? undefined : { low: lows, high: highs, full: fulls };
}
