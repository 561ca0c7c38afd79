/** A button that stands before the input for files which it opens: that one cannot be shown as a button. */
export function pick(event: Event): void {
  const input = (event.currentTarget as Element).nextElementSibling;
  if (input instanceof HTMLInputElement) input.click();
}
