// Entering data: the verdict while typing, the explanation, what would pass, undo, and that nothing is lost.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { field, fillExample, launch, launchProfile, open, ready, savedWith, serve, unfold, verdict } from './browser.mjs';

let server, browser;
before(async () => { server = await serve(); browser = await launch(); });
after(async () => { await browser.close(); await server.close(); });

async function start(options) {
  const page = await open(browser, server.address, options);
  await ready(page);
  return page;
}

test('typing figures shows the verdict at once, with value, line and gap', async () => {
  const page = await start();
  await field(page, 'swept_area').fill('480');
  assert.match(await verdict(page, 'C-10').innerText(), /缺数据[^]*机械化清扫面积/);
  await field(page, 'mech_swept_area').fill('412');
  const text = await verdict(page, 'C-10').innerText();
  assert.match(text, /未达标|部分得分/);
  assert.match(text, /85\.83%/);
  assert.match(text, /93%/);
  assert.match(text, /差 7\.17/);
  await field(page, 'mech_swept_area').fill('446.4');
  assert.match(await verdict(page, 'C-10').innerText(), /达标[^]*恰好达到/);
  assert.deepEqual(page.complaints, []);
});

test('a keystroke is on the screen with the next frame, also with every chapter shown', async () => {
  const page = await start();
  await fillExample(page);
  await page.getByRole('button', { name: '全部展开' }).click();
  const shown = await field(page, 'mech_swept_area').evaluate((input) => new Promise((done) => {
    input.value = '1';
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    requestAnimationFrame(() => { done(input.getRootNode().querySelector('[id="i-C-10"]').closest('.verdict').innerText); });
  }));
  assert.match(shown, /未达标[^]*现值 0\.0/);
});

test('the explanation gives structure, source and the change that would pass, and fills it in', async () => {
  const page = await start();
  await field(page, 'swept_area').fill('480');
  await field(page, 'mech_swept_area').fill('412');
  await verdict(page, 'C-10').getByRole('button', { name: '原因与改法' }).click();
  const why = page.locator('#p-C-10');
  assert.match(await why.innerText(), /446\.4/);
  assert.match(await why.innerText(), /增加 34\.4/);
  assert.match(await why.locator('table').innerText(), /条件[^]*现值[^]*要求[^]*差距[^]*依据/);
  assert.match(await why.locator('table').innerText(), /决定结论/);
  await why.getByRole('button', { name: /^试填 机械化清扫面积/ }).click();
  assert.equal(await field(page, 'mech_swept_area').inputValue(), '446.4');
  assert.match(await verdict(page, 'C-10').innerText(), /达标/);
  await page.locator('.message').getByRole('button', { name: '撤销' }).click();
  assert.equal(await field(page, 'mech_swept_area').inputValue(), '412');
});

test('a composite keeps its structure: all of these, each with its own verdict', async () => {
  const page = await start();
  await field(page, 'sort_aware_rate').fill('95');
  await field(page, 'sort_join_rate').fill('60');
  await verdict(page, 'C-02').getByRole('button', { name: '原因与改法' }).click();
  const table = await page.locator('#p-C-02 table').innerText();
  assert.match(table, /以下全部满足/);
  assert.match(table, /不满足[^]*60%/);
});

test('a reload loses nothing', async () => {
  const page = await start();
  await field(page, 'swept_area').fill('5120.5');
  await field(page, 'district_dustfall.金坛区').fill('2.5');
  await verdict(page, 'C-13').getByRole('button', { name: '标为不涉及' }).click();
  await field(page, 'reason:C-13').fill('本年没有购车');
  await page.locator('.kept', { hasText: /已保存 \d\d:\d\d/ }).first().waitFor();
  await page.reload();
  await ready(page);
  assert.equal(await field(page, 'swept_area').inputValue(), '5120.5');
  assert.equal(await field(page, 'district_dustfall.金坛区').inputValue(), '2.5');
  assert.match(await verdict(page, 'C-13').innerText(), /不涉及[^]*本年没有购车/);
});

test('a browser that is killed right after typing has lost nothing', async (t) => {
  const profile = await mkdtemp(join(tmpdir(), 'duibiao-'));
  t.after(() => rm(profile, { recursive: true, force: true, maxRetries: 5 }));
  const first = await launchProfile(profile);
  t.after(() => first.kill());
  await first.page.goto(server.address);
  await ready(first.page);
  await field(first.page, 'swept_area').pressSequentially('1234');
  // In the very moment in which it says so of the last keystroke, however long a busy machine takes until then.
  await first.page.locator('.kept[aria-busy="false"]', { hasText: '已保存' }).first().waitFor();
  await first.kill();
  const second = await launchProfile(profile);
  t.after(() => second.kill());
  await second.page.goto(server.address);
  await ready(second.page);
  assert.equal(await field(second.page, 'swept_area').inputValue(), '1234');
});

