/**
 * Engine: from the address of a standard to a checker that holds it.
 *
 * A standard is a `.wasm` file: the checker module with the rulebook in a custom section; or a `.js` file that a script
 * tag of the page brings along (`shelf.ts`). One instance of the module serves all standards on a page. The single script
 * brings the module along; elsewhere the first standard that arrives lends its own. Where WebAssembly is missing or
 * refused by the page's policy, the module's form in JavaScript is used by itself, if there is a way to it.
 */
import init, { Checker, Core, CoreSession, initWith, type Instantiate } from 'duibiao-module';
import way from 'duibiao-module/way';
import type { CheckerError, Standard } from '../../../src/wasm.d.ts';
import { bytesAt, decodeBase64 } from './brought';
import { sectionOf } from './section';
import { rulebookFromScript } from './shelf';

export const SECTION = 'duibiao.rulebook';

export interface Opened {
  readonly checker: Checker;
  readonly standard: Standard;
  /** The rulebook's bytes: other modules read the standard from them too. */
  readonly rulebook: Uint8Array;
  /** Gives it back; the checker is freed when nobody has it open any more. */
  close(): void;
}

export type OpenCode = 'no-src' | 'no-wasm' | 'unreachable' | 'not-a-module' | 'other-build' | 'refused' | 'no-rulebook' | 'unreadable' | 'no-part' | 'bad-entry';

/** Why a standard could not be opened, or data of the host not be taken; `detail` is the browser's or the module's own word. */
export class OpenError extends Error {
  readonly code: OpenCode;
  readonly detail: string;
  constructor(code: OpenCode, detail: string) {
    super(detail === '' ? code : `${code}: ${detail}`);
    this.name = 'OpenError';
    this.code = code;
    this.detail = detail;
  }
}

/** The module that the page brought, and the way to its form in JavaScript. */
let brought: Promise<WebAssembly.Module> | undefined;
let plain: (() => Promise<Instantiate>) | undefined = way;
let started: Promise<void> | undefined;

/** What is open, by address; a standard is fetched and read once for all who show it. */
interface Shared { readonly loaded: Promise<Loaded>; users: number }
type Loaded = Omit<Opened, 'close'>;
const shared = new Map<string, Shared>();
/** Checkers that are alive, for the tests of leaks: of all copies of this script on the page. */
const count: { alive: number } = ((globalThis as { duibiaoCount?: { alive: number } }).duibiaoCount = (globalThis as { duibiaoCount?: { alive: number } }).duibiaoCount || { alive: 0 });
export const checkersAlive = (): number => count.alive;

/** Hands the module over that the single script carries, as base64. */
export function bringModule(base64: string): void {
  lendModule(compile(new Uint8Array(decodeBase64(base64))));
}

/** Lends the module by its bytes. */
export function lendBytes(bytes: Promise<Uint8Array>): void {
  lendModule(bytes.then(compile));
}

/** Lends the module, where a page has fetched it by itself. */
export function lendModule(module: Promise<WebAssembly.Module>): void {
  brought = module;
  // Whoever opens a standard hears of the failure; until then it is nobody's.
  brought.catch(() => undefined);
}

/** Says how to come by the module in JavaScript, for where WebAssembly is not to be had. */
export function bringPlain(load: () => Promise<Instantiate>): void {
  plain = load;
}

/** Starts the one instance of the module: with what was brought, or with the bytes of a standard. */
export function start(bytes?: Uint8Array): Promise<void> {
  if (started === undefined) {
    started = begin(bytes);
    started.catch(() => { started = undefined; });
  }
  return started;
}

async function begin(bytes: Uint8Array | undefined): Promise<void> {
  let failure: OpenError;
  const own = brought === undefined;
  try {
    if (brought === undefined && bytes === undefined) throw new OpenError('not-a-module', '');
    checkBuild(await init({ module_or_path: await (brought === undefined ? compile(bytes as Uint8Array) : brought) }));
    return;
  } catch (error) {
    failure = error instanceof OpenError ? error : new OpenError('not-a-module', wordOf(error));
  }
  // A file that is broken is not mended by another form of the module; a browser that cannot is.
  if (plain === undefined || failure.code === 'other-build' || (own && failure.code === 'not-a-module')) throw failure;
  try {
    initWith(await plain());
  } catch (error) {
    throw new OpenError(failure.code, `${failure.detail}; ${wordOf(error)}`);
  }
}

