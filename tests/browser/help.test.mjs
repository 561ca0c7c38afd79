// 使用说明: the example is one click away, and the page leads to every step of the work. Access: see desk.test.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, ready, serve, tab } from './browser.mjs';

let server, browser;
before(async () => { server = await serve(); browser = await launch(); });
after(async () => { await browser.close(); await server.close(); });

async function start() {
  const page = await open(browser, server.address);
  await ready(page, null);
  await tab(page, 'help');
  return page;
}

test('the example is one click away, and undone by one more', async () => {
  const page = await start();
  await page.locator('.help').getByRole('button', { name: '填入示例数据' }).click();
  await page.locator('.message', { hasText: '已填入示例数据' }).waitFor();
  assert.equal(await page.locator('#tab-form').getAttribute('aria-selected'), 'true');
  await page.locator('.message').getByRole('button', { name: '撤销' }).click();
  assert.deepEqual(await page.evaluate(() => document.querySelector('duibiao-desk').work.entry.fields ?? {}), {});
  assert.deepEqual(page.complaints, []);
});

test('every other tab is named, explained and led to', async () => {
  const page = await start();
  const names = await page.locator('.tabs button').allInnerTexts();
  for (const name of names.filter((one) => one !== '使用说明')) {
    assert.match(await page.locator('.help-list > div', { hasText: name }).first().innerText(), /.{14,}/s, name);
    await page.locator('.help').getByRole('button', { name, exact: true }).click();
    assert.equal(await page.locator('.tabs button[aria-selected=true]').innerText(), name);
    await tab(page, 'help');
  }
  assert.match(await page.locator('.help').innerText(), /不是主管部门的评定[^]*数据不上传/);
});
