/** The checker without an element, in Node and in browsers. */
import type { Checker } from './wasm.js';

export * from './wasm.js';

/**
 * A `.wasm` made by `duibiao build`: its address (in Node also a path), its bytes, or the answer to a request; or, where the module
 * comes by itself (`bring`, or `duibiao/inline`), the bytes of a rulebook alone.
 */
export type Source = string | Address | ArrayBuffer | Uint8Array | Answer;

/** A `URL`. */
export interface Address { readonly href: string }

/** A `Response`. */
export interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly url: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Lends a module without a standard, `duibiao/checker.wasm`, to whoever opens a standard from now on, elements with a `rulebook` among them. */
export function bring(module: Source | Promise<Source>): void;

/**
 * Opens a standard. Call `free()` of the checker when it is no longer needed.
 * @throws {OpenError}
 */
export function load(source: Source | Promise<Source>): Promise<Checker>;

/** `no-wasm`, `refused`: neither WebAssembly nor the module in JavaScript can be had. `no-part`, `bad-entry`: of elements alone. */
export type OpenCode = 'no-src' | 'no-wasm' | 'unreachable' | 'not-a-module' | 'other-build' | 'refused' | 'no-rulebook' | 'unreadable' | 'no-part' | 'bad-entry';

/** Why a standard could not be opened, or an entry of the page not be taken; `detail` is the browser's or the module's own word. */
export class OpenError extends Error {
  constructor(code: OpenCode, detail: string);
  readonly code: OpenCode;
  readonly detail: string;
}