test('undo and redo go over everything: figures, 不涉及, example, clearing', async () => {
  const page = await start();
  await field(page, 'swept_area').pressSequentially('480');
  await field(page, 'mech_swept_area').pressSequentially('412');
  await page.keyboard.press('Control+z');
  assert.equal(await field(page, 'mech_swept_area').inputValue(), '');
  assert.equal(await field(page, 'swept_area').inputValue(), '480');
  await page.keyboard.press('Control+z');
  assert.equal(await field(page, 'swept_area').inputValue(), '');
  await page.keyboard.press('Control+y');
  await page.keyboard.press('Control+Shift+Z');
  assert.equal(await field(page, 'mech_swept_area').inputValue(), '412');
  await fillExample(page);
  await page.getByRole('button', { name: '清空' }).click();
  assert.equal(await field(page, 'swept_area').inputValue(), '');
  await page.locator('.tools').getByRole('button', { name: '撤销' }).click();
  assert.equal(await field(page, 'swept_area').inputValue(), '5120');
  await page.locator('.tools').getByRole('button', { name: '撤销' }).click();
  assert.equal(await field(page, 'swept_area').inputValue(), '480');
});

test('problems in the data stand beside their field', async () => {
  const page = await start();
  await field(page, 'swept_area').fill('abc');
  const input = field(page, 'swept_area');
  assert.equal(await input.getAttribute('aria-invalid'), 'true');
  const described = await input.evaluate((node) => node.getAttribute('aria-describedby').split(' ').map((id) => node.getRootNode().getElementById(id)?.innerText ?? 'absent').join(' '));
  assert.match(described, /abc/);
  assert.match(await verdict(page, 'C-10').innerText(), /数据有误/);
  await input.fill('480');
  assert.equal(await input.getAttribute('aria-invalid'), 'false');
  await field(page, 'mech_swept_area').fill('500');
  assert.match(await page.locator('.field').filter({ has: page.locator('[data-path="mech_swept_area"]') }).innerText(), /不应大于/);
});

