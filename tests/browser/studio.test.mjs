// The studio: a rule author's whole way, from opening a standard to a finished module. What it takes to compile
// and to show problems is printed, since it differs from machine to machine.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { field, launch, open, phone, ready, serve, verdict } from './browser.mjs';

const root = new URL('../../', import.meta.url);
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SWEEPING = '3-sanitation/5-sweeping.rhai';
let server, browser;
before(async () => { server = await serve(); browser = await launch(); });
after(async () => { await browser.close(); await server.close(); });

const studio = (page) => page.locator('duibiao-studio');
const standing = (page) => page.locator('.standing');
const tab = (page, name) => page.getByRole('tab', { name: new RegExp(`^${name}`) });
const content = (page) => page.locator('.cm-content');
const sound = async (page) => { await standing(page).filter({ hasText: /没有问题|可用/ }).waitFor(); };
const wrong = async (page, n) => { await standing(page).filter({ hasText: n === undefined ? /个错误/ : `${n} 个错误` }).waitFor(); };

/** The studio with the shipped standard and a file of it. */
async function begin(options = {}, path = SWEEPING) {
  const page = await open(browser, `${server.address}studio.html`, options);
  await page.getByRole('button', { name: /changzhou-2023/ }).click();
  await sound(page);
  if (path !== '') await openFile(page, path);
  return page;
}

async function openFile(page, path) {
  if (await tab(page, '文件').count() > 0) await tab(page, '文件').click();
  await page.locator('.file-name', { hasText: path.slice(path.lastIndexOf('/') + 1) }).click();
}

