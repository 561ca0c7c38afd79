// Sessions of WebDriver with Firefox by the protocol it speaks itself, Marionette: JSON with its length before it, over a
// socket. So the tests need no driver besides the browser, and fit every version that Debian has.
// https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
import { connect } from 'node:net';
import { commands } from './webdriver.mjs';

/** Begins with the Firefox that listens at this port; `open` gives a session for a new tab, in a container of its own unless `kept`. */
export async function begin(port, capabilities, timeouts) {
  const socket = connect(port, '127.0.0.1');
  const waiting = new Map();
  let read = Buffer.alloc(0);
  const greeted = new Promise((done, failed) => { waiting.set(0, { done, failed }); });
  const fail = (why) => { for (const { failed } of waiting.values()) failed(new Error(why)); waiting.clear(); };
  socket.on('error', (error) => fail(`Firefox: ${error.message}`));
  socket.on('close', () => fail('Firefox is gone'));
  socket.on('data', (part) => {
    read = Buffer.concat([read, part]);
    for (;;) {
      const colon = read.indexOf(':');
      if (colon < 0) return;
      const end = colon + 1 + Number(read.subarray(0, colon));
      if (read.length < end) return;
      take(JSON.parse(read.subarray(colon + 1, end)));
      read = read.subarray(end);
    }
  });
  // The greeting is an object; answers are [1, number, error, value].
  function take(message) {
    const [, number, error, value] = Array.isArray(message) ? message : [1, 0, null, message];
    const { done, failed } = waiting.get(number);
    waiting.delete(number);
    if (error === null) done(value);
    else failed(new Error(`${error.error}: ${error.message}`));
  }
  let last = 0;
  const send = (name, given = {}) => new Promise((done, failed) => {
    last += 1;
    waiting.set(last, { done, failed });
    const text = JSON.stringify([0, last, name, given]);
    socket.write(`${Buffer.byteLength(text)}:${text}`);
  });
  await greeted;
  await send('WebDriver:NewSession', { capabilities: { alwaysMatch: capabilities } });
  await send('WebDriver:SetTimeouts', timeouts);
  let shown;
  async function show(tab) {
    if (shown !== tab) await send('WebDriver:SwitchToWindow', { handle: tab, focus: true });
    shown = tab;
  }
  let container = 0;
  async function open(kept) {
    const before = await send('WebDriver:GetWindowHandles');
    await send('Marionette:SetContext', { value: 'chrome' });
    if (!kept) container += 1;
    await send('WebDriver:ExecuteScript', { script: newTab, args: [kept ? 0 : container] });
    await send('Marionette:SetContext', { value: 'content' });
    const tab = (await send('WebDriver:GetWindowHandles')).find((one) => !before.includes(one));
    const on = (name, given) => show(tab).then(() => send(name, given));
    return commands({
      rect: (rect) => on('WebDriver:SetWindowRect', rect),
      go: (url) => on('WebDriver:Navigate', { url }),
      reload: () => on('WebDriver:Refresh'),
      run: async (script, args) => (await on('WebDriver:ExecuteScript', { script, args })).value,
      click: (id) => on('WebDriver:ElementClick', { id }),
      send: (id, text) => on('WebDriver:ElementSendKeys', { id, text }),
      act: (actions) => on('WebDriver:PerformActions', { actions }),
      picture: async () => (await on('WebDriver:TakeScreenshot', { full: false })).value,
      print: async () => (await on('WebDriver:Print', { background: true })).value,
      end: () => on('WebDriver:CloseWindow'),
    });
  }
  return { open, end: async () => { socket.destroy(); } };
}

/** Runs in Firefox itself: tabs of different containers share no storage. */
const newTab = `
  const tab = gBrowser.addTab('about:blank', { userContextId: arguments[0], triggeringPrincipal: Services.scriptSecurityManager.getSystemPrincipal() });
  gBrowser.selectedTab = tab;`;
