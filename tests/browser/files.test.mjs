// Files in and out: lossless, and clear about what cannot be read.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { field, fillExample, launch, open, ready, serve, verdict } from './browser.mjs';

let server, browser;
before(async () => { server = await serve(); browser = await launch(); });
after(async () => { await browser.close(); await server.close(); });

async function start() {
  const page = await open(browser, server.address);
  await ready(page);
  return page;
}

async function exported(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.tools').getByRole('button', { name: button }).click()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

const give = (page, text, name = 'data.json') => page.locator('#file').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.isBuffer(text) ? text : Buffer.from(text) });
const message = (page) => page.locator('.message').innerText();
/** Once the message says so: reading a file takes its time, and until then the one before it stands there. */
const says = (page, words) => page.locator('.message').filter({ hasText: words }).waitFor();

test('export, import, export gives the same file', async () => {
  const page = await start();
  await fillExample(page);
  await field(page, 'swept_area').fill('５１２０．５');
  const first = await exported(page, '导出数据');
  assert.match(first.name, /changzhou-2023.*\.json$/);
  assert.equal(JSON.parse(first.text).standard.id, 'changzhou-2023');
  assert.equal(JSON.parse(first.text).fields.swept_area, '５１２０．５');

  const other = await start();
  await give(other, first.text);
  assert.match(await message(other), /已导入 \d+ 项/);
  assert.equal((await exported(other, '导出数据')).text, first.text);
  assert.equal(await field(other, 'swept_area').inputValue(), '５１２０．５');
});

test('the exported report is the element’s report', async () => {
  const page = await start();
  await fillExample(page);
  const { text } = await exported(page, '导出核查报告');
  const report = await page.evaluate(() => JSON.stringify(shownCheck().report, null, 2));
  assert.equal(text, `${report}\n`);
  assert.equal(JSON.parse(text).schema, 'duibiao-report/2');
});

test('a report that was exported is read as the data it holds', async () => {
  const page = await start();
  await fillExample(page);
  const { text } = await exported(page, '导出核查报告');
  const other = await start();
  await field(other, 'swept_area').fill('1');
  await give(other, text);
  assert.match(await message(other), /已导入 \d{3} 项/);
  assert.equal(await field(other, 'swept_area').inputValue(), '5120');
  assert.deepEqual(await other.evaluate(() => shownCheck().report.score), JSON.parse(text).score);
});

test('another assessment’s file takes the place of the whole one, in one step; data alone leaves the rest', async () => {
  const page = await start();
  const own = { notes: { 'C-10': '甲区的说明' }, evidence: { 'C-10': [{ name: '甲区台账', number: '', date: '', pages: '', digest: '', file: '' }] },
    tasks: { 'C-10': { department: '', person: '张三', due: '2024-02-01', measure: '甲区措施', progress: '', closed: '' } }, as_of: '2023-06-30' };
  const parts = () => page.evaluate(() => { const { entry, ...rest } = document.querySelector('duibiao-desk').work.assessment; return [entry.fields.swept_area, rest]; });
  await page.evaluate((own) => { document.querySelector('duibiao-desk').work.commit({ entry: { fields: { swept_area: '100' } }, ...own }, ''); }, own);
  // Whoever exported had written nothing for people, and left the date as it was.
  await give(page, JSON.stringify({ standard: { id: 'changzhou-2023', version: '0.1.0' }, fields: { swept_area: '480' }, parameters: {}, not_applicable: {}, waived: {} }));
  await says(page, /已导入 1 项数据[^]*台账、说明、整改和日期已整份换下/);
  assert.deepEqual(await parts(), ['480', { evidence: {}, notes: {}, tasks: {}, as_of: '' }]);
  await page.locator('.message').getByRole('button', { name: '撤销' }).click();
  assert.deepEqual(await parts(), ['100', own]);
  // Every part is written, so that nothing is left to guess.
  const { text } = await exported(page, '导出数据');
  assert.deepEqual(Object.keys(JSON.parse(text)), ['standard', 'as_of', 'fields', 'parameters', 'not_applicable', 'waived', 'evidence', 'notes', 'tasks']);
  await give(page, '{"fields": {"swept_area": "7"}}');
  await says(page, /台账、说明和整改没有动/);
  assert.deepEqual(await parts(), ['7', own]);
});

