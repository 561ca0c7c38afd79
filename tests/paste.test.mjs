// Blocks from spreadsheets: in which unit a figure was given, and which of several columns holds the figures, is never guessed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const bundled = async (name) => {
  const bundle = await rolldown({ input: fileURLToPath(new URL(`../www/src/work/${name}.ts`, import.meta.url)) });
  const { output: [{ code }] } = await bundle.generate({ format: 'esm' });
  return import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
};
const { cellsOf, plan, useful } = await bundled('paste');
const { layoutOf } = await bundled('entry');

const field = (id, label, unit, more = {}) => ({ id, name: label, label, unit, type: 'number', keys: [], group: 'g', ...more });
const standard = {
  fields: [
    field('swept', '道路清扫保洁面积', '万平方米'), field('mech', '机械化清扫面积', '万平方米'), field('rate', '分类覆盖率', '%', { type: 'percent' }),
    field('note', '说明', '', { type: 'text' }), field('park', '人均公园绿地', '平方米', { keys: ['天宁区', '金坛区'] }),
  ],
  parameters: [], indicators: [], groups: [{ id: 'g', chapter: 'c' }],
};
const placed = (text) => {
  const made = plan(cellsOf(text), standard, layoutOf(standard, []), {}, { run: ['swept', 'mech', 'rate'] });
  return { asks: made.asks, values: Object.fromEntries(useful(made).map(({ path, after }) => [path, after])), doubts: useful(made).filter(({ unit }) => unit !== undefined).map(({ path }) => path), leaves: made.proposals.map(({ leaves }) => leaves) };
};

const units = [
  ['a column of units', '指标\t单位\t完成值\n道路清扫保洁面积\t平方米\t48300000\n机械化清扫面积\t万平方米\t4530', { swept: '48300000平方米', mech: '4530' }, ['swept']],
  ['behind the name', '道路清扫保洁面积（平方米）\t48300000\n机械化清扫面积(公顷)\t4,530', { swept: '48300000平方米', mech: '4,530公顷' }, ['swept', 'mech']],
  ['behind the head of the figures', '指标\t完成值（㎡）\n道路清扫保洁面积\t48300000', { swept: '48300000㎡' }, ['swept']],
  ['for the whole table', '单位：平方米\t\n指标\t数值\n道路清扫保洁面积\t48300000', { swept: '48300000平方米' }, ['swept']],
  ['heads above one row', '道路清扫保洁面积（平方米）\t机械化清扫面积\n48300000\t4530', { swept: '48300000平方米', mech: '4530' }, ['swept']],
  ['a row of units', '道路清扫保洁面积\t机械化清扫面积\n平方米\t公顷\n48300000\t4530', { swept: '48300000平方米', mech: '4530公顷' }, ['swept', 'mech']],
  ['of a list', '指标\t单位\t天宁区\t金坛区\n人均公园绿地\t公顷\t14\t13', { 'park.天宁区': '14公顷', 'park.金坛区': '13公顷' }, ['park.天宁区', 'park.金坛区']],
  ['the same, written otherwise', '指标\t单位\t完成值\n道路清扫保洁面积\t万m²\t4830\n分类覆盖率\t％\t95', { swept: '4830', rate: '95' }, []],
  ['a figure that has its unit', '指标\t单位\t完成值\n道路清扫保洁面积\t平方米\t4830万平方米', { swept: '4830万平方米' }, []],
  ['who filled it in is no unit', '单位：市城市管理局\t\n指标\t数值\n道路清扫保洁面积（含广场）\t4830', { swept: '4830' }, []],
];
for (const [what, text, values, doubts] of units) {
  test(`units: ${what}`, () => {
    const made = placed(text);
    assert.deepEqual([made.values, made.doubts], [values, doubts]);
  });
}

