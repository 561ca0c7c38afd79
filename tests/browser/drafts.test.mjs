// Drafts: several of them, earlier versions, two tabs, storage that is full, refused or damaged, and a computer that is cleared.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { field, fillExample, launch, open, ready, savedWith, serve, watch } from './browser.mjs';

let server, browser;
before(async () => { server = await serve(); browser = await launch(); });
after(async () => { await browser.close(); await server.close(); });

async function start(options) {
  const page = await open(browser, server.address, options);
  await ready(page);
  return page;
}

/** Another tab of the same browser. */
async function tab(page) {
  const other = await page.context().newPage();
  await watch(other);
  await other.goto(server.address);
  await ready(other);
  return other;
}

const bar = (page) => page.locator('duibiao-desk .draft-open');
const panel = (page) => page.locator('duibiao-desk #drafts');
const rows = (page) => panel(page).locator('.draft-list:not(.versions) > li');
const versions = (page) => panel(page).locator('.versions > li');

async function openPanel(page) {
  if (await bar(page).getAttribute('aria-expanded') === 'false') await bar(page).click();
  await panel(page).getByRole('button', { name: '新建草稿' }).waitFor();
}

/** What the browser keeps, by name. */
const kept = (page) => page.evaluate(() => new Promise((done) => {
  const request = indexedDB.open('duibiao');
  request.onsuccess = () => {
    const store = request.result.transaction('drafts').objectStore('drafts');
    const [keys, values] = [store.getAllKeys(), store.getAll()];
    values.onsuccess = () => { request.result.close(); done(Object.fromEntries(keys.result.map((key, i) => [key, values.result[i]]))); };
  };
}));

