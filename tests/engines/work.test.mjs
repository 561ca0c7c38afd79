// The whole work in one file from disk, in three engines: forms out and back, check, put right, hand upward.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { initSync, read, write_form } from '../../target/module/office.js';
import { engines, field, launch, openDesk, ready, textLike, verdict } from './engines.mjs';

const built = (name) => readFileSync(new URL(`../../target/module/${name}`, import.meta.url));
const rulebook = new Uint8Array(WebAssembly.Module.customSections(new WebAssembly.Module(built('changzhou-2023.wasm')), 'duibiao.rulebook')[0]);
initSync({ module: new WebAssembly.Module(built('office_bg.wasm')) });
const file = new URL('../../www/dist/duibiao-changzhou-2023.html', import.meta.url).href;

for (const engine of engines) describe(engine, () => {
  let browser, folder;
  before(async () => { browser = await launch(engine); folder = await mkdtemp(join(tmpdir(), 'duibiao-')); });
  after(async () => { await browser?.close(); await rm(folder, { recursive: true, force: true }); });

  test('a form goes out as Excel; three departments come back, and what differs is settled', async () => {
    const page = await openDesk(browser, file);
    await page.fill(field('swept_area'), '480');
    await page.click('#tab-tables');
    const { name, bytes } = await page.download(() => page.push('下载填报表'));
    assert.match(name, /填报表-全部-.*\.xlsx$/);
    assert.deepEqual(read(rulebook, name, new Uint8Array(bytes)).entry.fields, { swept_area: '480' });

    const sent = [
      ['城管局.xlsx', write_form(rulebook, { fields: { swept_area: '5000', mech_swept_area: '4700' } }, { as_of: '2024-06-01' })],
      ['环卫处.xlsx', write_form(rulebook, { fields: { swept_area: '5120.5' } }, { as_of: '2024-06-01' })],
      ['金坛.csv', '数据项,填报值\nmech_swept_area,4700\ndistrict_dustfall.金坛区,2.5\n'],
    ];
    for (const [as, content] of sent) await writeFile(join(folder, as), content);
    await page.choose('#sheets', sent.map(([as]) => join(folder, as)));
    await textLike(page, '.conflict', /道路清扫保洁面积[^]*480[^]*已填[^]*5000[^]*城管局\.xlsx[^]*5120\.5[^]*环卫处\.xlsx/);
    assert.equal(await page.count('.conflict'), 1);
    await page.push('还有 1 项要选定');
    await page.press('ArrowDown');
    await page.press('ArrowDown');
    await page.push('读入这 3 项');
    await textLike(page, '.message', /已从 3 个文件读入 3 项数据/);
    await page.click('#tab-form');
    assert.equal(await page.value(field('swept_area')), '5120.5');
    assert.equal(await page.value(field('district_dustfall.金坛区')), '2.5');
    await textLike(page, verdict('C-10'), /91\.79%/);
    await page.push('撤销');
    assert.equal(await page.value(field('swept_area')), '480');
    assert.equal(await page.value(field('mech_swept_area')), '');
    assert.deepEqual(await page.complaints(), []);
    await page.close();
  });

  test('what falls short is put right, kept, and stands in the papers: Word and print', async () => {
    const page = await openDesk(browser, file);
    await page.push('填入示例数据');
    await textLike(page, '.message', /示例/);
    await page.click('#tab-tasks');
    await page.fill('[data-path="task:C-10:person"]', '王建国');
    await page.fill('[data-path="task:C-10:measure"]', '增配机扫车12辆');
    await textLike(page, '.kept', /已保存 \d\d:\d\d/);
    await page.reload();
    await ready(page);
    await page.click('#tab-tasks');
    assert.equal(await page.value('[data-path="task:C-10:measure"]'), '增配机扫车12辆');

    await page.click('#tab-papers');
    await page.click('input[name=paper][value=tasks]');
    await textLike(page, '.paper', /C-10[^\n]*王建国[^\n]*增配机扫车12辆/);
    const { name, bytes } = await page.download(() => page.push('导出 Word'));
    assert.match(name, /^整改清单-.*\.docx$/);
    const document = strFromU8(unzipSync(new Uint8Array(bytes))['word/document.xml']);
    for (const part of ['C-10', '增配机扫车12辆', '王建国', '不代表正式评定']) assert.ok(document.includes(part), part);

    // WebKitGTK's driver cannot print.
    if (engine !== 'webkit') {
      const pdf = join(folder, `${engine}.pdf`);
      await writeFile(pdf, await page.pdf());
      const { stdout } = spawnSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
      const sheets = stdout.split('\f').slice(0, -1);
      assert.ok(sheets.length > 1);
      // Every row once, in order, and nothing of the page around; the head of the table is on each sheet. (Firefox's fonts do not tell all they say.)
      const id = /\b[A-GPRX]-\d\d\b/g;
      assert.deepEqual(stdout.match(id), (await page.text('.paper table')).match(id));
      for (const [i, sheet] of sheets.entries()) assert.match(sheet, /责任/, `sheet ${i + 1} of ${sheets.length}`);
      assert.doesNotMatch(stdout, /Word|Excel/);
    }
    assert.deepEqual(await page.complaints(), []);
    await page.close();
  });
});
