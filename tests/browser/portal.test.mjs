// The element as a portal uses it: in a form, with a data file to begin with, a part alone, readable whatever the
// host's colours, and gone without a trace when it is removed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { axeViolations, field, launch, open, ready, savedWith, serve } from './browser.mjs';

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
    '/begin.html': host(`<form id="f" action="/sent" method="get"><duibiao-check name="check" src="changzhou-2023.wasm" draft="kept" data="data.json" chapter="3-sanitation"></duibiao-check><button id="again" type="reset">重填</button></form>`),
    '/part.html': host(`<form id="f" action="/sent" method="get"><duibiao-check name="check" required src="changzhou-2023.wasm" draft="none" as-of="2024-01-01" only-chapter="3-sanitation"></duibiao-check><button id="go">上报</button></form>`),
    '/two.html': host('<duibiao-check id="a" src="changzhou-2023.wasm" only-chapter="3-sanitation"></duibiao-check><duibiao-check id="b" src="changzhou-2023.wasm" only-chapter="3-sanitation"></duibiao-check>'),
    '/plain.html': host('<main><h1>host</h1><div class="art"><duibiao-check src="changzhou-2023.wasm" draft="none" as-of="2024-01-01" only-chapter="3-sanitation"></duibiao-check></div></main>'),
    '/bad.html': host('<duibiao-check src="changzhou-2023.wasm" draft="none" chapter="3-sanitation"></duibiao-check>', '<link rel="stylesheet" href="/bad.css">'),
    '/good.html': host('<duibiao-check src="changzhou-2023.wasm" draft="none" chapter="3-sanitation"></duibiao-check>', '<link rel="stylesheet" href="/good.css">'),
  });
  browser = await launch();
});
after(async () => { await browser.close(); await server.close(); });

/** Once every element shows what it holds. */
const settled = (page) => page.evaluate(() => Promise.all(Array.from(document.querySelectorAll('duibiao-check'), (one) => one.updateComplete)));

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
  // Said when the data file has come.
  await page.locator('duibiao-check .message', { hasText: '上次在本机保存的数据' }).waitFor();
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
  await page.waitForFunction(() => getComputedStyle(document.querySelector('duibiao-check').shadowRoot.querySelector('.tools button:not([aria-disabled="true"])')).color === 'rgb(122, 31, 31)');
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
  await page.evaluate(() => { const check = document.getElementById('portal').shadowRoot.querySelector('duibiao-check'); check.entry = { fields: { swept_area: '480' } }; return check.updateComplete; });
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
    const alive = async (count) => {
      for (const end = Date.now() + 30_000; window.duibiao.checkersAlive() !== count; await new Promise((done) => setTimeout(done, 5))) {
        if (Date.now() > end) throw new Error(`${window.duibiao.checkersAlive()} checkers are alive, not ${count}`);
      }
    };
    for (let turn = 0; turn < 10; turn += 1) {
      check.remove();
      await alive(0);
      document.body.append(check);
      await alive(1);
      await check.updateComplete;
    }
    return { before, after: window.listeners };
  });
  await page.waitForFunction(() => document.querySelector('duibiao-check').report !== undefined);
  assert.equal(await field(page, 'swept_area').inputValue(), '480');
  assert.ok(before > 0);
  assert.equal(now, before);
  assert.equal(await page.evaluate(() => window.duibiao.checkersAlive()), 1);
  // Moved at once, it keeps what it has. Those that are gone give back in a timer: one that is set after that comes after it.
  await page.evaluate(() => { const check = document.querySelector('duibiao-check'); const place = document.createElement('div'); document.body.append(place); place.append(check); return new Promise((done) => setTimeout(done)); });
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
  for (const end = Date.now() + 30_000; Date.now() < end && alive > 1;) {
    await page.waitForTimeout(100);
    await session.send('HeapProfiler.collectGarbage');
    alive = await page.evaluate(() => window.refs.filter((ref) => ref.deref() !== undefined).length);
  }
  assert.ok(alive <= 1, `${alive} of 5 dropped elements are still there`);
  assert.equal(await page.evaluate(() => window.duibiao.checkersAlive()), 1);
});

