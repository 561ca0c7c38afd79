// The awkward cases under Node and on the command line: decided as they should be, with the same
// report byte for byte. `tests/awkward.rs` asks the same of the core, `tests/browser/` of Chromium.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { cases, command, wrong } from './tools/awkward.mjs';

const root = new URL('../', import.meta.url);

test('awkward cases are decided alike by the module and the command, as they should be', async () => {
  const { Checker, initSync } = await import(new URL('target/module/duibiao.js', root));
  initSync({ module: new WebAssembly.Module(readFileSync(new URL('target/module/duibiao_bg.wasm', root))) });
  let tried = 0;
  for (const { says, folder, rulebook, tries } of cases('awkward')) {
    const checker = Checker.load(new Uint8Array(rulebook));
    for (const one of tries) {
      const what = `${says} ${JSON.stringify(one)}`;
      const report = checker.check(one.data, { as_of: one.as_of });
      assert.deepEqual(wrong(report, one), [], what);
      const told = command(['check', folder, '-', '--as-of', one.as_of, '--format', 'json'], JSON.stringify(one.data));
      assert.equal(told, `${JSON.stringify(report, null, 2)}\n`, what);
      const [outcome] = checker.judge(one.data, { as_of: one.as_of }).outcomes;
      assert.equal(['met', 'partial', 'unmet', 'missing', 'pending', 'invalid', 'not_applicable', 'waived'][outcome], one.outcome, what);
      tried += 1;
    }
    checker.free();
  }
  assert.ok(tried > 100);
});
