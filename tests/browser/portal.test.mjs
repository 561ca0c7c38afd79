// The element as a portal uses it: in a form, with a data file to begin with, a part alone, readable whatever the
// host's colours, and gone without a trace when it is removed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { field, launch, open, ready, serve } from './browser.mjs';

const root = new URL('../../', import.meta.url);
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src data:; connect-src 'self'; form-action 'self'";
const host = (body, head = '') => ({ type: 'text/html; charset=utf-8', headers: { 'content-security-policy': policy },
  body: `<!doctype html><html lang="zh-CN"><title>host</title><link rel="icon" href="data:,">${head}<script src="/duibiao-check.js"></script><body>${body}</body></html>` });
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

let server, browser;
const sent = [];
before(async () => {
  const second = fileURLToPath(new URL('target/second-standard.wasm', root));
  execFileSync(fileURLToPath(new URL('target/release/duibiao', root)), ['build', fileURLToPath(new URL('rules/fire-safety', root)), '-o', second]);
  const rules = { '/fire.wasm': { body: await readFile(second), type: 'application/wasm' } };
  server = await serve({
    ...rules,
    '/bare.html': host(''),
    '/form.html': host(`<form id="f" action="/sent" method="get"><input name="unit" value="环卫处"><fieldset id="set">
      <duibiao-check name="check" src="changzhou-2023.wasm" draft="none" as-of="2024-01-01" chapter="3-sanitation"></duibiao-check></fieldset>
      <button id="go">上报</button><button id="again" type="reset">重填</button></form>`),
    '/old.html': host(`<form id="f" action="/sent" method="get"><duibiao-check name="check" src="changzhou-2023.wasm" draft="none" as-of="2024-01-01"></duibiao-check><button id="go">上报</button></form>`, '<script src="/old.js"></script>'),
    '/old.js': { body: 'delete HTMLElement.prototype.attachInternals; delete window.ElementInternals;', type: 'text/javascript' },
    '/sent': { body: '<!doctype html><title>sent</title>', type: 'text/html' },
    '/data.json': { body: JSON.stringify({ 清扫面积: 480, 机扫面积: 412 }), type: 'application/json' },
    '/bad.css': { body: `body { background: #111; } duibiao-check { --duibiao-accent: #ffef5a; --duibiao-met: white; --duibiao-partial: rgba(0,0,0,.1); --duibiao-unmet: oklch(0.9 0.1 20); --duibiao-open: nonsense; --duibiao-ground: #1b2531; --card: #1b2531; --ink: #fff; }
      duibiao-check::part(outcome) { color: white !important; background: #eee !important; } duibiao-check::part(notice) { display: none !important; color: #fefefe; }
      duibiao-check::part(finding), duibiao-check::part(group), duibiao-check::part(field) { color: #ddd; background: #fff; opacity: .3; }`, type: 'text/css' },
    '/good.css': { body: 'duibiao-check { --duibiao-accent: #0b4a8f; --duibiao-ground: #fff8ee; --duibiao-met: #005f2d; }', type: 'text/css' },
    '/bad.html': host('<duibiao-check src="changzhou-2023.wasm" draft="none" chapter="3-sanitation"></duibiao-check>', '<link rel="stylesheet" href="/bad.css">'),
    '/good.html': host('<duibiao-check src="changzhou-2023.wasm" draft="none" chapter="3-sanitation"></duibiao-check>', '<link rel="stylesheet" href="/good.css">'),
  });
  browser = await launch();
});
after(async () => { await browser.close(); await server.close(); });

const settled = (page) => page.evaluate(() => document.querySelector('duibiao-check').updateComplete);

test('its value goes along when the form of the host is submitted', async () => {
  const page = await open(browser, `${server.address}form.html`);
  await ready(page);
  await field(page, 'swept_area').fill('100');
  await field(page, 'mech_swept_area').fill('92.99');
  await settled(page);
  await page.locator('#go').click();
  await page.waitForURL(/\/sent/);
  const query = new URL(page.url()).searchParams;
  assert.equal(query.get('unit'), '环卫处');
  const value = JSON.parse(query.get('check'));
  assert.equal(value.schema, 'duibiao-value/1');
  assert.deepEqual(value.entry.fields, { mech_swept_area: '92.99', swept_area: '100' });
  assert.equal(value.standard.id, 'changzhou-2023');
  assert.ok(value.outcomes.unmet >= 1);
  assert.match(value.entry_digest, /^sha256:/);
  assert.match(value.notice, /不代表正式评定/);
});

