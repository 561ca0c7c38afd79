/**
 * The compiler as the page sees it: promises, and a hard stop. A thread that gives no answer in time, or breaks,
 * is ended and a new one started, so that no rule can freeze the page.
 */
import type { Compiled, Made, SourceFile, Verdict, Word } from '../../../src/wasm/studio.d.ts';
import type { Answer, Message, Request } from './worker';

/** The longest that one answer may take. The whole standard takes about a tenth of a second. */
export const PATIENCE_MS = 5000;

/** Why there is no answer. */
export class Halted extends Error {
  readonly code: 'too-long' | 'broken';
  constructor(code: 'too-long' | 'broken', detail: string) {
    super(detail);
    this.name = 'Halted';
    this.code = code;
  }
}

interface Waiting {
  readonly id: number;
  readonly request: Request;
  readonly done: (answer: Answer) => void;
  readonly fail: (why: Halted) => void;
}

export class Compiler {
  /** Every word of the language, once the first thread is up. */
  readonly words: Promise<readonly Word[]>;
  private tellWords: (words: readonly Word[]) => void = () => undefined;
  private worker: Worker | undefined;
  private ready = false;
  private queue: Waiting[] = [];
  private running: Waiting | undefined;
  private timer = 0;
  private count = 0;
  private failedStarts = 0;

  constructor() {
    this.words = new Promise((tell) => { this.tellWords = tell; });
    this.start();
  }

  /** Compiles the files. An older request that has not begun is passed over: it never answers. */
  async compile(files: readonly SourceFile[]): Promise<{ compiled: Compiled; ms: number }> {
    this.queue = this.queue.filter(({ request }) => request.do !== 'compile');
    const answer = await this.ask({ do: 'compile', files });
    if (answer.done !== 'compile') throw new Halted('broken', answer.done);
    return answer;
  }

  /** Checks examples of what compiled last. */
  async examples(from: number, to: number): Promise<readonly Verdict[]> {
    const answer = await this.ask({ do: 'examples', from, to });
    return answer.done === 'examples' ? answer.verdicts : [];
  }

  /** What is text: drafts of examples, the documentation. */
  async text(request: Request): Promise<string> {
    const answer = await this.ask(request);
    return answer.done === 'text' ? answer.text : '';
  }

  /** What is files: a standard, a chapter, an indicator to start from. */
  async make(request: Request): Promise<Made> {
    const answer = await this.ask(request);
    return answer.done === 'made' ? answer.made : {};
  }

  /** A finished module. */
  async build(checker: Uint8Array, rulebook: Uint8Array): Promise<Uint8Array> {
    const answer = await this.ask({ do: 'build', checker, rulebook });
    if (answer.done !== 'build') throw new Halted('broken', answer.done);
    return answer.module;
  }

  end(): void {
    if (this.worker !== undefined) this.worker.terminate();
    this.worker = undefined;
    window.clearTimeout(this.timer);
  }

  private ask(request: Request): Promise<Answer> {
    return new Promise((done, fail) => {
      this.count += 1;
      this.queue.push({ id: this.count, request, done, fail });
      this.next();
    });
  }

  private start(): void {
    this.ready = false;
    this.worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    this.worker.onmessage = ({ data }: MessageEvent<Message>) => this.hear(data);
    this.worker.onerror = (event) => this.hear({ kind: 'broken', why: event.message || 'worker' });
  }

  private hear(message: Message): void {
    switch (message.kind) {
      case 'ready':
        this.ready = true;
        this.failedStarts = 0;
        this.tellWords(message.words);
        break;
      case 'broken':
        this.failedStarts += 1;
        this.halt(new Halted('broken', message.why));
        return;
      case 'answer':
      case 'failed': {
        const { running } = this;
        if (running === undefined || running.id !== message.id) return;
        // After a trap the module's memory is not to be trusted.
        if (message.kind === 'failed') { this.halt(new Halted('broken', message.why)); return; }
        window.clearTimeout(this.timer);
        this.running = undefined;
        running.done(message.answer);
      }
    }
    this.next();
  }

  private next(): void {
    if (!this.ready || this.running !== undefined || this.worker === undefined) return;
    const waiting = this.queue.shift();
    if (waiting === undefined) return;
    this.running = waiting;
    this.worker.postMessage({ id: waiting.id, request: waiting.request });
    this.timer = window.setTimeout(() => this.halt(new Halted('too-long', '')), PATIENCE_MS);
  }

  private halt(why: Halted): void {
    this.end();
    const lost = this.running === undefined ? this.queue.splice(0) : [this.running];
    this.running = undefined;
    for (const one of lost) one.fail(why);
    // What cannot be loaded at all is not tried for ever.
    if (this.failedStarts < 3) this.start();
  }
}
