// The checker module under Node: the golden report byte for byte, and what the boundary promises
// (`src/wasm.d.ts`): misuse and unreadable rulebooks throw, bad data never does.
// Needs what `make test-node` builds; the golden report is shared with Rust and the browser.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

const root = new URL('../', import.meta.url);
const read = path => readFileSync(new URL(path, root));
const AS_OF = '2024-01-01';

let Checker, rulebook, checker;

before(async () => {
  const glue = await import(new URL('target/module/duibiao.js', root));
  const module = new WebAssembly.Module(read('target/module/changzhou-2023.wasm'));
  const sections = WebAssembly.Module.customSections(module, 'duibiao.rulebook');
  assert.equal(sections.length, 1, 'one rulebook in the module');
  glue.initSync({ module });
  Checker = glue.Checker;
  rulebook = new Uint8Array(sections[0]);
  checker = Checker.load(rulebook);
});
after(() => checker.free());

const check = (entry, options = { as_of: AS_OF }) => checker.check(entry, options);
const finding = (report, id) => report.findings.find(({ indicator }) => indicator === id);

/** An `Error` with problems, each with a code and a text. */
function refuses(run, code) {
  assert.throws(run, error => {
    assert.ok(error instanceof Error, `an Error, not ${error}`);
    assert.ok(Array.isArray(error.problems) && error.problems.length > 0, `problems: ${error.message}`);
    for (const problem of error.problems) assert.ok(problem.code && problem.text);
    assert.equal(error.problems[0].code, code);
    return true;
  });
}

test('the report is the golden one, byte for byte', () => {
  const report = check(JSON.parse(read('tests/golden/data.json')));
  assert.equal(`${JSON.stringify(report, null, 2)}\n`, read('tests/golden/report.json').toString());
});

test('the same data gives the same report again', () => {
  const data = JSON.parse(read('tests/golden/data.json'));
  assert.deepEqual(check(data), check(data));
});

test('a report can be checked again by what it holds', () => {
  const report = check(JSON.parse(read('tests/golden/data.json')), { as_of: AS_OF, lang: 'en' });
  assert.deepEqual(check(report.entry, report), report);
  const sha256 = createHash('sha256').update(JSON.stringify(report.entry)).digest('hex');
  assert.equal(report.entry_digest.split(' ')[0], `sha256:${sha256}`);
  // The order of items, and whether a number is one or a text, are not recorded.
  const given = (fields, more = {}) => check({ fields, ...more });
  const one = given({ mech_swept_area: 92.990, swept_area: 100, district_dustfall: { 金坛区: 2.5, 天宁区: null } });
  const two = given({ district_dustfall: { 天宁区: null, 金坛区: '2.5' }, swept_area: '100', mech_swept_area: '92.99' }, { parameters: {} });
  assert.equal(JSON.stringify(one), JSON.stringify(two));
  assert.notEqual(one.entry_digest, given({ swept_area: 100 }).entry_digest);
});

test('the standard describes itself', () => {
  const standard = checker.describe();
  assert.equal(standard.id, 'changzhou-2023');
  assert.equal(standard.indicators.length, 100);
  const counts = { A: 12, B: 16, C: 20, D: 9, E: 8, F: 11, G: 9, P: 7, R: 4, X: 4 };
  const ids = Object.entries(counts).flatMap(([letter, n]) => Array.from({ length: n }, (_, i) => `${letter}-${String(i + 1).padStart(2, '0')}`));
  assert.deepEqual(standard.indicators.map(({ id }) => id).sort(), ids);
  assert.match(standard.title, /参考/);
  assert.match(standard.notice, /不代表正式评定/);
  assert.equal(standard.digest, check({}).standard.digest);
});

test('a rulebook that is cut short is refused', () => {
  for (const length of [0, 1, 4]) refuses(() => Checker.load(rulebook.slice(0, length)), 'not-a-rulebook');
  const step = Math.ceil(rulebook.length / 200);
  for (let length = 5; length < rulebook.length; length += step) refuses(() => Checker.load(rulebook.slice(0, length)), 'damaged-rulebook');
  refuses(() => Checker.load(rulebook.slice(0, -1)), 'damaged-rulebook');
});

test('a rulebook that has too much, or another beginning, is refused', () => {
  const longer = new Uint8Array(rulebook.length + 1);
  longer.set(rulebook);
  refuses(() => Checker.load(longer), 'damaged-rulebook');
  for (let at = 0; at < 5; at += 1) refuses(() => Checker.load(rulebook.with(at, rulebook[at] ^ 0xff)), 'not-a-rulebook');
});

