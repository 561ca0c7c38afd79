// Figures for the eye: what differs looks different, and a score never looks like the line that it misses.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const bundle = await rolldown({ input: fileURLToPath(new URL('../www/src/words/figure.ts', import.meta.url)) });
const { output: [{ code }] } = await bundle.generate({ format: 'esm' });
const { between, scorePlaces, shown } = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);

test('a score beside its line', () => {
  for (const [low, high, line, told] of [
    ['84.996', '84.996', '85', ['84.996', '85']],
    ['84.999999', '84.999999', '85', ['84.999999', '85']],
    ['254999/3000', '254999/3000', '85', ['84.9997', '85']],
    ['60.954', '70.281', '65', ['60.95–70.28', '65']],
    ['84.999', '85.001', '85', ['84.999–85.001', '85']],
    ['85', '85', '85', ['85', '85']],
    ['80.5', '80.5', undefined, ['80.5', undefined]],
  ]) {
    const places = scorePlaces({ low, high, pass: line === undefined ? undefined : { line } });
    assert.deepEqual([between(low, high, places), line === undefined ? undefined : shown(line, places)], told);
  }
});
