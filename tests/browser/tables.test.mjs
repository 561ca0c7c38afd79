// The tab Excel 往来: forms go out, filled ones come back, what differs is settled one by one, and all goes in as one step.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { initSync, read, write_form } from '../../target/module/office.js';
import { axeViolations, fillExample, launch, open, phone, ready, savedWith, serve } from './browser.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const built = (name) => readFileSync(join(root, 'target/module', name));
const rulebook = new Uint8Array(WebAssembly.Module.customSections(new WebAssembly.Module(built('changzhou-2023.wasm')), 'duibiao.rulebook')[0]);
initSync({ module: new WebAssembly.Module(built('office_bg.wasm')) });
const example = JSON.parse(readFileSync(join(root, 'www/public/example-changzhou-2023.json'), 'utf8'));
const as_of = '2024-06-01';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

let server, browser;
before(async () => { server = await serve(); browser = await launch(); });
after(async () => { await browser.close(); await server.close(); });

async function start(more) {
  const page = await open(browser, server.address, more);
  await ready(page, null);
  await page.getByRole('tab', { name: 'Excel 往来' }).click();
  return page;
}

const file = (name, entry, options = {}) => ({ name, mimeType: XLSX, buffer: Buffer.from(write_form(rulebook, entry, { as_of, ...options })) });
const entryOf = (page) => page.evaluate(() => document.querySelector('duibiao-desk').work.entry);
const papers = (page) => page.locator('.read-file');
const settled = async (page, n) => { await page.waitForFunction((n) => document.querySelector('duibiao-desk').intake.papers.length === n && document.querySelector('duibiao-desk').intake.busy === undefined, n); };
async function choose(page, ...files) {
  const before = await papers(page).count();
  await page.locator('#sheets').setInputFiles(files);
  await settled(page, before + files.length);
}

/** Drops files on an element, as a hand would. */
async function drop(page, selector, files) {
  const given = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') }));
  await page.locator(selector).evaluate((target, given) => {
    const transfer = new DataTransfer();
    for (const { name, mimeType, base64 } of given) transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type: mimeType }));
    for (const type of ['dragover', 'drop']) target.dispatchEvent(new DragEvent(type, { bubbles: true, composed: true, cancelable: true, dataTransfer: transfer }));
  }, given);
}

async function downloaded(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
  return { name: download.suggestedFilename(), buffer: await readFile(await download.path()) };
}

test('a form goes out with what is entered, and comes back the same', async () => {
  const page = await start();
  await fillExample(page);
  const entry = await entryOf(page);
  const report = await page.evaluate(() => document.querySelector('duibiao-desk').report);
  const { name, buffer } = await downloaded(page, '下载填报表');
  assert.match(name, /^对标-changzhou-2023-填报表-全部-\d{4}-\d\d-\d\d\.xlsx$/);
  await page.getByRole('button', { name: '清空', exact: true }).click();
  assert.deepEqual(await entryOf(page), {});

  await drop(page, 'duibiao-desk', [{ name, mimeType: XLSX, buffer }]);
  await settled(page, 1);
  await page.getByRole('button', { name: /^读入这 \d+ 项$/ }).click();
  assert.deepEqual(await page.evaluate(() => document.querySelector('duibiao-desk').report.findings), report.findings);
  assert.match(await page.locator('.message').innerText(), /已从 1 个文件读入 \d+ 项数据/);
  await savedWith(page, 'swept_area');
  // One step, there and back.
  await page.locator('.message').getByRole('button', { name: '撤销' }).click();
  assert.deepEqual(await entryOf(page), {});
  assert.deepEqual(page.complaints, []);
  assert.equal(Object.keys(entry.fields).length > 50, true);
});

