/**
 * The service worker: the page opens without a server after the first visit.
 *
 * The files of one build lie in one store, named by their digest, and come from there first. A newer build waits
 * until the user asks for it. The standard's file is looked at again each time it is used, because a webmaster
 * may exchange it alone; the page hears of it.
 */
/** Name of the build, and its files relative to the page; the one without a digest in its name are watched. */
declare const BUILD: string;
declare const FILES: readonly string[];
declare const WATCHED: readonly string[];
/** What only few browsers ask for: kept when it was asked for once. */
declare const SELDOM: readonly string[];

interface Lasting extends Event { waitUntil(work: Promise<unknown>): void }
interface Fetching extends Lasting { readonly request: Request; respondWith(answer: Promise<Response>): void }
interface Scope {
  readonly registration: { readonly scope: string };
  readonly clients: { matchAll(): Promise<readonly { postMessage(message: string): void }[]> };
  skipWaiting(): Promise<void>;
  addEventListener(name: 'install' | 'activate', then: (event: Lasting) => void): void;
  addEventListener(name: 'fetch', then: (event: Fetching) => void): void;
  addEventListener(name: 'message', then: (event: MessageEvent) => void): void;
}

const scope = self as unknown as Scope;
const PREFIX = 'duibiao-';
const STORE = PREFIX + BUILD;

scope.addEventListener('install', (event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(FILES.map((name) => new Request(name, { cache: 'reload' })))));
});

scope.addEventListener('activate', (event) => {
  // The store before this one stays: another tab may still show that build.
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== STORE).slice(0, -1).map((name) => caches.delete(name)))));
});

scope.addEventListener('message', ({ data }) => {
  if (data === 'use') void scope.skipWaiting();
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || !address.href.startsWith(scope.registration.scope)) return;
  const name = address.href.slice(scope.registration.scope.length).replace(/[?#].*$/, '') || 'index.html';
  if (SELDOM.includes(name)) event.respondWith(kept(name, request));
  if (!FILES.includes(name) && !name.startsWith('assets/')) return;
  event.respondWith(stored(name).then((found) => found || fetch(request)));
  if (WATCHED.includes(name)) event.waitUntil(look(name));
});

/** From this build, or for a tab that shows the one before, from there. */
async function stored(name: string): Promise<Response | undefined> {
  const store = await caches.open(STORE);
  return (await store.match(name)) || caches.match(name);
}

/** From this build alone: the page knows its digest. */
async function kept(name: string, request: Request): Promise<Response> {
  const store = await caches.open(STORE);
  const found = await store.match(name);
  if (found !== undefined) return found;
  const answer = await fetch(request);
  if (answer.ok) await store.put(name, answer.clone());
  return answer;
}

/** Takes a file again; tells the pages where it has changed. */
async function look(name: string): Promise<void> {
  const fresh = await fetch(name, { cache: 'no-cache' }).catch(() => undefined);
  if (fresh === undefined || !fresh.ok) return;
  const store = await caches.open(STORE);
  const before = await store.match(name);
  const [now, then] = await Promise.all([fresh.clone().arrayBuffer(), before === undefined ? new ArrayBuffer(0) : before.arrayBuffer()]);
  if (same(new Uint8Array(now), new Uint8Array(then))) return;
  await store.put(name, fresh);
  for (const page of await scope.clients.matchAll()) page.postMessage('newer');
}

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);
