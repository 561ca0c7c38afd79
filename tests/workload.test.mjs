// The workload of the benchmark (`benches/peers/`): every way in which the module answers gives the right answer to all
// 1,000 submissions, reasons included. How long that takes is no test's business.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { load, rows, standard, translate } from '../benches/peers/engines/duibiao.mjs';
import { SUBMISSIONS, make_indicators, make_submissions, reference, verify } from '../benches/peers/workload.mjs';

const SIZE = 100;
const STATUSES = { pass: 64175, fail: 24086, missing: 11739 };
const root = new URL('../', import.meta.url);
const made = new URL('target/workload/', root);
const indicators = make_indicators(SIZE);
const submissions = make_submissions(indicators, SUBMISSIONS[SIZE]);

let engine;

before(async () => {
  for (const [name, text] of Object.entries(translate(indicators))) {
    const path = new URL(name, made);
    mkdirSync(new URL('./', path), { recursive: true });
    writeFileSync(path, text);
  }
  const [rules, compiled] = [standard.from, standard.to].map(name => fileURLToPath(new URL(name, made)));
  execFileSync(fileURLToPath(new URL('target/release/duibiao', root)), ['build', rules, '-o', compiled]);
  engine = await load({ bytes: { [standard.to]: readFileSync(compiled) }, indicators });
});
after(() => engine?.checker.free());

test('the workload is what the benchmark says', () => {
  const of = kind => indicators.filter(indicator => indicator.kind === kind).length;
  assert.deepEqual(['threshold', 'ratio', 'range', 'choice', 'tiered', 'composite'].map(of), [50, 15, 10, 10, 10, 5]);
  assert.equal(submissions.length, 1000);
  const statuses = { pass: 0, fail: 0, missing: 0 };
  for (const submission of submissions) for (const { status } of reference(indicators, submission).results) statuses[status] += 1;
  assert.deepEqual(statuses, STATUSES);
});

test('a wrong answer is told', () => {
  const [submission] = submissions;
  for (const [what, wrong] of [['status', 'missing'], ['score', 99], ['actual', -1], ['threshold', 0.5], ['gap', 1000]]) {
    const answer = reference(indicators, submission);
    answer.results.find(({ status }) => status === 'fail')[what] = wrong;
    assert.throws(() => verify(indicators, [[submission, answer]], 'all'), new RegExp(`^Error: ${what} of`));
  }
});

// The whole report takes its time, so only some.
for (const [row, { title, explains }] of Object.entries(rows)) {
  test(`${title}: every answer is right`, () => {
    const { ready, again, answers } = engine[row];
    const items = ready(row === 'report' ? submissions.slice(0, 20) : submissions);
    again?.(items);
    const compared = verify(indicators, answers(items), explains);
    assert.ok(compared >= 2000 && compared % SIZE === 0, `${compared} compared`);
  });
}