test('where the browser knows no such members, a hidden input takes its place', async () => {
  const page = await open(browser, `${server.address}old.html`);
  await ready(page);
  await field(page, 'swept_area').fill('100');
  await settled(page);
  await page.locator('#go').click();
  await page.waitForURL(/\/sent/);
  assert.deepEqual(JSON.parse(new URL(page.url()).searchParams.get('check')).entry.fields, { swept_area: '100' });
});

test('a reset goes back to what the host began with, and can be undone; a disabled fieldset takes no entries and sends none', async () => {
  const page = await open(browser, `${server.address}form.html`);
  await ready(page);
  await page.evaluate(() => { document.querySelector('duibiao-check').entry = { fields: { 清扫面积: 480 } }; });
  await settled(page);
  await field(page, 'mech_swept_area').fill('412');
  await page.locator('#again').click();
  await settled(page);
  assert.equal(await field(page, 'swept_area').inputValue(), '480');
  assert.equal(await field(page, 'mech_swept_area').inputValue(), '');
  await page.getByRole('button', { name: '撤销', exact: true }).click();
  assert.equal(await field(page, 'mech_swept_area').inputValue(), '412');
  await page.evaluate(() => { document.getElementById('set').disabled = true; });
  await settled(page);
  assert.equal(await field(page, 'swept_area').getAttribute('readonly'), '');
  assert.equal(await page.evaluate(() => new FormData(document.getElementById('f')).has('check')), false);
  await page.evaluate(() => { document.getElementById('set').disabled = false; });
  await settled(page);
  assert.equal(await field(page, 'swept_area').getAttribute('readonly'), null);
  assert.equal(await page.evaluate(() => new FormData(document.getElementById('f')).has('check')), true);
});

test('required: a form does not go while nothing is entered or something cannot be read; otherwise it is never held back', async () => {
  const page = await open(browser, `${server.address}form.html`);
  await ready(page);
  const goes = () => page.evaluate(() => document.getElementById('f').checkValidity());
  assert.equal(await goes(), true);
  await page.evaluate(() => { document.querySelector('duibiao-check').required = true; });
  await settled(page);
  assert.equal(await goes(), false);
  await page.locator('#go').click();
  assert.match(page.url(), /form\.html$/);
  await field(page, 'swept_area').fill('大约100');
  await settled(page);
  assert.deepEqual(await page.evaluate(() => { const { validity, validationMessage } = document.querySelector('duibiao-check'); return [validity.badInput, validationMessage !== '']; }), [true, true]);
  await field(page, 'swept_area').fill('100');
  await settled(page);
  assert.equal(await goes(), true);
  await page.locator('#go').click();
  await page.waitForURL(/\/sent/);
});

test('a data file to begin with; what the user has kept comes before it', async () => {
  const page = await open(browser, `${server.address}bare.html`);
  const show = () => page.evaluate(() => { document.body.innerHTML = '<duibiao-check src="changzhou-2023.wasm" draft="begin" data="data.json" chapter="3-sanitation"></duibiao-check>'; });
  await show();
  await ready(page);
  await page.waitForFunction(() => document.querySelector('duibiao-check').entry.fields?.mech_swept_area !== undefined);
  assert.equal(await field(page, 'swept_area').inputValue(), '480');
  await field(page, 'swept_area').fill('500');
  await page.locator('.kept', { hasText: '已保存' }).first().waitFor();
  await page.reload();
  await show();
  await ready(page);
  await page.waitForTimeout(300);
  assert.equal(await field(page, 'swept_area').inputValue(), '500');
});

test('a chapter alone, a department alone, and what there is none of', async () => {
  const page = await open(browser, `${server.address}bare.html`);
  const show = async (attributes) => {
    await page.evaluate((given) => { document.body.innerHTML = `<duibiao-check src="changzhou-2023.wasm" draft="none" as-of="2024-01-01" ${given}></duibiao-check>`; }, attributes);
    await page.locator('duibiao-check .chapter, duibiao-check [role=alert]').first().waitFor();
  };
  await show('only-chapter="3-sanitation"');
  const chapter = await page.evaluate(() => {
    const { shadowRoot, report } = document.querySelector('duibiao-check');
    return { titles: Array.from(shadowRoot.querySelectorAll('.chapter-title'), (one) => one.textContent), verdicts: shadowRoot.querySelectorAll('.verdict').length,
      score: shadowRoot.querySelector('.score').textContent, own: report.score.chapters.find((one) => one.chapter === '3-sanitation'), all: report.findings.length };
  });
  assert.deepEqual(chapter.titles, ['环境卫生'], 'nothing of the scheme of the whole');
  assert.equal(chapter.verdicts, 20);
  assert.ok(chapter.score.includes(chapter.own.full), chapter.score);
  assert.equal(chapter.all, 100, 'the report is of the whole');

  await show('department="市城市管理局"');
  await page.getByRole('button', { name: '全部展开' }).click();
  const found = await page.evaluate(() => {
    const { shadowRoot, report } = document.querySelector('duibiao-check');
    return { shown: shadowRoot.querySelectorAll('.verdict').length, all: report.findings.length, score: shadowRoot.querySelector('.score').textContent };
  });
  assert.ok(found.shown > 10 && found.shown < found.all, String(found.shown));
  await field(page, 'swept_area').fill('100');
  await field(page, 'mech_swept_area').fill('92.99');
  assert.match(await page.locator('[id="i-C-10"]').innerText(), /道路机械化清扫率|机械化清扫率/);

  await show('only-chapter="no-such"');
  assert.match(await page.locator('duibiao-check [role=alert]').innerText(), /no-such/);
  assert.deepEqual(page.complaints, []);
});