test('an altered rulebook is refused, or is another one; it never breaks the module', () => {
  const { digest } = checker.describe();
  let refused = 0;
  for (let at = 5; at < rulebook.length; at += 97) {
    let other;
    try {
      other = Checker.load(rulebook.with(at, 0xff));
    } catch (error) {
      assert.ok(!(error instanceof WebAssembly.RuntimeError), `byte ${at}: ${error}`);
      assert.equal(error.problems?.[0]?.code, 'damaged-rulebook', `byte ${at}: ${error}`);
      refused += 1;
      continue;
    }
    // What can still be read must still be safe to check, and cannot be taken for the original.
    assert.equal(other.check({}, { as_of: AS_OF }).findings.length > 0, true);
    if (rulebook[at] !== 0xff) assert.notEqual(other.describe().digest, digest);
    other.free();
  }
  assert.ok(refused > 0);
  assert.equal(checker.describe().digest, digest);
});

test('misuse is refused', () => {
  for (const as_of of [undefined, null, '', 'today', '2024-13-01', '2023-02-29', 20240101, new Date(0)]) refuses(() => check({}, { as_of }), 'bad-date');
  for (const options of [undefined, null, AS_OF, {}]) refuses(() => checker.check({}, options), 'bad-date');
  refuses(() => check({}, { as_of: AS_OF, lang: 'fr' }), 'bad-lang');
  for (const entry of [undefined, null, 1, 'text', true]) refuses(() => check(entry), 'bad-entry');
  for (const part of ['fields', 'parameters', 'not_applicable']) {
    for (const value of [1, 'text', true, []]) refuses(() => check({ [part]: value }), 'bad-entry');
  }
});

test('bad data never throws; it is in the report', () => {
  const strange = ['', ' ', 'abc', '≥95', '60%左右', '无', '-1', '1e999', '9'.repeat(5000), '\0', '😀', '\ud800',
    -1, NaN, Infinity, -0, 1e308, 5e-324, true, null, undefined, [], [1], {}, { 天宁区: {} }, { nowhere: 1 }, () => 1, new Date(0)];
  const names = checker.describe().fields.map(({ id }) => id);
  for (const value of strange) {
    const report = check({ fields: Object.fromEntries(names.map(id => [id, value])) });
    assert.equal(report.findings.length, 100);
    JSON.stringify(report);
  }
  const report = check({
    fields: { swept_area: 'abc', nowhere: 1 },
    parameters: { nowhere: 1 },
    not_applicable: { 'C-99': 'no reason', 'C-01': '' },
  });
  const codes = report.data.map(({ code }) => code);
  for (const code of ['unreadable', 'unknown-field', 'unknown-parameter', 'unknown-indicator', 'no-reason']) assert.ok(codes.includes(code), `${code} among ${codes}`);
  assert.equal(finding(report, 'C-10').outcome, 'invalid');
});

test('missing is missing, with the names of the fields', () => {
  const report = check({ fields: { swept_area: 100 } });
  assert.equal(finding(report, 'C-10').outcome, 'missing');
  assert.deepEqual(finding(report, 'C-10').missing, ['mech_swept_area']);
});

test('an entry may be fields alone, as a file may, whichever way it is judged', () => {
  const alone = { swept_area: 100, 机扫面积: 93 };
  const whole = { fields: alone };
  const options = { as_of: AS_OF };
  assert.deepEqual(check(alone), check(whole));
  assert.deepEqual(checker.judge(alone, options), checker.judge(whole, options));
  const outcomes = entry => checker.explain(entry, options).map(({ outcome }) => outcome);
  assert.deepEqual(outcomes(alone), outcomes(whole));
  const session = checker.session(alone, options);
  assert.deepEqual(session.report(), check(whole));
  session.set('swept_area', 90);
  assert.deepEqual(session.entry, { fields: { swept_area: 90, 机扫面积: 93 } });
  assert.equal(session.undo().value, 100);
  session.free();
});

