/**
 * `vite build www` makes of the same sources in `www/dist`: the page and the studio, with the examples and the
 * standard beside them, and then the classic script for portals (mode `script`, with glue and module inside), the page as
 * one file (mode `single`) and the service worker (mode `service`).
 * All take the modules from `target/module`, where the Rust build leaves them.
 */
import { createHash } from 'node:crypto';
import { cpSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, defineConfig, type Plugin, type Rolldown } from 'vite';
import { filesPlugin, singleFile } from './offline.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const built = (name: string): string => here(`../target/module/${name}`);

const modules: Record<string, string> = {
  'duibiao-module': built('duibiao.js'),
  'duibiao-module/address?url': `${built('duibiao_bg.wasm')}?url`,
  'duibiao-studio': built('studio.js'),
  'duibiao-studio/address?url': `${built('studio_bg.wasm')}?url`,
};

/** The glue of wasm-bindgen, without its default address: we always hand it a compiled module. */
function glue(): Plugin {
  const bytes = '\0duibiao-module/bytes';
  return {
    name: 'duibiao-glue',
    enforce: 'pre',
    resolveId: (id) => (id === 'duibiao-module/bytes' ? bytes : modules[id] || null),
    load: (id) => (id === bytes ? `export default ${JSON.stringify(readFileSync(built('duibiao_bg.wasm'), 'base64'))}` : null),
    transform: (code, id) =>
      id === built('duibiao.js') || id === built('studio.js') ? code.replace(/new URL\([^()]*import\.meta\.url\)/g, 'undefined') : null,
  };
}

const STANDARD = 'changzhou-2023.wasm';
const EXAMPLE = 'example-changzhou-2023.json';

/** What lies beside the page: the examples, untouched, as a portal's webmaster would write them; the standard; the other outputs. */
function beside(): Plugin[] {
  let files: readonly string[] = [];
  return [filesPlugin('index', (names) => { files = names; }), {
    name: 'duibiao-beside',
    apply: 'build',
    async closeBundle() {
      cpSync(here('examples'), here('dist/examples'), { recursive: true });
      copyFileSync(built(STANDARD), here(`dist/${STANDARD}`));
      await mode('script');
      await oneFile();
      await service([...files, 'index.html', STANDARD, EXAMPLE, 'manifest.webmanifest', 'icon.svg', 'icon-192.png']);
    },
  }];
}

const mode = (name: string, define: Record<string, string> = {}) => build({ configFile: here('vite.config.ts'), mode: name, define });

/** The page with everything inside, for a double click. */
async function oneFile(): Promise<void> {
  const { output } = [await mode('single')].flat()[0] as Rolldown.RolldownOutput;
  const script = output.filter((part) => part.type === 'chunk').map(({ code }) => code);
  const styles = output.filter((part) => part.type === 'asset' && part.fileName.endsWith('.css')).map((part) => String((part as Rolldown.OutputAsset).source));
  if (script.length !== 1 || styles.length !== 1) throw new Error('the single file takes one script and one style sheet');
  const inside = [{ name: STANDARD, bytes: readFileSync(built(STANDARD)) }, { name: EXAMPLE, bytes: readFileSync(here(`public/${EXAMPLE}`)) }];
  const html = singleFile(readFileSync(here('index.html'), 'utf8'), script.join(''), styles.join(''), readFileSync(here('public/icon.svg'), 'utf8'), inside);
  writeFileSync(here('dist/duibiao-changzhou-2023.html'), html);
}

/** The service worker, which knows the files of this build. */
async function service(files: readonly string[]): Promise<void> {
  const digest = createHash('sha256');
  for (const name of files) digest.update(name).update(readFileSync(here(`dist/${name}`)));
  await mode('service', { BUILD: JSON.stringify(digest.digest('hex').slice(0, 16)), FILES: JSON.stringify(files), WATCHED: JSON.stringify([STANDARD, EXAMPLE]) });
}

/** The outputs that are one classic script each: where they begin and what they are called. */
const scripts: Record<string, { readonly entry: string; readonly name: string; readonly write: boolean }> = {
  script: { entry: 'src/portal/script.ts', name: 'duibiao-check.js', write: true },
  single: { entry: 'src/offline/single.ts', name: 'single.js', write: false },
  service: { entry: 'src/offline/service.ts', name: 'sw.js', write: true },
};

export default defineConfig(({ mode: which }) => {
  const script = scripts[which];
  return {
    root: here('.'),
    base: './',
    plugins: script === undefined ? [glue(), beside()] : [glue()],
    // The compiler's thread takes its module from the same place.
    worker: { format: 'es', plugins: () => [glue()] },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: 'dist',
      emptyOutDir: script === undefined,
      copyPublicDir: script === undefined,
      // Portals still meet Chromium 78.
      target: ['es2019', 'chrome78'],
      cssTarget: 'chrome78',
      modulePreload: false,
      assetsInlineLimit: 0,
      reportCompressedSize: true,
      ...(script === undefined
        ? { rollupOptions: { input: { index: here('index.html'), studio: here('studio.html') } } }
        : { write: script.write, lib: { entry: here(script.entry), formats: ['iife'], name: 'duibiao', fileName: () => script.name } }),
    },
  };
});