/** Puts a record where the page finds it on its next visit. */
const put = (page, name, record) => page.evaluate(([key, value]) => new Promise((done) => {
  const request = indexedDB.open('duibiao', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('drafts');
  request.onsuccess = () => {
    const writing = request.result.transaction('drafts', 'readwrite');
    writing.objectStore('drafts').put(value, key);
    writing.oncomplete = () => { request.result.close(); done(); };
  };
}), [name, record]);

/** From now on nothing is kept or cleared, until `roomAgain` is called. */
const refuse = (page) => page.evaluate(() => {
  const { put, clear } = IDBObjectStore.prototype;
  const failing = (act) => function fails(...given) { const request = act.apply(this, given); this.transaction.abort(); return request; };
  Object.assign(IDBObjectStore.prototype, { put: failing(put), clear: failing(clear) });
  globalThis.roomAgain = () => { Object.assign(IDBObjectStore.prototype, { put, clear }); };
});

test('a new draft that is not named after all is none', async () => {
  const page = await start();
  await field(page, 'swept_area').fill('480');
  await bar(page).click();
  for (const leave of [() => panel(page).getByRole('button', { name: '取消', exact: true }).click(), () => page.keyboard.press('Escape')]) {
    await panel(page).getByRole('button', { name: '新建草稿' }).click();
    await page.locator('#draft-name').waitFor();
    await leave();
    await page.locator('#draft-name').waitFor({ state: 'detached' });
    assert.equal(await rows(page).count(), 1);
    assert.equal(await field(page, 'swept_area').inputValue(), '480');
  }
});

test('several drafts: made, named, copied, changed between, deleted with undo, by keyboard', async () => {
  const page = await start();
  await field(page, 'swept_area').fill('480');
  await bar(page).focus();
  await page.keyboard.press('Enter');
  await panel(page).getByRole('button', { name: '新建草稿' }).press('Enter');
  // Its name is marked, to be written over.
  await page.locator('#draft-name').waitFor();
  await page.keyboard.type('二季度自查');
  await page.keyboard.press('Enter');
  await bar(page).getByText('二季度自查').waitFor();
  await ready(page);
  assert.equal(await field(page, 'swept_area').inputValue(), '');
  await field(page, 'swept_area').fill('500');
  assert.equal(await rows(page).count(), 2);

  await rows(page).filter({ hasText: '默认草稿' }).getByRole('button', { name: '打开' }).press('Enter');
  await bar(page).getByText('默认草稿').waitFor();
  assert.equal(await field(page, 'swept_area').inputValue(), '480');
  await rows(page).filter({ hasText: '二季度自查' }).getByRole('button', { name: '复制' }).click();
  await bar(page).getByText('二季度自查（副本）').waitFor();
  assert.equal(await field(page, 'swept_area').inputValue(), '500');

  // A reload comes back to the draft of this tab.
  await page.reload();
  await ready(page);
  await bar(page).getByText('二季度自查（副本）').waitFor();
  await openPanel(page);
  await rows(page).filter({ hasText: '副本' }).getByRole('button', { name: '删除' }).click();
  await page.locator('.message', { hasText: '已删除“二季度自查（副本）”' }).getByRole('button', { name: '撤销' }).click();
  await bar(page).getByText('二季度自查（副本）').waitFor();
  assert.equal(await field(page, 'swept_area').inputValue(), '500');
  await rows(page).filter({ hasText: '副本' }).getByRole('button', { name: '删除' }).click();
  await page.locator('.message', { hasText: '已删除' }).waitFor();
  // Also after a reload it can be found again.
  await page.reload();
  await ready(page);
  await openPanel(page);
  await panel(page).locator('.bin summary').click();
  await panel(page).locator('.bin').getByRole('button', { name: '找回' }).click();
  await rows(page).filter({ hasText: '副本' }).getByRole('button', { name: '打开' }).waitFor();
  assert.deepEqual(page.complaints, []);
});

test('what an earlier version of the page kept is there', async () => {
  const page = await open(browser, `${server.address}example-changzhou-2023.json`);
  await put(page, 'changzhou-2023', { entry: { fields: { swept_area: '4812' } }, as_of: '2024-06-30', at: Date.now() - 1e7 });
  await page.goto(server.address);
  await ready(page);
  assert.equal(await field(page, 'swept_area').inputValue(), '4812');
  assert.equal(await page.locator('#as-of').inputValue(), '2024-06-30');
  assert.equal(await page.locator('.message').count(), 0);
  await field(page, 'mech_swept_area').fill('4500');
  await savedWith(page, '4500');
});

test('earlier versions are kept before large steps and now and then; restoring can be undone', async () => {
  const page = await start();
  await field(page, 'swept_area').fill('480');
  await savedWith(page, '480');
  await page.getByRole('button', { name: '填入示例数据' }).first().click();
  await page.locator('.message', { hasText: '示例' }).waitFor();
  await openPanel(page);
  await versions(page).filter({ hasText: /1 项[^]*改动 \d+ 项之前/ }).waitFor();
  await versions(page).filter({ hasText: /1 项[^]*改动/ }).getByRole('button', { name: /^恢复/ }).click();
  await page.locator('.message', { hasText: '已恢复' }).waitFor();
  assert.equal(await field(page, 'swept_area').inputValue(), '480');
  assert.equal(await field(page, 'mech_swept_area').inputValue(), '');
  // What was there before restoring is a version too, and one undo away.
  await versions(page).nth(1).waitFor();
  assert.equal(await versions(page).count(), 2);
  await page.locator('.message').getByRole('button', { name: '撤销' }).click();
  assert.notEqual(await field(page, 'mech_swept_area').inputValue(), '');

  // That step is large, so what it left is a version as well.
  await versions(page).nth(2).waitFor();
  const before = await versions(page).count();
  await page.evaluate(() => { const now = Date.now; Date.now = () => now() + 11 * 60_000; });
  await field(page, 'swept_area').pressSequentially('77');
  await versions(page).filter({ hasText: '填写中' }).waitFor();
  assert.equal(await versions(page).count(), before + 1);
  assert.deepEqual(page.complaints, []);
});

test('two tabs on one draft notice each other, and neither overwrites the other', async () => {
  const first = await start();
  await field(first, 'swept_area').fill('480');
  await savedWith(first, '480');
  const second = await tab(first);
  assert.equal(await field(second, 'swept_area').inputValue(), '480');
  for (const page of [first, second]) await page.locator('.message', { hasText: '也在另一个标签页打开' }).waitFor();

  await field(first, 'swept_area').fill('481');
  await second.locator('.tools .kept', { hasText: /另一个标签页在 \d\d:\d\d 改了/ }).waitFor();
  await second.locator('.tools .kept').getByRole('button', { name: '载入那边的内容' }).click();
  await second.locator('.tools .kept', { hasText: '已保存' }).waitFor();
  assert.equal(await field(second, 'swept_area').inputValue(), '481');

  // The first one writes again; the second writes on without a choice, and goes on in a draft of its own.
  await field(first, 'swept_area').fill('482');
  await second.locator('.tools .kept', { hasText: '改了这份数据' }).waitFor();
  await field(second, 'mech_swept_area').fill('99');
  await second.locator('.message', { hasText: /已另存为“默认草稿（另存 \d\d:\d\d）”/ }).waitFor();
  await second.locator('.tools .kept', { hasText: '已保存' }).waitFor();
  const stored = await kept(first);
  const names = Object.keys(stored);
  assert.equal(names.length, 2, JSON.stringify(names));
  assert.equal(stored['changzhou-2023'].entry.fields.swept_area, '482');
  assert.equal(stored['changzhou-2023'].entry.fields.mech_swept_area, undefined);
  const own = stored[names.find((name) => name !== 'changzhou-2023')];
  assert.deepEqual([own.entry.fields.swept_area, own.entry.fields.mech_swept_area], ['481', '99']);
  await second.locator('.message').getByRole('button', { name: '打开那边的草稿' }).click();
  await second.waitForFunction(() => shownCheck().entry.fields.swept_area === '482');
});

test('a tab that was closed, or left for another page, holds the draft no longer', async () => {
  const first = await start();
  const message = first.locator('.message', { hasText: '也在另一个标签页打开' });
  const second = await tab(first);
  await message.waitFor();
  await second.goto('about:blank');
  await message.waitFor({ state: 'hidden' });
  const third = await tab(first);
  await message.waitFor();
  // As where the browser keeps the page that was left, and shows it again.
  await third.evaluate(() => { window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })); });
  await message.waitFor({ state: 'hidden' });
  await third.evaluate(() => { window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })); });
  for (const page of [first, third]) await page.locator('.message', { hasText: '也在另一个标签页打开' }).waitFor();
  await third.close({ runBeforeUnload: true });
  await message.waitFor({ state: 'hidden' });
  assert.deepEqual(first.complaints, []);
});

