// A standard of many chapters: one form at a time, the table of contents leads everywhere, and the score says where it stands.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { field, fillExample, launch, open, ready, serve, unfold, verdict } from './browser.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
let server, browser;
before(async () => {
  // The other standard has what this one leaves open: weights, grades, a veto, a bonus.
  const folder = await mkdtemp(join(tmpdir(), 'duibiao-'));
  const made = join(folder, 'fire-safety.wasm');
  assert.equal(spawnSync(join(root, 'target/release/duibiao'), ['build', join(root, 'rules/fire-safety'), '-o', made]).status, 0);
  const fire = await readFile(made);
  await rm(folder, { recursive: true });
  server = await serve({
    '/fire-safety.wasm': { body: fire, type: 'application/wasm' },
    '/fire.html': { type: 'text/html; charset=utf-8', body: '<!doctype html><html lang="zh-CN"><title>fire</title><link rel="icon" href="data:,"><script src="/duibiao-check.js"></script><body><duibiao-check src="fire-safety.wasm" example="example-fire-safety.json" as-of="2024-12-20"></duibiao-check></body></html>' },
  });
  browser = await launch();
});
after(async () => { await browser.close(); await server.close(); });

const start = async (path = '') => {
  const page = await open(browser, server.address + path);
  await ready(page, null);
  return page;
};
const focused = (page) => page.evaluate(() => innermost()?.id);
const lines = (page) => page.locator('duibiao-check .lines').innerText();

test('a long standard opens with one chapter, and each can be shown and put away', async () => {
  const page = await start();
  const shown = () => page.locator('.chapter-head[aria-expanded=true]').count();
  assert.equal(await page.locator('.chapter-head').count(), 10);
  assert.equal(await shown(), 1);
  assert.equal(await field(page, 'swept_area').count(), 0);
  await page.locator('.chapters .part', { hasText: '环境卫生' }).click();
  assert.equal(await focused(page), 'c-3-sanitation');
  await field(page, 'swept_area').fill('480');
  await page.locator('[id="c-3-sanitation"] .chapter-head').click();
  assert.equal(await field(page, 'swept_area').count(), 0);
  await unfold(page, '3-sanitation');
  assert.equal(await field(page, 'swept_area').inputValue(), '480');
  await page.getByRole('button', { name: '全部展开' }).click();
  assert.equal(await shown(), 10);
  await page.getByRole('button', { name: '全部收起' }).click();
  assert.equal(await shown(), 0);
  assert.deepEqual(page.complaints, []);
});

test('a host says which chapter is shown', async () => {
  const page = await start('examples/portal.html');
  await page.locator('duibiao-check').evaluate((element) => { element.setAttribute('chapter', '7-participation'); });
  await field(page, 'survey_valid').waitFor();
  assert.deepEqual(page.complaints, []);
});

test('to paper goes everything', async () => {
  const page = await start();
  await page.emulateMedia({ media: 'print' });
  await page.pdf();
  assert.ok(await field(page, 'swept_area').count() === 1);
});

test('a short standard is shown at once', async () => {
  const page = await start('fire.html');
  assert.equal(await page.locator('.chapter-head[aria-expanded=false]').count(), 0);
  assert.deepEqual(page.complaints, []);
});

test('the way to an indicator, a figure or a line opens its chapter', async () => {
  const page = await start();
  await fillExample(page);
  await page.locator('.clump .item', { hasText: '管网三套体系建成' }).click();
  await page.locator('#p-B-07').waitFor();
  assert.equal(await focused(page), 'i-B-07');
  await page.locator('.clump .item', { hasText: '台账完善与迎检准备' }).click();
  await page.waitForFunction(() => innermost()?.dataset.path === 'inspection_ready_date');
  await page.locator('.lines').getByRole('button', { name: '达标线' }).click();
  await page.waitForFunction(() => innermost()?.dataset.path === 'parameter:pass_line');
  await page.keyboard.type('60');
  assert.match(await lines(page), /达标线\s+60\s+达到/);
  assert.equal(await page.evaluate(() => innermost()?.dataset.path), 'parameter:pass_line');
});

