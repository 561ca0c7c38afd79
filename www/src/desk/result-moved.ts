/** What moved between two reports: chapter by chapter, indicator by indicator, each with its cause. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ChapterScore, Finding, Report } from '../../../src/wasm.d.ts';
import type { Cause, Ends, Moved, MovedValue, StandingMoved } from '../../../src/wasm/office.d.ts';
import { icon, tag } from '../check/view';
import type { Which } from '../work/comparison';
import type { Compared, Said } from '../work/office';
import { between, chapterPlaces, rough, scorePlaces, shown } from '../words/figure';
import { withUnit } from '../words/term';
import type { DeskView } from './view';
import type { CompareWords } from './wording-compare';

/** With more than this the chapters are folded. */
const FEW = 20;
type Flip = Compared['turned'][number];
type Findings = ReadonlyMap<string, Finding>;

export function differencesOf(view: DeskView, own: CompareWords): TemplateResult | typeof nothing {
  const { compare } = view;
  const { found } = compare;
  if (found === undefined) return nothing;
  const { pair: [before, after], compared, failure } = found;
  return html`
    <div role="status">${compared === undefined && failure === undefined ? html`<p class="hint">${own.comparing}</p>` : nothing}</div>
    ${failure === undefined ? nothing : html`<div class="message error" role="alert">${icon('invalid')}<div class="message-text"><p>${own.failed}${view.lang === 'en' ? failure.en : failure.zh}</p></div>
      <button type="button" @click=${() => compare.retry()}>${own.retry}</button>${anew(view, own)}</div>`}
    ${compared === undefined || compared.untold === undefined ? nothing : html`<div class="message error">${icon('warning')}<div class="message-text"><p>${own.untold[compared.untold]}</p></div>${anew(view, own, compared.untold)}</div>`}
    ${compared === undefined ? nothing : parts(view, own, compared)}
    ${compared === undefined ? nothing : standing(view, own, compared.standing.filter((one) => counts(one, [before, after])))}
    ${chapters(view, own, before, after, compared)}
    ${compared === undefined ? nothing : compared.turned.length === 0 && compared.indicators.length === 0 ? html`<p>${own.same}</p>` : turned(view, own, [before, after], compared)}`;
}

/** The way out where a report cannot be compared as it is: its data, judged by the standard at hand. */
function anew({ compare, report }: DeskView, own: CompareWords, untold?: Compared['untold']): readonly TemplateResult[] {
  const sides: readonly Which[] = ['before', 'after'];
  return sides.filter((which) => {
    const side = compare[which];
    return side !== undefined && side.source === 'file' && side.judged === undefined && (untold !== 'no_standard' || side.report.standard.digest !== report.standard.digest);
  }).map((which) => html`<button type="button" @click=${() => compare.again(which)}>${own.again(own.side[which])}</button>`);
}

/** Which parts differ, and all that differs in them. */
function parts(view: DeskView, own: CompareWords, { parts: differ, as_of, fields, parameters, rules }: Compared): TemplateResult {
  if (differ.length === 0) return html`<p><b>${own.parts}${view.words.colon}</b>${own.nothingDiffers}</p>`;
  const counts: Readonly<Record<Cause, number>> = { data: fields.length, parameters: parameters.length, rules: rules.length, date: 1 };
  const said = differ.map((part) => (part === 'date' ? own.date(as_of[0], as_of[1]) : counts[part] === 0 ? own.causes[part] : own.times(own.causes[part], counts[part])));
  const lists: readonly (readonly [string, readonly string[]])[] = [
    [own.causes.data, fields.map((one) => valueText(view, own, one))], [own.causes.parameters, parameters.map((one) => lineText(own, one))], [own.causes.rules, rules.map((one) => ruleText(own, one))],
  ];
  return html`
    <p><b>${own.parts}${view.words.colon}</b>${said.map((text, i) => html`<span class="part-said">${text}${i === said.length - 1 ? '' : view.words.and}</span>`)}</p>
    ${lists.every(([, texts]) => texts.length === 0) ? nothing : html`<details class="clump"><summary>${own.all}</summary>${lists.map(([head, texts]) => (texts.length === 0 ? nothing
      : html`<p><b>${head}</b></p><ul class="all-differences">${texts.map((text) => html`<li>${text}</li>`)}</ul>`))}</details>`}`;
}