const columns = [
  ['half a year and a whole one', '指标\t上半年\t全年\n道路清扫保洁面积\t4700\t4830', [1, 2]],
  ['quarters', '指标\t一季度\t二季度\t三季度\n道路清扫保洁面积\t1000\t1100\t1200', [1, 2, 3]],
  ['nothing above them', '道路清扫保洁面积\t4700\t4830', [1, 2]],
  ['a target alone', '指标\t目标值\n道路清扫保洁面积\t5000', [1]],
  ['two of one word', '指标\t完成值\t完成值\n道路清扫保洁面积\t4700\t4830', [1, 2]],
  ['two of one year', '指标\t2023年\t2023年\n道路清扫保洁面积\t4700\t4830', [1, 2]],
  ['two columns without names', '480\t500\n412\t400', [0, 1]],
  ['a base beside the number', '指标\t基数\t数量\n道路清扫保洁面积\t100\t4830', '4830'],
  ['a target beside the figure', '指标名称\t计量单位\t年度目标\t完成情况\n道路清扫保洁面积\t万平方米\t5000\t4830', '4830'],
  ['a rate beside the figure', '指标\t完成率\t完成值\n道路清扫保洁面积\t98%\t4830', '4830'],
  ['the newest year', '指标\t2023年\t2022年\n道路清扫保洁面积\t4830\t4700', '4830'],
  ['two rows of heads', '序号\t指标\t数值\t\n\t\t目标值\t完成值\n1\t道路清扫保洁面积\t5000\t4830', '4830'],
  ['a remark behind', '道路清扫保洁面积\t4830\t按年报', '4830'],
];
for (const [what, text, wanted] of columns) {
  test(`columns: ${what}`, () => {
    const made = placed(text);
    if (typeof wanted === 'string') assert.deepEqual([made.asks, made.values], [[], { swept: wanted }]);
    else assert.deepEqual([made.asks, made.values], [wanted, {}]);
  });
}

test('several rows of figures below their names: none is taken, unless years tell', () => {
  assert.deepEqual(placed('季度\t道路清扫保洁面积\t机械化清扫面积\n一季度\t1000\t900\n二季度\t1100\t900').values, { mech: '900' });
  assert.deepEqual(placed('季度\t道路清扫保洁面积\t机械化清扫面积\n一季度\t1000\t900\n二季度\t1100\t950').leaves, ['which', 'which', 'which', 'which']);
  assert.deepEqual(placed('年份\t道路清扫保洁面积\t机械化清扫面积\n2022\t470\t400\n2023\t480\t412').values, { swept: '480', mech: '412' });
});

const counted = (id, label) => ({ id, name: label, label, type: 'number', unit: '万平方米', keys: [], choices: [], group: 'g' });
const small = { fields: [counted('area', '清扫面积'), counted('swept', '机扫面积')], parameters: [], indicators: [], chapters: [{ id: 'c' }], groups: [{ id: 'g', chapter: 'c' }] };
const layout = layoutOf(small, []);

test('a row whose name nobody knows is listed, also as the first and over two lines', () => {
  const made = plan(cellsOf('"老旧小区\n改造"\t46\n道路清扫保洁面积\t4800'), standard, layoutOf(standard, []), {}, { run: ['swept'] });
  assert.deepEqual(made.proposals.map(({ row, name, after, leaves }) => [row, name, after, leaves]), [[1, '老旧小区 改造', '46', 'unknown'], [2, '道路清扫保洁面积', '4800', undefined]]);
  // Heads are none: years, days, and the numbers of columns.
  for (const head of ['数据项\t2023年', '甲\t1', '指标\t完成值', '填报日期\t2023-10-01', '本表\t']) {
    assert.deepEqual(plan(cellsOf(`${head}\n道路清扫保洁面积\t4800`), standard, layoutOf(standard, []), {}, { run: ['swept'] }).proposals.map(({ row }) => row), [2], head);
  }
});

test('what is entered as yes or no is told as staff write it', () => {
  const yes = { ...standard, fields: [field('done', '已建立', '', { type: 'yes-no' })] };
  const told = (text) => plan(cellsOf(text), yes, layoutOf(yes, []), { fields: { done: true } }, { run: ['done'] }).proposals.map(({ before, leaves }) => [before, leaves]);
  assert.deepEqual(told('已建立\t否'), [['是', undefined]]);
  assert.deepEqual(told('已建立\t是'), [['是', 'same']]);
});

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
    const found = plan(cellsOf([heads, ...rows].join('\n')), small, layout, {}, { run: [] });
    assert.equal(found.column, column, heads);
    assert.deepEqual(found.proposals.filter(({ path }) => path === 'area').map(({ after }) => after), [`${column * 100}`], heads);
  }
});
