// Evidence, notes and waivers: written beside the indicator, undone like everything, and files known by their digest alone.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { field, launch, open, ready, savedWith, serve, verdict } from './browser.mjs';

let server, browser;
before(async () => { server = await serve(); browser = await launch(); });
after(async () => { await browser.close(); await server.close(); });

async function start(options) {
  const page = await open(browser, server.address, options);
  await ready(page);
  return page;
}

const ledger = (page, id) => page.locator(`duibiao-check [id="e-${id}"]`);
const digest = (bytes) => ['sha256', 'sm3'].map((kind) => `${kind}:${createHash(kind).update(bytes).digest('hex')}`).join(' ');
const kept = (page) => page.evaluate(() => shownCheck().work.assessment);
const pdf = (name, buffer) => ({ name, mimeType: 'application/pdf', buffer });

async function openLedger(page, id) {
  await verdict(page, id).getByRole('button', { name: '台账与备注' }).click();
  await ledger(page, id).waitFor();
}

test('a document is listed by name, number, date and pages, by keyboard; undo leads back to it', async () => {
  const page = await start();
  await verdict(page, 'C-10').getByRole('button', { name: '台账与备注' }).press('Enter');
  assert.match(await ledger(page, 'C-10').innerText(), /还没有登记材料/);
  await ledger(page, 'C-10').getByRole('button', { name: '添加材料' }).press('Enter');
  await page.keyboard.type('道路清扫保洁作业台账');
  await page.keyboard.press('Tab');
  await page.keyboard.type('常环卫〔2023〕12号');
  await page.keyboard.press('Tab');
  await page.keyboard.type('2023-11');
  await page.keyboard.press('Tab');
  await page.keyboard.type('1-36');
  const note = page.locator('duibiao-check [data-path="note:C-10"]');
  // Whoever writes it knows that it will be printed.
  assert.match(await page.locator(`duibiao-check #${await note.getAttribute('aria-describedby')}`).innerText(), /自评报告和自评得分表/);
  await note.fill('面积以年初台账为准');
  const { evidence, notes } = await kept(page);
  assert.deepEqual(evidence, { 'C-10': [{ name: '道路清扫保洁作业台账', number: '常环卫〔2023〕12号', date: '2023-11', pages: '1-36', digest: '', file: '' }] });
  assert.deepEqual(notes, { 'C-10': '面积以年初台账为准' });
  assert.match(await verdict(page, 'C-10').innerText(), /台账与备注\s*材料 1 份、备注/);
  await savedWith(page, '面积以年初台账为准');

  await ledger(page, 'C-10').getByRole('button', { name: '收起' }).click();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  assert.equal(await page.evaluate(() => innermost().dataset.path), 'evidence:C-10.0.pages');
  assert.equal((await kept(page)).evidence['C-10'][0].pages, '');
  await page.keyboard.press('Control+y');
  await page.keyboard.press('Control+y');
  await page.reload();
  await ready(page);
  await openLedger(page, 'C-10');
  assert.equal(await page.locator('duibiao-check [data-path="evidence:C-10.0.name"]').inputValue(), '道路清扫保洁作业台账');
  assert.deepEqual(page.complaints, []);
});

test('a file is known by both digests, computed here; another file is told apart from it', async () => {
  const page = await start();
  await openLedger(page, 'C-10');
  await ledger(page, 'C-10').getByRole('button', { name: '添加材料' }).click();
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  const file = page.locator('[id="ev-C-10-0-file"]');
  for (const length of [0, 55, 56, 64, 119, 1000, 8_000_003]) {
    const bytes = randomBytes(length);
    await file.setInputFiles(pdf(`台账${length}.pdf`, bytes));
    await page.waitForFunction((name) => shownCheck().work.assessment.evidence['C-10'][0].file === name, `台账${length}.pdf`);
    assert.equal((await kept(page)).evidence['C-10'][0].digest, digest(bytes), `${length} bytes`);
    if (length < 8_000_003) await ledger(page, 'C-10').getByRole('button', { name: '去掉文件' }).click();
    else {
      assert.equal((await kept(page)).evidence['C-10'][0].name, '台账0');
      await file.setInputFiles(pdf('改名的台账.pdf', bytes));
      await ledger(page, 'C-10').getByText('“改名的台账.pdf”与登记的一致。').waitFor();
      bytes[4_000_000] ^= 1;
      await file.setInputFiles(pdf('台账.pdf', bytes));
      await ledger(page, 'C-10').getByText('“台账.pdf”与登记的不一致').waitFor();
      assert.notEqual((await kept(page)).evidence['C-10'][0].digest, digest(bytes));
      await ledger(page, 'C-10').getByRole('button', { name: '改登记这个文件' }).click();
      assert.equal((await kept(page)).evidence['C-10'][0].digest, digest(bytes));
    }
  }
  assert.deepEqual(requests.filter((url) => !url.startsWith('blob:')), []);
  assert.deepEqual(page.complaints, []);
});

