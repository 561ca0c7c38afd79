/** The tab 整改: what falls short, who puts it right until when, and what was closed. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { icon, tag } from '../check/view';
import { clock } from '../check/view-head';
import type { Assessment, Task } from '../work/assessment';
import { isDate, LAST_DAY } from '../work/day';
import { isEmpty } from '../work/entry';
import { readFile, type FileProblem } from '../work/file';
import { pick, picked } from '../work/pick';
import { carry, concerns, isOpen, linesOf, unitsIn, withoutTask, withTask, type Line, type Standing } from '../work/rectification';
import { groundsOf, measureOf } from '../words/finding';
import { remembered } from './state';
import { draftWords } from './wording-drafts';
import { unitOptions } from './view-units';
import { taskWords, type TaskWords } from './wording-tasks';
import type { DeskView } from './view';

type Show = keyof TaskWords['shows'];
const SHOWS: readonly Show[] = ['all', 'open', 'late', 'again', 'closed'];
/** How many earlier versions are offered. */
const MOST = 20;
const filters = remembered<{ show: Show; unit: string; day: string; from: string; asking: string }>({ show: 'all', unit: '', day: '', from: '', asking: '' });

const marks: Record<Standing, Parameters<typeof icon>[0]> = { short: 'partial', again: 'unmet', ready: 'met', unsure: 'missing', closed: 'met', gone: 'not_applicable' };

export function tasks(view: DeskView): TemplateResult {
  const own = taskWords(view.lang);
  const lines = linesOf(view.standard, view.report, view.assessment);
  const { now: { show, unit }, set } = filters(view);
  const units = unitsIn(lines.map(({ task }) => task.department));
  const chosen = units.some(({ name }) => name === unit) ? unit : '';
  const some = lines.filter((line) => fits(line, show) && concerns(chosen, line.task.department));
  const many = (one: Show): number => lines.filter((line) => fits(line, one)).length;
  const shows = SHOWS.filter((one) => one !== 'again' || one === show || many(one) > 0);
  return html`
    <section class="tasks sheetlike" aria-labelledby="tasks-h">
      <div class="tab-head"><h2 id="tasks-h" tabindex="-1">${own.title}</h2>
        <p class="hint">${lines.length === 0 ? own.hint : own.counts(lines.length, many('open'), many('late'), many('again'), lines.filter(({ standing }) => standing === 'ready').length, many('closed'))}</p></div>
      ${lines.length === 0 ? html`<p>${isEmpty(view.entry) ? own.noneYet : own.none}</p>` : html`
        <div class="filters">
          <label for="task-unit">${own.unit}</label>
          <select id="task-unit" .value=${live(chosen)} @change=${(event: Event) => set({ unit: (event.target as HTMLSelectElement).value })}>
            <option value="">${own.allUnits}</option>${unitOptions(units, chosen)}
          </select>
          <fieldset class="choices"><legend class="unseen">${own.show}</legend>${shows.map((one) => html`
            <label class="choice"><input type="radio" name="task-show" .checked=${live(one === show)} @change=${() => set({ show: one })}>${own.shows[one]}
              <span class="n">${many(one)}</span></label>`)}</fieldset>
        </div>`}
      ${view.readonly ? nothing : bulk(view, own, some)}
      ${lines.length === 0 ? nothing : some.length === 0 ? html`<p>${own.noneShown}</p>` : table(view, own, some)}
      ${lines.length === 0 ? nothing : html`<p class="hint">${own.hint}</p>`}
    </section>`;
}

function fits(line: Line, show: Show): boolean {
  switch (show) {
    case 'all': return true;
    case 'open': return isOpen(line);
    case 'late': return line.late > 0;
    case 'again': return line.standing === 'again';
    // Each line is open or closed: one that was closed and fails again is open.
    case 'closed': return !isOpen(line);
  }
}

