// The npm package as somebody installs it: in Node, in bundlers, under the compiler; what it says of itself is so.
// Needs what `make examples` builds: the packed tarball, installed in target/examples.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'acorn';
import Ajv from 'ajv';
import { publint } from 'publint';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const examples = join(root, 'target/examples');
const installed = join(examples, 'node_modules/duibiao');
const read = path => readFileSync(join(root, path), 'utf8');
const described = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
const golden = () => read('tests/golden/report.json');

/** Runs a module in the folder where the package is installed. */
function run(code, args = []) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args, '--input-type=module', '--eval', code], { cwd: examples, encoding: 'utf8', timeout: 60_000, maxBuffer: 1 << 26 });
  assert.equal(status, 0, stderr);
  return stdout;
}
const golden_check = `const report = checker.check(JSON.parse(readFileSync(${JSON.stringify(join(root, 'tests/golden/data.json'))}, 'utf8')), { as_of: '2024-01-01' });
process.stdout.write(JSON.stringify(report, null, 2) + '\\n'); checker.free();`;

test('in Node: by address, by bytes, by rulebook, and without WebAssembly; the golden report each time', () => {
  const begin = `import { readFileSync } from 'node:fs'; import { load } from 'duibiao'; const address = import.meta.resolve('duibiao/standards/changzhou-2023.wasm');`;
  for (const [what, code] of Object.entries({
    address: `${begin} const checker = await load(new URL(address));`,
    text: `${begin} const checker = await load('node_modules/duibiao/standards/changzhou-2023.wasm');`,
    bytes: `${begin} const checker = await load(readFileSync(new URL(address)));`,
    inline: `import { readFileSync } from 'node:fs'; import { load } from 'duibiao/inline'; import rulebook from 'duibiao/standards/changzhou-2023'; const checker = await load(rulebook);`,
    nowasm: `delete globalThis.WebAssembly; const { readFileSync } = await import('node:fs'); const { load } = await import('duibiao'); const checker = await load('node_modules/duibiao/standards/changzhou-2023.wasm');`,
  })) assert.equal(run(`${code} ${golden_check}`), golden(), what);
});

test('what cannot be opened says why', () => {
  const told = run(`import { load, Checker, OpenError } from 'duibiao';
    import { readFileSync } from 'node:fs';
    try { Checker.load(new Uint8Array(8)); } catch (error) { console.log(error.problems[0].code); }
    const why = async (source) => {
      try { await load(source); return 'opened'; } catch (error) { return error instanceof OpenError ? error.code : 'what: ' + error; }
    };
    for (const source of [new Uint8Array(8), new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]), 'nowhere.wasm', '.', null, undefined, 5, {}]) console.log(await why(source));
    const standard = new URL(import.meta.resolve('duibiao/standards/changzhou-2023.wasm'));
    const bytes = readFileSync(standard);
    // A module of another build: what the script calls is not in it by that name.
    const at = bytes.indexOf('core_judge_rows');
    const other = Uint8Array.from(bytes);
    other[at] = 67;
    console.log(await why(other));`);
  assert.deepEqual(told.trim().split('\n'), ['not-started', 'not-a-module', 'no-rulebook', ...Array(6).fill('unreachable'), 'other-build']);
  const html = run(`import { load, OpenError } from 'duibiao';
    await load(new URL(import.meta.resolve('duibiao/standards/changzhou-2023.wasm')));
    await load(new Response('<html>')).catch((error) => console.log(error instanceof OpenError, error.code));`);
  assert.equal(html, 'true unreadable\n');
});

test('a server can import the element, and nothing is registered there', () => {
  assert.equal(run("const { DuibiaoCheckElement } = await import('duibiao/element'); await import('duibiao/define'); console.log(typeof DuibiaoCheckElement, typeof document, typeof customElements);"), 'function undefined undefined\n');
});

/** The modules that the README of the package shows, by the first comment in them. */
const shown = () => new Map([...readFileSync(join(installed, 'README.md'), 'utf8').matchAll(/^```js\n((?:\/\/ (.+)\n)?[^]*?)^```$/gm)].map(([, text, name = '']) => [name, text]));

/** Builds a module with vite; the files that came of it. */
async function bundle(folder, name, code, more = {}) {
  writeFileSync(join(folder, `${name}.js`), code);
  const [{ output }] = [await build({ root: folder, configFile: false, logLevel: 'silent', build: { write: false, assetsInlineLimit: 0, minify: true, rollupOptions: { input: join(folder, `${name}.js`), ...more } } })].flat();
  return output;
}

