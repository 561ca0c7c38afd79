/**
 * What the build makes for use without a server: the page as one file that opens by double click,
 * and the list of files that the service worker keeps.
 */
import { createHash } from 'node:crypto';
import type { Plugin, Rolldown } from 'vite';

type Bundle = Rolldown.OutputBundle;

/** The files that the page of this name loads, at first or later. */
export function filesOf(bundle: Bundle, page: string): readonly string[] {
  const names = new Set<string>();
  const take = (name: string): void => {
    if (names.has(name)) return;
    names.add(name);
    const chunk = bundle[name];
    if (chunk === undefined || chunk.type !== 'chunk') return;
    for (const other of [...chunk.imports, ...chunk.dynamicImports]) take(other);
    const { importedCss = new Set(), importedAssets = new Set() } = (chunk as { viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> } }).viteMetadata ?? {};
    for (const other of [...importedCss, ...importedAssets]) names.add(other);
  };
  for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk' && chunk.isEntry && chunk.name === page) take(chunk.fileName);
  return [...names].sort();
}

export interface Inside { readonly name: string; readonly bytes: Uint8Array }

/** One HTML file from the page's source: `script`, `style` and `old`, which tells browsers that cannot run the script, inline, allowed by their digests alone, and the files as data blocks. */
export function singleFile(page: string, script: string, old: string, style: string, icon: string, inside: readonly Inside[]): string {
  // The words that end a script, or begin another in it, may stand in its texts.
  const program = script.replace(/<(?=\/?script)/gi, '\\x3c').replace(/\r\n?/g, '\n').trim();
  const early = old.trim();
  const look = style.trim();
  const digest = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const policy = `default-src 'none'; script-src ${digest(program)} ${digest(early)} 'wasm-unsafe-eval' 'unsafe-eval'; style-src ${digest(look)}; img-src data:; base-uri 'none'; form-action 'none'`;
  const blocks = inside.map(({ name, bytes }) => `<script type="application/octet-stream" data-name="${name}">${Buffer.from(bytes).toString('base64')}</script>`);
  const exchange = (html: string, part: RegExp, by: string): string => {
    if (!part.test(html)) throw new Error(`the page has no ${part}`);
    return html.replace(part, () => by);
  };
  let html = page;
  html = exchange(html, /(?<=Content-Security-Policy" content=")[^"]*/, policy);
  html = exchange(html, /<link rel="icon"[^>]*>/, `<link rel="icon" href="data:image/svg+xml;base64,${Buffer.from(icon).toString('base64')}">`);
  html = exchange(html, /\s*<link rel="manifest"[^>]*>/, '');
  html = exchange(html, /<link rel="stylesheet"[^>]*>/, `<style>${look}</style>`);
  html = exchange(html, /<script src="[^"]*old\.js"[^>]*><\/script>/, `<script>${early}</script>`);
  html = exchange(html, /\s*<script type="module"[^>]*><\/script>/, '');
  return exchange(html, /(?=\s*<\/body>)/, `\n${[...blocks, `<script>${program}</script>`].join('\n')}`);
}

/** Tells the list of the page's files to whoever builds the service worker. */
export function filesPlugin(page: string, take: (files: readonly string[]) => void): Plugin {
  return { name: 'duibiao-files', apply: 'build', writeBundle: (_, bundle) => take(filesOf(bundle, page)) };
}
