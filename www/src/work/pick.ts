/** Inputs for files, which cannot be shown as buttons: a button stands before each and opens it. */

export function pick(event: Event): void {
  const input = (event.currentTarget as Element).nextElementSibling;
  if (input instanceof HTMLInputElement) input.click();
}

/** What was chosen. The input is emptied: the same file may be chosen again after it was mended. */
export function picked(event: Event): readonly File[] {
  const input = event.target as HTMLInputElement;
  const files = Array.from(input.files || []);
  input.value = '';
  return files;
}
