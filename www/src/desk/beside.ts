/**
 * What the desk adds to its form: search and filters above it, evidence beside each indicator, blocks pasted from
 * spreadsheets. The form itself stays as portals have it.
 */
import type { Indicator } from '../../../src/wasm.d.ts';
import type { DuibiaoCheckElement } from '../check/check-element';
import { focusOn } from '../check/places';
import type { Beside, Only, View } from '../check/view';
import { indicatorOf, splitPath } from '../work/entry';
import { isBlock } from '../work/paste';
import type { Work } from '../work/work';
import { Ledger } from './evidence';
import { all, onlyOf, type Wish } from './find';
import { evidenceStyles } from './style-evidence';
import { findStyles } from './style-find';
import { link, part } from './view-evidence';
import { above } from './view-find';

/** Of the window's height: a search that is lower leaves too little room for what it finds. */
const HIGH = 0.4;
const GAP_PX = 8;

/** A block that is about to be placed. */
export interface Pasting {
  readonly text: string;
  /** Where the focus was. */
  readonly from: string | undefined;
  /** Places of the form from there on. */
  readonly run: readonly string[];
  readonly named?: boolean;
  readonly column?: number;
}

export class FormBeside implements Beside {
  readonly styles = [evidenceStyles, findStyles];
  readonly work: Work;
  readonly ledger: Ledger;
  wish: Wish = all;
  pasting: Pasting | undefined;
  private readonly form: () => DuibiaoCheckElement | null;
  private readonly refresh: () => void;
  private worked: { readonly wish: Wish; readonly standard: unknown; readonly only: Only | undefined } | undefined;
  private at: string | undefined;

  /** `refresh` shows the desk anew. */
  constructor(work: Work, form: () => DuibiaoCheckElement | null, refresh: () => void) {
    this.work = work;
    this.form = form;
    this.refresh = refresh;
    this.ledger = new Ledger(work, () => this.show());
  }

  private show(): void {
    const form = this.form();
    if (form !== null) form.requestUpdate();
  }

  get only(): Only | undefined {
    const { desk } = this.work;
    if (desk === undefined) return undefined;
    if (this.worked === undefined || this.worked.wish !== this.wish || this.worked.standard !== desk.standard) {
      this.worked = { wish: this.wish, standard: desk.standard, only: onlyOf(desk.standard, desk.layout, this.wish) };
    }
    return this.worked.only;
  }

  want(wish: Wish): void {
    this.wish = wish;
    this.show();
    if (this.only !== undefined) this.afterwards(() => this.showResults());
  }

  showAll(): void { this.want(all); }

  above(view: View): unknown { return above(this, view); }
  link(view: View, indicator: Indicator): unknown { return link(this.ledger, view, indicator); }
  part(view: View, indicator: Indicator): unknown { return part(this.ledger, view, indicator); }

  reveal(path: string): void {
    this.ledger.reveal(path);
    const { only } = this;
    if (only === undefined) return;
    const indicator = indicatorOf(path);
    const [id] = splitPath(path);
    const shown = indicator !== undefined ? only.indicators.has(indicator) : id.startsWith('parameter:') ? only.parameters.has(id.slice(10)) : only.fields.has(id);
    if (!shown) this.showAll();
  }

  /** Moves the focus to the search. */
  toSearch(): void {
    this.afterwards(() => {
      const place = this.find('#find');
      if (place === undefined) return;
      place.focus({ preventScroll: true });
      this.showResults();
    });
  }

  /** Brings the search up, where it is not: what it finds stands below it. A narrow form has its score above, which stays in sight. */
  private showResults(): void {
    const place = this.find('.find');
    if (place === undefined) return;
    const head = this.find('.bar');
    const covered = (): number => (head === undefined ? 0 : Math.max(0, head.getBoundingClientRect().bottom));
    const { top } = place.getBoundingClientRect();
    if (top >= covered() && top < window.innerHeight * HIGH) return;
    place.scrollIntoView({ block: 'start' });
    const under = covered() - place.getBoundingClientRect().top;
    if (under > 0) window.scrollBy(0, -under - GAP_PX);
  }

  private afterwards(then: () => void): void {
    const form = this.form();
    if (form !== null) void form.updateComplete.then(then);
  }

  /** Moves the focus to the first thing that was found. */
  toFirst(): void {
    focusOn(this.find('.chapter-body [data-path]') || this.find('.verdict h4'), 'center');
  }

  private find(what: string): HTMLElement | undefined {
    const form = this.form();
    return (form !== null && form.shadowRoot !== null && form.shadowRoot.querySelector<HTMLElement>(what)) || undefined;
  }

  /** Remembers where in the form somebody was. */
  focused(event: Event): void {
    const path = pathOf(event);
    if (path !== undefined) this.at = path;
  }

  /** A block in the clipboard is looked at first; anything else goes where it was pasted. */
  pasted(event: ClipboardEvent): void {
    const path = pathOf(event);
    const text = event.clipboardData === null ? '' : event.clipboardData.getData('text/plain');
    const { desk } = this.work;
    if (path === undefined || desk === undefined || this.work.readonly || !isBlock(text)) return;
    const field = desk.layout.fields.get(splitPath(path)[0]);
    // Several lines are one text where the field is one.
    if (field !== undefined && field.type === 'text' && !text.includes('\t')) return;
    event.preventDefault();
    this.at = path;
    this.paste(text);
  }

  /** Asks what goes where; without a text, for the text. */
  paste(text: string): void {
    const form = this.form();
    const places = form === null || form.shadowRoot === null ? [] : Array.from(form.shadowRoot.querySelectorAll<HTMLElement>('.chapter-body [data-path]'), ({ dataset }) => dataset['path'] || '').filter(isData);
    const from = this.at !== undefined && places.includes(this.at) ? this.at : places[0];
    this.pasting = { text, from, run: from === undefined ? [] : places.slice(places.indexOf(from)) };
    this.refresh();
  }

  repaste(change: Partial<Pasting>): void {
    if (this.pasting === undefined) return;
    this.pasting = { ...this.pasting, ...change };
    this.refresh();
  }

  /** Puts the block away; the focus goes back. */
  leave(): void {
    const { pasting } = this;
    this.pasting = undefined;
    this.refresh();
    const form = this.form();
    if (form !== null && pasting !== undefined && pasting.from !== undefined) form.goToPath(pasting.from);
  }
}

function isData(path: string): boolean {
  return indicatorOf(path) === undefined;
}

function pathOf(event: Event): string | undefined {
  const [target] = event.composedPath();
  const path = target instanceof HTMLElement ? target.dataset['path'] : undefined;
  return path !== undefined && isData(path) ? path : undefined;
}
