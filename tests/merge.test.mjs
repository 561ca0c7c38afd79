// Merging files into an entry: what agrees is silent, what differs is asked about, nothing is overwritten.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const bundle = await rolldown({ input: fileURLToPath(new URL('../www/src/work/merge.ts', import.meta.url)) });
const { output: [{ code }] } = await bundle.generate({ format: 'esm' });
const { merge, settle, flat } = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);

const standard = {
  fields: [{ id: 'area', label: '道路清扫面积', keys: [] }, { id: 'toilets', label: '公厕密度', keys: ['东区', '西区'] }],
  parameters: [{ id: 'line', label: '利用率下限' }],
  indicators: [{ id: 'A-1', title: '机械化清扫率' }],
};
const from = (file, entry, places = {}) => ({ file, read: { entry, places } });

test('what is new goes in, what agrees is silent', () => {
  const present = { fields: { area: '480', toilets: { 东区: '3' } } };
  const merged = merge(present, [
    from('甲.xlsx', { fields: { area: '４８０ ', toilets: { 西区: 4 } }, parameters: { line: 40 } }),
    from('乙.xlsx', { fields: { toilets: { 西区: '4' }, plan: true }, not_applicable: { 'A-1': '没有' } }),
    from('丙.xlsx', { fields: { plan: '是' } }),
  ], standard);
  assert.deepEqual(merged.conflicts, []);
  assert.equal(merged.same, 1);
  assert.deepEqual(merged.added, ['toilets.西区', 'parameter:line', 'plan', 'reason:A-1']);
  assert.deepEqual(merged.entry, {
    fields: { area: '480', toilets: { 东区: '3', 西区: 4 }, plan: true }, parameters: { line: '40' }, not_applicable: { 'A-1': '没有' },
  });
  assert.deepEqual(present, { fields: { area: '480', toilets: { 东区: '3' } } }, 'what was entered is left alone');
});

test('what differs names every place, and waits', () => {
  const waiver = { reason: '疫情', by: '市政府', until: '2024-12-31' };
  const present = { fields: { area: '480' }, waived: { 'A-1': waiver } };
  const merged = merge(present, [
    from('甲.xlsx', { fields: { area: '481', toilets: { 东区: '95%' } } }, { area: { sheet: '清扫', cell: 'F4' }, 'toilets.东区': { sheet: '公厕', cell: 'F9' } }),
    from('乙.xlsx', { fields: { area: '480', toilets: { 东区: '95' } } }, { area: { sheet: '清扫', cell: 'F4' }, 'toilets.东区': { sheet: '公厕', cell: 'F8' } }),
    from('丙.xlsx', { waived: { 'A-1': { ...waiver, until: '2025-01-01' } } }),
  ], standard);
  assert.deepEqual(merged.entry, present);
  assert.deepEqual(merged.conflicts.map(({ path, label }) => [path, label]), [
    ['area', '道路清扫面积'], ['toilets.东区', '公厕密度（东区）'], ['waived:A-1', 'A-1 机械化清扫率'],
  ]);
  assert.deepEqual(merged.conflicts[0].choices, [
    { value: '480', spots: [{}, { file: '乙.xlsx', sheet: '清扫', cell: 'F4' }] },
    { value: '481', spots: [{ file: '甲.xlsx', sheet: '清扫', cell: 'F4' }] },
  ]);
  assert.deepEqual(merged.conflicts[1].choices.map(({ value }) => value), ['95%', '95']);
  const settled = settle(merged, new Map([['toilets.东区', 0], ['waived:A-1', 1]]));
  assert.deepEqual(settled, { fields: { area: '480', toilets: { 东区: '95%' } }, waived: { 'A-1': { ...waiver, until: '2025-01-01' } } });
  assert.deepEqual(settle(merged, new Map()), present, 'nothing settled, nothing changed');
});

test('every single value has a path', () => {
  const entry = { fields: { area: 0, plan: false, toilets: { 东区: null, 西区: ' ' } }, parameters: { line: '1' }, not_applicable: { 'A-1': 'x' } };
  assert.deepEqual([...flat(entry)], [['area', 0], ['plan', false], ['parameter:line', '1'], ['reason:A-1', 'x']]);
});
