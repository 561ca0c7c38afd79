// What a keystroke costs in the browser, with the whole standard filled in, beside a field whose handler does nothing;
// and how soon the page opened from disk shows itself. Writes benches/BROWSER.md anew.
// Usage: node benches/browser.mjs (the page must be built: `make bench-browser` sees to it)
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { fillExample, launch, open, ready, serve } from '../tests/browser/browser.mjs';

const KEYS = 60;
const ROUNDS = 5;
const FRAME = 1000 / 60;
const single = fileURLToPath(new URL('../www/dist/duibiao-changzhou-2023.html', import.meta.url));
const round = (n) => n.toFixed(n < 10 ? 2 : 1);
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const worst = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length * 0.95)];

const server = await serve();
const browser = await launch();

/** Types into a field; of each key how long script and layout took, and when the frame with its result was drawn. */
async function type(page, field) {
  await field.evaluate((input) => {
    globalThis.keys = [];
    if (globalThis.watched === input) return;
    globalThis.watched = input;
    input.ownerDocument.addEventListener('input', (event) => {
      if (event.composedPath()[0] !== globalThis.watched) return;
      const begun = performance.now();
      const key = {};
      globalThis.keys.push(key);
      // A message comes after the microtasks in which the page renders; asking for a height lays it out.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { void document.body.offsetHeight; key.work = performance.now() - begun; };
      port2.postMessage(null);
      requestAnimationFrame(() => {
        const after = new MessageChannel();
        after.port1.onmessage = () => { key.drawn = performance.now() - begun; };
        after.port2.postMessage(null);
      });
    }, true);
  });
  await field.focus();
  for (let i = 0; i < KEYS; i += 1) {
    await page.keyboard.press(i % 6 === 5 ? 'Backspace' : String(i % 10));
    if (i % 6 === 5) for (let k = 0; k < 4; k += 1) await page.keyboard.press('Backspace');
    await page.waitForTimeout(20);
  }
  return page.evaluate(() => globalThis.keys.filter(({ work, drawn }) => work !== undefined && drawn !== undefined));
}

async function keystrokes(setUp) {
  const keys = [];
  for (let i = 0; i < ROUNDS; i += 1) {
    const page = await open(browser, server.address);
    const field = await setUp(page);
    await type(page, field);
    keys.push(...await type(page, field));
    await page.context().close();
  }
  return keys;
}

const filled = async (page, unfolded) => {
  await ready(page, null);
  await fillExample(page);
  if (unfolded) await page.getByRole('button', { name: '全部展开' }).click();
  else await ready(page);
  return page.locator('[data-path="mech_swept_area"]');
};
const rows = [
  ['a field whose handler does nothing, on the same page', await keystrokes(async (page) => {
    await filled(page, true);
    await page.evaluate(() => { const input = document.createElement('input'); input.id = 'empty'; input.addEventListener('input', () => undefined); document.body.prepend(input); });
    return page.locator('#empty');
  })],
  ['one chapter shown, as the page opens', await keystrokes((page) => filled(page, false))],
  ['every chapter shown', await keystrokes((page) => filled(page, true))],
];
const base = median(rows[0][1].map(({ work }) => work));
const table = rows.map(([name, keys]) => {
  const [work, drawn] = ['work', 'drawn'].map((of) => keys.map((key) => key[of]));
  return `| ${name} | ${round(median(work))} | ${round(worst(work))} | ${round((median(work) - base) / FRAME * 100)} % | ${round(median(drawn))} |`;
});

/** From the start of navigation to the first contentful paint, and to the form with its verdicts. */
async function openings(address) {
  const found = [];
  for (let i = 0; i < ROUNDS; i += 1) {
    const page = await open(browser, 'about:blank');
    await page.goto(address);
    await ready(page, null);
    found.push(await page.evaluate(() => new Promise((done) => {
      const whole = performance.now();
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      if (paint !== undefined) done({ paint: paint.startTime, whole });
      else new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (entry.name === 'first-contentful-paint') done({ paint: entry.startTime, whole }); }).observe({ type: 'paint', buffered: true });
    })));
    await page.context().close();
  }
  return [median(found.map(({ paint }) => paint)), median(found.map(({ whole }) => whole))];
}

const views = [['an empty page', await blank()], ['the page from localhost', await openings(server.address)]];
if (existsSync(single)) views.push(['the single file from disk', await openings(pathToFileURL(single).href)]);
async function blank() {
  const found = [];
  for (let i = 0; i < ROUNDS; i += 1) {
    const page = await open(browser, 'about:blank');
    await page.goto('data:text/html,<p>empty</p>');
    found.push(await page.evaluate(() => new Promise((done) => { new PerformanceObserver((list) => done(list.getEntries().pop().startTime)).observe({ type: 'paint', buffered: true }); })));
    await page.context().close();
  }
  return [median(found), median(found)];
}
const size = existsSync(single) ? ` The single file has ${(readFileSync(single).length / 1e6).toFixed(2)} MB.` : '';

writeFileSync(new URL('BROWSER.md', import.meta.url), `# Measured in the browser

Made by \`make bench-browser\` on ${new Date().toISOString().slice(0, 10)}: Chromium ${browser.version()}, ${cpus()[0].model.trim()}, ${cpus().length} cores, load of the machine ${loadavg()[0].toFixed(1)}.

## A keystroke

changzhou-2023 with the example filled in, all 100 indicators judged anew at each key. \`work\` is script, rendering and layout, in milliseconds, the middle one and the one that 5 % exceed,
of ${KEYS} keys and more in each of ${ROUNDS} pages, after as many to warm up; \`of a frame\` what it takes of ${round(FRAME)} ms beyond a handler that does nothing; \`drawn\` until the frame that shows the new verdict, where waiting for the screen is in it.

|  | work | 95 % | of a frame | drawn |
| --- | --: | --: | --: | --: |
${table.join('\n')}

## The first view

From the beginning of the navigation, in milliseconds, the middle one of ${ROUNDS}.${size}

|  | first paint | form and verdicts |
| --- | --: | --: |
${views.map(([name, [paint, whole]]) => `| ${name} | ${Math.round(paint)} | ${Math.round(whole)} |`).join('\n')}
`);
await browser.close();
await server.close();