test('nothing of an entry is left out in silence', () => {
  // Beside fields, names that are no parts are misuse; without them, all are fields, known or not.
  refuses(() => check({ fields: {}, paramters: {} }), 'bad-entry');
  refuses(() => checker.judge({ fields: {}, paramters: {} }, { as_of: AS_OF }), 'bad-entry');
  const unknown = ({ data }) => data.filter(({ code }) => code === 'unknown-field').flatMap(({ fields }) => fields);
  assert.deepEqual(unknown(check({ parameters: {}, swept_area: 100, 机扫面积: 93 })), ['parameters']);
  assert.deepEqual(unknown(check({ feilds: { swept_area: 1 }, parameters: {} })).sort(), ['feilds', 'parameters']);
  // A data file as the page writes it holds more than an entry.
  const { id, version } = checker.describe();
  const file = { standard: { id, version }, as_of: AS_OF, fields: { swept_area: 1 }, evidence: {}, notes: {}, tasks: {} };
  assert.deepEqual(check(file), check({ fields: { swept_area: 1 } }));
  // A list is no number, even if its text looks like one; objects without a prototype are objects.
  assert.equal(finding(check({ swept_area: [1, 825], 机扫面积: 1 }), 'C-10').outcome, 'invalid');
  const bare = Object.assign(Object.create(null), { swept_area: 100, 机扫面积: 93 });
  assert.deepEqual(check({ fields: bare }), check({ fields: { ...bare } }));
});

test('numbers equal the same numbers as text', () => {
  const swept = value => check({ fields: { swept_area: 1000, mech_swept_area: value } });
  for (const value of [412, 89.999999, 929.99, 930, 0.1 + 0.2, 0.29, 1e-7, 0]) {
    assert.deepEqual(swept(value), swept(String(value)), String(value));
  }
  assert.equal(finding(swept(929.99), 'C-10').outcome, 'unmet');
  assert.equal(finding(swept(930), 'C-10').outcome, 'met');
  // 89.999999 % is not 90 %.
  const recycled = value => finding(check({ fields: { cd_waste_total: 100, cd_waste_safe: 100, cd_waste_reused: value } }), 'C-08').reason;
  assert.notDeepEqual(recycled(89.999999), recycled(90));
});

test('the language is the one asked for', () => {
  const data = { fields: { swept_area: 100, mech_swept_area: 92.99 } };
  const [zh, en] = ['zh', 'en'].map(lang => check(data, { as_of: AS_OF, lang }));
  assert.deepEqual([zh.lang, en.lang], ['zh', 'en']);
  assert.notEqual(finding(zh, 'C-10').text, finding(en, 'C-10').text);
  assert.deepEqual(finding(zh, 'C-10').fixes.map(({ to }) => to), finding(en, 'C-10').fixes.map(({ to }) => to));
});

test('a freed checker is gone, and others stay', () => {
  const other = Checker.load(rulebook);
  assert.equal(other.describe().indicators.length, 100);
  const session = other.session({}, { as_of: AS_OF });
  session.free();
  for (const use of [() => session.set('swept_area', 1), () => session.undo(), () => session.report(), () => session.entry]) refuses(use, 'freed');
  other.free();
  refuses(() => other.describe(), 'freed');
  refuses(() => other.check({}, { as_of: AS_OF }), 'freed');
  refuses(() => other.check_batch({}, { as_of: AS_OF }), 'freed');
  refuses(() => other.free(), 'freed');
  assert.equal(checker.describe().indicators.length, 100);
});

// What is fast says the same as the report.

const OUTCOMES = ['met', 'partial', 'unmet', 'missing', 'pending', 'invalid', 'not_applicable', 'waived'];
const nearest = text => {
  if (text === undefined) return undefined;
  const [a, b = '1'] = text.split('/');
  return Number(a) / Number(b);
};
const verdicts = report => report.findings.map(({ outcome, points }) => [outcome, nearest(points)]);
const golden = () => JSON.parse(read('tests/golden/data.json'));

/** Entries that take every way in: numbers, texts, truths, lists, lines of the user, what is set aside, nonsense, and numbers too long to be fast. */
const entries = () => {
  const data = golden();
  const [first] = Object.keys(data.fields);
  return [
    {},
    data,
    { fields: data.fields },
    { ...data, waived: { 'C-10': { reason: '修路', by: '市创建办', until: '2024-06-30' } } },
    { ...data, not_applicable: { 'C-11': '没有' }, parameters: { mech_swept_line: '80' } },
    { fields: { 清扫面积: 100, 机扫面积: 92.99 } },
    { fields: { 清扫面积: '1.0e2', 机扫面积: '９３' } },
    { fields: { 清扫面积: 0.1 + 0.2, 机扫面积: 0.1 } },
    { fields: { 清扫面积: '9'.repeat(60), 机扫面积: `${'9'.repeat(59)}.5` } },
    { fields: { 清扫面积: 10, 机扫面积: 11 } },
    { fields: { 清扫面积: true, 机扫面积: 'x\0y', [first]: null, 没有的: 3 } },
    { fields: { swept_area: 100, 清扫面积: 200, 机扫面积: 93 } },
    { fields: { 清扫面积: NaN, 机扫面积: -1 } },
    // Points whose fraction has a long denominator.
    { fields: { 道路面积: '51501234.57平方米', 清扫面积: '4700' }, parameters: { swept_cover_step_mode: '按比例扣' } },
  ];
};