for (const [what, script] of [
  ['without BroadcastChannel', () => { delete globalThis.BroadcastChannel; }],
  ['without any word between them', () => { delete globalThis.BroadcastChannel; Storage.prototype.setItem = () => { throw new Error('refused'); }; }],
]) {
  test(`two tabs ${what}: nothing is overwritten`, async () => {
    const first = await open(browser, 'about:blank');
    await first.context().addInitScript(script);
    await first.goto(server.address);
    await ready(first);
    await field(first, 'swept_area').fill('480');
    await savedWith(first, '480');
    const second = await tab(first);
    await field(second, 'swept_area').fill('500');
    await savedWith(second, '500');
    await field(first, 'mech_swept_area').fill('7');
    await first.locator('.message', { hasText: '已另存为' }).waitFor();
    await first.locator('.tools .kept', { hasText: '已保存' }).waitFor();
    const stored = Object.values(await kept(first)).map(({ entry }) => [entry.fields.swept_area, entry.fields.mech_swept_area]);
    assert.deepEqual(stored, [['500', undefined], ['480', '7']]);
  });
}

test('an element on a page of its own asks which of two tabs counts', async () => {
  const first = await open(browser, `${server.address}examples/portal.html`);
  await first.locator('duibiao-check .chapter').first().waitFor();
  const second = await first.context().newPage();
  await second.goto(`${server.address}examples/portal.html`);
  await second.locator('duibiao-check .chapter').first().waitFor();
  for (const page of [first, second]) await page.evaluate(() => { document.querySelector('duibiao-check').reveal(document.querySelector('duibiao-check').work.desk.standard.groups.find(({ chapter }) => chapter === '3-sanitation').id); });
  await field(first, 'swept_area').fill('1');
  await second.locator('.tools .kept', { hasText: '改了这份数据' }).waitFor();
  await field(second, 'swept_area').fill('2');
  assert.equal(Object.values(await kept(first))[0].entry.fields.swept_area, '1');
  // A key that is pressed in the same moment counts, too.
  await second.evaluate(() => {
    const check = document.querySelector('duibiao-check');
    [...check.shadowRoot.querySelectorAll('.tools .kept button')].find(({ textContent }) => textContent.includes('以本页为准')).click();
    const input = check.shadowRoot.querySelector('[data-path="swept_area"]');
    input.value = '23';
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  });
  await second.locator('.tools .kept', { hasText: '已保存' }).waitFor();
  await first.locator('.tools .kept').getByRole('button', { name: '载入那边的内容' }).click();
  await first.waitForFunction(() => document.querySelector('duibiao-check').entry.fields.swept_area === '23');
});

