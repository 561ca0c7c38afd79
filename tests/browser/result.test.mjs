// 结果分析: where the score stands, trying without saving, two rounds side by side.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { asOf, axeViolations, field, fillExample, launch, open, phone, ready, serve, sticksOut, tab } from './browser.mjs';

let server, browser;
before(async () => { server = await serve(); browser = await launch(); });
after(async () => { await browser.close(); await server.close(); });

async function start(options = {}) {
  const page = await open(browser, server.address, options);
  await ready(page, null);
  await fillExample(page);
  await asOf(page, '2024-01-01');
  await tab(page, 'result');
  return page;
}
const card = (page, head) => page.locator('.card').filter({ has: page.locator('h3', { hasText: head }) });
const desk = (page, look) => page.evaluate(look);
const setLine = (page, line) => page.evaluate((value) => { const { work } = document.querySelector('duibiao-desk'); work.commitEntry({ ...work.entry, parameters: { ...work.entry.parameters, pass_line: value } }, ''); }, line);

test('the score, its interval, and how far the line is', async () => {
  const page = await start();
  const stand = card(page, '得分与达标线');
  assert.match(await stand.innerText(), /60\.95–70\.28\s+满分 85 分[^]*已确定 60\.95 分，未定的全部达标可到 70\.28 分，尚有 9\.33 分未定。[^]*达标线没有设定/);
  await setLine(page, '80');
  assert.match(await stand.innerText(), /达标线 80 分，即使未定的全部达标，离达标线仍差 9\.72 分/);
  await setLine(page, '65');
  assert.match(await stand.innerText(), /按已确定的得分，离达标线还差 4\.05 分/);
  await setLine(page, '60');
  assert.match(await stand.innerText(), /已达到达标线，超出 0\.95 分/);
  assert.deepEqual(page.complaints, []);
});

test('a floor that is missed says what there is and what is asked; chapters without points are not compared with theirs', async () => {
  const page = await start();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出核查报告' }).click();
  const before = await (await download).path();
  await desk(page, () => { const { work } = document.querySelector('duibiao-desk'); work.commitEntry({ ...work.entry, parameters: { ...work.entry.parameters, pass_line: '60', chapter_floor: '70' } }, ''); });
  assert.match(await card(page, '得分与达标线').innerText(), /不符合达标条件[^]*分项线没有通过：环境卫生 10\.8–12\.8，要求 13\.3/);
  assert.match(await page.locator('duibiao-check .lines').textContent(), /分项线\s*没有达到\s*环境卫生 10\.8–12\.8，要求 13\.3/);
  await page.locator('#file-before').setInputFiles({ name: '上轮.json', mimeType: 'application/json', buffer: await readFile(before) });
  const compared = card(page, '比较');
  await compared.getByText('总评').waitFor();
  const said = await compared.locator('.all-differences').filter({ hasText: '参考结论' }).innerText();
  assert.match(said, /分项线 城市容貌：无 → 达到/);
  assert.doesNotMatch(said, /分项线 (?:工作步骤|实施步骤|工作要求)/);
  assert.equal(said.match(/^分项线/gm).length, 7);
});

test('to paper goes what is shown, without controls and passing words', async () => {
  const page = await start();
  await setLine(page, '60');
  await page.emulateMedia({ media: 'print' });
  const { narrowing } = await desk(page, () => document.querySelector('duibiao-desk').report.score);
  const first = await card(page, '先填').innerText();
  for (const { label } of narrowing.slice(0, 5)) assert.ok(first.includes(label), label);
  assert.doesNotMatch(await card(page, '先改').innerText(), /操作|试算|去填报/);
  assert.equal(await card(page, '试算：').isVisible(), false);
  await page.emulateMedia({ media: 'screen' });
  await page.locator('#tab-form').click();
  await page.evaluate(() => document.querySelector('duibiao-desk').work.tell({ tone: 'info', text: '只说一下', problems: [], canUndo: false }));
  await page.getByText('只说一下').waitFor();
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.getByText('只说一下').isVisible(), false);
  const said = await page.locator('duibiao-check .summary').innerText();
  assert.match(said, /待设定\s+满分、分项线/);
  assert.match(said, /待处理[^]*城市道路机械化清扫率\s+可增 1\.04 分/);
});

