/**
 * The loader of iframe mode, a classic script for the page around. For portals that let nothing of ours into their page:
 *
 *   <iframe data-duibiao-frame src="https://check.example.cn/frame.html?src=changzhou-2023.wasm" height="720" title="指标自查"></iframe>
 *   <script src="duibiao-frame.js" defer></script>
 *
 * It makes each such iframe as high as what it shows. Without this script the iframe keeps its height and scrolls. In place of
 * an iframe any element may carry the attribute, with the address as its value: then the iframe is made inside it.
 * The iframe fires `duibiao-value` (`event.detail`: entry and summary) where the framed page allows this page to hear it.
 */
import { isHeight, isMessage } from './frame-message';

/** What stands where the framed page says nothing, or nothing sensible. */
const LEAST = 480;
const MOST = 60_000;

export class DuibiaoFrame {
  private readonly iframe: HTMLIFrameElement;
  private readonly origin: string;

  constructor(iframe: HTMLIFrameElement) {
    this.iframe = iframe;
    this.origin = originOf(iframe.src);
    window.addEventListener('message', this.hear);
    iframe.addEventListener('load', this.greet);
    // It may have loaded before.
    this.greet();
  }

  /** Stops listening; the iframe stays as high as it is. */
  release(): void {
    window.removeEventListener('message', this.hear);
    this.iframe.removeEventListener('load', this.greet);
  }

  /**
   * The framed page answers whoever greets it, and only with what that origin may know. The greeting says nothing, so it may
   * go to whatever is there: before the page is at its address, naming that would make the browser complain.
   */
  private readonly greet = (): void => {
    const { contentWindow } = this.iframe;
    if (contentWindow !== null) contentWindow.postMessage({ duibiao: 'greeting' }, '*');
  };

  private readonly hear = (event: MessageEvent<unknown>): void => {
    if (!this.iframe.isConnected) { this.release(); return; }
    if (event.source !== this.iframe.contentWindow || event.origin !== this.origin || !isMessage(event.data)) return;
    const message = event.data;
    if (message.duibiao === 'ready') this.greet();
    if (message.duibiao === 'height' && isHeight(message.height)) {
      this.iframe.style.height = `${Math.min(MOST, Math.max(LEAST, Math.ceil(message.height)))}px`;
    }
    if (message.duibiao === 'value') this.iframe.dispatchEvent(new CustomEvent('duibiao-value', { bubbles: true, detail: message.value }));
  };
}

/** A file from a disk has no origin; messages from it say `null`. */
function originOf(address: string): string {
  const { protocol, origin } = new URL(address, document.baseURI);
  return protocol === 'file:' ? 'null' : origin;
}

const framed = new WeakSet<HTMLIFrameElement>();

/** Takes charge of every iframe that is marked; for those added later call `duibiaoFrames()` again. */
export function frames(): void {
  for (const place of Array.from(document.querySelectorAll<HTMLElement>('[data-duibiao-frame]'))) {
    const iframe = place instanceof HTMLIFrameElement ? place : made(place);
    if (framed.has(iframe)) continue;
    framed.add(iframe);
    new DuibiaoFrame(iframe);
  }
}

function made(place: HTMLElement): HTMLIFrameElement {
  const before = place.querySelector('iframe');
  if (before !== null) return before;
  const iframe = document.createElement('iframe');
  iframe.title = place.getAttribute('data-title') || '指标自查';
  iframe.src = new URL(place.getAttribute('data-duibiao-frame') || '', document.baseURI).href;
  iframe.height = String(LEAST);
  iframe.style.width = '100%';
  iframe.style.border = '0';
  place.append(iframe);
  return iframe;
}

declare global {
  interface Window { duibiaoFrames?: () => void }
}

window.duibiaoFrames = frames;
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', frames);
else frames();
