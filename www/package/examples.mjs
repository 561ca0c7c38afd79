// The examples as a portal would have them: the packed tarball installed, its files on a site, the libraries of the
// pages beside them, and the React page built with vite. Nothing comes from the source tree but the pages themselves.
// Usage: node www/package/examples.mjs FOLDER; the site is FOLDER/site
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = resolve(process.argv[2]);
const site = join(folder, 'site');
const modules = join(folder, 'node_modules');

rmSync(folder, { recursive: true, force: true });
mkdirSync(join(site, 'examples/vendor'), { recursive: true });

const [tarball] = readdirSync(join(root, 'target/package')).filter((name) => name.endsWith('.tgz'));
writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', '--silent', join(root, 'target/package', tarball)], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });

const { exports } = JSON.parse(readFileSync(join(modules, 'duibiao/package.json'), 'utf8'));
const served = Object.values(exports).filter((one) => typeof one === 'string' && /(duibiao-.*\.js|frame\.(html|css)|facts\.json)$/.test(one));
for (const path of new Set(served)) cpSync(join(modules, 'duibiao', path), join(site, path));
for (const name of ['changzhou-2023.wasm', 'changzhou-2023.js']) cpSync(join(modules, 'duibiao/standards', name), join(site, name));
cpSync(join(root, 'www/public/example-changzhou-2023.json'), join(site, 'example-changzhou-2023.json'));

for (const name of readdirSync(join(root, 'www/examples'))) if (name !== 'react') cpSync(join(root, 'www/examples', name), join(site, 'examples', name), { recursive: true });
for (const [name, path] of [['vue.min.js', 'vue/dist/vue.min.js'], ['jquery.min.js', 'jquery/dist/jquery.min.js']]) cpSync(join(root, 'node_modules', path), join(site, 'examples/vendor', name));

const react = join(folder, 'react');
cpSync(join(root, 'www/examples/react'), react, { recursive: true });
for (const name of ['react', 'react-dom', 'scheduler']) symlinkSync(join(root, 'node_modules', name), join(modules, name));
await build({ root: react, base: './', configFile: false, logLevel: 'warn', build: { outDir: join(site, 'examples/react'), emptyOutDir: true, target: 'es2020', assetsInlineLimit: 0, modulePreload: false } });
