// A session of W3C WebDriver (https://www.w3.org/TR/webdriver2/): the dozen commands that the tests need, over fetch.

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** Keys that are not characters, as WebDriver numbers them. */
const KEYS = { Control: '\uE009', Shift: '\uE008', Alt: '\uE00A', Enter: '\uE007', Tab: '\uE004', Escape: '\uE00C', Space: ' ', Delete: '\uE017', Backspace: '\uE003',
  ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowRight: '\uE014', ArrowDown: '\uE015', Home: '\uE011', End: '\uE010', PageUp: '\uE00E', PageDown: '\uE00F' };

/** A driver may hang; a page may load for 30 s. */
const LIMIT_MS = 40_000;

async function send(address, method, body) {
  const post = { body: JSON.stringify(body ?? {}), headers: { 'content-type': 'application/json' } };
  const response = await fetch(address, { method, signal: AbortSignal.timeout(LIMIT_MS), ...(method === 'POST' ? post : {}) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

export const answers = (address) => fetch(`${address}/status`).then(({ ok }) => ok, () => false);

/** Begins a session with the browser that these capabilities name. */
export async function begin(address, capabilities) {
  const { sessionId } = await send(`${address}/session`, 'POST', { capabilities: { alwaysMatch: capabilities } });
  const base = `${address}/session/${sessionId}`;
  const post = (command, body) => send(`${base}/${command}`, 'POST', body);
  return commands({
    timeouts: (ms) => post('timeouts', ms),
    rect: (rect) => post('window/rect', rect),
    go: (url) => post('url', { url }),
    reload: () => post('refresh'),
    run: (script, args) => post('execute/sync', { script, args }),
    click: (id) => post(`element/${id}/click`),
    send: (id, text) => post(`element/${id}/value`, { text }),
    act: (actions) => post('actions', { actions }),
    picture: () => send(`${base}/screenshot`, 'GET'),
    print: () => post('print', { background: true }),
    end: () => send(base, 'DELETE'),
  });
}

/** What both protocols offer, on nodes and texts; `wire` sends the commands. */
export function commands(wire) {
  const keys = (actions) => wire.act([{ type: 'key', id: 'keyboard', actions }]);
  return {
    ...wire,
    size: (width, height) => wire.rect({ x: 0, y: 0, width, height }),
    /** Runs a function in the page; promises are awaited, nodes come back as references. */
    run: (fn, args = []) => wire.run(`return (${fn})(...arguments)`, args),
    /** The same with plain data, made in the page: Firefox runs these functions in a room beside it. */
    evaluate: (fn, args) => wire.run(`return (${fn})(...window.JSON.parse(arguments[0]))`, [JSON.stringify(args)]),
    click: (node) => wire.click(node[ELEMENT]),
    /** Types into a node; for a file input these are paths, one in each line. */
    send: (node, text) => wire.send(node[ELEMENT], text),
    type: (text) => keys([...text].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }])),
    /** `Control+Shift+z`: keys go down one by one and up again. */
    press(chord) {
      const values = chord.split('+').map((name) => KEYS[name] ?? name);
      return keys([...values.map((value) => ({ type: 'keyDown', value })), ...values.reverse().map((value) => ({ type: 'keyUp', value }))]);
    },
    picture: async () => Buffer.from(await wire.picture(), 'base64'),
    pdf: async () => Buffer.from(await wire.print(), 'base64'),
  };
}