test('the README of the package runs: in Node, and built with vite, where the standard is a file of its own', async () => {
  const codes = shown();
  assert.deepEqual([...codes.keys()], ['', 'vite', 'webpack 5, Rspack', 'Node']);
  assert.match(run(codes.get('')), /未达标/);
  assert.match(run(codes.get('Node')), /常州/);
  const standard = readFileSync(join(installed, 'standards/changzhou-2023.wasm'));
  const folder = mkdtempSync(join(examples, 'readme-'));
  try {
    // What vite makes of the way of webpack is the same.
    for (const name of ['vite', 'webpack 5, Rspack']) {
      const output = await bundle(folder, name.slice(0, 4), codes.get(name));
      const files = output.filter(({ fileName }) => fileName.endsWith('.wasm'));
      assert.equal(files.length, 1, name);
      assert.ok(standard.equals(Buffer.from(files[0].source)), name);
      assert.ok(output.some(({ code = '' }) => code.includes(files[0].fileName.replace(/^.*\//, ''))), name);
    }
    // Without the module in JavaScript.
    const size = (output) => output.reduce((sum, { code = '' }) => sum + code.length, 0);
    const whole = size(await bundle(folder, 'whole', "import 'duibiao/define';"));
    const [external] = /external: \/(.+?)\/ /.exec(readFileSync(join(installed, 'README.md'), 'utf8')).slice(1);
    const less = size(await bundle(folder, 'less', "import 'duibiao/define';", { external: new RegExp(external) }));
    assert.ok(whole > 1e6 && less < 4e5, `${whole} ${less}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a rulebook alone, once the module was lent', () => {
  const begin = "import { readFileSync } from 'node:fs'; import { bring, load } from 'duibiao'; import rulebook from 'duibiao/standards/changzhou-2023';";
  assert.equal(run(`${begin} await load(rulebook).catch((error) => console.log(error.code));`), 'not-a-module\n');
  assert.equal(run(`${begin} bring(new URL(import.meta.resolve('duibiao/checker.wasm'))); const checker = await load(rulebook); ${golden_check}`), golden());
});

test('importing the class registers nothing, and nothing is left of it where it is not used', async () => {
  const folder = mkdtempSync(join(examples, 'bundle-'));
  try {
    const bundled = async (name, code) => {
      writeFileSync(join(folder, `${name}.js`), code);
      const [{ output }] = [await build({ root: folder, configFile: false, logLevel: 'silent', build: { write: false, lib: { entry: join(folder, `${name}.js`), formats: ['es'], fileName: name }, minify: true } })].flat();
      return output.map((chunk) => chunk.code ?? '').join('');
    };
    const unused = await bundled('unused', "import { DuibiaoCheckElement } from 'duibiao/element';\nconsole.log('nothing');\n");
    assert.ok(unused.length < 3000, `${unused.length} bytes are left`);
    const headless = await bundled('headless', "import { load } from 'duibiao';\nload('a.wasm').then(console.log);\n");
    assert.ok(!headless.includes('LitElement') && !headless.includes('customElements'), 'the checker alone brings no element');
    const defined = await bundled('defined', "import 'duibiao/define';\n");
    assert.match(defined, /customElements\.define/);
    for (const code of [unused, headless, defined]) assert.doesNotMatch(code, /\beval\(|new Function/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a wrong field in a report is a mistake that the compiler finds', () => {
  const folder = mkdtempSync(join(examples, 'types-'));
  try {
    cpSync(join(root, 'tests/types/package.ts'), join(folder, 'package.ts'));
    const tsc = (resolution) => spawnSync(join(root, 'node_modules/.bin/tsc'), ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022', '--lib', 'es2022,dom,dom.iterable', '--types', '', ...resolution, join(folder, 'package.ts')], { cwd: folder, encoding: 'utf8' });
    for (const resolution of [['--module', 'nodenext'], ['--module', 'esnext', '--moduleResolution', 'bundler']]) {
      const { status, stdout } = tsc(resolution);
      assert.equal(status, 0, stdout);
    }
    // Without the types of browsers, as on a server.
    writeFileSync(join(folder, 'server.ts'), "import { load, type Report } from 'duibiao';\nexport const report: Promise<Report> = load('a.wasm').then((checker) => checker.check({ 清扫面积: 100 }, { as_of: '2024-01-01' }));\n");
    const bare = spawnSync(join(root, 'node_modules/.bin/tsc'), ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022', '--types', '', '--module', 'nodenext', join(folder, 'server.ts')], { cwd: folder, encoding: 'utf8' });
    assert.equal(bare.status, 0, bare.stdout);
    // In JSX, where React's own types are; these stand for them.
    const react = join(folder, 'node_modules/react');
    mkdirSync(react, { recursive: true });
    writeFileSync(join(react, 'package.json'), '{ "name": "react", "version": "19.0.0", "exports": { ".": { "types": "./index.d.ts" }, "./jsx-runtime": { "types": "./jsx-runtime.d.ts" } } }');
    writeFileSync(join(react, 'index.d.ts'), 'export interface HTMLAttributes<T> { className?: string; children?: unknown; on?: T }\nexport type DetailedHTMLProps<E extends HTMLAttributes<T>, T> = E & { ref?: (one: T | null) => void };\nexport namespace JSX { interface IntrinsicElements { p: HTMLAttributes<HTMLElement> } interface ElementChildrenAttribute { children: unknown } }\n');
    writeFileSync(join(react, 'jsx-runtime.d.ts'), "export { JSX } from './index.js';\nexport declare const jsx: unknown, jsxs: unknown, Fragment: unknown;\n");
    for (const name of ['package.json', ...readdirSync(installed).filter((one) => one.endsWith('.d.ts'))]) cpSync(join(installed, name), join(folder, 'node_modules/duibiao', name));
    const jsx = (code) => {
      writeFileSync(join(folder, 'page.tsx'), `import type {} from 'duibiao/react';\n${code}\n`);
      return spawnSync(join(root, 'node_modules/.bin/tsc'), ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022,dom', '--types', '', '--jsx', 'react-jsx', '--module', 'esnext', '--moduleResolution', 'bundler', join(folder, 'page.tsx')], { cwd: folder, encoding: 'utf8' });
    };
    const good = jsx('export const page = <duibiao-check src="a.wasm" as-of="2024-01-01" readonly entry={{ 清扫面积: 100 }} onduibiao-report={(event) => event.report.findings.length} ref={(one) => one?.clear()} />;');
    assert.equal(good.status, 0, good.stdout);
    assert.notEqual(jsx('export const page = <duibiao-check colour="red" />;').status, 0);
    // Each expectation is one: without it there are so many mistakes.
    const text = readFileSync(join(folder, 'package.ts'), 'utf8');
    const expected = text.match(/@ts-expect-error/g).length;
    writeFileSync(join(folder, 'package.ts'), text.replace(/@ts-expect-error/g, ''));
    const { stdout } = tsc(['--module', 'nodenext']);
    assert.ok(stdout.match(/error TS/g).length >= expected, stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('publint finds nothing wrong', async () => {
  const { messages } = await publint({ pkgDir: installed, strict: true });
  assert.deepEqual(messages.map((message) => `${message.type} ${message.code} ${JSON.stringify(message.args)}`), []);
});

const files = (folder) => readdirSync(folder, { withFileTypes: true, recursive: true }).filter((one) => one.isFile()).map((one) => relative(installed, join(one.parentPath, one.name)));

test('every entry is there, and every file is reached', () => {
  const targets = Object.values(described.exports).flatMap((one) => (typeof one === 'string' ? [one] : Object.values(one)));
  for (const target of targets) if (!target.includes('*')) assert.ok(existsSync(join(installed, target)), target);
  for (const [name, version] of [['version', described.version]]) assert.equal(version, /^version = "(.+)"$/m.exec(read('Cargo.toml'))[1], name);
  assert.equal(described.license, /^license = "(.+)"$/m.exec(read('Cargo.toml'))[1]);
  assert.equal(described.dependencies, undefined);
  assert.ok(statSync(join(installed, 'README.md')).size > 1000);
});

test('scripts keep to ES2019, modules to what Chromium 78 reads; nothing comes from elsewhere', () => {
  const module = new Set(['index.js', 'node.js', 'inline.js', 'element.js', 'define.js', 'react.js', 'nowasm.js', 'standards/changzhou-2023.mjs']);
  let scripts = 0;
  for (const name of files(installed).filter((one) => /\.m?js$/.test(one))) {
    const source = readFileSync(join(installed, name), 'utf8');
    const isModule = module.has(name) || name.startsWith('shared-');
    if (!isModule) scripts += 1;
    // Of ES2020, modules need `import()` and `import.meta`: both are older than Chromium 78.
    if (!isModule) parse(source, { ecmaVersion: 2019, sourceType: 'script' });
    else {
      const newer = [];
      const walk = (node) => {
        if (node === null || typeof node !== 'object') return;
        if (['ChainExpression'].includes(node.type) || node.operator === '??' || node.bigint !== undefined) newer.push(source.slice(node.start, node.start + 60));
        Object.values(node).forEach(walk);
      };
      walk(parse(source, { ecmaVersion: 2020, sourceType: 'module' }));
      assert.deepEqual(newer, [], name);
    }
    assert.doesNotMatch(source, /\beval\(|new Function\b/, `${name} evaluates text as code`);
    assert.doesNotMatch(source, /https?:\/\/(?!www\.w3\.org)[^"'`\s]+\.(js|css|woff2?)/, name);
  }
  assert.equal(scripts, 5);
});

test('its WebAssembly is what Chromium 78 reads', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'tests/module-facts.mjs'), ...['checker.wasm', '../../../module/duibiao.js', 'standards/changzhou-2023.wasm'].map((name) => join(installed, name))], { encoding: 'utf8' });
  assert.equal(status, 0, stdout + stderr);
});