/** The least contrast that axe finds wanting, and what is visible of the notice. */
async function contrasts(page) {
  await page.addScriptTag({ path: axe }).catch(() => undefined);
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document.querySelector('duibiao-check'), { runOnly: ['color-contrast'] });
    return violations.flatMap(({ nodes }) => nodes.map(({ target, any }) => `${target.join(' ')} ${any[0]?.message}`));
  });
}

test('colours of the host that cannot be read are made so; nothing a host sets takes the contrast away', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(`${server.address}bad.html`);
  await ready(page);
  await field(page, 'swept_area').fill('100');
  await field(page, 'mech_swept_area').fill('92.99');
  await page.locator('[id="w-C-10"]').click().catch(() => undefined);
  await settled(page);
  assert.deepEqual(await contrasts(page), []);
  const notice = page.locator('duibiao-check .notice');
  assert.equal(await notice.isVisible(), true, 'the notice that it is a reference cannot be hidden');
  const of = (selector, property) => page.locator(`duibiao-check ${selector}`).first().evaluate((node, name) => getComputedStyle(node)[name], property);
  assert.notEqual(await of('.tag', 'color'), 'rgb(255, 255, 255)');
  assert.equal(await of('.verdict', 'opacity'), '1');
  assert.equal(await of('.desk', 'backgroundColor'), 'rgb(255, 255, 255)', 'a ground on which nothing could be read is left out');
  // The hue stays that of the host: a yellow becomes a dark yellow.
  const [red, green, blue] = (await of('.tools button:not([aria-disabled="true"])', 'color')).match(/\d+/g).map(Number);
  assert.ok(red > blue && green > blue, `${red} ${green} ${blue}`);
  await page.evaluate(() => { document.querySelector('duibiao-check').setAttribute('scheme', 'dark'); });
  await settled(page);
  await page.waitForTimeout(50);
  assert.deepEqual(await contrasts(page), []);
  await context.close();
});

test('colours that can be read are taken as they are, and exchanged when the host changes them', async () => {
  const page = await open(browser, `${server.address}good.html`);
  await ready(page);
  const ink = () => page.locator('duibiao-check .tools button:not([aria-disabled="true"])').first().evaluate((node) => getComputedStyle(node).color);
  assert.equal(await ink(), 'rgb(11, 74, 143)');
  assert.equal(await page.locator('duibiao-check .desk').evaluate((node) => getComputedStyle(node).backgroundColor), 'rgb(255, 248, 238)');
  await page.evaluate(() => { document.querySelector('duibiao-check').style.setProperty('--duibiao-accent', '#7a1f1f'); });
  await page.waitForTimeout(50);
  assert.equal(await ink(), 'rgb(122, 31, 31)');
  assert.deepEqual(page.complaints, []);
});

test('its events reach a page that keeps it in a shadow tree of its own', async () => {
  const page = await open(browser, `${server.address}bare.html`);
  await page.evaluate(() => {
    window.heard = [];
    for (const name of ['duibiao-report', 'duibiao-input', 'duibiao-error']) document.addEventListener(name, (event) => window.heard.push([name, event.bubbles && event.composed, event.target.id]));
    const place = document.createElement('div');
    place.id = 'portal';
    document.body.append(place);
    const root = place.attachShadow({ mode: 'open' });
    root.innerHTML = '<duibiao-check src="changzhou-2023.wasm" draft="none" chapter="3-sanitation"></duibiao-check><duibiao-check src="nowhere.wasm" draft="none"></duibiao-check>';
  });
  await page.locator('[data-path="swept_area"]').fill('100');
  await page.waitForFunction(() => ['duibiao-report', 'duibiao-input', 'duibiao-error'].every((name) => window.heard.some(([one]) => one === name)));
  assert.deepEqual(await page.evaluate(() => window.heard.filter(([, crosses, at]) => !crosses || at !== 'portal')), []);
  // What the host sets is no input of the user.
  const inputs = () => page.evaluate(() => window.heard.filter(([name]) => name === 'duibiao-input').length);
  const before = await inputs();
  await page.evaluate(() => { document.getElementById('portal').shadowRoot.querySelector('duibiao-check').entry = { fields: { swept_area: '480' } }; });
  await page.waitForTimeout(100);
  assert.equal(await inputs(), before);
});

