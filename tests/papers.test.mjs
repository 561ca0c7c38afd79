// Papers as plain data: what they say of the example, word for word, and that every way of asking for them gives one.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { everyPaper, golden, load, material, people } from './tools/papers.mjs';

const modules = await load();
const { groundsOf, papersOf, plain, PAPERS, wordsFor } = modules;

test('the papers of the example say what they said', async () => {
  assert.equal(await everyPaper(), await readFile(golden, 'utf8'), 'made anew by: node tests/tools/papers.mjs');
});

test('rows have a cell for each column, widths make a page, and nobody reads an undefined', async () => {
  for (const lang of ['zh', 'en']) {
    const of = await material(modules, lang);
    for (const paper of PAPERS.flatMap((id) => papersOf(id, of, ''))) {
      assert.doesNotMatch(plain(paper), /undefined|null|NaN|\[object/, paper.name);
      for (const block of paper.blocks.filter(({ kind }) => kind === 'table')) {
        const width = block.columns.reduce((sum, column) => sum + column.width, 0);
        assert.ok(width > 92 && width < 108, `${paper.name} ${block.title}: ${width}`);
        for (const { cells } of block.rows) assert.equal(cells.length, block.columns.length, `${paper.name} ${block.title}`);
      }
    }
  }
});

test('nothing that falls short, lacks or waits is left out, for all and for the departments together', async () => {
  const of = await material(modules);
  const ids = (paper) => new Set(plain(paper).match(/\b[A-GPRX]-\d\d\b/g));
  const outcomes = (...wanted) => of.report.findings.filter(({ outcome }) => wanted.includes(outcome)).map(({ indicator }) => indicator);
  const [unmet] = papersOf('unmet', of, '');
  for (const id of outcomes('unmet', 'partial')) assert.ok(ids(unmet).has(id), id);
  const [missing] = papersOf('missing', of, '');
  for (const id of outcomes('missing', 'invalid')) assert.ok(ids(missing).has(id), id);
  const [pending] = papersOf('pending', of, '');
  for (const id of outcomes('pending')) assert.ok(ids(pending).has(id), id);
  const slips = papersOf('slips', of, '');
  const asked = new Set(slips.flatMap((slip) => [...ids(slip)]));
  for (const id of outcomes('unmet', 'partial', 'missing', 'invalid')) assert.ok(asked.has(id), id);
  assert.equal(new Set(slips.map(({ name }) => name)).size, slips.length);
  const [score] = papersOf('score', of, '');
  for (const { id } of of.standard.indicators) assert.ok(ids(score).has(id), id);
});

test('a list for one department holds that department alone, joint items with it', async () => {
  const of = await material(modules);
  const [list] = papersOf('unmet', of, '市公安局');
  assert.deepEqual(list.blocks[0].rows.map(({ cells }) => cells[1].slice(0, 4)), ['D-05', 'D-07']);
  assert.equal(papersOf('slips', of, '市公安局').length, 1);
  // A bureau answers for its parts too, and says which; each part can be asked alone.
  const count = (id, unit) => papersOf(id, of, unit)[0].blocks[0].rows.length;
  const bureau = '市城市管理局';
  assert.ok(count('score', bureau) > count('score', `${bureau}（市园林局）`) && count('score', `${bureau}（市园林局）`) > 0);
  const slips = papersOf('slips', of, '').map(({ name }) => name);
  assert.deepEqual(slips.filter((name) => name.includes(bureau)), [`整改交办单-${bureau}`]);
  const [whole] = papersOf('slips', of, bureau);
  const [part] = papersOf('slips', of, `${bureau}（市园林局）`);
  assert.match(plain(whole), /承办：市城市管理局（市园林局）/);
  assert.doesNotMatch(plain(part), /承办：/);
});

test('the standard of each indicator is what is asked, with the lines as figures', async () => {
  const of = await material(modules);
  const { rows } = papersOf('score', of, '')[0].blocks[0];
  const rules = new Map(rows.map(({ cells }) => [/^[A-Z]-\d\d/.exec(cells[1])?.[0], cells[3].replace(/\u00a0/g, ' ')]));
  for (const { id, formula, quote, parameters } of of.standard.indicators) {
    const rule = rules.get(id);
    assert.notEqual(rule, quote, id);
    assert.ok(rule.length <= formula.length + 60, id);
    for (const { label, values } of of.standard.parameters.filter((one) => parameters.includes(one.id))) {
      if (values.some(({ from, to }) => from <= of.report.as_of && (to === undefined || of.report.as_of <= to))) assert.ok(!rule.includes(label), `${id}: ${label}`);
    }
  }
  for (const [id, said] of [
    ['C-10', '机械化清扫面积 ÷ 道路清扫保洁面积 ≥ 93%'], ['A-01', '已完成老旧小区数 ÷ 年度计划改造老旧小区数 ≥ 100%'], ['C-07', '综合利用量 ÷ 园林绿化废弃物量 ≥ 绿化废弃物利用率下限（待定）'],
    ['A-05', '公园绿地面积 ÷ 城区人口 ≥ 14.8 平方米/人\n各城区人均公园绿地（逐项） ≥ 5.5 平方米/人'], ['F-10', '动态调整制度 且 检查日期 ≤ 最近演练日期后 3 年'],
  ]) assert.equal(rules.get(id), said);
});

test('a sum is the sum of what stands above it, or says how it came about', async () => {
  const of = await material(modules);
  const { rows } = papersOf('score', of, '')[0].blocks[0];
  const text = (cell) => (typeof cell === 'string' ? cell : cell.text);
  const chapters = rows.filter(({ bold, cells }) => bold && /^[一二三四五六七八九]、/.test(cells[1]));
  const sum = (place) => chapters.reduce((all, { cells }) => all + (Number(text(cells[place]).split('–')[0]) || 0), 0);
  const subtotal = rows.find(({ cells }) => cells[1] === '各方面小计');
  assert.equal(Number(text(subtotal.cells[2])), sum(2));
  // What does not count shows no full marks of its own either.
  let above = 0;
  for (const { bold, cells } of [...rows].reverse()) {
    if (bold !== true) above += Number(text(cells[2])) || 0;
    else if (/^[一二三四五六七八九]、/.test(cells[1])) { assert.equal(Number(text(cells[2])) || 0, above, cells[1]); above = 0; }
  }
  assert.equal(Number(text(subtotal.cells[6]).split('–')[0]), Math.round(sum(6) * 100) / 100);
  assert.match(rows.at(-1).cells[1], /折算/);
});

test('the report concludes as the page does: line, floors and conclusion from one score', async () => {
  const told = async (more, lang = 'zh') => {
    const of = await material(modules, lang, people, more);
    return { score: of.report.score, text: plain(papersOf('account', of, '')[0]), sheet: plain(papersOf('score', of, '')[0]) };
  };
  const failed = await told({ parameters: { pass_line: 60, chapter_floor: 70 } });
  assert.equal(failed.score.passes, false);
  assert.match(failed.text, /达标线 60 分，已达到。\n分项线未达到：环境卫生 10\.8–12\.8，要求 13\.3。?[^]*参考结论：不符合达标条件。/);
  assert.match(failed.sheet, /参考结论：不符合达标条件/);
  // Still open to the line, but failed by a floor: that is no longer open.
  const open = await told({ parameters: { pass_line: 70, chapter_floor: 70 }, not_applicable: { 'A-08': '无此设施' }, waived: { 'A-04': { reason: '改造中', by: '市政府', until: '2024-12-31' } } });
  assert.equal(open.score.passes, false);
  assert.match(open.text, /达标线[^。]*暂不能判定。\n分项线未达到：[^]*参考结论：不符合达标条件。/);
  const unset = await told({ parameters: { chapter_floor: 70 } });
  assert.match(unset.text, /达标线尚未明确。\n分项线未达到[^]*参考结论：不符合达标条件。/);
  assert.doesNotMatch(unset.text, /能否通过暂不能判定/);
  const passed = await told({ parameters: { pass_line: 60, chapter_floor: 10 } });
  assert.match(passed.text, /分项线：各方面均已达到。\n参考结论：符合达标条件。/);
  assert.match((await told({ parameters: { pass_line: 60, chapter_floor: 70 } }, 'en')).text, /For reference: would not pass\./);
});

test('the score has the same places wherever it stands beside its line', async () => {
  const of = await material(modules, 'zh', people, { parameters: { pass_line: '70.98' }, not_applicable: { 'A-08': '无此设施' }, waived: { 'A-04': { reason: '改造中', by: '市政府', until: '2024-12-31' } } });
  assert.equal(of.report.score.high, '70.975');
  const [account, sheet] = ['account', 'score'].map((id) => plain(papersOf(id, of, '')[0]));
  assert.match(account, /至 70\.975 分[^]*达标线 70\.98 分，未达到[^]*–70\.975 \|/);
  assert.match(sheet, /至 70\.975 分[^]*–70\.975 \|/);
  for (const text of [account, sheet]) assert.doesNotMatch(text, /(至 |–)70\.98/);
});

test('what is set aside says why once, and two reasons are told apart', async () => {
  const waiver = { reason: '改造中', by: '市政府', until: '2024-12-31' };
  const of = await material(modules, 'zh', people, { parameters: { pass_line: 60 }, not_applicable: { 'A-08': '本市没有' }, waived: { 'A-04': waiver, 'A-08': waiver } });
  const sheet = plain(papersOf('score', of, '')[0]);
  assert.match(sheet, /\| 豁免。理由：改造中（市政府批准，至 2024-12-31） \|/);
  assert.match(sheet, /\| 不涉及。理由：本市没有；另登记豁免：改造中（市政府批准，至 2024-12-31） \|/);
  assert.match(groundsOf(of.report.findings.find(({ indicator }) => indicator === 'A-08'), wordsFor('zh'), of.layout.fields), /不涉及。理由：本市没有。豁免理由：改造中（市政府，至 2024-12-31）。/);
  assert.match(sheet, /\| 不涉及。应移送案件数为 0，本项不涉及。 \|/);
});

test('a figure that cannot be read names what it is for, whatever else decides that', async () => {
  for (const [field, use] of [['cd_waste_total', ''], ['emerg_people', '核对其他数据']]) {
    const of = await material(modules, 'zh', people, { fields: { [field]: 'abc' } });
    const { label } = of.standard.fields.find(({ id }) => id === field) ?? assert.fail(field);
    const row = papersOf('missing', of, '')[0].blocks[0].rows.find(({ cells }) => cells[1] === label);
    assert.match(row.cells[3], use === '' ? /^[A-Z]-\d\d / : new RegExp(`^${use}$`), field);
  }
});

test('an empty assessment makes papers too', async () => {
  const of = await material(modules, 'zh', {});
  const report = { ...of.report, findings: of.report.findings.map((finding) => ({ ...finding, outcome: 'met' })), data: [] };
  assert.match(plain(papersOf('unmet', { ...of, report }, '')[0]), /没有未达标的指标/);
  assert.match(plain(papersOf('tasks', { ...of, report }, '')[0]), /没有需要整改的事项/);
  assert.ok(Object.keys(people.tasks).length > 0);
});

test('a condition that must not hold is told as what is asked, and several ways as such', () => {
  const number = (label, shown) => ({ value: shown, shown, unit: '', ...(label === '' ? {} : { label, field: label }) });
  const compare = (label, value, op, line, gap, holds, more = {}) => ({ kind: 'compare', holds, decisive: true, at: '', op, left: number(label, value), right: number('', line), gap, gap_unit: '', ...more });
  const truth = (label, value, more = {}) => ({ kind: 'truth', holds: value === 'yes', decisive: true, at: '', term: { ...number(label, value) }, ...more });
  const negated = { negated: true };
  const told = (reason, lang = 'zh') => groundsOf({ reason, text: '' }, wordsFor(lang), new Map());
  assert.equal(told({ kind: 'not', holds: false, decisive: true, at: '', parts: [compare('甲', '5', '>=', '4', '1', true, negated)] }), '甲：现值 5，要求 ＜\u00a04，超出 1');
  assert.equal(told({ kind: 'not', holds: true, decisive: true, at: '', parts: [compare('甲', '1', '>=', '4', '3', false, negated)] }), '甲：现值 1，要求 ＜\u00a04，余 3');
  assert.equal(told(truth('有', 'yes', negated), 'zh'), '有：是，要求为“否”');
  assert.equal(told(compare('甲', '80.004', '<=', '3', '77.004', false)), '甲：现值 80.004，要求 ≤\u00a03，超出 77.004');
  const ways = { kind: 'any', holds: false, decisive: true, at: '', parts: [
    { kind: 'all', holds: false, decisive: true, at: '', parts: [compare('甲', '5', '>=', '40', '35', false), truth('有', 'no')] }, compare('乙', '5', '>=', '10', '5', false)] };
  assert.equal(told(ways), '以下满足一项即可，现均未满足：须同时满足（甲：现值 5，要求 ≥\u00a040，差 35；有：否）；乙：现值 5，要求 ≥\u00a010，差 5');
  const chosen = { kind: 'when', holds: false, decisive: true, at: '', parts: [truth('有', 'yes', { decisive: false }), compare('甲', '5', '<=', '3', '2', false), compare('甲', '5', '<=', '10', '5', true, { decisive: false })] };
  assert.equal(told(chosen), '因有 是，适用：甲：现值 5，要求 ≤\u00a03，超出 2');
});