test('what is shown is what was judged: a tick from a spreadsheet, a date typed in one go', async () => {
  const page = await start();
  for (const [given, shown, outcome] of [['√', [true, false], 'pending'], ['ＹＥＳ', [true, false], 'pending'], ['×', [false, true], 'unmet'], ['无', [false, true], 'unmet'], ['是的', [false, false], 'invalid']]) {
    await page.locator('#file').setInputFiles({ name: 'data.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ green_maint_contract: given })) });
    // All of it agrees in the end: the text that is kept, its verdict, and the answer that is marked.
    await page.waitForFunction(([text, shown, outcome]) => {
      const { entry, report, shadowRoot } = shownCheck();
      const marked = [...shadowRoot.querySelectorAll('[id="f-green_maint_contract"] input')].map((input) => input.checked);
      return entry.fields.green_maint_contract === text && String(marked) === String(shown) && report.findings.find(({ indicator }) => indicator === 'A-07').outcome === outcome;
    }, [given, shown, outcome]);
  }
  await unfold(page, '6-support');
  const day = field(page, 'drill_date');
  await day.focus();
  // Month, day and year as this browser has them: the year takes no fifth digit.
  await page.keyboard.type('050120239');
  assert.equal(await day.getAttribute('type'), 'date');
  assert.match(await day.inputValue(), /^\d{4}-05-01$/);
});

test('a line that is not set waits for the user; 不涉及 needs a reason', async () => {
  const page = await start();
  await field(page, 'garden_waste_total').fill('84600');
  await field(page, 'garden_waste_used').fill('61200');
  assert.match(await verdict(page, 'C-07').innerText(), /待定线/);
  await verdict(page, 'C-07').locator('.brief button').click();
  await page.keyboard.type('70');
  assert.match(await verdict(page, 'C-07').innerText(), /达标/);

  await verdict(page, 'C-15').getByRole('button', { name: '标为不涉及' }).click();
  assert.match(await verdict(page, 'C-15').innerText(), /请写明理由/);
  assert.equal(await field(page, 'reason:C-15').evaluate((node) => node.getRootNode().activeElement === node), true);
  await page.keyboard.type('没有人流聚集的公共场所');
  assert.match(await verdict(page, 'C-15').innerText(), /不涉及/);
  await verdict(page, 'C-15').getByRole('button', { name: '恢复核查' }).click();
  assert.match(await verdict(page, 'C-15').innerText(), /缺数据/);
});

test('the summary lists failed first, heaviest first, and leads to the place', async () => {
  const page = await start();
  await fillExample(page);
  const heads = await page.locator('.clump > summary .state').allInnerTexts();
  const order = ['未达标', '部分得分', '数据有误', '缺数据', '待定线', '达标', '豁免', '不涉及'];
  assert.deepEqual(heads, order.filter((word) => heads.includes(word)));
  assert.equal(await page.locator('.clump', { has: page.locator('.state.met') }).evaluate((node) => node.open), false);
  const gains = await page.locator('.clump').first().locator('.item-gain').allInnerTexts();
  // What has no points, or is late, says so instead.
  const points = gains.map((text) => Number((text.match(/[\d.]+/) ?? ['0'])[0]));
  assert.deepEqual(points, [...points].sort((a, b) => b - a));
  // Three indicators do not apply: how the chapters become the score is said, and what is won counts like the score.
  assert.match(await page.locator('.summary').innerText(), /63\.02–70\.28[^]*各方面合计 60\.8–67\.8 \/ 82（不涉及的不计），按计分办法折算成满分 85 分/);
  assert.equal(points[0], 1.04);
  assert.match(await page.locator('.clump', { has: page.locator('.state.missing') }).locator('.item-gain').first().innerText(), /未定 \/ 1 分/);
  const missing = page.locator('.clump', { has: page.locator('.state.missing') }).locator('.item').first();
  await missing.click();
  assert.equal(await page.evaluate(() => innermost().dataset.path), 'site_big_monitored');
  await page.locator('.clump .item').first().click();
  assert.match(await page.evaluate(() => innermost().id), /^i-A-/);
});

test('where storage is refused the page says so and offers the file', async () => {
  const page = await open(browser, 'about:blank');
  await page.addInitScript(() => { Object.defineProperty(globalThis, 'indexedDB', { value: { open: () => { throw new DOMException('refused', 'SecurityError'); } } }); });
  await page.goto(server.address);
  await ready(page);
  await field(page, 'swept_area').fill('480');
  const kept = page.locator('.tools .kept');
  assert.match(await kept.innerText(), /无法在本机保存[^]*导出数据/);
  const [download] = await Promise.all([page.waitForEvent('download'), kept.getByRole('button', { name: '导出数据' }).click()]);
  assert.match(download.suggestedFilename(), /\.json$/);
});

test('where storage is refused, notes alone are not left without a word', async () => {
  const page = await open(browser, 'about:blank');
  await page.addInitScript(() => { Object.defineProperty(globalThis, 'indexedDB', { value: { open: () => { throw new DOMException('refused', 'SecurityError'); } } }); });
  await page.goto(server.address);
  await ready(page);
  const leaves = () => page.evaluate(() => { const event = new Event('beforeunload', { cancelable: true }); window.dispatchEvent(event); return !event.defaultPrevented; });
  assert.equal(await leaves(), true);
  await page.evaluate(() => { const { work } = document.querySelector('duibiao-desk'); work.commit({ ...work.assessment, notes: { 'C-10': '写了半小时的说明' } }, 'note:C-10'); });
  await page.locator('.tools .kept', { hasText: '无法在本机保存' }).waitFor();
  assert.equal(await leaves(), false);
});

test('English words with lang="en"', async () => {
  const page = await open(browser, `${server.address}?lang=en`);
  await ready(page);
  assert.match(await verdict(page, 'C-10').innerText(), /Data missing/);
  assert.equal((await page.evaluate(() => shownCheck().report)).lang, 'en');
});

test('the date can be changed and is kept', async () => {
  const page = await start();
  await page.locator('#as-of').fill('2024-06-30');
  await page.locator('#as-of').dispatchEvent('change');
  assert.equal((await page.evaluate(() => shownCheck().report)).as_of, '2024-06-30');
  await savedWith(page, '2024-06-30');
  await page.reload();
  await ready(page);
  assert.equal(await page.locator('#as-of').inputValue(), '2024-06-30');
  await page.getByRole('button', { name: '改回今天' }).click();
  assert.equal(await page.locator('#as-of').inputValue(), await page.evaluate(() => new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10)));
});
