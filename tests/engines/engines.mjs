// The engines that the whole is tried in, as Debian ships them: Chromium, Firefox ESR and WebKitGTK, behind one small
// page. Chromium is driven by Playwright, Firefox by its own protocol, WebKitGTK by its own driver; the last two speak WebDriver.
// A selector looks into open shadow roots in all three.
//
//   const browser = await launch('webkit');
//   const page = await browser.open(address);       // a fresh profile each time
//   await page.fill('[data-path="swept_area"]', '480');
//   await page.text('#p-C-10');
//
// page: goto(address) · reload() · evaluate(fn, …args) · until(fn, …args) · count(selector) · text(selector) ·
// value(selector) · attribute(selector, name) · fill(selector, text) · type(text) · press(key) · click(selector) · push(words on a button) · choose(selector, paths) ·
// download(action) → { name, bytes } · pdf() · screenshot(path) · complaints() · close(). Each waits for its element.
import { launchChromium } from './chromium.mjs';
import { launchFirefox } from './firefox.mjs';
import { launchWebKit } from './webkit.mjs';

const launchers = { chromium: launchChromium, firefox: launchFirefox, webkit: launchWebKit };

/** `ENGINES=firefox,webkit` tries only these. */
export const engines = (process.env.ENGINES ?? Object.keys(launchers).join()).split(',');

/** Starts an engine. `profile`: a folder that outlives the browser, for Chromium and Firefox. */
export const launch = (engine, options = {}) => launchers[engine](options);

/** The input at a place of the entry: `swept_area`, `district_dustfall.金坛区`, `parameter:ID`, `reason:C-10`. */
export const field = (path) => `duibiao-check [data-path="${path}"]`;

/** The verdict of an indicator. */
export const verdict = (id) => `.verdict:has([id="i-${id}"])`;

/** Opens the self-check page at an address and the form of a chapter. */
export async function openDesk(browser, address, chapter = '3-sanitation') {
  const page = await browser.open(address);
  await ready(page, chapter);
  return page;
}

/** The element once its standard is open and the form of a chapter is shown. */
export async function ready(page, chapter = '3-sanitation') {
  const head = `[id="c-${chapter}"] .chapter-head`;
  if (await page.attribute(head, 'aria-expanded') === 'false') await page.click(head);
}

/** Waits until a text matches, and gives it. */
export async function textLike(page, selector, words) {
  let text = '';
  for (const end = Date.now() + 10_000; Date.now() < end; await new Promise((done) => setTimeout(done, 50))) {
    text = await page.text(selector);
    if (words.test(text)) return text;
  }
  throw new Error(`${selector} does not say ${words}: ${text}`);
}
