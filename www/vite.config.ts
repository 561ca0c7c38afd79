/**
 * `vite build www` makes of the same sources in `www/dist`: the pages, with the examples and the standard beside them; then
 * (each a mode of its own) the classic scripts for portals, of which `script` has glue and module inside, the page as one
 * file (`single`) and the service worker (`service`); then the facts that are published about them. Mode `package` makes the
 * ES modules of the npm package. All take the modules from `target/module`, where the Rust build leaves them.
 */
import { createHash } from 'node:crypto';
import { cpSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, defineConfig, type Plugin, type Rolldown } from 'vite';
import { filesPlugin, singleFile } from './offline.ts';
import { factsOf, versionOf } from './package/facts.mjs';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const built = (name: string): string => here(`../target/module/${name}`);

const modules: Record<string, string> = {
  'duibiao-module': built('duibiao.js'),
  'duibiao-module/address?url': `${built('duibiao_bg.wasm')}?url`,
  'duibiao-office': built('office.js'),
  'duibiao-office/address?url': `${built('office_bg.wasm')}?url`,
  'duibiao-studio': built('studio.js'),
  'duibiao-studio/address?url': `${built('studio_bg.wasm')}?url`,
};

const PLAIN = 'duibiao-check.nowasm.js';

/** The outputs that are one classic script each, by mode: where they begin and what they are called. */
const scripts: Record<string, { readonly entry: string; readonly file: string; readonly write?: false }> = {
  script: { entry: 'src/portal/script.ts', file: 'duibiao-check.js' },
  frame: { entry: 'src/portal/frame.ts', file: 'duibiao-frame.js' },
  framed: { entry: 'src/portal/framed.ts', file: 'duibiao-framed.js' },
  single: { entry: 'src/offline/single.ts', file: 'single.js', write: false },
  service: { entry: 'src/offline/service.ts', file: 'sw.js' },
};

/** What the single file calls the module for spreadsheets, which it holds itself. */
const OFFICE = 'office.wasm';

/** The glue of wasm-bindgen, without its default address: we always hand it a compiled module. */
function glue(esm = false, single = false): Plugin {
  const bytes = '\0duibiao-module/bytes';
  const plain = '\0duibiao-module/plain';
  const within = '\0duibiao-office/within';
  const way = '\0duibiao-module/way';
  return {
    name: 'duibiao-glue',
    enforce: 'pre',
    resolveId: (id) => (id === './nowasm.js' ? { id, external: true } : id === 'duibiao-module/bytes' ? bytes : id === 'duibiao-module/plain' ? plain : id === 'duibiao-module/way' ? way : single && id === 'duibiao-office/address?url' ? within : modules[id] || null),
    load: (id) => {
      if (id === bytes) return `export default ${JSON.stringify(readFileSync(built('duibiao_bg.wasm'), 'base64'))}`;
      if (id === within) return `export default ${JSON.stringify(OFFICE)}`;
      if (id === way) return esm ? "export default () => import('./nowasm.js').then(({ instantiate }) => instantiate)" : 'export default undefined';
      if (id !== plain) return null;
      const hash = createHash('sha384').update(readFileSync(built(PLAIN))).digest('base64');
      return `export const file = ${JSON.stringify(PLAIN)}, integrity = 'sha384-${hash}'`;
    },
    transform: (code, id) =>
      [built('duibiao.js'), built('office.js'), built('studio.js')].includes(id) ? code.replace(/new URL\([^()]*import\.meta\.url\)/g, 'undefined') : null,
  };
}

/**
 * Classic scripts are read in the encoding of the page around, and portals still have pages in GB2312: they hold ASCII alone. What
 * `charset` leaves are tagged templates, whose raw text a tag could see; lit's tags read what the escapes stand for.
 */
function plainSigns(): Plugin {
  return {
    name: 'duibiao-plain-signs',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const part of Object.values(bundle)) if (part.type === 'chunk') part.code = part.code.replace(/[^\0-\x7f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
    },
  };
}

/**
 * A server that renders the page of a portal imports the element too, and has no document: what lit wants of one while it is
 * loaded is asked for only where it is.
 */