test('the facts are those of the files, and the scripts know each other', () => {
  const facts = JSON.parse(readFileSync(join(installed, 'facts.json'), 'utf8'));
  assert.ok(Object.keys(facts.files).length >= 6);
  for (const [name, { bytes, integrity }] of Object.entries(facts.files)) {
    const path = [join(installed, name), join(installed, 'standards', name)].find(existsSync);
    const content = readFileSync(path);
    assert.equal(content.length, bytes, name);
    assert.equal(integrity, `sha384-${createHash('sha384').update(content).digest('base64')}`, name);
  }
  assert.ok(readFileSync(join(installed, 'duibiao-check.js'), 'utf8').includes(facts.files['duibiao-check.nowasm.js'].integrity));
  const [, policy] = read('README.md').match(/^Content-Security-Policy: (.+)$/m);
  assert.equal(facts.content_security_policy, policy);
  assert.deepEqual(Object.keys(facts.content_security_policies), ['script', 'disk', 'frame', 'module']);
  for (const name of new Set(Object.values(facts.needs).flat())) assert.ok(facts.files[name] !== undefined && read('README.md').includes(name), name);
  const { bytes, gzip } = facts.files['duibiao-check.nowasm.js'];
  const told = `${(bytes / 1e6).toFixed(1)} MB (${(gzip / 1e6).toFixed(2)} gzip)`;
  assert.ok(read('README.md').includes(told), told);
});

