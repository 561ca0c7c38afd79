// Duibiao: the workload as a standard, compiled by `duibiao build`, and every way in which the module answers.
// A status of the workload is an outcome here; `pass` below full marks is `partial`.

import { Checker, OUTCOMES, initSync } from '../../../target/module/duibiao.js';
import { fields_of } from '../workload.mjs';

/** So many fields are edited, a number without a common factor with the step from one to the next. */
const EDITED = 100;
const OPTIONS = { as_of: '2024-01-01' };
const STATUS = { met: 'pass', partial: 'pass', unmet: 'fail', missing: 'missing' };
const text = JSON.stringify;

/** The condition of an indicator, and what composites that count it ask, where that is less: any tier will do there. */
function conditions({ kind, field, part, whole, line, low, high, allowed, tiers, mode, members }, counted) {
  switch (kind) {
    case 'threshold': return [`${field} >= ${line}`];
    case 'ratio': return [`percent(${part}, ${whole}) >= ${line}`];
    case 'range': return [`${field} >= ${low} && ${field} <= ${high}`];
    case 'choice': return [allowed[0] === true ? field : `one_of(${field}, ${text(allowed)})`];
    case 'tiered': return [`${field} >= ${line}`, `${field} >= ${tiers.at(-1)[0]}`];
    case 'composite': return [`${mode}([${members.map(member => counted.get(member)).join(', ')}])`];
  }
}

function bands({ field, weight, tiers }) {
  const points = share => +(weight * share).toFixed(4);
  const above = tiers.map(([from, share], i) => `#{ from: ${from}, ${i ? `below: ${tiers[i - 1][0]}, ` : ''}points: ${points(share)} }`);
  return `, value: ${field}, score: bands([${above.join(', ')}, #{ below: ${tiers.at(-1)[0]}, points: 0 }])`;
}

export function translate(indicators) {
  const lines = ['group("组");'];
  const counted = new Map();
  const declare = (name, more = '') => lines.push(`field("${name}", #{ id: "${name}", label: "${name}"${more} });`);
  for (const indicator of indicators) {
    const { id, title, kind, field, part, whole, weight, options } = indicator;
    if (kind === 'ratio') {
      declare(part);
      declare(whole, ', zero: "missing"');
    } else if (kind === 'choice') declare(field, options[0] === true ? ', type: "yes-no"' : `, type: "choice", choices: ${text(options)}`);
    else if (kind !== 'composite') declare(field);
    const [meets, counts = meets] = conditions(indicator, counted);
    counted.set(id, counts);
    lines.push(`indicator("${id.replace('_', '-')}", #{ title: "${title}", points: ${weight}, meets: ${meets}${kind === 'tiered' ? bands(indicator) : ''}, advice: "改" });`);
  }
  return {
    'standard/standard.rhai': `standard("peers", #{ title: "对比用（参考）", version: "1", notice: "参考", document: "无" });\nchapter("1-all", #{ title: "全部" });\n`,
    'standard/1-all/rules.rhai': `${lines.join('\n')}\n`,
  };
}

/** Made of the translation by the command. */
export const files = ['standard.wasm'];
export const standard = { from: 'standard', to: 'standard.wasm' };
/** What a page loads of it, beside the rules. */
export const product = { script: '../../../target/module/duibiao.js', names: 'Checker, OUTCOMES, initSync', wasm: '../../target/module/duibiao_bg.wasm' };

/** `lap` is told what is done. */
export async function load({ bytes, indicators, lap = () => {} }) {
  const module = new WebAssembly.Module(bytes['standard.wasm']);
  lap('compiling');
  const { memory } = initSync({ module });
  lap('starting');
  const [rulebook] = WebAssembly.Module.customSections(module, 'duibiao.rulebook');
  const checker = Checker.load(new Uint8Array(rulebook));
  lap('reading the rules');
  return { checker, memory, columns, ...ways(checker, indicators) };
}

