/** What the framed page and the page around say to each other. Whoever reads one checks window and origin first. */
import type { Value } from './value';

export type Message =
  /** From the page around: who asks may hear. */
  | { readonly duibiao: 'greeting' }
  /** From the framed page: it has just begun, and waits to be greeted. */
  | { readonly duibiao: 'ready' }
  | { readonly duibiao: 'height'; readonly height: number }
  | { readonly duibiao: 'value'; readonly value: Value };

export function isMessage(data: unknown): data is Message {
  return typeof data === 'object' && data !== null && typeof (data as { duibiao?: unknown }).duibiao === 'string';
}

export const isHeight = (value: unknown): value is number => typeof value === 'number' && isFinite(value) && value > 0;
