// The desk as a whole: every step of the work for everybody, however they see and type; and nothing is lost in any of them.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { asOf, axeViolations, fillExample, launch, launchProfile, open, phone, ready, serve, sticksOut, tab } from './browser.mjs';

let server, browser;
before(async () => { server = await serve(); browser = await launch(); });
after(async () => { await browser.close(); await server.close(); });

const tabs = (page) => page.locator('[role=tab]').evaluateAll((all) => all.map(({ id }) => id.replace(/^tab-/, '')));

/** What measures less than 24 px on the shown step, but for words in a sentence. */
const small = (page) => page.evaluate(() => {
  const found = [];
  const look = (root) => {
    for (const node of root.querySelectorAll('*')) {
      if (node.shadowRoot !== null) look(node.shadowRoot);
      if (!node.matches('button, input:not([type=radio]):not([type=checkbox]):not(.unseen), select, textarea, summary, .choice') || node.matches('.skip') || node.getClientRects().length === 0) continue;
      const { width, height } = node.getBoundingClientRect();
      if (width < 23.9 || height < 23.9) found.push(`${node.innerText?.trim().slice(0, 12) || node.id} ${width}×${height}`);
    }
  };
  look(document);
  return found;
});

// Room, colours and language do not depend on each other, so a page shows one of each.
const ways = [
  ['wide', {}],
  ['390 px, dark', { viewport: phone, colorScheme: 'dark' }],
  // Zoomed to 200 %, a page has half the room.
  ['200 %, English', { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }, '?lang=en'],
  ['forced colours', { forcedColors: 'active' }],
];
for (const [name, options, path = ''] of ways) {
  test(`every step: no axe violations, nothing sticks out, nothing too small: ${name}`, async () => {
    const page = await open(browser, server.address + path, options);
    await ready(page, null);
    const all = await tabs(page);
    // Empty as it opens, but for the form, which other tests look at.
    for (const id of all.slice(1)) {
      await tab(page, id);
      assert.deepEqual(await axeViolations(page), [], `${id}, empty`);
    }
    await page.evaluate(async () => {
      const { work } = document.querySelector('duibiao-desk');
      const { fields } = await (await fetch('example-changzhou-2023.json')).json();
      work.commitEntry({ ...work.entry, fields }, '');
    });
    await asOf(page, '2024-01-01');
    for (const id of all) {
      await tab(page, id);
      assert.deepEqual(await axeViolations(page), [], id);
      assert.equal(await sticksOut(page), 0, id);
      assert.deepEqual(await small(page), [], id);
    }
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}

test('the keyboard reaches every step, and everything in it that can be pushed or filled in', async () => {
  const page = await open(browser, server.address);
  await ready(page, null);
  await fillExample(page);
  await page.locator('[role=tab][aria-selected=true]').focus();
  for (const id of (await tabs(page)).slice(1)) {
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction((wanted) => innermost()?.id === `tab-${wanted}`, id);
    // Radio buttons of one name are one stop.
    const wanted = await page.evaluate((panel) => {
      const seen = new Set();
      return [...document.querySelector('duibiao-desk').shadowRoot.querySelectorAll(`#panel-${panel} :is(button, input, select, textarea, a[href], summary, [tabindex="0"])`)].filter((node) => {
        if (!node.checkVisibility() || node.tabIndex < 0) return false;
        if (node.type !== 'radio') return true;
        if (seen.has(node.name)) return false;
        return seen.add(node.name);
      }).length;
    }, id);
    await page.evaluate(() => { globalThis.reached = new Set(); });
    let stops = 0;
    for (;;) {
      await page.keyboard.press('Tab');
      const inside = await page.evaluate((panel) => {
        const node = innermost();
        if (node === null || node.closest(`#panel-${panel}`) === null) return undefined;
        const style = getComputedStyle(node);
        const fresh = !globalThis.reached.has(node);
        // A date has more stops inside, which the browser marks by itself.
        const shown = !fresh || style.outlineStyle !== 'none' || style.boxShadow !== 'none';
        globalThis.reached.add(node);
        return { fresh, shown, name: node.id || node.dataset.path || node.innerText };
      }, id);
      if (inside === undefined) break;
      assert.ok(inside.shown, `the focus is not seen on ${inside.name} in ${id}`);
      if (inside.fresh) stops += 1;
    }
    assert.equal(stops, wanted, id);
    await page.locator(`#tab-${id}`).focus();
  }
});

test('the whole work by the keyboard alone: fill in, result, a form for Excel, rectification, Word', async () => {
  const page = await open(browser, server.address);
  await ready(page, null);
  const reached = (wanted) => page.evaluate((text) => {
    const node = innermost();
    return node !== null && (node.dataset.path === text || node.id === text || node.innerText?.trim().split('\n')[0] === text);
  }, wanted);
  const reach = async (wanted, key = 'Tab', most = 150) => {
    for (let i = 0; i < most; i += 1) {
      if (await reached(wanted)) return;
      await page.keyboard.press(key);
    }
    assert.fail(`${wanted} cannot be reached with ${key}`);
  };
  const download = async () => (await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]))[0].suggestedFilename();
  await reach('环境卫生');
  await page.keyboard.press('Enter');
  await reach('swept_area');
  await page.keyboard.type('480');
  await reach('mech_swept_area');
  await page.keyboard.type('412');
  await reach('跳到目录', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await reach('tab-form', 'Shift+Tab');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.locator('#panel-result:not([hidden])').count(), 1);
  await page.keyboard.press('ArrowRight');
  await reach('下载填报表');
  assert.match(await download(), /填报表-全部-.*\.xlsx$/);
  await reach('tab-tables', 'Shift+Tab');
  await page.keyboard.press('ArrowRight');
  await reach('task:C-10:person');
  await page.keyboard.type('王建国');
  await reach('task:C-10:measure');
  await page.keyboard.type('增配机扫车12辆');
  await reach('tab-tasks', 'Shift+Tab');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  for (let i = 0; i < 2; i += 1) await page.keyboard.press('ArrowDown');
  assert.match(await page.locator('.paper').innerText(), /整改清单[^]*C-10[^]*王建国[^]*增配机扫车12辆/);
  await reach('导出 Word');
  assert.match(await download(), /^整改清单-.*\.docx$/);
  assert.deepEqual(page.complaints, []);
});