test('a flat object with Chinese labels is understood; import can be undone', async () => {
  const page = await start();
  await field(page, 'swept_area').fill('1');
  await give(page, '\uFEFF{"道路清扫保洁面积": 480, "mech_swept_area": "412", "district_dustfall.金坛区": 2.5}');
  await says(page, /已导入 3 项/);
  assert.equal(await field(page, 'swept_area').inputValue(), '480');
  assert.equal(await field(page, 'district_dustfall.金坛区').inputValue(), '2.5');
  await page.locator('.message').getByRole('button', { name: '撤销' }).click();
  assert.equal(await field(page, 'swept_area').inputValue(), '1');
  // A line too goes by its label, and what is typed over it counts.
  await give(page, '{"fields": {"garden_waste_total": 100, "garden_waste_used": 72}, "parameters": {"绿化废弃物利用率下限": 70}}');
  await page.waitForFunction(() => shownCheck().entry.parameters.garden_waste_line === 70);
  assert.match(await verdict(page, 'C-07').innerText(), /达标[^]*≥\s70%/);
  await field(page, 'parameter:garden_waste_line').fill('80');
  assert.match(await verdict(page, 'C-07').innerText(), /未达标[^]*≥\s80%/);
  await page.locator('.tools').getByRole('button', { name: '撤销' }).click();
  await page.locator('.tools').getByRole('button', { name: '撤销' }).click();
  assert.equal(await field(page, 'mech_swept_area').inputValue(), '');
});

const broken = [
  ['{\n  "fields": {\n    "swept_area": 480，\n  }\n}', /第 3 行第 22 列.*“，”.*全角/],
  ['{"fields": {"swept_area": 480', /第 1 行第 30 列.*中断/],
  ['{"fields": {"swept_area" 480}}', /第 1 行第 26 列.*冒号/],
  ['{"fields": {"swept_area": 04.5}}', /第 1 行第 28 列/],
  ['{fields: {}}', /第 1 行第 2 列.*双引号/],
  ['{"fields": {"a": "x\ny"}}', /第 1 行第 20 列.*没有用双引号结束/],
  ['[1, 2]', /应是一个对象/],
  ['', /第 1 行第 1 列/],
  [Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0xff]), /不是文本/],
  ['{"a": 1} x', /第 1 行第 10 列.*多余/],
  ['{"fields": {"swept_area": 1, "swept_area": 2}}', /第 1 行第 30 列.*两次/],
  ['%PDF-1.4', /不是数据文件/],
  ['{}', /没有本标准的数据/],
  ['{"standard": {"id": "elsewhere"}, "fields": {"no_such_field": 1}}', /“elsewhere”，与当前标准不同[^]*没有本标准的数据/],
];

test('a broken file says where it is broken and changes nothing', async () => {
  const page = await start();
  await field(page, 'swept_area').fill('480');
  for (const [text, words] of broken) {
    await give(page, text);
    await says(page, words);
    await says(page, /没有导入，现有数据未动/);
    assert.equal(await field(page, 'swept_area').inputValue(), '480');
    await page.getByRole('button', { name: '关闭' }).click();
  }
  await give(page, Buffer.alloc(9_000_000, 32));
  await says(page, /8 MB/);
});

test('what fits nowhere is named, kept, and can be taken out', async () => {
  const page = await start();
  await give(page, '{"standard": {"id": "elsewhere", "version": "1"}, "fields": {"swept_area": 480, "no_such_field": 3, "list": [1]}}');
  await says(page, /elsewhere/);
  const text = await message(page);
  assert.match(text, /fields\.list/);
  const strays = page.locator('.strays');
  assert.match(await strays.innerText(), /no_such_field/);
  await strays.getByRole('button', { name: '删去' }).click();
  await strays.waitFor({ state: 'detached' });
  assert.equal(await field(page, 'swept_area').inputValue(), '480');
});

test('a file in GB18030 is read', async () => {
  const page = await start();
  // {"道路清扫保洁面积": 480} as Chinese Windows writes it.
  const label = Buffer.from('b5c0c2b7c7e5c9a8b1a3bde0c3e6bbfd', 'hex');
  await give(page, Buffer.concat([Buffer.from('{"'), label, Buffer.from('": 480}')]));
  await page.locator('.message').waitFor();
  assert.equal(await field(page, 'swept_area').inputValue(), '480');
});
