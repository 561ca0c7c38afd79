// 复核一份报告: the report that the page exports holds; one that was altered does not, and the page says where.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axeViolations, fillExample, launch, open, phone, ready, serve, sticksOut, tab } from './browser.mjs';

let server, browser, folder;
before(async () => { server = await serve(); browser = await launch(); folder = await mkdtemp(join(tmpdir(), 'duibiao-')); });
after(async () => { await browser.close(); await server.close(); await rm(folder, { recursive: true, force: true }); });

const golden = new URL('../golden/report.json', import.meta.url);
const box = (page) => page.locator('.recheck');

async function start(options = {}) {
  const page = await open(browser, server.address, options);
  await ready(page, null);
  await fillExample(page);
  await tab(page, 'papers');
  return page;
}

/** Chooses a file of this text; what is told of it. */
async function choose(page, name, text) {
  const path = join(folder, name);
  await writeFile(path, text);
  await box(page).locator('input[type=file]').setInputFiles(path);
  await box(page).locator('.message', { hasText: name }).waitFor();
  return box(page).innerText();
}

test('a report as it was made holds, an altered one does not: verdict, data, rules', async () => {
  const page = await start();
  const text = await readFile(golden, 'utf8');
  assert.match(await choose(page, '原样.json', text), /成立：“原样\.json”/);
  const altered = (change) => { const report = JSON.parse(text); change(report); return JSON.stringify(report); };
  const finding = ({ findings }, id) => findings.find(({ indicator }) => indicator === id);
  const turned = altered((report) => { finding(report, 'C-10').outcome = 'met'; });
  const [{ outcome }] = JSON.parse(text).findings.filter(({ indicator }) => indicator === 'C-10');
  assert.notEqual(outcome, 'met');
  assert.match(await choose(page, '改结论.json', turned), /不成立：“改结论\.json”[^]*报告被改过[^]*结论\s+C-10\s+达标/);
  const data = altered((report) => { report.entry.fields.mech_swept_area = '9999'; });
  assert.match(await choose(page, '改数据.json', data), /不成立：“改数据\.json”[^]*数据被改过/);
  const rules = altered((report) => { report.standard.digest = report.standard.digest.replace(/[0-9a-f]{4}$/, '0000'); });
  assert.match(await choose(page, '别的规则.json', rules), /不成立[^]*规则不同/);
  // What is entered stays as it is.
  assert.ok(await page.evaluate(() => Object.keys(document.querySelector('duibiao-desk').work.entry.fields).length > 100));
  assert.deepEqual(page.complaints, []);
});

test('what is no report is refused, with the reason; for phones and axe too', async () => {
  const page = await start({ viewport: phone });
  assert.match(await choose(page, '半个.json', '{"schema": "duibiao-report/2", '), /没能复核“半个\.json”[^]*第 1 行/);
  assert.match(await choose(page, '数据.json', '{"swept_area": 1}'), /没能复核“数据\.json”/);
  assert.match(await choose(page, '数据.json', '{"fields": {"swept_area": 1}}'), /没能复核“数据\.json”：这是数据文件，不是核查报告[^]*导出核查报告[^]*导入数据/);
  assert.match(await choose(page, '别的.json', '[1, 2]'), /这不是核查报告。请选“导出核查报告”存下的/);
  assert.match(await choose(page, '旧.json', '{"schema": "duibiao-report/1"}'), /没能复核“旧\.json”[^]*duibiao-report\/1/);
  const report = JSON.parse(await readFile(golden, 'utf8'));
  for (const finding of report.findings) finding.points = '7';
  assert.match(await choose(page, '分数.json', JSON.stringify(report)), /不成立[^]*另有 \d+ 处/);
  assert.deepEqual(await axeViolations(page), []);
  assert.equal(await sticksOut(page), 0);
  assert.deepEqual(page.complaints, []);
});
