// The package's types, exact enough that a wrong field in a report is a mistake that the compiler finds.
import { Checker, load, OpenError, OUTCOMES, type Outcome, type Report } from 'duibiao';
import { bring } from 'duibiao/inline';
import { DuibiaoCheckElement, type Value } from 'duibiao/element';
import 'duibiao/define';
import { EntryEvent, FailureEvent, ReportEvent } from 'duibiao/element';
import { bring as lend } from 'duibiao';
import rulebook from 'duibiao/standards/changzhou-2023';
import { instantiate } from 'duibiao/nowasm';

const checker: Checker = await load(rulebook);
const report: Report = checker.check({ fields: { 清扫面积: 100, 机扫面积: '93', 分拣中心: { 天宁区: 1 } } }, { as_of: '2024-01-01', lang: 'en' });

const outcomes: readonly Outcome[] = OUTCOMES;
const points: string | undefined = report.findings[0]?.points;
if (report.findings[0]?.reason?.kind === 'compare') {
  const gap: string | undefined = report.findings[0].reason.gap;
  // @ts-expect-error only combinations have parts
  report.findings[0].reason.parts;
  void gap;
}

// @ts-expect-error no such field in a report
report.verdicts;
// @ts-expect-error points are exact decimals, as text
const sum: number = report.score.low;
// @ts-expect-error no such outcome
const passed: Outcome = 'passed';
// @ts-expect-error a report is not altered
report.findings.push(report.findings[0]!);
// @ts-expect-error the date is needed: a report never depends on the clock
checker.check({}, {});
// @ts-expect-error no such language
checker.check({}, { as_of: '2024-01-01', lang: 'fr' });
// @ts-expect-error a list of values is no value
checker.check({ fields: { a: [1] } }, { as_of: '2024-01-01' });
// Fields alone are an entry, as in a file; parts and fields are not mixed.
checker.check({ 清扫面积: 100, 分拣中心: { 天宁区: 1 } }, { as_of: '2024-01-01' });
checker.judge({ 清扫面积: 100 }, { as_of: '2024-01-01' });
// @ts-expect-error no such part
checker.check({ fields: { 清扫面积: 100 }, lines: { a: 1 } }, { as_of: '2024-01-01' });
// @ts-expect-error a part is an object
checker.check({ not_applicable: ['C-10'] }, { as_of: '2024-01-01' });
// @ts-expect-error a number is no source
await load(1);

const element: DuibiaoCheckElement = document.createElement('duibiao-check');
element.entry = { fields: { 清扫面积: 100 } };
element.addEventListener('duibiao-report', (event) => { const now: Report = event.report; void now; });
element.addEventListener('duibiao-error', ({ error }) => { const code: OpenError['code'] = error.code; void code; });
const value: Value | null = element.value;
element.entry = { 清扫面积: 100 };
// @ts-expect-error no entry
element.entry = { not_applicable: ['C-10'] };
element.scheme = 'dark';
const fields: unknown = element.entry.fields;
document.addEventListener('duibiao-report', ({ report: now }) => { const one: Report = now; void one; });
window.addEventListener('duibiao-error', ({ error }) => { const code: 'bad-entry' | string = error.code; void code; });
document.addEventListener('duibiao-value', ({ detail }) => { const one: Value = detail; void one; });
// @ts-expect-error an event of a report has one
new ReportEvent();
document.dispatchEvent(new EntryEvent({ fields: {} }));
const told: OpenError = new FailureEvent(new OpenError('no-src', '')).error;
const alive: number | undefined = window.duibiao?.checkersAlive();
window.duibiaoFrames?.();
lend(new URL('checker.wasm', document.baseURI));
await load(fetch('a.wasm'));
const cleared: Promise<void> = element.clear();
// @ts-expect-error the report is computed, not set
element.report = report;
// @ts-expect-error no such property
element.colour = 'red';

bring();
checker.free();
void [fields, told, alive, cleared, DuibiaoCheckElement.version, outcomes, points, sum, passed, value, instantiate];