/** A chapter without points reaches any floor, which says nothing. */
function counts({ of, id }: StandingMoved, pair: readonly [Report, Report]): boolean {
  return of !== 'floor' || pair.some(({ score }) => score.chapters.some(({ chapter, full }) => chapter === id && rough(full) > 0));
}

/** What the whole decides otherwise: passing, lines, grade, vetoes. */
function standing({ words, standard, findings }: DeskView, own: CompareWords, moved: readonly StandingMoved[]): TemplateResult | typeof nothing {
  if (moved.length === 0) return nothing;
  const says = own.wholeSays;
  const said = (of: StandingMoved['of'], value: string): string => (value === '' ? (of === 'grade' ? words.noGrade : says.none) : value === 'open' ? says.open
    : of === 'grade' ? value : value === 'yes' ? (of === 'veto' ? says.hit : says.yes) : of === 'veto' ? says.notHit : says.no);
  const title = (id: string): string => (standard.chapters.find((one) => one.id === id) || findings.get(id) || { title: id }).title;
  return html`<p><b>${own.whole}${words.colon}</b></p><ul class="all-differences">${moved.map(({ of, id, from, to, causes, turning }) => html`
    <li>${own.arrow(id === '' ? own.wholeOf[of] : `${own.wholeOf[of]} ${title(id)}`, said(of, from), said(of, to))}${words.comma}${own.turning[turning](causes.map((cause) => own.causes[cause]).join(words.and))}</li>`)}</ul>`;
}

/** Both side by side; the last column adds up to the last row. */
function chapters(view: DeskView, own: CompareWords, before: Report, after: Report, compared: Compared | undefined): TemplateResult {
  const points = (one: ChapterScore | undefined): string => (one === undefined ? '—' : between(one.low, one.high, chapterPlaces(one)));
  const total = ({ score }: Report): string => between(score.low, score.high, scorePlaces(score));
  const change = (ends: Ends = { low: '0', high: '0' }): readonly TemplateResult[] => (compared === undefined ? [] : [ends.low, ends.high].map((end) => html`<td>${signed(end)}</td>`));
  const heads = [own.chapter, own.side.before, own.side.after, ...(compared === undefined ? [] : [own.sureChange, own.highChange])];
  return html`
    <table class="bars compare" aria-labelledby="compare-h">
      <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
      <tbody>
        ${view.standard.chapters.map(({ id, title }) => {
          const [was, is] = [before, after].map(({ score }) => score.chapters.find(({ chapter }) => chapter === id));
          return rough((is || { full: '0' }).full) + rough((was || { full: '0' }).full) === 0 ? nothing : html`<tr><th scope="row">${title}</th><td>${points(was)}</td><td>${points(is)}</td>${change(compared && compared.chapters.find((one) => one.id === id))}</tr>`;
        })}
        ${compared === undefined ? nothing : compared.rest.map((one) => html`<tr><th scope="row">${own.rest[one.id] || one.id}</th><td></td><td></td>${change(one)}</tr>`)}
        <tr class="sum"><th scope="row">${own.total}</th><td>${total(before)}</td><td>${total(after)}</td>${change(compared && compared.moved)}</tr>
      </tbody>
    </table>`;
}

/** `＋1.04`; where both ends of the score moved apart, each. */
function by(own: CompareWords, ends: Ends | undefined): unknown {
  if (ends === undefined || (rough(ends.low) === 0 && rough(ends.high) === 0)) return html`<span class="still">${own.still}</span>`;
  if (ends.low === ends.high) return signed(ends.low);
  return ([[own.sure, ends.low], [own.high, ends.high]] as const).filter(([, end]) => rough(end) !== 0).map(([word, end]) => html`<span class="end">${word} ${signed(end)}</span> `);
}

function signed(text: string): string {
  return text.startsWith('-') ? `−${shown(text.slice(1))}` : text === '0' ? '—' : `＋${shown(text)}`;
}

const byId = ({ findings }: Report): Findings => new Map(findings.map((finding) => [finding.indicator, finding]));

