/**
 * Rectification (整改): a line for every indicator that falls short or that somebody already works on. Lines follow
 * the indicator, from round to round: a line that was closed and fails again says so, one that passes may be closed.
 */
import type { Finding, Outcome, Report, Standard } from '../../../src/wasm.d.ts';
import type { Assessment, Task } from './assessment';

/**
 * `short`: falls short, open. `again`: closed, yet falls short. `ready`: passes, open. `unsure`: open, and for want of data
 * or a line nobody can tell. `closed`: closed and passes, or cannot be told. `gone`: the standard knows no such indicator.
 */
export type Standing = 'short' | 'again' | 'ready' | 'unsure' | 'closed' | 'gone';

export interface Line {
  readonly indicator: string;
  readonly finding: Finding | undefined;
  readonly standing: Standing;
  /** With department and due date as they are unless somebody says otherwise. */
  readonly task: Task;
  /** Whether anything was written in it yet. */
  readonly begun: boolean;
  /** Days by which it is late on the as-of date, 0 in time. */
  readonly late: number;
}

const PASSES: readonly Outcome[] = ['met', 'waived', 'not_applicable'];
const SHORT: readonly Outcome[] = ['unmet', 'partial'];
const blankTask: Task = { department: '', person: '', due: '', measure: '', progress: '', closed: '' };

/** Lines in the order of the standard, whatever is no part of it last. */
export function linesOf(standard: Standard, report: Report, { tasks }: Assessment): readonly Line[] {
  const lines: Line[] = [];
  const findings = new Map(report.findings.map((finding) => [finding.indicator, finding]));
  for (const { id, department, deadline = '' } of standard.indicators) {
    const finding = findings.get(id);
    const kept = tasks[id];
    if (finding === undefined || (kept === undefined && !SHORT.includes(finding.outcome))) continue;
    const task = kept === undefined ? { ...blankTask, department, due: deadline } : { ...kept, department: kept.department || department, due: kept.due || deadline };
    lines.push(line(id, finding, task, kept !== undefined, report.as_of));
  }
  for (const [id, task] of Object.entries(tasks)) if (!findings.has(id)) lines.push(line(id, undefined, task, true, report.as_of));
  return lines;
}

function line(indicator: string, finding: Finding | undefined, task: Task, begun: boolean, asOf: string): Line {
  const standing = standingOf(finding, task);
  return { indicator, finding, standing, task, begun, late: standing === 'ready' || standing === 'closed' || standing === 'gone' ? 0 : daysAfter(task.due, asOf) };
}

function standingOf(finding: Finding | undefined, { closed }: Task): Standing {
  if (finding === undefined) return 'gone';
  if (SHORT.includes(finding.outcome)) return closed === '' ? 'short' : 'again';
  if (closed !== '') return 'closed';
  return PASSES.includes(finding.outcome) ? 'ready' : 'unsure';
}

/** By how many days `asOf` is past a day; 0 where it is not, and where the day is none. */
function daysAfter(day: string, asOf: string): number {
  const days = (Date.parse(`${asOf}T00:00:00Z`) - Date.parse(`${day}T00:00:00Z`)) / 86_400_000;
  return days > 0 ? days : 0;
}

/** Whether something is still to be done about it. */
export function isOpen({ standing }: Line): boolean {
  return standing !== 'closed' && standing !== 'gone';
}

/**
 * The assessment with something written in a line. A line that is begun keeps the problem as it was found,
 * and the department and day that were proposed.
 */
export function withTask(assessment: Assessment, { indicator, task, begun }: Line, change: Partial<Task>, problem: string): Assessment {
  const before = assessment.tasks[indicator];
  const next: Task = { ...(before === undefined ? { ...task, problem } : before), ...change };
  if (!begun && change.closed === undefined && Object.values(change).every((text) => text === '')) return assessment;
  return { ...assessment, tasks: { ...assessment.tasks, [indicator]: next } };
}

/** What an earlier round's lines came to: new lines, cells that were empty here, and lines that stay as they are. */
export interface Carried { readonly assessment: Assessment; readonly fresh: number; readonly filled: number; readonly kept: number }

const CARRIED: readonly (keyof Task)[] = ['department', 'person', 'due', 'measure', 'progress'];

/** Lines of an earlier round beside those that are here: nothing that is written here changes, only its empty cells are filled. */
export function carry(assessment: Assessment, earlier: Assessment['tasks']): Carried {
  const tasks: Record<string, Task> = { ...assessment.tasks };
  let [fresh, filled, kept] = [0, 0, 0];
  for (const [id, before] of Object.entries(earlier)) {
    const here = tasks[id];
    const empty = here === undefined ? [] : CARRIED.filter((name) => here[name] === '' && (before[name] || '') !== '');
    if (here === undefined) fresh += 1;
    else if (empty.length > 0) filled += 1;
    else kept += 1;
    tasks[id] = here === undefined ? before : empty.reduce<Task>((task, name) => ({ ...task, [name]: before[name] }), here);
  }
  return { assessment: { ...assessment, tasks }, fresh, filled, kept };
}

/** The assessment without a line. */
export function withoutTask(assessment: Assessment, indicator: string): Assessment {
  const { [indicator]: _, ...tasks } = assessment.tasks;
  return { ...assessment, tasks };
}

/** The bureau of a unit: `市城市管理局（市园林局）` is a part of 市城市管理局. */
export function bureauOf(unit: string): string {
  return unit.replace(/[（(][^（）()]*[）)]$/, '').trim() || unit;
}

/** Whether a unit has to do with what a department's name lists; a bureau has with all that its parts do. */
export function concerns(unit: string, department: string): boolean {
  return unit === '' || unitsOf(department).some((one) => one === unit || bureauOf(one) === unit);
}

/** A unit to choose; a part stands below its bureau. */
export interface Unit { readonly name: string; readonly part: boolean }

/** The units of departments, in their order; parts of one bureau stand together, below it. */
export function unitsIn(departments: readonly string[]): readonly Unit[] {
  const names = departments.reduce<readonly string[]>((all, one) => [...all, ...unitsOf(one).filter((unit) => !all.includes(unit))], []);
  const bureaus = names.map(bureauOf).filter((bureau, i, all) => all.indexOf(bureau) === i);
  return bureaus.reduce<readonly Unit[]>((all, bureau) => {
    const own = names.filter((name) => bureauOf(name) === bureau);
    const [only] = own;
    if (own.length === 1 && only !== undefined) return [...all, { name: only, part: false }];
    return [...all, { name: bureau, part: false }, ...own.filter((name) => name !== bureau).map((name) => ({ name, part: true }))];
  }, []);
}

/** The units that a department's name lists: `市城市管理局、市公安局` are two, brackets belong to their unit. */
export function unitsOf(department: string): readonly string[] {
  const units = department.match(/(?:[^、，,；;（）()]|[（(][^（）()]*[）)])+/g) || [];
  return units.map((unit) => unit.trim()).filter((unit, i, all) => unit !== '' && all.indexOf(unit) === i);
}
