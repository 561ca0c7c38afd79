/**
 * Colours that the host gives (`--duibiao-accent` and its like), taken only as far as they can be read: at least 4.5 to 1
 * (WCAG 2.2 AA) against everything that they are written on. One that falls short is darkened, or lightened on dark ground,
 * until it suffices; a ground on which our own inks cannot be read is left out. Nothing else reads the host's colours.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

type Rgb = readonly [number, number, number];

const ENOUGH = 4.5;
/** Rounding to whole steps of a channel must not take it below. */
const AIM = 4.6;
const STEPS = 40;

/** Custom property of the host, ours that it stands for, and the grounds on which that is written. */
const INKS: readonly (readonly [given: string, own: string, on: readonly string[]])[] = [
  ['--duibiao-accent', '--accent', ['--card', '--sunk', '--wash']],
  ['--duibiao-met', '--met', ['--card', '--sunk', '--met-wash']],
  ['--duibiao-partial', '--partial', ['--card', '--sunk', '--partial-wash']],
  ['--duibiao-unmet', '--unmet', ['--card', '--sunk', '--unmet-wash']],
  ['--duibiao-open', '--open', ['--card', '--sunk', '--open-wash']],
];
/** What is written on the ground behind the cards, whatever the host gives. */
const ON_GROUND = ['--ink', '--soft', '--accent', '--unmet', '--met'];

/** Gives `desk` what of the host's colours can be read on it. `host` carries them, and our own colours. */
function colour(host: HTMLElement, desk: HTMLElement): void {
  const style = getComputedStyle(host);
  const read = (property: string): Rgb | undefined => parse(style.getPropertyValue(property));
  const colours = (properties: readonly string[]): Rgb[] => properties.map(read).filter((one): one is Rgb => one !== undefined);

  const given = read('--duibiao-ground');
  const ground = given !== undefined && colours(ON_GROUND).every((ink) => contrast(ink, given) >= ENOUGH) ? given : undefined;
  set(desk, '--behind', ground);

  const towards = read('--ink') || [0, 0, 0];
  for (const [name, own, on] of INKS) {
    const ink = read(name);
    const grounds = [...colours(on), ...(ground === undefined ? [] : [ground])];
    set(desk, own, ink === undefined ? undefined : readable(ink, grounds, towards));
  }
}

/** The colour itself, or the nearest on the way to `towards` that can be read on all grounds. */
function readable(ink: Rgb, grounds: readonly Rgb[], towards: Rgb): Rgb {
  const suffices = (colour: Rgb, least: number): boolean => grounds.every((ground) => contrast(colour, ground) >= least);
  if (suffices(ink, ENOUGH)) return ink;
  for (let step = 1; step < STEPS; step += 1) {
    const mixed = mix(ink, towards, step / STEPS);
    if (suffices(mixed, AIM)) return mixed;
  }
  return towards;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const at = (i: 0 | 1 | 2): number => Math.round(from[i] + (to[i] - from[i]) * share);
  return [at(0), at(1), at(2)];
}

function set(desk: HTMLElement, property: string, colour: Rgb | undefined): void {
  if (colour === undefined) desk.style.removeProperty(property);
  else desk.style.setProperty(property, `rgb(${colour.join(', ')})`);
}

/** WCAG's contrast ratio. */
function contrast(a: Rgb, b: Rgb): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

function luminance([red, green, blue]: Rgb): number {
  const linear = (channel: number): number => (channel <= 10.31475 ? channel / 3294.6 : ((channel / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

let canvas: CanvasRenderingContext2D | null | undefined;
const known = new Map<string, Rgb | undefined>();

/** Any colour that the browser knows; `undefined` for what is none, and for what one can see through. */
function parse(text: string): Rgb | undefined {
  const value = text.trim();
  if (value === '') return undefined;
  if (!known.has(value)) known.set(value, parsed(value));
  return known.get(value);
}

function parsed(value: string): Rgb | undefined {
  if (canvas === undefined) canvas = document.createElement('canvas').getContext('2d');
  if (canvas === null) return undefined;
  const as = (before: string): string => {
    (canvas as CanvasRenderingContext2D).fillStyle = before;
    (canvas as CanvasRenderingContext2D).fillStyle = value;
    return String((canvas as CanvasRenderingContext2D).fillStyle);
  };
  // What is no colour leaves the colour that was set before.
  const told = as('#000000');
  if (told !== as('#ffffff')) return undefined;
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(told);
  if (hex !== null) return [hex[1], hex[2], hex[3]].map((part) => parseInt(part as string, 16)) as unknown as Rgb;
  if (told.startsWith('rgba')) return undefined;
  // Newer notations are told as they were given: their pixel tells.
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = Array.from(canvas.getImageData(0, 0, 1, 1).data);
  return alpha === 255 ? [red, green, blue] : undefined;
}

/** Keeps an element's colours readable: whenever they may have changed, and on every root that it renders. */
export class Colours implements ReactiveController {
  private readonly host: ReactiveControllerHost & HTMLElement;
  private desk: HTMLElement | undefined;
  private readonly classes = new MutationObserver(() => this.again());
  private readonly dark = window.matchMedia('(prefers-color-scheme: dark)');

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.host = host;
    host.addController(this);
  }

  hostConnected(): void {
    const options = { attributes: true, attributeFilter: ['class', 'style', 'scheme', 'theme', 'data-theme'] };
    for (const element of [this.host, document.documentElement, document.body]) this.classes.observe(element, options);
    // Old browsers know no `addEventListener` there.
    this.dark.addListener(this.again);
    document.addEventListener('load', this.late, true);
    this.again();
  }

  hostDisconnected(): void {
    this.classes.disconnect();
    this.dark.removeListener(this.again);
    document.removeEventListener('load', this.late, true);
  }

  hostUpdated(): void {
    const desk = this.host.shadowRoot === null ? null : this.host.shadowRoot.querySelector<HTMLElement>('.desk');
    if (desk === null || desk === this.desk) return;
    this.desk = desk;
    colour(this.host, desk);
  }

  private readonly again = (): void => {
    if (this.desk !== undefined) colour(this.host, this.desk);
  };

  /** A style sheet that came late. */
  private readonly late = (event: Event): void => {
    if (event.target instanceof HTMLLinkElement) this.again();
  };
}
