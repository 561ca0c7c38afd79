// Writing rules in the studio: mistakes are explained and mended, what is new is seen at once, examples stay. What it takes to compile
// and to show problems is printed, since it differs from machine to machine.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { field, launch, serve, verdict } from './browser.mjs';
import { append, begin as opened, content, pasteAtEnd, RULE, sound, standing, tab, wrong } from './studio.mjs';

let server, browser;
before(async () => { server = await serve(); browser = await launch(); });
after(async () => { await browser.close(); await server.close(); });
const begin = (...how) => opened(browser, server, ...how);

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
  // Thousands of loops: each stays below its limit and is no problem, all together they do not end in time on any machine.
  await pasteAtEnd(page, '\nfor x in range(0, 600000) { x; }'.repeat(20_000));
  const lost = await page.evaluate(() => new Promise((done) => {
    let most = 0;
    let last = performance.now();
    const end = last + 60_000;
    const step = () => {
      const now = performance.now();
      most = Math.max(most, now - last);
      last = now;
      const said = document.querySelector('duibiao-studio').shadowRoot.querySelector('.notices').textContent;
      if (said.includes('强行停止') || now > end) done({ said, most });
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
