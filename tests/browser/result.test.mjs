// 结果分析: where the score stands, trying without saving, two rounds side by side.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { asOf, axeViolations, field, fillExample, launch, open, phone, ready, serve, sticksOut, tab } from './browser.mjs';

let server, browser;
before(async () => { server = await serve(); browser = await launch(); });
after(async () => { await browser.close(); await server.close(); });

async function start(options = {}, path = '') {
  const page = await open(browser, server.address + path, options);
  await ready(page, null);
  if (path === '') await fillExample(page);
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

test('a saved report stands beside the present one, with what changed and why', async () => {
  const page = await start();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出核查报告' }).click()]);
  const buffer = await readFile(await download.path());
  const compare = card(page, '比较');
  const choose = (name, content) => page.locator('#compare-file').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
  await choose('上一轮.json', buffer);
  await compare.getByText('各项结论和得分都没有变化').waitFor();
  await page.evaluate(() => { const { work } = document.querySelector('duibiao-desk'); work.commitEntry({ ...work.entry, fields: { ...work.entry.fields, mech_swept_area: '4800' }, parameters: { ...work.entry.parameters, garden_waste_line: '80' } }, ''); });
  assert.match(await compare.innerText(), /总分\s+60\.95–70\.28 \/ 85\s+61\.99–70\.28 \/ 85\s+＋1\.04[^]*环境卫生\s+10\.8–12\.8\s+11\.8–12\.8\s+＋1/);
  assert.match(await compare.locator('.moved tr', { hasText: 'C-10' }).innerText(), /未达标\s*0\s+达标\s*1\s+＋1\s+机械化清扫面积 4685\.5 万平方米 → 4800 万平方米/);
  assert.match(await compare.locator('.moved tr', { hasText: 'C-07' }).innerText(), /待定线\s+未达标\s*0\s+—\s+待定线“绿化废弃物利用率下限” 未设定 → 80/);
  assert.equal(await compare.locator('.moved tbody tr').count(), 2);
  // Data is judged by the present standard on the present day.
  await choose('武进区.json', JSON.stringify({ standard: { id: 'changzhou-2023' }, fields: { swept_area: 100, mech_swept_area: 95 } }));
  await compare.getByText('武进区.json').waitFor();
  assert.ok(await compare.locator('.moved tbody tr').count() > 50);
  // What is neither says so, and nothing changes.
  await choose('x.json', '{"a": 1');
  await page.locator('.message.error', { hasText: '不是核查报告' }).waitFor();
  await choose('y.json', JSON.stringify({ ...JSON.parse(buffer), standard: { id: 'other', title: '另一标准', version: '1', digest: '' } }));
  await page.locator('.message.error', { hasText: '另一标准“另一标准”' }).waitFor();
  assert.match(await compare.innerText(), /武进区\.json/);
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

for (const [name, options, path] of [['wide', {}, ''], ['390 px', { viewport: phone }, ''], ['dark', { colorScheme: 'dark' }, ''], ['forced colours', { forcedColors: 'active' }, ''], ['English, empty', {}, '?lang=en']]) {
  test(`access: ${name}`, async () => {
    const page = await start(options, path);
    if (path === '') {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出核查报告' }).click()]);
      await page.locator('#compare-file').setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: await readFile(await download.path()) });
      await page.getByRole('button', { name: '填到达标' }).click();
    }
    assert.deepEqual(await axeViolations(page), []);
    assert.equal(await sticksOut(page), 0);
    await page.context().close();
  });
}