test('a draft that is opened while another is saved apart keeps its own data', async () => {
  const page = await start();
  await field(page, 'swept_area').fill('480');
  await savedWith(page, '480');
  await put(page, 'changzhou-2023#other', { entry: { fields: { swept_area: '7' } }, at: 5 });
  const { draft, area } = await page.evaluate(async () => {
    const { work } = document.querySelector('duibiao-desk');
    // What is read of the new draft arrives late.
    let arrive;
    const late = new Promise((done) => { arrive = done; });
    const { get } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.get = function slow(name) {
      const request = get.call(this, name);
      if (name === 'changzhou-2023#apart') request.addEventListener = (kind, heard) => { if (kind === 'success') void late.then(() => heard.call(request, new Event(kind))); };
      return request;
    };
    const moved = work.moveTo('changzhou-2023#apart');
    await work.turnTo('changzhou-2023#other');
    arrive();
    await moved;
    IDBObjectStore.prototype.get = get;
    return { draft: work.draft, area: work.entry.fields.swept_area };
  });
  assert.deepEqual([draft, area], ['changzhou-2023#other', '7']);
  await field(page, 'mech_swept_area').fill('6');
  await savedWith(page, '"6"', 'changzhou-2023#other');
  assert.equal((await kept(page))['changzhou-2023#apart'], undefined);
  assert.deepEqual(page.complaints, []);
});

test('storage that is full says so and offers the file; once there is room, all is saved', async () => {
  const page = await start();
  await field(page, 'swept_area').fill('480');
  await savedWith(page, '480');
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function full() { this.transaction.abort(); throw new DOMException('full', 'QuotaExceededError'); };
    globalThis.roomAgain = () => { IDBObjectStore.prototype.put = put; };
  });
  await field(page, 'swept_area').fill('481');
  const state = page.locator('.tools .kept');
  await state.filter({ hasText: /无法在本机保存[^]*空间已满/ }).waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), state.getByRole('button', { name: '导出数据' }).click()]);
  assert.equal(JSON.parse(await readFile(await download.path(), 'utf8')).fields.swept_area, '481');
  await page.evaluate(() => globalThis.roomAgain());
  await field(page, 'mech_swept_area').fill('7');
  await state.filter({ hasText: '已保存' }).waitFor();
  await savedWith(page, '481');
});

/** A page with 480 in its first draft, and a second, empty one open. */
async function withTwo() {
  const page = await start();
  await field(page, 'swept_area').fill('480');
  await savedWith(page, '480');
  await openPanel(page);
  await panel(page).getByRole('button', { name: '新建草稿' }).click();
  await page.locator('#draft-name').press('Enter');
  await bar(page).getByText('草稿 2').waitFor();
  return page;
}