test('the manifest of the element is valid, and names what the element has', () => {
  const manifest = JSON.parse(readFileSync(join(installed, 'custom-elements.json'), 'utf8'));
  const schema = JSON.parse(read('node_modules/custom-elements-manifest/schema.json'));
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
  assert.ok(validate(manifest), JSON.stringify(validate.errors));
  const [element] = manifest.modules[0].declarations;
  assert.equal(element.tagName, 'duibiao-check');
  const names = (list) => list.map(({ name }) => name);
  const people = readFileSync(join(installed, 'README.md'), 'utf8');
  for (const { name, description } of [element.attributes, element.events, element.cssParts, element.cssProperties].flat()) assert.ok(people.includes(`| \`${name}\` | ${description}`), name);
  for (const name of ['src', 'as-of', 'lang', 'draft', 'readonly', 'example', 'data', 'name', 'required', 'disabled', 'chapter', 'only-chapter', 'department', 'scheme']) assert.ok(names(element.attributes).includes(name), name);
  assert.deepEqual(names(element.events).sort(), ['duibiao-error', 'duibiao-input', 'duibiao-report']);
  for (const name of ['notice', 'finding', 'outcome']) assert.ok(names(element.cssParts).includes(name), name);
  for (const name of ['--duibiao-accent', '--duibiao-ground']) assert.ok(names(element.cssProperties).includes(name), name);
  for (const list of [element.attributes, element.events, element.cssParts, element.cssProperties]) for (const { name, description } of list) assert.ok(name && description !== '', name);
  for (const name of ['entry', 'report', 'value', 'clear', 'checkValidity']) assert.ok(names(element.members).includes(name), name);
});

test('the command reads the entry of a value', () => {
  const { entry } = JSON.parse(golden());
  const folder = mkdtempSync(join(examples, 'value-'));
  try {
    writeFileSync(join(folder, 'entry.json'), JSON.stringify(entry));
    const { stdout } = spawnSync(join(root, 'target/release/duibiao'), ['check', join(installed, 'standards/changzhou-2023.wasm'), join(folder, 'entry.json'), '--as-of', '2024-01-01', '--format', 'json'], { encoding: 'utf8' });
    assert.equal(stdout, golden());
  } finally {
    rmSync(folder, { recursive: true });
  }
});
