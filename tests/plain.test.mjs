// The module in JavaScript, for where WebAssembly is refused: the same reports to the byte, also when its memory grows.
// Needs what `make test-node` builds.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';

const root = new URL('../', import.meta.url);
const read = path => readFileSync(new URL(path, root));
const golden = () => JSON.parse(read('tests/golden/data.json'));

/** Each form of the module has a glue of its own. */
async function started(form, start) {
  const glue = await import(`${new URL('target/module/duibiao.js', root)}?${form}`);
  const { memory } = await start(glue);
  const module = new WebAssembly.Module(read('target/module/changzhou-2023.wasm'));
  const [rulebook] = WebAssembly.Module.customSections(module, 'duibiao.rulebook');
  return { ...glue, memory, checker: glue.Checker.load(new Uint8Array(rulebook)) };
}

let wasm, plain, touched = false;
before(async () => {
  wasm = await started('wasm', ({ initSync }) => initSync({ module: new WebAssembly.Module(read('target/module/duibiao_bg.wasm')) }));
  const { instantiate } = await import(new URL('target/module/nowasm.mjs', root));
  plain = await started('plain', ({ initWith }) => initWith(imports => {
    touched = true;
    return instantiate(imports);
  }));
  assert.ok(touched);
});

test('the report is the golden one, byte for byte', () => {
  const report = plain.checker.check(golden(), { as_of: '2024-01-01' });
  assert.equal(`${JSON.stringify(report, null, 2)}\n`, read('tests/golden/report.json').toString());
});

test('a strange entry gives the same report, in both languages', () => {
  const names = wasm.checker.describe().fields.map(({ id }) => id);
  const same = (fields, lang) => {
    const [one, other] = [wasm, plain].map(({ checker }) => JSON.stringify(checker.check({ fields }, { as_of: '2025-06-30', lang })));
    assert.equal(one, other, JSON.stringify(fields).slice(0, 60));
  };
  const common = ['', 'abc', '≥95', '1.2万', '９５％', '-1', '😀', -0, 0.1 + 0.2, true, null];
  same(Object.fromEntries(names.map((id, i) => [id, common[i % common.length]])), 'zh');
  same(Object.fromEntries(names.map((id, i) => [id, common[i * 7 % common.length]])), 'en');
  // Long numbers take long where 64 bits have to be put together.
  for (const value of ['9'.repeat(399), '1e400', 1e308, 5e-324]) same({ swept_area: value, mech_swept_area: 93 }, 'zh');
});

test('the fast ways agree as well', () => {
  const options = { as_of: '2024-01-01' };
  for (const way of ['judge', 'explain']) {
    assert.deepEqual(JSON.stringify(plain.checker[way](golden(), options)), JSON.stringify(wasm.checker[way](golden(), options)), way);
  }
  const [one, other] = [wasm, plain].map(({ checker }) => {
    const session = checker.session(golden(), options);
    const steps = [session.set('swept_area', '480'), session.set('mech_swept_area', '412'), session.undo(), session.report()];
    session.free();
    return JSON.stringify(steps);
  });
  assert.equal(one, other);
});

test('its memory grows as the module needs it', () => {
  const size = () => plain.memory.buffer.byteLength;
  const before = size();
  assert.throws(() => plain.Checker.load(new Uint8Array(before + 1)), ({ problems }) => problems.length > 0);
  assert.ok(size() > before, `${size()} bytes as before`);
  const columns = { 清扫面积: ['1000', '480'], 机扫面积: ['930', '412'] };
  const [one, other] = [wasm, plain].map(({ checker }) => checker.check_batch(columns, { as_of: '2024-01-01' }));
  assert.deepEqual(other, one);
  assert.equal(plain.checker.check(golden(), { as_of: '2024-01-01' }).findings.length, 100);
});