test('what did not find room is still there when its draft is come back to, and is saved once there is room', async () => {
  const page = await withTwo();
  const turnTo = async (title) => { await rows(page).filter({ hasText: title }).getByRole('button', { name: '打开' }).click(); await bar(page).getByText(title).waitFor(); };
  await turnTo('默认草稿');
  await refuse(page);
  const blocked = page.locator('.tools .kept', { hasText: '无法在本机保存' });
  await field(page, 'swept_area').fill('999');
  await blocked.waitFor();
  await turnTo('草稿 2');
  // Leaving the page now would lose it; a file of all drafts holds it.
  assert.equal(await page.evaluate(() => document.querySelector('duibiao-desk').work.atRisk), true);
  const [download] = await Promise.all([page.waitForEvent('download'), panel(page).locator('.drafts-foot').getByRole('button', { name: '导出全部草稿' }).click()]);
  assert.match(await readFile(await download.path(), 'utf8'), /"swept_area": "999"/);
  await turnTo('默认草稿');
  assert.equal(await field(page, 'swept_area').inputValue(), '999');
  await blocked.waitFor();
  await turnTo('草稿 2');
  await page.evaluate(() => globalThis.roomAgain());
  await turnTo('默认草稿');
  await savedWith(page, '999');
  assert.equal(await field(page, 'swept_area').inputValue(), '999');
  await page.reload();
  await ready(page);
  assert.equal(await field(page, 'swept_area').inputValue(), '999');
  assert.equal(await page.evaluate(() => document.querySelector('duibiao-desk').work.atRisk), false);
});

test('what did not find room does not overwrite what another tab has written since; it is one undo away', async () => {
  const page = await withTwo();
  await rows(page).filter({ hasText: '默认草稿' }).getByRole('button', { name: '打开' }).click();
  await page.waitForFunction(() => shownCheck().entry.fields?.swept_area === '480');
  await refuse(page);
  await field(page, 'swept_area').fill('999');
  await page.locator('.tools .kept', { hasText: '无法在本机保存' }).waitFor();
  await rows(page).filter({ hasText: '草稿 2' }).getByRole('button', { name: '打开' }).click();
  await bar(page).getByText('草稿 2').waitFor();
  await page.evaluate(() => globalThis.roomAgain());
  await put(page, 'changzhou-2023', { ...(await kept(page))['changzhou-2023'], entry: { fields: { swept_area: '500' } }, stamp: 'another.1' });
  await rows(page).filter({ hasText: '默认草稿' }).getByRole('button', { name: '打开' }).click();
  await page.waitForFunction(() => shownCheck().entry.fields?.swept_area === '500');
  await page.keyboard.press('Control+z');
  await page.waitForFunction(() => shownCheck().entry.fields?.swept_area === '999');
});