/** The rows: how each runs, and what it answered in the terms of the workload. */
function ways(checker, indicators) {
  const width = indicators.length;
  const entries = submissions => submissions.map(fields => ({ fields }));
  /**
   * One submission becomes others, an edit at a time: each edit gives a field the value that it has in another submission. Of
   * the fields that are `known` the session has had an edit before; otherwise each edit is its field's first.
   */
  const edits = ({ known }) => {
    const fields = indicators.flatMap(fields_of).slice(0, EDITED);
    let session;
    let first;
    return {
      ready(submissions) {
        first = submissions[0];
        const value = (field, turn) => submissions[(turn + 1) % submissions.length][field] ?? null;
        return Array.from({ length: known ? 1000 : fields.length }, (_, turn) => {
          const field = fields[(turn * 7) % fields.length];
          return [field, value(field, turn)];
        });
      },
      again() {
        session?.free();
        session = checker.session({ fields: first }, OPTIONS);
        if (known) for (const field of fields) session.set(field, first[field] ?? null);
      },
      run(given) {
        let read = 0;
        for (const [field, value] of given) {
          for (const { indicator, outcome, points } of session.set(field, value).changed) read += indicator.length + outcome.length + (points || 0);
        }
        return read;
      },
      *answers(given) {
        const submission = { ...first };
        const standing = new Map(session.findings().map(finding => [finding.indicator, finding]));
        for (const [field, value] of given) {
          submission[field] = value;
          for (const finding of session.set(field, value).changed) {
            const before = standing.get(finding.indicator);
            if (before.outcome === finding.outcome && before.points === finding.points) throw new Error(`${finding.indicator} is said to have changed`);
            standing.set(finding.indicator, finding);
          }
          yield [{ ...submission }, { results: [...standing.values()].map(({ outcome, points }, i) => result(indicators[i].id, outcome, points)) }];
        }
      },
    };
  };
  const coded = (outcomes, points, from) => indicators.map(({ id }, i) => result(id, OUTCOMES[outcomes[from + i]], points[from + i]));
  return {
    judge: {
      ready: entries,
      run(given) {
        let read = 0;
        for (const entry of given) {
          const { outcomes, points } = checker.judge(entry, OPTIONS);
          for (let i = 0; i < outcomes.length; i += 1) read += outcomes[i] + (points[i] || 0);
        }
        return read;
      },
      *answers(given) {
        for (const entry of given) {
          const { outcomes, points } = checker.judge(entry, OPTIONS);
          yield [entry.fields, { results: coded(outcomes, points, 0) }];
        }
      },
    },

    explain: {
      ready: entries,
      run(given) {
        let read = 0;
        for (const entry of given) {
          for (const { indicator, outcome, points, reason } of checker.explain(entry, OPTIONS)) read += indicator.id.length + outcome.length + (points || 0) + read_branch(reason);
        }
        return read;
      },
      *answers(given) {
        for (const entry of given) {
          const results = checker.explain(entry, OPTIONS).map(({ outcome, points, reason }, i) => explained(indicators[i], outcome, points, reason, entry.fields));
          yield [entry.fields, { results }];
        }
      },
    },

    session: edits({ known: true }),
    first: edits({ known: false }),

    begin: {
      ready: entries,
      run(given) {
        let read = 0;
        for (const entry of given) {
          const session = checker.session(entry, OPTIONS);
          for (const { indicator, outcome, points } of session.findings()) read += indicator.length + outcome.length + (points || 0);
          session.free();
        }
        return read;
      },
      *answers(given) {
        for (const entry of given) {
          const session = checker.session(entry, OPTIONS);
          yield [entry.fields, { results: session.findings().map(({ outcome, points }, i) => result(indicators[i].id, outcome, points)) }];
          session.free();
        }
      },
    },

    batch: {
      ready: submissions => [{ submissions, columns: columns(submissions) }],
      each: ({ submissions }) => submissions.length,
      run([{ columns }]) {
        const { outcomes, points } = checker.check_batch(columns, OPTIONS);
        let read = 0;
        for (let i = 0; i < outcomes.length; i += 1) read += outcomes[i] + (points[i] || 0);
        return read;
      },
      *answers([{ submissions, columns }]) {
        const { outcomes, points } = checker.check_batch(columns, OPTIONS);
        for (let row = 0; row < submissions.length; row += 1) yield [submissions[row], { results: coded(outcomes, points, row * width) }];
      },
    },

    report: {
      ready: entries,
      run(given) {
        let read = 0;
        for (const entry of given) {
          for (const { indicator, outcome, points, text, fixes } of checker.check(entry, OPTIONS).findings) read += indicator.length + outcome.length + Number(points || 0) + text.length + fixes.length;
        }
        return read;
      },
      *answers(given) {
        for (const entry of given) {
          const results = checker.check(entry, OPTIONS).findings.map(({ outcome, points, reason }, i) => explained(indicators[i], outcome, exact(points), numbers(reason), entry.fields));
          yield [entry.fields, { results }];
        }
      },
    },
  };
}

