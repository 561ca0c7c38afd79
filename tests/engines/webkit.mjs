// WebKitGTK for the tests, as the page of engines.mjs: the MiniBrowser of Debian's package, driven by its WebDriver.
// Its windows open on a display of their own, by Xvfb.
import { mkdtemp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ended, pageOf, PATIENCE_MS, pause, started } from './driven.mjs';
import { answers, begin } from './webdriver.mjs';

const DRIVER = process.env.WEBKIT_DRIVER ?? '/usr/bin/WebKitWebDriver';

export async function launchWebKit() {
  const home = await mkdtemp(join(tmpdir(), 'duibiao-webkit-'));
  const downloads = join(home, 'downloads');
  await mkdir(join(home, '.config'), { recursive: true });
  await mkdir(downloads);
  await writeFile(join(home, '.config/user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  const screen = await display();
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: join(home, '.config'), XDG_DATA_HOME: join(home, 'data'), XDG_CACHE_HOME: join(home, 'cache'),
    DISPLAY: screen.name, GDK_BACKEND: 'x11', LANGUAGE: 'zh_CN', TZ: 'Asia/Shanghai', NO_AT_BRIDGE: '1', GSETTINGS_BACKEND: 'memory', LIBGL_ALWAYS_SOFTWARE: '1' };
  const capabilities = { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary: await miniBrowser(), args: ['--automation'] } };
  const open = new Set();
  return {
    async open(address) {
      const { session, end } = await begun(env, capabilities);
      open.add(end);
      await session.timeouts({ script: PATIENCE_MS, pageLoad: 30_000 });
      await session.size(1280, 960);
      await session.go(address);
      return pageOf(session, { downloads, async closed() { open.delete(end); await end(); } });
    },
    async close() {
      for (const end of open) await end();
      await ended(screen.process);
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A session with a driver of its own. Now and then the driver waits for ever for the browser it has started; then both are left and others begun. */
async function begun(env, capabilities) {
  for (let left = 2; ; left -= 1) {
    const port = await freePort();
    // A group of processes, so that the browser ends with its driver.
    const driver = started(DRIVER, [`--port=${port}`], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let said = '';
    for (const stream of [driver.stdout, driver.stderr]) stream.on('data', (part) => { said += part; });
    const end = () => ended(driver, 'SIGKILL');
    const server = `http://127.0.0.1:${port}`;
    try {
      await answering(server, () => said);
      return { session: await begin(server, capabilities), end };
    } catch (error) {
      await end();
      if (left === 0) throw error;
      console.error(`WebKit did not start, once more: ${error.message}`);
    }
  }
}

/** A display of its own: Xvfb chooses the number and says it. */
async function display() {
  const process = started('Xvfb', ['-displayfd', '1', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const number = await new Promise((done, failed) => {
    process.once('error', failed);
    process.once('exit', () => failed(new Error('Xvfb ended')));
    process.stdout.once('data', (text) => done(String(text).trim()));
  });
  return { name: `:${number}`, process };
}

async function miniBrowser() {
  for (const machine of await readdir('/usr/lib')) {
    const path = `/usr/lib/${machine}/webkit2gtk-4.1`;
    const names = await readdir(path).catch(() => []);
    if (names.includes('MiniBrowser')) return `${path}/MiniBrowser`;
  }
  throw new Error('MiniBrowser is not installed: see the package libwebkit2gtk-4.1-0');
}

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function answering(server, said) {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(50)) {
    if (await answers(server)) return;
  }
  throw new Error(`the WebDriver of WebKitGTK does not answer: ${said()}`);
}
