// The JSON Schemas that `duibiao schema` prints hold for what the command reads and writes,
// as a validator of others sees it.
// Needs what `make command` builds.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const command = process.env.DUIBIAO ?? join(root, 'target/release/duibiao');
const standards = [
  'tests/data/standard',
  ...readdirSync(join(root, 'rules')).map(name => `rules/${name}`).filter(path => existsSync(join(root, path, 'standard.rhai'))),
];

/** What the command prints, as JSON. */
function run(args, input = '') {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, input, encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.ok(status === 0 || status === 1, stderr);
  return JSON.parse(stdout);
}

/** Whether a schema holds for a value; the schema itself is checked too. */
function validator(schema) {
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);
  return value => {
    const holds = validate(value);
    return holds ? null : validate.errors.map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`).join('\n');
  };
}

const schema = run(['schema', 'report']);
const wrongInReport = validator(schema);
const golden = JSON.parse(readFileSync(join(root, 'tests/golden/report.json'), 'utf8'));

test('the golden report is as the schema says', () => {
  assert.equal(wrongInReport(golden), null);
  const data = ['check', 'rules/changzhou-2023', 'tests/golden/data.json', '--as-of', '2024-01-01', '--format', 'json'];
  assert.equal(wrongInReport(run(data)), null);
  assert.equal(wrongInReport(run([...data, '--lang', 'en'])), null);
});

for (const standard of standards) {
  test(`the reports of all examples of ${standard}, and their data`, () => {
    const wrongInData = [validator(run(['schema', 'data'])), validator(run(['schema', 'data', standard]))];
    const { examples } = run(['test', standard, '--format', 'json']);
    assert.ok(examples.length >= 8);
    // Compiled once, not for each example, where the command has a module to put it in.
    const folder = mkdtempSync(join(tmpdir(), 'schema-'));
    const module = join(folder, 'standard.wasm');
    const built = spawnSync(command, ['build', standard, '-o', module], { cwd: root }).status === 0;
    try {
      for (const { name, at, data, as_of, expected } of examples) {
        // What an example has invalid on purpose, the schema may refuse.
        if (expected !== 'invalid') for (const wrong of wrongInData) assert.equal(wrong(data), null, `${at} ${name}`);
        const report = run(['check', built ? module : standard, '-', '--as-of', as_of, '--format', 'json'], JSON.stringify(data));
        assert.equal(wrongInReport(report), null, `${at} ${name}`);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

/** Every object of a value, with its path. */
function* objects(value, path = '') {
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* objects(item, `${path}/${index}`);
  else if (value && typeof value === 'object') {
    yield [value, path];
    for (const [key, item] of Object.entries(value)) yield* objects(item, `${path}/${key}`);
  }
}

test('a report with anything else in it is refused, wherever that is', () => {
  const report = structuredClone(golden);
  let count = 0;
  const seen = new Set();
  for (const [object, path] of objects(report)) {
    // One of each shape is enough.
    const shape = path.replace(/\d+/g, '') + Object.keys(object).join();
    if (seen.has(shape)) continue;
    seen.add(shape);
    object.surplus = 1;
    assert.notEqual(wrongInReport(report), null, `${path}/surplus`);
    delete object.surplus;
    count += 1;
  }
  assert.ok(count > 20);
  for (const change of [
    report => { report.schema = 'duibiao-report/1'; },
    report => { report.as_of = '2024-1-1'; },
    report => { report.lang = 'fr'; },
    report => { report.score.low = 7; },
    report => { report.score.low = '七'; },
    report => { delete report.findings[0].text; },
    report => { report.findings[0].outcome = 'passed'; },
    report => { report.findings[0].missing = [1]; },
    report => { report.findings[0].reason.kind = 'some'; },
    report => { delete report.standard.digest; },
    report => { report.standard.digest = report.standard.digest.split(' ')[0]; },
    report => { delete report.entry_digest; },
    report => { delete report.engine; },
    report => { report.entry.fields.swept_area = 1; },
    report => { report.entry.waived = []; },
  ]) {
    const report = structuredClone(golden);
    change(report);
    assert.notEqual(wrongInReport(report), null, String(change));
  }
});

test('the schema has the fields of report.rs, no more and no fewer', () => {
  const source = readFileSync(join(root, 'src/report.rs'), 'utf8');
  const structs = new Map();
  for (const [, name, body] of source.matchAll(/^pub struct (\w+) \{\n([^]*?)^\}/gm)) {
    structs.set(name, [...body.matchAll(/((?: {4}#\[.*\]\n)*) {4}pub (\w+): (.+),\n/g)].map(([, attributes, field, type]) => ({
      field, optional: attributes.includes('skip_serializing_if'), flat: attributes.includes('flatten') && type,
    })));
  }
  // A fix writes its change as its own.
  structs.set('Fix', [...source.matchAll(/fix\.serialize_field\("(\w+)"/g)].map(([, field]) => ({ field, optional: field === 'from' || field === 'also' })));
  const { score } = schema.$defs;
  const own = {
    Report: schema, StandardRef: schema.properties.standard, Score: score, ChapterScore: schema.$defs.chapterScore,
    PointRange: schema.$defs.range, Standing: score.properties.pass, VetoState: schema.$defs.veto, Narrowing: schema.$defs.narrowing,
    FixFirst: schema.$defs.fixFirst, GradeRange: score.properties.grade,
    Extra: schema.$defs.extra, OutOfForce: schema.$defs.outOfForce,
    Finding: schema.$defs.finding, Fix: schema.$defs.fix, Change: schema.$defs.change, Reason: schema.$defs.reason,
    WaiverRef: schema.$defs.finding.properties.waiver, Term: schema.$defs.term, Source: schema.$defs.source, DataProblem: schema.$defs.dataProblem,
  };
  assert.deepEqual([...structs.keys()].sort(), Object.keys(own).sort(), 'the structs of report.rs');
  for (const [name, fields] of structs) {
    const all = fields.flatMap(field => (field.flat ? structs.get(field.flat) : [field]));
    assert.deepEqual(Object.keys(own[name].properties).sort(), all.map(({ field }) => field).sort(), name);
    assert.deepEqual([...(own[name].required ?? [])].sort(), all.filter(({ optional }) => !optional).map(({ field }) => field).sort(), `${name}: required`);
  }
});

test('the schema of data knows the fields of its standard', () => {
  const wrong = validator(run(['schema', 'data', 'tests/data/standard']));
  for (const data of [
    {},
    { area: 480, 机扫面积: '446.4', 绿化废弃物利用率: '40%', plan: true, plan_date: '2023-05-31' },
    { fields: { toilets: { 东区: 3 }, 'toilets.西区': 4, estates: null }, parameters: { reuse_line: 40, 利用率下限: '40%' }, not_applicable: { 'A-1': '移交' } },
    { fields: {}, standard: 'small', as_of: '2024-01-01', saved: 1 },
  ]) assert.equal(wrong(data), null, JSON.stringify(data));
  for (const data of [
    { aera: 480 },
    { area: -1 },
    { estates: 1.5 },
    { reuse: 101 },
    { area: true },
    { plan: 1 },
    { toilets: 3 },
    { toilets: { 南区: 3 } },
    { fields: {}, other: {} },
    { fields: {}, parameters: { line: 1 } },
    { fields: {}, not_applicable: { 'A-1': '' } },
    { fields: {}, not_applicable: { 'Z-1': '理由' } },
    [],
  ]) assert.notEqual(wrong(data), null, JSON.stringify(data));
  const { $defs } = run(['schema', 'data', 'tests/data/standard']);
  assert.equal($defs['field.swept'].title, '机械化清扫面积');
  assert.match($defs['field.swept'].description, /万平方米/);
});
