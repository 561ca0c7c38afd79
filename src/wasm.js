/**
 * The other half of the module's boundary (`wasm.rs`; contract in `wasm.d.ts`): entries are taken apart here, and given
 * item by item; what has to be fast crosses as arrays in the module's memory. Names become slots once, outcomes become
 * words when they are read. No logic.
 * The build puts it behind wasm-bindgen's glue, of which it uses `Core`, the exports `wasm` and `getStringFromWasm0`.
 */

const NUMBER = 1;
const NO = 2;
const YES = 3;
const TEXT = 4;
const CODE = 5;
const NUMBER_OR_NOTHING = 6;

/** How an item of an entry is given: its part, what it is, and whether it belongs to the list before it. */
const PARTS = ['fields', 'parameters', 'not_applicable', 'waived'];
const GIVEN_NOTHING = 0 << 2;
const GIVEN_NO = 1 << 2;
const GIVEN_YES = 2 << 2;
const GIVEN_TEXT = 3 << 2;
const GIVEN_LIST = 4 << 2;
const IN_LIST = 1 << 5;

/** So many rows of a batch are laid out at once. */
const BLOCK = 64;
const UNKNOWN_FIELD = -1;
const HOLDS = [undefined, false, true, undefined];
const LANGS = ['zh', 'en'];
const NOTHING = Object.freeze({});

export const OUTCOMES = Object.freeze(['met', 'partial', 'unmet', 'missing', 'pending', 'invalid', 'not_applicable', 'waived']);

function misuse(code, text) {
  return Object.assign(new Error(text), { problems: [{ code, text }] });
}

function bad_date() {
  return misuse('bad-date', 'as_of 应为日期，例如 2023-05-31 (as_of must be a date)');
}

/** The numbers of an answer. */
function numbers_at(at, count) {
  return new Uint32Array(wasm.memory.buffer, at, count);
}

/** An answer that is JSON. */
function read(at) {
  const [start, length] = numbers_at(at, 2);
  return JSON.parse(getStringFromWasm0(start, length));
}

/** Gives an entry to a core, for what is asked next. */
function give(core, entry) {
  if (typeof entry !== 'object' || entry === null) throw misuse('bad-entry', '数据应为对象 (the entry must be an object)');
  // Nothing is given before all of it has been seen: it may be no entry.
  const items = [];
  // Data may be fields alone, as in a file.
  const parts = PARTS.some((name) => name in entry) ? entry : { fields: entry };
  PARTS.forEach((name, part) => {
    const values = parts[name];
    if (values === undefined || values === null) return;
    if (!is_keyed(values)) throw misuse('bad-entry', `${name} 应为对象 (must be an object)`);
    take_apart(values, part, items);
  });
  for (const [kind, name, text] of items) core.give(kind, name, text);
}

function is_keyed(value) {
  return value instanceof Object && !Array.isArray(value);
}

/** An object within an object within a part is no value, nor is what can't be written. */
function take_apart(values, part, items) {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === null) items.push([part | GIVEN_NOTHING, name, '']);
    else if (typeof value === 'boolean') items.push([part | (value ? GIVEN_YES : GIVEN_NO), name, '']);
    else if (typeof value === 'string') items.push([part | GIVEN_TEXT, name, value]);
    else if (part < IN_LIST && is_keyed(value)) {
      items.push([part | GIVEN_LIST, name, '']);
      take_apart(value, part | IN_LIST, items);
    } else items.push([part | GIVEN_TEXT, name, written(value)]);
  }
}

/** A number, by the shortest decimal that means it; anything else by what is no value. */
function written(value) {
  try {
    return String(value.toString(10));
  } catch (_) {
    return '?';
  }
}

/** Typed arrays in the module's memory, which is another one whenever it has grown. */
class Views {
  constructor(make) {
    this._make = make;
    this._buffer = undefined;
    this._arrays = undefined;
  }
  get arrays() {
    const { buffer } = wasm.memory;
    if (buffer !== this._buffer) {
      this._buffer = buffer;
      this._arrays = this._make(buffer);
    }
    return this._arrays;
  }
}

