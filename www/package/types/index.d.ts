/** The checker without an element, in Node and in browsers. */
import type { Checker } from './wasm.js';

export * from './wasm.js';

/** A `.wasm` made by `duibiao build`: its address (in Node also a path), its bytes, or the answer to a request; or the bytes of a rulebook alone. */
export type Source = string | URL | ArrayBuffer | Uint8Array | Response;

/**
 * Opens a standard. Call `free()` of the checker when it is no longer needed.
 * @throws {OpenError}
 */
export function load(source: Source | Promise<Source>): Promise<Checker>;

/** `no-wasm`, `refused`: neither WebAssembly nor the module in JavaScript can be had. */
export type OpenCode = 'no-src' | 'no-wasm' | 'unreachable' | 'not-a-module' | 'refused' | 'no-rulebook' | 'unreadable' | 'no-part';

/** Why a standard could not be opened; `detail` is the browser's or the module's own word. */
export class OpenError extends Error {
  readonly code: OpenCode;
  readonly detail: string;
}
