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
  const first = await code(page);
  assert.ok(first.includes(`<script src="duibiao-check.js" charset="utf-8" integrity="sha384-${hash}" defer></script>\n`), first);
  assert.match(first, /<meta name="renderer" content="webkit">/);
  assert.match(first, /\n<duibiao-check src="changzhou-2023.wasm">\n  <p>[^<]*请换用[^<]*<\/p>\n<\/duibiao-check>\n$/);
  await page.getByLabel('只显示一个部门').selectOption('市城市管理局');
  await page.getByLabel('只读').check();
  await page.getByLabel('表单字段名').fill('check"1');
  await page.getByLabel('表单字段名').press('Tab');
  assert.match(await code(page), /department="市城市管理局" name="check&quot;1" readonly>/);
  assert.equal(await page.locator('duibiao-check').getAttribute('department'), '市城市管理局');
  await page.getByLabel('只显示一个部门').selectOption('');
  assert.equal(await page.locator('duibiao-check').getAttribute('department'), null);
  await page.getByLabel('主色').fill('#7a1f1f');
  await page.getByLabel('主色').press('Tab');
  assert.match(await code(page, 'style'), /--duibiao-accent: #7a1f1f/);
  assert.match(await code(page, 'policy'), /wasm-unsafe-eval/);
  for (const [name, attribute] of [['必填', 'required'], ['停用', 'disabled']]) {
    await page.getByLabel(name, { exact: true }).check();
    assert.match(await code(page), new RegExp(` ${attribute}[ >]`));
    assert.equal(await page.locator('duibiao-check').getAttribute(attribute), '');
    await page.getByLabel(name, { exact: true }).uncheck();
    assert.equal(await page.locator('duibiao-check').getAttribute(attribute), null);
  }
  for (const [name, attribute] of [['网站给出的数据', 'data'], ['示例数据', 'example']]) {
    await page.getByLabel(name, { exact: true }).fill('example-changzhou-2023.json');
    await page.getByLabel(name, { exact: true }).press('Tab');
    assert.match(await code(page), new RegExp(` ${attribute}="example-changzhou-2023.json"`));
  }
  assert.deepEqual(page.complaints, []);
});

test('each way names its files and its policy; what an iframe does not take along, and what is no colour, is told', async () => {
  const page = await open(browser, `${server.address}embed.html`);
  await begun(page);
  const needed = () => page.locator('#needed code').allInnerTexts();
  const choose = (way) => page.getByRole('radio', { name: new RegExp(`^${way}`) }).first().check();
  assert.deepEqual(await needed(), ['duibiao-check.js', 'duibiao-check.nowasm.js', 'changzhou-2023.wasm']);
  await page.getByLabel('表单字段名').fill('check');
  await page.getByLabel('主色').fill('深蓝');
  await page.getByLabel('主色').press('Tab');
  await page.getByText('“深蓝”不是颜色').waitFor();
  assert.equal(await page.locator('#t-style').count(), 0);
  await choose('一个脚本，标准也是脚本');
  assert.deepEqual(await needed(), ['duibiao-check.js', 'duibiao-check.nowasm.js', 'changzhou-2023.js']);
  assert.equal(await page.locator('.told').count(), 0);
  await choose('iframe');
  assert.deepEqual(await needed(), ['duibiao-frame.js', 'frame.html', 'frame.css', 'duibiao-framed.js', 'duibiao-check.js', 'duibiao-check.nowasm.js', 'changzhou-2023.wasm']);
  assert.match(await page.locator('.told').innerText(), /表单字段名、主色/);
  assert.doesNotMatch(await code(page), /name=check/);
  assert.match(await code(page, 'policy'), /frame-src 'self'/);
  await choose('npm');
  assert.deepEqual(await needed(), []);
  assert.deepEqual(page.complaints, []);
});

test('the code of each way runs as it was copied, under the policy that stands with it, and the form of the host goes', async () => {
  const page = await open(browser, `${server.address}embed.html`);
  await begun(page);
  await page.getByLabel('只显示一个方面').selectOption('3-sanitation');
  await page.getByLabel('表单字段名').fill('check');
  await page.getByLabel('表单字段名').press('Tab');
  const snippets = {};
  const policies = {};
  for (const way of ['一个脚本，标准也是脚本', 'iframe', '一个脚本']) {
    await page.getByRole('radio', { name: new RegExp(`^${way}`) }).first().check();
    snippets[way] = await code(page);
    policies[way] = (await code(page, 'policy')).replace(/^Content-Security-Policy: /, '').trim();
  }
  await page.getByRole('radio', { name: /^一个脚本/ }).first().check();
  snippets['一个脚本'] = await code(page);
  policies['一个脚本'] = (await code(page, 'policy')).replace(/^Content-Security-Policy: /, '').trim();
  const bodies = Object.fromEntries(Object.entries(snippets).map(([way, text], i) => [`/copied-${i}.html`, { type: 'text/html; charset=utf-8', headers: { 'content-security-policy': policies[way] }, body: `<!doctype html><html lang="zh-CN"><title>copied</title><link rel="icon" href="data:,"><body><form action="/sent">${text}<button id="go">上报</button></form></body></html>` }]));
  const copied = await serve({ ...bodies, '/sent': { type: 'text/html', body: '<!doctype html><title>sent</title><link rel="icon" href="data:,">' } });
  let sent = 0;
  for (const path of Object.keys(bodies)) {
    const view = await open(browser, copied.address + path.slice(1));
    const place = bodies[path].body.includes('<iframe') ? view.frameLocator('iframe') : view;
    await place.locator('duibiao-check .chapter-title', { hasText: '环境卫生' }).waitFor();
    await view.locator('#go').click();
    await view.waitForURL(/\/sent/);
    if (new URL(view.url()).searchParams.get('check') !== null) sent += 1;
    assert.deepEqual(view.complaints, [], path);
  }
  assert.equal(sent, 2);
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
  assert.match(await code(page), /^<iframe/m);
  for (let turn = 0; turn < 40; turn += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement.getAttribute('aria-label')) === '复制 网页代码') break;
  }
  await page.keyboard.press('Enter');
  await page.locator('.said', { hasText: /复制/ }).waitFor();
});
