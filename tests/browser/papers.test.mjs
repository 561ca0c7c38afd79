// 上报材料: the same paper on the screen, on A4 and in Word; nothing is cut off, and nothing leaves the page.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { people } from '../tools/papers.mjs';
import { asOf, axeViolations, fillExample, launch, open, phone, ready, serve, sticksOut, tab } from './browser.mjs';

let server, browser, folder;
before(async () => { server = await serve(); browser = await launch(); folder = await mkdtemp(join(tmpdir(), 'duibiao-')); });
after(async () => { await browser.close(); await server.close(); await rm(folder, { recursive: true }); });

async function start(options = {}) {
  const page = await open(browser, server.address, options);
  await ready(page, null);
  await fillExample(page);
  await page.evaluate((parts) => { const { work } = document.querySelector('duibiao-desk'); work.commit({ ...work.assessment, ...parts }, ''); }, people);
  await asOf(page, '2024-01-01');
  await tab(page, 'papers');
  return page;
}
const choose = async (page, id) => { await page.locator(`input[name=paper][value=${id}]`).check(); };

/** The pages of a PDF as text, by the tool that `make browser` installs. */
async function pages(page) {
  const file = join(folder, 'paper.pdf');
  await writeFile(file, await page.pdf({ preferCSSPageSize: true }));
  const { stdout, status, error } = spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  assert.deepEqual([error, status], [undefined, 0], 'pdftotext');
  return stdout.split('\f').slice(0, -1);
}

test('every paper is shown, with its notice, digests and places to sign', async () => {
  const page = await start();
  const titles = { account: '自评报告', score: '自评得分表', unmet: '未达标清单', tasks: '整改清单', missing: '缺数据清单', pending: '待定阈值清单', slips: '整改交办单' };
  for (const [id, title] of Object.entries(titles)) {
    await choose(page, id);
    const paper = page.locator('.paper').first();
    assert.equal(await paper.locator('h3').innerText(), title);
    const text = await paper.innerText();
    assert.match(text, /参考标准：[^]*不代表正式评定/);
    assert.match(text, /盖章）：|签字）：/);
    assert.match(text, /2024年1月1日/);
    assert.match(text, /规则摘要：sha256:[0-9a-f]{64} sm3:[0-9a-f]{64}[^]*数据摘要：sha256:/);
  }
  assert.deepEqual(page.complaints, []);
});

test('evidence, notes and the rectification list stand in the papers', async () => {
  const page = await start();
  await choose(page, 'score');
  assert.match(await page.locator('.paper').innerText(), /机械化清扫作业台账（常城管环〔2023〕12号、2023-10-20、页码 36）/);
  assert.match(await page.locator('.paper').innerText(), /说明：三季度新购机扫车 12 辆/);
  await choose(page, 'tasks');
  assert.match(await page.locator('.paper tr', { hasText: 'C-10' }).innerText(), /王建国\s+2023-12-20\s+11 月底前投用 12 辆机扫车。\s+已到货 8 辆\s+整改中，逾期 12 天/);
  assert.match(await page.locator('.paper tr', { hasText: 'A-10' }).innerText(), /2023-12-01 销号，现又不达标/);
  await choose(page, 'slips');
  assert.ok(await page.locator('.paper').count() > 5);
  await page.locator('#paper-unit').selectOption('市公安局');
  assert.equal(await page.locator('.paper').count(), 1);
  assert.match(await page.locator('.paper').innerText(), /交办对象：市公安局[^]*D-05[^]*D-07/);
});

test('on A4 the page is the paper alone: heads repeat, pages have numbers, rows are whole', async () => {
  const page = await start();
  await choose(page, 'score');
  const found = await pages(page);
  assert.ok(found.length > 5);
  found.forEach((text, i) => {
    // Chromium 131 and later number pages by the style sheet.
    assert.match(text, new RegExp(`— *${i + 1} *—`));
    if (/[A-GPRX]-\d\d/.test(text)) assert.match(text, /序号\s+指标\s+分值/);
  });
  assert.doesNotMatch(found[0], /导出|撤销|填报核查|指标自查|草稿/);
  assert.match(found[found.length - 1], /填报单位（盖章）/);
  // A row stands on one page: nothing is written twice, nothing is lost.
  for (const { id } of await page.evaluate(() => document.querySelector('duibiao-desk').work.desk.standard.indicators)) {
    assert.equal(found.filter((text) => text.includes(id)).length, 1, id);
  }
  await choose(page, 'slips');
  const slips = await pages(page);
  assert.ok(slips.filter((text) => text.includes('整改交办单')).length === await page.locator('.paper').count());
  // Each is a document of its own.
  let number = 0;
  for (const text of slips) {
    number = text.includes('整改交办单') ? 1 : number + 1;
    assert.match(text, new RegExp(`— *${number} *—`));
  }
  // No day is torn apart, however narrow its column.
  await choose(page, 'tasks');
  for (const text of await pages(page)) assert.doesNotMatch(text, /\d{4}-\d{0,2}-?\s*$/m);
});