test('judging and explaining agree with the report', () => {
  for (const entry of entries()) {
    const near = (all) => all.map(([outcome, points]) => [outcome, points === undefined ? points : points.toFixed(9)]);
    const expected = near(verdicts(check(entry)));
    const { outcomes, points } = checker.judge(entry, { as_of: AS_OF });
    const judged = Array.from(outcomes, (outcome, i) => [OUTCOMES[outcome], Number.isNaN(points[i]) ? undefined : points[i]]);
    assert.deepEqual(near(judged), expected);
    const explained = checker.explain(entry, { as_of: AS_OF });
    assert.deepEqual(near(explained.map(({ outcome, points }) => [outcome, points])), expected);
  }
});

test('what is no value of a field is unreadable in every way in', () => {
  const options = { as_of: AS_OF };
  const at = checker.explain({}, options).findIndex(({ indicator }) => indicator.id === 'C-10');
  for (const odd of [[95], [], {}, { toString: () => '95' }]) {
    const session = checker.session({ 清扫面积: 100 }, options);
    assert.equal(session.set('机扫面积', odd).unreadable, true);
    assert.equal(session.findings()[at].outcome, 'invalid');
    assert.equal(finding(session.report(), 'C-10').outcome, 'invalid');
    session.free();
    assert.equal(OUTCOMES[checker.check_batch({ 清扫面积: [100], 机扫面积: [odd] }, options).outcomes[at]], 'invalid');
  }
  const session = checker.session({}, options);
  for (const name of [5, {}, true, null, undefined, { length: -1 }]) refuses(() => session.set(name, 1), 'unknown-field');
  session.free();
  for (const columns of [null, undefined, 5, [], { 清扫面积: 5 }, { 清扫面积: '123' }, { 清扫面积: null }, { 清扫面积: undefined }]) refuses(() => checker.check_batch(columns, options), 'bad-batch');
});

test('the branches are those of the report', () => {
  const same = (branch, reason) => {
    assert.equal(branch.holds, reason.holds);
    assert.equal(branch.decisive, reason.decisive);
    assert.equal(branch.fact.kind, reason.kind);
    assert.equal(branch.fact.at, reason.at);
    assert.equal(branch.fact.left?.label, reason.left?.label);
    if (branch.gap !== undefined) assert.ok(Math.abs(branch.gap - nearest(reason.gap)) <= 1e-9 * Math.abs(branch.gap), reason.gap);
    assert.equal(branch.parts.length, (reason.parts ?? []).length);
    branch.parts.forEach((part, i) => same(part, reason.parts[i]));
  };
  let compared = 0;
  for (const entry of entries()) {
    const report = check(entry);
    checker.explain(entry, { as_of: AS_OF }).forEach(({ indicator, reason }, i) => {
      assert.equal(indicator.id, report.findings[i].indicator);
      if (report.findings[i].reason === undefined) return;
      same(reason, report.findings[i].reason);
      compared += 1;
    });
  }
  assert.ok(compared > 1000);
});

test('a session says after each edit what a check says, and takes edits back', () => {
  const session = checker.session(golden(), { as_of: AS_OF });
  const states = [];
  const edits = [['机扫面积', '9'], ['机扫面积', 'x'], ['清扫面积', '0'], ['swept_area', 400], ['清扫面积', null], ['机扫面积', '1e40'], ['道路清扫保洁面积', '５００']];
  const seen = new Map(session.findings().map(finding => [finding.indicator, finding]));
  let told = 0;
  for (const [field, value] of edits) {
    states.push([session.entry, verdicts(session.report())]);
    const { changed, unreadable } = session.set(field, value);
    assert.equal(unreadable, value === 'x');
    for (const finding of changed) seen.set(finding.indicator, finding);
    told += changed.length;
    const report = check(session.entry);
    assert.deepEqual(session.report(), report);
    assert.deepEqual([...seen.values()].map(({ outcome, points }) => [outcome, points]), verdicts(report));
  }
  assert.ok(told > 3);
  for (const [entry, before] of states.reverse()) {
    session.undo();
    assert.deepEqual(verdicts(check(session.entry)), before);
    assert.deepEqual(session.findings().map(({ outcome, points }) => [outcome, points]), before);
    assert.deepEqual(check(session.entry), check(entry));
  }
  assert.equal(session.undo(), undefined);
  refuses(() => session.set('没有的', '1'), 'unknown-field');
  session.free();
});

