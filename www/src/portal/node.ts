/** `duibiao` in Node: as in browsers, and files besides. */
import { readFile } from 'node:fs/promises';
import type { Checker as CheckerType } from '../../../src/wasm.d.ts';
import { bringWith, fetched, loadWith, type Source } from './headless';

export { Checker, OUTCOMES } from 'duibiao-module';
export { OpenError } from '../work/engine';

export function load(source: Source | Promise<Source>): Promise<CheckerType> {
  return loadWith(read, source);
}

export function bring(module: Source | Promise<Source>): void {
  bringWith(read, module);
}

function read(address: string | URL): Promise<Uint8Array> {
  if (/^https?:/.test(String(address))) return fetched(address);
  return readFile(/^file:/.test(String(address)) ? new URL(String(address)) : address);
}