/** A column for each field: numbers as they are, anything else as it is given. */
function columns(submissions) {
  const names = new Set(submissions.flatMap(Object.keys));
  return Object.fromEntries(Array.from(names, name => {
    const column = submissions.map(submission => submission[name]);
    const is_number = column.every(value => value === undefined || typeof value === 'number');
    return [name, is_number ? Float64Array.from(column, value => value ?? NaN) : column];
  }));
}

function read_branch({ holds, decisive, left, right, gap, parts }) {
  let read = (holds ? 1 : 0) + (decisive ? 1 : 0);
  if (gap !== undefined) read += left + right + gap;
  for (let i = 0; i < parts.length; i += 1) read += read_branch(parts[i]);
  return read;
}

const result = (id, outcome, points) => ({ id, status: STATUS[outcome], score: points === undefined || Number.isNaN(points) ? 0 : points });

/** What a finding and its reason say, in the terms of the workload. */
function explained(indicator, outcome, points, reason, submission) {
  const found = result(indicator.id, outcome, points);
  const says = (actual, threshold, gap) => ({ ...found, actual, threshold, gap });
  const { kind, field, allowed, members, mode } = indicator;
  if (reason.holds !== undefined && !decides(reason)) throw new Error(`nothing decided ${indicator.id}`);
  if (kind === 'composite') {
    if (reason.parts.length !== members.length) throw new Error(`${indicator.id} has ${reason.parts.length} parts`);
    const passed = reason.parts.filter(({ holds }) => holds === true).length;
    const needed = mode === 'all' ? members.length : 1;
    return says(passed, needed, Math.max(0, needed - passed));
  }
  if (found.status === 'missing') return says(null, null, null);
  if (kind === 'choice') {
    // Words have no gap: what was read is the word itself, or the yes.
    return says(submission[field], allowed.join('|'), reason.holds ? 0 : 1);
  }
  // A range fails at one of its ends; where it holds the workload names the lower.
  const compared = kind === 'range' ? (reason.parts.find(({ holds }) => !holds) ?? reason.parts[0]) : reason;
  const { left, right, gap, holds } = compared;
  if (Math.abs(Math.abs(left - right) - gap) > 1e-9 * Math.max(1, gap)) throw new Error(`${left} and ${right} are not ${gap} apart in ${indicator.id}`);
  return says(left, right, holds ? 0 : gap);
}

const decides = ({ decisive, parts }) => decisive || parts.some(decides);

/** A decimal or a fraction, as the nearest number. */
function exact(written) {
  if (written === undefined) return undefined;
  const [over, under = '1'] = written.split('/');
  return Number(over) / Number(under);
}

/** A reason of a report, as `explain` gives it. */
function numbers({ holds, decisive, left, right, gap, parts = [] }) {
  return { holds, decisive, left: exact(left?.value), right: exact(right?.value), gap: exact(gap), parts: parts.map(numbers) };
}

const nothing = 'nothing: outcomes and points';
export const rows = {
  judge: { title: 'Duibiao `judge`', explains: 'none', gives: nothing },
  explain: { title: 'Duibiao `explain`', explains: 'all', gives: 'every branch: both sides, gap, what decided' },
  session: { title: 'Duibiao `session.set`, an edit', explains: 'none', gives: 'nothing: outcomes and points that changed' },
  first: { title: 'Duibiao `session.set`, the first edit of a field', explains: 'none', gives: 'nothing: outcomes and points that changed' },
  begin: { title: 'Duibiao `session` and `findings`', explains: 'none', gives: nothing },
  batch: { title: 'Duibiao `check_batch`, a row', explains: 'none', gives: nothing },
  report: { title: 'Duibiao `check`', explains: 'all', gives: 'everything: sentences, sources, exact values, fixes, digests' },
};
