// The measure of all rows: the workload in plain JavaScript, a function for each indicator, as a careful person would write
// it by hand. Binary floating point decides; the reason is value, line and gap. Beside it the same without reasons.

import { fields_of, line_of } from '../workload.mjs';

const text = JSON.stringify;

function body(indicator, places) {
  const { id, kind, field, part, whole, weight, line, low, high, allowed, tiers, mode, members } = indicator;
  const shown = text(line_of(indicator));
  const says = (status, score, code, actual, threshold, gap) =>
    `return { id: ${text(id)}, status: '${status}', score: ${score}, code: '${code}', actual: ${actual}, threshold: ${threshold}, gap: ${gap} };`;
  const missing = says('missing', 0, 'missing', null, shown, null);
  const passes = says('pass', weight, 'ok', 'v', shown, 0);
  const below = says('fail', 0, 'below', 'v', shown, `${shown} - v`);
  const start = `const v = s.${field}; if (v == null) ${missing}`;
  switch (kind) {
    case 'threshold':
      return `${start} if (v >= ${line}) ${passes} ${below}`;
    case 'ratio':
      return `const n = s.${part}, d = s.${whole}; if (n == null || d == null) ${missing}
        if (d === 0) ${says('missing', 0, 'zero_denominator', null, shown, null)} const v = n * 100 / d; if (v >= ${line}) ${passes} ${below}`;
    case 'range':
      return `${start} if (v < ${low}) ${below} if (v > ${high}) ${says('fail', 0, 'above', 'v', high, `v - ${high}`)} ${passes}`;
    case 'choice':
      return `${start} if (${allowed.map(word => `v === ${text(word)}`).join(' || ')}) ${passes} ${says('fail', 0, 'not_allowed', 'v', shown, 1)}`;
    case 'tiered': {
      const tier = ([from, share]) => (share === 1 ? `if (v >= ${from}) ${passes}` : `if (v >= ${from}) ${says('pass', weight * share, 'tier', 'v', shown, `${shown} - v`)}`);
      return `${start} ${tiers.map(tier).join(' ')} ${below}`;
    }
    case 'composite': {
      const count = members.map(member => `switch (r[${places.get(member)}].status) { case 'pass': p++; break; case 'fail': f++; }`).join(' ');
      const gap = `Math.max(0, ${shown} - p)`;
      const [pass, fail] = [says('pass', weight, 'ok', 'p', shown, gap), says('fail', 0, 'members', 'p', shown, gap)];
      const settled = mode === 'all' ? `if (f) ${fail} if (p === ${members.length}) ${pass}` : `if (p) ${pass} if (f === ${members.length}) ${fail}`;
      return `let p = 0, f = 0; ${count} ${settled} ${says('missing', 0, 'missing', 'p', shown, gap)}`;
    }
  }
}

/** A number for the status, 0 missing, 1 fail, 2 pass, and the score: nothing else. */
function bare_body({ kind, field, part, whole, weight, line, low, high, allowed, tiers, mode, members }, place, places) {
  const put = (status, score) => `o[${place}] = ${status}; p[${place}] = ${score};`;
  const passes = condition => `if (${condition}) { ${put(2, weight)} } else { ${put(1, 0)} }`;
  const unless = (condition, then) => `if (${condition}) { ${put(0, 0)} } else { ${then} }`;
  const start = then => `const v = s.${field}; ${unless('v == null', then)}`;
  switch (kind) {
    case 'threshold': return start(passes(`v >= ${line}`));
    case 'ratio': return `const n = s.${part}, d = s.${whole}; ${unless('n == null || d == null || d === 0', passes(`n * 100 / d >= ${line}`))}`;
    case 'range': return start(passes(`v >= ${low} && v <= ${high}`));
    case 'choice': return start(passes(allowed.map(word => `v === ${text(word)}`).join(' || ')));
    case 'tiered': return start(tiers.map(([from, share]) => `if (v >= ${from}) { ${put(2, weight * share)} } else`).join(' ') + ` { ${put(1, 0)} }`);
    case 'composite': {
      const all = status => members.map(member => `o[${places.get(member)}] === ${status}`);
      const [pass, fail] = mode === 'all' ? [all(2).join(' && '), all(1).join(' || ')] : [all(2).join(' || '), all(1).join(' && ')];
      return `if (${fail}) { ${put(1, 0)} } else if (${pass}) { ${put(2, weight)} } else { ${put(0, 0)} }`;
    }
  }
}

export function translate(indicators) {
  const places = new Map(indicators.map(({ id }, place) => [id, place]));
  const list = indicators.map(({ id }) => id).join(', ');
  const full = indicators.map(indicator => `function ${indicator.id}(s, r) { ${body(indicator, places)} }`);
  const bare = indicators.map((indicator, place) => `function ${indicator.id}(s, o, p) { ${bare_body(indicator, place, places)} }`);
  return {
    'full.js': `${full.join('\n')}
const all = [${list}];
return s => {
  const results = [];
  let total = 0;
  for (let i = 0; i < all.length; i++) { const result = all[i](s, results); results.push(result); total += result.score; }
  return { total, results };
};`,
    'bare.js': `${bare.join('\n')}
const all = [${list}];
return (s, o, p) => { for (let i = 0; i < all.length; i++) all[i](s, o, p); };`,
  };
}

/** A page would hold either as a script file. */
export async function load({ texts, indicators }) {
  const full = new Function(texts['full.js'])();
  const bare = new Function(texts['bare.js'])();
  const statuses = new Uint8Array(indicators.length);
  const scores = new Float64Array(indicators.length);
  const fields = indicators.flatMap(fields_of);
  /** The same, as objects that one script has built, field by field in one order. */
  const built = submission => {
    const made = {};
    for (const field of fields) if (submission[field] !== undefined) made[field] = submission[field];
    return made;
  };
  return {
    full,
    built: {
      ready: submissions => submissions.map(built),
      run(submissions) {
        let sum = 0;
        for (const submission of submissions) {
          for (const { id, status, score, actual, threshold, gap } of full(submission).results) {
            sum += id.length + status.length + score + (gap || 0) + (actual === threshold ? 0 : 1);
          }
        }
        return sum;
      },
      *answers(submissions) {
        for (const submission of submissions) yield [submission, full(submission)];
      },
    },
    bare: {
      run(submissions) {
        let read = 0;
        for (const submission of submissions) {
          bare(submission, statuses, scores);
          for (let i = 0; i < statuses.length; i += 1) read += statuses[i] + scores[i];
        }
        return read;
      },
      *answers(submissions) {
        for (const submission of submissions) {
          bare(submission, statuses, scores);
          const result = ({ id }, i) => ({ id, status: ['missing', 'fail', 'pass'][statuses[i]], score: scores[i] });
          yield [submission, { results: indicators.map(result) }];
        }
      },
    },
  };
}

export const files = ['full.js', 'bare.js'];
export const rows = {
  full: { title: 'JavaScript, written by hand', explains: 'all', gives: 'value, line, gap' },
  built: { title: 'JavaScript, written by hand, of objects that one script has built', explains: 'all', gives: 'value, line, gap' },
  bare: { title: 'JavaScript, written by hand, without reasons', explains: 'none', gives: 'nothing' },
};