test('what settles the score and what to put right first lead to the form', async () => {
  const page = await start();
  const { narrowing, fix_first: first } = await desk(page, () => document.querySelector('duibiao-desk').report.score);
  await card(page, '先填').locator('summary').click();
  assert.deepEqual(await card(page, '先填').locator('.item').evaluateAll((items) => items.map((item) => item.querySelector('.item-title').firstChild.nextSibling.textContent)), narrowing.map(({ label }) => label));
  await card(page, '先改').locator('summary').click();
  assert.deepEqual(await card(page, '先改').locator('tbody .code').allInnerTexts(), first.map(({ indicator }) => indicator));
  await card(page, '先填').locator('.item').first().click();
  await page.waitForFunction((path) => innermost()?.dataset.path === path, narrowing[0].field);
});

test('trying changes the score beside the data, and the data only when it is taken over', async () => {
  const page = await start();
  await card(page, '先改').getByRole('button', { name: '试算 城市道路机械化清扫率' }).click();
  await page.waitForFunction(() => innermost()?.id === 'try-h');
  const box = card(page, '试算');
  const cells = () => box.locator('.try-result tr').evaluateAll((rows) => rows.map((row) => [...row.children].slice(1).map((cell) => cell.textContent.trim())));
  assert.deepEqual(await cells(), [['现在', '试算'], ['未达标', '未达标'], ['0 / 1', '0 / 1'], ['60.95–70.28 / 85', '60.95–70.28 / 85']]);
  const slider = box.locator('input[type=range]').first();
  await slider.evaluate((input) => { input.value = '5000'; input.dispatchEvent(new Event('input')); });
  assert.deepEqual((await cells()).slice(1), [['未达标', '达标'], ['0 / 1', '1 / 1'], ['60.95–70.28 / 85', '61.99–71.32 / 85']]);
  const saved = () => desk(page, () => String(document.querySelector('duibiao-desk').work.entry.fields.mech_swept_area));
  assert.equal(await saved(), '4685.5');
  // By the keys too, and as text as staff write it.
  await slider.focus();
  await page.keyboard.press('Home');
  assert.equal((await cells())[1][1], '未达标');
  await box.locator('input.figure').first().fill('4,761.6');
  assert.equal((await cells())[1][1], '达标');
  await box.locator('input.figure').first().fill('4761.59');
  assert.equal((await cells())[1][1], '未达标');
  await box.getByRole('button', { name: '填到达标' }).click();
  assert.equal(await box.locator('input.figure').first().inputValue(), '4761.6');
  // Tries of several indicators add up.
  await box.locator('#try-which').selectOption('B-07');
  await box.getByRole('button', { name: '填到达标' }).click();
  assert.equal((await cells())[3][1], '63.02–72.35 / 85');
  assert.match(await box.innerText(), /已试改 2 个数/);
  await box.getByRole('button', { name: '采用' }).click();
  assert.equal(await saved(), '4761.6');
  assert.match(await card(page, '得分与达标线').innerText(), /63\.02–72\.35/);
  await page.getByRole('button', { name: '撤销' }).first().click();
  assert.equal(await saved(), '4685.5');
  assert.deepEqual(page.complaints, []);
});

test('chapters and phases say in figures what they draw', async () => {
  const page = await start();
  assert.match(await page.locator('.bars tr', { hasText: '环境卫生' }).first().innerText(), /56\.8–67\.4%\s+失分预警\s+10\.8–12\.8\s+19\s+6\.2\s+2\s+10 \/ 19/);
  assert.match(await page.locator('.phases').innerText(), /第二阶段 已结束\s+2023-06-01 – 2023-10-31[^]*逾期 1 项[^]*第三阶段 进行中/);
  await asOf(page, '2023-04-01');
  assert.match(await page.locator('.phases').innerText(), /第一阶段 进行中[^]*第二阶段 未开始/);
});

