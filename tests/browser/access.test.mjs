// Access: no axe violation in the main states, the keyboard alone does the whole task, and nothing is cut off.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axeViolations, field, fillExample, launch, open, phone, ready, serve, sticksOut, unfold, verdict, wide } from './browser.mjs';

let server, browser;
before(async () => { server = await serve(); browser = await launch(); });
after(async () => { await browser.close(); await server.close(); });

async function filled(page) {
  await fillExample(page);
  await field(page, 'mech_swept_area').fill('abc');
  await verdict(page, 'C-20').getByRole('button', { name: '标为不涉及' }).click();
  await verdict(page, 'C-02').getByRole('button', { name: '原因与改法' }).click();
  await verdict(page, 'C-07').getByRole('button', { name: '原因与改法' }).click();
  await unfold(page, '8-steps');
  await verdict(page, 'P-04').getByRole('button', { name: '原因与改法' }).click();
  await unfold(page, ':scheme');
  await page.locator('#file').setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{') });
  await page.locator('.message.error').waitFor();
}

/** On a page on which `filled` was done. */
async function evidence(page) {
  await verdict(page, 'C-10').getByRole('button', { name: '台账与备注' }).click();
  await page.getByRole('button', { name: '添加材料' }).click();
  await page.keyboard.type('清扫台账');
  await page.locator('[id="ev-C-10-0-file"]').setInputFiles({ name: '清扫台账.pdf', mimeType: 'application/pdf', buffer: Buffer.from('a') });
  await page.locator('.paper-digest summary').click();
  await page.locator('[id="ev-C-10-0-file"]').setInputFiles({ name: '清扫台账改.pdf', mimeType: 'application/pdf', buffer: Buffer.from('b') });
  await page.getByRole('button', { name: '改登记这个文件' }).waitFor();
  await page.getByRole('button', { name: '登记豁免' }).click();
}

async function pasted(page) {
  await page.getByRole('button', { name: '从 Excel 粘贴' }).click();
  await page.locator('#paste-text').fill('指标\t单位\t数值\n机械化清扫面积\t万平方米\t480\n没有的\t\t1');
  await page.getByRole('button', { name: '填入 1 项' }).waitFor();
}

/** What is cut off: larger than its place, where one cannot scroll. Words for the ear alone are meant to be. */
const cutOff = (page) => page.evaluate(() => {
  const found = [];
  const look = (root) => {
    for (const node of root.querySelectorAll('*')) {
      if (node.shadowRoot !== null) look(node.shadowRoot);
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = node;
      if (clientWidth <= 1 || (scrollWidth <= clientWidth + 1 && scrollHeight <= clientHeight + 1) || !['hidden', 'clip'].includes(getComputedStyle(node).overflowX) || node.matches('input, select')) continue;
      found.push(`${node.tagName} ${node.className} ${node.textContent.trim().slice(0, 20)} ${scrollWidth}×${scrollHeight} in ${clientWidth}×${clientHeight}`);
    }
  };
  look(document);
  return found;
});

/** Nothing for axe, nothing wider than the window, nothing cut off. */
async function sound(page, state) {
  assert.deepEqual(await axeViolations(page), [], state);
  assert.equal(await sticksOut(page), 0, state);
  assert.deepEqual(await cutOff(page), [], state);
}

// A page goes through many states: opening one costs more than looking at it. The other steps of the work: see desk.test.
test('no state of the form has axe violations: wide', async () => {
  const page = await open(browser, server.address);
  await ready(page);
  await sound(page, 'empty');
  await filled(page);
  await sound(page, 'explanations open');
  await evidence(page);
  await sound(page, 'evidence');
  await page.locator('#find').fill('清扫');
  await page.getByRole('button', { name: '只看待填' }).click();
  await sound(page, 'search');
  await page.locator('.draft-open').click();
  await page.getByRole('button', { name: '新建草稿' }).click();
  await page.locator('#draft-name').press('Enter');
  await page.locator('.draft-list li', { hasText: '默认草稿' }).getByRole('button', { name: '删除' }).click();
  await page.locator('.bin summary').click();
  await page.locator('.draft-list').first().getByRole('button', { name: '改名' }).click();
  await page.locator('#draft-name').waitFor();
  await sound(page, 'drafts');
  await page.locator('.drafts-foot').getByRole('button', { name: '清除本机数据' }).click();
  await page.getByRole('dialog').waitFor();
  await sound(page, 'asked whether to clear');
});

test('no state of the form has axe violations: dark, narrow and wide', async () => {
  const page = await open(browser, server.address, { viewport: phone, colorScheme: 'dark' });
  await ready(page);
  await sound(page, 'empty');
  await filled(page);
  await evidence(page);
  await sound(page, 'evidence');
  for (const width of [320, 640]) {
    await page.setViewportSize({ width, height: 800 });
    assert.equal(await sticksOut(page), 0, `${width} px`);
    assert.deepEqual(await cutOff(page), [], `${width} px`);
  }
  await page.setViewportSize(wide);
  await page.locator('.desk.wide').first().waitFor();
  await sound(page, 'wide');
});

test('no state of the form has axe violations: 390 px, all chapters, a pasted block', async () => {
  const page = await open(browser, server.address, { viewport: phone });
  await ready(page);
  await filled(page);
  const small = await page.locator('duibiao-check').evaluate((element) => [...element.shadowRoot.querySelectorAll('button, input:not([type=radio]):not(.unseen), select, summary, .choice')]
    .filter((node) => node.getClientRects().length > 0 && !node.classList.contains('skip'))
    .map((node) => [node.textContent.trim().slice(0, 12) || node.id, node.getBoundingClientRect()])
    .filter(([, box]) => box.height < 23.9 || box.width < 23.9).map(([name, box]) => `${name} ${box.width}×${box.height}`));
  assert.deepEqual(small, [], 'targets measure at least 24 px, but for words in a sentence');
  await page.getByRole('button', { name: '全部展开' }).click();
  await sound(page, 'all chapters');
  await pasted(page);
  await sound(page, 'a pasted block');
});

for (const [name, options, path, prepare] of [
  ['forced colours', { forcedColors: 'active' }, '', async (page) => { await filled(page); await pasted(page); }],
  ['English', {}, '?lang=en'],
  ['portal', {}, 'examples/portal.html', filled],
]) {
  test(`no axe violations: ${name}`, async () => {
    const page = await open(browser, server.address + path, options);
    await ready(page);
    await prepare?.(page);
    await sound(page, name);
  });
}

test('the keyboard alone does the whole task', async () => {
  const page = await open(browser, server.address);
  await ready(page, null);
  const here = () => page.evaluate(() => { const node = innermost(); return node === null ? '' : node.dataset.path ?? node.id ?? ''; });
  const tabTo = async (wanted, key = 'Tab', most = 120) => {
    for (let i = 0; i < most; i += 1) {
      await page.keyboard.press(key);
      const found = await page.evaluate((text) => { const node = innermost(); return node !== null && (node.dataset.path === text || node.id === text || node.innerText?.trim().split('\n')[0] === text); }, wanted);
      if (found) return;
    }
    assert.fail(`${wanted} cannot be reached with ${key}`);
  };
  await tabTo('跳到填报');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => innermost()?.tagName === 'H2');
  // Back to the skip links, and by the table of contents to the third chapter.
  await tabTo('跳到目录', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => innermost()?.id === 'nav-h');
  await tabTo('环境卫生');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => innermost()?.id === 'c-3-sanitation');
  await tabTo('sort_leading_group');
  await page.keyboard.press('Space');
  assert.match(await verdict(page, 'C-01').innerText(), /缺数据/);
  await tabTo('sort_rules_doc');
  await page.keyboard.press('ArrowRight');
  assert.match(await verdict(page, 'C-01').innerText(), /未达标/);
  await page.keyboard.press('ArrowLeft');
  assert.match(await verdict(page, 'C-01').innerText(), /达标/);
  await tabTo('swept_area');
  await page.keyboard.type('480');
  await tabTo('mech_swept_area');
  await page.keyboard.type('412');
  assert.match(await verdict(page, 'C-10').innerText(), /未达标|部分得分/);
  await tabTo('w-C-10');
  await page.keyboard.press('Enter');
  await page.locator('#p-C-10').waitFor();
  await tabTo('试填');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => innermost()?.dataset.path === 'mech_swept_area');
  assert.equal(await field(page, 'mech_swept_area').inputValue(), '446.4');
  assert.match(await verdict(page, 'C-10').innerText(), /达标/);
  await page.keyboard.press('Control+z');
  assert.equal(await field(page, 'mech_swept_area').inputValue(), '412');
  // Each group has a way back to the table of contents, which is near the tools.
  await tabTo('跳到目录', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => innermost()?.id === 'nav-h');
  await tabTo('导出数据', 'Shift+Tab', 20);
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  assert.match(download.suggestedFilename(), /\.json$/);
  assert.equal(typeof await here(), 'string');
  assert.deepEqual(page.complaints, []);
});

test('the result is announced politely, once typing rests', async () => {
  const page = await open(browser, server.address);
  await ready(page);
  await field(page, 'swept_area').pressSequentially('480');
  const live = page.locator('duibiao-check [aria-live=polite]');
  assert.equal(await live.innerText(), '');
  await page.waitForFunction(() => /缺数据 \d+/.test(shownCheck().shadowRoot.querySelector('[aria-live=polite]').textContent));
});
