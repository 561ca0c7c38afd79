/**
 * Inside the iframe (`frame.html`): the element, with its attributes from the address of the page, and its height told to
 * the page around.
 *
 * Anybody may hear the height. Entry and verdicts go to the page around only where it is of this site, or its origin stands in
 * `<meta name="duibiao-hosts" content="https://portal.example.cn">` of this page.
 */
import { isMessage, type Message } from './frame-message';
import type { Value } from './value';

/** Attributes that an address may set; those that name a file take none from another site. */
const PLAIN = ['lang', 'as-of', 'draft', 'readonly', 'chapter', 'only-chapter', 'department', 'scheme'];
const FILES = ['src', 'example', 'data'];

let host: { readonly window: Window; readonly origin: string } | undefined;

function element(): HTMLElement {
  const check = document.createElement('duibiao-check');
  const given = new URLSearchParams(location.search);
  for (const name of PLAIN) {
    const value = given.get(name);
    if (value !== null) check.setAttribute(name, value);
  }
  for (const name of FILES) {
    const value = given.get(name);
    if (value !== null && isOwn(value)) check.setAttribute(name, value);
  }
  if (given.get('lang') === 'en') document.documentElement.lang = 'en';
  return check;
}

function isOwn(address: string): boolean {
  try {
    const { protocol, origin } = new URL(address, document.baseURI);
    return origin === location.origin && protocol === location.protocol;
  } catch {
    return false;
  }
}

function tell(message: Message): void {
  if (host !== undefined) host.window.postMessage(message, host.origin === 'null' ? '*' : host.origin);
}

/** Whether the page around may know what was entered. */
function trusted(): boolean {
  if (host === undefined || host.origin === 'null') return false;
  const meta = document.querySelector<HTMLMetaElement>('meta[name="duibiao-hosts"]');
  const hosts = meta === null ? [] : meta.content.split(/\s+/);
  return host.origin === location.origin || hosts.includes(host.origin);
}

const check = element();
document.body.append(check);

const height = (): void => tell({ duibiao: 'height', height: document.documentElement.offsetHeight });
const value = (): void => {
  const { value: now } = check as HTMLElement & { value?: Value | null };
  if (now !== undefined && now !== null && trusted()) tell({ duibiao: 'value', value: now });
};
new ResizeObserver(height).observe(document.documentElement);
check.addEventListener('duibiao-report', value);

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source !== window.parent || window.parent === window || !isMessage(event.data) || event.data.duibiao !== 'greeting') return;
  host = { window: window.parent, origin: event.origin };
  height();
  value();
});
// No secret: it says that there is something here to be greeted.
if (window.parent !== window) window.parent.postMessage({ duibiao: 'ready' }, '*');
