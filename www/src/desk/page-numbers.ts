/**
 * Papers that are printed together are documents of their own: each numbers its pages from 1. The browser numbers the pages of one
 * print; a page with a name of its own has a counter of its own. Such rules count in the document alone, not in an element.
 */
import { css, unsafeCSS } from 'lit';

/** More papers than these go on numbering after each other. */
const MOST = 60;
const each = (rule: (n: number) => string): string => Array.from({ length: MOST }, (_, i) => rule(i + 1)).join('\n');

export const numberedPapers = css`@media print { ${unsafeCSS(each((n) => `.paper.nth-${n} { page: nth-${n}; }`))} }`;

let numbered = false;

/** Once for the document; a browser without such sheets numbers all pages through. */
export function numberEach(): void {
  if (numbered || !('adoptedStyleSheets' in document)) return;
  numbered = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(each((n) => `@page nth-${n} { counter-increment: nth-${n}; @bottom-center { content: '— ' counter(nth-${n}) ' —'; font: 10pt serif; } }`));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
