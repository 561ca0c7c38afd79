// Cedar in wasm: a policy that forbids for each way to fail; all that hold are named. It has whole numbers only, so values
// are given in tenths.

import init, { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/web';
import { finish, plan } from './host.mjs';

const text = JSON.stringify;
const tenth = number => Math.round(number * 10);

function policies({ id, kind, field, part, whole, line, low, high, allowed, tiers }) {
  const read = name => `context.${name}`;
  const has = name => `context has ${name}`;
  const forbid = (tag, condition) => [`${id}:${tag}`, `forbid(principal, action, resource) when { ${condition} };`];
  const missing = forbid('missing', `!(${has(field)})`);
  const below = (at, tag = 'below') => forbid(tag, `${has(field)} && ${read(field)} < ${tenth(at)}`);
  switch (kind) {
    case 'threshold': return [missing, below(line)];
    case 'ratio': return [
      forbid('missing', `!(${has(part)}) || !(${has(whole)}) || ${read(whole)} == 0`),
      forbid('below', `${has(part)} && ${has(whole)} && ${read(whole)} != 0 && ${read(part)} * 1000 < ${read(whole)} * ${tenth(line)}`),
    ];
    case 'range': return [missing, below(low), forbid('above', `${has(field)} && ${read(field)} > ${tenth(high)}`)];
    case 'choice': return [missing, forbid('not_allowed', `${has(field)} && !(${text(allowed)}.contains(${read(field)}))`)];
    case 'tiered': return [missing, ...tiers.map(([from], i) => below(from, i === tiers.length - 1 ? 'below' : `tier${i + 1}`))];
    case 'composite': return [];
  }
}

export const translate = indicators => ({ 'policies.json': text({ allow: 'permit(principal, action, resource);', ...Object.fromEntries(indicators.flatMap(policies)) }) });

const someone = type => ({ type, id: 'x' });

export async function load({ texts, bytes, indicators }) {
  await init({ module_or_path: bytes[wasm] });
  const all = plan(indicators);
  const read = preparsePolicySet('city', { staticPolicies: JSON.parse(texts['policies.json']) });
  if (read.type !== 'success') throw new Error(text(read.errors));
  return {
    full(submission) {
      const context = {};
      for (const name of Object.keys(submission)) {
        const value = submission[name];
        context[name] = typeof value === 'number' ? tenth(value) : value;
      }
      const answer = statefulIsAuthorized({ principal: someone('User'), action: someone('Action'), resource: someone('City'), context, preparsedPolicySetId: 'city', entities: [] });
      if (answer.type !== 'success') throw new Error(text(answer.errors));
      const { reason, errors } = answer.response.diagnostics;
      if (errors.length > 0) throw new Error(text(errors[0]));
      const statuses = new Array(indicators.length).fill('pass');
      const shares = new Array(indicators.length).fill(1);
      for (const name of reason) {
        const colon = name.indexOf(':');
        if (colon < 0) continue;
        const place = all.places.get(name.slice(0, colon));
        const tag = name.slice(colon + 1);
        if (tag.startsWith('tier')) {
          shares[place] = Math.min(shares[place], indicators[place].tiers[Number(tag.slice(4))][1]);
        } else {
          statuses[place] = tag === 'missing' ? 'missing' : 'fail';
          shares[place] = 0;
        }
      }
      return finish(all, statuses, shares);
    },
  };
}

export const needs = '@cedar-policy/cedar-wasm';
export const wasm = 'node_modules/@cedar-policy/cedar-wasm/web/cedar_wasm_bg.wasm';
export const files = ['policies.json'];
export const rows = { full: { title: '@cedar-policy/cedar-wasm', explains: 'none', gives: 'which rule; composites and scores by the page' } };