/** What is done to all lines that are shown, and the way in for those of an earlier round. */
function bulk(view: DeskView, own: TaskWords, some: readonly Line[]): TemplateResult {
  const { now: { day }, set } = filters(view);
  const open = some.filter(isOpen);
  const unplanned = open.filter(({ task, finding }) => task.measure === '' && finding !== undefined && measureOf(finding, view.words) !== '');
  const undated = open.filter(({ task }) => task.due === '');
  const change = (lines: readonly Line[], change: (line: Line) => Partial<Task>): Assessment =>
    lines.reduce((state, line) => withTask(state, line, change(line), problemOf(view, line)), view.assessment);
  const say = (text: string): { tone: 'info'; text: string; problems: []; canUndo: true } => ({ tone: 'info', text, problems: [], canUndo: true });
  return html`
    <div class="filters bulk">
      ${unplanned.length === 0 ? nothing : html`<button type="button" @click=${() => view.work.commit(change(unplanned, ({ finding }) => ({ measure: finding === undefined ? '' : measureOf(finding, view.words) })), '', say(own.adopted(unplanned.length)))}>${own.adoptAll(unplanned.length)}</button>`}
      ${undated.length === 0 ? nothing : html`
        <span class="set"><label for="task-day">${own.sameDue}</label><input id="task-day" type="date" max=${LAST_DAY} .value=${live(day)} @change=${(event: Event) => set({ day: (event.target as HTMLInputElement).value })}>
          <button type="button" aria-disabled=${isDate(day) ? 'false' : 'true'} @click=${() => { if (isDate(day)) view.work.commit(change(undated, () => ({ due: day })), '', say(own.dueSet(undated.length, day))); }}>${own.setDue(undated.length)}</button></span>`}
      ${earlier(view, own)}
    </div>`;
}

const FILE = 'file';

/** Lines of an earlier round: from a file, or from another draft or an earlier version on this computer. */
function earlier(view: DeskView, own: TaskWords): TemplateResult {
  const { now: { from }, set } = filters(view);
  const { drafts, work } = view;
  const naming = draftWords(view.lang);
  const lines = drafts.lines.filter(({ name, deleted }) => !deleted && name !== work.draft);
  const versions = drafts.versions.filter(({ assessment }) => Object.keys(assessment.tasks || {}).length > 0).slice(0, MOST);
  const sources = [FILE, ...lines.map(({ name }) => `draft:${name}`), ...versions.map(({ id }) => `version:${id}`)];
  const chosen = sources.includes(from) ? from : FILE;
  const option = (value: string, word: string): TemplateResult => html`<option value=${value} ?selected=${value === chosen}>${word}</option>`;
  const go = async (event: Event): Promise<void> => {
    if (chosen === FILE) { pick(event); return; }
    const version = versions.find(({ id }) => `version:${id}` === chosen);
    bring(view, own, (version === undefined ? await drafts.held(chosen.replace(/^draft:/, '')) : version.assessment).tasks, []);
  };
  return html`
    <span class="set">${sources.length < 2 ? nothing : html`<label for="task-from">${own.earlierFrom}</label>
      <select id="task-from" .value=${live(chosen)} @change=${(event: Event) => set({ from: (event.target as HTMLSelectElement).value })}>
        ${option(FILE, own.earlierFile)}
        ${lines.length === 0 ? nothing : html`<optgroup label=${naming.drafts}>${lines.map(({ name, title }) => option(`draft:${name}`, title === '' ? naming.first : title))}</optgroup>`}
        ${versions.length === 0 ? nothing : html`<optgroup label=${naming.versions}>${versions.map(({ id, at, amount }) => option(`version:${id}`, `${clock(at)} · ${naming.amount(amount)}`))}</optgroup>`}
      </select>`}
      <button type="button" class="link" title=${own.earlierHint} @click=${(event: Event) => { void go(event); }}>${own.earlier}</button>
      <input class="unseen" id="task-file" type="file" accept=".json,application/json" tabindex="-1" aria-hidden="true" @change=${(event: Event) => { const [file] = picked(event); if (file !== undefined) void bringFile(view, own, file); }}></span>`;
}

async function bringFile(view: DeskView, own: TaskWords, file: File): Promise<void> {
  const { assessment, problems } = await readFile(file, view.standard);
  bring(view, own, (assessment || {}).tasks || {}, problems);
}

