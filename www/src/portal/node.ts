/** `duibiao` in Node: as in browsers, and files besides. */
import { readFile } from 'node:fs/promises';
import type { Checker as CheckerType } from '../../../src/wasm.d.ts';
import { OpenError, wordOf } from '../work/engine';
import { bringWith, fetched, loadWith, type Source } from './headless';

export { Checker, OUTCOMES } from 'duibiao-module';
export { OpenError };

export function load(source: Source | Promise<Source>): Promise<CheckerType> {
  return loadWith(read, source);
}

export function bring(module: Source | Promise<Source>): void {
  bringWith(read, module);
}

async function read(address: string | URL): Promise<Uint8Array> {
  if (/^https?:/.test(String(address))) return fetched(address);
  try {
    return await readFile(/^file:/.test(String(address)) ? new URL(String(address)) : address);
  } catch (error) {
    throw new OpenError('unreachable', wordOf(error));
  }
}
