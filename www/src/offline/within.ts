/**
 * What the single file does before the page begins: it hands over the files inside, and makes the policy strict.
 *
 * Each file is a data block, `<script type="application/octet-stream" data-name="…">` with base64 as its text,
 * which no browser reads as a program.
 */
import { bring, decodeBase64 } from '../work/brought';

for (const block of Array.from(document.querySelectorAll<HTMLScriptElement>('script[type="application/octet-stream"]'))) {
  const { name } = block.dataset;
  if (name !== undefined) bring(name, () => decodeBase64(block.textContent || ''));
}

// WebAssembly in Chromium before 97 needs 'unsafe-eval', so the file allows it. Policies add up to the strictest:
// browsers that know 'wasm-unsafe-eval' (these have `toSorted`, which all of them got later) get one without.
if ('toSorted' in Array.prototype) {
  const given = document.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]');
  if (given !== null) {
    const strict = document.createElement('meta');
    strict.httpEquiv = 'Content-Security-Policy';
    strict.content = given.content.replace(" 'unsafe-eval'", '');
    document.head.append(strict);
  }
}
