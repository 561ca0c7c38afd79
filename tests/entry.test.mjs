// Data as it is given: what the page makes of it is judged as it was, nothing of it goes missing, and nothing takes another's place.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { rolldown } from 'rolldown';

const root = new URL('../', import.meta.url);
const path = (name) => fileURLToPath(new URL(name, root));
const AS_OF = '2024-01-01';
const folder = mkdtempSync(join(tmpdir(), 'duibiao-entry-'));

async function bundled(name) {
  const bundle = await rolldown({ input: path(name) });
  const { output: [{ code }] } = await bundle.generate({ format: 'esm' });
  return import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
}

let checker, standard, layout, readData, toIds;

before(async () => {
  const glue = await import(new URL('target/module/duibiao.js', root));
  const module = new WebAssembly.Module(readFileSync(path('target/module/changzhou-2023.wasm')));
  glue.initSync({ module });
  checker = glue.Checker.load(new Uint8Array(WebAssembly.Module.customSections(module, 'duibiao.rulebook')[0]));
  standard = checker.describe();
  ({ readData } = await bundled('www/src/work/file.ts'));
  const entry = await bundled('www/src/work/entry.ts');
  toIds = entry.toIds;
  layout = entry.layoutOf(standard, []);
});
after(() => {
  checker.free();
  rmSync(folder, { recursive: true });
});

const judged = ({ findings, data }) => [findings.map(({ indicator, outcome, points }) => [indicator, outcome, points]), data.map(({ code }) => code).sort()];

/** The report of the command. */
async function commanded(given) {
  const file = join(folder, 'data.json');
  writeFileSync(file, JSON.stringify(given));
  const { stdout } = await promisify(execFile)(path('target/release/duibiao'), ['check', path('rules/changzhou-2023'), file, '--as-of', AS_OF, '--format', 'json'], { maxBuffer: 1 << 26 })
    // It says by its exit that something falls short.
    .catch((error) => error);
  return JSON.parse(stdout);
}

for (const [what, given] of Object.entries({
  'by parts': { fields: { swept_area: 100, mech_swept_area: 93 }, parameters: { mech_swept_line: 80 } },
  'fields alone, by names': { 清扫面积: 100, 机扫面积: 93 },
  'fields alone, one of them called as a part is': { swept_area: 100, mech_swept_area: 93, parameters: { mech_swept_line: 80 } },
  'parts without fields': { parameters: { mech_swept_line: 80 } },
  'one value under two names': { 清扫面积: 200, swept_area: 100, mech_swept_area: 93 },
  'the same under two names': { 清扫面积: 100, swept_area: 100, mech_swept_area: 93 },
  'one of a list, and then the list': { 'district_dustfall.天宁区': 5, district_dustfall: { 钟楼区: 6 } },
  'a list by its label, and one of it': { 'district_dustfall.天宁区': 5, 各区降尘量: { 钟楼区: 6 } },
  'one of a list twice': { 'district_dustfall.天宁区': 5, district_dustfall: { 天宁区: 6 } },
  'blanks around names': { ' swept_area ': 100, ' 机扫面积': 93, 'district_dustfall . 天宁区': 5 },
  'what nobody knows': { swept_area: 100, 扫地面积: 3 },
})) {
  test(`${what}: the page, the module and the command read the same`, async () => {
    const { assessment, problems } = readData(JSON.stringify(given), standard);
    assert.deepEqual(problems, []);
    const read = toIds(assessment.entry, layout);
    const own = judged(checker.check(given, { as_of: AS_OF }));
    assert.deepEqual(judged(checker.check(read, { as_of: AS_OF })), own, 'the page');
    assert.deepEqual(judged(checker.check(toIds(given, layout), { as_of: AS_OF })), own, 'what a host gives');
    assert.deepEqual(judged(await commanded(given)), own, 'the command');
    assert.equal(own[0].length, standard.indicators.length);
  });
}

test('what has its place in the form is found there, whatever stands before it', () => {
  assert.deepEqual(toIds({ 'district_dustfall.天宁区': 5, district_dustfall: { 钟楼区: 6 } }, layout).fields, { district_dustfall: { 钟楼区: 6, 天宁区: 5 } });
  assert.deepEqual(toIds({ 清扫面积: 200, swept_area: 100 }, layout).fields, { swept_area: 100, 清扫面积: 200 });
});

test('what a file has beside its parts, and what is no date, is told', () => {
  const told = (given) => readData(JSON.stringify(given), standard).problems;
  assert.deepEqual(told({ fields: { swept_area: 1 }, not_aplicable: { 'C-10': '没有' } }), [{ kind: 'unknown-part', path: 'not_aplicable' }]);
  assert.deepEqual(told({ fields: {}, as_of: '2023-13-45' }), [{ kind: 'wrong-date', text: '2023-13-45' }]);
  assert.deepEqual(told({ fields: {}, as_of: '', saved: 'yesterday', evidence: {}, notes: {}, tasks: {} }), []);
});
