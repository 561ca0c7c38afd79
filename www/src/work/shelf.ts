/**
 * Standards that came as scripts (`duibiao build -o name.js`): for pages opened from a disk, where nothing can be fetched,
 * and for servers that do not give out `.wasm`. Such a script lays its address and its rulebook on a shelf of the page;
 * an element whose `src` is that address takes it from there. No script is ever loaded because of an attribute.
 */
import { decodeBase64 } from './brought';

/** Address of the script, and the rulebook as base64. */
type Laid = readonly [address: string, rulebook: string];

declare global {
  interface Window { duibiaoStandards?: readonly Laid[] }
}

/** The rulebook that a script of this address brought; `null` where none did, `undefined` where the address is none of a script. */
export async function rulebookFromScript(address: string): Promise<Uint8Array | null | undefined> {
  if (!/\.js$/.test(new URL(address).pathname)) return undefined;
  const laid = find(address) || (await parsed(), find(address));
  return laid === undefined ? null : new Uint8Array(decodeBase64(laid[1]));
}

/** The same address, or else the same file: `?v=2` behind a name keeps an old copy out of a cache. */
function find(address: string): Laid | undefined {
  const laid = window.duibiaoStandards || [];
  return laid.find(([one]) => one === address) || laid.find(([one]) => bare(one) === bare(address));
}

const bare = (address: string): string => address.replace(/[?#].*$/, '');

/** When all scripts of the page have run. */
function parsed(): Promise<unknown> {
  return document.readyState === 'complete' ? Promise.resolve() : new Promise((done) => window.addEventListener('load', done, { once: true }));
}