/** What this script calls must be in the module, which a standard of another build may have lent. */
function checkBuild(exports: object): void {
  for (const [name, { prototype }] of Object.entries({ core: Core, coresession: CoreSession })) {
    const calls = Object.getOwnPropertyNames(prototype).filter((call) => !['constructor', 'free', '__destroy_into_raw'].includes(call));
    const lacking = calls.find((call) => !(`${name}_${call}` in exports));
    if (lacking !== undefined) throw new OpenError('other-build', lacking);
  }
}

/** Opens a rulebook that is at hand. */
export async function openRulebook(rulebook: Uint8Array): Promise<Opened> {
  await start();
  const loaded = load(rulebook);
  return { ...loaded, close: once(() => free(loaded)) };
}

/** Opens the standard at an address. */
export async function openStandard(src: string, base: string): Promise<Opened> {
  if (src.trim() === '') throw new OpenError('no-src', '');
  const address = addressOf(src, base);
  const one = shared.get(address) || { loaded: open(address), users: 0 };
  shared.set(address, one);
  one.users += 1;
  const close = once(() => {
    one.users -= 1;
    if (one.users > 0) return;
    if (shared.get(address) === one) shared.delete(address);
    one.loaded.then(free, () => undefined);
  });
  try {
    return { ...(await one.loaded), close };
  } catch (error) {
    close();
    throw error;
  }
}

function addressOf(src: string, base: string): string {
  try {
    return new URL(src, base).href;
  } catch (error) {
    throw new OpenError('unreachable', `${src}（${wordOf(error)}）`);
  }
}

async function open(address: string): Promise<Loaded> {
  const script = await rulebookFromScript(address);
  if (script === null) throw new OpenError('unreachable', `${address}（<script src>）`);
  if (script !== undefined) {
    await start();
    return load(script);
  }
  const bytes = new Uint8Array(await download(address));
  const section = sectionOf(bytes, SECTION);
  if (section === null) throw new OpenError('not-a-module', address);
  if (section === undefined) throw new OpenError('no-rulebook', address);
  await start(bytes);
  return load(section);
}

function load(rulebook: Uint8Array): Loaded {
  const checker = checkerOf(rulebook);
  count.alive += 1;
  return { checker, standard: checker.describe(), rulebook };
}

/** A checker of a rulebook, once the module has started. */
export function checkerOf(rulebook: Uint8Array): Checker {
  try {
    return Checker.load(rulebook);
  } catch (error) {
    const problems = (error as Partial<CheckerError>).problems || [];
    throw new OpenError('unreadable', problems.map((problem) => problem.text).join('；') || wordOf(error));
  }
}

function free({ checker }: Loaded): void {
  count.alive -= 1;
  checker.free();
}

function once(run: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    run();
  };
}

async function download(address: string): Promise<ArrayBuffer> {
  try {
    return await bytesAt(address);
  } catch (error) {
    throw new OpenError('unreachable', `${address}（${wordOf(error)}）`);
  }
}

/** Compiles bytes, whatever type the server gave them; tells a page's policy from a bad file. */
async function compile(bytes: Uint8Array): Promise<WebAssembly.Module> {
  if (typeof WebAssembly === 'undefined') throw new OpenError('no-wasm', '');
  try {
    return await WebAssembly.compile(bytes as BufferSource);
  } catch (error) {
    const word = wordOf(error);
    // Chromium names the policy's word (before 97 “disallowed by embedder”), Firefox CSP, WebKit the word.
    throw new OpenError(/unsafe-eval|security policy|disallowed|\bCSP\b/i.test(word) ? 'refused' : 'not-a-module', word);
  }
}

export function wordOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
