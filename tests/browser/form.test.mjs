// The form of the desk: search, by department, what is lacking, blocks pasted from spreadsheets, and undo that leads to the place.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { field, fillExample, launch, open, ready, serve, verdict } from './browser.mjs';

let server, browser;
before(async () => { server = await serve(); browser = await launch(); });
after(async () => { await browser.close(); await server.close(); });

async function start(options) {
  const page = await open(browser, server.address, options);
  await ready(page);
  return page;
}

const search = (page) => page.locator('duibiao-check #find');
const found = (page) => page.locator('duibiao-check #found');
const shownPaths = (page) => page.locator('duibiao-check').evaluate((form) => [...form.shadowRoot.querySelectorAll('.chapter-body [data-path]')].map((node) => node.dataset.path));
const focusedPath = (page) => page.evaluate(() => innermost()?.dataset.path ?? innermost()?.id);

test('search: the slash leads there, indicators and data of a word are shown, the count is said, Escape clears', async () => {
  const page = await start();
  const before = await shownPaths(page);
  await page.keyboard.press('/');
  await page.waitForFunction(() => innermost()?.id === 'find');
  await page.keyboard.type('机械化清扫');
  assert.match(await found(page).innerText(), /^\d+ 项指标，\d+ 项数据。/);
  assert.equal(await found(page).getAttribute('role'), 'status');
  const paths = await shownPaths(page);
  assert.ok(paths.includes('mech_swept_area') && paths.includes('swept_area'), paths.join());
  assert.ok(paths.length < 12, `${paths.length}`);
  await verdict(page, 'C-10').waitFor();
  assert.equal(await verdict(page, 'C-15').count(), 0);
  await page.keyboard.press('Enter');
  assert.ok(paths.includes(await focusedPath(page)));
  // A slash that is typed into a field is a slash.
  await page.keyboard.press('/');
  assert.ok(paths.includes(await focusedPath(page)));
  await page.keyboard.press('Control+z');
  await search(page).focus();
  await page.keyboard.press('Escape');
  assert.equal(await search(page).inputValue(), '');
  assert.deepEqual(await shownPaths(page), before);

  // Two words, full-width letters; a clause; what cannot be found.
  await search(page).fill('清扫 Ｃ－１０');
  assert.match(await found(page).innerText(), /^1 项指标/);
  await search(page).fill('二（三）');
  assert.doesNotMatch(await found(page).innerText(), /^[01] 项指标/);
  await search(page).fill('没有这个词');
  assert.match(await found(page).innerText(), /没有找到/);
  assert.deepEqual(page.complaints, []);
});

test('a place that is filtered out is shown when something leads there', async () => {
  const page = await start();
  await search(page).fill('公厕');
  await page.evaluate(() => shownCheck().goTo('C-10'));
  await verdict(page, 'C-10').waitFor();
  assert.equal(await search(page).inputValue(), '');
});

test('by department: its indicators and their data, and nothing else', async () => {
  const page = await start();
  await page.locator('duibiao-check #find-unit').selectOption('市公安局');
  await verdict(page, 'C-10').waitFor({ state: 'detached' });
  const shown = await page.locator('duibiao-check').evaluate((form) => {
    const ids = [...form.shadowRoot.querySelectorAll('.verdict h4')].map((node) => node.id.slice(2));
    return [ids, form.work.desk.standard.indicators.filter(({ department }) => department.includes('市公安局')).map(({ id }) => id)];
  });
  assert.ok(shown[0].length > 0);
  assert.deepEqual(shown[0].sort(), shown[1].sort());
  // The heads count what is shown, not the whole chapter.
  const told = await page.locator('duibiao-check .chapter-head').evaluateAll((heads) => heads.map((head) => [...head.querySelectorAll('.state')].reduce((sum, one) => sum + Number(/\d+/.exec(one.innerText)?.[0] ?? 0), 0)));
  assert.ok(told.reduce((sum, n) => sum + n, 0) <= shown[0].length, told.join());
  // A bureau brings its parts along, which can be chosen alone.
  const chosen = async (value) => {
    await page.locator('duibiao-check #find-unit').selectOption(value);
    return page.locator('duibiao-check').evaluate((form) => [...form.shadowRoot.querySelectorAll('.verdict h4')].map((node) => node.id.slice(2)));
  };
  const [bureau, part] = [await chosen('市城市管理局'), await chosen('市城市管理局（市园林局）')];
  assert.ok(part.length > 0 && part.length < bureau.length && part.every((id) => bureau.includes(id)));
});