export class Checker {
  static load(rulebook) {
    const core = Core.load(rulebook);
    if (core !== undefined) return new Checker(core);
    throw Core.is_rulebook(rulebook)
      ? misuse('damaged-rulebook', '规则文件已损坏 (the rulebook is damaged)')
      : misuse('not-a-rulebook', '这不是本版本能读的规则文件 (not a rulebook of this version)');
  }

  constructor(core) {
    this._core = core;
    this._slots = new Map();
    this._branches = new Map();
    this._as_of = '';
    this._views = undefined;
    this._standard = undefined;
  }

  describe() {
    return read(this._core.describe());
  }

  check(entry, options) {
    const { as_of, lang = 'zh' } = options || NOTHING;
    const language = typeof lang === 'string' ? LANGS.indexOf(lang) : 0;
    if (language < 0) throw misuse('bad-lang', 'lang 应为 zh 或 en (lang must be zh or en)');
    give(this._core, entry);
    const at = this._core.report(language, typeof as_of === 'string' ? as_of : '');
    if (at === 0) throw bad_date();
    return read(at);
  }

  judge(entry, options) {
    const { outcomes, points } = this._judged(entry, options);
    return { outcomes: outcomes.slice(), points: points.slice() };
  }

  explain(entry, options) {
    const { outcomes, points } = this._judged(entry, options);
    const words = Array.from(outcomes, outcome => OUTCOMES[outcome]);
    const won = Array.from(points);
    let answer = this._core.explain();
    if (answer === 0) {
      // A value beyond the fast evaluation, which decided nothing.
      this._judge_entry(entry);
      answer = this._core.explain();
    }
    const at = numbers_at(answer, 4);
    const reader = {
      checker: this,
      marks: numbers_at(at[0], at[1]),
      numbers: new Float64Array(wasm.memory.buffer, at[2], at[3]),
      mark: 0,
      number: 0,
    };
    return words.map((outcome, index) => new Explained(this, index, outcome, won[index], branch(reader)));
  }

  session(entry, options) {
    return new Session(this, entry || NOTHING, options);
  }

  check_batch(columns, options) {
    this._ready(options);
    const names = Object.keys(columns);
    const rows = names.length === 0 ? 0 : columns[names[0]].length;
    const slots = [];
    const sources = [];
    const kinds = [];
    for (const name of names) {
      const column = columns[name];
      if (column.length !== rows) throw misuse('bad-batch', `“${name}”有 ${column.length} 行，应为 ${rows} 行 (columns must be of one length)`);
      const slot = this._slot(name);
      if (slot < 0) throw misuse('unknown-field', `没有叫“${name}”的单值字段 (no field with one value has this name)`);
      const numeric = column instanceof Float64Array;
      slots.push(slot);
      sources.push(numeric ? column : this._coded(slot, column));
      kinds.push(numeric ? NUMBER_OR_NOTHING : CODE);
    }
    let arrays = this._views.arrays;
    const width = arrays.outcomes.length;
    const outcomes = new Uint8Array(rows * width);
    const points = new Float64Array(rows * width);
    const count = arrays.numbers.length;
    const block = new Float64Array(BLOCK * count);
    for (let first = 0; first < rows; first += BLOCK) {
      const end = Math.min(first + BLOCK, rows);
      for (let at = 0; at < slots.length; at += 1) lay(block, slots[at], count, sources[at], first, end);
      for (let row = first; row < end; row += 1) {
        // The module's memory grows rarely; then the arrays are others.
        if (row === 0 || arrays !== this._views.arrays) {
          arrays = this._views.arrays;
          arrays.kinds.fill(0);
          for (let at = 0; at < slots.length; at += 1) arrays.kinds[slots[at]] = kinds[at];
        }
        const at = (row - first) * count;
        arrays.numbers.set(block.subarray(at, at + count));
        if (!this._core.judge('')) this._judge_entry(given(columns, names, row));
        const now = this._views.arrays;
        outcomes.set(now.outcomes, row * width);
        points.set(now.points, row * width);
      }
    }
    return { rows, outcomes, points };
  }

