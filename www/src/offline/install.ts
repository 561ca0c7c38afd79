/**
 * Keeps the page for use without a server, where the browser allows that: on https and on this computer.
 * Elsewhere nothing happens. A newer version is announced, and used when the user says so.
 */
const AGAIN_MS = 3600_000;

/** `newer` hears of a version that is ready, and gets what starts it. */
export function keepForOffline(newer: (use: () => void) => void): void {
  if (!window.isSecureContext || !/^https?:$/.test(location.protocol) || !('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  const reload = (): void => location.reload();
  serviceWorker.addEventListener('message', ({ data }) => { if (data === 'newer') newer(reload); });
  // Another tab has begun with the newer version, or this one on its user's word.
  let asked = false;
  const first = serviceWorker.controller === null;
  serviceWorker.addEventListener('controllerchange', () => {
    if (asked) reload();
    else if (!first) newer(reload);
  });

  const watch = (registration: ServiceWorkerRegistration): void => {
    const tell = (worker: ServiceWorker | null): void => {
      if (worker === null || registration.active === null) return;
      newer(() => {
        asked = true;
        worker.postMessage('use');
      });
    };
    tell(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing;
      if (worker !== null) worker.addEventListener('statechange', () => { if (worker.state === 'installed') tell(worker); });
    });
    let looked = Date.now();
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState !== 'visible' || Date.now() - looked < AGAIN_MS) return;
      looked = Date.now();
      // Without a network there is nothing newer.
      registration.update().catch(() => undefined);
    });
  };

  // After the page is there: it comes first. Refused storage is no harm: then the page needs its server.
  window.addEventListener('load', () => {
    serviceWorker.register('sw.js', { updateViaCache: 'none' }).then(watch).catch(() => undefined);
  });
}
