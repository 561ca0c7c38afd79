// Blocks from spreadsheets: which of several columns holds the values.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const load = async (name) => {
  const bundle = await rolldown({ input: fileURLToPath(new URL(`../www/src/work/${name}.ts`, import.meta.url)) });
  const { output: [{ code }] } = await bundle.generate({ format: 'esm' });
  return import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
};
const [{ cellsOf, plan }, { layoutOf }] = await Promise.all(['paste', 'entry'].map(load));

const field = (id, label) => ({ id, name: label, label, type: 'number', unit: '万平方米', keys: [], choices: [], group: 'g' });
const standard = { fields: [field('area', '清扫面积'), field('swept', '机扫面积')], parameters: [], indicators: [], chapters: [{ id: 'c' }], groups: [{ id: 'g', chapter: 'c' }] };
const layout = layoutOf(standard, []);

test('the values are what was reached, of the newest year; what was aimed at never is', () => {
  for (const [heads, column] of [
    ['数据项\t数值', 1],
    ['数据项\t目标值\t完成值', 2],
    ['数据项\t2022年\t2023年', 2],
    ['数据项\t2023年\t2022年', 1],
    ['数据项\t2022年完成值\t2023年完成值', 2],
    ['数据项\t2024年目标\t2023年', 2],
    ['数据项\t2023年\t填报值', 2],
    ['数据项\t2023年\t\n\t目标值\t完成值', 2],
    ['数据项\t目标完成情况\t\n\t目标值\t完成值', 2],
    ['数据项\t上年数据\t本年数据', 2],
  ]) {
    const width = heads.split('\n')[0].split('\t').length;
    const rows = ['清扫面积', '机扫面积'].map((name, i) => [name, ...Array.from({ length: width - 1 }, (_, n) => `${(n + 1) * 100 + i}`)].join('\t'));
    const found = plan(cellsOf([heads, ...rows].join('\n')), standard, layout, {}, { run: [] });
    assert.equal(found.column, column, heads);
    assert.deepEqual(found.proposals.filter(({ path }) => path === 'area').map(({ after }) => after), [`${column * 100}`], heads);
  }
});