  free() {
    this._core.free();
  }

  _slot(name) {
    let slot = this._slots.get(name);
    if (slot === undefined) {
      slot = this._core.slot(name);
      this._slots.set(name, slot);
    }
    return slot;
  }

  _ready(options) {
    const as_of = String(options.as_of);
    if (as_of === this._as_of) return;
    const answer = this._core.ready(as_of);
    if (answer === 0) throw bad_date();
    const [kinds, numbers, outcomes, points, slots, indicators] = numbers_at(answer, 6);
    this._as_of = as_of;
    this._branches.clear();
    this._views = new Views(buffer => ({
      kinds: new Uint8Array(buffer, kinds, slots),
      numbers: new Float64Array(buffer, numbers, slots),
      outcomes: new Uint8Array(buffer, outcomes, indicators),
      points: new Float64Array(buffer, points, indicators),
    }));
  }

  _judged(entry, options) {
    this._ready(options);
    const texts = this._write(entry);
    if (texts === undefined || !this._core.judge(texts)) this._judge_entry(entry);
    return this._views.arrays;
  }

  /** Judges an entry of any shape. */
  _judge_entry(entry) {
    give(this._core, entry);
    this._core.judge_entry();
  }

  /** Writes an entry by slot; its texts in one. `undefined` where it holds more than plain values. */
  _write(entry) {
    if (entry.parameters || entry.not_applicable || entry.waived) return undefined;
    const fields = entry.fields || NOTHING;
    const { kinds, numbers } = this._views.arrays;
    kinds.fill(0);
    const texts = [];
    for (const name of Object.keys(fields)) {
      const value = fields[name];
      if (value === null || value === undefined) continue;
      const slot = this._slot(name);
      if (slot === UNKNOWN_FIELD) continue;
      if (slot < 0 || kinds[slot] !== 0) return undefined;
      if (typeof value === 'number') {
        kinds[slot] = NUMBER;
        numbers[slot] = value;
      } else if (typeof value === 'string' && value.indexOf('\0') < 0) {
        kinds[slot] = TEXT;
        numbers[slot] = texts.length;
        texts.push(value);
      } else if (typeof value === 'boolean') {
        kinds[slot] = value ? YES : NO;
      } else return undefined;
    }
    return texts.join('\0');
  }

  /** A column of anything but numbers, by the codes of its texts. */
  _coded(slot, column) {
    const codes = new Float64Array(column.length).fill(NaN);
    const known = new Map();
    for (let row = 0; row < column.length; row += 1) {
      const value = column[row];
      if (value === null || value === undefined) continue;
      const text = String(value);
      let code = known.get(text);
      if (code === undefined) {
        code = this._core.code(slot, text);
        known.set(text, code);
      }
      codes[row] = code;
    }
    return codes;
  }

  get _indicators() {
    if (this._standard === undefined) this._standard = this.describe();
    return this._standard.indicators;
  }

  _branch(node) {
    let known = this._branches.get(node);
    if (known === undefined) {
      known = read(this._core.branch(node));
      this._branches.set(node, known);
    }
    return known;
  }
}

/** Lays a column into the rows of a block. */
function lay(block, slot, count, source, first, end) {
  for (let row = first, at = slot; row < end; row += 1, at += count) block[at] = source[row];
}

/** A row of a batch as an entry of its own. */
function given(columns, names, row) {
  const fields = {};
  for (const name of names) {
    const value = columns[name][row];
    fields[name] = value !== value ? null : value;
  }
  return { fields };
}

