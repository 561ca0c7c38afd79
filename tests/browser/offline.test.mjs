// Without a server: the page as one file, and the page as its service worker keeps it. Other engines: tests/engines.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { parse } from 'acorn';
import { field, fillExample, launch, open, ready, savedWith, serve, tab } from './browser.mjs';

const dist = fileURLToPath(new URL('../../www/dist/', import.meta.url));
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** Once the service worker has everything. */
const kept = (page) => page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => new Promise((done) => {
  if (active.state === 'activated') done();
  active.addEventListener('statechange', () => { if (active.state === 'activated') done(); });
})));

test('the single file asks nobody for anything, and says all that the page says', async () => {
  const page = await open(browser, 'about:blank');
  const asked = [];
  page.on('request', (request) => { if (!request.url().startsWith('data:')) asked.push(request.url()); });
  const address = new URL('duibiao-changzhou-2023.html', `file://${dist}`).href;
  await page.goto(address);
  await ready(page);
  await fillExample(page);
  const report = () => page.evaluate(() => JSON.stringify(shownCheck().report));
  const said = await report();
  assert.deepEqual(asked, [address]);
  const server = await serve();
  const served = await open(browser, server.address);
  await ready(served);
  await fillExample(served);
  assert.equal(said, await served.evaluate(() => JSON.stringify(shownCheck().report)));
  await server.close();
  await page.locator('#languages').getByText('English').click();
  await page.locator('duibiao-check').getByRole('button', { name: 'Export data' }).or(page.getByRole('button', { name: 'Export data' })).first().waitFor();
  assert.deepEqual(page.complaints, []);
});

test('the browser finds everything that it wants of a page to install it', async () => {
  const server = await serve();
  const page = await open(browser, server.address);
  await ready(page);
  const devtools = await page.context().newCDPSession(page);
  const { errors } = await devtools.send('Page.getAppManifest');
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // In a context for tests it would not install anything.
  assert.deepEqual([...errors, ...installabilityErrors.map(({ errorId }) => errorId)], ['in-incognito']);
  await server.close();
});

test('at the second visit the server may be gone', async () => {
  const server = await serve();
  const page = await open(browser, server.address);
  await ready(page);
  await kept(page);
  await field(page, 'swept_area').fill('480');
  await savedWith(page, '480');
  await server.close();
  await page.reload();
  await ready(page);
  assert.equal(await field(page, 'swept_area').inputValue(), '480');
  // What is only fetched when it is needed is there, too.
  await tab(page, 'tables');
  const [sheet] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载填报表' }).click()]);
  assert.match(sheet.suggestedFilename(), /\.xlsx$/);
  await tab(page, 'papers');
  const [word] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 Word' }).click()]);
  assert.match(word.suggestedFilename(), /\.docx$/);
  await page.goto(`${server.address}?lang=en`);
  await ready(page);
  assert.deepEqual(page.complaints, []);
});

test('where WebAssembly is refused, the module in JavaScript is kept, too', async () => {
  const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'";
  const index = { body: await readFile(join(dist, 'index.html')), type: 'text/html; charset=utf-8', headers: { 'content-security-policy': policy } };
  const server = await serve({ '/': index, '/index.html': index });
  const page = await open(browser, server.address);
  await ready(page);
  await kept(page);
  // From here on the service worker is asked.
  await page.reload();
  await ready(page);
  await server.close();
  await page.reload();
  await ready(page);
  await field(page, 'swept_area').fill('480');
  await savedWith(page, '480');
});