test('what the browser does not keep is never said to be done', async () => {
  const page = await start();
  await field(page, 'swept_area').fill('480');
  await savedWith(page, '480');
  await openPanel(page);
  const row = rows(page).filter({ hasText: '默认草稿' });
  const before = await kept(page);
  await refuse(page);
  const failed = page.locator('.message.error', { hasText: '没能完成' });
  const closes = async () => { await page.locator('.message').getByRole('button', { name: '关闭' }).click(); await page.locator('.message').waitFor({ state: 'hidden' }); };
  const acts = {
    新建: async () => { await panel(page).getByRole('button', { name: '新建草稿' }).click(); await page.locator('#draft-name').press('Enter'); },
    复制: () => row.getByRole('button', { name: '复制' }).click(),
    删除: () => row.getByRole('button', { name: '删除' }).click(),
    改名: async () => { await row.getByRole('button', { name: '改名' }).click(); await page.locator('#draft-name').fill('三季度'); await page.keyboard.press('Enter'); },
  };
  for (const act of Object.values(acts)) {
    await act();
    await failed.waitFor();
    assert.equal(await page.locator('.message').count(), 1);
    assert.equal(await rows(page).count(), 1);
    assert.match(await bar(page).innerText(), /默认草稿/);
    await closes();
  }
  const drafts = [{ title: '一季度', fields: { swept_area: '1' } }, { title: '二季度', fields: { swept_area: '2' } }];
  const bring = () => page.locator('#file').setInputFiles({ name: 'b.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ standard: { id: 'changzhou-2023' }, drafts })) });
  await bring();
  const said = page.locator('.message.error', { hasText: '份草稿' });
  await said.waitFor();
  assert.match(await said.innerText(), /已导入 0 份草稿。另有 2 份[^]*存不下[^]*一季度、二季度/);
  await closes();
  const clear = async () => { await panel(page).locator('.drafts-foot').getByRole('button', { name: '清除本机数据' }).click(); await page.getByRole('dialog').getByRole('button', { name: '清除', exact: true }).click(); };
  await clear();
  await page.locator('.message.error', { hasText: '没能全部清除' }).waitFor();
  assert.equal(await field(page, 'swept_area').inputValue(), '480');
  assert.deepEqual(await kept(page), before);
  // The way out is a file.
  await acts.改名();
  const [download] = await Promise.all([page.waitForEvent('download'), failed.getByRole('button', { name: '导出数据' }).click()]);
  assert.equal(JSON.parse(await readFile(await download.path(), 'utf8')).fields.swept_area, '480');

  await page.evaluate(() => globalThis.roomAgain());
  await bring();
  await page.locator('.message.info', { hasText: '已导入 2 份草稿。' }).waitFor();
  await clear();
  await page.locator('.message.info', { hasText: '本机数据已清除' }).waitFor();
  assert.deepEqual(await kept(page), {});
  assert.deepEqual(page.complaints, []);
});

const damaged = [
  ['fields of no kind', { entry: { fields: { swept_area: '480', mech_swept_area: [1, 2] }, not_applicable: 7 }, at: 5 }, '480', /fields\.mech_swept_area[^]*not_applicable/],
  ['no entry at all', { entry: 'lost', notes: { 'C-10': '留' }, at: 5 }, '', /entry/],
  ['no record', 'gibberish', '', /对象/],
];
for (const [what, record, area, says] of damaged) {
  test(`a damaged draft is shown as far as it can be read, and offered as it was: ${what}`, async () => {
    const page = await open(browser, `${server.address}example-changzhou-2023.json`);
    await put(page, 'changzhou-2023', record);
    await page.goto(server.address);
    await ready(page);
    const message = page.locator('.message.error', { hasText: '读不出' });
    assert.match(await message.innerText(), says);
    assert.equal(await field(page, 'swept_area').inputValue(), area);
    const [download] = await Promise.all([page.waitForEvent('download'), message.getByRole('button', { name: '另存原始记录' }).click()]);
    assert.deepEqual(JSON.parse(await readFile(await download.path(), 'utf8')), record);
    // Writing on does not take it away.
    await field(page, 'swept_area').fill('9');
    await page.locator('.tools .kept', { hasText: '已保存' }).waitFor();
    await page.reload();
    await ready(page);
    await openPanel(page);
    const [again] = await Promise.all([page.waitForEvent('download'), versions(page).filter({ hasText: '读不出的原始记录' }).getByRole('button', { name: '存为文件' }).click()]);
    assert.deepEqual(JSON.parse(await readFile(await again.path(), 'utf8')), record);
    assert.equal(await field(page, 'swept_area').inputValue(), '9');
    assert.deepEqual(page.complaints, []);
  });
}

test('a damaged draft that is deleted for good leaves nothing, and its record is counted with it', async () => {
  const page = await start();
  await put(page, 'changzhou-2023', { entry: { fields: { swept_area: '480' } }, at: 6 });
  await put(page, 'changzhou-2023#bad', { entry: { fields: { swept_area: [1] } }, title: '坏的', at: 5 });
  // A draft whose name only begins alike.
  await put(page, 'changzhou-2023#bad2', { entry: { fields: { swept_area: '7' } }, title: '另一份', at: 4 });
  await put(page, 'changzhou-2023:portal', { entry: { fields: { swept_area: '8' } }, at: 3 });
  await page.reload();
  await ready(page);
  await openPanel(page);
  await rows(page).filter({ hasText: '坏的' }).getByRole('button', { name: '打开' }).click();
  await page.locator('.message.error', { hasText: '读不出' }).waitFor();
  await rows(page).filter({ hasText: '坏的' }).getByRole('button', { name: '删除' }).click();
  await page.locator('.message', { hasText: '已删除“坏的”' }).waitFor();
  await panel(page).locator('.drafts-foot').getByRole('button', { name: '清除本机数据' }).click();
  // Of the others there is one: that of another page.
  assert.match(await page.getByRole('dialog').innerText(), /本标准的 3 份草稿、其他标准或网页的 1 份、/);
  await page.keyboard.press('Escape');
  await panel(page).locator('.bin summary').click();
  await panel(page).locator('.bin').getByRole('button', { name: '彻底删除' }).click();
  await page.locator('.message', { hasText: '已彻底删除“坏的”' }).waitFor();
  assert.deepEqual(Object.keys(await kept(page)).sort(), ['changzhou-2023', 'changzhou-2023#bad2', 'changzhou-2023:portal']);
  assert.deepEqual(page.complaints, []);
});

test('one file carries everything, the date too; all drafts go in one file and come back', async () => {
  const page = await start();
  await fillExample(page);
  await page.locator('#as-of').fill('2024-06-30');
  await page.locator('#as-of').dispatchEvent('change');
  const save = async (target) => { const [download] = await Promise.all([page.waitForEvent('download'), target.click()]); return readFile(await download.path(), 'utf8'); };
  const one = await save(page.locator('.tools').getByRole('button', { name: '导出数据' }));
  assert.equal(JSON.parse(one).as_of, '2024-06-30');
  await openPanel(page);
  await panel(page).getByRole('button', { name: '新建草稿' }).click();
  await page.locator('#draft-name').fill('第二份');
  await page.keyboard.press('Enter');
  await bar(page).getByText('第二份').waitFor();
  await field(page, 'swept_area').fill('22');
  const all = await save(panel(page).locator('.drafts-foot').getByRole('button', { name: '导出全部草稿' }));

  const other = await start();
  await other.locator('#file').setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(one) });
  await other.locator('.message', { hasText: '已导入' }).waitFor();
  assert.equal(await other.locator('#as-of').inputValue(), '2024-06-30');
  await other.locator('.message').getByRole('button', { name: '撤销' }).click();
  assert.notEqual(await other.locator('#as-of').inputValue(), '2024-06-30');
  await other.locator('#file').setInputFiles({ name: 'b.json', mimeType: 'application/json', buffer: Buffer.from(all) });
  await other.locator('.message', { hasText: '已导入 2 份草稿' }).waitFor();
  await openPanel(other);
  assert.equal(await rows(other).count(), 3);
  await rows(other).filter({ hasText: '第二份' }).getByRole('button', { name: '打开' }).or(rows(other).filter({ hasText: '第二份' }).locator('.mark')).first().click();
  await other.waitForFunction(() => shownCheck().entry.fields.swept_area === '22');
});