test('on A4 no page bears signatures alone, and the table of chapters stands on one', async (t) => {
  const page = await start();
  for (const [id, units] of [['score', ['', '各辖市区', '市住房和城乡建设局']], ['tasks', ['', '市城市管理局']], ['missing', ['']], ['slips', ['']]]) {
    await choose(page, id);
    for (const unit of units) {
      await page.locator('#paper-unit').selectOption(unit);
      const found = await pages(page);
      if (found === undefined) { t.skip('pdftotext is not there'); return; }
      for (const text of found.filter((one) => /（盖章）|（签字）/.test(one))) {
        const above = text.split(/[^\n]*(?:（盖章）|（签字）)/)[0].split('\n').filter((line) => line.trim() !== '');
        assert.ok(above.length > 2, `${id} ${unit}: ${above.join('/')}`);
      }
      // On the sheet as on the screen: once.
      const signs = await page.locator('.paper-signs:visible').count();
      assert.equal(found.join('').match(/（盖章）/g).length, signs);
    }
  }
  await choose(page, 'account');
  const [sums] = (await pages(page)).filter((text) => /方面\s+指标\s+达标/.test(text));
  assert.match(sums, /城市容貌\s+12[^]*工作要求与核对[^]*总分/);
});

test('Word: a document to edit, with real tables whose heads repeat, on A4, with page numbers', async () => {
  const page = await start();
  const word = async (id) => {
    await choose(page, id);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 Word' }).click()]);
    const parts = unzipSync(new Uint8Array(await readFile(await download.path())));
    return { name: download.suggestedFilename(), document: strFromU8(parts['word/document.xml']), footer: strFromU8(parts['word/footer1.xml']) };
  };
  const score = await word('score');
  assert.equal(score.name, '自评得分表-2024-01-01.docx');
  assert.match(score.document, /<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"\/>/);
  assert.equal(score.document.match(/<w:tblHeader\/>/g).length, 1);
  assert.equal(score.document.match(/<w:cantSplit\/>/g).length, score.document.match(/<w:tr>/g).length);
  assert.match(score.document, /w:eastAsia="仿宋"/);
  assert.match(score.footer, /PAGE/);
  const account = await word('account');
  assert.match(account.document, /<w:pgSz w:w="11906" w:h="16838"/);
  assert.match(account.document, /w:highlight w:val="yellow"/);
  // What is in the preview is in the document.
  const text = account.document.replace(/<\/w:p>/g, '\n').replace(/<[^>]+>/g, '').replace(/&amp;/g, '&').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/\s/g, '');
  const shown = await page.locator('.paper h4, .paper h5, .paper .said, .paper td').allInnerTexts();
  for (const one of shown) assert.ok(text.includes(one.replace(/\s/g, '')), one);
  await choose(page, 'slips');
  await page.locator('#paper-unit').selectOption('市公安局');
  assert.equal((await word('slips')).name, '整改交办单-市公安局-2024-01-01.docx');
  assert.deepEqual(page.complaints, []);
});

test('Excel: the same rows, as figures where they are figures', async () => {
  const page = await start();
  const excel = async (id) => {
    await choose(page, id);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 Excel' }).click()]);
    const parts = unzipSync(new Uint8Array(await readFile(await download.path())));
    const text = (name) => strFromU8(parts[name]);
    const strings = [...text('xl/sharedStrings.xml').matchAll(/<si>([^]*?)<\/si>/g)].map(([, one]) => one.replace(/<[^>]+>/g, '').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&'));
    return { name: download.suggestedFilename(), strings: new Set(strings.map((one) => one.replace(/\s/g, ''))), sheets: [...text('xl/workbook.xml').matchAll(/<sheet name="([^"]*)"/g)].map(([, one]) => one), workbook: text('xl/workbook.xml'), first: text('xl/worksheets/sheet1.xml') };
  };
  for (const id of ['score', 'unmet', 'tasks', 'missing', 'pending', 'slips', 'account']) {
    const book = await excel(id);
    assert.match(book.name, /^.+-2024-01-01\.xlsx$/);
    for (const cell of await page.locator(['.paper td', '.paper .said', '.paper h4', '.paper-facts > span', '.paper-signs > span', '.paper-marks > span'].map((what) => `${what}:visible`).join(', ')).allInnerTexts()) {
      const bare = cell.replace(/\s/g, '');
      if (bare !== '' && !/^-?[\d.]+$/.test(bare)) assert.ok(book.strings.has(bare) || (id === 'account' && [...book.strings].some((one) => one.includes(bare))), `${id}: ${cell}`);
    }
    // Figures to count with; the head on each page, A4 across, nothing outside of what is printed.
    if (id === 'score') {
      assert.match(book.first, /<c r="G[^"]*" s="\d+"><v>1<\/v>/);
      assert.match(book.first, /<pageSetup paperSize="9"[^>]*orientation="landscape"/);
      assert.match(book.workbook, /Print_Area[^>]*>自评得分表!\$A\$1:\$J\$\d+<[^]*Print_Titles[^>]*>自评得分表!\$7:\$7</);
    }
    if (id === 'pending') assert.deepEqual(book.sheets.slice(-2), ['待定线', '填报人已设定的线']);
    assert.equal(new Set(book.sheets).size, book.sheets.length);
  }
  assert.deepEqual(page.complaints, []);
});

test('the keyboard alone chooses a paper and exports it', async () => {
  const page = await start();
  await page.locator('#tab-papers').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.locator('.paper h3').innerText(), '未达标清单');
  for (let i = 0; i < 6; i += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => innermost()?.innerText === '导出 Word')) break;
  }
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  assert.match(download.suggestedFilename(), /^未达标清单/);
});

for (const [name, options] of [['wide', {}], ['390 px, dark', { viewport: phone, colorScheme: 'dark' }]]) {
  test(`access: ${name}`, async () => {
    const page = await start(options);
    for (const id of ['account', 'score', 'pending']) {
      await choose(page, id);
      assert.deepEqual(await axeViolations(page), []);
      assert.equal(await sticksOut(page), 0);
    }
    await page.context().close();
  });
}
