/**
 * How the rules stand: what the compiler said of them last, the rulebook they gave, and what became of the
 * examples. Asks the compiler when typing rests; answers that are overtaken are dropped.
 */
import type { Compiled, Verdict } from '../../../src/wasm/studio.d.ts';
import { openRulebook, type Opened } from '../work/engine';
import { Halted, type Compiler } from './compiler';
import { sources, type Project } from './project';
import type { Examples, StudioView } from './view';

/** From the last keystroke to the compiler, which has the rest of 300 ms. */
const PAUSE_MS = 60;
/** Examples that are run at once; between them the compiler may be asked. */
const AT_ONCE = 20;
/** So many examples show their verdicts together. */
const SHOWN_AT_ONCE = 100;
const NONE: Examples = { verdicts: [], all: 0, stale: false };

export interface StandingHooks {
  changed(): void;
  /** The compiler answered, in so many milliseconds. */
  compiled(ms: number): void;
}

export class Standing {
  compiled: Compiled | undefined;
  compiling = false;
  ms = 0;
  halted: StudioView['halted'];
  /** The last rulebook that the rules gave, and whether it is that of the present rules. */
  rulebook: Uint8Array | undefined;
  current = false;
  /** The rulebook opened once more: the studio's own checker, for what it writes into examples. */
  opened: Opened | undefined;
  examples = NONE;

  private readonly compiler: Compiler;
  private readonly hooks: StandingHooks;
  private pausing = 0;
  private turn = 0;
  private exampleTurn = 0;

  constructor(compiler: Compiler, hooks: StandingHooks) {
    this.compiler = compiler;
    this.hooks = hooks;
  }

  /** Another standard was opened: nothing is known. */
  reset(): void {
    this.end();
    this.turn += 1;
    this.exampleTurn += 1;
    this.compiled = undefined;
    this.halted = undefined;
    this.rulebook = undefined;
    this.current = false;
    if (this.opened !== undefined) this.opened.checker.free();
    this.opened = undefined;
    this.examples = NONE;
  }

  end(): void {
    window.clearTimeout(this.pausing);
  }

  /** Compiles when typing rests. `path` is the file that was changed. */
  compileSoon(project: Project, path: string): void {
    this.current = false;
    window.clearTimeout(this.pausing);
    this.pausing = window.setTimeout(() => { void this.compile(project, path); }, PAUSE_MS);
  }

  async compile(project: Project, path: string): Promise<void> {
    this.turn += 1;
    this.exampleTurn += 1;
    this.examples = { ...this.examples, stale: true };
    const { turn } = this;
    this.compiling = true;
    this.hooks.changed();
    try {
      const { compiled, ms } = await this.compiler.compile(sources(project));
      if (turn !== this.turn) return;
      this.compiled = compiled;
      this.ms = ms;
      this.halted = undefined;
      this.hooks.compiled(ms);
      this.hooks.changed();
      if (compiled.rulebook !== undefined) await this.take(compiled.rulebook, turn);
    } catch (error) {
      if (turn !== this.turn) return;
      this.halted = { why: error instanceof Halted ? error : new Halted('broken', String(error)), file: path };
    }
    if (turn !== this.turn) return;
    this.compiling = false;
    this.hooks.changed();
  }

  private async take(rulebook: Uint8Array, turn: number): Promise<void> {
    const opened = await openRulebook(rulebook);
    if (turn !== this.turn) { opened.checker.free(); return; }
    if (this.opened !== undefined) this.opened.checker.free();
    this.opened = opened;
    this.rulebook = rulebook;
    this.current = true;
    void this.runExamples();
  }

  /** Checks all examples. What was found last stays in sight until the first new verdicts come. */
  async runExamples(): Promise<void> {
    const { compiled } = this;
    if (compiled === undefined || !this.current) return;
    this.exampleTurn += 1;
    const turn = this.exampleTurn;
    const all = compiled.examples;
    const verdicts: Verdict[] = [];
    for (let from = 0; from < all; from += AT_ONCE) {
      let found: readonly Verdict[];
      try { found = await this.compiler.examples(from, from + AT_ONCE); } catch { return; }
      if (turn !== this.exampleTurn) return;
      verdicts.push(...found);
      const last = from + AT_ONCE >= all;
      if (!last && from % SHOWN_AT_ONCE !== 0) continue;
      this.examples = { verdicts: [...verdicts], all: last ? verdicts.length : all, stale: false };
      this.hooks.changed();
    }
    if (all === 0) { this.examples = NONE; this.hooks.changed(); }
  }
}
