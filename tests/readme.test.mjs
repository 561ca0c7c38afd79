// The README holds: its commands run, its code and rules work, what it points to is there.
// Needs what `make test-node` builds.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = path => readFileSync(join(root, path), 'utf8');
const readme = read('README.md');
const command = join(root, 'target/release/duibiao');

/** The fenced blocks of a language. */
const blocks = lang => [...readme.matchAll(new RegExp(`^\`\`\`${lang}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, text]) => text);

/** Runs a program; `duibiao` is the one just built. */
function run(program, args, cwd = root) {
  const env = { ...process.env, PATH: dirname(command) + delimiter + process.env.PATH };
  return spawnSync(program, args, { cwd, env, encoding: 'utf8', timeout: 60_000, maxBuffer: 1 << 26 });
}

/** A folder for the time of a test. */
function folder(use) {
  const path = mkdtempSync(join(tmpdir(), 'readme-'));
  try {
    return use(path);
  } finally {
    rmSync(path, { recursive: true });
  }
}

const lines = blocks('sh').flatMap(text => text.split('\n')).filter(line => /^(target\/release\/)?duibiao /.test(line));
test('the README shows every command', () => {
  for (const word of ['check', 'recheck', 'compare', 'batch', 'sheet', 'test', 'build', 'new', 'doc', 'diff', 'schema']) assert.ok(lines.some(line => line.includes(`duibiao ${word} `)), word);
});
// `new` overwrites nothing, so what an earlier run made has to go.
rmSync(join(root, 'target/fire-safety'), { recursive: true, force: true });
for (const line of lines) {
  test(line, () => {
    const { status, stdout, stderr } = run('sh', ['-c', line]);
    // Data may fall short of the standard; everything else must go well.
    const allowed = /duibiao (check|compare|batch) /.test(line) ? [0, 1] : [0];
    assert.ok(allowed.includes(status), `exit status ${status}: ${stderr}`);
    assert.notEqual(stdout.trim(), '');
    assert.equal(stderr, '');
  });
}

test('the JavaScript runs', () => {
  const [code, ...more] = blocks('js');
  assert.equal(more.length, 0);
  const { status, stdout, stderr } = run(process.execPath, ['--input-type=module', '--eval', code]);
  assert.equal(status, 0, stderr);
  assert.match(stdout, /未达标/);
});

test('the rule compiles and its examples pass', () => folder(path => {
  const [rule, ...more] = blocks('rhai');
  assert.equal(more.length, 0);
  mkdirSync(join(path, '3-sanitation'));
  writeFileSync(join(path, 'standard.rhai'), `standard("readme", #{ title: "标准", version: "1", document: "文件", notice: "参考" });
chapter("3-sanitation", #{ title: "环境卫生", clause: "二（三）" });\n`);
  writeFileSync(join(path, '3-sanitation', 'sweeping.rhai'), `group("道路清扫保洁");\n${rule}`);
  const { status, stdout, stderr } = run(command, ['test', path]);
  assert.equal(status, 0, stderr + stdout);
  assert.match(stdout, new RegExp(`^${rule.match(/^example\(/gm).length} passed, 0 failed$`, 'm'));
}));

test('the problem is the one that authors see', () => folder(path => {
  const [shown, ...more] = blocks('text');
  assert.equal(more.length, 0);
  const rules = 'rules/changzhou-2023';
  for (const name of readdirSync(join(root, rules), { recursive: true }).filter(name => name.endsWith('.rhai'))) {
    const text = read(join(rules, name)).replace('percent(机扫面积, 清扫面积)', 'percent(机扫面只, 清扫面积)');
    mkdirSync(join(path, rules, dirname(name)), { recursive: true });
    writeFileSync(join(path, rules, name), text);
  }
  const { status, stdout, stderr } = run(command, ['test', rules], path);
  assert.equal(status, 2);
  assert.equal(stdout, '');
  assert.ok(stderr.includes(shown), `README shows\n${shown}\nbut it is\n${stderr}`);
}));

test('the targets that it names are in the Makefile', () => {
  const makefile = read('Makefile');
  const named = new Set([...readme.matchAll(/(?:^ {4}|`)make ([a-z][a-z-]*)/gm)].map(([, name]) => name));
  for (const name of ['serve', 'test']) assert.ok(named.has(name), name);
  for (const name of named) assert.match(makefile, new RegExp(`^${name}:`, 'm'));
});

test('the files that it points to are there', () => {
  const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path]) => path);
  assert.ok(links.length > 5);
  for (const path of links) assert.ok(existsSync(join(root, path)), path);
  for (const path of links.filter(path => path.endsWith('.png'))) assert.ok(statSync(join(root, path)).size < 500_000, `${path} is below 500 KB`);
});

test('the embedding is the one of the example, and its files are built', () => {
  const [html] = blocks('html');
  for (const [, path] of html.matchAll(/src="([^"]+)"/g)) assert.ok(existsSync(join(root, 'www/dist', path)), path);
  const portal = read('www/examples/portal.html');
  const [, script] = html.match(/<script src="([^"]+)" charset="utf-8" defer>/);
  assert.ok(portal.includes(`<script src="../${script}" charset="utf-8" defer></script>`), 'the script tag');
  const [, policy] = readme.match(/^Content-Security-Policy: (.+)$/m);
  assert.ok(portal.includes(`content="${policy}"`), 'the policy');
});