/** What the element told, and what it sends. */
const state = (page) => page.evaluate(() => {
  const check = document.querySelector('duibiao-check');
  return { errors: window.errors, entry: check.entry, value: check.value, sent: new FormData(document.getElementById('f') ?? undefined).get('check'), message: Array.from(check.shadowRoot.querySelectorAll('.message'), (one) => one.textContent).join() };
});
const listen = (page) => page.evaluate(() => { window.errors = []; document.addEventListener('duibiao-error', ({ error }) => window.errors.push([error.code, error.detail])); });

test('an entry that is none is refused and told, and nothing is sent in its place; the next good one is taken', async () => {
  const wrong = [{ not_applicable: ['C-10'] }, { fields: 5 }, { fields: { swept_area: '5' }, parameters: 'none' }, ['swept_area'], 'swept_area'];
  const page = await open(browser, `${server.address}form.html`);
  await ready(page);
  await listen(page);
  for (const entry of wrong) {
    await page.evaluate(() => { window.errors = []; document.querySelector('duibiao-check').entry = { fields: { swept_area: '480' } }; });
    await settled(page);
    assert.match((await state(page)).sent, /480/);
    await page.evaluate((given) => { document.querySelector('duibiao-check').entry = given; }, entry);
    await settled(page);
    const now = await state(page);
    assert.deepEqual([now.errors.length, now.errors[0][0], now.value, now.sent], [1, 'bad-entry', null, null], JSON.stringify(entry));
    assert.match(now.message, /网页给出的数据.*不能用/);
    assert.equal(await field(page, 'swept_area').inputValue(), '480');
  }
  // What the user enters goes along again.
  await field(page, 'swept_area').fill('481');
  await settled(page);
  assert.match((await state(page)).sent, /481/);
  assert.deepEqual(page.complaints, []);

  // Set before the standard is open.
  const early = await open(browser, `${server.address}bare.html`);
  await listen(early);
  await early.evaluate(() => {
    const check = document.createElement('duibiao-check');
    check.entry = { not_applicable: ['C-10'] };
    check.setAttribute('draft', 'none');
    check.src = 'changzhou-2023.wasm';
    document.body.append(check);
  });
  await ready(early, null);
  const told = await state(early);
  assert.deepEqual(told.errors.map(([code]) => code), ['bad-entry']);
  assert.match(told.message, /not_applicable/);
  assert.deepEqual(early.complaints, []);
});

test('a host that sets every entry that it hears of leaves undo and reset as they are', async () => {
  const page = await open(browser, `${server.address}form.html`);
  await ready(page);
  await page.evaluate(() => {
    const check = document.querySelector('duibiao-check');
    check.entry = { fields: { 清扫面积: 100 } };
    check.addEventListener('duibiao-input', ({ entry }) => { check.entry = JSON.parse(JSON.stringify(entry)); });
  });
  await settled(page);
  await field(page, 'mech_swept_area').fill('90');
  await field(page, 'swept_area').fill('101');
  const undo = page.getByRole('button', { name: '撤销', exact: true });
  await undo.click();
  assert.deepEqual([await field(page, 'swept_area').inputValue(), await field(page, 'mech_swept_area').inputValue()], ['100', '90']);
  await undo.click();
  assert.equal(await field(page, 'mech_swept_area').inputValue(), '');
  await page.getByRole('button', { name: '重做', exact: true }).click();
  assert.equal(await field(page, 'mech_swept_area').inputValue(), '90');
  await page.locator('#again').click();
  await settled(page);
  assert.deepEqual([await field(page, 'swept_area').inputValue(), await field(page, 'mech_swept_area').inputValue()], ['100', '']);
});

