// The studio as a whole: standards in, finished modules and zips out, drafts, and access.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { axeViolations, field, launch, open, phone, ready, serve, sticksOut, verdict } from './browser.mjs';
import { append, begin as opened, content, download, openFile, RULE, sound, SWEEPING, tab, wrong } from './studio.mjs';

const root = new URL('../../', import.meta.url);
let server, browser;
before(async () => { server = await serve(); browser = await launch(); });
after(async () => { await browser.close(); await server.close(); });
const begin = (...how) => opened(browser, server, ...how);

test('standards are listed by their titles; the preview comes to the file that is opened', async () => {
  const page = await open(browser, `${server.address}studio.html`);
  await page.getByRole('button', { name: /消防/ }).waitFor();
  await page.getByRole('button', { name: /常州市创建江苏省城市管理示范市自查标准/ }).click();
  await sound(page);
  const seen = (id) => page.waitForFunction((wanted) => {
    const place = document.querySelector('duibiao-studio').shadowRoot.querySelector('duibiao-check').shadowRoot.getElementById(wanted);
    const pane = document.querySelector('duibiao-studio').shadowRoot.querySelector('#p-preview');
    if (place === null || place.offsetParent === null) return false;
    const [a, b] = [place.getBoundingClientRect(), pane.getBoundingClientRect()];
    return a.top >= b.top && a.bottom <= b.top + b.height / 2;
  }, id);
  await openFile(page, SWEEPING);
  await seen('g-3-sanitation/5-sweeping');
  await openFile(page, '6-support/2-workforce.rhai');
  await seen('g-6-support/2-workforce');
  // Writing on does not move it.
  await append(page, '\n// 一句注释\n');
  await page.locator('duibiao-check').evaluate((element) => element.closest('#p-preview').scrollTo(0, 0));
  await append(page, '\n// 又一句\n');
  await page.evaluate(() => new Promise((done) => document.querySelector('duibiao-studio').addEventListener('duibiao-compiled', done, { once: true })));
  assert.equal(await page.locator('#p-preview').evaluate((pane) => pane.scrollTop), 0);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('the exported module is the one that the command builds, and runs in the portal unchanged', async () => {
  const page = await begin();
  const same = await download(page, '导出 .wasm');
  assert.equal(same.name, 'changzhou-2023.wasm');
  assert.deepEqual(same.bytes, await readFile(new URL('target/module/changzhou-2023.wasm', root)));
  await append(page, RULE);
  await sound(page);
  const { bytes } = await download(page, '导出 .wasm');
  const script = `
    import { Checker, initSync } from ${JSON.stringify(new URL('target/module/duibiao.js', root).href)};
    import { readFileSync } from 'node:fs';
    const module = new WebAssembly.Module(readFileSync(0));
    initSync({ module });
    const checker = Checker.load(new Uint8Array(WebAssembly.Module.customSections(module, 'duibiao.rulebook')[0]));
    const { findings } = checker.check({ fields: { model_road: 10, good_road: 9 } }, { as_of: '2024-01-01' });
    console.log(findings.find(({ indicator }) => indicator === 'C-99').outcome);`;
  const node = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { input: bytes, encoding: 'utf8', cwd: fileURLToPath(root) });
  assert.equal(node.stdout.trim(), 'met', node.stderr);
  const other = await serve({ '/changzhou-2023.wasm': { body: bytes, type: 'application/wasm' } });
  const portal = await open(browser, `${other.address}examples/portal.html`);
  await ready(portal);
  await verdict(portal, 'C-99').waitFor();
  await field(portal, 'model_road').fill('10');
  await field(portal, 'good_road').fill('9');
  assert.match(await verdict(portal, 'C-99').innerText(), /达标/);
  assert.deepEqual(portal.complaints, []);
  await other.close();
  await portal.context().close();
  // The other ways out.
  const page_ = await download(page, '说明页');
  assert.match(page_.bytes.toString(), /^<!doctype html>[^]*示范路段合格率/);
  const sheet = await download(page, '填报表');
  assert.match(sheet.bytes.toString(), /合格示范路段数,/);
  await page.context().close();
});

test('a zip goes out and comes in; a draft outlives a reload', async () => {
  const page = await begin();
  await append(page, '\n// 一句注释\n');
  await sound(page);
  await page.waitForFunction(() => new Promise((done) => {
    const request = indexedDB.open('duibiao-studio');
    request.onsuccess = () => {
      const get = request.result.transaction('standards').objectStore('standards').getAll();
      get.onsuccess = () => { request.result.close(); done(JSON.stringify(get.result).includes('一句注释')); };
    };
  }));
  await page.reload();
  await sound(page);
  assert.equal(await page.locator('.editor-head').innerText(), SWEEPING);
  await content(page).click();
  await page.keyboard.press('Control+End');
  await page.locator('.cm-line', { hasText: '一句注释' }).waitFor();
  const zip = await download(page, '存为 zip');
  assert.equal(zip.name, 'changzhou-2023.zip');
  await page.locator('.message', { hasText: '已下载 changzhou-2023.zip' }).waitFor();

  const other = await open(browser, `${server.address}studio.html`);
  await other.locator('#zip').setInputFiles({ name: 'mine.zip', mimeType: 'application/zip', buffer: zip.bytes });
  await sound(other);
  assert.equal(await other.locator('.which b').innerText(), 'changzhou-2023');
  assert.equal(await other.locator('.file').count(), await page.locator('.file').count());
  await other.getByRole('button', { name: '打开…' }).click();
  await other.locator('#zip').setInputFiles({ name: 'bad.zip', mimeType: 'application/zip', buffer: Buffer.from('no zip') });
  await other.locator('.message.error', { hasText: '没有打开' }).waitFor();
  await other.locator('#folder').setInputFiles(fileURLToPath(new URL('tests/data/standard', root)));
  await other.locator('.which b', { hasText: 'standard' }).waitFor();
  await sound(other);
  assert.deepEqual(other.complaints, []);
  await other.context().close();
  await page.context().close();
});

const states = [
  ['nothing open', {}, async (page) => page.locator('.start').waitFor(), false],
  ['at work, with problems', {}, async (page) => { await append(page, '\nlet x = 清扫面只 + 1;\n'); await wrong(page); await tab(page, '问题').click(); }],
  ['examples', {}, async (page) => { await tab(page, '例子').click(); await page.locator('.case').first().waitFor(); }],
  ['a new file, dark', { colorScheme: 'dark' }, async (page) => { await page.getByRole('button', { name: '新建' }).click(); }],
  ['390 px', { viewport: phone }, async (page) => { await append(page, '\nlet x = 清扫面只 + 1;\n'); await wrong(page); }],
  ['390 px, examples', { viewport: phone }, async (page) => { await tab(page, '例子').click(); await page.locator('.case').first().waitFor(); }],
];
for (const [name, options, prepare, opened = true] of states) {
  test(`no axe violations, nothing sticks out: ${name}`, async () => {
    const page = opened ? await begin(options) : await open(browser, `${server.address}studio.html`, options);
    await prepare(page);
    assert.deepEqual(await axeViolations(page), []);
    assert.equal(await sticksOut(page), 0);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}

test('the keyboard alone: to a file, into the editor and out, to the next problem, through the tabs', async () => {
  const page = await open(browser, `${server.address}studio.html`);
  await page.locator('.choice-main').first().waitFor();
  const here = () => page.evaluate(() => { const node = document.querySelector('duibiao-studio').shadowRoot.activeElement; return node === null ? '' : `${node.className} ${node.id} ${node.textContent.slice(0, 40)}`; });
  const tabTo = async (wanted, key = 'Tab') => {
    for (let i = 0; i < 60; i += 1) {
      await page.keyboard.press(key);
      if (wanted.test(await here())) return;
    }
    assert.fail(`${wanted} cannot be reached with ${key}; last: ${await here()}`);
  };
  await tabTo(/changzhou-2023/);
  await page.keyboard.press('Enter');
  await sound(page);
  // An opened standard and an opened file have the focus: what is typed goes there.
  assert.match(await here(), /cm-content/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+Tab');
  await tabTo(/5-sweeping/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('duibiao-studio').shadowRoot.activeElement.classList.contains('cm-content'));
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText('\nlet x = 清扫面只 + 1;\n');
  await wrong(page);
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('F8');
  await page.locator('.at-cursor', { hasText: '清扫面只' }).waitFor();
  assert.match(await here(), /cm-content/);
  // Tab indents; Escape first, and it leaves.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  assert.doesNotMatch(await here(), /cm-content/);
  await tabTo(/t-preview/);
  await page.keyboard.press('ArrowRight');
  assert.match(await here(), /t-examples/);
  await page.keyboard.press('ArrowRight');
  assert.match(await here(), /t-problems/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('duibiao-studio').shadowRoot.activeElement.classList.contains('cm-content'));
  await page.keyboard.press('Control+z');
  await sound(page);
  await page.keyboard.press('Control+Enter');
  assert.equal(await tab(page, '例子').getAttribute('aria-selected'), 'true');
  await page.locator('.run', { hasText: /全部通过/ }).waitFor();
  await page.keyboard.press('Control+s');
  await page.locator('.kept', { hasText: '草稿已保存' }).first().waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