/** What is written here stays; what became of each line is said. */
function bring({ work }: DeskView, own: TaskWords, tasks: Assessment['tasks'], problems: readonly FileProblem[]): void {
  const { assessment, fresh, filled, kept } = carry(work.assessment, tasks || {});
  if (fresh + filled === 0) { work.tell({ tone: problems.length > 0 ? 'error' : 'info', text: kept > 0 ? own.allHere(kept) : own.nothingTaken, problems, canUndo: false }); return; }
  work.commit(assessment, '', { tone: problems.length > 0 ? 'error' : 'info', text: own.taken(fresh, filled, kept), problems, canUndo: true });
}

/** What falls short now; of what no longer does, nothing new. */
function problemOf({ words, layout }: DeskView, { finding, standing }: Line): string {
  return finding === undefined || (standing !== 'short' && standing !== 'again') ? '' : groundsOf(finding, words, layout.fields);
}

function table(view: DeskView, own: TaskWords, lines: readonly Line[]): TemplateResult {
  const { columns } = own;
  return html`
    <table class="ledger" role="table" aria-labelledby="tasks-h">
      <thead role="rowgroup"><tr role="row">${Object.entries(columns).map(([name, word]) => html`<th role="columnheader" scope="col" class="col-${name}">${word}</th>`)}</tr></thead>
      <tbody role="rowgroup">${repeat(lines, ({ indicator }) => indicator, (line) => row(view, own, line))}</tbody>
    </table>`;
}

function row(view: DeskView, own: TaskWords, line: Line): TemplateResult {
  const { words } = view;
  const { indicator: id, finding, standing, late } = line;
  const { columns } = own;
  const kept = view.assessment.tasks[id];
  const shown = kept === undefined ? line.task : kept;
  const title = finding === undefined ? id : finding.title;
  const write = (name: keyof Task, text: string): void => view.work.commit(withTask(view.work.assessment, line, { [name]: text }, problemOf(view, line)), `task:${id}:${name}`);
  const cell = (name: keyof typeof columns, content: unknown): TemplateResult =>
    html`<td role="cell" class="col-${name}"><span class="cell-head" aria-hidden="true">${columns[name]}</span><div class="cell-body">${content}</div></td>`;
  const input = (name: 'person' | 'due'): TemplateResult => html`
    <input type="text" class="wide" data-path="task:${id}:${name}" autocomplete="off" aria-label="${title}${words.comma}${columns[name]}" .value=${live(shown[name])} ?readonly=${view.readonly}
      @input=${(event: Event) => write(name, (event.target as HTMLInputElement).value)}>`;
  const long = (name: 'department' | 'measure' | 'progress'): TemplateResult => html`
    <textarea rows="2" placeholder=${name === 'department' ? line.task.department : nothing} data-path="task:${id}:${name}" aria-label="${title}${words.comma}${columns[name]}" .value=${live(shown[name])} ?readonly=${view.readonly}
      @input=${(event: Event) => write(name, (event.target as HTMLTextAreaElement).value)}></textarea>`;
  const suggestion = finding === undefined || shown.measure !== '' || !isOpen(line) ? '' : measureOf(finding, words);
  // A day that was written otherwise, in a file for instance, stays as it is.
  const due = shown.due === '' || isDate(shown.due)
    ? html`<input type="date" class=${shown.due === '' ? 'unset' : ''} max=${LAST_DAY} data-path="task:${id}:due" aria-label="${title}${words.comma}${columns.due}" .value=${live(shown.due)} ?readonly=${view.readonly} @change=${(event: Event) => write('due', (event.target as HTMLInputElement).value)}>`
    : input('due');
  return html`
    <tr role="row" class=${standing}>
      <th role="rowheader" scope="row" class="col-problem">
        <span class="row-head"><span><span class="code">${id}</span> ${title}</span>${finding === undefined ? nothing : tag(finding.outcome, words)}</span>
        ${finding === undefined ? nothing : html`<span class="problem-text">${finding.outcome === 'missing' || finding.outcome === 'pending' || finding.outcome === 'invalid' ? finding.text : groundsOf(finding, words, view.layout.fields)}</span>`}
        ${problemOf(view, line) === '' && shown.problem !== undefined && shown.problem !== '' ? html`<small>${own.was}${shown.problem}</small>` : nothing}
        ${finding === undefined ? nothing : html`<button type="button" class="link" aria-label="${own.goTo} ${title}" @click=${() => view.goTo(id)}>${own.goTo}</button>`}
      </th>
      ${cell('department', long('department'))}
      ${cell('person', input('person'))}
      ${cell('due', html`${due}${late > 0 ? html`<span class="state unmet">${icon('warning')}${own.late(late)}</span>` : nothing}`)}
      ${cell('measure', html`${long('measure')}${suggestion === '' ? nothing : html`<small>${own.suggestion}${words.colon}${suggestion}
        ${view.readonly ? nothing : html`<button type="button" class="link" aria-label="${own.adopt} ${title}" @click=${() => { write('measure', suggestion); }}>${own.adopt}</button>`}</small>`}`)}
      ${cell('progress', long('progress'))}
      ${cell('closed', closing(view, own, line, title))}
    </tr>`;
}

