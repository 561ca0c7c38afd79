/** Trying: figures are changed beside the data, never in it, until they are taken over. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Entry, Field, Finding, Indicator, Report } from '../../../src/wasm.d.ts';
import { tag } from '../check/view';
import { valueAt, withValue, type Scalar } from '../work/entry';
import { between, rough, scorePlaces, shown } from '../words/figure';
import { withUnit } from '../words/term';
import { remembered } from './state';
import type { DeskView } from './view';
import type { ResultWords } from './wording-result';

interface Trying { readonly indicator: string; readonly tries: Readonly<Record<string, Scalar>> }
const state = remembered<Trying>({ indicator: '', tries: {} });

/** More figures than this of one indicator are not all shown: those that decide come first. */
const MOST = 12;

/** Shows an indicator here, and brings the place into sight. */
export function choose(view: DeskView, indicator: string, event: Event): void {
  state(view).set({ indicator });
  const root = (event.currentTarget as Element).getRootNode() as ShadowRoot;
  window.setTimeout(() => {
    const head = root.getElementById('try-h');
    if (head === null) return;
    head.focus({ preventScroll: true });
    head.scrollIntoView({ block: 'start' });
  });
}

export function trying(view: DeskView, own: ResultWords): TemplateResult {
  const { words, report, standard, findings } = view;
  const { now, set } = state(view);
  const tries = Object.entries(now.tries).filter(([path, value]) => valueAt(view.entry, path) !== value);
  const chosen = standard.indicators.find(({ id }) => id === now.indicator) || standard.indicators.find(({ id }) => id === firstOf(report));
  const entry = tries.reduce<Entry>((so, [path, value]) => withValue(so, path, value), view.entry);
  const { checker } = view.work.desk || {};
  const tried = tries.length === 0 || checker === undefined ? report : checker.check(entry, { as_of: view.asOf, lang: view.lang });
  const groups: readonly (readonly [string, (finding: Finding) => boolean])[] = [
    [own.notMet, ({ outcome }) => outcome === 'unmet' || outcome === 'partial'], [own.undecided, ({ outcome }) => outcome === 'missing' || outcome === 'invalid' || outcome === 'pending'], [own.met, ({ outcome }) => outcome === 'met'],
  ];
  return html`
    <section class="card trying ${tries.length === 0 ? 'idle' : ''}" aria-labelledby="try-h">
      <h3 id="try-h" tabindex="-1">${own.tryHead}</h3>
      <p class="hint">${own.tryHint}</p>
      ${chosen === undefined ? nothing : html`
        <div class="filters"><label for="try-which">${own.which}</label>
          <select id="try-which" .value=${live(chosen.id)} @change=${(event: Event) => set({ indicator: (event.target as HTMLSelectElement).value })}>${groups.map(([label, fits]) => {
            const some = report.findings.filter(fits);
            return some.length === 0 ? nothing : html`<optgroup label=${label}>${some.map(({ indicator, title }) => html`<option value=${indicator} ?selected=${indicator === chosen.id}>${indicator} ${title}</option>`)}</optgroup>`;
          })}</select></div>
        <div class="try">
          <div class="try-fields">${fields(view, own, chosen, tried)}</div>
          ${beside(view, own, chosen, tried)}
        </div>
        <div class="filters" role="status">
          ${tries.length === 0 ? nothing : html`<span>${own.set(tries.length)}</span>
            ${view.readonly ? nothing : html`<button type="button" class="main" @click=${() => {
              view.work.commitEntry(entry, '', { tone: 'info', text: own.taken(tries.length), problems: [], canUndo: true });
              set({ tries: {} });
            }}>${own.take}</button>`}
            <button type="button" @click=${() => set({ tries: {} })}>${own.resetAll}</button>`}
        </div>
        ${others(view, own, chosen.id, findings, tried)}`}
      <span class="unseen">${words.reference}</span>
    </section>`;
}

function firstOf({ score, findings }: Report): string | undefined {
  const [first] = score.fix_first || [];
  return first !== undefined ? first.indicator : findings[0] === undefined ? undefined : findings[0].indicator;
}

/** The present and the tried, side by side. */
function beside(view: DeskView, own: ResultWords, { id }: Indicator, tried: Report): TemplateResult {
  const { words, report } = view;
  const [now, then] = [report, tried].map(({ findings }) => findings.find(({ indicator }) => indicator === id)) as [Finding | undefined, Finding | undefined];
  if (now === undefined || then === undefined) return html``;
  const points = ({ points: some, of }: Finding): string => (rough(of) === 0 ? words.noPoints : `${some === undefined ? words.open : shown(some)} / ${shown(of)}`);
  const total = ({ score }: Report): string => `${between(score.low, score.high, scorePlaces(score))} / ${shown(score.full)}`;
  return html`
    <table class="try-result" aria-live="polite">
      <thead><tr><td></td><th scope="col">${own.present}</th><th scope="col">${own.tried}</th></tr></thead>
      <tbody>
        <tr><th scope="row">${own.outcome}</th><td>${tag(now.outcome, words)}</td><td>${tag(then.outcome, words)}</td></tr>
        <tr><th scope="row">${own.points}</th><td>${points(now)}</td><td>${points(then)}</td></tr>
        <tr><th scope="row">${own.total}</th><td>${total(report)}</td><td><b>${total(tried)}</b></td></tr>
      </tbody>
    </table>`;
}

