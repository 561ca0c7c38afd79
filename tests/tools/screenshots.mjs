// Takes the pictures of the README anew, from the page and the studio as they were last built.
// Usage: node tests/tools/screenshots.mjs
import { fileURLToPath } from 'node:url';
import { asOf, fillExample, launch, open, phone, ready, serve, tab, wide } from '../browser/browser.mjs';
import { people } from './papers.mjs';

const AS_OF = '2024-12-20';
const folder = new URL('../../www/screenshots/', import.meta.url);
const server = await serve();
const browser = await launch();
const shot = (page, name) => page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, folder)) });

/** The self-check with the example, at an indicator that is explained. */
async function check(name, viewport) {
  const page = await open(browser, server.address, { viewport });
  await ready(page, null);
  await fillExample(page);
  await page.locator('#as-of').fill(AS_OF);
  await page.locator('#as-of').dispatchEvent('change');
  await page.getByRole('button', { name: '全部展开' }).click();
  await page.getByRole('button', { name: '全部收起' }).click();
  await page.locator('.clump .item', { hasText: '建筑垃圾无害化' }).click();
  await page.locator('#p-C-08').waitFor();
  const place = viewport.width < 600 ? page.locator('[id="i-C-08"]') : page.locator('.group > h3', { hasText: '建筑垃圾' });
  await place.evaluate((node) => node.scrollIntoView({ block: 'start' }));
  await page.locator('.side').evaluate((node) => { node.scrollTop = 0; });
  await page.mouse.move(0, 0);
  await shot(page, name);
}

/** A tab of the desk with the example, some of it worked on. */
async function step(name, viewport, id, prepare = async () => undefined) {
  const page = await open(browser, server.address, { viewport });
  await ready(page, null);
  await fillExample(page);
  await asOf(page, AS_OF);
  await page.evaluate((parts) => { const { work } = document.querySelector('duibiao-desk'); work.commit({ ...work.assessment, ...parts }, ''); }, people);
  await tab(page, id);
  await prepare(page);
  await page.mouse.move(0, 0);
  await shot(page, name);
}

/** The studio with a misspelt name. */
async function studio(name, viewport) {
  const page = await open(browser, `${server.address}studio.html`, { viewport });
  await page.getByRole('button', { name: /^changzhou-2023/ }).click();
  const sound = page.locator('.standing').filter({ hasText: /没有问题|可用/ });
  await sound.waitFor();
  const narrow = viewport.width < 600;
  if (narrow) await page.getByRole('tab', { name: /^文件/ }).click();
  await page.locator('.file-name', { hasText: '5-sweeping.rhai' }).click();
  if (!narrow) {
    await page.locator('duibiao-check [data-path="swept_area"]').waitFor();
    await page.locator('duibiao-check').getByRole('button', { name: '填入示例数据' }).first().click();
    await page.locator('duibiao-check').getByRole('button', { name: '关闭' }).click();
    await page.locator('duibiao-check .part', { hasText: '环境卫生' }).click();
  }
  const line = page.locator('.cm-line', { hasText: 'value: percent(机扫面积' });
  for (let i = 0; i < 40 && await line.count() === 0; i += 1) await page.locator('.cm-scroller').evaluate((node) => { node.scrollTop += 200; });
  await line.click();
  await page.keyboard.press('Home');
  for (let i = 0; i < 'value: percent(机扫面'.length; i += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText('只');
  await page.locator('.standing').filter({ hasText: '1 个错误' }).waitFor();
  await page.keyboard.press('Escape');
  if (!narrow) await page.locator('duibiao-check').evaluate((element) => {
    const head = [...element.shadowRoot.querySelectorAll('.group > h3')].find((node) => node.textContent === '道路清扫保洁');
    head.scrollIntoView({ block: 'start' });
  });
  await page.waitForTimeout(1500);
  await shot(page, name);
}

/** The page for webmasters: one department, with a colour of the site. */
async function embed(name, viewport) {
  const page = await open(browser, `${server.address}embed.html`, { viewport });
  await page.locator('duibiao-check .chapter').first().waitFor();
  await page.locator('.files').waitFor();
  await page.getByLabel('只显示一个方面').selectOption('3-sanitation');
  await page.getByLabel('主色').fill('#8a2b12');
  await page.getByLabel('主色').press('Tab');
  await page.evaluate(() => document.activeElement.blur());
  if (viewport.width < 600) await page.locator('#c-snippet').evaluate((node) => node.scrollIntoView({ block: 'start' }));
  await page.waitForTimeout(300);
  await shot(page, name);
}

await check('check-1280', wide);
await check('check-390', phone);
const trying = async (page) => { await page.getByRole('button', { name: '试算 城市道路机械化清扫率' }).click(); await page.getByRole('button', { name: '填到达标' }).click(); };
for (const [name, viewport] of [['1280', wide], ['390', phone]]) {
  await step(`result-${name}`, viewport, 'result');
  await step(`trying-${name}`, viewport, 'result', trying);
  await step(`tasks-${name}`, viewport, 'tasks');
  await step(`papers-${name}`, viewport, 'papers');
  await step(`help-${name}`, viewport, 'help');
}
await embed('embed-1280', wide);
await embed('embed-390', phone);
await studio('studio-1280', wide);
await studio('studio-390', phone);
await browser.close();
await server.close();