/** What passes is closed at once; what does not is asked about. Either can be taken back here, and undone. */
function closing(view: DeskView, own: TaskWords, line: Line, title: string): TemplateResult {
  const { indicator: id, standing, task: { closed }, begun } = line;
  const set = (event: Event): void => {
    const root = (event.currentTarget as Element).getRootNode() as ShadowRoot;
    const next = withTask(view.work.assessment, line, { closed: closed === '' ? view.today : '' }, problemOf(view, line));
    view.work.commit(next, '', { tone: 'info', text: closed === '' ? own.closing(title) : own.reopened(title), problems: [], canUndo: true });
    keepFocus(root);
  };
  const { now: { asking }, set: remember } = filters(view);
  const question = closed === '' ? own.stillOpen[standing] : undefined;
  const ask = (to: string, focus: string): void => { remember({ asking: to }); view.focus(focus); };
  const close = (event: Event): void => {
    if (asking === id) remember({ asking: '' });
    set(event);
  };
  const button = (word: string, run: (event: Event) => void, style = '', name = ''): TemplateResult =>
    html`<button type="button" id=${name === '' ? nothing : `${name}-${id}`} class=${style} aria-label="${word} ${title}" @click=${run}>${word}</button>`;
  const way = closed !== '' ? button(own.reopen, set)
    : question === undefined ? button(own.close, set, standing === 'ready' ? 'main' : '')
      : asking !== id ? button(own.close, () => ask(id, `sure-${id}`), '', 'close')
        : html`<p class="still-open">${icon('warning')}${question}</p>${button(own.closeAnyway, close, '', 'sure')} ${button(own.keepOpen, () => ask('', `close-${id}`), 'link')}`;
  return html`
    <span class="state ${marks[standing]} ${standing}">${icon(marks[standing])}${standing === 'short' && !begun ? own.notBegun : own.standing[standing]}</span>
    ${closed === '' ? nothing : html`<small>${own.closedOn(closed)}</small>`}
    ${view.readonly ? nothing : html`
      ${standing === 'gone' ? nothing : way}
      ${begun && standing !== 'short' && standing !== 'again' ? html`<button type="button" class="link quiet" aria-label="${own.remove} ${title}" @click=${(event: Event) => {
        const root = (event.currentTarget as Element).getRootNode() as ShadowRoot;
        view.work.commit(withoutTask(view.work.assessment, id), '', { tone: 'info', text: own.removed, problems: [], canUndo: true });
        keepFocus(root);
      }}>${own.remove}</button>` : nothing}`}`;
}

/** Where the line is no longer shown, the focus goes to the head. */
function keepFocus(root: ShadowRoot): void {
  window.setTimeout(() => {
    const head = root.getElementById('tasks-h');
    if (root.activeElement === null && head !== null) head.focus({ preventScroll: true });
  });
}