test('where a draft is kept, that is said, the data of the site is a click away, and a reset goes back to it', async () => {
  const page = await open(browser, `${server.address}begin.html`);
  await ready(page);
  await page.waitForFunction(() => document.querySelector('duibiao-check').entry.fields?.mech_swept_area !== undefined);
  assert.equal(await page.locator('duibiao-check .message').count(), 0);
  await field(page, 'swept_area').fill('500');
  await savedWith(page, '500', 'changzhou-2023:kept');
  await page.reload();
  await ready(page);
  const message = page.locator('duibiao-check .message', { hasText: '上次在本机保存的数据' });
  await message.waitFor();
  assert.equal(await field(page, 'swept_area').inputValue(), '500');
  await page.locator('#again').click();
  await settled(page);
  assert.equal(await field(page, 'swept_area').inputValue(), '480');
  await page.getByRole('button', { name: '撤销', exact: true }).click();
  assert.equal(await field(page, 'swept_area').inputValue(), '500');
  await savedWith(page, '500', 'changzhou-2023:kept');
  await page.reload();
  await ready(page);
  await message.getByRole('button', { name: '改用网站的数据' }).click();
  assert.equal(await field(page, 'swept_area').inputValue(), '480');
  assert.deepEqual(page.complaints, []);
});

const drafts = (page) => page.evaluate(() => new Promise((done) => {
  const request = indexedDB.open('duibiao');
  request.onsuccess = () => {
    const store = request.result.transaction('drafts').objectStore('drafts');
    const keys = store.getAllKeys();
    const values = store.getAll();
    values.onsuccess = () => { request.result.close(); done(Object.fromEntries(keys.result.map((key, i) => [key, values.result[i].entry?.fields ?? values.result[i]]))); };
  };
}));

test('for the next user: what is kept is removed for good, and an empty entry by the host is written', async () => {
  const page = await open(browser, `${server.address}begin.html`);
  await ready(page);
  await field(page, 'swept_area').fill('500');
  await savedWith(page, '500', 'changzhou-2023:kept');
  await page.evaluate(() => document.querySelector('duibiao-check').clear());
  await page.waitForFunction(() => document.querySelector('duibiao-check').entry.fields?.swept_area === '480' || document.querySelector('duibiao-check').entry.fields?.swept_area === 480);
  assert.deepEqual(await drafts(page), {});
  assert.equal(await page.getByRole('button', { name: '撤销', exact: true }).getAttribute('aria-disabled'), 'true');
  await field(page, 'swept_area').fill('501');
  await savedWith(page, '501', 'changzhou-2023:kept');
  await page.evaluate(() => { document.querySelector('duibiao-check').entry = {}; });
  await page.waitForFunction(() => document.querySelector('duibiao-check').entry.fields?.swept_area === undefined);
  for (const end = Date.now() + 30_000; Date.now() < end && JSON.stringify(await drafts(page)).includes('501');) await page.waitForTimeout(50);
  assert.deepEqual(await drafts(page), { 'changzhou-2023:kept': {} });
  assert.deepEqual(page.complaints, []);
});

test('what is kept is removed also by an element that was never shown, or taken away; what can\'t be removed is said', async () => {
  const page = await open(browser, `${server.address}begin.html`);
  await ready(page);
  const src = await page.evaluate(() => document.querySelector('duibiao-check').src);
  for (const how of ['never shown', 'taken away while it loads', 'taken away']) {
    await field(page, 'swept_area').fill('500');
    await savedWith(page, '500', 'changzhou-2023:kept');
    await page.evaluate(async ([how, src]) => {
      const shown = document.querySelector('duibiao-check');
      const other = Object.assign(document.createElement('duibiao-check'), { src: new URL(src, document.baseURI), draft: 'kept' });
      if (how !== 'never shown') document.body.append(other);
      if (how === 'taken away') await new Promise((done) => other.addEventListener('duibiao-report', done, { once: true }));
      // Whoever shows the same would write it again.
      shown.remove();
      const cleared = other.clear();
      other.remove();
      await cleared;
      document.body.prepend(Object.assign(document.createElement('duibiao-check'), { src, draft: 'kept' }));
    }, [how, src]);
    assert.deepEqual(await drafts(page), {}, how);
    await ready(page);
  }
  const said = await page.evaluate(() => Object.assign(document.createElement('duibiao-check'), { src: 'nowhere.wasm' }).clear().then(() => 'done', (error) => error.code));
  assert.equal(said, 'unreachable');
});

