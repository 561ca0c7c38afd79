// Takes the pictures of each page and state anew, at 1280 and 390 pixels, from the page as it was last built. The clock stands
// still, so that the same build gives the same pictures.
// Usage: node tests/tools/screenshots.mjs [part of a name …]
import { mkdir, writeFile } from 'node:fs/promises';
import { fillExample, launch, open, phone, ready, serve, tab, unfold, verdict, wide } from '../browser/browser.mjs';
import { people } from './papers.mjs';
import { small } from './png.mjs';

const NOW = new Date('2024-12-20T10:30:00+08:00');
const folder = new URL('../../www/screenshots/', import.meta.url);
const wanted = process.argv.slice(2);
const server = await serve();
const browser = await launch();

/** A page whose clock stands still. */
async function still(path, viewport, options = {}) {
  const page = await open(browser, 'about:blank', { viewport, ...options });
  await page.clock.setFixedTime(NOW);
  await page.goto(server.address + path);
  return page;
}

async function shot(page, name) {
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  await writeFile(new URL(`${name}.png`, folder), small(await page.screenshot({ animations: 'disabled', caret: 'hide' })));
}

const top = (place) => place.evaluate((node) => node.scrollIntoView({ block: 'start' }));
const blur = (page) => page.evaluate(() => { let node = document.activeElement; while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement; node?.blur(); });
const csv = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(`\uFEFF${text}`) });

async function desk(viewport, options) {
  const page = await still('', viewport, options);
  await ready(page, null);
  return page;
}

/** The example, worked on as staff would. */
async function worked(viewport, options) {
  const page = await desk(viewport, options);
  await fillExample(page);
  await page.evaluate((parts) => { const { work } = document.querySelector('duibiao-desk'); work.commit({ ...work.assessment, ...parts }, ''); }, people);
  return page;
}

/** An indicator that fails, explained. */
async function explained(page, { width }) {
  await page.getByRole('button', { name: '全部展开' }).click();
  await page.getByRole('button', { name: '全部收起' }).click();
  await page.locator('.clump .item', { hasText: '建筑垃圾无害化' }).click();
  await page.locator('#p-C-08').waitFor();
  await top(width < 600 ? page.locator('[id="i-C-08"]') : page.locator('.group > h3', { hasText: '建筑垃圾' }));
  await page.locator('.side').evaluate((node) => { node.scrollTop = 0; });
}

async function paper(page, id, unit = '') {
  await tab(page, 'papers');
  await page.locator(`input[name=paper][value=${id}]`).check();
  if (unit !== '') await page.locator('#paper-unit').selectOption(unit);
  await top(page.locator('.paper').first());
}

/** The studio with a misspelt name. */
async function studio(viewport) {
  const page = await still('studio.html', viewport);
  await page.getByRole('button', { name: /changzhou-2023/ }).click();
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
  return page;
}

/** The page for webmasters: one chapter, with a colour of the site. */
async function embed(viewport) {
  const page = await still('embed.html', viewport);
  await page.locator('duibiao-check .chapter').first().waitFor();
  await page.locator('.files').waitFor();
  await page.getByLabel('只显示一个方面').selectOption('3-sanitation');
  await page.getByLabel('主色').fill('#8a2b12');
  await page.getByLabel('主色').press('Tab');
  await blur(page);
  if (viewport.width < 600) await top(page.locator('#c-snippet'));
  await page.waitForTimeout(300);
  return page;
}

