// The page as one file, opened from disk as by a double click: no server, no fetch, and the data stays.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { engines, field, launch, openDesk, ready, textLike, verdict } from './engines.mjs';

const file = new URL('../../www/dist/duibiao-changzhou-2023.html', import.meta.url).href;

for (const engine of engines) describe(engine, () => {
  let browser;
  before(async () => { browser = await launch(engine); });
  after(() => browser?.close());

  test('from disk: fill in, verdict, why, export, and a reload keeps the data', async () => {
    const page = await openDesk(browser, file);
    await page.fill(field('swept_area'), '480');
    await page.fill(field('mech_swept_area'), '412');
    await textLike(page, verdict('C-10'), /未达标|部分得分/);
    await page.click('#w-C-10');
    await textLike(page, '#p-C-10', /增加 34\.4/);
    await textLike(page, '.kept', /已保存 \d\d:\d\d/);
    const { name, bytes } = await page.download(() => page.push('导出数据'));
    assert.match(name, /changzhou-2023.*\.json$/);
    assert.equal(JSON.parse(bytes).fields.mech_swept_area, '412');
    await page.reload();
    await ready(page);
    assert.equal(await page.value(field('mech_swept_area')), '412');
    assert.match(await page.text(verdict('C-10')), /85\.83%/);
    assert.deepEqual(await page.complaints(), []);
    await page.close();
  });

  test('from disk: the example', async () => {
    const page = await openDesk(browser, file);
    await page.push('填入示例数据');
    await textLike(page, '.message', /示例/);
    assert.notEqual(await page.value(field('swept_area')), '');
    assert.deepEqual(await page.complaints(), []);
    await page.close();
  });

  test('nothing that comes into the file can run: no inline script, no text as program', async () => {
    const page = await openDesk(browser, file);
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.intruder = 1';
      document.body.append(script);
      const image = document.createElement('img');
      image.setAttribute('onerror', 'window.intruder = 2');
      // After the one above, and after a timer that is set before it.
      const after = new Promise((done) => { image.addEventListener('error', () => window.setTimeout(done, 10)); });
      window.setTimeout('window.intruder = 3', 0);
      image.src = 'data:,';
      document.body.append(image);
      return after;
    });
    assert.equal(await page.evaluate(() => window.intruder ?? null), null);
    await page.close();
  });

  test('another day, from disk: the data is still there', { skip: engine === 'webkit' && 'its browser for tests forgets all when it ends' }, async () => {
    const profile = await mkdtemp(join(tmpdir(), 'duibiao-'));
    const first = await launch(engine, { profile });
    const page = await openDesk(first, file);
    await page.fill(field('swept_area'), '480');
    await textLike(page, '.kept', /已保存 \d\d:\d\d/);
    await first.close();
    const second = await launch(engine, { profile });
    const again = await openDesk(second, file);
    assert.equal(await again.value(field('swept_area')), '480');
    await second.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });
});
