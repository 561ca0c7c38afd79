/**
 * Tabs: pages of this browser that hold the same draft hear of each other, over a `BroadcastChannel`
 * or, where there is none, over the `storage` event. Nothing depends on a word arriving: whoever writes a draft looks first.
 */

/** `here`: a tab has opened the draft; `too`: it is held here as well; `gone`: no longer; `wrote`: it was written; `cleared`: it is no more. */
export interface Word {
  readonly kind: 'here' | 'too' | 'gone' | 'wrote' | 'cleared';
  /** Name of the draft. */
  readonly draft: string;
  /** Who speaks. */
  readonly from: string;
}

type Ear = (word: Word) => void;

const NAME = 'duibiao';
const ears = new Set<Ear>();
let say: ((word: Word) => void) | undefined;

/** Hears from now on what others say; answers how to stop. */
export function listen(ear: Ear): () => void {
  ears.add(ear);
  say = say || connect();
  return () => { ears.delete(ear); };
}

/** Speaks to other tabs, and to other holders on this page. */
export function tell(word: Word): void {
  if (say !== undefined) say(word);
  hear(word);
}

function hear(word: unknown): void {
  if (isWord(word)) ears.forEach((ear) => ear(word));
}

function connect(): (word: Word) => void {
  if (typeof BroadcastChannel === 'function') {
    const channel = new BroadcastChannel(NAME);
    channel.onmessage = ({ data }) => hear(data);
    return (word) => channel.postMessage(word);
  }
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key !== NAME || newValue === null) return;
    try { hear(JSON.parse(newValue)); } catch { /* somebody else's */ }
  });
  return (word) => {
    // Only a value that changes is an event.
    try { localStorage.setItem(NAME, JSON.stringify({ ...word, once: Math.random() })); } catch { /* refused: then by looking alone */ }
  };
}

function isWord(value: unknown): value is Word {
  return typeof value === 'object' && value !== null && typeof (value as Word).draft === 'string' && typeof (value as Word).from === 'string';
}