/** Every picture: how its page comes about. */
const pictures = {
  empty: desk,
  check: async (viewport) => { const page = await worked(viewport); await explained(page, viewport); return page; },
  'check-dark': async (viewport) => { const page = await worked(viewport, { colorScheme: 'dark' }); await explained(page, viewport); return page; },
  'check-forced-colours': async (viewport) => { const page = await worked(viewport, { forcedColors: 'active' }); await explained(page, viewport); return page; },
  search: async (viewport) => { const page = await worked(viewport); await page.locator('#find').fill('清扫'); await top(page.locator('.tabs')); return page; },
  evidence: async (viewport) => {
    const page = await worked(viewport);
    await unfold(page, '3-sanitation');
    await verdict(page, 'C-10').getByRole('button', { name: /台账与备注/ }).click();
    await top(viewport.width < 600 ? page.locator('[id="i-C-10"]') : page.locator('.group > h3', { hasText: '道路清扫保洁' }));
    await blur(page);
    return page;
  },
  drafts: async (viewport) => {
    const page = await worked(viewport);
    await page.locator('#drafts-b').click();
    await page.getByRole('button', { name: '新建草稿' }).click();
    await page.locator('#draft-name').fill('二季度自查');
    await page.locator('#draft-name').press('Enter');
    await page.locator('.draft-list li', { hasText: '默认草稿' }).getByRole('button', { name: '打开' }).click();
    await page.locator('.draft-list li.current', { hasText: '默认草稿' }).waitFor();
    await page.getByRole('button', { name: '恢复' }).first().waitFor();
    await blur(page);
    return page;
  },
  paste: async (viewport) => {
    const page = await worked(viewport);
    await unfold(page, '3-sanitation');
    await page.getByRole('button', { name: '从 Excel 粘贴' }).click();
    await page.locator('#paste-text').fill('指标\t单位\t数值\n城市道路面积\t万平方米\t5460\n道路清扫保洁面积\t万平方米\t5187\n机械化清扫面积\t万平方米\t4830\n洒水车数量\t辆\t32');
    await page.getByRole('button', { name: /^填入 \d+ 项/ }).waitFor();
    await blur(page);
    return page;
  },
  result: async (viewport) => { const page = await worked(viewport); await tab(page, 'result'); return page; },
  trying: async (viewport) => {
    const page = await worked(viewport);
    await tab(page, 'result');
    await page.getByRole('button', { name: '试算 城市道路机械化清扫率' }).click();
    await page.getByRole('button', { name: '填到达标' }).click();
    await top(page.locator('#try-h'));
    return page;
  },
  compare: async (viewport) => {
    const page = await worked(viewport);
    await tab(page, 'result');
    const entry = await page.evaluate(() => document.querySelector('duibiao-desk').work.entry);
    const before = { standard: { id: 'changzhou-2023' }, as_of: '2024-01-01', fields: { ...entry.fields, mech_swept_area: '4500', street_points_passed: '280', market_standard: '101' }, parameters: { ...entry.parameters, green_maint_line: '96' }, not_applicable: entry.not_applicable };
    await page.locator('#file-before').setInputFiles({ name: '2023年度自查数据.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(before)) });
    await page.locator('.moved').first().waitFor();
    await top(page.locator('#compare-h'));
    return page;
  },
  tables: async (viewport) => {
    const page = await worked(viewport);
    await tab(page, 'tables');
    await page.locator('#sheets').setInputFiles([
      csv('市城市管理局.csv', '数据项,单位,填报值\n机械化清扫面积,万平方米,4830\n道路清扫保洁面积,万平方米,5120\n生活垃圾产生量,吨,#DIV/0!\n洒水车数量,辆,32\n'),
      csv('市住房和城乡建设局.csv', '数据项,单位,填报值\n机械化清扫面积,万平方米,4795\n达标市场数,个,112\n'), csv('会议通知.csv', '时间,地点\n周五,三楼会议室\n'),
    ]);
    await page.waitForFunction(() => { const { intake } = document.querySelector('duibiao-desk'); return intake.papers.length === 3 && intake.busy === undefined; });
    await top(page.locator('#in-h'));
    return page;
  },
  tasks: async (viewport) => { const page = await worked(viewport); await tab(page, 'tasks'); return page; },
  papers: async (viewport) => { const page = await worked(viewport); await tab(page, 'papers'); return page; },
  'paper-score': async (viewport) => { const page = await worked(viewport); await paper(page, 'score'); return page; },
  'paper-account': async (viewport) => { const page = await worked(viewport); await paper(page, 'account'); return page; },
  'paper-tasks': async (viewport) => { const page = await worked(viewport); await paper(page, 'tasks'); return page; },
  'paper-slip': async (viewport) => { const page = await worked(viewport); await paper(page, 'slips', '市公安局'); return page; },
  help: async (viewport) => { const page = await worked(viewport); await tab(page, 'help'); return page; },
  embed, studio,
};

await mkdir(folder, { recursive: true });
for (const [name, make] of Object.entries(pictures)) {
  if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
  for (const viewport of [wide, phone]) {
    const page = await make(viewport);
    await shot(page, `${name}-${viewport.width}`);
    await page.context().close();
  }
}
await browser.close();
await server.close();