test('verdict and reason stand beside the rows of the form', async () => {
  const page = await start();
  await fillExample(page);
  const { findings } = await page.evaluate(() => document.querySelector('duibiao-desk').report);
  const { buffer } = await downloaded(page, '下载填报表');
  // What a sheet shows, row by row, whichever way its texts are kept.
  const parts = unzipSync(new Uint8Array(buffer));
  const text = (name) => new TextDecoder().decode(parts[name]);
  const plain = (xml) => [...xml.matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(([, t]) => t).join('').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
  const shared = [...text('xl/sharedStrings.xml').matchAll(/<si>(.*?)<\/si>/gs)].map(([, one]) => plain(one));
  const rows = Object.keys(parts).filter((name) => /^xl\/worksheets\/sheet\d+\.xml$/.test(name)).flatMap((name) => [...text(name).matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row]) =>
    [...row.matchAll(/<c [^>]*?t="s"[^>]*><v>(\d+)<\/v><\/c>/g)].map(([, at]) => shared[Number(at)])));
  for (const id of ['C-10', 'C-02', 'A-07']) {
    const finding = findings.find(({ indicator }) => indicator === id);
    const beside = rows.filter((row) => row.some((cell) => cell.includes(finding.text)));
    assert.ok(beside.length > 0, `${id}: ${finding.text}`);
  }
});

test('data files of departments that are dropped together are merged, not the first alone; what differs is asked', async () => {
  const page = await start();
  const json = (name, value) => ({ name, mimeType: 'application/json', buffer: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)) });
  await drop(page, 'duibiao-desk', [
    json('城管.json', { standard: { id: 'changzhou-2023' }, fields: { swept_area: '480' }, notes: { 'C-10': '城管的说明' } }), json('住建.json', { fields: { 建成区面积: '284', swept_area: '481' } }),
    json('公安.json', '{"fields": {"block_done": "8"}'), json('全部草稿.json', { drafts: [] }), file('园林.xlsx', { fields: { mech_swept_area: '412' } }),
  ]);
  await settled(page, 5);
  assert.deepEqual(await page.locator('.read-name').allInnerTexts(), ['城管.json', '住建.json', '公安.json', '全部草稿.json', '园林.xlsx']);
  assert.match(await papers(page).nth(0).innerText(), /数据文件 · 2 项数据/);
  assert.match(await papers(page).nth(2).innerText(), /没能读入[^]*第 1 行[^]*中断/);
  assert.match(await papers(page).nth(3).innerText(), /请单独导入/);
  assert.deepEqual(await entryOf(page), {});
  await page.getByRole('button', { name: '全部按“城管.json”' }).or(page.locator('.conflict .choice', { hasText: '城管.json' })).first().click();
  await page.getByRole('button', { name: /^读入这 4 项$/ }).click();
  assert.deepEqual(await page.evaluate(() => document.querySelector('duibiao-desk').work.assessment.notes), { 'C-10': '城管的说明' });
  const { swept_area, mech_swept_area } = (await entryOf(page)).fields;
  assert.deepEqual([swept_area, mech_swept_area, Object.keys((await entryOf(page)).fields).length], ['480', '412', 3]);
});

test('files that nobody has taken over yet are not left without a word', async () => {
  const page = await start();
  const leaves = () => page.evaluate(() => { const event = new Event('beforeunload', { cancelable: true }); window.dispatchEvent(event); return !event.defaultPrevented; });
  assert.equal(await leaves(), true);
  await choose(page, file('a.xlsx', { fields: { swept_area: '480' } }));
  assert.equal(await leaves(), false);
  await page.getByRole('button', { name: '不读入，清空' }).click();
  assert.equal(await leaves(), true);
});

