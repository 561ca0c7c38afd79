// The awkward cases of tests/golden/awkward.json for Node and browser: their standards, built by the
// command into rulebooks, and what a report of one of them says otherwise.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const list = JSON.parse(readFileSync(join(root, 'tests/golden/awkward.json'), 'utf8'));

/** Runs the command; what it prints. */
export function command(args, input = '') {
  const { status, stdout, stderr } = spawnSync(join(root, 'target/release/duibiao'), args, { cwd: root, input, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status === 2 || status === null) throw new Error(`${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** Each case with the folder of its rules, its rulebook and its tries, each of which has a date. */
export function cases(folder) {
  const all = join(root, 'target', folder);
  rmSync(all, { recursive: true, force: true });
  return list.cases.map(({ case: number, says, rules, tries }, index) => {
    const own = join(all, String(index));
    mkdirSync(join(own, '1-a'), { recursive: true });
    writeFileSync(join(own, 'standard.rhai'), list.frame);
    writeFileSync(join(own, '1-a', 'x.rhai'), list.group + rules);
    command(['build', own, '-o', `${own}.wasm`]);
    const [rulebook] = WebAssembly.Module.customSections(new WebAssembly.Module(readFileSync(`${own}.wasm`)), 'duibiao.rulebook');
    return { says: `${number} ${says}`, folder: own, rulebook: [...new Uint8Array(rulebook)], tries: tries.map((one) => ({ as_of: list.as_of, ...one })) };
  });
}

/** What a report says otherwise than a try expects; nothing where it is right. */
export function wrong(report, { outcome, codes, text = [], without = [], points, fix }) {
  const [finding] = report.findings;
  const same = (found, expected) => expected === undefined || JSON.stringify(found) === JSON.stringify(expected);
  const first = finding.fixes[0];
  return [
    !same(finding.outcome, outcome) && `${finding.outcome}, not ${outcome}`,
    !same(report.data.map(({ code }) => code), codes) && `data problems ${JSON.stringify(report.data)}`,
    !text.every((part) => finding.text.includes(part)) && `without ${text}: ${finding.text}`,
    without.some((part) => finding.text.includes(part)) && `with ${without}: ${finding.text}`,
    !same(finding.points, points) && `${finding.points} points`,
    !same(first && { field: first.field, to: first.to }, fix) && `fix ${JSON.stringify(first)}`,
  ].filter(Boolean);
}