const compare = (page) => card(page, '比较');
const choose = (page, name, content, which = 'before') => page.locator(`#file-${which}`).setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
async function exported(page) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出核查报告' }).click()]);
  return readFile(await download.path());
}
const change = (page, fields, parameters = {}) => page.evaluate(([some, lines]) => { const { work } = document.querySelector('duibiao-desk'); work.commitEntry({ ...work.entry, fields: { ...work.entry.fields, ...some }, parameters: { ...work.entry.parameters, ...lines } }, ''); }, [fields, parameters]);

test('a saved report stands beside the present one, with what moved and which part moved it', async () => {
  const page = await start();
  const buffer = await exported(page);
  await choose(page, '上一轮.json', buffer);
  await compare(page).getByText('各项结论和得分都没有变化').waitFor();
  await change(page, { mech_swept_area: '4800' }, { garden_waste_line: '80' });
  await compare(page).locator('.moved').first().waitFor();
  const rows = () => compare(page).locator('.compare tr').evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.innerText)));
  assert.deepEqual((await rows()).filter(([head]) => ['方面', '环境卫生', '公共秩序', '总分'].includes(head)), [
    ['方面', '对照', '本份', '确定分变化', '最高分变化'], ['环境卫生', '10.8–12.8', '11.8–12.8', '＋1.04', '—'], ['公共秩序', '5–7', '5–7', '—', '—'], ['总分', '60.95–70.28', '61.99–70.28', '＋1.04', '—']]);
  assert.match(await compare(page).locator('.moved tr', { hasText: 'C-10' }).innerText(), /未达标\s*0\s+达标\s*1\s+＋1\.04\s+由数据引起\s+机械化清扫面积：4685\.5 万平方米 → 4800 万平方米/);
  assert.match(await compare(page).locator('.moved tr', { hasText: 'C-07' }).innerText(), /待定线\s+未达标\s*0\s+最高可到 −1\.04\s+由限值引起\s+绿化废弃物利用率下限：未设定 → 80%/);
  assert.equal(await compare(page).locator('.moved tbody tr').count(), 2);
  // On another day a verdict turns by the day alone.
  await asOf(page, '2024-12-01');
  await compare(page).locator('.moved tr', { hasText: 'F-10' }).getByText('由核查日期引起').waitFor();
  // Two files at once: data is judged by the present standard, the present work stays as it is.
  const wujin = JSON.stringify({ standard: { id: 'changzhou-2023' }, fields: { swept_area: 100, mech_swept_area: 95 } });
  await page.locator('#file-before').setInputFiles([['一季度.json', buffer], ['武进区.json', wujin]].map(([name, content]) => ({ name, mimeType: 'application/json', buffer: Buffer.from(content) })));
  await compare(page).locator('#side-after option:checked', { hasText: '武进区.json' }).waitFor({ state: 'attached' });
  await compare(page).getByText('由限值引起').nth(9).waitFor({ state: 'attached' });
  assert.deepEqual(await compare(page).locator('select option:checked').allInnerTexts(), ['一季度.json', '武进区.json']);
  await compare(page).getByRole('button', { name: '对调' }).click();
  assert.deepEqual(await compare(page).locator('select option:checked').allInnerTexts(), ['武进区.json', '一季度.json']);
  await compare(page).getByText('由数据、限值合在一起引起').first().waitFor({ state: 'attached' });
  assert.equal(await desk(page, () => document.querySelector('duibiao-desk').work.entry.fields.mech_swept_area), '4800');
  assert.deepEqual(page.complaints, []);
});