test('one form for each department, in one file', async () => {
  const page = await start();
  const { name, buffer } = await downloaded(page, /^各单位各一份/);
  assert.match(name, /\.zip$/);
  const files = Object.entries(unzipSync(new Uint8Array(buffer)));
  assert.ok(files.length > 3);
  for (const [name, bytes] of files) {
    const { department, kind } = read(rulebook, name, bytes);
    assert.equal(kind, 'form');
    assert.ok(name.includes(department.replace(/[\\/:*?"<>|\s]+/g, '_')) && department !== '', name);
  }
  assert.deepEqual(page.complaints, []);
});

test('three departments come back; what differs is settled, and only then taken over', async () => {
  const page = await start();
  await choose(page,
    file('城管局.xlsx', { fields: { swept_area: '5000', mech_swept_area: '4700' } }),
    file('环卫处.xlsx', { fields: { swept_area: '5120.5' } }),
    { name: '金坛.csv', mimeType: 'text/csv', buffer: Buffer.from('数据项,填报值\nmech_swept_area,4700\ndistrict_dustfall.金坛区,2.5\n') });
  assert.deepEqual((await entryOf(page)).fields || {}, {}, 'nothing is taken before it is settled');
  const conflict = page.locator('.conflict');
  assert.equal(await conflict.count(), 1);
  assert.match(await conflict.innerText(), /道路清扫保洁面积[\s\S]*5000[\s\S]*城管局\.xlsx · \S.* F\d+[\s\S]*5120\.5[\s\S]*环卫处\.xlsx/);
  // The button leads to what is open.
  await page.getByRole('button', { name: '还有 1 项要选定' }).click();
  assert.equal(await page.evaluate(() => innermost().type), 'radio');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  assert.equal(await conflict.getByRole('radio').nth(1).isChecked(), true);
  await page.getByRole('button', { name: '读入这 3 项' }).click();
  assert.deepEqual(await entryOf(page), { fields: { swept_area: '5120.5', mech_swept_area: '4700', district_dustfall: { 金坛区: '2.5' } } });

  // Against what is entered now: keep it, or take all from a file.
  await choose(page, file('再报.xlsx', { fields: { swept_area: '1', mech_swept_area: '2' } }));
  assert.equal(await conflict.count(), 2);
  assert.match(await conflict.first().innerText(), /已填/);
  await page.getByRole('button', { name: '全部保留已填的' }).click();
  assert.equal(await page.getByRole('button', { name: '没有要读入的数据' }).getAttribute('aria-disabled'), 'true');
  await page.getByRole('button', { name: '全部按“再报.xlsx”' }).click();
  await page.getByRole('button', { name: '读入这 2 项' }).click();
  assert.equal((await entryOf(page)).fields.swept_area, '1');
  await page.locator('.message').getByRole('button', { name: '撤销' }).click();
  assert.equal((await entryOf(page)).fields.swept_area, '5120.5');
  assert.deepEqual(page.complaints, []);
});

test('what nobody can read is marked before it is taken', async () => {
  const page = await start();
  await choose(page, file('甲.xlsx', { fields: { swept_area: '5000', mech_swept_area: '约4700' } }));
  const doubts = page.locator('section[aria-labelledby=doubt-h]');
  assert.match(await doubts.innerText(), /读入后有 1 处要核对[^]*约4700/);
  await page.getByRole('button', { name: '读入这 2 项' }).click();
  await page.locator('.message', { hasText: '已从' }).waitFor();
  // What is entered already says so itself.
  await choose(page, file('乙.xlsx', { fields: { swept_area: '5001' } }));
  await page.locator('.conflict').first().waitFor();
  assert.equal(await doubts.count(), 0);
});

test('what a department emptied in its form is asked about, and goes only if somebody says so', async () => {
  const page = await start();
  const paper = { name: '清扫台账', number: '5号', date: '2023-05-31', pages: '3', digest: '', file: '' };
  await choose(page, file('一报.xlsx', { fields: { swept_area: '5000', mech_swept_area: '4700' }, evidence: { 'C-10': [paper] }, notes: { 'C-10': '口径说明' } }));
  await page.getByRole('button', { name: '读入这 4 项' }).click();
  await choose(page, file('二报.xlsx', { fields: { mech_swept_area: '4700' }, evidence: { 'C-10': [paper] }, notes: { 'C-10': '口径说明' } }));
  const conflict = page.locator('.conflict');
  assert.equal(await conflict.count(), 1);
  assert.match(await conflict.innerText(), /道路清扫保洁面积[\s\S]*5000[\s\S]*已填[\s\S]*（空，不填）[\s\S]*二报\.xlsx · \S.* F\d+/);
  await conflict.getByRole('radio').nth(1).check();
  await page.getByRole('button', { name: '读入这 1 项' }).click();
  assert.deepEqual((await entryOf(page)).fields, { mech_swept_area: '4700' });
  assert.deepEqual(page.complaints, []);
});

test('every problem names its sheet and cell; a damaged file says what to do and stops nobody', async () => {
  const page = await start();
  const whole = file('好.xlsx', { fields: { swept_area: '5000' } });
  await choose(page,
    { name: '坏.xlsx', mimeType: XLSX, buffer: whole.buffer.subarray(0, whole.buffer.length / 2) },
    { name: '通报.csv', mimeType: 'text/csv', buffer: Buffer.from('数据项,填报值\n道路清扫面只,480\n机械化清扫面积,#DIV/0!\n') },
    whole);
  assert.match(await papers(page).nth(0).innerText(), /坏\.xlsx[\s\S]*没能读入[\s\S]*另存为 \.xlsx/);
  assert.match(await papers(page).nth(1).innerText(), /没有读入\s*B2\s*标准中没有叫“道路清扫面只”/);
  assert.match(await papers(page).nth(2).innerText(), /好\.xlsx[\s\S]*1 项数据/);
  await papers(page).nth(0).getByRole('button', { name: '移去' }).click();
  assert.equal(await papers(page).count(), 2);
  await page.getByRole('button', { name: '读入这 1 项' }).click();
  assert.deepEqual(await entryOf(page), { fields: { swept_area: '5000' } });
  assert.deepEqual(page.complaints, []);
});

test('a form of an older version of the standard: said to be one, what has a place is taken, what has none any more is named with cell and value', async () => {
  const page = await start();
  const bytes = write_form(rulebook, { fields: { swept_area: '5000', mech_swept_area: '4700' } }, { as_of });
  // The same form under another digest, and with a field that has gone since.
  const { digest } = read(rulebook, 'a.xlsx', bytes).standard;
  const other = await edited(bytes, (text) => text.replaceAll(digest, `sha256:${'0'.repeat(64)}`).replaceAll('mech_swept_area', 'mech_swept_old').replaceAll('机械化清扫面积', '旧机扫面积'));
  await choose(page, { name: '旧版.xlsx', mimeType: XLSX, buffer: Buffer.from(other) });
  const said = await papers(page).innerText();
  assert.match(said, /旧版\.xlsx[\s\S]*另一版本[\s\S]*环境卫生 F\d+[\s\S]*旧机扫面积[\s\S]*mech_swept_area[\s\S]*“4700”没有读入/, said);
  await page.getByRole('button', { name: '读入这 1 项' }).click();
  assert.deepEqual(await entryOf(page), { fields: { swept_area: '5000' } });
  assert.deepEqual(page.complaints, []);
});

test('the button for importing takes workbooks to the same place', async () => {
  const page = await open(browser, server.address);
  await ready(page, null);
  await page.locator('.tools #file').first().setInputFiles(file('表.xlsx', { fields: { swept_area: '5000' } }));
  await settled(page, 1);
  assert.equal(await page.getByRole('tab', { name: 'Excel 往来' }).getAttribute('aria-selected'), 'true');
  assert.match(await papers(page).innerText(), /表\.xlsx/);
  assert.deepEqual(page.complaints, []);
});

test('without the module nothing is lost, and it can be tried again', async () => {
  const page = await start();
  await page.route(/office_bg.*\.wasm/, (route) => route.abort());
  await choose(page, file('表.xlsx', { fields: { swept_area: '5000' } }));
  assert.match(await papers(page).innerText(), /没能取到/);
  await page.unroute(/office_bg.*\.wasm/);
  await page.locator('#sheets').setInputFiles(file('表.xlsx', { fields: { swept_area: '5000' } }));
  await page.getByRole('button', { name: '读入这 1 项' }).click();
  assert.deepEqual(await entryOf(page), { fields: { swept_area: '5000' } });
});

test('it is accessible and fits a phone', async () => {
  for (const more of [{}, { viewport: phone }]) {
    const page = await start(more);
    await choose(page, file('城管局.xlsx', example), { name: '通报.csv', mimeType: 'text/csv', buffer: Buffer.from('数据项,填报值\n道路清扫面只,480\nswept_area,1\n') });
    await page.locator('.conflict').first().waitFor();
    assert.deepEqual(await axeViolations(page), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'nothing sticks out');
  }
});

/** The workbook with each part's text changed. */
async function edited(bytes, change) {
  const { strFromU8, strToU8, zipSync } = await import('fflate');
  const parts = Object.entries(unzipSync(bytes)).map(([name, part]) => [name, /\.(xml|rels)$/.test(name) ? strToU8(change(strFromU8(part))) : part]);
  return zipSync(Object.fromEntries(parts));
}
