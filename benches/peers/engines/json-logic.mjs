// JSON Logic, compiled to functions (a page needs `unsafe-eval` for that).

import { LogicEngine } from 'json-logic-engine';
import { answer, split } from './expressions.mjs';

const read = name => ({ var: name });
const either = (...steps) => ({ if: steps });
const absent = name => ({ '===': [read(name), null] });
const MISSING = ['missing', 0, null, null];

function write({ kind, field, part, whole, weight, line, low, high, allowed, tiers, mode, members }) {
  const value = kind === 'ratio' ? { '/': [{ '*': [read(part), 100] }, read(whole)] } : read(field);
  const passes = ['pass', weight, value, 0];
  const fails = gap => ['fail', 0, value, gap];
  const to = at => ({ '-': [at, value] });
  switch (kind) {
    case 'threshold': return either(absent(field), MISSING, { '>=': [value, line] }, passes, fails(to(line)));
    case 'ratio': return either({ or: [absent(part), absent(whole)] }, MISSING, { '===': [read(whole), 0] }, MISSING, { '>=': [value, line] }, passes, fails(to(line)));
    case 'range': return either(absent(field), MISSING, { '<': [value, low] }, fails(to(low)), { '>': [value, high] }, fails({ '-': [value, high] }), passes);
    case 'choice': return either(absent(field), MISSING, { in: [value, allowed] }, passes, fails(1));
    case 'tiered': {
      const tier = ([from, share]) => [{ '>=': [value, from] }, share === 1 ? passes : ['pass', weight * share, value, to(line)]];
      return either(absent(field), MISSING, ...tiers.flatMap(tier), fails(to(line)));
    }
    case 'composite': {
      const each = status => members.map(member => ({ '===': [read(member), status] }));
      const [pass, fail] = [['pass', weight, null, 0], ['fail', 0, null, null]];
      return mode === 'all'
        ? either({ or: each('fail') }, fail, { and: each('pass') }, pass, MISSING)
        : either({ or: each('pass') }, pass, { and: each('fail') }, fail, MISSING);
    }
  }
}

export const translate = indicators => ({ 'json-logic.json': split(indicators, write) });

export async function load({ texts, indicators }) {
  const engine = new LogicEngine();
  const build = ([id, logic]) => [id, engine.build(logic)];
  const { simple, composites } = JSON.parse(texts['json-logic.json']);
  const ready = { simple: simple.map(build), composites: composites.map(build) };
  return { full: answer(indicators, ready, submission => submission, statuses => statuses) };
}

export const needs = 'json-logic-engine';
export const files = ['json-logic.json'];
export const rows = { full: { title: 'json-logic-engine, compiled', explains: 'but composites', gives: 'value and gap, written into each rule' } };