test('another draft is opened also where the host gives the rulebook; what is entered then goes into it alone', async () => {
  const page = await open(browser, `${server.address}bare.html`);
  await page.addScriptTag({ url: '/changzhou-2023.js' });
  await page.evaluate(() => {
    window.rules = () => Uint8Array.from(atob(window.duibiaoStandards[0][1]), (letter) => letter.charCodeAt(0));
    document.body.innerHTML = '<duibiao-check draft="first" chapter="3-sanitation"></duibiao-check>';
    document.querySelector('duibiao-check').rulebook = window.rules();
  });
  await ready(page);
  await field(page, 'swept_area').fill('480');
  await savedWith(page, '480', 'changzhou-2023:first');
  // A newer rulebook while the other draft is being opened changes nothing about that.
  await page.evaluate(async () => {
    const check = document.querySelector('duibiao-check');
    check.setAttribute('draft', 'second');
    await check.updateComplete;
    check.rulebook = window.rules();
  });
  await page.waitForFunction(() => document.querySelector('duibiao-check').work.desk !== undefined && document.querySelector('duibiao-check').work.draft === 'changzhou-2023:second');
  assert.equal(await field(page, 'swept_area').inputValue(), '');
  await field(page, 'mech_swept_area').fill('7');
  await savedWith(page, '7', 'changzhou-2023:second');
  assert.deepEqual(await drafts(page), { 'changzhou-2023:first': { swept_area: '480' }, 'changzhou-2023:second': { mech_swept_area: '7' } });
  // A rulebook alone is exchanged under the data, undo and all.
  await page.evaluate(() => { const check = document.querySelector('duibiao-check'); window.former = check.work.desk; check.rulebook = window.rules(); });
  await page.waitForFunction(() => { const { desk } = document.querySelector('duibiao-check').work; return desk !== undefined && desk !== window.former; });
  assert.equal(await field(page, 'mech_swept_area').inputValue(), '7');
  assert.equal(await page.evaluate(() => document.querySelector('duibiao-check').work.canUndo), true);
  await page.evaluate(() => document.querySelector('duibiao-check').setAttribute('draft', 'first'));
  await page.waitForFunction(() => document.querySelector('duibiao-check').entry.fields?.swept_area === '480');
  assert.deepEqual(page.complaints, []);
});