test('what is counted is what is shown: by a search, and what is lacking of a department', async () => {
  const page = await start();
  await fillExample(page);
  const shown = async () => {
    for (const head of await page.locator('duibiao-check .chapter-head[aria-expanded=false]').all()) await head.click();
    return [await page.locator('duibiao-check .verdict').count(), await page.locator('duibiao-check .field').count()];
  };
  const counted = async () => (await found(page).innerText()).match(/^(\d+) 项指标，(\d+) 项数据/).slice(1).map(Number);
  await search(page).fill('老旧小区');
  assert.deepEqual(await counted(), await shown());
  await search(page).fill('');
  await page.locator('duibiao-check #find-unit').selectOption('市公安局');
  const button = page.getByRole('button', { name: '只看待填' });
  const said = Number((await button.innerText()).replace(/\D+/g, ''));
  await button.click();
  assert.deepEqual(await counted(), await shown());
  assert.equal((await counted())[0], said);
});

test('what is lacking: a figure stays while it is entered, and goes when the list is updated', async () => {
  const page = await start();
  await fillExample(page);
  await page.getByRole('button', { name: '只看待填' }).click();
  const paths = await shownPaths(page);
  assert.ok(paths.length > 0 && paths.length < 60, `${paths.length}`);
  const missing = await page.evaluate(() => shownCheck().report.findings.filter(({ outcome }) => outcome === 'missing')[0].missing[0]);
  const first = field(page, missing);
  await first.focus();
  await page.keyboard.type('12');
  assert.equal(await focusedPath(page), missing);
  assert.equal(await first.inputValue(), '12');
  await page.getByRole('button', { name: '更新列表' }).click();
  assert.ok(!(await shownPaths(page)).includes(missing));
  await page.getByRole('button', { name: '显示全部' }).click();
  assert.equal(await page.getByRole('button', { name: '只看待填' }).getAttribute('aria-pressed'), 'false');
  await field(page, 'swept_area').waitFor();
});

/** Pastes as a spreadsheet would have copied it. */
const paste = (page, path, text) => field(page, path).evaluate((input, block) => {
  input.focus();
  const carried = new DataTransfer();
  carried.setData('text/plain', block);
  input.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, composed: true, clipboardData: carried }));
}, text);
const dialog = (page) => page.getByRole('dialog', { name: '从 Excel 粘贴' });
const fields = (page) => page.evaluate(() => shownCheck().entry.fields);

test('one column goes into a run of fields, after a look at what goes where, as one step', async () => {
  const page = await start();
  await paste(page, 'road_area_total', '5460\r\n５１２０\r\n\r\n16\r\n');
  const rows = dialog(page).locator('tbody tr');
  assert.deepEqual((await rows.allInnerTexts()).map((text) => text.split('\t').map((cell) => cell.trim())), [
    ['1', '城市道路面积 万平方米', '空', '5460'], ['2', '道路清扫保洁面积 万平方米', '空', '５１２０'], ['3', '机械化清扫面积 万平方米', '空', ''], ['4', '主次干道每日保洁 小时', '空', '16'],
  ]);
  assert.deepEqual(await fields(page), undefined);
  await dialog(page).getByRole('button', { name: '填入 3 项' }).click();
  await page.locator('.message', { hasText: '已填入 3 项' }).waitFor();
  const { road_area_total, swept_area, mech_swept_area } = await fields(page);
  assert.deepEqual([road_area_total, swept_area, mech_swept_area], ['5460', '５１２０', undefined]);
  assert.equal(await focusedPath(page), 'road_area_total');
  await page.locator('.message').getByRole('button', { name: '撤销' }).click();
  assert.deepEqual(Object.keys(await fields(page) ?? {}), []);
  assert.deepEqual(page.complaints, []);
});

