// The awkward cases in Chromium, through the module: decided as they should be, with the reports that
// Node gives, byte for byte.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { cases, wrong } from '../tools/awkward.mjs';
import { launch, open, serve } from './browser.mjs';

const root = new URL('../../', import.meta.url);

test('awkward cases are decided as in Node', async () => {
  const [glue, wasm] = await Promise.all(['duibiao.js', 'duibiao_bg.wasm'].map((name) => readFile(new URL(`target/module/${name}`, root))));
  const all = cases('awkward-browser');
  const reports = (Checker) => all.map(({ rulebook, tries }) => {
    const checker = Checker.load(new Uint8Array(rulebook));
    return tries.map(({ data, as_of }) => JSON.stringify(checker.check(data, { as_of })));
  });
  const { Checker, initSync } = await import(new URL('target/module/duibiao.js', root));
  initSync({ module: new WebAssembly.Module(wasm) });
  const expected = reports(Checker);

  const server = await serve({
    '/awkward.html': { type: 'text/html', body: '<!doctype html><title>awkward</title><link rel="icon" href="data:,">' },
    '/duibiao.js': { type: 'text/javascript', body: glue },
    '/duibiao_bg.wasm': { type: 'application/wasm', body: wasm },
  });
  const browser = await launch();
  const page = await open(browser, `${server.address}awkward.html`);
  const found = await page.evaluate(async (all) => {
    const { default: init, Checker } = await import('/duibiao.js');
    await init({ module_or_path: '/duibiao_bg.wasm' });
    return all.map(({ rulebook, tries }) => {
      const checker = Checker.load(new Uint8Array(rulebook));
      return tries.map(({ data, as_of }) => JSON.stringify(checker.check(data, { as_of })));
    });
  }, all);
  const complaints = page.complaints;
  await browser.close();
  await server.close();
  assert.deepEqual(complaints, []);
  all.forEach(({ says, tries }, i) => tries.forEach((one, j) => {
    assert.equal(found[i][j], expected[i][j], says);
    assert.deepEqual(wrong(JSON.parse(found[i][j]), one), [], `${says} ${JSON.stringify(one)}`);
  }));
});
