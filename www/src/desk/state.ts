/** What a tab remembers of its own while the page is open: filters and choices, apart for each desk. Never data. */
import type { Work } from '../work/work';

/** The state of one tab, anew for each draft; `set` shows what changed. */
export function remembered<T extends object>(initial: T): (view: { readonly work: Work; refresh(): void }) => { readonly now: T; set(change: Partial<T>): void } {
  const states = new WeakMap<Work, { readonly draft: string | undefined; readonly state: T }>();
  return ({ work, refresh }) => {
    const kept = states.get(work);
    const now = kept === undefined || kept.draft !== work.draft ? initial : kept.state;
    return {
      now,
      set: (change) => {
        const latest = states.get(work);
        states.set(work, { draft: work.draft, state: { ...(latest === undefined || latest.draft !== work.draft ? initial : latest.state), ...change } });
        refresh();
      },
    };
  };
}
