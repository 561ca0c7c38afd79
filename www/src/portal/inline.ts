/** `duibiao/inline`: the checker module inside, as base64, where nothing is to be fetched and a rulebook comes alone. */
import base64 from 'duibiao-module/bytes';
import type { Checker as CheckerType } from '../../../src/wasm.d.ts';
import { bringModule } from '../work/engine';
import { fetched, loadWith, type Source } from './headless';

export { Checker, OUTCOMES } from 'duibiao-module';
export { OpenError } from '../work/engine';

let lent = false;

/** Lends the module inside to whoever opens a standard from now on; `load` does it by itself. */
export function bring(): void {
  if (lent) return;
  lent = true;
  bringModule(base64);
}

export function load(source: Source | Promise<Source>): Promise<CheckerType> {
  bring();
  return loadWith(fetched, source);
}