function serverSafe(): Plugin {
  const wants: readonly (readonly [file: string, what: RegExp, by: string])[] = [
    ['/@lit/reactive-element/reactive-element.js', /extends HTMLElement\b/, 'extends(globalThis.HTMLElement||class{})'],
    ['/lit-html/lit-html.js', /=document\b(?=,)/, '=globalThis.document||{createTreeWalker(){}}'],
  ];
  return {
    name: 'duibiao-server-safe',
    enforce: 'pre',
    transform(code, id) {
      for (const [file, what, by] of wants) {
        if (!id.endsWith(file)) continue;
        if (!what.test(code)) throw new Error(`${file} has no ${what}`);
        return code.replace(what, by);
      }
      return null;
    },
  };
}

const STANDARD = 'changzhou-2023.wasm';
const EXAMPLE = 'example-changzhou-2023.json';

/** What lies beside the pages: the examples, untouched, as a portal's webmaster would write them; the standard; the other outputs. */
function beside(): Plugin[] {
  let files: readonly string[] = [];
  return [filesPlugin('index', (names) => { files = names; }), {
    name: 'duibiao-beside',
    apply: 'build',
    async closeBundle() {
      cpSync(here('examples'), here('dist/examples'), { recursive: true });
      for (const name of [STANDARD, 'changzhou-2023.js', PLAIN]) copyFileSync(built(name), here(`dist/${name}`));
      for (const name of ['script', 'frame', 'framed']) await mode(name);
      await oneFile();
      await service([...files, 'index.html', 'old.js', STANDARD, EXAMPLE, 'manifest.webmanifest', 'icon.svg', 'icon-192.png']);
      writeFileSync(here('dist/facts.json'), `${JSON.stringify(factsOf(here('dist/')), null, 2)}\n`);
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
  const inside = [{ name: STANDARD, bytes: readFileSync(built(STANDARD)) }, { name: EXAMPLE, bytes: readFileSync(here(`public/${EXAMPLE}`)) }, { name: OFFICE, bytes: readFileSync(built('office_bg.wasm')) }];
  const html = singleFile(readFileSync(here('index.html'), 'utf8'), script.join(''), readFileSync(here('public/old.js'), 'utf8'), styles.join(''), readFileSync(here('public/icon.svg'), 'utf8'), inside);
  writeFileSync(here('dist/duibiao-changzhou-2023.html'), html);
}

/** The service worker, which knows the files of this build. */
async function service(files: readonly string[]): Promise<void> {
  const digest = createHash('sha256');
  for (const name of files) digest.update(name).update(readFileSync(here(`dist/${name}`)));
  await mode('service', { BUILD: JSON.stringify(digest.digest('hex').slice(0, 16)), FILES: JSON.stringify(files), WATCHED: JSON.stringify([STANDARD, EXAMPLE]), SELDOM: JSON.stringify([PLAIN]) });
}

/** The entries of the npm package (`package/build.mjs` puts the rest beside them). */
const entries = ['index', 'node', 'inline', 'element', 'define'];

export default defineConfig(({ mode: which }) => {
  if (which === 'package') {
    return {
      root: here('.'),
      plugins: [glue(true), serverSafe()],
      define: { 'process.env.NODE_ENV': '"production"', VERSION: JSON.stringify(versionOf()) },
      build: {
        outDir: '../target/package/duibiao',
        emptyOutDir: true,
        copyPublicDir: false,
        target: ['es2020', 'chrome78'],
        modulePreload: false,
        lib: { entry: Object.fromEntries(entries.map((name) => [name, here(`src/portal/${name}.ts`)])), formats: ['es'] },
        rollupOptions: { external: ['node:fs/promises'], output: { entryFileNames: '[name].js', chunkFileNames: 'shared-[name].js' } },
      },
    };
  }
  const script = scripts[which];
  return {
    root: here('.'),
    base: './',
    plugins: script === undefined ? [glue(), beside()] : [glue(false, which === 'single'), ...(script.write === false ? [] : [plainSigns()])],
    // The compiler's thread takes its module from the same place.
    worker: { format: 'es', plugins: () => [glue()] },
    define: { 'process.env.NODE_ENV': '"production"', VERSION: JSON.stringify(versionOf()) },
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
        ? { rollupOptions: { input: { index: here('index.html'), studio: here('studio.html'), embed: here('embed.html') } } }
        : { write: script.write !== false, lib: { entry: here(script.entry), formats: ['iife'], name: 'duibiao', fileName: () => script.file }, rollupOptions: { output: { charset: script.write === false ? 'utf8' as const : 'ascii' as const } } }),
    },
  };
});
