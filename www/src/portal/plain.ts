/**
 * The module in JavaScript, fetched only where WebAssembly is missing or refused: a script beside the single script, with
 * its hash known to this one. A page that may not add scripts brings it with a script tag of its own, in any order.
 */
import type { Instantiate } from 'duibiao-module';

declare global {
  interface Window { duibiaoPlain?: Instantiate }
}

/** Where the script that runs now came from. */
export type Origin = Pick<HTMLScriptElement, 'src' | 'crossOrigin'> & { readonly nonce?: string };

/** `integrity`: of the script beside; `own`: the script that runs now, while it runs. */
export function plainBeside(file: string, integrity: string, own: Origin | undefined): () => Promise<Instantiate> {
  // A script may take its nonce away once it has run.
  const { src: from, nonce = '', crossOrigin } = own || { src: '', crossOrigin: null };
  return async () => {
    if (window.duibiaoPlain === undefined && from !== '') await add(file, integrity, from, nonce, crossOrigin);
    if (window.duibiaoPlain === undefined) throw new Error(file);
    return window.duibiaoPlain;
  };
}

function add(file: string, integrity: string, from: string, nonce: string, crossOrigin: string | null): Promise<unknown> {
  return new Promise((done, failed) => {
    const address = new URL(file, from);
    // What keeps an old copy of the one out of a cache keeps it out for the other.
    if (address.search === '') address.search = new URL(from).search;
    const script = document.createElement('script');
    script.nonce = nonce;
    if (crossOrigin !== null) script.crossOrigin = crossOrigin;
    // A browser checks the hash of what it may read: not from another site without CORS, and not from a disk.
    if (/^https?:$/.test(address.protocol) && (address.origin === location.origin || crossOrigin !== null)) script.integrity = integrity;
    script.onload = done;
    script.onerror = () => failed(new Error(address.href));
    script.src = address.href;
    document.head.append(script);
  });
}
