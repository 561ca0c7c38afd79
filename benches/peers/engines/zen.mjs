// GoRules ZEN in wasm. This package evaluates expressions, parsed anew each time; it holds no decision graph.

import init, { Variable } from '@gorules/zen-engine-wasm';
import { answer, split, zen } from './expressions.mjs';

export const translate = indicators => ({ 'zen.json': split(indicators, zen) });

/** What it told as texts. */
const told = value => (/^-?[\d.]+$/.test(value) ? Number(value) : value === 'true' || value === 'false' ? value === 'true' : value);
const numbers = ([status, ...others]) => [status, ...others.map(told)];

function evaluate(context, expression) {
  const variable = new Variable(context);
  try {
    return variable.evaluateExpression(expression);
  } finally {
    variable.free();
  }
}

export async function load({ texts, bytes, indicators }) {
  await init({ module_or_path: bytes[wasm] });
  const { simple, composites } = JSON.parse(texts['zen.json']);
  // All simple ones in one expression: one crossing instead of ninety-five.
  const all = `[${simple.map(([, expression]) => expression).join(', ')}]`;
  const ready = {
    simple: simple.map(([id], i) => [id, found => numbers(found[i])]),
    composites: composites.map(([id, expression]) => [id, statuses => numbers(evaluate(statuses, expression))]),
  };
  return { full: answer(indicators, ready, submission => evaluate(submission, all), statuses => statuses) };
}

export const needs = '@gorules/zen-engine-wasm';
export const wasm = 'node_modules/@gorules/zen-engine-wasm/dist/zen_engine_wasm_bg.wasm';
export const files = ['zen.json'];
export const rows = { full: { title: '@gorules/zen-engine-wasm', explains: 'but composites', gives: 'value and gap, written into each rule' } };
