// The page for webmasters: what is set is seen and copied; by keyboard, on a phone, in both languages, and without anything that axe objects to.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { launch, open, phone, serve } from './browser.mjs';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const dist = new URL('../../www/dist/', import.meta.url);
let server, browser;
before(async () => { server = await serve(); browser = await launch(); });
after(async () => { await browser.close(); await server.close(); });

const begun = async (page) => {
  await page.locator('duibiao-check .chapter').first().waitFor();
  await page.locator('.files').waitFor();
};
const code = (page, id = 'snippet') => page.locator(`#t-${id}`).innerText();

test('what is set is seen at once, and stands in the code with the right hash', async () => {
  const page = await open(browser, `${server.address}embed.html`);
  await begun(page);
  const hash = createHash('sha384').update(await readFile(new URL('duibiao-check.js', dist))).digest('base64');
  assert.equal(await code(page), `<script src="duibiao-check.js" charset="utf-8" integrity="sha384-${hash}" defer></script>\n<duibiao-check src="changzhou-2023.wasm"></duibiao-check>\n`);
  await page.getByLabel('只显示一个部门').selectOption('市城市管理局');
  await page.getByLabel('只读').check();
  await page.getByLabel('表单字段名').fill('check"1');
  await page.getByLabel('表单字段名').press('Tab');
  assert.match(await code(page), /department="市城市管理局" name="check&quot;1" readonly></);
  assert.equal(await page.locator('duibiao-check').getAttribute('department'), '市城市管理局');
  await page.getByLabel('只显示一个部门').selectOption('');
  assert.equal(await page.locator('duibiao-check').getAttribute('department'), null);
  await page.getByLabel('主色').fill('#7a1f1f');
  await page.getByLabel('主色').press('Tab');
  assert.match(await code(page, 'style'), /--duibiao-accent: #7a1f1f/);
  assert.match(await code(page, 'policy'), /wasm-unsafe-eval/);
  assert.deepEqual(page.complaints, []);
});

test('the code of each way runs as it was copied', async () => {
  const page = await open(browser, `${server.address}embed.html`);
  await begun(page);
  await page.getByLabel('只显示一个方面').selectOption('3-sanitation');
  const snippets = {};
  for (const way of ['一个脚本，标准也是脚本', 'iframe', '一个脚本']) {
    await page.getByRole('radio', { name: new RegExp(`^${way}`) }).first().check();
    snippets[way] = await code(page);
  }
  await page.getByRole('radio', { name: /^一个脚本/ }).first().check();
  snippets['一个脚本'] = await code(page);
  const bodies = Object.fromEntries(Object.values(snippets).map((text, i) => [`/copied-${i}.html`, { type: 'text/html; charset=utf-8', body: `<!doctype html><html lang="zh-CN"><title>copied</title><link rel="icon" href="data:,"><body>${text}</body></html>` }]));
  const copied = await serve(bodies);
  for (const path of Object.keys(bodies)) {
    const view = await open(browser, copied.address + path.slice(1));
    const place = bodies[path].body.includes('<iframe') ? view.frameLocator('iframe') : view;
    await place.locator('duibiao-check .chapter-title', { hasText: '环境卫生' }).waitFor();
    assert.deepEqual(view.complaints, [], path);
  }
  await copied.close();
});

test('it copies, and says so', async () => {
  const page = await open(browser, `${server.address}embed.html`, { permissions: ['clipboard-read', 'clipboard-write'] });
  await begun(page);
  await page.getByRole('button', { name: '复制 网页代码' }).click();
  await page.locator('.said', { hasText: '已复制' }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await page.locator('#t-snippet').evaluate((node) => node.textContent));
  // Without a clipboard, as on an intranet over http.
  await page.evaluate(() => { Object.defineProperty(navigator, 'clipboard', { value: undefined }); });
  await page.getByRole('button', { name: /复制 内容安全策略/ }).click();
  await page.locator('#c-policy + .said', { hasText: '已复制' }).waitFor();
});

test('nothing that axe objects to: both languages, dark, and a phone, where nothing is wider than the screen', async () => {
  for (const [path, viewport, colorScheme] of [['embed.html', undefined, 'light'], ['embed.html?lang=en', phone, 'dark'], ['embed.html', phone, 'light']]) {
    const page = await open(browser, server.address + path, { ...(viewport && { viewport }), colorScheme, bypassCSP: true });
    await begun(page);
    await page.addScriptTag({ path: axe });
    const found = await page.evaluate(async () => (await globalThis.axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target }) => target.join(' ')).join(', ')}`));
    assert.deepEqual(found, [], path);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${path} is wider than ${viewport?.width}`);
  }
});

test('by keyboard alone: a way, a chapter, and the code', async () => {
  const page = await open(browser, `${server.address}embed.html`);
  await begun(page);
  await page.locator('input[name=way]').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.match(await code(page), /^<iframe/);
  for (let turn = 0; turn < 40; turn += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement.getAttribute('aria-label')) === '复制 网页代码') break;
  }
  await page.keyboard.press('Enter');
  await page.locator('.said', { hasText: /复制/ }).waitFor();
});
