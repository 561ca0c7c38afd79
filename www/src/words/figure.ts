/**
 * Figures as shown. Exact decimals arrive as strings (`"93"`, `"515/6"`); here they are only
 * subtracted and shortened for the eye. Nothing is decided here.
 */

import type { ChapterScore, Score } from '../../../src/wasm.d.ts';

interface Exact { readonly units: bigint; readonly scale: number }

function read(text: string): Exact | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return undefined;
  const fraction = match[3] || '';
  return { units: BigInt(`${match[1]}${match[2]}${fraction}`), scale: fraction.length };
}

function write(units: bigint, scale: number): string {
  const negative = units < BigInt(0);
  const digits = String(negative ? -units : units).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** `b − a` of two decimals; undefined where one of them has no finite decimal form. */
export function difference(a: string, b: string): string | undefined {
  const [x, y] = [read(a), read(b)];
  if (x === undefined || y === undefined) return undefined;
  const scale = Math.max(x.scale, y.scale);
  const lift = (value: Exact): bigint => BigInt(`${value.units}${'0'.repeat(scale - value.scale)}`);
  return write(lift(y) - lift(x), scale);
}

/** The sum of decimals; undefined where one of them has no finite decimal form. */
export function sumOf(texts: readonly string[]): string | undefined {
  return texts.reduce<string | undefined>((sum, text) => (sum === undefined ? undefined : difference(text.startsWith('-') ? text.slice(1) : text === '0' ? '0' : `-${text}`, sum)), '0');
}

/** In how many places points and their line are shown, so that what differs looks different. */
export function placesOf(texts: readonly (string | undefined)[]): number {
  const exact = texts.filter((text): text is string => text !== undefined);
  const same = (places: number): boolean => exact.some((a, i) => exact.slice(i + 1).some((b) => a !== b && shown(a, places) === shown(b, places)));
  let places = 2;
  while (places < 12 && same(places)) places += 1;
  return places;
}

/** Those of a score beside its line, or of a chapter beside its floor. */
export const scorePlaces = ({ low, high, pass }: Pick<Score, 'low' | 'high' | 'pass'>): number => placesOf([low, high, pass === undefined ? undefined : pass.line]);
export const chapterPlaces = ({ low, high, floor_line }: Pick<ChapterScore, 'low' | 'high' | 'floor_line'>): number => placesOf([low, high, floor_line]);

/** `3`, `2.5–3`: where a score lies, for the eye. */
export function between(low: string, high: string, digits = 2): string {
  const [from, to] = [shown(low, digits), shown(high, digits)];
  return from === to ? from : `${from}–${to}`;
}

/** A decimal or a fraction for the eye: at most `digits` places, half to even; more where nothing but zeros would be left. */
export function shown(text: string, digits = 2): string {
  const fraction = /^(-?\d+)\/(\d+)$/.exec(text);
  const exact = read(text);
  if (fraction === null && (exact === undefined || exact.scale <= digits)) return text;
  const over = fraction !== null ? BigInt(fraction[1] || '0') : exact === undefined ? BigInt(0) : exact.units;
  const under = fraction !== null ? BigInt(fraction[2] || '1') : BigInt(`1${'0'.repeat(exact === undefined ? 0 : exact.scale)}`);
  const rounded = halfEven(over, under, digits);
  return rounded === BigInt(0) && over !== BigInt(0) && digits < 12 ? shown(text, digits + 1) : write(rounded, digits);
}

function halfEven(over: bigint, under: bigint, digits: number): bigint {
  const zero = BigInt(0);
  const scaled = BigInt(`${over < zero ? -over : over}${'0'.repeat(digits)}`);
  const floor = scaled / under;
  const twice = (scaled - floor * under) * BigInt(2);
  const up = twice > under || (twice === under && floor % BigInt(2) !== zero);
  const size = up ? floor + BigInt(1) : floor;
  return over < zero ? -size : size;
}

/** A figure as a plain number, for sorting and for lengths on the screen only. */
export function rough(text: string | undefined): number {
  if (text === undefined) return 0;
  const parts = text.split('/');
  return Number(parts[0]) / Number(parts[1] || 1);
}