test('a row of a batch is judged as a check of its own', () => {
  const swept = [100, 100, NaN, 0, 0.1 + 0.2, 480, 1e300, 95.5];
  const mech = ['93', '92.99', '9', '0', '0.3', null, '1', '≥95'];
  const rows = 600;
  const column = values => Array.from({ length: rows }, (_, row) => values[row % values.length]);
  const batch = checker.check_batch({ swept_area: Float64Array.from(column(swept)), 机扫面积: column(mech) }, { as_of: AS_OF });
  assert.equal(batch.rows, rows);
  const width = batch.outcomes.length / rows;
  for (const row of [...swept.keys(), rows - 1]) {
    const fields = { swept_area: Number.isNaN(swept[row % 8]) ? null : swept[row % 8], 机扫面积: mech[row % 8] };
    const found = Array.from({ length: width }, (_, i) => {
      const points = batch.points[row * width + i];
      return [OUTCOMES[batch.outcomes[row * width + i]], Number.isNaN(points) ? undefined : points];
    });
    assert.deepEqual(found, verdicts(check({ fields })), `row ${row}`);
  }
  refuses(() => checker.check_batch({ swept_area: new Float64Array(1), 清扫面积: new Float64Array(1) }, { as_of: AS_OF }), 'bad-batch');
  refuses(() => checker.check_batch({ 没有的: new Float64Array(1) }, { as_of: AS_OF }), 'unknown-field');
  refuses(() => checker.check_batch({ swept_area: new Float64Array(1), 机扫面积: [] }, { as_of: AS_OF }), 'bad-batch');
  refuses(() => checker.check_batch({}, { as_of: 'x' }), 'bad-date');
  assert.deepEqual(checker.check_batch({}, { as_of: AS_OF }).rows, 0);
});

test('each row of a table of all fields is judged as an entry of its own', () => {
  // The same numbers in every run. Half of the columns hold numbers alone; some values only the full evaluation can hold.
  let state = 2023;
  const below = count => (state = (state * 48271) % 2147483647) % count;
  const numbers = [100, 93, 92.99, 0.29, 0, 95.5, 5120, 1e15, 0.1 + 0.2, 1 / 3, NaN];
  const texts = ['100', '93', '９２．９９', '', null, true, false, 'x', '1.2万', '9'.repeat(40), '2023-05-31', NaN, 7];
  const { fields } = checker.describe();
  const names = fields.flatMap(({ id, keys }) => (keys.length === 0 ? [id] : keys.map(key => `${id}.${key}`)));
  const rows = 150;
  const columns = {};
  names.forEach((name, place) => {
    const any = list => Array.from({ length: rows }, () => list[below(list.length)]);
    columns[name] = place % 2 === 0 ? Float64Array.from(any(numbers)) : any(texts);
  });
  const { outcomes, points } = checker.check_batch(columns, { as_of: AS_OF });
  const width = outcomes.length / rows;
  const seen = new Set();
  for (let row = 0; row < rows; row += 1) {
    const given = Object.fromEntries(names.map(name => {
      const value = columns[name][row];
      return [name, columns[name] instanceof Float64Array && Number.isNaN(value) ? null : value];
    }));
    const found = Array.from({ length: width }, (_, i) => {
      const won = points[row * width + i];
      return [OUTCOMES[outcomes[row * width + i]], Number.isNaN(won) ? undefined : won];
    });
    const own = checker.judge({ fields: given }, { as_of: AS_OF });
    const expected = Array.from(own.outcomes, (outcome, i) => [OUTCOMES[outcome], Number.isNaN(own.points[i]) ? undefined : own.points[i]]);
    assert.deepEqual(found, expected, `row ${row}`);
    for (const [outcome] of found) seen.add(outcome);
  }
  for (const outcome of ['met', 'unmet', 'missing', 'invalid', 'pending']) assert.ok(seen.has(outcome), outcome);
});
