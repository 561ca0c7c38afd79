// What portals take, in three engines: WebAssembly refused by the page's policy, a form of the host, an iframe that sizes itself.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { serve } from '../browser/browser.mjs';
import { engines, field, launch, textLike } from './engines.mjs';

const ALLOWED = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src data:; connect-src 'self'; frame-src 'self'; form-action 'self'";
const page = (policy, body, script = '/duibiao-check.js') => ({ type: 'text/html; charset=utf-8', headers: { 'content-security-policy': policy },
  body: `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>host</title><link rel="icon" href="data:,"><script src="${script}" defer></script><body>${body}</body></html>` });
const check = (more = '') => `<duibiao-check src="changzhou-2023.wasm" as-of="2024-01-01" draft="none" ${more}></duibiao-check>`;
const reports = new Set();

for (const engine of engines) describe(engine, () => {
  let server, browser;
  before(async () => {
    server = await serve({
      '/allowed.html': page(ALLOWED, check()),
      '/refused.html': page(ALLOWED.replace(" 'wasm-unsafe-eval'", ''), check()),
      '/form.html': page(ALLOWED, `<form id="f" action="/sent" method="get">${check('name="check" only-chapter="3-sanitation"')}<button id="go">上报</button></form>`),
      '/sent': { body: '<!doctype html><title>sent</title>', type: 'text/html' },
      '/frame-host.html': page(ALLOWED, '<iframe data-duibiao-frame src="frame.html?src=changzhou-2023.wasm&amp;only-chapter=3-sanitation&amp;draft=none" height="300" width="100%" title="自查"></iframe>', '/duibiao-frame.js'),
    });
    browser = await launch(engine);
  });
  after(async () => { await browser?.close(); await server.close(); });

  test('WebAssembly refused by the policy: the module in JavaScript, and the same report to the byte', async () => {
    const entry = JSON.parse(await readFile(new URL('../golden/data.json', import.meta.url), 'utf8'));
    for (const [path, plain] of [['allowed', false], ['refused', true]]) {
      const view = await browser.open(`${server.address}${path}.html`);
      await view.until(() => document.querySelector('duibiao-check').report !== undefined || document.querySelector('duibiao-check').shadowRoot.querySelector('[role=alert]') !== null);
      const [report, used] = await view.evaluate((given) => {
        const element = document.querySelector('duibiao-check');
        element.entry = given;
        return [JSON.stringify(element.report), typeof window.duibiaoPlain === 'function'];
      }, entry);
      assert.equal(used, plain, path);
      assert.ok(report.length > 10_000);
      reports.add(report);
      await view.close();
    }
    assert.equal(reports.size, 1);
  });

  test('its value goes along with the form of the host', async () => {
    const view = await browser.open(`${server.address}form.html`);
    await view.fill(field('swept_area'), '480');
    await textLike(view, '.verdict:has([id="i-C-10"])', /缺数据/);
    await view.click('#go');
    await view.until(() => location.pathname === '/sent');
    const value = JSON.parse(new URL(await view.evaluate(() => location.href)).searchParams.get('check'));
    assert.deepEqual(value.entry.fields, { swept_area: '480' });
    await view.close();
  });

  test('an iframe is as high as what it shows', async () => {
    const view = await browser.open(`${server.address}frame-host.html`);
    await view.until(() => {
      const frame = document.querySelector('iframe');
      const inside = frame.contentDocument.documentElement.offsetHeight;
      return inside > 900 && Math.abs(frame.getBoundingClientRect().height - inside) <= 8;
    });
    assert.deepEqual(await view.complaints(), []);
    await view.close();
  });
});