test('dropped files are listed; one that is listed already is recognised', async () => {
  const page = await start();
  await openLedger(page, 'C-10');
  const drop = (...names) => ledger(page, 'C-10').evaluate((place, all) => {
    const carried = new DataTransfer();
    for (const name of all) carried.items.add(new File([name.slice(0, 3)], name, { type: 'application/pdf' }));
    place.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, composed: true, dataTransfer: carried }));
  }, names);
  await drop('甲一二.pdf', '乙一二.pdf');
  await page.waitForFunction(() => (shownCheck().work.assessment.evidence['C-10'] || []).length === 2);
  assert.deepEqual((await kept(page)).evidence['C-10'].map(({ name }) => name), ['甲一二', '乙一二']);
  await drop('甲一二改了名.pdf');
  await ledger(page, 'C-10').getByText('就是已登记的“甲一二”').waitFor();
  assert.equal((await kept(page)).evidence['C-10'].length, 2);
  await ledger(page, 'C-10').getByRole('button', { name: '删去 甲一二' }).click();
  assert.deepEqual((await kept(page)).evidence['C-10'].map(({ name }) => name), ['乙一二']);
  await page.keyboard.press('Control+z');
  assert.equal((await kept(page)).evidence['C-10'].length, 2);
});

test('a waiver needs reason, authority and last day; then the verdict says so, until that day', async () => {
  const page = await start();
  await field(page, 'swept_area').fill('480');
  await field(page, 'mech_swept_area').fill('412');
  await openLedger(page, 'C-10');
  await ledger(page, 'C-10').getByRole('button', { name: '登记豁免' }).click();
  assert.equal(await page.evaluate(() => innermost().dataset.path), 'waiver:C-10.reason');
  await page.keyboard.type('地铁施工封路');
  assert.match(await ledger(page, 'C-10').innerText(), /没有填全，还不生效/);
  assert.match(await verdict(page, 'C-10').innerText(), /未达标|部分得分/);
  assert.equal(await page.locator('.strays').count(), 0);
  await page.locator('duibiao-check [data-path="waiver:C-10.by"]').fill('市城市管理局');
  await page.locator('duibiao-check [data-path="waiver:C-10.until"]').fill('2099-12-31');
  assert.match(await verdict(page, 'C-10').innerText(), /豁免[^]*地铁施工封路（市城市管理局，至 2099-12-31）/);
  await page.locator('duibiao-check [data-path="waiver:C-10.until"]').fill('2020-12-31');
  assert.match(await ledger(page, 'C-10').innerText(), /已于 2020-12-31 到期/);
  assert.match(await verdict(page, 'C-10').innerText(), /未达标|部分得分/);
  await ledger(page, 'C-10').getByRole('button', { name: '撤回豁免' }).click();
  assert.deepEqual((await kept(page)).entry.waived, {});
});

test('evidence, notes and waivers go through the file unchanged', async () => {
  const page = await start();
  await openLedger(page, 'C-10');
  await ledger(page, 'C-10').getByRole('button', { name: '添加材料' }).click();
  await page.keyboard.type('清单');
  await page.locator('[id="ev-C-10-0-file"]').setInputFiles(pdf('清单.pdf', Buffer.from('清单')));
  await page.waitForFunction(() => shownCheck().work.assessment.evidence['C-10'][0].file !== '');
  await page.locator('duibiao-check [data-path="note:C-10"]').fill('一行\n两行');
  const save = async (target) => { const [download] = await Promise.all([target.waitForEvent('download'), target.locator('.tools').getByRole('button', { name: '导出数据' }).click()]); return readFile(await download.path(), 'utf8'); };
  const first = await save(page);
  const other = await start();
  await other.locator('#file').setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(first) });
  await other.locator('.message', { hasText: '已导入' }).waitFor();
  for (const part of ['evidence', 'notes']) assert.deepEqual((await kept(other))[part], (await kept(page))[part]);
  assert.equal(await save(other), first);
});

test('portals are not burdened with it', async () => {
  const page = await open(browser, `${server.address}examples/portal.html`);
  await page.locator('duibiao-check .verdict').first().waitFor();
  assert.equal(await page.getByRole('button', { name: '台账与备注' }).count(), 0);
});
