// One row of one engine in one fresh process. What to do comes as JSON in the only argument, what was found goes out as JSON
// in the last line: how long loading took, whether every answer is right, and how long a submission takes.

import { readFileSync } from 'node:fs';
import { SUBMISSIONS, make_indicators, make_submissions, verify } from './workload.mjs';

const { bundle, row, size, explains, texts, bytes, milliseconds, checking, table } = JSON.parse(process.argv[2]);

/**
 * Milliseconds since a mark. Where other programs want the processor too, the clock runs on while this one waits, its time of
 * the processor does not; where several threads work at once it is the other way round. The smaller is what the work takes.
 */
const mark = () => ({ clock: performance.now(), processor: process.cpuUsage() });
const since = ({ clock, processor }) => {
  const time = performance.now() - clock;
  return Math.min(time, used(processor));
};
const used = processor => {
  const { user, system } = process.cpuUsage(processor);
  return (user + system) / 1000;
};
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
const start = mark();
const engine = await import(bundle);
found.script = since(start);
found.laps = {};
const imported = mark();
let latest = imported;
given.lap = name => {
  found.laps[name] = since(latest);
  latest = mark();
};
const loaded = await engine.load(given);
found.load = since(imported);

if (table) found.table = measure_table(table);
else if (loaded[row]) await measure(way(loaded[row]), make_submissions(indicators, SUBMISSIONS[size]));
if (loaded.memory) found.memory = loaded.memory.buffer.byteLength;
process.stdout.write(`${JSON.stringify(found)}\n`, () => process.exit(0));

/** A function that answers one submission, as a row: everything that it answers is read, as a page would. */
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

/**
 * First, right or wrong; then slices of about a millisecond, one after the other and over again, of which the median counts:
 * few slices that short meet another program, while whole passes all would.
 *
 * `ready` makes items of submissions, `again` is called before the first of them, `run` answers some, `each` says how many
 * answers an item stands for.
 */
async function measure({ ready = list => list, again = () => {}, run, answers, each = () => 1 }, submissions) {
  const timed = async items => {
    const from = mark();
    const sum = await run(items);
    const time = since(from);
    if (Number.isNaN(sum)) throw new Error('an answer is no number');
    return (time * 1000) / items.reduce((count, item) => count + each(item), 0);
  };
  const first = ready(submissions.slice(0, 1));
  await again(first);
  found.first = (await timed(first)) / 1000;

  const items = ready(submissions);
  if (checking) {
    await again(items);
    const list = [];
    for await (const answer of answers(items)) list.push(answer);
    found.checked = verify(indicators, list, explains);
  }

  const slices = async (length, budget) => {
    const times = [];
    const from = process.cpuUsage();
    const enough = () => used(from) > budget;
    do {
      await again(items);
      for (let at = 0; at < items.length; at += length) {
        times.push(await timed(items.slice(at, at + length)));
        if (enough()) break;
      }
    } while (!enough() || times.length < 3);
    return times;
  };
  const warm = await slices(Math.ceil(items.length / 20), milliseconds);
  const item = median(warm) * each(items[0]);
  const length = Math.max(1, Math.min(items.length, Math.round(1000 / item)));
  const times = await slices(length, 2 * milliseconds);
  found.submission = median(times);
  found.slices = times.length;
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
  for (const from = process.cpuUsage(); times.length === 0 || (used(from) < milliseconds && times.length < 200); ) {
    answer = undefined;
    const begun = mark();
    answer = loaded.checker.check_batch(columns, { as_of: '2024-01-01' });
    times.push(since(begun));
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
