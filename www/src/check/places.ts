/** Places in the form: where a data problem belongs, and the input that stands for a path. */
import type { DataProblem } from '../../../src/wasm.d.ts';
import { splitPath, type Layout } from '../work/entry';

/** Data problems by the places they concern; those that are said elsewhere are left out. */
export function placed(problems: readonly DataProblem[], layout: Layout, elsewhere: readonly DataProblem['code'][]): ReadonlyMap<string, readonly DataProblem[]> {
  const map = new Map<string, DataProblem[]>();
  for (const problem of problems) {
    if (elsewhere.includes(problem.code)) continue;
    const known = problem.fields.filter((path) => layout.fields.has(splitPath(path)[0]) || layout.parameters.has(path));
    for (const path of known.length > 0 ? known : ['']) map.set(path, [...(map.get(path) || []), problem]);
  }
  return map;
}

/** Where problems stand of data that is not shown. */
export const HIDDEN = ':hidden';

/** The same with what concerns data that is not shown under `HIDDEN`. */
export function shownOf(problems: ReadonlyMap<string, readonly DataProblem[]>, shows: (path: string) => boolean): ReadonlyMap<string, readonly DataProblem[]> {
  const map = new Map<string, readonly DataProblem[]>();
  for (const [path, all] of Array.from(problems)) {
    const place = path === '' || shows(path) ? path : HIDDEN;
    map.set(place, [...(map.get(place) || []), ...all.filter((one) => !(map.get(place) || []).includes(one))]);
  }
  return map;
}

export function placeOf(path: string, root: ParentNode): HTMLElement | undefined {
  const places = Array.from(root.querySelectorAll<HTMLElement>('[data-path]'));
  return places.find((place) => place.dataset['path'] === path)
    // A list as a whole, or a yes-no by one of its values: the first input of that field.
    || places.find((place) => splitPath(place.dataset['path'] || '')[0] === splitPath(path)[0]);
}

/** So much stands above and below a passing word that sticks to the top. */
const AROUND_PX = 16;

/** What else sticks to the top begins below a passing word, which so covers no score. */
export function makeRoom(root: ParentNode): void {
  const desk = root.querySelector<HTMLElement>('.desk');
  const notices = root.querySelector('.notices');
  if (desk === null || notices === null) return;
  // Where a bar sticks, the element's own words stand below it already.
  const above = !desk.classList.contains('medium') && !desk.classList.contains('narrow');
  const { height } = notices.getBoundingClientRect();
  if (above && height > 0) desk.style.setProperty('--toast', `${Math.ceil(height) + AROUND_PX}px`);
  else desk.style.removeProperty('--toast');
}

export function focusOn(place: HTMLElement | undefined, block: ScrollLogicalPosition): void {
  if (place === undefined) return;
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block });
}
