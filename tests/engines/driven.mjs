// The page of engines.mjs over a session of WebDriver: what Playwright does for Chromium, for the other engines.
import { spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export const PATIENCE_MS = 10_000;
export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Starts a process that goes down with this one; `detached`, with all that it starts. */
export function started(command, args, options) {
  const child = spawn(command, args, options);
  child.group = options.detached === true;
  process.once('exit', () => signalled(child, 'SIGKILL'));
  return child;
}

/** Ends a process and waits for it. */
export const ended = (child, signal = 'SIGTERM') => new Promise((done) => {
  if (child.exitCode !== null || child.signalCode !== null) done();
  else { child.once('exit', done); signalled(child, signal); }
});

function signalled(child, signal) {
  try {
    process.kill(child.group ? -child.pid : child.pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/** A page whose first address is already shown. `spoken` gives the complaints that the browser itself writes out. */
export async function pageOf(session, { downloads, spoken = () => [], closed }) {
  const { run } = session;
  const heard = [];
  async function moved(how) {
    heard.push(...await run(complaintsHere));
    await how();
    await run(listen);
  }
  await run(listen);
  /** Does something with the first that matches, as soon as there is one; again, where it was exchanged meanwhile. */
  async function at(selector, act, words = '') {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(50)) {
      const [node] = await run(everywhere, [selector, words]) ?? [];
      if (node === undefined) continue;
      try {
        return await act(node);
      } catch (error) {
        if (!/stale element|no such element/.test(error.message)) throw error;
      }
    }
    throw new Error(`not on the page: ${selector} ${words}`);
  }
  async function click(node) {
    await run((target) => target.scrollIntoView({ block: 'center' }), [node]);
    await session.click(node);
  }
  return {
    /** What the browser wrote out, and what the pages said of themselves after they were loaded. */
    async complaints() { return [...spoken(), ...heard, ...await run(complaintsHere)]; },
    goto: (to) => moved(() => session.go(to)),
    reload: () => moved(() => session.reload()),
    evaluate: (fn, ...args) => session.evaluate(fn, args),
    async until(fn, ...args) {
      for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(50)) if (await session.evaluate(fn, args)) return;
      throw new Error(`never became true: ${fn}`);
    },
    count: async (selector) => (await run(everywhere, [selector])).length,
    text: (selector) => at(selector, (node) => run((one) => one.innerText, [node])),
    value: (selector) => at(selector, (node) => run((one) => one.value, [node])),
    attribute: (selector, name) => at(selector, (node) => run((one, which) => one.getAttribute(which), [node, name])),
    async fill(selector, text) {
      await at(selector, (node) => run((input) => { input.focus(); input.select(); }, [node]));
      await (text === '' ? session.press('Delete') : session.type(text));
    },
    type: session.type,
    press: session.press,
    click: (selector) => at(selector, click),
    push: (name) => at('button', click, name),
    choose: (selector, paths) => at(selector, (node) => session.send(node, [paths].flat().join('\n'))),
    async download(action) {
      const before = new Set(await readdir(downloads));
      await action();
      for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(50)) {
        const name = (await readdir(downloads)).find((one) => !before.has(one) && !/\.(?:wkdownload|part)$/.test(one));
        // Firefox holds the name while it writes beside it.
        const bytes = name === undefined ? Buffer.alloc(0) : await readFile(join(downloads, name));
        if (bytes.length > 0) return { name, bytes };
      }
      throw new Error('no download arrived');
    },
    pdf: session.pdf,
    screenshot: async (path) => writeFile(path, await session.picture()),
    async close() { await session.end(); await closed?.(); },
  };
}

/** Runs in the page: WebDriver cannot read the console. */
function listen() {
  const here = [];
  window.duibiaoComplaints = here;
  window.addEventListener('error', (event) => here.push(`error: ${event.message}`));
  window.addEventListener('unhandledrejection', (event) => here.push(`rejection: ${event.reason}`));
  document.addEventListener('securitypolicyviolation', (event) => here.push(`policy: ${event.violatedDirective} ${event.blockedURI}`));
}
function complaintsHere() { return window.duibiaoComplaints ?? []; }

/** Runs in the page: what matches a selector anywhere, shadow roots too; every part before a blank may stand outside. With words: what is shown and says them. */
function everywhere(selector, words = '') {
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
  return [...new Set(found)].filter((node) => words === '' || (node.getClientRects().length > 0 && node.innerText.includes(words)));
}
