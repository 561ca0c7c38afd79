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

test('what is entered and left empty in a form is asked about, and goes only if somebody says so', () => {
  const waiver = { reason: '疫情', by: '市政府', until: '2024-12-31' };
  const present = { fields: { area: '480', toilets: { 东区: '3', 西区: '4' } }, parameters: { line: '40' }, not_applicable: { 'A-1': '没有' }, waived: { 'A-1': waiver } };
  const at = (cell) => ({ sheet: '清扫', cell });
  const empty = { area: at('F4'), 'toilets.东区': at('F5'), 'parameter:line': at('F6'), 'reason:A-1': at('F7'), 'waived:A-1': at('F8'), plan: at('F9') };
  const merged = merge(present, [{ file: '甲.xlsx', read: { entry: { fields: { toilets: { 西区: '4' } } }, places: {}, empty } }], standard);
  assert.deepEqual(merged.entry, present);
  assert.equal(merged.same, 1);
  assert.deepEqual(merged.conflicts.map(({ path }) => path), ['area', 'toilets.东区', 'parameter:line', 'reason:A-1', 'waived:A-1']);
  assert.deepEqual(merged.conflicts[0].choices, [{ value: '480', spots: [{}] }, { value: '', spots: [{ file: '甲.xlsx', ...at('F4') }] }]);
  assert.deepEqual(settle(merged, new Map()), present);
  assert.deepEqual(settle(merged, new Map(merged.conflicts.map(({ path }) => [path, 1]))), {
    fields: { toilets: { 西区: '4' } }, parameters: {}, not_applicable: {}, waived: {},
  });
  const last = settle(merge({ fields: { toilets: { 东区: '3' } } }, [{ file: '甲.xlsx', read: { entry: {}, places: {}, empty } }], standard), new Map([['toilets.东区', 1]]));
  assert.deepEqual(last, { fields: {} });
});

test('evidence and notes are merged as figures are; more evidence is only more', () => {
  const paper = (name) => ({ name, number: '', date: '', pages: '', digest: '', file: '' });
  const present = { fields: {}, evidence: { 'A-1': [paper('台账')], 'B-1': [paper('甲'), paper('乙')] }, notes: { 'A-1': '旧' } };
  const merged = merge(present, [{ file: '甲.xlsx', read: {
    entry: { evidence: { 'A-1': [paper('台账'), paper('证明')], 'B-1': [paper('甲')], 'C-1': [paper('丙')] }, notes: { 'A-1': '新', 'C-1': '口径' } },
    places: { 'note:A-1': { sheet: '备注', cell: 'D4' } },
  } }], standard);
  assert.deepEqual(merged.added, ['evidence:A-1', 'evidence:C-1', 'note:C-1']);
  assert.deepEqual(merged.entry, {
    fields: {}, evidence: { 'A-1': [paper('台账'), paper('证明')], 'B-1': [paper('甲'), paper('乙')], 'C-1': [paper('丙')] }, notes: { 'A-1': '旧', 'C-1': '口径' },
  });
  assert.deepEqual(merged.conflicts.map(({ path, label }) => [path, label]), [['evidence:B-1', 'B-1'], ['note:A-1', 'A-1 机械化清扫率']]);
  const { evidence, notes } = settle(merged, new Map([['evidence:B-1', 1], ['note:A-1', 1]]));
  assert.deepEqual([evidence['B-1'], notes['A-1']], [[paper('甲')], '新']);
  const cleared = merge(present, [{ file: '甲.xlsx', read: { entry: {}, places: {}, empty: { 'evidence:A-1': { sheet: '佐证材料', cell: 'D4' }, 'note:A-1': { sheet: '备注', cell: 'D4' } } } }], standard);
  assert.deepEqual(settle(cleared, new Map([['evidence:A-1', 1], ['note:A-1', 1]])), { fields: {}, evidence: { 'B-1': present.evidence['B-1'] }, notes: {} });
});

test('every single value has a path', () => {
  const entry = { fields: { area: 0, plan: false, toilets: { 东区: null, 西区: ' ' } }, parameters: { line: '1' }, not_applicable: { 'A-1': 'x' } };
  assert.deepEqual([...flat(entry)], [['area', 0], ['plan', false], ['parameter:line', '1'], ['reason:A-1', 'x']]);
});
