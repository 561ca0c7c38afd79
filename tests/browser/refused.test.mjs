// Where the browser or the page stands in the way: no WebAssembly, a policy that refuses it, a server with wrong types,
// pages opened from a disk. Each ends with the same verdict.
import assert from 'node:assert/strict';
import { mkdtempSync, cpSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { field, launch, open, ready, serve, verdict } from './browser.mjs';

const root = new URL('../../', import.meta.url);
const dist = fileURLToPath(new URL('www/dist/', root));
const ALLOWED = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src data:; connect-src 'self'";
const REFUSED = ALLOWED.replace(" 'wasm-unsafe-eval'", '');
const NONCE = ALLOWED.replace("'self' 'wasm-unsafe-eval'", "'nonce-abc'");
const page = (policy, { attributes = '', scripts = '<script src="/duibiao-check.js"></script>', src = 'changzhou-2023.wasm' } = {}) => ({
  type: 'text/html; charset=utf-8', headers: { 'content-security-policy': policy },
  body: `<!doctype html><html lang="zh-CN"><title>host</title><link rel="icon" href="data:,">${scripts}<body><duibiao-check src="${src}" as-of="2024-01-01" draft="none" ${attributes}></duibiao-check></body></html>`,
});

let server, browser, data;
before(async () => {
  const wasm = await readFile(join(dist, 'changzhou-2023.wasm'));
  data = JSON.parse(await readFile(new URL('tests/golden/data.json', root), 'utf8'));
  server = await serve({
    '/allowed.html': page(ALLOWED),
    '/refused.html': page(REFUSED),
    '/nonce.html': page(NONCE, { scripts: '<script src="/duibiao-check.js" nonce="abc"></script>' }),
    '/by-hand.html': page(REFUSED, { scripts: '<script src="/only/duibiao-check.js"></script><script src="/duibiao-check.nowasm.js"></script>' }),
    '/only/duibiao-check.js': { body: await readFile(join(dist, 'duibiao-check.js')), type: 'text/javascript' },
    '/alone.html': page(REFUSED, { scripts: '<script src="/only/duibiao-check.js"></script>' }),
    '/altered/duibiao-check.js': { body: await readFile(join(dist, 'duibiao-check.js')), type: 'text/javascript' },
    '/altered/duibiao-check.nowasm.js': { body: `${await readFile(join(dist, 'duibiao-check.nowasm.js'), 'utf8')}\n/* altered */`, type: 'text/javascript' },
    '/altered.html': page(REFUSED, { scripts: '<script src="/altered/duibiao-check.js"></script>' }),
    '/index.html': { body: await readFile(join(dist, 'index.html')), type: 'text/html; charset=utf-8', headers: { 'content-security-policy': REFUSED } },
    '/text.html': page(ALLOWED, { src: 'text.wasm' }),
    '/text.wasm': { body: wasm, type: 'text/plain' },
    '/script.html': page(ALLOWED, { src: 'changzhou-2023.js', scripts: '<script src="/duibiao-check.js"></script><script src="/changzhou-2023.js" defer></script>' }),
    '/forgotten.html': page(ALLOWED, { src: 'changzhou-2023.js' }),
  });
  browser = await launch();
});
after(async () => { await browser.close(); await server.close(); });

/** The report of the golden data, as the element on a page makes it. */
const reportOf = (view) => view.evaluate((entry) => new Promise((done, failed) => {
  const check = document.querySelector('duibiao-check');
  const look = () => {
    if (check.report !== undefined && Object.keys(check.report.entry.fields).length > 2) { done(JSON.stringify(check.report)); return true; }
    return false;
  };
  check.addEventListener('duibiao-report', look);
  check.addEventListener('duibiao-error', ({ error }) => failed(new Error(`${error.code} ${error.detail}`)));
  check.entry = entry;
  setTimeout(() => failed(new Error(document.querySelector('duibiao-check').shadowRoot.textContent.trim().slice(0, 200))), 20000);
  look();
}), data);

let expected;
test('with WebAssembly, the report to compare with', async () => {
  const view = await open(browser, `${server.address}allowed.html`);
  expected = await reportOf(view);
  assert.ok(expected.length > 10000);
  assert.equal(await view.evaluate(() => typeof window.duibiaoPlain), 'undefined', 'the module in JavaScript is not fetched where it is not needed');
  assert.deepEqual(view.complaints, []);
});

test('a policy that refuses WebAssembly: the module in JavaScript is fetched by itself, checked by its hash', async () => {
  const view = await open(browser, `${server.address}refused.html`);
  assert.equal(await reportOf(view), expected);
  assert.equal(await view.evaluate(() => typeof window.duibiaoPlain), 'function');
  assert.match(await view.evaluate(() => document.querySelector('script[src$="nowasm.js"]').integrity), /^sha384-/);
  // The refusal itself is reported, once, and nothing else.
  assert.ok(view.complaints.every((one) => /wasm-eval|unsafe-eval/.test(one)), view.complaints.join('\n'));
});

test('the page of staff, in a browser whose policy refuses WebAssembly', async () => {
  const view = await open(browser, `${server.address}index.html`);
  await ready(view);
  await field(view, 'swept_area').fill('100');
  await field(view, 'mech_swept_area').fill('92.99');
  await verdict(view, 'C-10').getByText('未达标').first().waitFor();
  assert.equal(await view.evaluate(() => typeof window.duibiaoPlain), 'function');
});

test('its hash is right and counts: an altered one is not run', async () => {
  const view = await open(browser, `${server.address}altered.html`);
  await assert.rejects(reportOf(view), /refused|安全策略/);
  assert.equal(await view.evaluate(() => typeof window.duibiaoPlain), 'undefined');
});

test('a policy with nonces: the nonce goes along', async () => {
  const view = await open(browser, `${server.address}nonce.html`);
  assert.equal(await reportOf(view), expected);
});

test('a page may bring the module in JavaScript by a script tag of its own', async () => {
  const view = await open(browser, `${server.address}by-hand.html`);
  assert.equal(await reportOf(view), expected);
});

test('without it, the element says what the policy lacks', async () => {
  const view = await open(browser, `${server.address}alone.html`);
  await view.locator('duibiao-check [role=alert]').waitFor();
  assert.match(await view.locator('duibiao-check [role=alert]').innerText(), /安全策略/);
});

test('a browser without WebAssembly', async () => {
  const context = await browser.newContext();
  await context.addInitScript(() => { delete globalThis.WebAssembly; });
  const view = await context.newPage();
  await view.goto(`${server.address}allowed.html`);
  assert.equal(await view.evaluate(() => typeof WebAssembly), 'undefined');
  assert.equal(await reportOf(view), expected);
  await context.close();
});

test('a server that calls .wasm text', async () => {
  const view = await open(browser, `${server.address}text.html`);
  assert.equal(await reportOf(view), expected);
  assert.deepEqual(view.complaints, []);
});

test('a standard as a script, in any order, where .wasm is not given out', async () => {
  const view = await open(browser, `${server.address}script.html`);
  assert.equal(await reportOf(view), expected);
  assert.deepEqual(view.complaints, []);
});

test('a standard whose script tag was forgotten is told; no script is loaded because of an attribute', async () => {
  const view = await open(browser, `${server.address}forgotten.html`);
  await view.locator('duibiao-check [role=alert]').waitFor();
  assert.match(await view.locator('duibiao-check [role=alert]').innerText(), /changzhou-2023\.js/);
  assert.equal(await view.evaluate(() => document.querySelectorAll('script[src*="changzhou"]').length), 0);
});

test('a page opened from a disk', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'disk-'));
  try {
    for (const name of ['duibiao-check.js', 'duibiao-check.nowasm.js', 'changzhou-2023.js', 'changzhou-2023.wasm']) cpSync(join(dist, name), join(folder, name));
    const write = (name, policy) => {
      const { body } = page('', { src: 'changzhou-2023.js', scripts: `${policy}<script src="duibiao-check.js" defer></script><script src="changzhou-2023.js" defer></script>` });
      writeFileSync(join(folder, name), body);
      return pathToFileURL(join(folder, name)).href;
    };
    const view = await open(browser, write('page.html', ''));
    assert.equal(await reportOf(view), expected);
    assert.deepEqual(view.complaints, []);
    const strict = await open(browser, write('strict.html', '<meta http-equiv="Content-Security-Policy" content="script-src file:">'));
    assert.equal(await reportOf(strict), expected, 'also where WebAssembly is refused');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
