/** Days as `YYYY-MM-DD`, by this computer's calendar. */

/** For date inputs: without a last day Chromium takes years of six digits, so that 20230501 typed in one go becomes the year 202305. */
export const LAST_DAY = '9999-12-31';

export function isDate(text: string | null | undefined): text is string {
  if (text === null || text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

export function localDate(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
