// `benches/RESULTS.md` from what `run.mjs` found: every number with what it is held against, missed targets included.

/** Of the time that the workload takes in JavaScript written by hand. */
const TARGETS = { judge: 1, explain: 5, session: 0.1, batch: 0.25 };
const LOADING = 5;
/** Fixes for a whole failing sheet, of one full check of it. */
const FIXES = 100;

const OURS = ['javascript', 'duibiao', 'empty'];
const whole = number => Math.round(number).toLocaleString('en');
const short = number => (number >= 100 ? whole(number) : number >= 10 ? number.toFixed(1) : number >= 0.1 ? number.toFixed(2) : number.toPrecision(2));
const kilobytes = bytes => (bytes === undefined ? '' : bytes < 10240 ? (bytes / 1024).toFixed(1) : whole(bytes / 1024));
const megabytes = bytes => `${short(bytes / 2 ** 20)} MB`;
const duration = nanoseconds => (nanoseconds >= 1e9 ? `${short(nanoseconds / 1e9)} s` : nanoseconds >= 1e6 ? `${short(nanoseconds / 1e6)} ms` : nanoseconds >= 1e3 ? `${short(nanoseconds / 1e3)} µs` : `${short(nanoseconds)} ns`);
const median = list => [...list].sort((a, b) => a - b)[list.length >> 1];

/** `columns` are headings, those of numbers with a colon behind. */
function table(columns, rows) {
  const line = cells => `| ${cells.join(' | ')} |`;
  return [line(columns.map(column => column.replace(/:$/, ''))), line(columns.map(column => (column.endsWith(':') ? '--:' : '---'))), ...rows.map(line)].join('\n');
}

