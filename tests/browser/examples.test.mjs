// The examples run from the packed tarball and the single script, as a portal would have them (target/examples/site).
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { field, launch, open, ready, serve } from './browser.mjs';

const site = fileURLToPath(new URL('../../target/examples/site/', import.meta.url));
let server, browser;
before(async () => {
  server = await serve({ '/examples/jquery/submit': { body: '{}', type: 'application/json' } }, site);
  browser = await launch();
});
after(async () => { await browser.close(); await server.close(); });

const at = (path, more) => open(browser, `${server.address}examples/${path}`, more);

test('plain HTML, under a strict policy', async () => {
  const page = await at('portal.html');
  await ready(page);
  await field(page, 'swept_area').fill('100');
  await field(page, 'mech_swept_area').fill('92.99');
  await page.locator('#counts', { hasText: '未达标' }).waitFor();
  assert.deepEqual(page.complaints, []);
});

test('Vue 2: a property in, an event out, an attribute that changes, shown and hidden', async () => {
  const page = await at('vue2/index.html');
  await ready(page, null);
  assert.match(await page.locator('p#result').innerText(), /达标 0 项，未达标 0 项/);
  await page.getByRole('button', { name: '带入上月数据' }).click();
  await page.locator('p#result', { hasText: '机械化清扫率' }).waitFor();
  const all = await page.locator('duibiao-check .verdict').count();
  await page.locator('select').first().selectOption('市城市管理局');
  await page.waitForFunction(() => document.querySelector('duibiao-check').department === '市城市管理局');
  assert.ok(all > 0);
  await page.getByRole('button', { name: '收起', exact: true }).click();
  assert.equal(await page.locator('duibiao-check').count(), 0);
  await page.getByRole('button', { name: '展开', exact: true }).click();
  await ready(page, null);
  assert.deepEqual(page.complaints, []);
});

test('jQuery: the value goes along with the form of the page', async () => {
  const page = await at('jquery/index.html');
  await ready(page);
  await field(page, 'swept_area').fill('100');
  await page.locator('p#result', { hasText: '目前得分' }).waitFor();
  const sent = page.waitForRequest(/submit$/);
  await page.getByRole('button', { name: '上报' }).click();
  const data = JSON.parse((await sent).postData());
  assert.equal(data.unit, '环境卫生管理处');
  assert.deepEqual(JSON.parse(data.check).entry.fields, { swept_area: '100' });
  await page.locator('p#result', { hasText: '已上报' }).waitFor();
  assert.deepEqual(page.complaints, []);
});

test('React, built with vite: the element and the checker alone, under a strict policy', async () => {
  const page = await at('react/index.html');
  await ready(page);
  await page.locator('p#result', { hasText: '未达标' }).waitFor();
  assert.equal(await field(page, 'swept_area').inputValue(), '480');
  assert.match(await page.locator('#alone').innerText(), /未达标/);
  await page.locator('input[type=range]').fill('93');
  await page.waitForFunction(() => /— 达标|达标。/.test(document.getElementById('alone').textContent) && !document.getElementById('alone').textContent.includes('未达标'));
  await page.getByRole('button', { name: '收起', exact: true }).click();
  assert.equal(await page.locator('duibiao-check').count(), 0);
  assert.deepEqual(page.complaints, []);
});

test('a static site: the check in an iframe that sizes itself', async () => {
  const page = await at('static/index.html');
  await page.getByRole('link', { name: '指标自查' }).last().click();
  const frame = page.frameLocator('iframe');
  await frame.locator('[data-path="swept_area"]').fill('100');
  await page.waitForFunction(() => document.querySelector('iframe').getBoundingClientRect().height > 900);
  assert.deepEqual(page.complaints, []);
});
