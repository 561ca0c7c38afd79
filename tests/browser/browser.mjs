// What the browser tests share: a static server for www/dist, a Chromium, and pages that remember
// every console error, failed request and policy violation.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const dist = fileURLToPath(new URL('../../www/dist/', import.meta.url));
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.wasm': 'application/wasm', '.svg': 'image/svg+xml', '.png': 'image/png', '.webmanifest': 'application/manifest+json' };

/** Serves a folder, `www/dist` unless another is given; `extra` answers some paths instead. */
export async function serve(extra = {}, folder = dist) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const made = extra[path];
    try {
      const body = made === undefined ? await readFile(join(folder, normalize(path.endsWith('/') ? `${path}index.html` : path))) : made.body;
      response.writeHead(200, { 'content-type': made?.type ?? types[extname(path)] ?? (path.endsWith('/') ? types['.html'] : 'application/octet-stream'), ...made?.headers });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address();
  return { address: `http://127.0.0.1:${port}/`, close: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }) };
}

// Every window of Chromium brings the page behind its address bar along, a renderer of its own that nobody sees: without it opening ten
// pages costs 9.5 s of processor instead of 16. The other names are those that Playwright gives: the last list alone counts.
const unwanted = ['WebUIOmniboxPopup', 'WebUIOmniboxFullPopup', 'WebUIOmniboxAimPopup',
  'AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable', 'LensOverlay', 'MediaRouter', 'PaintHolding',
  'ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect', 'OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch'];

export const options = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', `--disable-features=${unwanted}`],
};

export const launch = (more = []) => chromium.launch({ ...options, args: [...options.args, ...more] });
/** A browser with a profile on disk, to be killed and started again. */
export async function launchProfile(folder) {
  const process = spawn(options.executablePath, [...options.args, '--headless', '--remote-debugging-port=0', `--user-data-dir=${folder}`, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const address = await new Promise((found, lost) => {
    let text = '';
    process.once('exit', () => lost(new Error(text)));
    process.stderr.on('data', (part) => {
      text += part;
      const match = /DevTools listening on (ws:\S+)/.exec(text);
      if (match !== null) found(match[1]);
    });
  });
  const browser = await chromium.connectOverCDP(address);
  const page = await browser.contexts()[0].newPage();
  const kill = () => new Promise((done) => {
    if (process.exitCode !== null || process.signalCode !== null) { done(); return; }
    process.once('exit', done);
    process.kill('SIGKILL');
  });
  return { page, kill };
}

export const wide = { width: 1280, height: 900 };
export const phone = { width: 390, height: 844 };

/** Opens an address in a fresh context; `page.complaints` fills with whatever went wrong. */
export async function open(browser, address, { viewport = wide, ...more } = {}) {
  const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', acceptDownloads: true, ...more });
  const page = await context.newPage();
  await watch(page);
  await page.goto(address);
  return page;
}

export async function watch(page) {
  page.complaints = [];
  page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') page.complaints.push(`${message.type()}: ${message.text()}`); });
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  // Whoever leaves a page ends what it was still fetching.
  page.on('requestfailed', (request) => { if (request.failure()?.errorText !== 'net::ERR_ABORTED') page.complaints.push(`failed: ${request.url()}`); });
  await page.exposeFunction('duibiaoComplain', (text) => page.complaints.push(text));
  await page.addInitScript(() => {
    // The element that is shown: on a page of its own, or in the desk.
    globalThis.shownCheck = () => document.querySelector('duibiao-check') ?? document.querySelector('duibiao-desk').shadowRoot.querySelector('duibiao-check');
    /** What has the focus, inside all shadow trees. */
    globalThis.innermost = () => {
      let node = document.activeElement;
      while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
      return node;
    };
    document.addEventListener('securitypolicyviolation', (event) => globalThis.duibiaoComplain(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
}

/** The element once its standard is open and the form of a chapter is shown: `null` leaves them as they are. */
export async function ready(page, chapter = '3-sanitation') {
  await page.locator('duibiao-check .chapter').first().waitFor();
  if (chapter !== null) await unfold(page, chapter);
  return page.locator('duibiao-check');
}

/** Shows the form of a chapter. */
export async function unfold(page, chapter) {
  const head = page.locator(`duibiao-check [id="c-${chapter}"] .chapter-head`);
  if (await head.getAttribute('aria-expanded') === 'false') await head.click();
}

/** Fills in the example and closes the message about it. */
export async function fillExample(page) {
  await page.getByRole('button', { name: '填入示例数据' }).first().click();
  await page.locator('.message', { hasText: '示例' }).waitFor();
  await page.getByRole('button', { name: '关闭' }).click();
}

/** The input at a place of the entry: `swept_area`, `district_dustfall.金坛区`, `parameter:ID`, `reason:C-10`. */
export const field = (page, path) => page.locator(`duibiao-check [data-path="${path}"]`);

/** The verdict of one indicator. */
export const verdict = (page, id) => page.locator('duibiao-check .verdict').filter({ has: page.locator(`[id="i-${id}"]`) });

/** Waits until the draft on this computer holds this text. */
export async function savedWith(page, text, name = 'changzhou-2023') {
  await page.waitForFunction(([key, part]) => new Promise((done) => {
    const request = indexedDB.open('duibiao');
    request.onsuccess = () => {
      const get = request.result.transaction('drafts').objectStore('drafts').get(key);
      get.onsuccess = () => { request.result.close(); done(JSON.stringify(get.result ?? null).includes(part)); };
    };
  }), [name, text]);
}

/** Shows a tab of the desk. */
export async function tab(page, id) {
  await page.locator(`#tab-${id}`).click();
  await page.locator(`#panel-${id}:not([hidden]) h2`).first().waitFor();
  return page.locator(`#panel-${id}`);
}

/** Sets the as-of date by hand. */
export async function asOf(page, date) {
  await page.locator('#as-of').fill(date);
  await page.locator('#as-of').dispatchEvent('change');
}

/** What axe finds on the page as it stands. */
export async function axeViolations(page) {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary}`).join('\n  ')}`);
  });
}

/** By how much the page is wider than its window. */
export const sticksOut = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