test('a newer build waits, says so, and is used when the user says so', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'duibiao-'));
  await cp(dist, folder, { recursive: true });
  const server = await serve({}, folder);
  const page = await open(browser, server.address);
  await ready(page);
  await kept(page);
  await page.reload();
  assert.equal(await page.locator('.newer').count(), 0);
  // The next build: another title, and a service worker that knows it.
  const html = await readFile(join(folder, 'index.html'), 'utf8');
  await writeFile(join(folder, 'index.html'), html.replace('<title>', '<title>新 '));
  const worker = await readFile(join(folder, 'sw.js'), 'utf8');
  const build = /[`"']([0-9a-f]{16})[`"']/.exec(worker)[1];
  await writeFile(join(folder, 'sw.js'), worker.replace(build, '0'.repeat(16)));
  await page.reload();
  await page.locator('.newer', { hasText: '有新版本，刷新后使用' }).waitFor();
  assert.doesNotMatch(await page.title(), /新 /);
  await page.locator('.newer button').click();
  await page.waitForFunction(() => document.title.startsWith('新 '));
  await ready(page);
  assert.equal(await page.locator('.newer').count(), 0);
  assert.deepEqual(page.complaints, []);
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

test('a standard that was exchanged alone on the server is announced, too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'duibiao-'));
  await cp(dist, folder, { recursive: true });
  let standard = await readFile(join(folder, 'changzhou-2023.wasm'));
  let looked = 0;
  const server = await serve({ '/changzhou-2023.wasm': { type: 'application/wasm', get body() { looked += 1; return standard; } } }, folder);
  const page = await open(browser, server.address);
  await ready(page);
  await kept(page);
  // An empty custom section more: another file that means the same.
  standard = Buffer.concat([standard, Buffer.from([0, 2, 1, 120])]);
  await page.reload();
  await page.locator('.newer').waitFor();
  const before = looked;
  await Promise.all([page.waitForEvent('load'), page.locator('.newer button').click()]);
  await ready(page);
  for (const end = Date.now() + 30_000; Date.now() < end && looked === before;) await page.waitForTimeout(50);
  assert.ok(looked > before, 'the service worker looks at the standard again');
  // What it says of that comes before what it is made to say now.
  await page.evaluate(() => { window.last = new Promise((done) => { navigator.serviceWorker.addEventListener('message', ({ data }) => { if (data === 'last') done(); }); }); });
  await page.context().serviceWorkers()[0].evaluate(async () => {
    await (await fetch('changzhou-2023.wasm', { cache: 'no-cache' })).arrayBuffer();
    for (const client of await self.clients.matchAll()) client.postMessage('last');
  });
  await page.evaluate(() => window.last);
  assert.equal(await page.locator('.newer').count(), 0);
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

test('where the browser offers no service worker, as on plain http, the page works as ever', async () => {
  const server = await serve();
  // A name that is not this computer's own: the browser calls it insecure.
  const other = await launch(['--host-resolver-rules=MAP portal.test 127.0.0.1']);
  const page = await open(other, server.address.replace('127.0.0.1', 'portal.test'));
  await ready(page);
  assert.equal(await page.evaluate(() => window.isSecureContext), false);
  assert.equal(await page.evaluate(() => 'serviceWorker' in navigator), false);
  await field(page, 'swept_area').fill('480');
  await savedWith(page, '480');
  assert.deepEqual(page.complaints, []);
  await other.close();
  await server.close();
});

test('a browser whose engine is too old for the page is asked for another, in words that any browser runs, and others are not', async () => {
  parse(await readFile(join(dist, 'old.js'), 'utf8'), { ecmaVersion: 5 });
  const server = await serve();
  const single = new URL('duibiao-changzhou-2023.html', `file://${dist}`).href;
  for (const address of [server.address, single]) {
    const fine = await open(browser, address);
    await ready(fine);
    assert.equal(await fine.locator('.old').count(), 0);
    assert.deepEqual(fine.complaints, []);
    const context = await browser.newContext();
    const page = await context.newPage();
    // As before Chromium 54.
    await page.addInitScript(() => { delete window.customElements; });
    const refused = [];
    page.on('console', (message) => { if (/Content Security Policy/.test(message.text())) refused.push(message.text()); });
    await page.goto(address);
    await page.locator('.old', { hasText: '请换用新版浏览器' }).waitFor();
    assert.deepEqual(refused, []);
    await context.close();
  }
  await server.close();
});
