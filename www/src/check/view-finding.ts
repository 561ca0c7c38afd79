/** One indicator: its verdict beside the data, and its explanation on demand. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Change, Finding, Fix, Indicator, Term } from '../../../src/wasm.d.ts';
import { difference, rough, shown } from '../words/figure';
import { isAside } from '../words/finding';
import { reasonTable } from './view-reason';
import { amount, gapOf, isRight, leavesOf, nameOf, scoring, signOf, subjectOf, truthOf, withUnit } from '../words/term';
import { FAILED, icon, tag, type View } from './view';
import { phaseLine } from './view-standing';

export function verdict(view: View, indicator: Indicator): TemplateResult {
  const { words, act } = view;
  const finding = view.findings.get(indicator.id);
  if (finding === undefined) return html``;
  const { id } = indicator;
  const open = view.open.has(id);
  const reason = (view.entry.not_applicable || {})[id];
  const explains = finding.outcome !== 'not_applicable' || finding.reason !== undefined;
  return html`
    <li class="verdict ${finding.outcome}" part="finding">
      <div class="verdict-head">
        <h4 id="i-${id}" tabindex="-1"><span class="code">${id}</span> ${indicator.title}</h4>
        ${tag(finding.outcome, words)}
      </div>
      <p class="brief">${brief(view, finding)}</p>
      <div class="verdict-foot">
        <span class="points">${pointsOf(view, finding)}</span>
        ${standsOut(view, indicator)}${due(view, finding)}
        ${explains
          ? html`<button type="button" class="link" id="w-${id}" aria-expanded=${open ? 'true' : 'false'} aria-controls="p-${id}"
              aria-describedby="i-${id}" @click=${() => act.toggle(id)}>
              ${open ? words.fold : finding.outcome === 'met' ? words.whyMet : words.why}</button>`
          : nothing}
        ${view.readonly || reason !== undefined
          ? nothing
          : html`<button type="button" class="link quiet" aria-describedby="i-${id}" @click=${() => act.setAside(id, '')}>${words.setAside}</button>`}
        ${view.beside === undefined ? nothing : view.beside.link(view, indicator)}
      </div>
      ${reason === undefined ? nothing : aside(view, id, reason)}
      ${view.size === 'narrow' ? below(view, indicator) : nothing}
    </li>`;
}

/** What unfolds below a verdict. */
export function below(view: View, indicator: Indicator): unknown {
  return html`${explanation(view, indicator)}${view.beside === undefined ? nothing : view.beside.part(view, indicator)}`;
}

function aside(view: View, id: string, reason: string): TemplateResult {
  const { words, act } = view;
  const wanting = reason.trim() === '';
  return html`
    <div class="aside">
      <label for="r-${id}">${words.reasonLabel}</label>
      <div class="row">
        <input id="r-${id}" data-path="reason:${id}" class="wide" type="text" required autocomplete="off" .value=${live(reason)} ?readonly=${view.readonly}
          aria-invalid=${wanting ? 'true' : 'false'} aria-describedby="rh-${id}"
          @input=${(event: Event) => act.setAside(id, (event.target as HTMLInputElement).value)}>
        ${view.readonly ? nothing : html`<button type="button" @click=${() => act.setAside(id, undefined)}>${words.backIn}</button>`}
      </div>
      <p class="hint ${wanting ? 'bad' : ''}" id="rh-${id}">${wanting ? words.reasonWanted : ''}</p>
    </div>`;
}

function pointsOf(view: View, { kind, outcome, points, of }: Finding): string {
  const { words } = view;
  if (rough(of) === 0) return words.noPoints;
  const full = shown(kind === 'penalty' ? `-${of}` : of);
  if (points !== undefined) return words.of(shown(points), full);
  return isAside({ outcome }) ? words.outOfScore(full) : words.undecidedOf(full);
}

/** What counts otherwise than others: beside the full marks, or for the whole. */
function standsOut({ words }: View, { kind, veto }: Indicator): unknown {
  return html`${kind === 'base' ? nothing : html`<span class="mark">${words[kind]}</span>`}${
    veto === undefined ? nothing : html`<span class="mark">${veto === 'fail' || veto === 'gate' ? words.vetoKind[veto] : words.vetoKind.cap(veto)}</span>`}`;
}

