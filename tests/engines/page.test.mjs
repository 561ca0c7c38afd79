// The page in three engines: fill in, see the verdict and why, reload; and the same report, byte for byte.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { serve } from '../browser/browser.mjs';
import { engines, field, launch, openDesk, ready, textLike, verdict } from './engines.mjs';

const root = new URL('../../', import.meta.url);
const html = (body) => ({ type: 'text/html; charset=utf-8', body: `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>bare</title><link rel="icon" href="data:,"><body>${body}</body></html>` });
// The module by itself, as a program in a page would use it.
const bare = html(`<script type="module">
  import init, { Checker } from './duibiao.js';
  const module = await WebAssembly.compile(await (await fetch('changzhou-2023.wasm')).arrayBuffer());
  await init({ module_or_path: module });
  const checker = Checker.load(new Uint8Array(WebAssembly.Module.customSections(module, 'duibiao.rulebook')[0]));
  window.bareReport = (entry, as_of) => JSON.stringify(checker.check(entry, { as_of }), null, 2) + '\\n';
</script>`);
const reports = new Map();
const golden = async (name) => readFile(new URL(`../golden/${name}`, import.meta.url), 'utf8');

for (const engine of engines) describe(engine, () => {
  let server, browser;
  before(async () => {
    server = await serve({ '/bare.html': bare, '/portal.html': html('<script src="duibiao-check.js"></script>'), '/duibiao.js': { type: 'text/javascript', body: await readFile(new URL('target/module/duibiao.js', root)) } });
    browser = await launch(engine);
  });
  after(async () => { await browser?.close(); await server.close(); });

  test('figures become a verdict, with the reason and the change that would pass', async () => {
    const page = await openDesk(browser, server.address);
    await page.fill(field('swept_area'), '480');
    await textLike(page, verdict('C-10'), /缺数据[^]*机械化清扫面积/);
    await page.fill(field('mech_swept_area'), '412');
    const said = await textLike(page, verdict('C-10'), /未达标|部分得分/);
    for (const part of ['85.83%', '93%', '差 7.17']) assert.ok(said.includes(part), `${part} in ${said}`);
    await page.click('#w-C-10');
    const why = await textLike(page, '#p-C-10', /增加 34\.4/);
    assert.match(why, /条件[^]*现值[^]*要求[^]*差距[^]*依据/);
    await page.fill(field('mech_swept_area'), '446.4');
    await textLike(page, verdict('C-10'), /达标[^]*恰好达到/);
    assert.deepEqual(await page.complaints(), []);
    await page.close();
  });

  test('a reload loses nothing', async () => {
    const page = await openDesk(browser, server.address);
    await page.fill(field('swept_area'), '5,120.5');
    await page.fill(field('district_dustfall.金坛区'), '２．５');
    await textLike(page, '.kept', /已保存 \d\d:\d\d/);
    await page.reload();
    await ready(page);
    assert.equal(await page.value(field('swept_area')), '5,120.5');
    assert.equal(await page.value(field('district_dustfall.金坛区')), '２．５');
    await page.press('Control+z');
    assert.equal(await page.value(field('swept_area')), '5,120.5');
    assert.deepEqual(await page.complaints(), []);
    await page.close();
  });

  test('a block of a spreadsheet, copied and pasted by keys into the middle of the form: looked at, filled in, undone in one step', async () => {
    const page = await openDesk(browser, server.address);
    const paste = async (block, at) => {
      await page.evaluate((text) => {
        const area = document.getElementById('sheet') ?? document.body.appendChild(Object.assign(document.createElement('textarea'), { id: 'sheet' }));
        area.value = text;
        area.focus();
        area.select();
      }, block);
      await page.press('Control+c');
      await page.evaluate((path) => {
        const { shadowRoot } = document.querySelector('duibiao-desk').shadowRoot.querySelector('duibiao-check');
        shadowRoot.querySelector(`[data-path="${path}"]`).focus();
      }, at);
      await page.press('Control+v');
    };
    // A column as it is selected in a hurry, with empty rows at its end.
    await paste('5,120.5\n４７００\n\n\n', 'swept_area');
    await textLike(page, 'dialog.pasting', /道路清扫保洁面积 万平方米\s+空\s+5,120\.5[^]*机械化清扫面积 万平方米\s+空\s+４７００/);
    await page.push('填入 2 项');
    await textLike(page, verdict('C-10'), /91\.79%/);
    // Names in two columns, one of them merged, two rows of heads, the older year first, and a dash where there is nothing.
    await paste('环卫数据\t\t\t\n数据项\t区划\t2022年\t2023年\n道路清扫保洁面积\t\t470\t480\n各辖市区降尘量\t天宁区\t2.6\t2.5\n\t金坛区\t2.7\t—\n', 'mech_swept_area');
    await textLike(page, 'dialog.pasting', /各辖市区降尘量 天宁区[^]*填入 2 项/);
    await page.push('填入 2 项');
    await page.until(() => document.querySelector('duibiao-desk').work.entry.fields.swept_area === '480');
    const fields = () => page.evaluate(() => document.querySelector('duibiao-desk').work.entry.fields ?? {});
    assert.deepEqual(await fields(), { swept_area: '480', mech_swept_area: '４７００', district_dustfall: { 天宁区: '2.5' } });
    await page.press('Control+z');
    assert.deepEqual(await fields(), { swept_area: '5,120.5', mech_swept_area: '４７００' });
    await page.press('Control+z');
    assert.deepEqual(await fields(), {});
    assert.deepEqual(await page.complaints(), []);
    await page.close();
  });

  test('in a narrow window the search comes up to where one sees what it finds', async () => {
    const page = await openDesk(browser, server.address);
    await page.evaluate(() => { document.body.style.width = '390px'; });
    await page.until(() => document.querySelector('duibiao-desk').shadowRoot.querySelector('duibiao-check').shadowRoot.querySelector('.desk.narrow') !== null);
    const places = () => page.evaluate(() => {
      const { shadowRoot } = document.querySelector('duibiao-desk').shadowRoot.querySelector('duibiao-check');
      const [bar, search, first] = ['.bar', '#find', '.chapter-body [data-path]'].map((one) => shadowRoot.querySelector(one).getBoundingClientRect());
      return { under: bar.bottom - search.top, first: first.bottom - window.innerHeight, focused: shadowRoot.activeElement?.id };
    });
    const seen = async (how) => {
      const { under, first, focused } = await places();
      assert.ok(under <= 0 && first <= 0 && focused === 'find', `${how}: ${under} px under the head, first result ${first} px below the window, focus in ${focused}`);
    };
    await page.evaluate(() => { document.activeElement?.blur(); window.scrollTo(0, 0); });
    await page.press('/');
    await page.until(() => document.querySelector('duibiao-desk').shadowRoot.activeElement?.shadowRoot?.activeElement?.id === 'find');
    await page.type('清扫');
    await seen('by the slash');
    // From further down, where the search has been scrolled away.
    await page.press('Escape');
    await page.evaluate(() => { document.querySelector('duibiao-desk').shadowRoot.activeElement.shadowRoot.activeElement.blur(); window.scrollTo(0, document.documentElement.scrollHeight); });
    await page.press('/');
    await page.type('清扫');
    await seen('from below');
    await page.close();
  });

  test('the report is the golden one, byte for byte', async () => {
    const [data, expected] = await Promise.all(['data.json', 'report.json'].map(golden));
    const page = await browser.open(`${server.address}bare.html`);
    await page.until(() => window.bareReport !== undefined);
    const report = await page.evaluate((entry, asOf) => window.bareReport(entry, asOf), JSON.parse(data), JSON.parse(expected).as_of);
    assert.equal(report, expected);
    await page.close();
  });

  test('the element reports the same', async () => {
    const [data, expected] = await Promise.all(['data.json', 'report.json'].map(golden));
    const page = await browser.open(`${server.address}portal.html`);
    const report = await page.evaluate((entry, asOf) => new Promise((done) => {
      const node = document.createElement('duibiao-check');
      node.entry = entry;
      node.setAttribute('as-of', asOf);
      node.setAttribute('draft', 'none');
      node.src = 'changzhou-2023.wasm';
      node.addEventListener('duibiao-report', () => done(JSON.stringify(node.report)));
      document.body.append(node);
    }), JSON.parse(data), JSON.parse(expected).as_of);
    // The element calls every field by its id, so the record of what was given differs, and the order of what is wrong with it.
    const judged = (text) => {
      const { entry, entry_digest, data: problems, ...rest } = JSON.parse(text);
      assert.ok(entry.fields && entry_digest);
      return JSON.stringify([rest, problems.map((problem) => JSON.stringify(problem)).sort()]);
    };
    assert.equal(judged(report), judged(expected));
    reports.set(engine, report);
    await page.close();
  });
});

