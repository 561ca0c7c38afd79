// The whole work in one file from disk, in three engines: check, put right, hand upward.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { engines, field, launch, openDesk, ready, textLike, verdict } from './engines.mjs';

const file = new URL('../../www/dist/duibiao-changzhou-2023.html', import.meta.url).href;

for (const engine of engines) describe(engine, () => {
  let browser, folder;
  before(async () => { browser = await launch(engine); folder = await mkdtemp(join(tmpdir(), 'duibiao-')); });
  after(async () => { await browser?.close(); await rm(folder, { recursive: true, force: true }); });

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
      assert.deepEqual(stdout.match(id), (await page.text('.paper tbody')).match(id));
      for (const sheet of sheets) assert.match(sheet, /责任/);
      assert.doesNotMatch(stdout, /Word|Excel/);
    }
    assert.deepEqual(await page.complaints(), []);
    await page.close();
  });
});
