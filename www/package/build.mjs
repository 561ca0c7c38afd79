// The npm package, in target/package: the ES modules that vite built there, and beside them types, scripts, standards, the
// manifest of the element and the facts; then the tarball.
// Usage: node www/package/build.mjs, after `vite build www` and `vite build www --mode package`
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { factsOf, versionOf } from './facts.mjs';
import { manifestOf } from './manifest.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const target = join(root, 'target/package');
const folder = join(target, 'duibiao');
const put = (from, to) => cpSync(join(root, from), join(folder, to), { recursive: true });

put('www/package/types', '.');
put('src/wasm.d.ts', 'wasm.d.ts');
put('target/module/duibiao_bg.wasm', 'checker.wasm');
put('target/module/nowasm.mjs', 'nowasm.js');
for (const name of ['duibiao-check.js', 'duibiao-check.nowasm.js', 'duibiao-frame.js', 'duibiao-framed.js', 'frame.html', 'frame.css']) put(`www/dist/${name}`, name);
for (const name of ['changzhou-2023.wasm', 'changzhou-2023.js']) put(`www/dist/${name}`, `standards/${name}`);

// The standard as an ES module: the same text that the script lays on the shelf.
const [, base64] = /src, "([^"]+)"\]/.exec(readFileSync(join(folder, 'standards/changzhou-2023.js'), 'utf8'));
writeFileSync(join(folder, 'standards/changzhou-2023.mjs'), `export default Uint8Array.from(atob("${base64}"), (c) => c.charCodeAt(0));\n`);

const version = versionOf();
const described = JSON.parse(readFileSync(join(root, 'www/package/package.json'), 'utf8'));
write('package.json', { name: described.name, version, ...described });
const manifest = manifestOf();
write('custom-elements.json', manifest);
const readme = readFileSync(join(root, 'www/package/README.md'), 'utf8');
writeFileSync(join(folder, 'README.md'), readme.replace('<!-- element -->\n', () => tables(manifest.modules[0].declarations[0])));
// Types alone.
writeFileSync(join(folder, 'react.js'), 'export {};\n');
write('facts.json', factsOf(join(root, 'www/dist')));
for (const text of ['LICENSE-MIT', 'LICENSE-APACHE']) if (readdirSync(root).includes(text)) put(text, text);

mkdirSync(target, { recursive: true });
for (const name of readdirSync(target)) if (name.endsWith('.tgz')) rmSync(join(target, name));
execFileSync('npm', ['pack', '--silent', '--pack-destination', target], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });

/** What the element has, for people. */
function tables({ attributes, events, cssParts, cssProperties }) {
  const table = (title, rows) => `| ${title} | |\n|---|---|\n${rows.map(({ name, description }) => `| \`${name}\` | ${description.replace(/\|/g, '\\|')} |\n`).join('')}`;
  return [table('Attribute', attributes), table('Event', events), table('Part', cssParts), table('Custom property', cssProperties)].join('\n');
}

function write(name, value) {
  writeFileSync(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
}