test('every chapter says where it stands, and what the scheme lacks is named', async () => {
  const page = await start();
  await fillExample(page);
  const head = (id) => page.locator(`[id="c-${id}"] .chapter-head`).innerText();
  const { chapters } = await page.evaluate(() => shownCheck().report.score);
  assert.equal(chapters.length, 9);
  assert.match(await head('1-appearance'), /未达标\s*2\s*10 \/ 12/);
  assert.match(await head('3-sanitation'), /部分得分\s*1[^]*失分预警[^]*10\.8–12\.8 \/ 19/);
  assert.match(await head('8-steps'), /不计分/);
  assert.match(await lines(page), /达标线\s+未设定[^]*待设定\s+满分、达标线、分项线[^]*各阶段已于 2024-12-31 结束/);
  assert.doesNotMatch(await lines(page), /等级|加分|否决/);
  // Points that have no finite decimal form are shown as decimals.
  assert.doesNotMatch(await page.locator('.summary').innerText(), /\d\/\d{3}/);
});

test('sections count as their chapter does: what is set aside is in neither', async () => {
  const page = await start();
  await fillExample(page);
  await page.evaluate(() => { const { work } = document.querySelector('duibiao-desk'); work.commitEntry({ ...work.entry, not_applicable: { ...work.entry.not_applicable, 'A-08': '没有' } }, ''); });
  const counts = await page.locator('.chapters .item:not(.part)').allInnerTexts();
  assert.ok(counts.length > 0);
  assert.ok(counts.some((text) => /不涉及/.test(text)), counts.join());
  assert.doesNotMatch(counts.join(), /达标 0\/0/);
  const [met, all] = counts.flatMap((text) => [...text.matchAll(/达标 (\d+)\/(\d+)/g)]).reduce(([a, b], [, n, of]) => [a + Number(n), b + Number(of)], [0, 0]);
  const [, chapter] = await page.evaluate(() => shownCheck().report.score.chapters.map(({ chapter: id, full }) => [id, Number(full)])[0]);
  assert.deepEqual([met, all], [9, chapter]);
});

test('grade, bonus, floors and vetoes stand where the scheme has them', async () => {
  const page = await start('fire.html');
  await fillExample(page);
  assert.match(await lines(page), /参考结论\s+未定[^]*达标线\s+60\s+达到[^]*等级\s+合格[^]*加分\s+＋2[^]*已触发[^]*消防控制室值班[^]*最高评为“合格”/);
  await field(page, 'drill_date').fill('2024-10-09');
  assert.match(await lines(page), /参考结论\s+符合达标条件[^]*分项线\s+各方面都达到/);
  await field(page, 'exits_locked').fill('1');
  assert.match(await lines(page), /参考结论\s+不符合达标条件[^]*安全出口没有锁闭\s+一票否决/);
  assert.match(await verdict(page, 'E-02').innerText(), /0 \/ 10 分\s+一票否决/);
  await verdict(page, 'S-03').getByRole('button', { name: '原因与改法' }).click();
  assert.match(await page.locator('#p-S-03').innerText(), /得分 4 \/ 6 分：工作正常的点位 ÷ 报警点位总数 99\.25%，≥\s98%/);
});

test('deadlines, what is overdue, the phase, and what is only for the record', async () => {
  const page = await start();
  await fillExample(page);
  await unfold(page, '8-steps');
  assert.match(await verdict(page, 'P-04').innerText(), /不计分\s+期限 2023-10-31\s+已逾期/);
  assert.doesNotMatch(await verdict(page, 'P-05').innerText(), /已逾期/);
  await verdict(page, 'P-04').getByRole('button', { name: '原因与改法' }).click();
  assert.match(await page.locator('#p-P-04').innerText(), /阶段\s+第二阶段 · 2023-06-01 – 2023-10-31/);
  assert.equal(await page.locator('#p-P-04 .advice li').count(), 2);
  assert.match(await page.locator('.field', { has: page.locator('[data-path=superv_units]') }).innerText(), /仅备案/);
  await page.locator('#as-of').fill('2023-09-01');
  await page.locator('#as-of').dispatchEvent('change');
  assert.match(await lines(page), /第二阶段[^]*对照标准加强管理/);
});