/** The verdicts that turned, by chapter, each with its cause. */
function turned(view: DeskView, own: CompareWords, pair: readonly [Report, Report], compared: Compared): TemplateResult {
  const [was, is] = [byId(pair[0]), byId(pair[1])];
  const moved = new Map(compared.indicators.map((one) => [one.id, one]));
  const chapterOf = ({ indicator }: Flip): string => (is.get(indicator) || was.get(indicator) || { chapter: '' }).chapter;
  const known = view.standard.chapters.map(({ id }) => id);
  const groups = [...view.standard.chapters, { id: '', title: '—' }].map(({ id, title }) => [title, compared.turned.filter((flip) => (id === '' ? !known.includes(chapterOf(flip)) : chapterOf(flip) === id))] as const).filter(([, some]) => some.length > 0);
  const others = compared.indicators.filter(({ id }) => !compared.turned.some(({ indicator }) => indicator === id));
  const title = (id: string): string => (is.get(id) || was.get(id) || { title: id }).title;
  return html`
    ${compared.turned.length === 0 ? nothing : html`<p><b>${own.moved(compared.turned.length)}</b></p>`}
    ${groups.map(([head, some]) => html`<details class="clump moved-in" ?open=${compared.turned.length <= FEW}><summary>${own.inChapter(head, some.length)}</summary>${table(view, own, head, some, was, is, moved)}</details>`)}
    ${others.length === 0 ? nothing : html`<details class="clump moved-in"><summary>${own.unturned(others.length)}</summary><ul class="all-differences">${others.map((one) => html`<li><span class="code">${one.id}</span> ${title(one.id)} ${by(own, one)}</li>`)}</ul></details>`}`;
}

function table(view: DeskView, own: CompareWords, label: string, some: readonly Flip[], was: Findings, is: Findings, moved: ReadonlyMap<string, Moved>): TemplateResult {
  const { words } = view;
  const heads = [own.columns.indicator, own.side.before, own.side.after, own.columns.change, own.columns.why];
  const cell = (i: number, content: unknown): TemplateResult => html`<td role="cell"><span class="cell-head" aria-hidden="true">${heads[i]}</span><div class="cell-body">${content}</div></td>`;
  const stand = (finding: Finding | undefined, absent: string): unknown => (finding === undefined ? absent : html`${tag(finding.outcome, words)} ${finding.points === undefined || rough(finding.of) === 0 ? nothing : shown(finding.points)}`);
  return html`
    <table class="ledger moved" role="table" aria-label=${label}>
      <thead role="rowgroup"><tr role="row">${heads.map((head, i) => html`<th role="columnheader" scope="col" class="moved-${i}">${head}</th>`)}</tr></thead>
      <tbody role="rowgroup">${some.map((flip) => html`<tr role="row">
        <th role="rowheader" scope="row"><span class="code">${flip.indicator}</span> <b>${flip.title}</b></th>
        ${cell(1, stand(was.get(flip.indicator), own.onlyHere))}${cell(2, stand(is.get(flip.indicator), own.onlyThere))}
        ${cell(3, by(own, moved.get(flip.indicator)))}
        ${cell(4, why(view, own, flip))}
      </tr>`)}</tbody>
    </table>`;
}

/** Which part turned it, and what differs in that. */
function why(view: DeskView, own: CompareWords, { causes, turning, fields, parameters, rules }: Flip): TemplateResult {
  const details = [...fields.map((one) => valueText(view, own, one)), ...parameters.map((one) => lineText(own, one)), ...rules.map((one) => ruleText(own, one))];
  return html`<p>${own.turning[turning](causes.map((cause) => own.causes[cause]).join(view.words.and))}</p>${details.length === 0 ? nothing : html`<ul>${details.map((text) => html`<li>${text}</li>`)}</ul>`}`;
}

function valueText({ words, findings }: DeskView, own: CompareWords, { id, label, from, to, unit }: MovedValue): string {
  const said = (text: string): string => (text === '' ? (findings.has(id) ? own.applies : own.empty) : text === 'yes' ? words.yes : text === 'no' ? words.no : unit === '' ? text : withUnit(text, unit));
  return own.arrow(label, said(from), said(to));
}

function lineText(own: CompareWords, { label, from, to, unit, from_by, to_by }: MovedValue): string {
  const said = (text: string, who?: 'user' | 'standard'): string => (text === '' ? (who === 'standard' ? own.ofStandard : own.notSet) : who === 'user' && from_by !== to_by ? own.byUser(withUnit(text, unit)) : withUnit(text, unit));
  return own.arrow(label, said(from, from_by), said(to, to_by));
}

function ruleText(own: CompareWords, { title, how, what, from, to }: Said): string {
  const head = own.rule(title, how, what);
  return from === '' && to === '' ? head : own.arrow(head, from || '—', to || '—');
}
