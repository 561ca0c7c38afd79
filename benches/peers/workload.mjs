// What every engine is given: indicators, submissions with a tenth of the values missing, and the one meaning that all of
// them must agree with. Made from a fixed seed. How an engine says it is left to `engines/`.

const SEED = 20261123;
const MISSING = 0.1;
const ZERO_DENOMINATOR = 0.03;

/** Of a hundred indicators. */
const KINDS = { threshold: 50, ratio: 15, range: 10, choice: 10, tiered: 10, composite: 5 };
const TIERS = [[95, 1], [90, 0.8], [85, 0.6]];
const TOPICS = 'street_cleaning waste_sorting green_space air_quality_days sewage_treatment road_repair street_lighting noise_control parking_order building_safety river_patrol fire_lanes market_hygiene tree_survival complaint_closure energy_saving bus_punctuality drainage_check facade_renewal public_toilets'.split(' ');
const MEASURES = ['rate', 'coverage', 'days', 'index', 'share'];

/** How many submissions go with how many indicators. */
export const SUBMISSIONS = { 10: 1000, 100: 1000, 1000: 200, 10000: 20 };

/** mulberry32: small, and the same everywhere. */
function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    tenths: (from, to) => tenths(from + next() * (to - from)),
    one_of: list => list[Math.floor(next() * list.length)],
  };
}

const tenths = number => Math.round(number * 10) / 10;

/** So many indicators, in the proportions of `KINDS`, at least one of each kind. */
export function make_indicators(count) {
  const dice = random(SEED);
  const number = kind => Math.max(1, Math.round((KINDS[kind] * count) / 100));
  const others = Object.keys(KINDS).filter(kind => kind !== 'threshold');
  const indicators = [];
  const add = (kind, make) => {
    const place = String(indicators.length + 1).padStart(String(count).length, '0');
    const topic = dice.one_of(TOPICS);
    const measure = dice.one_of(MEASURES);
    const common = { id: `ind_${place}`, title: `${topic.replaceAll('_', ' ')} ${measure} (${place})`, kind, weight: dice.whole(2, 10) / 2 };
    indicators.push({ ...common, ...make(`${topic}_${measure}_${place}`) });
  };
  const repeat = (kind, make, times = number(kind)) => {
    for (let turn = 0; turn < times; turn += 1) add(kind, field => make(field, turn));
  };
  repeat('threshold', field => ({ field, line: dice.tenths(20, 98) }), count - others.reduce((sum, kind) => sum + number(kind), 0));
  repeat('ratio', field => ({ part: `${field}_done`, whole: `${field}_total`, line: dice.tenths(50, 95) }));
  repeat('range', field => {
    const low = dice.tenths(10, 50);
    return { field, low, high: tenths(low + dice.tenths(10, 40)) };
  });
  repeat('choice', (field, turn) => (turn % 2 ? { field, allowed: ['A', 'B'], options: ['A', 'B', 'C', 'D'] } : { field, allowed: [true], options: [true, false] }));
  repeat('tiered', field => ({ field, line: TIERS[0][0], tiers: TIERS }));
  const simple = indicators.map(({ id }) => id);
  repeat('composite', (field, turn) => {
    const members = new Set();
    for (const size = dice.whole(3, 5); members.size < size; ) members.add(dice.one_of(simple));
    // Every fifth one rests on the composite before it.
    if (turn % 5 === 4) members.add(indicators.at(-1).id);
    return { mode: turn % 2 ? 'any' : 'all', members: [...members] };
  });
  return indicators;
}

/** The fields that an indicator reads itself. */
export const fields_of = ({ field, part, whole }) => [field, part, whole].filter(Boolean);

/**
 * So many submissions: values near the lines, most of them met. They are read from JSON, as drafts, files and answers of servers
 * are: V8 then holds them as tables of names, which every engine reads more slowly than objects that one script has built.
 */
export function make_submissions(indicators, count) {
  const dice = random(SEED + 1 + indicators.length);
  const near = line => Math.max(0, tenths(line + (dice.next() - 0.3) * 20));
  const submissions = Array.from({ length: count }, () => {
    const submission = {};
    const put = (field, value) => { if (dice.next() >= MISSING) submission[field] = value; };
    for (const { kind, field, part, whole, line, low, high, allowed, options } of indicators) {
      if (kind === 'threshold') put(field, near(line));
      if (kind === 'ratio') {
        const total = dice.next() < ZERO_DENOMINATOR ? 0 : dice.whole(20, 400);
        put(whole, total);
        put(part, Math.min(total, Math.max(0, Math.round((total * near(line)) / 100))));
      }
      if (kind === 'range') put(field, near((low + high) / 2 - 4));
      if (kind === 'choice') put(field, dice.next() < 0.7 ? dice.one_of(allowed) : dice.one_of(options));
      if (kind === 'tiered') put(field, tenths(80 + dice.next() * 20));
    }
    return submission;
  });
  return JSON.parse(JSON.stringify(submissions));
}

