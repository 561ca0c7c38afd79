// A session of WebDriver with Firefox by the protocol it speaks itself, Marionette: JSON with its length before it, over a
// socket. So the tests need no driver besides the browser, and fit every version that Debian has.
// https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
import { connect } from 'node:net';
import { commands } from './webdriver.mjs';

/** Begins a session with the Firefox that listens at this port. */
export async function begin(port, capabilities) {
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
  return commands({
    timeouts: (ms) => send('WebDriver:SetTimeouts', ms),
    rect: (rect) => send('WebDriver:SetWindowRect', rect),
    go: (url) => send('WebDriver:Navigate', { url }),
    reload: () => send('WebDriver:Refresh'),
    run: async (script, args) => (await send('WebDriver:ExecuteScript', { script, args })).value,
    click: (id) => send('WebDriver:ElementClick', { id }),
    send: (id, text) => send('WebDriver:ElementSendKeys', { id, text }),
    act: (actions) => send('WebDriver:PerformActions', { actions }),
    picture: async () => (await send('WebDriver:TakeScreenshot', { full: false })).value,
    end: async () => { socket.destroy(); },
  });
}
