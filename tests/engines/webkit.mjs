// WebKitGTK for the tests, as the page of engines.mjs: the MiniBrowser of Debian's package, driven by its WebDriver.
// Its windows open on a display of their own, by Xvfb.
import { spawn } from 'node:child_process';
import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answers, begin } from './webdriver.mjs';

const DRIVER = process.env.WEBKIT_DRIVER ?? '/usr/bin/WebKitWebDriver';
const PATIENCE_MS = 10_000;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export async function launchWebKit() {
  const home = await mkdtemp(join(tmpdir(), 'duibiao-webkit-'));
  const downloads = join(home, 'downloads');
  await mkdir(join(home, '.config'), { recursive: true });
  await mkdir(downloads);
  await writeFile(join(home, '.config/user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  const screen = await display();
  const port = await freePort();
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: join(home, '.config'), XDG_DATA_HOME: join(home, 'data'), XDG_CACHE_HOME: join(home, 'cache'),
    DISPLAY: screen.name, GDK_BACKEND: 'x11', LANG: 'zh_CN.UTF-8', LANGUAGE: 'zh_CN', TZ: 'Asia/Shanghai', NO_AT_BRIDGE: '1', GSETTINGS_BACKEND: 'memory', LIBGL_ALWAYS_SOFTWARE: '1' };
  const driver = spawn(DRIVER, [`--port=${port}`], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  // The console of its pages comes out here.
  let said = '';
  for (const stream of [driver.stdout, driver.stderr]) stream.on('data', (part) => { said += part; });
  const server = `http://127.0.0.1:${port}`;
  await answering(server, () => said);
  const capabilities = { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary: await miniBrowser(), args: ['--automation', '--enable-write-console-messages-to-stdout=true'] } };
  const sessions = new Set();
  return {
    async open(address) {
      const begun = said.length;
      const session = await begin(server, capabilities);
      sessions.add(session);
      await session.timeouts({ script: PATIENCE_MS, pageLoad: 30_000 });
      await session.size(1280, 960);
      await session.go(address);
      return pageOf(session, { downloads, complaints: () => complaintsIn(said.slice(begun)), closed: () => sessions.delete(session) });
    },
    async close() {
      for (const session of sessions) await session.end().catch(() => undefined);
      await ended(driver);
      await ended(screen.process);
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Errors and warnings that pages wrote to the console. */
const complaintsIn = (text) => text.split('\n').filter((line) => /^CONSOLE (?:\S+ )?(?:ERROR|WARN)/.test(line));

function pageOf(session, { downloads, complaints, closed }) {
  const { run } = session;
  const all = (selector) => run(everywhere, [selector]);
  /** The first that matches and is on the page, as soon as there is one. */
  async function find(selector) {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(50)) {
      const [node] = await all(selector);
      if (node !== undefined) return node;
    }
    throw new Error(`not on the page: ${selector}`);
  }
  return {
    get complaints() { return complaints(); },
    goto: (to) => session.go(to),
    reload: () => session.reload(),
    evaluate: (fn, ...args) => run(fn, args),
    async until(fn, ...args) {
      for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(50)) if (await run(fn, args)) return;
      throw new Error(`never became true: ${fn}`);
    },
    count: async (selector) => (await all(selector)).length,
    text: async (selector) => run((node) => node.innerText, [await find(selector)]),
    value: async (selector) => run((node) => node.value, [await find(selector)]),
    attribute: async (selector, name) => run((node, which) => node.getAttribute(which), [await find(selector), name]),
    async fill(selector, text) {
      const node = await find(selector);
      await run((input) => { input.focus(); input.select(); }, [node]);
      await (text === '' ? session.press('Delete') : session.type(text));
    },
    type: session.type,
    press: session.press,
    async click(selector) {
      const node = await find(selector);
      await run((target) => target.scrollIntoView({ block: 'center' }), [node]);
      await session.click(node);
    },
    choose: async (selector, paths) => session.send(await find(selector), [paths].flat().join('\n')),
    async download(action) {
      const before = new Set(await readdir(downloads));
      await action();
      for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(50)) {
        const name = (await readdir(downloads)).find((one) => !before.has(one) && !/\.wkdownload$/.test(one));
        if (name !== undefined) return { name, bytes: await readFile(join(downloads, name)) };
      }
      throw new Error('no download arrived');
    },
    screenshot: async (path) => writeFile(path, await session.picture()),
    async close() { closed(); await session.end(); },
  };
}

/** Runs in the page: what matches a selector anywhere, shadow roots too; every part before a blank may stand outside. */
function everywhere(selector) {
  const found = [];
  const look = (root, parts) => {
    for (let n = parts.length; n > 0; n -= 1) {
      const head = parts.slice(0, n).join(' ');
      const tail = parts.slice(n);
      for (const node of root.querySelectorAll(head)) {
        if (tail.length === 0) found.push(node);
        else if (node.shadowRoot !== null) look(node.shadowRoot, tail);
      }
    }
    for (const node of root.querySelectorAll('*')) if (node.shadowRoot !== null) look(node.shadowRoot, parts);
  };
  look(document, selector.split(/ (?![^[(]*[\])])/));
  return [...new Set(found)];
}

/** A display of its own: Xvfb chooses the number and says it. */
async function display() {
  const process = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'pipe', 'ignore'] });
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

const ended = (process) => new Promise((done) => { if (process.exitCode !== null) done(); else { process.once('exit', done); process.kill('SIGTERM'); } });
