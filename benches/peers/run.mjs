// Duibiao beside other rule engines: measures, and writes `benches/RESULTS.md`. `make bench` builds what this needs.
//
//   node benches/peers/run.mjs                 everything: half an hour
//   node benches/peers/run.mjs --quick         one short round, shown instead of written
//   node benches/peers/run.mjs --render        the page again from the latest measurements
//   node benches/peers/run.mjs ROW…            shows only these rows, for instance duibiao.judge ajv.full
//   --steps FILE                               what `cargo bench --bench steps` printed
//
// Each row of each engine runs in a process of its own, in rounds one after the other, so that a slow minute of the machine
// meets all. A wrong answer ends it.

import { execFile, execFileSync, spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { page } from './page.mjs';
import { SUBMISSIONS, fields_of, make_indicators, make_submissions, verify } from './workload.mjs';

const here = fileURLToPath(new URL('./', import.meta.url));
const benches = fileURLToPath(new URL('../', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));
const made = `${root}target/bench/`;
const COMMAND = `${root}target/release/duibiao`;
const SIZES = Object.keys(SUBMISSIONS).map(Number);
const TABLES = [1, 1000, 1_000_000];
const STATUS = { met: 'pass', partial: 'pass', unmet: 'fail', missing: 'missing' };

const args = process.argv.slice(2);
const flag = name => args.includes(name);
const steps_file = flag('--steps') ? args[args.indexOf('--steps') + 1] : undefined;
const only = args.filter(arg => /^[a-z-]+\.[a-z]+$/.test(arg));
const quick = flag('--quick') || only.length > 0;
const ROUNDS = flag('--quick') ? 1 : 7;
const MILLISECONDS = flag('--quick') ? 300 : 500;

const say = text => process.stderr.write(`  ${text}\n`);
const median = list => [...list].sort((a, b) => a - b)[list.length >> 1];
const min = list => Math.min(...list);

/** Name and adapter of each engine; where its package is not installed, that. */
async function adapters() {
  const found = [];
  for (const file of readdirSync(`${here}engines`).sort()) {
    const text = readFileSync(`${here}engines/${file}`, 'utf8');
    if (!/^export const rows/m.test(text)) continue;
    const name = file.replace('.mjs', '');
    try {
      found.push({ name, ...(await import(`./engines/${file}`)) });
    } catch (error) {
      if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
      found.push({ name, absent: error.message.match(/'([^']+)'/)?.[1] ?? name, rows: { full: { title: name } } });
    }
  }
  return found;
}

/** The rules in the language of each engine, in files. */
function translate(engine, size) {
  const folder = `${made}${size}/${engine.name}/`;
  rmSync(folder, { recursive: true, force: true });
  for (const [name, text] of Object.entries(engine.translate(make_indicators(size)))) {
    const path = `${folder}${name}`;
    mkdirSync(path.slice(0, path.lastIndexOf('/')), { recursive: true });
    writeFileSync(path, text);
  }
  const { standard } = engine;
  if (standard) execFileSync(COMMAND, ['build', `${folder}${standard.from}`, '-o', `${folder}${standard.to}`], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** What a page would load, minified: to run, and to weigh. */
async function bundle(engine, esbuild) {
  const script = async (contents, resolveDir) => {
    const { outputFiles } = await esbuild.build({ stdin: { contents, resolveDir }, bundle: true, minify: true, format: 'esm', platform: 'browser', write: false, logLevel: 'error', external: ['node:*'], define: { 'process.env.NODE_ENV': '"production"' } });
    return Buffer.from(outputFiles[0].contents);
  };
  const text = await script(`export { load } from './engines/${engine.name}.mjs';`, here);
  mkdirSync(`${made}bundles`, { recursive: true });
  writeFileSync(`${made}bundles/${engine.name}.mjs`, text);
  if (engine.name === 'javascript' || engine.name === 'empty') return undefined;
  const { product } = engine;
  const weighed = product ? [await script(`export { ${product.names} } from '${product.script}';`, `${here}engines`), readFileSync(new URL(product.wasm, import.meta.url))] : [text];
  if (engine.wasm) weighed.push(readFileSync(`${benches}${engine.wasm}`));
  return weighed.map(bytes => gzipSync(bytes, { level: 9 }).length).reduce((a, b) => a + b);
}

/** One row in a process of its own; what went wrong is told, not thrown, but wrong answers end everything. */
async function child(engine, row, size, more) {
  const folder = `${made}${size}/${engine.name}/`;
  const kept = pattern => Object.fromEntries(engine.files.filter(name => pattern.test(name) && existsSync(folder + name)).map(name => [name, folder + name]));
  const what = {
    bundle: `${made}bundles/${engine.name}.mjs`,
    row,
    size,
    explains: engine.rows[row]?.explains,
    texts: kept(/\.(js|json|rhai)$/),
    bytes: { ...kept(/\.wasm$/), ...(engine.wasm && { [engine.wasm]: `${benches}${engine.wasm}` }) },
    ...more,
  };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [`${here}child.mjs`, JSON.stringify(what)], { timeout: 300_000, maxBuffer: 1 << 26 });
    return JSON.parse(stdout.trim().split('\n').at(-1));
  } catch (error) {
    if (error.killed) return { failed: 'took longer than five minutes' };
    const said = String(error.stderr ?? error).split('\n').filter(line => /^\w*Error: /.test(line));
    return { failed: said[0] ?? String(error) };
  }
}

/** Rounds of all given rows, interleaved. */
async function measure(engines, size, rounds, milliseconds, wanted = () => true) {
  const rows = engines.flatMap(engine => Object.keys(engine.rows).map(row => ({ engine, row, runs: [] }))).filter(({ engine, row }) => wanted(`${engine.name}.${row}`));
  for (let round = 1; round <= rounds; round += 1) {
    for (const each of rows) {
      const { engine, row } = each;
      if (engine.absent || each.failed) continue;
      const run = await child(engine, row, size, { milliseconds, checking: round === 1 });
      if (run.failed) {
        each.failed = run.failed;
        say(`${engine.name}.${row} at ${size}: ${run.failed}`);
        if (size === 100) throw new Error(`${engine.name}.${row}: ${run.failed}`);
        continue;
      }
      each.runs.push(run);
      const checked = run.checked === undefined ? '' : `, ${run.checked.toLocaleString('en')} answers right`;
      say(`round ${round} of ${rounds}, ${size} indicators, ${`${engine.name}.${row}`.padEnd(24)} ${run.submission === undefined ? '' : `${run.submission.toFixed(2)} µs`}, loaded in ${run.load.toFixed(1)} ms${checked}`);
    }
  }
  return Object.fromEntries(rows.map(({ engine, row, runs, failed }) => {
    const of = pick => median(runs.map(pick));
    const about = { ...engine.rows[row], engine: engine.name, absent: engine.absent, failed };
    return [`${engine.name}.${row}`, runs.length === 0 ? about : {
      ...about,
      runs: runs.length,
      checked: runs[0].checked,
      submission: of(run => run.submission),
      submissions: runs.map(run => run.submission),
      fastest: min(runs.map(run => run.submission)),
      script: of(run => run.script),
      load: of(run => run.load),
      loads: runs.map(run => run.load),
      laps: Object.fromEntries(Object.keys(runs[0].laps).map(name => [name, of(run => run.laps[name])])),
      first: of(run => run.first),
      memory: Math.max(...runs.map(run => run.memory ?? 0)),
    }];
  }));
}

/** `duibiao batch` on tables of the workload; nothing where the command has no such word yet. */
async function command_tables(size) {
  try {
    execFileSync(COMMAND, ['batch', '--help'], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  const indicators = make_indicators(size);
  const submissions = make_submissions(indicators, SUBMISSIONS[size]);
  const fields = indicators.flatMap(fields_of);
  const written = value => (value === undefined ? '' : value === true ? 'yes' : value === false ? 'no' : String(value));
  const lines = submissions.map(submission => `${fields.map(field => written(submission[field])).join(',')}\n`);
  const found = [];
  for (const rows of TABLES) {
    const [table, answers] = [`${made}table.csv`, `${made}answers.csv`];
    const file = createWriteStream(table);
    file.write(`${fields.join(',')}\n`);
    for (let row = 0; row < rows; row += lines.length) {
      if (!file.write(lines.slice(0, rows - row).join(''))) await new Promise(done => file.once('drain', done));
    }
    await new Promise(done => file.end(done));
    const runs = [];
    for (let round = 0; round < (rows > 1000 ? 1 : 5); round += 1) runs.push(await watched(COMMAND, ['batch', `${made}${size}/duibiao/standard.wasm`, table, '-o', answers, '--force', '--as-of', '2024-01-01']));
    if (rows === submissions.length) verify(indicators, command_answers(answers, indicators, submissions), 'none');
    found.push({ rows, time: median(runs.map(run => run.time)), memory: Math.max(...runs.map(run => run.memory)), given: statSync(table).size, answered: statSync(answers).size });
    say(`duibiao batch, ${rows.toLocaleString('en')} rows: ${found.at(-1).time.toFixed(0)} ms`);
    rmSync(table);
    rmSync(answers);
  }
  return found;
}

/** What `duibiao batch` wrote: a row for each submission, of each indicator its outcome and its points. */
function command_answers(path, indicators, submissions) {
  const [heading, ...rows] = readFileSync(path, 'utf8').trimEnd().split('\n').map(line => line.split(','));
  if (rows.length !== submissions.length) throw new Error(`${rows.length} rows for ${submissions.length} submissions`);
  const first = heading.findIndex(name => name.startsWith('ind-'));
  return rows.map((row, place) => {
    const result = ({ id }, i) => ({ id, status: STATUS[row[first + 2 * i]], score: Number(row[first + 2 * i + 1]) });
    return [submissions[place], { results: indicators.map(result) }];
  });
}

/** How long a program runs, and the most memory that it held. */
function watched(program, given) {
  return new Promise((done, fail) => {
    const from = performance.now();
    const running = spawn(program, given, { stdio: 'ignore' });
    let memory = 0;
    const look = () => {
      try {
        const status = readFileSync(`/proc/${running.pid}/status`, 'utf8');
        memory = Math.max(memory, 1024 * Number(status.match(/VmHWM:\s+(\d+)/)?.[1] ?? 0));
      } catch { /* It has ended, or this is no Linux. */ }
    };
    const timer = setInterval(look, 2);
    look();
    running.on('error', fail);
    running.on('exit', code => {
      clearInterval(timer);
      if (code > 1) fail(new Error(`${program} ${given.join(' ')} ended with ${code}`));
      else done({ time: performance.now() - from, memory });
    });
  });
}

/**
 * The fastest samples that divan printed, in nanoseconds: by benchmark, then by argument. It knows no time of the processor, so
 * of long steps the others tell more about what else the machine was doing.
 */
function steps(path) {
  const found = {};
  const UNITS = { ns: 1, 'µs': 1e3, ms: 1e6, s: 1e9 };
  const way = [];
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const known = line.match(/^([│ ]*)[├╰]─ (\S+)\s*(.*)$/);
    if (known) {
      const [, indent, name, rest] = known;
      way.length = indent.length / 3;
      way.push(name);
      const shown = rest.split('│')[0]?.trim().match(/^([\d.]+) (\S+)$/);
      if (shown && way.length === 2) (found[way[0]] ??= {})[way[1]] = Number(shown[1]) * UNITS[shown[2]];
    }
  }
  return found;
}

function machine() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8').match(/PRETTY_NAME="(.*)"/)?.[1] : undefined;
  const rust = execFileSync('rustc', ['--version'], { encoding: 'utf8' }).trim();
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: os.cpus()[0].model.trim(),
    cores: os.cpus().length,
    memory: os.totalmem(),
    system: release ?? `${os.type()} ${os.release()}`,
    node: process.version,
    rust,
    load: os.loadavg()[0],
  };
}

async function main() {
  const engines = await adapters();
  const esbuild = await import('esbuild');
  say('Writing the rules in each language');
  const present = engines.filter(({ absent }) => !absent);
  const own = present.filter(({ name }) => ['javascript', 'duibiao', 'empty'].includes(name));
  const sizes = {};
  for (const engine of present) {
    for (const size of own.includes(engine) && only.length === 0 ? SIZES : [100]) translate(engine, size);
    sizes[engine.name] = await bundle(engine, esbuild);
  }
  const wanted = only.length > 0 ? name => only.includes(name) : undefined;
  const rounds = only.length > 0 ? 3 : ROUNDS;
  const found = { machine: machine(), rounds, milliseconds: MILLISECONDS, sizes, rows: await measure(engines, 100, rounds, MILLISECONDS, wanted) };
  if (only.length > 0) return console.table(Object.fromEntries(Object.entries(found.rows).map(([name, { submission, fastest, load, checked }]) => [name, { submission, fastest, load, checked }])));
  found.growth = {};
  for (const size of SIZES.filter(size => !quick || size <= 1000)) found.growth[size] = size === 100 ? found.rows : await measure(own, size, quick ? 1 : 5, MILLISECONDS / 2);
  const duibiao = own.find(({ name }) => name === 'duibiao');
  found.tables = [];
  for (const rows of TABLES) {
    if (quick && rows > 1000) continue;
    const run = await child(duibiao, 'batch', 100, { table: rows, milliseconds: MILLISECONDS });
    if (run.failed) throw new Error(`${rows} rows: ${run.failed}`);
    found.tables.push(run.table);
    say(`check_batch, ${rows.toLocaleString('en')} rows: ${run.table.time.toFixed(2)} ms`);
  }
  if (!quick) found.command = await command_tables(100);
  if (steps_file) found.steps = steps(steps_file);
  found.machine.load_after = os.loadavg()[0];
  return found;
}

const saved = `${made}found.json`;
const found = flag('--render') ? JSON.parse(readFileSync(saved, 'utf8')) : await main();
if (found) {
  if (flag('--render') && steps_file) found.steps = steps(steps_file);
  if (!quick) writeFileSync(saved, JSON.stringify(found, null, 1));
  const text = page(found);
  if (quick) console.log(text);
  else {
    writeFileSync(`${benches}RESULTS.md`, text);
    say('Written: benches/RESULTS.md');
  }
}
