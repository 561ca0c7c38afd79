// ajv: JSON Schema, compiled to functions (a page needs `unsafe-eval` for that).

import Ajv from 'ajv';
import { line_of } from '../workload.mjs';
import { finish, plan } from './host.mjs';

function schema({ kind, field, part, whole, line, low, high, allowed, tiers }) {
  const of = rule => ({ required: [field], properties: { [field]: rule } });
  switch (kind) {
    case 'threshold': return of({ minimum: line });
    case 'ratio': return { required: [part, whole], ratioMinimum: { part, whole, line } };
    case 'range': return of({ minimum: low, maximum: high });
    case 'choice': return of({ enum: allowed });
    case 'tiered': return { required: [field], allOf: tiers.map(([from]) => ({ properties: { [field]: { minimum: from } } })) };
    case 'composite': return true;
  }
}

export const translate = indicators => ({ 'schema.json': JSON.stringify({ type: 'object', allOf: indicators.map(schema) }) });

export async function load({ texts, indicators }) {
  const all = plan(indicators);
  const lines = indicators.map(line_of);
  const ajv = new Ajv({ allErrors: true, verbose: true, strict: false });
  ajv.addKeyword({ keyword: 'ratioMinimum', type: 'object', errors: 'full', validate: ratio });
  const validate = ajv.compile(JSON.parse(texts['schema.json']));
  return {
    full(submission) {
      const statuses = new Array(indicators.length).fill('pass');
      const shares = new Array(indicators.length).fill(1);
      const reasons = new Array(indicators.length);
      if (!validate(submission)) {
        for (const { keyword, schemaPath, params, data } of validate.errors) {
          // #/allOf/PLACE/…
          const end = schemaPath.indexOf('/', 8);
          const place = Number(schemaPath.slice(8, end));
          const { tiers } = indicators[place];
          const line = lines[place];
          shares[place] = 0;
          if (keyword === 'required' || (keyword === 'ratioMinimum' && params.zero)) {
            statuses[place] = 'missing';
          } else if (tiers) {
            // …/allOf/TIER/…: what fails one tier may have the next.
            const next = Number(schemaPath.slice(end + 7, schemaPath.indexOf('/', end + 7))) + 1;
            if (next < tiers.length) shares[place] = tiers[next][1];
            else statuses[place] = 'fail';
            reasons[place] = { actual: data, threshold: line, gap: line - data };
          } else {
            statuses[place] = 'fail';
            if (keyword === 'ratioMinimum') reasons[place] = { actual: params.actual, threshold: params.limit, gap: params.limit - params.actual };
            else if (keyword === 'enum') reasons[place] = { actual: data, threshold: line, gap: 1 };
            else reasons[place] = { actual: data, threshold: params.limit, gap: Math.abs(params.limit - data) };
          }
        }
      }
      return finish(all, statuses, shares, reasons);
    },
  };
}

function ratio({ part, whole, line }, submission) {
  const [n, d] = [submission[part], submission[whole]];
  if (n === undefined || d === undefined) return true;
  const actual = (n * 100) / d;
  if (d !== 0 && actual >= line) return true;
  ratio.errors = [{ keyword: 'ratioMinimum', params: { zero: d === 0, actual, limit: line } }];
  return false;
}

export const needs = 'ajv';
export const files = ['schema.json'];
export const rows = { full: { title: 'ajv', explains: 'failing', gives: 'value and limit of what fails; ratios, composites and scores by the page' } };