function due({ words }: View, { deadline, overdue }: Finding): unknown {
  if (deadline === undefined) return nothing;
  return html`<span class="due">${words.deadline} ${deadline}</span>${overdue === true ? html`<span class="state unmet">${icon('warning')}${words.overdue}</span>` : nothing}`;
}

/** The verdict in one line: what decided it, or what is lacking. */
function brief(view: View, finding: Finding): unknown {
  const { words, act } = view;
  const links = (paths: readonly string[], label: (path: string) => string): unknown => {
    const first = paths.slice(0, 3);
    return html`${first.map((path, i) => html`${i > 0 ? words.and : ' '}<button type="button" class="link says" @click=${() => act.goToPath(path)}>${label(path)}</button>`)}${paths.length > 3 ? words.more_items(paths.length) : nothing}`;
  };
  switch (finding.outcome) {
    case 'missing': return html`${words.brief.missing}${links(finding.missing, (path) => labelOf(view, path))}`;
    case 'pending': return html`${words.brief.pending}${links(finding.pending.map((id) => `parameter:${id}`), (path) => parameterLabel(view, path.slice(10)))}`;
    case 'invalid': return words.brief.invalid;
    case 'waived': return finding.waiver === undefined ? words.brief.waived : words.brief.waivedBy(finding.waiver.reason, finding.waiver.by, finding.waiver.until);
    case 'not_applicable': {
      const given = (view.entry.not_applicable || {})[finding.indicator];
      return given === undefined ? finding.text : words.reasonGiven(given);
    }
    default: return finding.reason === undefined ? finding.text : decided(view, finding);
  }
}

function decided(view: View, finding: Finding): string {
  const { words } = view;
  if (finding.reason === undefined) return '';
  const leaves = leavesOf(finding.reason).filter((leaf) => leaf.not_applicable !== true);
  const failing = leaves.filter((leaf) => isRight(leaf) === false);
  const only = leaves.length === 1 ? leaves[0] : failing.length === 1 ? failing[0] : undefined;
  if (leaves.length === 0) return finding.text;
  if (only === undefined) {
    if (failing.length === 0) return words.brief.all(leaves.length);
    const names = failing.slice(0, 3).map((leaf) => nameOf(subjectOf(leaf), words, view.layout.fields)).join(words.and);
    return words.brief.some(failing.length, leaves.length, failing.length > 3 ? `${names}${words.more_items(failing.length)}` : names);
  }
  const subject = subjectOf(only);
  const name = leaves.length > 1 || only.kind === 'truth' ? `${nameOf(subject, words, view.layout.fields)}${words.yes === '是' ? '：' : ': '}` : '';
  if (only.kind === 'truth') return `${name}${amount(subject, words)}${only.negated === true && failing.length > 0 ? `${words.comma}${words.brief.asked(truthOf(subject, false, words))}` : ''}`;
  const gap = gapOf(only, words);
  return `${name}${words.brief.line(amount(only.left, words), signOf(only, words), amount(only.right, words))}${gap === '' ? '' : `${words.comma}${gap}`}`;
}

