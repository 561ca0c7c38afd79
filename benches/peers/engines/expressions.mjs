// For engines whose language is expressions: each indicator becomes one that gives [status, score, actual, gap]. Composites
// are expressions too, over the statuses found before. What joins the answers is here, as a page would have to hold it.

import { line_of } from '../workload.mjs';

const text = JSON.stringify;

/** Writes indicators in a language, of which `say` knows the words. */
function writer(say) {
  return indicator => {
    const { kind, field, part, whole, weight, line, low, high, allowed, tiers, mode, members } = indicator;
    const { number, nil, either, same } = say;
    const list = (status, score, actual, gap) => say.list(text(status), number(score), actual, gap);
    const missing = list('missing', 0, nil, nil);
    const value = kind === 'ratio' ? `${say.field(part)} * ${number(100)} / ${say.field(whole)}` : field && say.field(field);
    const passes = (score = weight) => list('pass', score, value, number(0));
    const below = () => list('fail', 0, value, `${number(line_of(indicator))} - ${value}`);
    const given = then => either(say.absent(field), missing, then);
    switch (kind) {
      case 'threshold':
        return given(either(`${value} >= ${number(line)}`, passes(), below()));
      case 'ratio': {
        const known = either(`${say.field(whole)} ${same} ${number(0)}`, missing, either(`${value} >= ${number(line)}`, passes(), below()));
        return either(`${say.absent(part)} ${say.or} ${say.absent(whole)}`, missing, known);
      }
      case 'range':
        return given(either(`${value} < ${number(low)}`, below(), either(`${value} > ${number(high)}`, list('fail', 0, value, `${value} - ${number(high)}`), passes())));
      case 'choice':
        return given(either(`${value} in ${text(allowed)}`, passes(), list('fail', 0, value, number(1))));
      case 'tiered': {
        const tier = (rest, [from, share]) => either(`${value} >= ${number(from)}`, share === 1 ? passes() : list('pass', weight * share, value, `${number(line)} - ${value}`), rest);
        return given([...tiers].reverse().reduce(tier, below()));
      }
      case 'composite': {
        const each = (status, join) => members.map(member => `${say.status(member)} ${same} ${text(status)}`).join(` ${join} `);
        const [pass, fail] = [list('pass', weight, nil, number(0)), list('fail', 0, nil, nil)];
        return mode === 'all'
          ? either(each('fail', say.or), fail, either(each('pass', say.and), pass, missing))
          : either(each('pass', say.or), pass, either(each('fail', say.and), fail, missing));
      }
    }
  };
}

const either = (condition, then, otherwise) => `(${condition} ? ${then} : ${otherwise})`;
const decimal = number => (Number.isInteger(number) ? `${number}.0` : String(number));

export const cel = writer({
  number: decimal, nil: 'null', list: (...all) => `[${all.join(', ')}]`, either, or: '||', and: '&&', same: '==',
  field: name => `s.${name}`, absent: name => `!has(s.${name})`, status: member => `r.${member}`,
});

/** Its wasm cuts the numbers that it returns to whole ones, so they leave as texts. */
const told = value => (value === 'null' ? value : `string(${value})`);
export const zen = writer({
  number: String, nil: 'null', list: (status, ...numbers) => `[${[status, ...numbers.map(told)].join(', ')}]`, either, or: 'or', and: 'and', same: '==',
  field: name => name, absent: name => `${name} == null`, status: member => member,
});

/** The simple ones and the composites, as pairs of an id and an expression. */
export function split(indicators, write) {
  const pairs = wanted => indicators.filter(({ kind }) => (kind === 'composite') === wanted).map(indicator => [indicator.id, write(indicator)]);
  return JSON.stringify({ simple: pairs(false), composites: pairs(true) });
}

/** Answers by expressions made ready: pairs of an id and a function of what `given` makes of a submission, or of the statuses. */
export function answer(indicators, { simple, composites }, given, given_statuses) {
  const lines = indicators.map(line_of);
  const highs = indicators.map(({ high }) => high ?? Infinity);
  return submission => {
    const statuses = {};
    const results = [];
    let total = 0;
    const context = given(submission);
    for (let i = 0; i < simple.length; i += 1) {
      const [id, evaluate] = simple[i];
      const [status, score, actual, gap] = evaluate(context);
      statuses[id] = status;
      total += score;
      results.push({ id, status, score, actual, threshold: actual > highs[i] ? highs[i] : lines[i], gap });
    }
    for (const [id, evaluate] of composites) {
      const [status, score, actual, gap] = evaluate(given_statuses(statuses));
      statuses[id] = status;
      total += score;
      results.push({ id, status, score, actual, threshold: null, gap });
    }
    return { total, results };
  };
}
