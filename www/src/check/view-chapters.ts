/** The chapters: where each stands, and the way to it. Their forms can be put away. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Chapter, ChapterScore, Finding } from '../../../src/wasm.d.ts';
import { SCHEME } from '../work/entry';
import { between, chapterPlaces, rough, shown } from '../words/figure';
import { isAside } from '../words/finding';
import { counted, icon, indicatorsOf, type View } from './view';

export interface Part { readonly id: string; readonly title: string; readonly clause: string }

/** The chapters, and the scheme where it waits for parameters. */
export function partsOf(view: View): readonly Part[] {
  const { standard, layout, words } = view;
  const chapters: readonly Chapter[] = standard.chapters;
  return standard.parameters.some(({ id }) => layout.parameters.get(id) === SCHEME) ? [...chapters, { id: SCHEME, title: words.scheme, clause: '' }] : chapters;
}

function findingsOf(view: View, chapter: string): readonly Finding[] {
  return view.report.findings.filter((finding) => finding.chapter === chapter);
}

function scoreOf(view: View, chapter: string): ChapterScore | undefined {
  return view.report.score.chapters.find((one) => one.chapter === chapter);
}

/** Points of a chapter: `10.8–12.8 / 19`; whatever has no points says so. */
function points(view: View, chapter: string): string {
  const score = scoreOf(view, chapter);
  if (score === undefined) return '';
  const weight = score.weight === undefined ? '' : ` · ${view.words.weight(shown(score.weight))}`;
  return rough(score.full) === 0 ? view.words.noPoints : `${between(score.low, score.high, chapterPlaces(score))} / ${shown(score.full)}${weight}`;
}

/** Below its floor, or losing more than is warned of. */
function alarms(view: View, chapter: string): TemplateResult | typeof nothing {
  const { words } = view;
  const score = scoreOf(view, chapter);
  if (score === undefined) return nothing;
  return html`${score.floor === false ? html`<span class="state unmet" title=${words.belowFloor}>${icon('warning')}<span class="word">${words.belowFloor}</span></span>` : nothing}${
    score.warned === true ? html`<span class="state partial" title=${words.warned}>${icon('warning')}<span class="word">${words.warned}</span></span>` : nothing}`;
}

/** In the form, where a search or a department narrows it: what is shown of the chapter, whose points are those of all of it. */
function waitingIn(view: View, part: string): unknown {
  const { only } = view;
  if (only === undefined || part === SCHEME) return waiting(view, part);
  return counted(findingsOf(view, part).filter(({ indicator }) => only.indicators.has(indicator)), view.words);
}

function waiting(view: View, part: string): TemplateResult | typeof nothing {
  const { words, report } = view;
  if (part === SCHEME) {
    const open = (report.score.pending || []).length;
    return open === 0 ? nothing : html`<span class="state pending">${icon('pending')}<span class="word">${words.notSet}</span> ${open}</span>`;
  }
  return html`${counted(findingsOf(view, part), words)}${alarms(view, part)}`;
}

/** In the summary: a line for each chapter, and the groups of those whose form is shown. */
export function chapters(view: View): TemplateResult {
  const { words, act, standard } = view;
  const parts = partsOf(view);
  const away = parts.every(({ id }) => view.unfolded.has(id));
  return html`
    <nav class="chapters" aria-label="${words.chapters}${view.about}">
      <div class="chapters-head">
        <h3 id="nav-h" tabindex="-1">${words.chapters}</h3>
        ${parts.length < 2 ? nothing : html`<button type="button" class="link" @click=${() => act.foldAll(away)}>${away ? words.foldAll : words.unfoldAll}</button>`}
      </div>
      <ul>${parts.map(({ id, title }) => html`
        <li>
          <button type="button" class="item part" @click=${() => act.goToChapter(id)}>
            <span class="item-title">${title}</span><span class="waiting">${waiting(view, id)}</span><span class="item-gain">${points(view, id)}</span>
          </button>
          ${view.unfolded.has(id) || parts.length === 1 ? html`<ul>${standard.groups.filter((group) => group.chapter === id).map((group) => groupLine(view, group.id, group.title))}</ul>` : nothing}
        </li>`)}</ul>
    </nav>`;
}

function groupLine(view: View, id: string, title: string): TemplateResult {
  const { words } = view;
  const findings = indicatorsOf(view, id).reduce<readonly Finding[]>((all, indicator) => { const finding = view.findings.get(indicator.id); return finding === undefined ? all : [...all, finding]; }, []);
  const some = findings.filter((finding) => !isAside(finding));
  const met = some.filter(({ outcome }) => outcome === 'met').length;
  // A group of which nothing counts has no share.
  const said = some.length > 0 || findings[0] === undefined ? words.groupCount(met, some.length) : words.outcome[findings[0].outcome];
  return html`<li><button type="button" class="item" @click=${() => view.act.goToGroup(id)}><span class="item-title">${title}</span><span class="item-gain">${said}</span></button></li>`;
}

/** The head of a chapter's form, which shows the form and puts it away. */
export function chapterHead(view: View, part: Part): TemplateResult {
  const { act } = view;
  const { id, title, clause } = part;
  const score = view.only === undefined ? points(view, id) : '';
  return html`
    <h2 id="c-${id}" tabindex="-1">
      <button type="button" class="chapter-head" aria-expanded=${view.unfolded.has(id) ? 'true' : 'false'} aria-controls="b-${id}" @click=${() => act.fold(id)}>
        <span class="chapter-title" id="t-${id}">${title}</span>${clause === '' ? nothing : html`<span class="clause">${clause}</span>`}
        <span class="chapter-sum">${waitingIn(view, id)}${score === '' ? nothing : html`<span class="chapter-points">${score}</span>`}</span>
      </button>
    </h2>`;
}