const blocks = [
  ['names and values', '机械化清扫面积\t446.4\n道路清扫保洁面积（万平方米）\t480\n没有的东西\t3', { mech_swept_area: '446.4', swept_area: '480' }, /1 行对不上/],
  ['a whole table with heads', '序号\t指标名称\t单位\t数值\t备注\n1\t城市道路面积\t万平方米\t5460\t\n2\t道路清扫保洁面积\t万平方米\t1.2万\t按年报\n', { road_area_total: '5460', swept_area: '1.2万' }],
  ['heads above one row', '城市道路面积\t道路清扫保洁面积\t机械化清扫面积\n5460\t5120\t4700', { road_area_total: '5460', swept_area: '5120', mech_swept_area: '4700' }],
  ['districts across', '指标\t天宁区\t金坛区\n各城区人均公园绿地\t14.2\t13.9', { district_park_per_capita: { 天宁区: '14.2', 金坛区: '13.9' } }],
  ['numbers of rows are no values, a dash is none', '1\t道路清扫保洁面积\t480\n2\t机械化清扫面积\t—\n3\t城市道路面积\t/\n', { swept_area: '480' }],
  ['a title, two rows of heads, the newest year', '环卫数据\t\t\t\n数据项\t单位\t数值\t\n\t\t2022年\t2023年\n道路清扫保洁面积\t万平方米\t470\t480\n机械化清扫面积\t万平方米\t400\t95.50%\n\t\t\t\n', { swept_area: '480', mech_swept_area: '95.50%' }],
  ['districts down, their list merged', '序号\t数据项\t区划\t数值\n1\t道路清扫保洁面积\t\t480\n2\t各城区人均公园绿地\t天宁区\t14.2\n\t\t金坛区\t13.9\n3\t机械化清扫面积\t\t412\n',
    { swept_area: '480', mech_swept_area: '412', district_park_per_capita: { 天宁区: '14.2', 金坛区: '13.9' } }],
  ['lists across, districts down', '区划\t各城区人均公园绿地\n天宁区\t14.2\n金坛区\t13.9\n', { district_park_per_capita: { 天宁区: '14.2', 金坛区: '13.9' } }],
  ['years down: the newest', '年份\t道路清扫保洁面积\t机械化清扫面积\n2022\t470\t400\n2023\t480\t412\n', { swept_area: '480', mech_swept_area: '412' }, /前面已有/],
  ['names from a web page, with blanks that nobody sees', '\u00a0道路清扫保洁面积\u200b\t\u00a0480\n', { swept_area: '480' }],
  ['a head above a column', '数值\n480\n412\n', { swept_area: '480', mech_swept_area: '412' }],
  ['names that nobody knows take nothing', '道路清扫保洁面积\t480\n停车泊位\t77\n', { swept_area: '480' }, /没有叫这个的数据/],
  ['quoted cells', '"道路清扫\n保洁面积"\t"480"\n"机械化清扫面积"\t"4""5"', { swept_area: '480', mech_swept_area: '4"5' }],
];
test('a block is understood, and one undo takes it back', async () => {
  const page = await start();
  for (const [what, text, wanted, says] of blocks) {
    await paste(page, 'swept_area', text);
    await dialog(page).waitFor();
    if (says !== undefined) assert.match(await dialog(page).innerText(), says, what);
    if (what.includes('newest year')) assert.equal(await dialog(page).locator('#paste-column option:checked').innerText(), '第 4 列（2023年）');
    await dialog(page).getByRole('button', { name: /^填入 \d+ 项/ }).click();
    await dialog(page).waitFor({ state: 'detached' });
    assert.deepEqual(await fields(page), wanted, what);
    await page.locator('.message').getByRole('button', { name: '撤销' }).click();
    assert.deepEqual(Object.keys(await fields(page) ?? {}), [], what);
  }
  // One name that nobody knows, and its figure: into the field at hand goes neither.
  await paste(page, 'swept_area', '停车泊位\t77');
  await dialog(page).getByRole('button', { name: '没有可填的内容' }).waitFor();
});

test('the way of placing can be chosen, the column too; Escape leaves all as it was', async () => {
  const page = await start();
  await field(page, 'swept_area').fill('7');
  await paste(page, 'swept_area', '道路清扫保洁面积\t1\t10\n机械化清扫面积\t2\t20');
  // Two columns of figures, and nothing says which one counts: nothing is filled in until one is chosen.
  assert.match(await dialog(page).locator('.dialog-acts').innerText(), /有几列数，请先选定/);
  await dialog(page).getByRole('button', { name: '请选定数值列' }).click();
  await page.waitForFunction(() => innermost()?.id === 'paste-column');
  assert.equal(await fields(page).then((all) => all.mech_swept_area), undefined);
  await dialog(page).locator('#paste-column').selectOption('2');
  await dialog(page).getByText('填入 2 项').waitFor();
  assert.match(await dialog(page).locator('tbody').innerText(), /10[^]*20/);
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
  assert.deepEqual(await fields(page), { swept_area: '7' });
  assert.equal(await focusedPath(page), 'swept_area');
  // By a button, without a clipboard event.
  await page.getByRole('button', { name: '从 Excel 粘贴' }).click();
  await page.locator('#paste-text').fill('机械化清扫面积\t6');
  await dialog(page).getByRole('button', { name: '填入 1 项' }).click();
  await dialog(page).waitFor({ state: 'detached' });
  assert.deepEqual(await fields(page), { swept_area: '7', mech_swept_area: '6' });
});