/** The explanation, the whole width of the group. */
function explanation(view: View, indicator: Indicator): TemplateResult | typeof nothing {
  const finding = view.findings.get(indicator.id);
  if (finding === undefined || !view.open.has(indicator.id)) return nothing;
  const { words } = view;
  const fields = indicator.fields.map((id) => view.layout.fields.get(id));
  const evidence = [indicator.evidence, ...fields.map((field) => (field === undefined ? '' : field.evidence))].filter((text, i, all) => text !== '' && all.indexOf(text) === i);
  const phase = view.standard.phases.find(({ id }) => id === indicator.phase);
  const facts: readonly (readonly [string, string])[] = [
    [words.clause, indicator.clause], [words.quote, indicator.quote], [words.formula, indicator.formula], [words.department, indicator.department],
    [words.phase, phase === undefined ? '' : `${phaseLine(phase)}${words.comma}${phase.task}`], [words.deadline, finding.deadline || ''],
    [words.evidence, evidence.join('；')], [words.note, indicator.note], [words.rule, finding.reason === undefined ? '' : finding.reason.at],
  ];
  return html`
    <section class="why ${finding.outcome}" id="p-${indicator.id}" part="explanation" aria-label="${indicator.id} ${indicator.title}${words.comma}${finding.outcome === 'met' ? words.whyMet : words.why}${view.about}">
      <div class="why-head">
        <h4 id="ph-${indicator.id}" tabindex="-1"><span class="code">${indicator.id}</span> ${indicator.title}<span class="code">　${finding.outcome === 'met' ? words.whyMet : words.why}</span></h4>
        <button type="button" class="link" @click=${() => view.act.toggle(indicator.id)}>${words.fold}</button>
      </div>
      <p class="text">${finding.text}</p>
      ${finding.fixes.length === 0 ? nothing : fixes(view, finding.fixes)}
      ${FAILED.includes(finding.outcome) && finding.advice !== '' ? advice(view, finding.advice.split('\n')) : nothing}
      ${finding.outcome === 'partial' && finding.scored !== undefined ? scored(view, finding, finding.scored) : nothing}
      ${finding.reason === undefined ? nothing : reasonTable(view, finding.reason, indicator)}
      <dl class="facts">${facts.filter(([, text]) => text !== '').map(([term, text]) => html`<div class=${text.length > 60 ? 'long' : ''}><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>
    </section>`;
}

function advice({ words }: View, lines: readonly string[]): TemplateResult {
  return html`<div class="advice"><b>${words.advice}</b>${lines.length === 1 ? html` ${lines[0]}` : html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`}</div>`;
}

/** How the points came about. */
function scored(view: View, finding: Finding, term: Term): TemplateResult {
  const { words } = view;
  const how = scoring(term, words, view.layout.fields);
  return html`<p class="advice"><b>${words.scored}</b> ${pointsOf(view, finding)}${how === '' ? nothing : `${words.yes === '是' ? '：' : ': '}${how}`}</p>`;
}

function fixes(view: View, all: readonly Fix[]): TemplateResult {
  const { words } = view;
  return html`
    <div class="fixes">
      <h5>${all.length > 1 ? words.fixesAny : words.fixes}</h5>
      <ul>${all.map((fix) => html`
        <li>
          <span>${change(view, fix)}${(fix.also || []).map((more) => html`${words.comma}${words.also} ${change(view, more)}`)}</span>
          ${view.readonly ? nothing : html`<button type="button" aria-label="${words.tryFix} ${fix.label} ${plain(view, fix.to)}" @click=${() => view.act.tryFix(fix)}>${words.tryFix}</button>`}
        </li>`)}</ul>
    </div>`;
}

function change(view: View, one: Change): TemplateResult {
  const { words } = view;
  const step = one.from === undefined ? undefined : difference(one.from, one.to);
  const by = step === undefined || step === '0' ? '' : step.startsWith('-') ? words.less(withUnit(step.slice(1), one.unit)) : words.more(withUnit(step, one.unit));
  return html`${one.label}${one.label.endsWith('）') ? nothing : ' '}${one.from === undefined ? nothing : html`<span class="was">${plain(view, one.from)}</span> `}${words.turnInto} <b>${withUnit(plain(view, one.to), one.unit)}</b>${by === '' ? nothing : words.yes === '是' ? `（${by}）` : ` (${by})`}`;
}

function plain(view: View, value: string): string {
  return value === 'yes' ? view.words.yes : value === 'no' ? view.words.no : value;
}

export function labelOf(view: View, path: string): string {
  const [id, ...key] = path.split('.');
  const field = view.layout.fields.get(id || '');
  if (field === undefined) return path;
  return key.length === 0 ? field.label : `${field.label}（${key.join('.')}）`;
}

export function parameterLabel(view: View, id: string): string {
  const parameter = view.standard.parameters.find((one) => one.id === id);
  return parameter === undefined ? id : parameter.label;
}