test('two of the same draft on one page hold the same, and both are kept; what a host gives one of them stays there', async () => {
  const page = await open(browser, `${server.address}two.html`);
  await page.locator('#a [data-path="swept_area"]').fill('480');
  await page.locator('#b [data-path="mech_swept_area"]').fill('412');
  const shown = (id) => page.locator(`#${id}`).evaluate(({ shadowRoot }) => ['swept_area', 'mech_swept_area'].map((path) => shadowRoot.querySelector(`[data-path="${path}"]`).value));
  assert.deepEqual([await shown('a'), await shown('b')], [['480', '412'], ['480', '412']]);
  await savedWith(page, '412');
  assert.deepEqual(await drafts(page), { 'changzhou-2023': { swept_area: '480', mech_swept_area: '412' } });
  for (const id of ['a', 'b']) assert.match(await page.locator(`#${id} .kept`).first().innerText(), /已保存/);
  // Undo in the one takes back what was entered in the other.
  await page.locator('#a').getByRole('button', { name: '撤销', exact: true }).click();
  assert.deepEqual([await shown('a'), await shown('b')], [['480', ''], ['480', '']]);
  // One that comes later, and one that was away.
  await page.evaluate(() => { window.away = document.getElementById('b'); window.away.remove(); const late = document.createElement('duibiao-check'); late.id = 'c'; late.setAttribute('src', 'changzhou-2023.wasm'); late.setAttribute('only-chapter', '3-sanitation'); document.body.append(late); });
  await page.locator('#c [data-path="mech_swept_area"]').fill('413');
  await page.evaluate(() => document.body.append(window.away));
  await page.locator('#b [data-path="swept_area"]').waitFor();
  assert.deepEqual([await shown('a'), await shown('b'), await shown('c')], [['480', '413'], ['480', '413'], ['480', '413']]);
  await page.evaluate(() => { document.getElementById('a').entry = { fields: { swept_area: '7' } }; });
  await page.evaluate(() => document.getElementById('a').updateComplete);
  assert.deepEqual([await shown('a'), await shown('b')], [['7', ''], ['480', '413']]);
  await page.locator('#b [data-path="swept_area"]').fill('481');
  assert.deepEqual([await shown('a'), await shown('b'), await shown('c')], [['7', ''], ['481', '413'], ['481', '413']]);
  // The same by the host for all: they go together again.
  await page.evaluate(() => { for (const check of document.querySelectorAll('duibiao-check')) check.entry = { fields: { swept_area: '8' } }; });
  await page.locator('#c [data-path="mech_swept_area"]').fill('6');
  assert.deepEqual([await shown('a'), await shown('b'), await shown('c')], [['8', '6'], ['8', '6'], ['8', '6']]);
  // What the host gives each at first is what is kept.
  await savedWith(page, '"6"');
  await page.reload();
  await page.evaluate(() => { for (const check of document.querySelectorAll('duibiao-check')) check.entry = { fields: { swept_area: '8', mech_swept_area: '6' } }; });
  await page.locator('#a [data-path="swept_area"]').fill('9');
  assert.deepEqual([await shown('a'), await shown('b')], [['9', '6'], ['9', '6']]);
  assert.deepEqual(page.complaints, []);
});

test('back from where the form went: what was entered is there again, also where nothing is kept', async () => {
  const page = await open(browser, `${server.address}form.html`);
  await ready(page);
  await field(page, 'swept_area').fill('480');
  await settled(page);
  await page.locator('#go').click();
  await page.waitForURL(/\/sent/);
  await page.goBack();
  await page.waitForFunction(() => document.querySelector('duibiao-check')?.entry.fields?.swept_area === '480');
  assert.match(await page.evaluate(() => new FormData(document.getElementById('f')).get('check')), /480/);
});

test('required leads to the field, also in a chapter that is folded; what is not shown is told and holds nothing back', async () => {
  const page = await open(browser, `${server.address}part.html`);
  await ready(page);
  const focused = () => page.evaluate(() => innermost()?.dataset.path ?? innermost()?.outerHTML.slice(0, 80));
  const first = await page.locator('duibiao-check .chapter-body [data-path]').first().getAttribute('data-path');
  await page.locator('#go').click();
  await page.waitForFunction((path) => innermost()?.dataset.path === path, first);
  assert.match(page.url(), /part\.html$/);
  await field(page, 'mech_swept_area').fill('约90');
  await settled(page);
  await page.locator('#go').click();
  assert.equal(await focused(), 'mech_swept_area');
  await page.locator('duibiao-check .chapter-head').first().click();
  await page.locator('#go').click();
  await page.waitForFunction(() => innermost()?.dataset.path === 'mech_swept_area');
  // Of another chapter: told, and no reason to hold back.
  const other = await page.evaluate(() => {
    const check = document.querySelector('duibiao-check');
    const { fields, groups } = check.work.desk.standard;
    const shown = new Set(Array.from(check.shadowRoot.querySelectorAll('[data-path]'), (one) => one.dataset.path));
    const { id } = fields.find(({ id, type, keys, group }) => type === 'number' && keys.length === 0 && !shown.has(id) && groups.find((one) => one.id === group).chapter !== '3-sanitation');
    check.entry = { fields: { swept_area: '100', [id]: '约5' } };
    return id;
  });
  await settled(page);
  assert.equal(await page.evaluate(() => document.getElementById('f').checkValidity()), true, other);
  const told = page.locator('duibiao-check .strays', { hasText: '没有显示的数据有问题' });
  assert.match(await told.innerText(), /约5/);
  await told.getByRole('button', { name: '删去' }).click();
  assert.equal(await told.count(), 0);
  assert.deepEqual(page.complaints, []);
});