export function page(found) {
  const parts = [head(found), targets(found), submissions(found), loading(found), sizes(found), tables(found), steps(found)];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function head({ machine, rounds, milliseconds, rows }) {
  const checked = Object.values(rows).filter(row => row.checked !== undefined);
  return `# Measured

Made by \`make bench\` on ${machine.date}: ${machine.cpu}, ${machine.cores} cores, ${whole(machine.memory / 2 ** 30)} GiB, ${machine.system}, Node ${machine.node.slice(1)}, ${machine.rust.replace(/ \(.*/, '')}.
Load of the machine ${machine.load.toFixed(1)} at the beginning and ${machine.load_after.toFixed(1)} at the end; what else runs there makes all numbers larger.

The workload (\`peers/workload.mjs\`): 100 indicators (50 thresholds, 15 ratios, 10 ranges, 10 choices, 10 tiered scores, 5 composites of others) and 1,000
submissions with a tenth of the values missing, made from a fixed seed. Each engine gets the rules in its own language (\`peers/engines/\`) and gives of each
indicator whether it passes, fails or lacks data, and its score. Every answer of every row was compared with the reference: ${whole(checked.reduce((sum, row) => sum + row.checked, 0))} answers in ${checked.length} rows, of
those that give reasons also value, line and gap. One wrong answer and there is no table.

Each row ran in ${rounds} fresh process${rounds === 1 ? '' : 'es'}, all rows in turn: ${milliseconds / 1000} s to warm up, then ${(2 * milliseconds) / 1000} s in slices of about a millisecond. Of a process the median
slice counts, of the processes the median. Everything that a row gives is read inside the time. Time is the clock's, or the processor's where that is
less because another program had its turn. Ratios carry over to other machines better than numbers.`;
}

const engines = rows => Object.values(rows).filter(({ engine }) => !OURS.includes(engine));

function targets({ rows, growth, steps }) {
  const js = rows['javascript.full'].submission;
  const held = (target, value) => (value <= target ? 'yes' : '**no**');
  const lines = Object.entries(TARGETS).map(([row, target]) => {
    const ratio = rows[`duibiao.${row}`].submission / js;
    return [`${rows[`duibiao.${row}`].title}: of hand-written JavaScript`, `≤ ${target} ×`, `${short(ratio)} ×`, held(target, ratio)];
  });
  const beyond = load_of(rows) - rows['empty.nothing'].load;
  lines.push(['Loading 100 indicators, beyond an empty module', `≤ ${LOADING} ms`, `${short(beyond)} ms`, held(LOADING, beyond)]);
  const measured = engines(rows).filter(({ submission }) => submission);
  const fastest = measured.reduce((a, b) => (a.submission < b.submission ? a : b));
  for (const row of ['judge', 'explain']) {
    const ratio = rows[`duibiao.${row}`].submission / fastest.submission;
    lines.push([`${rows[`duibiao.${row}`].title}: of the fastest engine, ${fastest.title}`, '< 1 ×', `${short(ratio)} ×`, ratio < 1 ? 'yes' : '**no**']);
  }
  for (const row of ['duibiao.judge', 'duibiao.explain', 'duibiao.batch', 'duibiao.report', 'javascript.full']) {
    const each = size => growth[size]?.[row]?.submission / size;
    const linear = row === 'javascript.full' ? 'for comparison' : 'linear: about 1 ×';
    if (growth[10000]) lines.push([`${rows[row].title}: an indicator among 10,000, of one among 100`, linear, `${short(each(10000) / each(100))} ×`, '']);
  }
  if (growth[10000]) lines.push(['Memory of the module after `check`: an indicator among 10,000, of one among 1,000', 'linear: about 1 ×', `${short(growth[10000]['duibiao.report'].memory / growth[1000]['duibiao.report'].memory / 10)} ×`, '']);
  for (const [sheet, what] of [['100', 'a sheet on which all 100 indicators fail'], ['changzhou-2023', 'a sheet of `changzhou-2023` on which a third fails']]) {
    const ratio = steps?.fixes && steps.fixes[sheet] / steps.checking[sheet];
    if (ratio) lines.push([`Fixes for ${what}: of one full check`, `< ${FIXES} ×`, `${short(ratio)} ×`, held(FIXES, ratio)]);
  }
  return `## Targets\n\n${table(['', 'target', 'measured:', 'held'], lines)}`;
}

function submissions({ rows, sizes }) {
  const js = rows['javascript.full'].submission;
  const shown = Object.values(rows).filter(({ engine }) => engine !== 'empty').sort((a, b) => (a.submission ?? Infinity) - (b.submission ?? Infinity));
  const lines = shown.map(({ title, engine, absent, failed, submission, fastest, gives }) => {
    const name = engine === 'duibiao' ? `**${title}**` : title;
    if (absent) return [name, `not installed: ${absent}`, '', '', '', ''];
    if (failed) return [name, failed, '', '', '', ''];
    return [name, short(submission), short(fastest), `${short(submission / js)} ×`, gives, kilobytes(sizes[engine] ?? undefined)];
  });
  return `## One submission of 100 indicators

${table(['', 'µs:', 'fastest process, µs:', 'of JavaScript:', 'reasons it gives', 'gzip, KB:'], lines)}

Hand-written JavaScript decides with binary floating point, Duibiao exactly. \`session.set\` is one edit of one field, with what changed by it, in a session
that has seen an edit of the field before, or not; \`check_batch\` one row of a table of 1,000; all others a whole submission. \`check\` is the report that is shown, printed and kept. Size: the script, minified, with what a page has to
add to the engine, and the module; without rules.`;
}

/** Every row of ours loads the same. */
const load_of = rows => median(Object.values(rows).filter(({ engine }) => engine === 'duibiao').flatMap(({ loads }) => loads ?? []));

function loading({ rows, sizes }) {
  const seen = new Set();
  const lines = [];
  for (const { title, engine, script, load, first } of Object.values(rows).sort((a, b) => (a.load ?? Infinity) - (b.load ?? Infinity))) {
    if (load === undefined || seen.has(engine)) continue;
    seen.add(engine);
    const ours = engine === 'duibiao';
    const nothing = engine === 'empty';
    lines.push([ours ? '**Duibiao**' : title, short(script), short(ours ? load_of(rows) : load), nothing ? '' : short(ours ? rows['duibiao.judge'].first : first)]);
  }
  const empty = rows['empty.nothing'].load;
  const laps = Object.entries(rows['duibiao.judge'].laps).map(([name, time]) => `${name} ${short(time)}`).join(', ');
  return `## Loading

In a fresh process, from bytes in memory: parsing the script, then compiling and starting the module and reading 100 indicators, then the first submission.

${table(['', 'script, ms:', 'module and rules, ms:', 'first submission, ms:'], lines)}

An empty WebAssembly module takes ${short(empty)} ms, so Duibiao takes ${short(load_of(rows) - empty)} ms beyond it: ${laps} ms.`;
}

function sizes({ growth }) {
  const all = Object.keys(growth).map(Number);
  const names = ['javascript.full', 'duibiao.judge', 'duibiao.explain', 'duibiao.batch', 'duibiao.report', 'duibiao.begin', 'duibiao.session', 'duibiao.first'];
  const cell = (name, size) => {
    const row = growth[size][name];
    if (row.submission === undefined) return row.failed ?? '';
    const each = /\.(session|first)$/.test(name) ? '' : ` (${short((row.submission * 1000) / size)} ns)`;
    return `${duration(row.submission * 1000)}${each}`;
  };
  const lines = names.map(name => [growth[100][name].title, ...all.map(size => cell(name, size))]);
  for (const name of ['duibiao.judge', 'duibiao.report']) lines.push([`${growth[100][name].title}: memory of the module`, ...all.map(size => megabytes(growth[size][name].memory))]);
  lines.push(['Loading Duibiao', ...all.map(size => `${short(load_of(growth[size]))} ms`)]);
  return `## Cost with size: 10 to 10,000 indicators

A submission, in brackets each of its indicators; of an edit the whole.

${table(['', ...all.map(size => `${size.toLocaleString('en')}:`)], lines)}`;
}

function tables({ tables: measured, command }) {
  const lines = measured.map(({ rows, time, module_before, module, given, answered, process }) => [
    whole(rows), duration(time * 1e6), duration((time * 1e6) / rows), `${megabytes(module)} (${megabytes(module_before)} before)`, `${megabytes(given)} + ${megabytes(answered)}`, megabytes(process),
  ]);
  const text = `## Cost with rows

\`check_batch\` with 100 indicators, in one call:

${table(['rows:', 'time:', 'a row:', 'memory of the module:', 'columns and answers:', 'whole process:'], lines)}`;
  if (command === undefined) return text;
  const others = command.map(({ rows, time, memory, given, answered }) => [whole(rows), duration(time * 1e6), duration((time * 1e6) / rows), megabytes(memory), `${megabytes(given)} + ${megabytes(answered)}`]);
  return `${text}

\`duibiao batch\` with the same, from a file to a file, on all cores:

${table(['rows:', 'time:', 'a row:', 'memory:', 'files:'], others)}`;
}

function steps({ steps: measured }) {
  if (measured === undefined) return undefined;
  const columns = ['10', '100', '1000', '10000', 'changzhou-2023'];
  const lines = Object.entries(measured).map(([name, by]) => [`\`${name}\``, ...columns.map(column => (by[column] === undefined ? '' : duration(by[column])))]);
  const ratio = size => short(measured.fixes[size] / measured.checking[size]);
  return `## The steps in Rust

\`cargo bench --bench steps\`: outside WebAssembly, fastest samples, for a whole standard; \`edit\` is a single edit. What each is stands in \`steps.rs\`.

${table(['', ...columns.map(column => `${Number(column) ? Number(column).toLocaleString('en') : column}:`)], lines)}

Fixes for a sheet on which every indicator fails, of one full check of it (\`fixes\` of \`checking\`): ${columns.filter(column => measured.fixes?.[column]).map(column => `${ratio(column)} × at ${Number(column) ? Number(column).toLocaleString('en') : `\`${column}\``}`).join(', ')}.`;
}