test('of a file of all drafts, what cannot be read is named by its draft', async () => {
  const page = await start();
  const drafts = [{ title: '一季度', fields: { swept_area: '480', mech_swept_area: [1] } }, { title: '坏的', fields: 7, notes: 3 }, 'gibberish'];
  await page.locator('#file').setInputFiles({ name: 'b.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ standard: { id: 'changzhou-2023' }, drafts })) });
  const said = page.locator('.message.error', { hasText: '已导入' });
  await said.waitFor();
  assert.match(await said.innerText(), /一季度：fields\.mech_swept_area/);
  assert.match(await said.innerText(), /份读不出，没有导入：[^]*drafts\.2/);
});

test('each draft keeps its undo while the page is open; renaming and deleting are undone before it', async () => {
  const page = await start();
  await field(page, 'swept_area').fill('480');
  await field(page, 'mech_swept_area').fill('412');
  await openPanel(page);
  await panel(page).getByRole('button', { name: '新建草稿' }).click();
  await page.locator('#draft-name').fill('二季度');
  await page.keyboard.press('Enter');
  await page.locator('.message', { hasText: '已改名为“二季度”' }).waitFor();
  await rows(page).filter({ hasText: '默认草稿' }).getByRole('button', { name: '打开' }).click();
  await page.waitForFunction(() => shownCheck().entry.fields?.swept_area === '480');
  await rows(page).filter({ hasText: '默认草稿' }).getByRole('button', { name: '改名' }).click();
  await page.locator('#draft-name').fill('一季度');
  await page.keyboard.press('Enter');
  await bar(page).getByText('一季度').waitFor();
  await page.locator('.message', { hasText: '已改名' }).waitFor();
  await page.keyboard.press('Control+z');
  await bar(page).getByText('默认草稿').waitFor();
  assert.equal(await field(page, 'mech_swept_area').inputValue(), '412');
  // After that, the steps from before the other draft was open.
  await page.keyboard.press('Control+z');
  await page.waitForFunction(() => shownCheck().entry.fields?.mech_swept_area === undefined);
  await page.keyboard.press('Control+z');
  await page.waitForFunction(() => shownCheck().entry.fields?.swept_area === undefined);
  // Deleted for good, it is not remembered.
  assert.deepEqual(page.complaints, []);
});

test('the name of a draft outlives what is written in the last moment of a page', async () => {
  const page = await start();
  await openPanel(page);
  const rename = async (name) => {
    await panel(page).getByRole('button', { name: '改名' }).click();
    await page.locator('#draft-name').fill(name);
    await page.keyboard.press('Enter');
    await bar(page).getByText(name).waitFor();
  };
  // Entered, and in the same moment the page goes or is hidden.
  const enterAndGo = (text) => field(page, 'swept_area').evaluate((input, value) => {
    input.value = value;
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
  }, text);
  await rename('三季度');
  await enterAndGo('480');
  await savedWith(page, '480');
  await page.locator('.tools .kept[aria-busy="false"]', { hasText: '已保存' }).waitFor();
  assert.equal((await kept(page))['changzhou-2023'].title, '三季度');
  await rename('四季度');
  await enterAndGo('481');
  await page.reload();
  await ready(page);
  await bar(page).getByText('四季度').waitFor();
  assert.equal(await field(page, 'swept_area').inputValue(), '481');
  await enterAndGo('482');
  await savedWith(page, '482');
  assert.equal((await kept(page))['changzhou-2023'].title, '四季度');
  assert.deepEqual(page.complaints, []);
});

test('clearing this computer asks, offers the file, and leaves nothing, not even for undo or another tab', async () => {
  const page = await start();
  await fillExample(page);
  const second = await tab(page);
  await openPanel(page);
  await panel(page).locator('.drafts-foot').getByRole('button', { name: '清除本机数据' }).click();
  const dialog = page.getByRole('dialog');
  assert.match(await dialog.innerText(), /1 份草稿[^]*不能找回[^]*先导出/);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  assert.notEqual(await field(page, 'swept_area').inputValue(), '');
  await panel(page).locator('.drafts-foot').getByRole('button', { name: '清除本机数据' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: '导出全部草稿' }).click()]);
  assert.equal(JSON.parse(await readFile(await download.path(), 'utf8')).drafts.length, 1);
  await dialog.getByRole('button', { name: '清除', exact: true }).click();
  await page.locator('.message', { hasText: '本机数据已清除' }).waitFor();
  assert.equal(await field(page, 'swept_area').inputValue(), '');
  assert.equal(await page.locator('.tools').getByRole('button', { name: '撤销' }).getAttribute('aria-disabled'), 'true');
  assert.deepEqual(await kept(page), {});
  // The other tab still shows its data, says so, and writes nothing by itself.
  await second.locator('.tools .kept', { hasText: '已在另一个标签页清除' }).waitFor();
  assert.deepEqual(await kept(page), {});
  // Nor once something is typed there: only where somebody says so.
  await field(second, 'swept_area').fill('77');
  await second.waitForFunction(() => shownCheck().work.entry.fields.swept_area === '77');
  await second.evaluate(() => shownCheck().work.flush());
  assert.deepEqual(await kept(page), {});
  assert.match(await second.locator('.tools .kept').innerText(), /已在另一个标签页清除/);
  await page.reload();
  await ready(page);
  assert.equal(await field(page, 'swept_area').inputValue(), '');
  assert.deepEqual(page.complaints, []);
});
