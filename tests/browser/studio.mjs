// What the tests of the studio share: opening the shipped standard, and writing as an author does.
import { readFile } from 'node:fs/promises';
import { open } from './browser.mjs';

export const SWEEPING = '3-sanitation/5-sweeping.rhai';
export const standing = (page) => page.locator('.standing');
export const tab = (page, name) => page.getByRole('tab', { name: new RegExp(`^${name}`) });
export const content = (page) => page.locator('.cm-content');
export const sound = async (page) => { await standing(page).filter({ hasText: /没有问题|可用/ }).waitFor(); };
export const wrong = async (page, n) => { await standing(page).filter({ hasText: n === undefined ? /个错误/ : `${n} 个错误` }).waitFor(); };

/** The studio with the shipped standard and a file of it. */
export async function begin(browser, server, options = {}, path = SWEEPING) {
  const page = await open(browser, `${server.address}studio.html`, options);
  await page.getByRole('button', { name: /changzhou-2023/ }).click();
  await sound(page);
  if (path !== '') await openFile(page, path);
  return page;
}

export async function openFile(page, path) {
  if (await tab(page, '文件').count() > 0) await tab(page, '文件').click();
  await page.locator('.file-name', { hasText: path.slice(path.lastIndexOf('/') + 1) }).click();
}

/** Writes at the end of the open file, as somebody who types; brackets close themselves, so text is put in at once. */
export async function append(page, text) {
  await content(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText(text);
}

/** The same by pasting: thousands of lines that are typed at once take the browser minutes. */
export async function pasteAtEnd(page, text) {
  await content(page).click();
  await page.keyboard.press('Control+End');
  await content(page).evaluate((editor, given) => {
    const carried = new DataTransfer();
    carried.setData('text/plain', given);
    editor.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, composed: true, clipboardData: carried }));
  }, text);
}

export async function download(page, button) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** A field, a line, an indicator and an example, to be written at the end of a file. */
export const RULE = `
field("示范路段", #{ id: "model_road", label: "示范路段数", type: "count", unit: "条", given: true, zero: "missing" });
field("合格路段", #{ id: "good_road", label: "合格示范路段数", type: "count", unit: "条" });
parameter("示范合格率下限", #{ id: "model_road_line", unit: "%", values: [#{ from: "2023-01-01", value: 90, source: "试写", confidence: "recalled" }] });
indicator("C-99", #{ title: "示范路段合格率", points: 1, value: percent(合格路段, 示范路段), meets: |率| 率 >= 示范合格率下限, advice: "请整改不合格的路段。" });
example("恰在线上", #{ 示范路段: 10, 合格路段: 9 }, met);
`;