/** Other indicators that read the same figures and turn with them. */
function others({ words }: DeskView, own: ResultWords, chosen: string, before: ReadonlyMap<string, Finding>, tried: Report): TemplateResult | typeof nothing {
  const turned = tried.findings.filter(({ indicator, outcome }) => { const was = before.get(indicator); return indicator !== chosen && was !== undefined && was.outcome !== outcome; });
  if (turned.length === 0) return nothing;
  return html`<div class="try-also"><p>${own.also(turned.length)}</p><ul>${turned.map((finding) => {
    const was = before.get(finding.indicator);
    return html`<li><span class="code">${finding.indicator}</span> ${finding.title} ${was === undefined ? nothing : tag(was.outcome, words)} → ${tag(finding.outcome, words)}</li>`;
  })}</ul></div>`;
}

/** The figures of an indicator; those of its fix first, a list by its keys. */
function fields(view: DeskView, own: ResultWords, indicator: Indicator, tried: Report): TemplateResult {
  const finding = view.findings.get(indicator.id);
  const fix = finding === undefined ? undefined : finding.fixes[0];
  const steps = fix === undefined ? [] : [fix, ...(fix.also || [])];
  const paths = indicator.fields.reduce<readonly string[]>((all, id) => {
    const field = view.layout.fields.get(id);
    return field === undefined || field.type === 'text' || field.type === 'date' ? all : [...all, ...(field.keys.length === 0 ? [id] : field.keys.map((key) => `${id}.${key}`))];
  }, []);
  const first = [...steps.map(({ field }) => field), ...(finding === undefined ? [] : finding.missing)].filter((path) => paths.includes(path));
  const shownPaths = [...first, ...paths.filter((path) => !first.includes(path))].slice(0, MOST);
  if (shownPaths.length === 0) return html`<p>${own.noFields}</p>`;
  const { now: { tries }, set } = state(view);
  return html`
    ${shownPaths.map((path) => figure(view, own, path, steps.find(({ field }) => field === path)?.to, tried))}
    ${steps.length === 0 ? nothing : html`<button type="button" @click=${() => set({ tries: { ...tries, ...Object.fromEntries(steps.map(({ field, to }) => [field, to === 'yes' ? true : to === 'no' ? false : to])) } })}>${own.toFix}</button>`}`;
}

function figure(view: DeskView, own: ResultWords, path: string, aim: string | undefined, tried: Report): TemplateResult {
  const { words } = view;
  const [id = '', ...key] = path.split('.');
  const field = view.layout.fields.get(id);
  if (field === undefined) return html``;
  const { now: { tries }, set } = state(view);
  const present = recorded(view.report, path);
  const value = tries[path] === undefined ? present : recorded(tried, path);
  const label = key.length === 0 ? field.label : words.yes === '是' ? `${field.label}（${key.join('.')}）` : `${field.label} (${key.join('.')})`;
  const put = (to: Scalar): void => set({ tries: { ...tries, [path]: to } });
  const back = (): void => { const { [path]: _, ...rest } = tries; set({ tries: rest }); };
  const choices: readonly (readonly [string, Scalar])[] = field.type === 'yes-no' ? [[words.yes, true], [words.no, false]] : field.choices.map((one) => [one, one]);
  const reach = rangeOf(field, present, aim);
  const typed = tries[path];
  return html`
    <div class="try-field">
      <span class="label" id="try-${path}">${label}</span>
      ${choices.length > 0 ? html`<span class="choices" role="radiogroup" aria-labelledby="try-${path}">${choices.map(([word, one]) => html`
          <label class="choice"><input type="radio" name="try-${path}" .checked=${live(value === one)} @change=${() => put(one)}>${word}</label>`)}</span>`
        : html`<input type="range" aria-label=${own.slider(label)} min=${reach.min} max=${reach.max} step=${reach.step} .value=${live(String(typeof value === 'string' ? rough(value) : reach.min))}
            aria-valuetext=${typeof value === 'string' ? withUnit(value, field.unit) : own.empty} @input=${(event: Event) => put((event.target as HTMLInputElement).value)}>
          <span class="control"><input type="text" class="figure" inputmode="decimal" autocomplete="off" aria-labelledby="try-${path}" .value=${live(typed === undefined ? (typeof present === 'string' ? present : '') : String(typed))}
            @input=${(event: Event) => { const text = (event.target as HTMLInputElement).value; if (text.trim() === '') back(); else put(text); }}><span class="unit">${field.unit}</span></span>`}
      <small>${own.present} ${present === null ? own.empty : typeof present === 'boolean' ? (present ? words.yes : words.no) : withUnit(present, field.unit)}
        ${typed === undefined ? nothing : html`<button type="button" class="link" aria-label="${own.reset} ${label}" @click=${back}>${own.reset}</button>`}</small>
    </div>`;
}

/** A value as the checker read it: exact, `null` where there is none. */
function recorded({ entry }: Report, path: string): string | boolean | null {
  const [id = '', ...key] = path.split('.');
  const value = entry.fields[id];
  const one = value !== null && typeof value === 'object' ? value[key.join('.')] : value;
  return one === undefined ? null : one;
}

/** How far a slider goes: the field's limits, or well beyond the present value and the aim. */
function rangeOf({ type, min, max }: Field, present: string | boolean | null, aim: string | undefined): { readonly min: number; readonly max: number; readonly step: number } {
  const known = [present, aim].map((text) => (typeof text === 'string' ? rough(text) : 0)).filter(Number.isFinite);
  const low = min === undefined ? Math.min(0, ...known.map((n) => n * 2)) : rough(min);
  const high = max !== undefined ? rough(max) : type === 'percent' ? 100 : Math.max(type === 'count' ? 10 : 1, ...known.map((n) => n * 1.5));
  const size = high - low;
  const step = type === 'count' ? 1 : Math.pow(10, Math.floor(Math.log10(size)) - 2);
  return { min: low, max: type === 'count' ? Math.ceil(high) : high, step: size > 0 ? step : 1 };
}
