/**
 * `vite build www` makes of the same sources in `www/dist`: the page and the studio, with the examples and the
 * standard beside them, and then (mode `script`) the single classic script, with glue and module inside.
 * All take the modules from `target/module`, where the Rust build leaves them.
 */
import { cpSync, copyFileSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, defineConfig, type Plugin } from 'vite';

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

/** The glue of wasm-bindgen, without its default address: we always hand it a compiled module. */
function glue(): Plugin {
  const bytes = '\0duibiao-module/bytes';
  return {
    name: 'duibiao-glue',
    enforce: 'pre',
    resolveId: (id) => (id === 'duibiao-module/bytes' ? bytes : modules[id] || null),
    load: (id) => (id === bytes ? `export default ${JSON.stringify(readFileSync(built('duibiao_bg.wasm'), 'base64'))}` : null),
    transform: (code, id) =>
      [built('duibiao.js'), built('office.js'), built('studio.js')].includes(id) ? code.replace(/new URL\([^()]*import\.meta\.url\)/g, 'undefined') : null,
  };
}

/** What lies beside the page: the examples, untouched, as a portal's webmaster would write them; the standard; the script. */
function beside(): Plugin {
  return {
    name: 'duibiao-beside',
    apply: 'build',
    async closeBundle() {
      cpSync(here('examples'), here('dist/examples'), { recursive: true });
      copyFileSync(built('changzhou-2023.wasm'), here('dist/changzhou-2023.wasm'));
      await build({ configFile: here('vite.config.ts'), mode: 'script' });
    },
  };
}

export default defineConfig(({ mode }) => {
  const script = mode === 'script';
  return {
    root: here('.'),
    base: './',
    plugins: script ? [glue()] : [glue(), beside()],
    // The compiler's thread takes its module from the same place.
    worker: { format: 'es', plugins: () => [glue()] },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: 'dist',
      emptyOutDir: !script,
      copyPublicDir: !script,
      // Portals still meet Chromium 78.
      target: ['es2019', 'chrome78'],
      cssTarget: 'chrome78',
      modulePreload: false,
      assetsInlineLimit: 0,
      reportCompressedSize: true,
      ...(!script && { rollupOptions: { input: { index: here('index.html'), studio: here('studio.html') } } }),
      ...(script && {
        lib: { entry: here('src/portal/script.ts'), formats: ['iife'], name: 'duibiao', fileName: () => 'duibiao-check.js' },
      }),
    },
  };
});