test('a figure in another unit is a question: its unit goes along, and the checker says what it makes of it', async () => {
  const page = await start();
  await paste(page, 'swept_area', '指标\t单位\t完成值\n道路清扫保洁面积\t平方米\t48300000\n机械化清扫面积\t万平方米\t4530');
  assert.match(await dialog(page).locator('tbody tr').first().innerText(), /道路清扫保洁面积 万平方米\s+单位是平方米，这里填万平方米，请核对\s+空\s+48300000平方米/);
  assert.doesNotMatch(await dialog(page).locator('tbody tr').nth(1).innerText(), /核对/);
  assert.match(await dialog(page).locator('.dialog-acts').innerText(), /1 项单位不同/);
  await dialog(page).getByRole('button', { name: '填入 2 项' }).click();
  await dialog(page).waitFor({ state: 'detached' });
  assert.deepEqual(await fields(page), { swept_area: '48300000平方米', mech_swept_area: '4530' });
});

test('a single figure is pasted as ever', async () => {
  const page = await start();
  await paste(page, 'swept_area', '480\r\n');
  assert.equal(await dialog(page).count(), 0);
});

test('Ctrl+Z after a click beside everything is undo of the work, and the browser’s own undo changes no figure', async () => {
  const page = await start();
  await field(page, 'swept_area').pressSequentially('480');
  await field(page, 'mech_swept_area').pressSequentially('412');
  await page.evaluate(() => innermost().blur());
  await page.keyboard.press('Control+z');
  assert.deepEqual(await fields(page), { swept_area: '480' });
  await page.waitForFunction(() => innermost()?.dataset.path === 'mech_swept_area');
  // As from the browser's menu.
  await field(page, 'swept_area').focus();
  await page.evaluate(() => document.execCommand('undo'));
  assert.deepEqual(await fields(page), { swept_area: '480' });
  assert.equal(await field(page, 'swept_area').inputValue(), '480');
  // What is typed into the search is no part of the work.
  await search(page).focus();
  await page.keyboard.type('公厕');
  await page.keyboard.press('Control+z');
  assert.deepEqual(await fields(page), { swept_area: '480' });
  assert.equal(await search(page).evaluate((input) => input.value.length < 2), true);
});

test('a step that changed several things is named by what it did, back and forth', async () => {
  const page = await start();
  await fillExample(page);
  const tools = page.locator('.tools');
  await tools.getByRole('button', { name: '撤销' }).click();
  await page.locator('.message', { hasText: '已撤销：已填入示例数据' }).waitFor();
  await tools.getByRole('button', { name: '重做' }).click();
  await page.locator('.message', { hasText: '已重做：已填入示例数据' }).waitFor();
  await page.evaluate(() => { const { work } = document.querySelector('duibiao-desk'); work.commitEntry({ fields: { swept_area: '1' } }, ''); });
  await page.evaluate(() => innermost().blur());
  await page.keyboard.press('Control+z');
  await page.locator('.message', { hasText: /已撤销：\d+ 处改动/ }).waitFor();
});

test('undo names the place that changed and leads there; by keyboard the focus follows', async () => {
  const page = await start();
  await field(page, 'swept_area').fill('480');
  await page.locator('.tools').getByRole('button', { name: '撤销' }).click();
  await page.locator('.message', { hasText: '已撤销：道路清扫保洁面积' }).getByRole('button', { name: '转到' }).click();
  await page.waitForFunction(() => innermost()?.dataset.path === 'swept_area');
  await page.locator('#as-of').focus();
  await page.keyboard.press('Control+y');
  await page.waitForFunction(() => innermost()?.dataset.path === 'swept_area');
  assert.equal(await field(page, 'swept_area').inputValue(), '480');
});
