// Chromium for the tests, as the page of engines.mjs, driven by Playwright; each page has a context of its own.
import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { options } from '../browser/browser.mjs';
import { PATIENCE_MS, pause } from './driven.mjs';

const context = { viewport: { width: 1280, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', acceptDownloads: true };

export async function launchChromium({ profile } = {}) {
  if (profile !== undefined) {
    const kept = await chromium.launchPersistentContext(profile, { ...options, ...context });
    return { open: async (address) => opened(await kept.newPage(), address), close: () => kept.close() };
  }
  const browser = await chromium.launch(options);
  return {
    open: async (address) => opened(await (await browser.newContext(context)).newPage(), address),
    close: () => browser.close(),
  };
}

/** Functions take any number of arguments here, Playwright's one. */
const called = (fn, args) => `(${fn})(...${JSON.stringify(args)})`;

async function opened(page, address) {
  const complaints = [];
  page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${message.type()}: ${message.text()}`); });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.setDefaultTimeout(10_000);
  const find = (selector) => page.locator(selector).first();
  await page.goto(address);
  return {
    complaints: async () => complaints,
    goto: async (to) => { await page.goto(to); },
    reload: async () => { await page.reload(); },
    evaluate: (fn, ...args) => page.evaluate(called(fn, args)),
    // Not by Playwright's own waiting, which evaluates text in the page: a policy may refuse that.
    async until(fn, ...args) {
      for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(50)) if (await page.evaluate(called(fn, args))) return;
      throw new Error(`never became true: ${fn}`);
    },
    count: (selector) => page.locator(selector).count(),
    text: (selector) => find(selector).innerText(),
    value: (selector) => find(selector).inputValue(),
    attribute: (selector, name) => find(selector).getAttribute(name),
    fill: (selector, text) => find(selector).fill(text),
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    click: (selector) => find(selector).click(),
    push: (name) => page.locator('button:visible').filter({ hasText: name }).first().click(),
    choose: (selector, paths) => find(selector).setInputFiles(paths),
    async download(action) {
      const [file] = await Promise.all([page.waitForEvent('download'), action()]);
      return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
    },
    pdf: () => page.pdf({ preferCSSPageSize: true }),
    screenshot: (path) => page.screenshot({ path }),
    close: () => page.context().close(),
  };
}
