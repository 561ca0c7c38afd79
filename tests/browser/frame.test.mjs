// Iframe mode: the iframe is as high as what it shows, only the right window is listened to, and entries go to nobody else.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, phone, serve } from './browser.mjs';

const ADDRESS = 'frame.html?src=changzhou-2023.wasm&only-chapter=3-sanitation&draft=none';
const policy = (frames) => `default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; frame-src ${frames}`;
const host = (body, frames) => ({ type: 'text/html; charset=utf-8', headers: { 'content-security-policy': policy(frames) },
  body: `<!doctype html><html lang="zh-CN"><title>host</title><link rel="icon" href="data:,"><script src="/duibiao-frame.js" defer></script><body>${body}</body></html>` });

let server, other, browser;
before(async () => {
  other = await serve();
  const iframe = (address) => `<iframe data-duibiao-frame src="${address}" height="720" width="100%" title="自查"></iframe>`;
  server = await serve({
    '/own.html': host(iframe(ADDRESS), "'self'"),
    '/other.html': host(iframe(`${other.address}${ADDRESS}`), other.address),
    '/made.html': host(`<div data-duibiao-frame="${ADDRESS}" data-title="环境卫生自查"></div>`, "'self'"),
    '/plain.html': host(iframe(ADDRESS).replace('data-duibiao-frame', ''), "'self'"),
  });
  browser = await launch();
});
after(async () => { await browser.close(); await Promise.all([server.close(), other.close()]); });

const framed = async (page) => {
  const frame = page.frameLocator('iframe');
  await frame.locator('duibiao-check .chapter').first().waitFor();
  return frame;
};
const heightOf = (page) => page.locator('iframe').evaluate((node) => node.getBoundingClientRect().height);
/** Of an iframe whose border the host has left as it is. */
const BORDERS = 4;
const contentOf = (page) => page.frames()[1].evaluate(() => document.documentElement.offsetHeight);
const fits = async (page) => {
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    if (Math.abs(await heightOf(page) - await contentOf(page)) <= 8) return;
    await page.waitForTimeout(50);
  }
  assert.fail(`${await heightOf(page)} for ${await contentOf(page)}`);
};

for (const name of ['own', 'other', 'made']) {
  test(`the iframe has the height of what it shows, and follows it (${name})`, async () => {
    const page = await open(browser, `${server.address}${name}.html`);
    const frame = await framed(page);
    await fits(page);
    const before = await heightOf(page);
    assert.ok(before > 900, String(before));
    await frame.locator('.chapter-head').first().click();
    await fits(page);
    assert.ok(await heightOf(page) < before - 300);
    await page.setViewportSize(phone);
    await frame.locator('.chapter-head').first().click();
    await fits(page);
    assert.ok(await heightOf(page) > before, 'on a phone it is longer');
    assert.deepEqual(page.complaints, []);
  });
}

test('an iframe that is not marked keeps its height', async () => {
  const page = await open(browser, `${server.address}plain.html`);
  await framed(page);
  assert.equal(await page.evaluate(() => typeof window.duibiaoFrames), 'function');
  // What the frame answers comes to the loader before it comes to us.
  await page.evaluate(() => new Promise((done) => {
    window.addEventListener('message', ({ data }) => { if (data.duibiao === 'height') done(); });
    document.querySelector('iframe').contentWindow.postMessage({ duibiao: 'greeting' }, '*');
  }));
  assert.equal(await heightOf(page), 720 + BORDERS);
});

test('only the framed window of the right origin is heard', async () => {
  const page = await open(browser, `${server.address}other.html`);
  await framed(page);
  await fits(page);
  const before = await heightOf(page);
  await page.evaluate(async (address) => {
    const frame = document.querySelector('iframe');
    const message = { duibiao: 'height', height: 5000 };
    window.postMessage(message, '*');
    window.dispatchEvent(new MessageEvent('message', { data: message, origin: location.origin, source: frame.contentWindow }));
    window.dispatchEvent(new MessageEvent('message', { data: message, origin: new URL(address).origin, source: window }));
    for (const height of [NaN, -5, '9999px', null]) window.dispatchEvent(new MessageEvent('message', { data: { duibiao: 'height', height }, origin: new URL(address).origin, source: frame.contentWindow }));
    // Messages come in the order in which they were sent.
    await new Promise((done) => {
      window.addEventListener('message', ({ data }) => { if (data === 'last') done(); });
      window.postMessage('last', '*');
    });
  }, other.address);
  assert.equal(await heightOf(page), before);
  // The same from the right window and origin does count, or the test above could not fail.
  await page.evaluate((address) => window.dispatchEvent(new MessageEvent('message', { data: { duibiao: 'height', height: 5000 }, origin: new URL(address).origin, source: document.querySelector('iframe').contentWindow })), other.address);
  assert.equal(await heightOf(page), 5000 + BORDERS);
});

test('entries go to a page of the same site, and to no other', async () => {
  for (const [name, expected] of [['own', true], ['other', false]]) {
    const page = await open(browser, `${server.address}${name}.html`);
    await page.evaluate(() => { window.values = []; document.addEventListener('duibiao-value', ({ detail }) => window.values.push(detail)); window.heard = []; window.addEventListener('message', ({ data }) => window.heard.push(JSON.stringify(data))); });
    const frame = await framed(page);
    // The framed page tells its values when the element reports; a message that it sends then comes after them.
    await page.frames()[1].evaluate(() => document.querySelector('duibiao-check').addEventListener('duibiao-report', ({ report }) => { if (report.entry.fields.swept_area === '480') window.parent.postMessage('last', '*'); }));
    await page.evaluate(() => { window.last = new Promise((done) => { window.addEventListener('message', ({ data }) => { if (data === 'last') done(); }); }); });
    await frame.locator('[data-path="swept_area"]').fill('480');
    await page.evaluate(() => window.last);
    const { values, heard } = await page.evaluate(() => ({ values: window.values, heard: window.heard }));
    assert.equal(values.some((value) => value.entry.fields.swept_area === '480'), expected, name);
    assert.equal(heard.some((text) => text.includes('480')), expected, name);
  }
});

test('an address can name no standard of another site', async () => {
  const page = await open(browser, `${server.address}frame.html?src=${encodeURIComponent(`${other.address}changzhou-2023.wasm`)}`);
  await page.locator('duibiao-check [role=alert]').waitFor();
  assert.match(await page.locator('duibiao-check [role=alert]').innerText(), /没有指定标准/);
});