test('what cannot be shown is an error event, once; an address that is none is told as one', async () => {
  for (const [attributes, code, detail, words] of [
    ['src="changzhou-2023.wasm" only-chapter="no-such"', 'no-part', /no-such/, /没有要单独显示/],
    ['src="changzhou-2023.wasm" department="不存在局"', 'no-part', /不存在局/, /没有要单独显示/],
    ['src="http://["', 'unreachable', /http:\/\/\[/, /取不到/],
  ]) {
    const page = await open(browser, `${server.address}bare.html`);
    await listen(page);
    await page.evaluate((given) => { document.body.innerHTML = `<duibiao-check draft="none" ${given}></duibiao-check>`; }, attributes);
    await page.locator('duibiao-check [role=alert]').waitFor();
    await page.evaluate(() => { document.querySelector('duibiao-check').setAttribute('as-of', '2024-01-01'); });
    await settled(page);
    const { errors } = await state(page);
    assert.deepEqual(errors.map(([one]) => one), [code], attributes);
    assert.match(errors[0][1], detail);
    assert.match(await page.locator('duibiao-check [role=alert]').innerText(), words);
    await page.context().close();
  }
});

test('what the host gave for one standard does not go into another; set together with the address it does', async () => {
  const page = await open(browser, `${server.address}bare.html`);
  await page.evaluate(() => {
    document.body.innerHTML = '<duibiao-check src="changzhou-2023.wasm" draft="none"></duibiao-check>';
    document.querySelector('duibiao-check').entry = { fields: { swept_area: '480' } };
  });
  await page.waitForFunction(() => document.querySelector('duibiao-check').report?.standard.id === 'changzhou-2023');
  await page.evaluate(() => { document.querySelector('duibiao-check').src = 'fire.wasm'; });
  await page.waitForFunction(() => document.querySelector('duibiao-check').report?.standard.id === 'fire-safety');
  assert.equal(await page.evaluate(() => document.querySelector('duibiao-check').entry.fields), undefined);
  await page.evaluate(() => { const check = document.querySelector('duibiao-check'); check.entry = { fields: { swept_area: '481' } }; check.src = 'changzhou-2023.wasm'; });
  await page.waitForFunction(() => document.querySelector('duibiao-check').report?.standard.id === 'changzhou-2023');
  assert.deepEqual(await page.evaluate(() => document.querySelector('duibiao-check').entry.fields), { swept_area: '481' });
});

test('it has a name only where it is given one, and takes the focus into the form', async () => {
  const page = await open(browser, `${server.address}bare.html`);
  await page.evaluate(() => { document.body.innerHTML = '<duibiao-check src="changzhou-2023.wasm" draft="none" chapter="3-sanitation"></duibiao-check>'; });
  await ready(page);
  assert.equal(await page.locator('duibiao-check').getAttribute('name'), null);
  await page.evaluate(() => { const check = document.querySelector('duibiao-check'); check.scheme = 'dark'; check.name = 'check'; check.focus(); return check.updateComplete; });
  assert.deepEqual([await page.locator('duibiao-check').getAttribute('name'), await page.locator('duibiao-check').getAttribute('scheme')], ['check', 'dark']);
  assert.equal(await page.evaluate(() => innermost().matches('.chapter-body [data-path]')), true);
});

/** What a host may write, in its own styles and for our parts. */
const HOSTILE = {
  'parts: inner shadows, borders and outlines': "duibiao-check::part(finding), duibiao-check::part(group), duibiao-check::part(field), duibiao-check::part(head), duibiao-check::part(summary) { box-shadow: inset 0 0 0 9999px #222 !important; outline: 60px solid #222; outline-offset: -60px; border-image: linear-gradient(#222, #222) 1 fill }",
  'parts: strokes, masks, clips': "duibiao-check::part(finding), duibiao-check::part(field), duibiao-check::part(score) { -webkit-text-stroke: 4px #fff; -webkit-mask-image: linear-gradient(rgba(0,0,0,.2), rgba(0,0,0,.2)); mask-image: linear-gradient(rgba(0,0,0,.2), rgba(0,0,0,.2)); clip-path: inset(60%) }",
  'parts: what stands before and first': "duibiao-check::part(finding) { position: relative } duibiao-check::part(finding)::before { content: ''; position: absolute; top: 0; left: 0; width: 999px; height: 999px; background: #222 } duibiao-check::part(field)::first-line, duibiao-check::part(head)::first-line { color: #eee }",
  'the notice: size and place': 'duibiao-check::part(notice) { font-size: 0 !important; line-height: 0; height: 0; max-height: 0; width: 0; overflow: hidden; position: absolute !important; left: -9999px; margin: -9999px; transform: scale(0); zoom: .01 } duibiao-check::part(tools) { margin-top: -90px }',
  'the notice: clips': 'duibiao-check::part(notice) { clip-path: inset(100%) !important; clip: rect(0 0 0 0); content-visibility: hidden; -webkit-text-stroke: 9px #fff; color: transparent; text-indent: -9999px; opacity: 0; display: none }',
  'the notice: with the head': 'duibiao-check::part(head) { display: none; height: 0; overflow: hidden; position: absolute; left: -9999px; font-size: 0 }',
  'inherited: ink': 'body { -webkit-text-fill-color: #fff; -webkit-text-stroke: 3px #fff; text-shadow: 0 0 9px #000 }',
};

test('no rule of a host for our parts, and nothing inherited, takes away what one can read, or the notice', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(`${server.address}plain.html`);
  await ready(page, null);
  await field(page, 'swept_area').fill('100');
  await field(page, 'mech_swept_area').fill('92.99');
  await settled(page);
  // Where it is and how it is drawn; axe sees none of these ways.
  const places = ['.notice', '[id="i-C-10"]', '.field .label'];
  const look = async () => {
    const found = [];
    for (const place of places) {
      const spot = page.locator(`duibiao-check ${place}`).first();
      await spot.scrollIntoViewIfNeeded();
      const { width, height, x } = await spot.boundingBox();
      const where = await spot.evaluate((node) => { const { left, top, width } = node.getBoundingClientRect(); const root = node.getRootNode(); const hit = root.elementFromPoint(left + Math.min(width / 2, 30), top + 8); return hit !== null && (node.contains(hit) || hit.contains(node)); });
      found.push({ place, width, height, seen: width > 40 && height > 10 && x >= 0 && where, styles: await spot.evaluate((node) => {
        const all = [];
        for (let one = node; one !== null && one.className !== 'desk'; one = one.parentElement) {
          const style = getComputedStyle(one);
          all.push(['boxShadow', 'outlineStyle', 'clipPath', 'webkitMaskImage', 'webkitTextStrokeWidth', 'opacity', 'filter', 'borderImageSource', 'visibility'].map((name) => style[name]).join(' '), getComputedStyle(one, '::before').content);
          if (one.hasAttribute('part')) all.push(getComputedStyle(one, '::first-line').color);
        }
        return all.join('|') + getComputedStyle(node).webkitTextFillColor + getComputedStyle(node).textShadow;
      }) });
    }
    return found;
  };
  const before = await look();
  for (const [what, css] of Object.entries(HOSTILE)) {
    const style = await page.addStyleTag({ content: css });
    const now = await look();
    for (const [i, { place, seen, styles, height }] of now.entries()) {
      assert.equal(seen, true, `${what}: ${place}`);
      assert.equal(styles, before[i].styles, `${what}: ${place}`);
      if (place === '.notice') assert.equal(height, before[i].height, what);
    }
    await style.evaluate((node) => node.remove());
  }
  await context.close();
});

