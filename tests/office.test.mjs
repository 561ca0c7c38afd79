// The office module under Node: the same bytes as the command, what goes out comes back, and a file that breaks it
// leaves it whole for the next one.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { initSync as initChecker, Checker } from '../target/module/duibiao.js';
import { __wbg_reset_state, compare, initSync, read, write_form, write_tables } from '../target/module/office.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const standard = new WebAssembly.Module(readFileSync(join(root, 'target/module/changzhou-2023.wasm')));
const rulebook = new Uint8Array(WebAssembly.Module.customSections(standard, 'duibiao.rulebook')[0]);
initChecker({ module: standard });
initSync({ module: new WebAssembly.Module(readFileSync(join(root, 'target/module/office_bg.wasm'))) });
const checker = Checker.load(rulebook);
const data = 'www/public/example-changzhou-2023.json';
const entry = JSON.parse(readFileSync(join(root, data), 'utf8'));
const as_of = '2024-06-01';

function command(...args) {
  const folder = mkdtempSync(join(tmpdir(), 'office-'));
  try {
    const output = join(folder, 'a.xlsx');
    const { status, stderr } = spawnSync(join(root, 'target/release/duibiao'), ['sheet', 'rules/changzhou-2023', '-o', output, '--as-of', as_of, ...args], { cwd: root, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    return readFileSync(output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('the module and the command write the same bytes', () => {
  assert.ok(Buffer.from(write_form(rulebook, {}, { as_of })).equals(command()), 'empty');
  assert.ok(Buffer.from(write_form(rulebook, {}, { as_of, department: '市城市管理局' })).equals(command('--department', '市城市管理局')), 'one department');
  const report = checker.check(entry, { as_of });
  assert.ok(Buffer.from(write_form(rulebook, entry, { as_of, report })).equals(command('--data', data)), 'judged');
});

test('out and in again, the report is the same', () => {
  const report = checker.check(entry, { as_of });
  const found = read(rulebook, 'a.xlsx', write_form(rulebook, entry, { as_of, report }));
  assert.equal(found.kind, 'form');
  assert.deepEqual(found.problems, []);
  assert.equal(found.standard.id, 'changzhou-2023');
  assert.match(found.places.swept_area.cell, /^F\d+$/);
  assert.deepEqual(checker.check(found.entry, { as_of }), report);
});

test('misuse throws, and says what is wrong', () => {
  const code = (work) => { try { work(); } catch (error) { return error.problems[0].code; } return 'nothing thrown'; };
  assert.equal(code(() => write_form(rulebook, {}, {})), 'bad-argument');
  assert.equal(code(() => write_form(new Uint8Array(5), {}, { as_of })), 'bad-argument');
  assert.equal(code(() => write_form(rulebook, {}, { as_of, department: '市财务局' })), 'unknown-department');
  assert.equal(code(() => read(rulebook, 'a.xlsx', new Uint8Array(0))), 'empty');
  assert.equal(code(() => write_tables({})), 'bad-argument');
});

test('whatever a file does, the next one is read', () => {
  const whole = write_form(rulebook, entry, { as_of });
  let refused = 0;
  for (let round = 0; round < 60; round += 1) {
    const bytes = whole.slice();
    for (let i = 0; i < 6; i += 1) bytes[(round * 7919 + i * 104729) % bytes.length] ^= 1 + round;
    try { read(rulebook, 'a.xlsx', bytes); } catch (error) {
      refused += 1;
      if (error.problems === undefined) __wbg_reset_state();
      else assert.notEqual(error.problems[0].text_zh, '');
    }
  }
  assert.ok(refused > 30, `${refused}`);
  assert.equal(read(rulebook, 'a.xlsx', whole).kind, 'form');
});

test('a unit for the whole table, and whose figures a column holds', () => {
  const found = (text) => {
    const { entry, problems } = read(rulebook, 'a.csv', new TextEncoder().encode(text));
    return [entry.fields, problems.map(({ code }) => code)];
  };
  assert.deepEqual(found('单位：公里,\n数据项,填报值\n公厕服务半径,0.5\n'), [{ toilet_radius_m: '0.5公里' }, ['unit-converted']]);
  assert.deepEqual(found('数据项,天宁区,经开区,全市\n年度累计降尘量均值,2.0,,2.4\n'), [{ dustfall_avg: '2.4' }, ['needless']]);
  assert.deepEqual(found('数据项,天宁区\n公厕服务半径,200\n'), [{}, ['needs-total']]);
});

test('lists to hand upward', () => {
  const document = {
    title: '自评得分表', notice: '参考标准，不代表正式评定', as_of, facts: [['填报单位', '市城市管理局']],
    tables: [{ title: '得分', columns: [{ title: '指标', width: 40 }, { title: '得分' }], rows: [['=1+1', { number: '3.1', digits: 2 }], { cells: ['合计', 3.1], total: true }] }],
    signatures: ['（盖章）'],
  };
  const bytes = write_tables(document);
  assert.deepEqual([...bytes.slice(0, 2)], [0x50, 0x4b]);
  assert.deepEqual(write_tables(document), bytes);
});

test('two reports are compared as the command compares them', () => {
  const before = checker.check(entry, { as_of });
  const after = checker.check({ ...entry, fields: { ...entry.fields, swept_area: '99999', no_such: 1 } }, { as_of: '2025-01-01' });
  const folder = mkdtempSync(join(tmpdir(), 'office-'));
  try {
    writeFileSync(join(folder, 'a.json'), JSON.stringify(before));
    writeFileSync(join(folder, 'b.json'), JSON.stringify(after));
    for (const [standards, rulebooks] of [[[], []], [['--standard', 'target/module/changzhou-2023.wasm'], [rulebook]]]) {
      const { stdout, status } = spawnSync(join(root, 'target/release/duibiao'), ['compare', join(folder, 'a.json'), join(folder, 'b.json'), '--format', 'json', ...standards], { cwd: root, encoding: 'utf8' });
      assert.equal(status, 1);
      const { a, b, ...found } = JSON.parse(stdout);
      assert.deepEqual(compare(before, after, rulebooks), found);
      assert.deepEqual(found.parts, ['data', 'date']);
      assert.equal(found.untold, rulebooks.length === 0 ? 'no_standard' : undefined);
    }
    const { turned, fields } = compare(before, after, [rulebook]);
    assert.ok(turned.some(({ causes }) => causes.includes('data')));
    assert.equal(fields.find(({ id }) => id === 'swept_area').label, '道路清扫保洁面积');
    assert.equal(compare(before, before, [rulebook]).turned.length, 0);
    assert.throws(() => compare({}, before, []), ({ problems }) => problems[0].code === 'not-comparable');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
