/** Without an element: a checker from a standard, in Node and in browsers. */
import { checkerOf, lendBytes, OpenError, SECTION, start, wordOf } from '../work/engine';
import { sectionOf } from '../work/section';
import type { Checker } from 'duibiao-module';

/** A `.wasm` made by `duibiao build`: its address, its bytes, or the answer to a request; or the bytes of a rulebook alone, where the module was lent. */
export type Source = string | URL | ArrayBuffer | Uint8Array | Response;

/** Lends a module without a standard. */
export function bringWith(read: (address: string | URL) => Promise<Uint8Array>, module: Source | Promise<Source>): void {
  lendBytes(Promise.resolve(module).then((source) => bytesFrom(read, source)));
}

/** Opens a standard; `read` fetches what is given by its address. Whoever asks frees the checker. */
export async function loadWith(read: (address: string | URL) => Promise<Uint8Array>, source: Source | Promise<Source>): Promise<Checker> {
  const bytes = await bytesFrom(read, await source);
  const section = sectionOf(bytes, SECTION);
  if (section === undefined) throw new OpenError('no-rulebook', '');
  // Anything but a module is taken for a rulebook; the checker says what it is if it is none.
  if (section === null) await start();
  else await start(bytes);
  return checkerOf(section === null ? bytes : section);
}

async function bytesFrom(read: (address: string | URL) => Promise<Uint8Array>, source: Source): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (typeof source === 'string' || source instanceof URL) return read(source);
  if (!(source instanceof Response)) throw new OpenError('unreachable', '应为地址、字节或响应 (an address, bytes or a response)');
  if (!source.ok) throw new OpenError('unreachable', `${source.url}（HTTP ${source.status}）`);
  return new Uint8Array(await source.arrayBuffer());
}

export async function fetched(address: string | URL): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(String(address));
  } catch (error) {
    throw new OpenError('unreachable', `${String(address)}（${wordOf(error)}）`);
  }
  return bytesFrom(fetched, response);
}