/** Writes at the end of the open file, as somebody who types; brackets close themselves, so text is put in at once. */
async function append(page, text) {
  await content(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText(text);
}

async function download(page, button) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

test('the shipped standard opens without errors, and all its examples pass', async () => {
  const page = await begin();
  await tab(page, '例子').click();
  await page.locator('.run', { hasText: /\d+ 个例子全部通过/ }).waitFor();
  await tab(page, '预览').click();
  await page.locator('duibiao-check .chapter').first().waitFor();
  assert.match(await standing(page).innerText(), /毫秒/);
  console.log(`# the whole standard compiles in the page in ${/(\d+) 毫秒/.exec(await standing(page).innerText())[1]} ms (first time)`);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('an error is marked soon after typing rests, explained, and mended by its edit', async () => {
  const page = await begin();
  await append(page, '\ndata_check(机扫面积 <= 清扫面积，"不应大于");\n');
  await wrong(page);
  // From the last keystroke to the mark, five times.
  const times = [];
  for (let i = 0; i < 5; i += 1) {
    await page.keyboard.press('Control+End');
    times.push(await page.evaluate(() => new Promise((done) => {
      const host = document.querySelector('duibiao-studio');
      const start = performance.now();
      host.addEventListener('duibiao-compiled', () => requestAnimationFrame(() => done(performance.now() - start)), { once: true });
      const editor = host.shadowRoot.querySelector('.cm-content');
      editor.focus();
      document.execCommand('insertText', false, ' ');
    })));
  }
  console.log(`# from the last keystroke to the problems: ${times.map(Math.round).join(', ')} ms`);
  assert.ok(await page.locator('.cm-lint-marker-error').count() > 0);
  assert.ok(await page.locator('.cm-lintRange-error').count() > 0);
  assert.match(await page.locator('.file.open .badge.bad').innerText(), /1 个错误/);
  await tab(page, '问题').click();
  const problem = page.locator('#p-problems .wrong').first();
  assert.match(await problem.innerText(), /全角/);
  await problem.getByRole('button', { name: /^改成/ }).click();
  await sound(page);
  assert.equal(await page.locator('.cm-lint-marker-error').count(), 0);
  assert.match(await content(page).innerText(), /清扫面积,\s*"不应大于"/);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('while rules are broken the preview stays, and says that it is old', async () => {
  const page = await begin();
  await page.locator('duibiao-check .chapter').first().waitFor();
  await append(page, '\nlet 坏 = (1;\n');
  await page.locator('.stale-note').waitFor();
  assert.ok(await page.locator('duibiao-check .chapter').count() > 0);
  await page.getByRole('button', { name: '导出 .wasm' }).click({ force: true });
  await page.locator('.message.error', { hasText: '改好后才能导出' }).waitFor();
  await content(page).click();
  await page.keyboard.press('Control+z');
  await page.locator('.stale-note').waitFor({ state: 'detached' });
  await page.context().close();
});

const RULE = `
field("示范路段", #{ id: "model_road", label: "示范路段数", type: "count", unit: "条", given: true, zero: "missing" });
field("合格路段", #{ id: "good_road", label: "合格示范路段数", type: "count", unit: "条" });
parameter("示范合格率下限", #{ id: "model_road_line", unit: "%", values: [#{ from: "2023-01-01", value: 90, source: "试写", confidence: "recalled" }] });
indicator("C-99", #{ title: "示范路段合格率", points: 1, value: percent(合格路段, 示范路段), meets: |率| 率 >= 示范合格率下限, advice: "请整改不合格的路段。" });
example("恰在线上", #{ 示范路段: 10, 合格路段: 9 }, met);
`;

test('a new field, parameter, indicator and example: seen in the preview, kept as one more example', async () => {
  const page = await begin();
  await append(page, RULE);
  await sound(page);
  await field(page, 'good_road').waitFor();
  await field(page, 'model_road').fill('10');
  await field(page, 'good_road').fill('8');
  assert.match(await verdict(page, 'C-99').innerText(), /未达标/);
  await tab(page, '例子').click();
  await page.locator('.case', { hasText: '恰在线上' }).first().waitFor();
  assert.equal(await page.locator('#keep-i').inputValue(), 'C-99');
  assert.match(await page.locator('.keep').innerText(), /未达标/);
  await page.locator('#keep-n').fill('试写差一条');
  await page.getByRole('button', { name: '存为例子' }).click();
  await page.locator('.message', { hasText: '试写差一条' }).waitFor();
  assert.match(await content(page).innerText(), /example\("试写差一条", #\{ 示范路段: 10, 合格路段: 8 \}, unmet\);/);
  await page.locator('.case', { hasText: '试写差一条' }).waitFor();
  await page.locator('.run', { hasText: /\d+ 个例子全部通过/ }).waitFor();
  // The data stays when the rules change under it.
  await tab(page, '预览').click();
  assert.equal(await field(page, 'good_road').inputValue(), '8');
  // An example that expects something else fails, with what was found.
  await append(page, 'example("错的", #{ 示范路段: 10, 合格路段: 8 }, met);\n');
  await sound(page);
  await tab(page, '例子').click();
  await page.locator('.case.failed', { hasText: '错的' }).waitFor();
  assert.match(await page.locator('.case.failed').innerText(), /期望 达标（met），实得 未达标（unmet）/);
  await page.locator('.case.failed').getByRole('button', { name: /看数据/ }).click();
  assert.equal(await field(page, 'good_road').inputValue(), '8');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a scaffold adds an indicator whose examples pass; missing examples are drafted', async () => {
  const page = await begin();
  await page.getByRole('button', { name: '新建' }).click();
  await page.locator('#name-id').fill('C-98');
  await page.locator('#name-title').fill('试写指标');
  await page.getByRole('button', { name: '建立', exact: true }).click();
  await page.locator('.message', { hasText: 'C-98' }).waitFor();
  await sound(page);
  await tab(page, '例子').click();
  await page.locator('.run', { hasText: /\d+ 个例子全部通过/ }).waitFor();
  await page.locator('.list-head', { hasText: 'C-98' }).waitFor();
  // A file with a chapter of its own, renamed and removed, and back again.
  await page.getByRole('button', { name: '新建' }).click();
  await page.getByRole('radio', { name: '空文件' }).check();
  await page.locator('#name-path').fill('3-sanitation/9-new.rhai');
  await page.getByRole('button', { name: '建立', exact: true }).click();
  await page.locator('.file.open', { hasText: '9-new.rhai' }).waitFor();
  await page.getByRole('button', { name: '改名' }).click();
  await page.locator('#name-path').fill('oops');
  await page.locator('.naming button[type=submit]').click();
  await page.locator('#name-wrong', { hasText: '.rhai' }).waitFor();
  await page.locator('#name-path').fill('3-sanitation/9-other.rhai');
  await page.locator('.naming button[type=submit]').click();
  await page.locator('.file.open', { hasText: '9-other.rhai' }).waitFor();
  await page.getByRole('button', { name: '删除', exact: true }).click();
  await page.locator('.message', { hasText: '已删除' }).getByRole('button', { name: '撤销' }).click();
  await page.locator('.file.open', { hasText: '9-other.rhai' }).waitFor();
  await sound(page);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('an endless loop is a message; a compiler that never answers is ended, and the page goes on', async () => {
  const page = await begin();
  await append(page, '\nloop {}\n');
  await wrong(page);
  await tab(page, '问题').click();
  assert.match(await page.locator('#p-problems').innerText(), /运行太久/);
  // Thousands of loops: each ends by its limit, all together they do not in time.
  await append(page, '\nloop {}'.repeat(3000));
  const lost = await page.evaluate(() => new Promise((done) => {
    let most = 0;
    let last = performance.now();
    const step = () => {
      const now = performance.now();
      most = Math.max(most, now - last);
      last = now;
      const said = document.querySelector('duibiao-studio').shadowRoot.querySelector('.notices').textContent;
      if (said.includes('强行停止')) done({ said, most });
      else requestAnimationFrame(step);
    };
    step();
  }));
  assert.match(lost.said, /5-sweeping\.rhai/);
  console.log(`# the longest that the page stood still beside a compiler that hangs: ${Math.round(lost.most)} ms`);
  await content(page).click();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await sound(page);
  assert.equal(await page.locator('.notices .message').count(), 0);
  await page.context().close();
});

test('standards are listed by their titles; the preview comes to the file that is opened', async () => {
  const page = await open(browser, `${server.address}studio.html`);
  await page.getByRole('button', { name: /消防/ }).waitFor();
  await page.getByRole('button', { name: /常州市创建江苏省城市管理示范市自查标准/ }).click();
  await sound(page);
  const seen = (id) => page.waitForFunction((wanted) => {
    const place = document.querySelector('duibiao-studio').shadowRoot.querySelector('duibiao-check').shadowRoot.getElementById(wanted);
    const pane = document.querySelector('duibiao-studio').shadowRoot.querySelector('#p-preview');
    if (place === null || place.offsetParent === null) return false;
    const [a, b] = [place.getBoundingClientRect(), pane.getBoundingClientRect()];
    return a.top >= b.top && a.bottom <= b.top + b.height / 2;
  }, id);
  await openFile(page, SWEEPING);
  await seen('g-3-sanitation/5-sweeping');
  await openFile(page, '6-support/2-workforce.rhai');
  await seen('g-6-support/2-workforce');
  // Writing on does not move it.
  await append(page, '\n// 一句注释\n');
  await page.locator('duibiao-check').evaluate((element) => element.closest('#p-preview').scrollTo(0, 0));
  await append(page, '\n// 又一句\n');
  await page.evaluate(() => new Promise((done) => document.querySelector('duibiao-studio').addEventListener('duibiao-compiled', done, { once: true })));
  assert.equal(await page.locator('#p-preview').evaluate((pane) => pane.scrollTop), 0);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('the exported module is the one that the command builds, and runs in the portal unchanged', async () => {
  const page = await begin();
  const same = await download(page, '导出 .wasm');
  assert.equal(same.name, 'changzhou-2023.wasm');
  assert.deepEqual(same.bytes, await readFile(new URL('target/module/changzhou-2023.wasm', root)));
  await append(page, RULE);
  await sound(page);
  const { bytes } = await download(page, '导出 .wasm');
  const script = `
    import { Checker, initSync } from ${JSON.stringify(new URL('target/module/duibiao.js', root).href)};
    import { readFileSync } from 'node:fs';
    const module = new WebAssembly.Module(readFileSync(0));
    initSync({ module });
    const checker = Checker.load(new Uint8Array(WebAssembly.Module.customSections(module, 'duibiao.rulebook')[0]));
    const { findings } = checker.check({ fields: { model_road: 10, good_road: 9 } }, { as_of: '2024-01-01' });
    console.log(findings.find(({ indicator }) => indicator === 'C-99').outcome);`;
  const node = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { input: bytes, encoding: 'utf8', cwd: fileURLToPath(root) });
  assert.equal(node.stdout.trim(), 'met', node.stderr);
  const other = await serve({ '/changzhou-2023.wasm': { body: bytes, type: 'application/wasm' } });
  const portal = await open(browser, `${other.address}examples/portal.html`);
  await ready(portal);
  await verdict(portal, 'C-99').waitFor();
  await field(portal, 'model_road').fill('10');
  await field(portal, 'good_road').fill('9');
  assert.match(await verdict(portal, 'C-99').innerText(), /达标/);
  assert.deepEqual(portal.complaints, []);
  await other.close();
  await portal.context().close();
  // The other ways out.
  const page_ = await download(page, '说明页');
  assert.match(page_.bytes.toString(), /^<!doctype html>[^]*示范路段合格率/);
  const sheet = await download(page, '填报表');
  assert.match(sheet.bytes.toString(), /合格示范路段数,/);
  await page.context().close();
});

test('a zip goes out and comes in; a draft outlives a reload', async () => {
  const page = await begin();
  await append(page, '\n// 一句注释\n');
  await sound(page);
  await page.waitForFunction(() => new Promise((done) => {
    const request = indexedDB.open('duibiao-studio');
    request.onsuccess = () => {
      const get = request.result.transaction('standards').objectStore('standards').getAll();
      get.onsuccess = () => { request.result.close(); done(JSON.stringify(get.result).includes('一句注释')); };
    };
  }));
  await page.reload();
  await sound(page);
  assert.equal(await page.locator('.editor-head').innerText(), SWEEPING);
  await content(page).click();
  await page.keyboard.press('Control+End');
  await page.locator('.cm-line', { hasText: '一句注释' }).waitFor();
  const zip = await download(page, '存为 zip');
  assert.equal(zip.name, 'changzhou-2023.zip');
  await page.locator('.message', { hasText: '已下载 changzhou-2023.zip' }).waitFor();

  const other = await open(browser, `${server.address}studio.html`);
  await other.locator('#zip').setInputFiles({ name: 'mine.zip', mimeType: 'application/zip', buffer: zip.bytes });
  await sound(other);
  assert.equal(await other.locator('.which b').innerText(), 'changzhou-2023');
  assert.equal(await other.locator('.file').count(), await page.locator('.file').count());
  await other.getByRole('button', { name: '打开…' }).click();
  await other.locator('#zip').setInputFiles({ name: 'bad.zip', mimeType: 'application/zip', buffer: Buffer.from('no zip') });
  await other.locator('.message.error', { hasText: '没有打开' }).waitFor();
  await other.locator('#folder').setInputFiles(fileURLToPath(new URL('tests/data/standard', root)));
  await other.locator('.which b', { hasText: 'standard' }).waitFor();
  await sound(other);
  assert.deepEqual(other.complaints, []);
  await other.context().close();
  await page.context().close();
});

test('completion offers options, fields by name and by id, and the texts of an option', async () => {
  const page = await begin();
  const offered = async (text) => {
    await append(page, text);
    await page.keyboard.press('Control+Space');
    await page.locator('.cm-tooltip-autocomplete li').first().waitFor();
    const found = await page.locator('.cm-tooltip-autocomplete li').allInnerTexts();
    await page.keyboard.press('Escape');
    return found.join('\n');
  };
  assert.match(await offered('\nfield("新", #{ '), /id[^]*unit|unit[^]*id/);
  assert.match(await offered('type: "'), /yes-no/);
  assert.match(await offered('" });\nindicator("X", #{ value: 机'), /机扫面积/);
  assert.match(await offered(', meets: mech'), /机扫面积（mech_swept_area）/);
  assert.match(await offered(' });\nexample("例", #{ '), /清扫面积/);
  await page.context().close();
});

const states = [
  ['nothing open', {}, async (page) => page.locator('.start').waitFor(), false],
  ['at work, with problems', {}, async (page) => { await append(page, '\nlet x = 清扫面只 + 1;\n'); await wrong(page); await tab(page, '问题').click(); }],
  ['examples', {}, async (page) => { await tab(page, '例子').click(); await page.locator('.case').first().waitFor(); }],
  ['a new file, dark', { colorScheme: 'dark' }, async (page) => { await page.getByRole('button', { name: '新建' }).click(); }],
  ['390 px', { viewport: phone }, async (page) => { await append(page, '\nlet x = 清扫面只 + 1;\n'); await wrong(page); }],
  ['390 px, examples', { viewport: phone }, async (page) => { await tab(page, '例子').click(); await page.locator('.case').first().waitFor(); }],
];
for (const [name, options, prepare, opened = true] of states) {
  test(`no axe violations, nothing sticks out: ${name}`, async () => {
    const page = opened ? await begin(options) : await open(browser, `${server.address}studio.html`, options);
    await prepare(page);
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
      const { violations } = await globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary}`).join('\n  ')}`);
    });
    assert.deepEqual(found, []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}

test('the keyboard alone: to a file, into the editor and out, to the next problem, through the tabs', async () => {
  const page = await open(browser, `${server.address}studio.html`);
  await page.locator('.choice-main').first().waitFor();
  const here = () => page.evaluate(() => { const node = document.querySelector('duibiao-studio').shadowRoot.activeElement; return node === null ? '' : `${node.className} ${node.id} ${node.textContent.slice(0, 40)}`; });
  const tabTo = async (wanted, key = 'Tab') => {
    for (let i = 0; i < 60; i += 1) {
      await page.keyboard.press(key);
      if (wanted.test(await here())) return;
    }
    assert.fail(`${wanted} cannot be reached with ${key}; last: ${await here()}`);
  };
  await tabTo(/changzhou-2023/);
  await page.keyboard.press('Enter');
  await sound(page);
  // An opened standard and an opened file have the focus: what is typed goes there.
  assert.match(await here(), /cm-content/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+Tab');
  await tabTo(/5-sweeping/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('duibiao-studio').shadowRoot.activeElement.classList.contains('cm-content'));
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText('\nlet x = 清扫面只 + 1;\n');
  await wrong(page);
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('F8');
  await page.locator('.at-cursor', { hasText: '清扫面只' }).waitFor();
  assert.match(await here(), /cm-content/);
  // Tab indents; Escape first, and it leaves.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  assert.doesNotMatch(await here(), /cm-content/);
  await tabTo(/t-preview/);
  await page.keyboard.press('ArrowRight');
  assert.match(await here(), /t-examples/);
  await page.keyboard.press('ArrowRight');
  assert.match(await here(), /t-problems/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('duibiao-studio').shadowRoot.activeElement.classList.contains('cm-content'));
  await page.keyboard.press('Control+z');
  await sound(page);
  await page.keyboard.press('Control+Enter');
  assert.equal(await tab(page, '例子').getAttribute('aria-selected'), 'true');
  await page.locator('.run', { hasText: /全部通过/ }).waitFor();
  await page.keyboard.press('Control+s');
  await page.locator('.kept', { hasText: '草稿已保存' }).first().waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
