/**
 * JSON that says where it breaks. Browsers word their errors differently and often leave the place out,
 * so a text that `JSON.parse` refuses is walked once more to find line and column. A name that is given twice in one object,
 * of which `JSON.parse` silently takes the last, is a break too.
 */

export type BreakCode =
  | 'value' | 'name' | 'colon' | 'comma-or-brace' | 'comma-or-bracket' | 'string-end' | 'escape' | 'number' | 'after-end' | 'too-deep' | 'twice';

/** Where a text stops being JSON, and what should have stood there. Line and column count from 1. */
export interface Break {
  readonly code: BreakCode;
  readonly line: number;
  readonly column: number;
  /** The line itself, shortened around the place, and how many characters stand before it. */
  readonly source: string;
  readonly before: number;
  /** What stands there; empty at the end of the text. */
  readonly found: string;
}

export function readJson(text: string): { readonly value: unknown } | { readonly broken: Break } {
  try {
    const value: unknown = JSON.parse(text);
    const [at, code] = new Walk(text).run() || [0, 'value' as const];
    return code === 'twice' ? { broken: place(text, at, code) } : { value };
  } catch (error) {
    const [at, code] = new Walk(text).run() || [text.length, 'value' as const];
    return { broken: place(text, at, code) };
  }
}

function place(text: string, at: number, code: BreakCode): Break {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  const line = text.slice(start, end < 0 ? text.length : end).replace(/\r$/, '');
  const from = Math.max(0, at - start - 30);
  return {
    code,
    line: text.slice(0, start).split('\n').length,
    column: at - start + 1,
    source: line.slice(from, from + 60),
    before: at - start - from,
    found: at < text.length ? String.fromCodePoint(text.codePointAt(at) || 0) : '',
  };
}

type Fault = readonly [at: number, code: BreakCode];

class Walk {
  private at = 0;
  private readonly text: string;
  constructor(text: string) { this.text = text; }

  /** The first fault, or nothing where the text is sound. */
  run(): Fault | undefined {
    const fault = this.value(0);
    if (fault !== undefined) return fault;
    this.space();
    return this.at < this.text.length ? [this.at, 'after-end'] : undefined;
  }

  private space(): void {
    while (/[ \t\r\n]/.test(this.text.charAt(this.at))) this.at += 1;
  }

  private value(depth: number): Fault | undefined {
    this.space();
    if (depth > 64) return [this.at, 'too-deep'];
    const char = this.text.charAt(this.at);
    if (char === '{') return this.members(depth);
    if (char === '[') return this.items(depth);
    if (char === '"') return this.string();
    for (const word of ['true', 'false', 'null']) {
      if (this.text.startsWith(word, this.at)) { this.at += word.length; return undefined; }
    }
    if (!/[-\d]/.test(char)) return [this.at, 'value'];
    const match = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/.exec(this.text.slice(this.at, this.at + 400));
    if (match === null) return [this.at, 'number'];
    this.at += match[0].length;
    return /[\d.eE]/.test(this.text.charAt(this.at)) ? [this.at, 'number'] : undefined;
  }

  private string(): Fault | undefined {
    this.at += 1;
    for (;;) {
      const char = this.text.charAt(this.at);
      if (char === '' || char < ' ') return [this.at, 'string-end'];
      if (char === '"') { this.at += 1; return undefined; }
      if (char === '\\') {
        const escape = /^\\(["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(this.text.slice(this.at, this.at + 6));
        if (escape === null) return [this.at, 'escape'];
        this.at += escape[0].length;
      } else this.at += 1;
    }
  }

  private members(depth: number): Fault | undefined {
    this.at += 1;
    this.space();
    if (this.eat('}')) return undefined;
    const names = new Set<string>();
    for (;;) {
      this.space();
      if (this.text.charAt(this.at) !== '"') return [this.at, 'name'];
      const start = this.at;
      const fault = this.string();
      if (fault !== undefined) return fault;
      const name = JSON.parse(this.text.slice(start, this.at)) as string;
      if (names.has(name)) return [start, 'twice'];
      names.add(name);
      this.space();
      if (!this.eat(':')) return [this.at, 'colon'];
      const value = this.value(depth + 1);
      if (value !== undefined) return value;
      this.space();
      if (this.eat('}')) return undefined;
      if (!this.eat(',')) return [this.at, 'comma-or-brace'];
    }
  }

  private items(depth: number): Fault | undefined {
    this.at += 1;
    this.space();
    if (this.eat(']')) return undefined;
    for (;;) {
      const value = this.value(depth + 1);
      if (value !== undefined) return value;
      this.space();
      if (this.eat(']')) return undefined;
      if (!this.eat(',')) return [this.at, 'comma-or-bracket'];
    }
  }

  private eat(char: string): boolean {
    if (this.text.charAt(this.at) !== char) return false;
    this.at += 1;
    return true;
  }
}
