/** Where the score stands to the lines of the standard's scheme; only what the scheme has is shown. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Extra, Outcome, Phase, Score } from '../../../src/wasm.d.ts';
import { between, scorePlaces, shown } from '../words/figure';
import { asideNames } from '../words/finding';
import { datesOf } from '../words/line';
import { belowText, conclusionOf, floorsOf, gradeText, toldAs, type Told } from '../words/standing';
import { icon, type View } from './view';
import { parameterLabel } from './view-finding';

export function standing(view: View): TemplateResult {
  const { words } = view;
  const { score } = view.report;
  const { pass, bonus, penalty, grade } = score;
  const conclusion = conclusionOf(score);
  const lines: readonly (readonly [string, unknown])[] = [
    [words.passes, conclusion === undefined ? undefined : judged(conclusion, view, words.passesWord)],
    [words.passLine, pass === undefined ? undefined : pass.line === undefined ? words.notSet : html`${shown(pass.line, scorePlaces(score))}${pass.set === undefined ? nothing : words.proportioned(shown(pass.set), asideNames(view.report, words))} ${judged({ holds: pass.holds }, view, words.passLineWord)}`],
    [words.floors, floors(view, score)],
    [words.grade, grade === undefined ? undefined : gradeText(grade, words)],
    [words.bonus, bonus === undefined ? undefined : `＋${between(bonus.low, bonus.high)}${cut(view, bonus)}`],
    [words.penalty, penalty === undefined ? undefined : `−${between(penalty.low, penalty.high)}${cut(view, penalty)}`],
    [words.vetoes, vetoes(view, score)],
    [words.toSet, toSet(view, score)],
    [words.phase, phase(view)],
  ];
  return html`<dl class="lines">${lines.filter(([, content]) => content !== undefined).map(([term, content]) => html`<div><dt>${term}</dt><dd>${content}</dd></div>`)}</dl>`;
}

/** What they add up to, and the cap, where not all of it counts. */
function cut({ words }: View, { sum, cap }: Extra): string {
  return sum === undefined ? '' : words.capped(between(sum.low, sum.high), cap === undefined ? words.notSet : shown(cap));
}

function judged(told: Told, { words }: View, says: readonly [string, string]): TemplateResult {
  const outcome: Outcome = told.holds === undefined ? 'missing' : told.holds ? 'met' : 'unmet';
  return html`<span class="state ${outcome}">${icon(outcome)}${toldAs(told, words, says)}</span>`;
}

/** Chapters against their floor; nothing where the scheme has none, or it is not set. */
function floors(view: View, score: Score): unknown {
  const found = floorsOf(score);
  if (found === undefined) return undefined;
  return html`${judged(found, view, view.words.floorWord)} ${found.below.map((one) => belowText(one, view.standard, view.words)).join(view.words.semicolon)}`;
}

function vetoes(view: View, { vetoes: all }: Score): unknown {
  const { words, act } = view;
  if (all === undefined || all.length === 0) return undefined;
  return html`<ul>${all.map(({ indicator, kind, grade, triggered }) => {
    const finding = view.findings.get(indicator);
    return html`<li><span class="state ${triggered === true ? 'unmet' : 'missing'}">${icon(triggered === true ? 'unmet' : 'missing')}${triggered === true ? words.vetoHit : words.vetoOpen}</span>
      <button type="button" class="link says" @click=${() => act.goTo(indicator)}>${finding === undefined ? indicator : finding.title}</button> ${words.vetoMeans(kind, grade || '')}</li>`;
  })}</ul>`;
}

function toSet(view: View, { pending }: Score): unknown {
  if (pending === undefined || pending.length === 0) return undefined;
  return pending.map((id, i) => html`${i > 0 ? view.words.and : nothing}<button type="button" class="link says" @click=${() => view.act.goToPath(`parameter:${id}`)}>${parameterLabel(view, id)}</button>${datesOf(view.report, id, view.words) === '' ? nothing : ` ${view.words.aside('', datesOf(view.report, id, view.words)).trim()}`}`);
}

/** The phase in which the date lies, or that all are over. */
function phase(view: View): unknown {
  const { words, asOf, standard } = view;
  const last = standard.phases[standard.phases.length - 1];
  if (last === undefined) return undefined;
  const now = standard.phases.find(({ from, to }) => from <= asOf && asOf <= to);
  if (now !== undefined) return html`${phaseLine(now)}<small>${now.task}</small>`;
  const next = standard.phases.find(({ from }) => asOf < from);
  return next === undefined ? words.phasesOver(last.to) : words.phaseNext(next.title, next.from);
}

/** `第一阶段 · 2023-03-01 – 2023-05-31`. */
export function phaseLine({ title, from, to }: Phase): string {
  return `${title} · ${from} – ${to}`;
}
