/** Where a score stands to the lines of its scheme: read here once, so that the page and the papers never say two things. */
import type { ChapterScore, Score, Standard } from '../../../src/wasm.d.ts';
import { between, chapterPlaces, shown } from './figure';
import type { Words } from './wording';

/** `holds` is absent while it is open. */
export interface Told { readonly holds: boolean | undefined }

/** Whether all holds that the scheme asks; undefined where it asks nothing, or has no line yet and nothing else fails it. */
export function conclusionOf({ pass, passes }: Score): Told | undefined {
  return pass === undefined || (pass.line === undefined && passes === undefined) ? undefined : { holds: passes };
}

/** `符合达标条件`, with the word for what is open. */
export function toldAs({ holds }: Told, words: Words, [yes, no]: readonly [string, string]): string {
  return holds === undefined ? words.open : holds ? yes : no;
}

/** Chapters against their floors, and which miss it; undefined where there are none, or they are not set. */
export function floorsOf({ chapters }: Score): Told & { readonly below: readonly ChapterScore[] } | undefined {
  if (chapters.every(({ floor, floor_line }) => floor === undefined && floor_line === undefined)) return undefined;
  const below = chapters.filter(({ floor }) => floor === false);
  return { holds: below.length > 0 ? false : chapters.every(({ floor }) => floor === true) ? true : undefined, below };
}

/** `环境卫生 12.1，要求 13.3`: what a chapter has, and what its floor asks. */
export function belowText(one: ChapterScore, { chapters }: Standard, words: Words): string {
  const { title } = chapters.find(({ id }) => id === one.chapter) || { title: one.chapter };
  const places = chapterPlaces(one);
  return one.floor_line === undefined ? title : words.below(title, between(one.low, one.high, places), shown(one.floor_line, places));
}

/** The grade, or the range in which it lies. */
export function gradeText({ low, high }: NonNullable<Score['grade']>, { noGrade }: Words): string {
  return low === high ? low || noGrade : `${low || noGrade}–${high || noGrade}`;
}