test('styles of the page around do not come in', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(`${server.address}plain.html`);
  await ready(page, null);
  const names = ['textIndent', 'letterSpacing', 'wordSpacing', 'textAlign', 'whiteSpace', 'textTransform', 'fontStyle', 'fontVariantCaps', 'wordBreak', 'direction', 'fontSize', 'lineHeight', 'color', 'webkitTextFillColor', 'textShadow', 'writingMode', 'hyphens', 'cursor'];
  const look = () => page.locator('duibiao-check').evaluate((check, all) => ['.title', '.notice span', '.field .label', 'input.figure', '[id="i-C-10"]'].map((place) => {
    const style = getComputedStyle(check.shadowRoot.querySelector(place));
    return [place, ...all.map((name) => `${name} ${style[name]}`)].join('; ');
  }), names);
  const before = await look();
  for (const css of [
    '.art { text-indent: 2em; text-align: justify; letter-spacing: 2px; word-spacing: 4px; cursor: wait }', '.art { white-space: pre-wrap; hyphens: auto }', '.art { white-space: nowrap }',
    '.art { text-transform: uppercase; font-style: italic; font-variant: small-caps; word-break: break-all }', 'body { font-size: 0; line-height: 0 }', '.art { direction: rtl; text-align: right }', '.art { color: #999; text-shadow: 0 0 3px #000; -webkit-text-fill-color: #fff }',
  ]) {
    const style = await page.addStyleTag({ content: css });
    assert.deepEqual(await look(), before, css);
    await style.evaluate((node) => node.remove());
  }
  // In a page that runs from right to left it stays in the page.
  await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
  await settled(page);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth) <= 0);
  assert.ok((await page.locator('duibiao-check .notice').boundingBox()).x >= 0);
  // Hidden by the host, it is.
  await page.addStyleTag({ content: '.art { visibility: hidden }' });
  assert.equal(await page.locator('duibiao-check .title').isVisible(), false);
  await context.close();
});