/** The line that an indicator names when nothing says which side of it a value is on. */
export const line_of = ({ kind, line, low, allowed, mode, members }) => {
  if (kind === 'range') return low;
  if (kind === 'choice') return allowed.join('|');
  if (kind === 'composite') return mode === 'all' ? members.length : 1;
  return line;
};

/**
 * What an indicator means. `status` is `pass`, `fail` or `missing`; `score` its weight, or the tier's share of it; then the
 * short reason: the value, the line it was held against, and how far it falls short (0 where it does not).
 */
function judge(indicator, submission, done) {
  const { id, kind, weight } = indicator;
  const says = (status, score, code, actual, threshold, gap) => ({ id, status, score, code, actual, threshold, gap });
  const given = fields_of(indicator).map(field => submission[field]);
  const line = line_of(indicator);
  if (given.some(value => value === undefined || value === null)) return says('missing', 0, 'missing', null, line, null);
  const [value, whole] = given;
  const passes = at => says('pass', weight, 'ok', at, line, 0);
  switch (kind) {
    case 'threshold':
      return value >= line ? passes(value) : says('fail', 0, 'below', value, line, line - value);
    case 'ratio': {
      if (whole === 0) return says('missing', 0, 'zero_denominator', null, line, null);
      const share = (value * 100) / whole;
      return share >= line ? passes(share) : says('fail', 0, 'below', share, line, line - share);
    }
    case 'range':
      if (value < indicator.low) return says('fail', 0, 'below', value, line, line - value);
      if (value > indicator.high) return says('fail', 0, 'above', value, indicator.high, value - indicator.high);
      return passes(value);
    case 'choice':
      return indicator.allowed.includes(value) ? passes(value) : says('fail', 0, 'not_allowed', value, line, 1);
    case 'tiered': {
      const tier = indicator.tiers.find(([from]) => value >= from);
      if (tier === undefined) return says('fail', 0, 'below', value, line, line - value);
      return tier[1] === 1 ? passes(value) : says('pass', weight * tier[1], 'tier', value, line, line - value);
    }
    case 'composite': {
      const statuses = indicator.members.map(member => done.get(member).status);
      const [passed, failed] = ['pass', 'fail'].map(wanted => statuses.filter(status => status === wanted).length);
      const status = settle(indicator.mode, passed, failed, statuses.length);
      const code = { pass: 'ok', fail: 'members', missing: 'missing' }[status];
      return says(status, status === 'pass' ? weight : 0, code, passed, line, Math.max(0, line - passed));
    }
  }
}

/** Whether so many passing and failing members of so many settle a composite. */
export function settle(mode, passed, failed, members) {
  if (mode === 'all') return failed ? 'fail' : passed === members ? 'pass' : 'missing';
  return passed ? 'pass' : failed === members ? 'fail' : 'missing';
}

/** The right answer. */
export function reference(indicators, submission) {
  const done = new Map();
  for (const indicator of indicators) done.set(indicator.id, judge(indicator, submission, done));
  const results = [...done.values()];
  return { total: results.reduce((sum, { score }) => sum + score, 0), results };
}

const close = (a, b) => typeof a === 'number' && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));
const same = (a, b) => (typeof b === 'number' ? close(a, b) : a === b);

/**
 * Holds answers, pairs of a submission and `{ total, results }`, against the reference; the number of indicators compared.
 * `explains` is what an engine claims to give beside status and score: value, line and gap of `all` indicators, of all
 * `but composites` (which many leave to the host), of those that are `failing`, without composites, or of `none`.
 *
 * @throws at the first wrong answer
 */
export function verify(indicators, answers, explains) {
  let compared = 0;
  for (const [submission, { total, results }] of answers) {
    const right = reference(indicators, submission);
    if (results.length !== indicators.length) throw new Error(`${results.length} results for ${indicators.length} indicators`);
    right.results.forEach((want, place) => {
      const got = results[place];
      const { kind } = indicators[place];
      const wrong = what => { throw new Error(`${what} of ${kind} ${want.id} should be ${want[what]}, is ${got[what]}: ${JSON.stringify(want)}`); };
      for (const what of ['id', 'status', 'score']) if (!same(got[what], want[what])) wrong(what);
      const claimed = {
        all: want.status !== 'missing',
        'but composites': want.status !== 'missing' && kind !== 'composite',
        failing: want.status === 'fail' && kind !== 'composite',
        none: false,
      }[explains];
      if (claimed) {
        for (const what of ['actual', 'threshold', 'gap']) if (!same(got[what], want[what])) wrong(what);
      }
      compared += 1;
    });
    if (total !== undefined && !close(total, right.total)) throw new Error(`total should be ${right.total}, is ${total}`);
  }
  return compared;
}