test('different standards on one page, each with its own checker', async () => {
  const page = await open(browser, `${server.address}bare.html`);
  await page.evaluate(() => { document.body.innerHTML = '<duibiao-check id="a" src="changzhou-2023.wasm" draft="none"></duibiao-check><duibiao-check id="b" src="fire.wasm" draft="none"></duibiao-check>'; });
  await page.waitForFunction(() => ['a', 'b'].every((id) => document.getElementById(id).report !== undefined));
  const ids = await page.evaluate(() => ['a', 'b'].map((id) => document.getElementById(id).report.standard.id));
  assert.deepEqual(ids, ['changzhou-2023', 'fire-safety']);
  assert.equal(await page.evaluate(() => window.duibiao.checkersAlive()), 2);
  await page.evaluate(() => document.getElementById('b').remove());
  await page.waitForFunction(() => window.duibiao.checkersAlive() === 1);
  assert.equal(await page.evaluate(() => document.getElementById('a').report.standard.id), 'changzhou-2023');
});

test('removed and added again: the data stays, checkers and listeners do not pile up', async () => {
  const page = await open(browser, `${server.address}bare.html`);
  await page.evaluate(() => {
    window.listeners = 0;
    for (const target of [window, document]) {
      const { addEventListener, removeEventListener } = target;
      target.addEventListener = function (...args) { window.listeners += 1; return addEventListener.apply(this, args); };
      target.removeEventListener = function (...args) { window.listeners -= 1; return removeEventListener.apply(this, args); };
    }
    document.body.innerHTML = '<duibiao-check src="changzhou-2023.wasm" draft="none" chapter="3-sanitation"></duibiao-check>';
  });
  await ready(page);
  await field(page, 'swept_area').fill('480');
  // Within one step: between steps the driver of the browser listens as well.
  const { before, after: now } = await page.evaluate(async () => {
    const before = window.listeners;
    const check = document.querySelector('duibiao-check');
    for (let turn = 0; turn < 10; turn += 1) {
      check.remove();
      await new Promise((done) => setTimeout(done, 20));
      if (window.duibiao.checkersAlive() !== 0) throw new Error(`${window.duibiao.checkersAlive()} checkers are alive`);
      document.body.append(check);
      await new Promise((done) => setTimeout(done, 60));
    }
    return { before, after: window.listeners };
  });
  await page.waitForFunction(() => document.querySelector('duibiao-check').report !== undefined);
  assert.equal(await field(page, 'swept_area').inputValue(), '480');
  assert.ok(before > 0);
  assert.equal(now, before);
  assert.equal(await page.evaluate(() => window.duibiao.checkersAlive()), 1);
  // Moved at once, it keeps what it has.
  await page.evaluate(() => { const check = document.querySelector('duibiao-check'); const place = document.createElement('div'); document.body.append(place); place.append(check); });
  await page.waitForTimeout(50);
  assert.equal(await page.evaluate(() => window.duibiao.checkersAlive()), 1);
  // Dropped elements are collected.
  const left = await page.evaluate(async () => {
    const refs = [];
    for (let turn = 0; turn < 5; turn += 1) {
      const check = document.createElement('duibiao-check');
      check.setAttribute('src', 'changzhou-2023.wasm');
      // Kept drafts hear other tabs.
      check.setAttribute('draft', turn % 2 === 0 ? 'none' : `dropped-${turn}`);
      document.body.append(check);
      await new Promise((done) => check.addEventListener('duibiao-report', done, { once: true }));
      check.remove();
      refs.push(new WeakRef(check));
    }
    window.refs = refs;
    return refs.length;
  });
  assert.equal(left, 5);
  const session = await page.context().newCDPSession(page);
  let alive = left;
  for (let turn = 0; turn < 20 && alive > 1; turn += 1) {
    await page.waitForTimeout(100);
    await session.send('HeapProfiler.collectGarbage');
    alive = await page.evaluate(() => window.refs.filter((ref) => ref.deref() !== undefined).length);
  }
  assert.ok(alive <= 1, `${alive} of 5 dropped elements are still there`);
  assert.equal(await page.evaluate(() => window.duibiao.checkersAlive()), 1);
});
