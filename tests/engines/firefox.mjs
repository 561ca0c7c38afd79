// Firefox ESR for the tests, as the page of engines.mjs. Playwright's own Firefox is a patched one to be downloaded, and what it
// asks of others, Debian's does not know; so it is driven by Marionette. Each page is a tab in a container of its own.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ended, pageOf, PATIENCE_MS, pause, started } from './driven.mjs';
import { begin } from './marionette.mjs';

const FIREFOX = process.env.FIREFOX ?? '/usr/bin/firefox-esr';

const settings = (downloads) => ({
  'marionette.port': 0,
  'intl.accept_languages': 'zh-CN',
  // The console of pages, and errors in them, come out at its standard output.
  'devtools.console.stdout.content': true,
  'browser.dom.window.dump.enabled': true,
  // Files on disk are strangers to each other, as they are for users.
  'security.fileuri.strict_origin_policy': true,
  'browser.download.folderList': 2,
  'browser.download.dir': downloads,
  'browser.download.useDownloadDir': true,
  'browser.download.alwaysOpenPanel': false,
  'browser.download.start_downloads_in_tmp_dir': false,
  // Nothing is asked of any server but ours.
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.dns.disablePrefetch': true,
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.search.update': false,
  'browser.safebrowsing.downloads.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.enabled': false,
  'services.settings.server': 'data:,',
});

/** `profile`: a folder that outlives the browser; otherwise nothing is shared between pages. */
export async function launchFirefox({ profile } = {}) {
  const home = await mkdtemp(join(tmpdir(), 'duibiao-firefox-'));
  const folder = profile ?? join(home, 'profile');
  const downloads = join(home, 'downloads');
  for (const one of [folder, downloads]) await mkdir(one, { recursive: true });
  await writeFile(join(folder, 'user.js'), Object.entries(settings(downloads)).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''));
  await rm(join(folder, 'MarionetteActivePort'), { force: true });
  const env = { ...process.env, HOME: home, TZ: 'Asia/Shanghai', MOZ_CRASHREPORTER_DISABLE: '1' };
  const firefox = started(FIREFOX, ['--headless', '--marionette', '--remote-allow-system-access', '--no-remote', '--profile', folder], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [firefox.stdout, firefox.stderr]) stream.on('data', (part) => { said += part; });
  const marionette = await begin(await portIn(folder, () => said), {}, { script: PATIENCE_MS, pageLoad: 30_000 });
  return {
    async open(address) {
      const begun = said.length;
      const session = await marionette.open(profile !== undefined);
      await session.size(1280, 985);
      await session.go(address);
      return pageOf(session, { downloads, spoken: () => spoken(said.slice(begun)) });
    },
    /** As when the power fails, but for the system's own memory. */
    async kill() {
      await ended(firefox, 'SIGKILL');
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
    async close() {
      await marionette.end();
      await ended(firefox);
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** What pages complain of, among what Firefox itself writes. */
const spoken = (text) => text.split('\n').filter((line) => /^(?:console\.(?:error|warn): ["({[\d]|JavaScript (?:error|warning): )/.test(line) && !/(?:chrome|resource|moz-extension):/.test(line));

/** Firefox writes the port it chose into its profile. */
async function portIn(folder, said) {
  for (const end = Date.now() + 3 * PATIENCE_MS; Date.now() < end; await pause(50)) {
    const port = Number(await readFile(join(folder, 'MarionetteActivePort'), 'utf8').catch(() => ''));
    if (port > 0) return port;
  }
  throw new Error(`Firefox does not answer: ${said()}`);
}
