// publicodes: rules in YAML or JSON, evaluated by name.

import Engine from 'publicodes';
import { fields_of } from '../workload.mjs';
import { finish, plan } from './host.mjs';

const named = name => name.replaceAll('_', ' ');

function rules(indicator) {
  const { kind, field = '', part, whole, line, low, high, allowed, tiers } = indicator;
  const [id, value] = [named(indicator.id), named(field)];
  const given = fields_of(indicator).map(name => [named(name), null]);
  const says = rule => [...given, [id, rule]];
  switch (kind) {
    case 'threshold': return says(`${value} >= ${line}`);
    case 'ratio': return [
      ...says(`${id} taux >= ${line}`),
      [`${id} taux`, { 'applicable si': `${named(whole)} > 0`, valeur: `${named(part)} * 100 / ${named(whole)}` }],
    ];
    case 'range': return says({ 'toutes ces conditions': [`${value} >= ${low}`, `${value} <= ${high}`] });
    case 'choice': return says(allowed[0] === true ? value : { 'une de ces conditions': allowed.map(word => `${value} = '${word}'`) });
    case 'tiered': return says({ variations: [...tiers.map(([from, share]) => ({ si: `${value} >= ${from}`, alors: share })), { sinon: 0 }] });
    case 'composite': return [];
  }
}

export const translate = indicators => ({ 'rules.json': JSON.stringify(Object.fromEntries(indicators.flatMap(rules))) });

export async function load({ texts, indicators }) {
  const all = plan(indicators);
  const logger = { log() {}, warn() {}, error(message) { throw new Error(message); } };
  const engine = new Engine(JSON.parse(texts['rules.json']), { logger });
  const names = new Map(indicators.flatMap(fields_of).map(name => [name, named(name)]));
  const asked = indicators.map(({ id, kind }) => (kind === 'composite' ? undefined : named(id)));
  const literal = value => (typeof value === 'string' ? `'${value}'` : value === true ? 'oui' : value === false ? 'non' : value);
  return {
    full(submission) {
      const situation = {};
      for (const name of Object.keys(submission)) situation[names.get(name)] = literal(submission[name]);
      engine.setSituation(situation);
      const statuses = new Array(indicators.length);
      const shares = new Array(indicators.length);
      for (let i = 0; i < asked.length; i += 1) {
        if (asked[i] === undefined) continue;
        const value = engine.evaluate(asked[i]).nodeValue;
        statuses[i] = value === undefined || value === null ? 'missing' : value ? 'pass' : 'fail';
        shares[i] = Number(value ?? 0);
      }
      return finish(all, statuses, shares);
    },
  };
}

export const needs = 'publicodes';
export const files = ['rules.json'];
export const rows = { full: { title: 'publicodes', explains: 'none', gives: 'a tree of the evaluation, not read here; composites and scores by the page' } };
