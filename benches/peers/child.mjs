// One row of one engine in one fresh process. What to do comes as JSON in the only argument, what was found goes out as JSON
// in the last line: how long loading took, whether every answer is right, and how long a submission takes.

import { readFileSync } from 'node:fs';
import { SUBMISSIONS, make_indicators, make_submissions, verify } from './workload.mjs';

const { bundle, row, size, explains, texts, bytes, milliseconds, checking, table } = JSON.parse(process.argv[2]);

const now = () => performance.now();
const median = list => [...list].sort((a, b) => a - b)[list.length >> 1];
const read = (files, how) => Object.fromEntries(Object.entries(files).map(([name, path]) => [name, how(path)]));
const indicators = make_indicators(size);
const given = {
  indicators,
  row,
  texts: read(texts, path => readFileSync(path, 'utf8')),
  bytes: read(bytes, path => readFileSync(path)),
};
// Node makes these when they are first used, a browser has them.
void [globalThis.Response, globalThis.Request, globalThis.fetch, globalThis.URL, globalThis.TextDecoder, globalThis.FinalizationRegistry];

const found = {};
const start = now();
const engine = await import(bundle);
const imported = now();
const loaded = await engine.load(given);
found.script = imported - start;
found.load = now() - imported;

if (table) found.table = measure_table(table);
else if (loaded[row]) await measure(way(loaded[row]), make_submissions(indicators, SUBMISSIONS[size]));
process.stdout.write(`${JSON.stringify(found)}\n`, () => process.exit(0));

/** A function that answers one submission, as a row: every answer is read, as a page would. */
function way(answer) {
  if (typeof answer !== 'function') return answer;
  const read = ({ total, results }) => {
    let sum = total;
    for (const { id, status, score, actual, threshold, gap } of results) {
      sum += id.length + status.length + score + (gap || 0);
      if (actual !== threshold) sum += 1;
    }
    return sum;
  };
  const is_async = answer.constructor.name === 'AsyncFunction';
  return {
    run: is_async
      ? async submissions => {
        let sum = 0;
        for (const submission of submissions) sum += read(await answer(submission));
        return sum;
      }
      : submissions => {
        let sum = 0;
        for (const submission of submissions) sum += read(answer(submission));
        return sum;
      },
    async *answers(submissions) {
      for (const submission of submissions) yield [submission, await answer(submission)];
    },
  };
}

/** First, right or wrong; then whole passes over the submissions, or over as many as a pass has time for. */
async function measure({ ready = list => list, again = () => {}, run, answers }, submissions) {
  const pass = async state => {
    await again(state);
    const from = now();
    const sum = await run(state);
    if (Number.isNaN(sum)) throw new Error('an answer is no number');
    return now() - from;
  };
  const one = ready(submissions.slice(0, 1));
  found.first = await pass(one);
  if (checking) {
    const all = ready(submissions);
    await again(all);
    const list = [];
    for await (const answer of answers(all)) list.push(answer);
    found.checked = verify(indicators, list, explains);
  }
  // How many submissions fit into a fifth of the time.
  let count = Math.min(10, submissions.length);
  while (count < submissions.length && (await pass(ready(submissions.slice(0, count)))) < milliseconds / 20) count = Math.min(submissions.length, count * 4);
  const state = ready(submissions.slice(0, count));
  for (const end = now() + milliseconds; now() < end; ) await pass(state);
  const passes = [];
  for (const end = now() + 2 * milliseconds; now() < end || passes.length < 3; ) passes.push(await pass(state));
  found.submission = (median(passes) * 1000) / count;
  found.fastest = (Math.min(...passes) * 1000) / count;
  found.count = count;
}

/** A table of so many rows at once: the submissions over and over. */
function measure_table(rows) {
  const submissions = make_submissions(indicators, SUBMISSIONS[size]);
  const short = loaded.columns(submissions);
  const columns = {};
  for (const name of Object.keys(short)) {
    const from = short[name];
    columns[name] = from instanceof Float64Array ? new Float64Array(rows) : new Array(rows);
    for (let i = 0; i < rows; i += 1) columns[name][i] = from[i % from.length];
  }
  const size_of = list => list.reduce((sum, column) => sum + (column.byteLength ?? column.length * 8), 0);
  const before = loaded.memory.buffer.byteLength;
  const times = [];
  let answer;
  for (const end = now() + milliseconds; times.length === 0 || (now() < end && times.length < 200); ) {
    answer = undefined;
    const from = now();
    answer = loaded.checker.check_batch(columns, { as_of: '2024-01-01' });
    times.push(now() - from);
  }
  for (let i = 0; i < answer.outcomes.length; i += 1) {
    const same = (i % (indicators.length * submissions.length));
    if (answer.outcomes[i] !== answer.outcomes[same]) throw new Error(`the same row gives another outcome at ${i}`);
  }
  return {
    rows,
    time: median(times),
    module_before: before,
    module: loaded.memory.buffer.byteLength,
    given: size_of(Object.values(columns)),
    answered: answer.outcomes.byteLength + answer.points.byteLength,
    process: process.resourceUsage().maxRSS * 1024,
  };
}