test('several on one page: nothing that axe objects to, and every landmark says whose it is', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(`${server.address}plain.html`);
  await page.evaluate(() => { document.querySelector('main').innerHTML = '<h1>host</h1><duibiao-check src="changzhou-2023.wasm" draft="none" only-chapter="3-sanitation"></duibiao-check><duibiao-check src="changzhou-2023.wasm" draft="none" only-chapter="3-sanitation"></duibiao-check><duibiao-check src="fire.wasm" draft="none"></duibiao-check>'; });
  await page.evaluate(() => document.body.insertAdjacentHTML('afterbegin', '<header>host</header>'));
  await page.waitForFunction(() => [...document.querySelectorAll('duibiao-check')].every(({ report }) => report !== undefined));
  await settled(page);
  assert.deepEqual(await axeViolations(page), []);
  const names = await page.evaluate(() => [...document.querySelectorAll('duibiao-check')].map(({ shadowRoot }) => shadowRoot.querySelector('nav').getAttribute('aria-label')));
  assert.equal(new Set(names).size, 3, names.join());
  assert.match(names[1], /常州.* 2$/);
  await page.evaluate(() => { for (const one of [...document.querySelectorAll('duibiao-check')].slice(1)) one.remove(); });
  await settled(page);
  assert.doesNotMatch(await page.locator('duibiao-check nav').getAttribute('aria-label'), /常州/);
  await context.close();
});
