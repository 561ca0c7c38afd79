// Rhai itself in wasm (`rhai/`), evaluating a function for each indicator at every check: the way Duibiao does not go. Twice:
// as one would write it first, each call with a copy of the submission, and with the submission bound to `this`, not copied.

import init, { Rules } from '../../../target/bench/rhai/rhai.js';
import { line_of } from '../workload.mjs';

const text = JSON.stringify;
const decimal = number => (Number.isInteger(number) ? `${number}.0` : String(number));

function write(indicator, s) {
  const { id, kind, field, part, whole, weight, line, high, allowed, tiers, mode, members } = indicator;
  const shown = typeof line_of(indicator) === 'number' ? decimal(line_of(indicator)) : text(line_of(indicator));
  const says = (status, score, code, actual, threshold, gap) =>
    `#{ id: "${id}", status: "${status}", score: ${score}, code: "${code}", actual: ${actual}, threshold: ${threshold}, gap: ${gap} }`;
  const missing = says('missing', '0.0', 'missing', '()', shown, '()');
  const passes = says('pass', decimal(weight), 'ok', 'v', shown, '0.0');
  const below = says('fail', '0.0', 'below', 'v', shown, `${shown} - v`);
  const start = `let v = ${s}.${field};\n    if v == () { return ${missing}; }`;
  const body = {
    threshold: () => `${start}\n    if v >= ${shown} { ${passes} } else { ${below} }`,
    ratio: () => `let n = ${s}.${part};
    let d = ${s}.${whole};
    if n == () || d == () { return ${missing}; }
    if d == 0 { return ${says('missing', '0.0', 'zero_denominator', '()', shown, '()')}; }
    let v = n * 100.0 / d;
    if v >= ${shown} { ${passes} } else { ${below} }`,
    range: () => `${start}
    if v < ${shown} { return ${below}; }
    if v > ${decimal(high)} { return ${says('fail', '0.0', 'above', 'v', decimal(high), `v - ${decimal(high)}`)}; }
    ${passes}`,
    choice: () => `${start}\n    if v in ${text(allowed)} { ${passes} } else { ${says('fail', '0.0', 'not_allowed', 'v', shown, '1.0')} }`,
    tiered: () => {
      const tier = ([from, share]) => (share === 1 ? passes : says('pass', decimal(weight * share), 'tier', 'v', shown, `${shown} - v`));
      return [start, ...tiers.map(each => `if v >= ${decimal(each[0])} { return ${tier(each)}; }`), below].join('\n    ');
    },
    composite: () => {
      const [first, second] = mode === 'all' ? ['fail > 0', `pass == ${members.length}`] : [`fail == ${members.length}`, 'pass > 0'];
      return `let pass = 0;
    let fail = 0;
    for status in [${members.map(member => `r.${member}`).join(', ')}] {
        if status == "pass" { pass += 1; } else if status == "fail" { fail += 1; }
    }
    let status = if ${first} { "fail" } else if ${second} { "pass" } else { "missing" };
    #{ id: "${id}", status: status, score: if status == "pass" { ${decimal(weight)} } else { 0.0 }, code: status, actual: pass, threshold: ${line_of(indicator)}, gap: if pass < ${line_of(indicator)} { ${line_of(indicator)} - pass } else { 0 } }`;
    },
  }[kind]();
  const parameters = [...(s === 's' ? ['s'] : []), ...(kind === 'composite' ? ['r'] : [])];
  return `fn ${id}(${parameters.join(', ')}) {\n    ${body}\n}`;
}

export const translate = indicators => ({
  'copied.rhai': indicators.map(indicator => write(indicator, 's')).join('\n'),
  'bound.rhai': indicators.map(indicator => write(indicator, 'this')).join('\n'),
});

export async function load({ texts, bytes, row }) {
  await init({ module_or_path: bytes[wasm] });
  const rules = new Rules(texts[`${row}.rhai`], row === 'bound');
  return { [row]: submission => rules.evaluate(submission) };
}

export const wasm = '../target/bench/rhai/rhai_bg.wasm';
export const files = ['copied.rhai', 'bound.rhai'];
const gives = 'value, line, gap, written into each rule';
export const rows = {
  bound: { title: 'Rhai in wasm, submission bound to `this`', explains: 'all', gives },
  copied: { title: 'Rhai in wasm, submission copied into each call', explains: 'all', gives },
};
