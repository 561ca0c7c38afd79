// CEL in JavaScript.

import { Environment } from '@marcbachmann/cel-js';
import { answer, cel, split } from './expressions.mjs';

export const translate = indicators => ({ 'cel.json': split(indicators, cel) });

export async function load({ texts, indicators }) {
  const environment = new Environment({ homogeneousAggregateLiterals: false }).registerVariable('s', 'map').registerVariable('r', 'map');
  const parse = ([id, expression]) => [id, environment.parse(expression)];
  const { simple, composites } = JSON.parse(texts['cel.json']);
  const ready = { simple: simple.map(parse), composites: composites.map(parse) };
  return { full: answer(indicators, ready, s => ({ s, r: {} }), r => ({ s: {}, r })) };
}

export const needs = '@marcbachmann/cel-js';
export const files = ['cel.json'];
export const rows = { full: { title: '@marcbachmann/cel-js', explains: 'but composites', gives: 'value and gap, written into each rule' } };