test('what cannot be compared says why, and what to do', async () => {
  const page = await start();
  const report = JSON.parse(await exported(page));
  const error = (text) => compare(page).locator('.message.error', { hasText: text }).waitFor();
  await choose(page, 'x.json', '{"a": 1');
  await error('没能读入“x.json”');
  await choose(page, 'y.json', JSON.stringify({ ...report, standard: { id: 'other', title: '另一标准', version: '1', digest: '' } }));
  await error('另一标准“另一标准”');
  await choose(page, 'z.json', '{}');
  await error('没有核查报告，也没有本标准的数据');
  assert.equal(await compare(page).locator('.compare').count(), 0);
  // A report that was altered, and one by another version of the rules: their data can be judged anew.
  for (const [other, text] of [[{ score: { ...report.score, low: '70' } }, '与它自己的数据对不上'], [{ standard: { ...report.standard, digest: 'sha256:00' } }, '用另一版规则核查']]) {
    await choose(page, '旧报告.json', JSON.stringify({ ...report, ...other }));
    await error(text);
    await compare(page).getByRole('button', { name: '按本版标准重新核查对照' }).click();
    await compare(page).getByText('各项结论和得分都没有变化').waitFor();
    assert.match(await compare(page).innerText(), /已按本版标准重新核查/);
  }
  await choose(page, '旧格式.json', JSON.stringify({ ...report, schema: 'duibiao-report/1' }));
  await compare(page).getByText('报告是其他格式，已按其中的数据核查').waitFor();
  assert.deepEqual(page.complaints, []);
});

test('the keyboard alone compares with another draft and with an earlier version', async () => {
  const page = await start();
  await page.locator('#drafts-b').click();
  await page.locator('.drafts').getByRole('button', { name: /^复制/ }).first().click();
  await page.waitForFunction(() => /#/.test(document.querySelector('duibiao-desk').work.draft));
  await page.locator('#drafts-b').click();
  await change(page, { mech_swept_area: '4800' });
  await page.locator('#side-before').focus();
  await page.keyboard.press('ArrowDown');
  await compare(page).locator('.moved tr', { hasText: 'C-10' }).waitFor();
  assert.deepEqual(await compare(page).locator('select option:checked').allInnerTexts(), ['默认草稿', '当前填报']);
  await change(page, Object.fromEntries(['swept_area', 'old_compound_done', 'block_done', 'lane_done', 'street_points_passed', 'market_standard'].map((id) => [id, '1'])));
  await page.locator('#side-before optgroup[label=历史版本] option').first().waitFor({ state: 'attached' });
  await page.locator('#side-before').focus();
  await page.keyboard.press('End');
  await compare(page).locator('.moved tr', { hasText: 'A-01' }).waitFor();
  assert.deepEqual(page.complaints, []);
});

test('what is tried does not stick to another figure of the form', async () => {
  const page = await start();
  await page.locator('#try-which').selectOption('C-10');
  await page.getByRole('button', { name: '填到达标' }).click();
  await page.locator('#tab-form').click();
  await page.locator('.chapters .part', { hasText: '环境卫生' }).click();
  assert.equal(await field(page, 'mech_swept_area').inputValue(), '4685.5');
});

// Empty, and in English: see desk.test.
for (const [name, options] of [['wide', {}], ['390 px, dark', { viewport: phone, colorScheme: 'dark' }], ['forced colours', { forcedColors: 'active' }]]) {
  test(`access, with two rounds side by side: ${name}`, async () => {
    const page = await start(options);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出核查报告' }).click()]);
    await page.locator('#file-before').setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: await readFile(await download.path()) });
    await page.getByRole('button', { name: '填到达标' }).click();
    await page.getByRole('button', { name: '采用' }).click();
    await compare(page).locator('.moved').first().waitFor();
    assert.deepEqual(await axeViolations(page), []);
    assert.equal(await sticksOut(page), 0);
    await page.context().close();
  });
}
