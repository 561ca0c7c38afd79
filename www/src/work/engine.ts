/**
 * Engine: from the address of a standard to a checker that holds it.
 *
 * A standard is a `.wasm` file: the checker module with the rulebook in a custom section. One instance of
 * the module serves all standards on a page. The single script brings the module along; elsewhere
 * the first standard that arrives lends its own.
 */
import init, { Checker } from 'duibiao-module';
import type { CheckerError, Standard } from '../../../src/wasm.d.ts';
import { bytesAt, decodeBase64 } from './brought';

const SECTION = 'duibiao.rulebook';

export interface Opened {
  readonly checker: Checker;
  readonly standard: Standard;
}

export type OpenCode = 'no-src' | 'no-wasm' | 'unreachable' | 'not-a-module' | 'refused' | 'no-rulebook' | 'unreadable';

/** Why a standard could not be opened; `detail` is the browser's or the module's own word. */
export class OpenError extends Error {
  readonly code: OpenCode;
  readonly detail: string;
  constructor(code: OpenCode, detail: string) {
    super(`${code}: ${detail}`);
    this.name = 'OpenError';
    this.code = code;
    this.detail = detail;
  }
}

let bundled: Promise<WebAssembly.Module> | undefined;
let started: Promise<unknown> | undefined;
const opened = new Map<string, Promise<Opened>>();

/** Hands the module over that the single script carries, as base64. */
export function bringModule(base64: string): void {
  bundled = compile(decodeBase64(base64));
  // Whoever opens a standard hears of the failure; until then it is nobody's.
  bundled.catch(() => undefined);
}

/** Lends the module, where a page has fetched it by itself. */
export function lendModule(module: Promise<WebAssembly.Module>): void {
  bundled = module;
  bundled.catch(() => undefined);
}

/** Opens a rulebook that was just made. Whoever asked frees the checker. */
export async function openRulebook(rulebook: Uint8Array): Promise<Opened> {
  if (bundled === undefined) throw new OpenError('not-a-module', '');
  return hold(await bundled, rulebook);
}

/** Opens the standard at an address; the same address is fetched once per page. */
export function openStandard(src: string, base: string): Promise<Opened> {
  if (src.trim() === '') return Promise.reject(new OpenError('no-src', ''));
  const address = new URL(src, base).href;
  let standard = opened.get(address);
  if (standard === undefined) {
    standard = open(address);
    opened.set(address, standard);
    standard.catch(() => opened.delete(address));
  }
  return standard;
}

async function open(address: string): Promise<Opened> {
  if (typeof WebAssembly === 'undefined') throw new OpenError('no-wasm', '');
  const own = await compile(await download(address));
  const section = WebAssembly.Module.customSections(own, SECTION)[0];
  if (section === undefined) throw new OpenError('no-rulebook', address);
  return hold(bundled === undefined ? own : await bundled, new Uint8Array(section));
}

async function hold(module: WebAssembly.Module, rulebook: Uint8Array): Promise<Opened> {
  started = started || init({ module_or_path: module });
  try {
    await started;
  } catch (error) {
    started = undefined;
    throw new OpenError('not-a-module', wordOf(error));
  }
  try {
    const checker = Checker.load(rulebook);
    return { checker, standard: checker.describe() };
  } catch (error) {
    const problems = (error as Partial<CheckerError>).problems || [];
    throw new OpenError('unreadable', problems.map((problem) => problem.text).join('；') || wordOf(error));
  }
}

async function download(address: string): Promise<ArrayBuffer> {
  try {
    return await bytesAt(address);
  } catch (error) {
    throw new OpenError('unreachable', `${address}（${wordOf(error)}）`);
  }
}

/** Compiles bytes, whatever type the server gave them; tells a page's policy from a bad file. */
async function compile(bytes: BufferSource): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    const word = wordOf(error);
    throw new OpenError(/unsafe-eval|security policy/i.test(word) ? 'refused' : 'not-a-module', word);
  }
}

function wordOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
