// json-rules-engine: facts and events, asynchronous.

import { Engine } from 'json-rules-engine';
import { line_of } from '../workload.mjs';
import { finish, plan } from './host.mjs';

function rules({ id, kind, field, line, low, high, allowed, tiers }) {
  const is = (operator, value, fact = field) => ({ fact, operator, value });
  const rule = (conditions, share = 1) => ({ name: id, conditions: { all: conditions }, event: { type: id, params: { share } } });
  switch (kind) {
    case 'threshold': return [rule([is('greaterThanInclusive', line)])];
    case 'ratio': return [rule([is('greaterThanInclusive', line, `ratio_${id}`)])];
    case 'range': return [rule([is('greaterThanInclusive', low), is('lessThanInclusive', high)])];
    case 'choice': return [rule([is('in', allowed)])];
    case 'tiered': return tiers.map(([from, share]) => rule([is('greaterThanInclusive', from)], share));
    case 'composite': return [];
  }
}

export const translate = indicators => ({ 'rules.json': JSON.stringify(indicators.flatMap(rules)) });

export async function load({ texts, indicators }) {
  const all = plan(indicators);
  const lines = indicators.map(line_of);
  const engine = new Engine(JSON.parse(texts['rules.json']), { allowUndefinedFacts: true });
  for (const { id, kind, part, whole } of indicators) {
    if (kind !== 'ratio') continue;
    engine.addFact(`ratio_${id}`, async (_, almanac) => {
      const [n, d] = [await almanac.factValue(part), await almanac.factValue(whole)];
      return n === undefined || d === undefined || d === 0 ? undefined : (n * 100) / d;
    });
  }
  return {
    async full(submission) {
      const { results, failureResults } = await engine.run(submission);
      const statuses = new Array(indicators.length);
      const shares = new Array(indicators.length).fill(0);
      const reasons = new Array(indicators.length);
      for (const { event, conditions } of results) {
        const place = all.places.get(event.type);
        shares[place] = Math.max(shares[place], event.params.share);
        statuses[place] = 'pass';
        const actual = conditions.all[0].factResult;
        reasons[place] = { actual, threshold: lines[place], gap: shares[place] === 1 ? 0 : lines[place] - actual };
      }
      for (const { event, conditions } of failureResults) {
        const place = all.places.get(event.type);
        if (statuses[place] === 'pass') continue;
        const failed = conditions.all.find(({ result }) => !result);
        const actual = failed.factResult;
        if (actual === undefined) {
          statuses[place] = 'missing';
          continue;
        }
        const threshold = failed.operator === 'lessThanInclusive' ? failed.value : lines[place];
        statuses[place] = 'fail';
        reasons[place] = { actual, threshold, gap: failed.operator === 'in' ? 1 : Math.abs(threshold - actual) };
      }
      return finish(all, statuses, shares, reasons);
    },
  };
}

export const needs = 'json-rules-engine';
export const files = ['rules.json'];
export const rows = { full: { title: 'json-rules-engine', explains: 'but composites', gives: 'value and line of each condition; ratios, composites and scores by the page' } };