test('a browser that is killed while somebody types into the rectification list keeps what was typed', async (t) => {
  const profile = await mkdtemp(join(tmpdir(), 'duibiao-'));
  const first = await launchProfile(profile);
  t.after(() => first.kill());
  await first.page.goto(server.address);
  await ready(first.page, null);
  await fillExample(first.page);
  await tab(first.page, 'tasks');
  const text = '已于本月中旬完成设备招标，下旬进场安装。';
  const typing = first.page.locator('[data-path="task:C-10:progress"]').pressSequentially(text, { delay: 20 }).catch(() => undefined);
  // In the middle of it.
  await first.page.waitForFunction(() => document.querySelector('duibiao-desk').shadowRoot.activeElement?.value?.length >= 8);
  await first.kill();
  await typing;
  const second = await launchProfile(profile);
  t.after(() => second.kill());
  await second.page.goto(server.address);
  await ready(second.page, null);
  await tab(second.page, 'tasks');
  const found = await second.page.locator('[data-path="task:C-10:progress"]').inputValue();
  // How much of it depends on how busy the machine is; that nothing is lost once it is said to be kept is shown in entering.test.
  assert.ok(text.startsWith(found) && found.length > 0, found);
  await second.kill();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

for (const [name, viewport] of [['1280 px', undefined], ['390 px', phone]]) {
  test(`a passing word covers no score, and short words stay in one line: ${name}`, async () => {
    const page = await open(browser, server.address, viewport === undefined ? {} : { viewport });
    await ready(page, null);
    await fillExample(page);
    const verdict = page.locator('duibiao-check .verdict').filter({ has: page.locator('[id="i-A-04"]') });
    await verdict.getByRole('button', { name: '原因与改法' }).click();
    await verdict.getByRole('button', { name: '台账与备注' }).click();
    for (const id of ['p-A-04', 'e-A-04']) {
      const head = page.locator(`duibiao-check [id="${id}"] .why-head`);
      const lines = (what) => head.locator(what).evaluate((node) => node.getBoundingClientRect().height < 32);
      assert.ok(await lines('button'), id);
      assert.ok(await lines('h4 .code:last-child'), id);
    }
    await page.evaluate(() => document.querySelector('duibiao-desk').work.tell({ tone: 'info', text: '已撤销：绿化覆盖面积', problems: [], canUndo: false, ways: [{ word: '转到', run: () => undefined }] }));
    await page.evaluate(() => document.querySelector('duibiao-desk').shadowRoot.querySelector('duibiao-check').shadowRoot.querySelector('#e-A-04').scrollIntoView({ block: 'start' }));
    await page.waitForTimeout(100);
    const box = (what) => page.locator(what).boundingBox();
    const [word, score] = [await box('duibiao-desk .notices .message'), await box(viewport === undefined ? 'duibiao-check .side .score' : 'duibiao-check .bar')];
    assert.ok(word.y >= 0 && score.y >= word.y + word.height && score.y < 300, JSON.stringify([word, score]));
    const close = await box('.notices .message .shut');
    assert.ok(close.y - word.y < 20, JSON.stringify([word, close]));
  });
}
