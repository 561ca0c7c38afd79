/** What a tab remembers of its own while the page is open: filters and choices, apart for each desk. Never data. */
import type { Work } from '../work/work';

/** The state of one tab; `set` shows what changed. */
export function remembered<T extends object>(initial: T): (view: { readonly work: Work; refresh(): void }) => { readonly now: T; set(change: Partial<T>): void } {
  const states = new WeakMap<Work, T>();
  return ({ work, refresh }) => ({
    now: states.get(work) || initial,
    set: (change) => { states.set(work, { ...(states.get(work) || initial), ...change }); refresh(); },
  });
}