/** The next branch of a condition, and its parts. */
function branch(reader) {
  const node = reader.marks[reader.mark];
  const flags = reader.marks[reader.mark + 1];
  reader.mark += 2;
  let left, right, gap;
  if (flags & 8) {
    left = known(reader.numbers[reader.number]);
    right = known(reader.numbers[reader.number + 1]);
    gap = known(reader.numbers[reader.number + 2]);
    reader.number += 3;
  }
  const parts = [];
  for (let rest = flags >>> 4; rest > 0; rest -= 1) parts.push(branch(reader));
  return new Branch(reader.checker, node, HOLDS[flags & 3], (flags & 3) === 3, (flags & 4) !== 0, left, right, gap, parts);
}

function known(number) {
  return number === number ? number : undefined;
}

class Branch {
  constructor(checker, node, holds, not_applicable, decisive, left, right, gap, parts) {
    this._checker = checker;
    this._node = node;
    this.holds = holds;
    this.not_applicable = not_applicable;
    this.decisive = decisive;
    this.left = left;
    this.right = right;
    this.gap = gap;
    this.parts = parts;
  }
  get fact() {
    return this._checker._branch(this._node);
  }
}

class Explained {
  constructor(checker, index, outcome, points, reason) {
    this._checker = checker;
    this._index = index;
    this.outcome = outcome;
    this.points = known(points);
    this.reason = reason;
  }
  get indicator() {
    return this._checker._indicators[this._index];
  }
}

class Session {
  constructor(checker, entry, options) {
    this._checker = checker;
    this._options = options;
    give(checker._core, entry);
    this._core = checker._core.session(String(options.as_of));
    if (this._core === undefined) throw bad_date();
    this._entry = entry;
    /** What was given, lists by `id.key`; and under which name each slot was. */
    this._fields = {};
    this._names = new Map();
    this._edits = [];
    const fields = entry.fields || NOTHING;
    for (const name of Object.keys(fields)) {
      const value = fields[name];
      if (typeof value === 'object' && value !== null) {
        for (const key of Object.keys(value)) this._put(`${name}.${key}`, value[key]);
      } else this._put(name, value);
    }
    const at = Array.from(numbers_at(this._core.places(), 2));
    this._views = new Views(buffer => ({
      changed: new Uint32Array(buffer, at[0]),
      points: new Float64Array(buffer, at[1]),
    }));
  }

  get entry() {
    return Object.assign({}, this._entry, { fields: Object.assign({}, this._fields) });
  }

  set(field, value) {
    const slot = this._checker._slot(field);
    if (slot < 0) throw misuse('unknown-field', `没有叫“${field}”的单值字段 (no field with one value has this name)`);
    const count = this._core.set(slot, value === null || value === undefined ? '' : String(value));
    const name = this._names.get(slot) || field;
    this._edits.push([name, this._fields[name]]);
    this._fields[name] = value;
    this._names.set(slot, name);
    return { changed: this._changed(count < 0 ? -1 - count : count), unreadable: count < 0 };
  }

  undo() {
    const edit = this._edits.pop();
    if (edit === undefined) return undefined;
    const [field, value] = edit;
    const count = this._core.undo();
    this._fields[field] = value;
    return { field, value, changed: this._changed(count) };
  }

  findings() {
    return this._changed(this._core.all());
  }

  report(options) {
    return this._checker.check(this.entry, Object.assign({}, this._options, options));
  }

  free() {
    this._core.free();
  }

  _put(name, value) {
    const slot = this._checker._slot(name);
    if (slot >= 0) this._names.set(slot, name);
    this._fields[name] = value;
  }

  _changed(count) {
    if (count === 0) return [];
    const indicators = this._checker._indicators;
    const { changed, points } = this._views.arrays;
    const found = [];
    for (let at = 0; at < count; at += 1) {
      found.push({
        indicator: indicators[changed[2 * at]].id,
        outcome: OUTCOMES[changed[2 * at + 1]],
        points: known(points[at]),
      });
    }
    return found;
  }
}

/**
 * Starts the module from its form in JavaScript, for where WebAssembly is refused: `instantiate` gives its exports for its
 * imports. The exports, as `initSync` gives them.
 */
export function initWith(instantiate) {
  return wasm === undefined ? __wbg_finalize_init({ exports: instantiate(__wbg_get_imports()) }) : wasm;
}
