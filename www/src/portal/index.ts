/** `duibiao` in browsers and bundlers: the checker without an element. */
import type { Checker as CheckerType } from '../../../src/wasm.d.ts';
import { bringWith, fetched, loadWith, type Source } from './headless';

export { Checker, OUTCOMES } from 'duibiao-module';
export { OpenError } from '../work/engine';

export function load(source: Source | Promise<Source>): Promise<CheckerType> {
  return loadWith(fetched, source);
}

export function bring(module: Source | Promise<Source>): void {
  bringWith(fetched, module);
}