// In Chromium: tests/browser/entering and drafts. WebKitGTK's browser for tests has neither a profile that lasts nor a second tab.
test('Firefox: killed right after typing, nothing is lost; two tabs do not overwrite each other', { skip: !engines.includes('firefox') }, async (t) => {
  const server = await serve();
  const profile = await mkdtemp(join(tmpdir(), 'duibiao-'));
  let browser;
  t.after(async () => { await browser?.kill(); await server.close(); await rm(profile, { recursive: true, force: true, maxRetries: 5 }); });
  browser = await launch('firefox', { profile });
  let page = await openDesk(browser, server.address);
  await page.fill(field('swept_area'), '123456');
  // In the very moment in which it says so of the last keystroke.
  await textLike(page, '.tools .kept[aria-busy="false"]', /已保存 \d\d:\d\d/);
  await browser.kill();
  browser = await launch('firefox', { profile });
  page = await openDesk(browser, server.address);
  assert.equal(await page.value(field('swept_area')), '123456');

  const other = await openDesk(browser, server.address);
  await other.fill(field('swept_area'), '777');
  await textLike(page, '.tools .kept', /另一个标签页在 \d\d:\d\d 改了/);
  await page.fill(field('mech_swept_area'), '5');
  await textLike(page, '.tools .kept', /已保存 \d\d:\d\d/);
  for (const [tab, swept, mech] of [[page, '123456', '5'], [other, '777', '']]) {
    assert.deepEqual([await tab.value(field('swept_area')), await tab.value(field('mech_swept_area'))], [swept, mech]);
  }
});

test('the engines agree to the byte', () => assert.equal(new Set(reports.values()).size, 1));
