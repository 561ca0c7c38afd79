// For engines that judge one condition at a time: what a page has to add to them, composites and scores.

import { settle } from '../workload.mjs';

/** Where each indicator is, and which are composites of which. */
export function plan(indicators) {
  const places = new Map(indicators.map(({ id }, place) => [id, place]));
  const composites = indicators.flatMap(({ kind, mode, members }, place) => (kind === 'composite' ? [{ place, mode, members: members.map(member => places.get(member)) }] : []));
  return { indicators, places, composites };
}

/** From the status of each simple indicator, its share of the points, and its reason where there is one. */
export function finish({ indicators, composites }, statuses, shares, reasons) {
  for (const { place, mode, members } of composites) {
    let [passed, failed] = [0, 0];
    for (const member of members) {
      if (statuses[member] === 'pass') passed += 1;
      else if (statuses[member] === 'fail') failed += 1;
    }
    statuses[place] = settle(mode, passed, failed, members.length);
    shares[place] = statuses[place] === 'pass' ? 1 : 0;
  }
  let total = 0;
  const results = new Array(indicators.length);
  for (let i = 0; i < indicators.length; i += 1) {
    const { id, weight } = indicators[i];
    const score = weight * shares[i];
    const reason = reasons?.[i];
    total += score;
    results[i] = reason ? { id, status: statuses[i], score, actual: reason.actual, threshold: reason.threshold, gap: reason.gap } : { id, status: statuses[i], score };
  }
  return { total, results };
}
