/**
 * `vite build www` makes of the same sources in `www/dist`: the pages, with the examples and the standard beside them; then
 * (each a mode of its own) the classic scripts for portals, of which `script` has glue and module inside; then the facts
 * that are published about them. All take the modules from `target/module`, where the Rust build leaves them.
 */
import { createHash } from 'node:crypto';
import { cpSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, defineConfig, type Plugin } from 'vite';
import { factsOf } from './package/facts.mjs';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const built = (name: string): string => here(`../target/module/${name}`);

const modules: Record<string, string> = {
  'duibiao-module': built('duibiao.js'),
  'duibiao-module/address?url': `${built('duibiao_bg.wasm')}?url`,
  'duibiao-studio': built('studio.js'),
  'duibiao-studio/address?url': `${built('studio_bg.wasm')}?url`,
};

const PLAIN = 'duibiao-check.nowasm.js';

/** The classic scripts, by mode. */
const scripts: Record<string, { readonly entry: string; readonly file: string }> = {
  script: { entry: 'src/portal/script.ts', file: 'duibiao-check.js' },
  frame: { entry: 'src/portal/frame.ts', file: 'duibiao-frame.js' },
  framed: { entry: 'src/portal/framed.ts', file: 'duibiao-framed.js' },
};

/** The glue of wasm-bindgen, without its default address: we always hand it a compiled module. */
function glue(esm = false): Plugin {
  const bytes = '\0duibiao-module/bytes';
  const plain = '\0duibiao-module/plain';
  const way = '\0duibiao-module/way';
  return {
    name: 'duibiao-glue',
    enforce: 'pre',
    resolveId: (id) => (id === './nowasm.js' ? { id, external: true } : id === 'duibiao-module/bytes' ? bytes : id === 'duibiao-module/plain' ? plain : id === 'duibiao-module/way' ? way : modules[id] || null),
    load: (id) => {
      if (id === bytes) return `export default ${JSON.stringify(readFileSync(built('duibiao_bg.wasm'), 'base64'))}`;
      if (id === way) return esm ? "export default () => import('./nowasm.js').then(({ instantiate }) => instantiate)" : 'export default undefined';
      if (id !== plain) return null;
      const hash = createHash('sha384').update(readFileSync(built(PLAIN))).digest('base64');
      return `export const file = ${JSON.stringify(PLAIN)}, integrity = 'sha384-${hash}'`;
    },
    transform: (code, id) =>
      id === built('duibiao.js') || id === built('studio.js') ? code.replace(/new URL\([^()]*import\.meta\.url\)/g, 'undefined') : null,
  };
}

/** What lies beside the pages: the examples, untouched, as a portal's webmaster would write them; the standard; the scripts. */
function beside(): Plugin {
  return {
    name: 'duibiao-beside',
    apply: 'build',
    async closeBundle() {
      cpSync(here('examples'), here('dist/examples'), { recursive: true });
      for (const name of ['changzhou-2023.wasm', 'changzhou-2023.js', PLAIN]) copyFileSync(built(name), here(`dist/${name}`));
      for (const mode of Object.keys(scripts)) await build({ configFile: here('vite.config.ts'), mode });
      writeFileSync(here('dist/facts.json'), `${JSON.stringify(factsOf(here('dist/')), null, 2)}\n`);
    },
  };
}

/** The entries of the npm package (`package/build.mjs` puts the rest beside them). */
const entries = ['index', 'node', 'inline', 'element', 'define'];

export default defineConfig(({ mode }) => {
  if (mode === 'package') {
    return {
      root: here('.'),
      plugins: [glue(true)],
      define: { 'process.env.NODE_ENV': '"production"' },
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
  const script = scripts[mode];
  return {
    root: here('.'),
    base: './',
    plugins: script !== undefined ? [glue()] : [glue(), beside()],
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
      ...(script === undefined && { rollupOptions: { input: { index: here('index.html'), studio: here('studio.html'), embed: here('embed.html') } } }),
      ...(script !== undefined && {
        lib: { entry: here(script.entry), formats: ['iife'], name: 'duibiao', fileName: () => script.file },
      }),
    },
  };
});
