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

/** What a data file holds beside an entry. */
const BESIDE = ['standard', 'as_of', 'saved', 'evidence', 'notes', 'tasks'];
const UNKNOWN_FIELD = -1;
/** Marks of a branch; below them whether it holds, above them how many parts it has. */
const DECIDES = 4;
const COMPARES = 8;
const NO_PARTS = Object.freeze([]);
const HOLDS = [undefined, false, true, undefined];
const LANGS = ['zh', 'en'];
const NOTHING = Object.freeze({});

export const OUTCOMES = Object.freeze(['met', 'partial', 'unmet', 'missing', 'pending', 'invalid', 'not_applicable', 'waived']);

function misuse(code, text) {
  return Object.assign(new Error(text), { problems: [{ code, text }] });
}

function no_field(name) {
  return misuse('unknown-field', `没有叫“${name}”的单值字段 (no field with one value has this name)`);
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

/** An entry by its parts. Without `fields`, what is not of parts alone is fields alone, as in a file. */
function parts_of(entry) {
  if (!is_keyed(entry)) throw misuse('bad-entry', '数据应为对象 (the entry must be an object)');
  for (const name of PARTS) {
    const part = entry[name];
    if (part !== undefined && part !== null && !is_keyed(part)) throw misuse('bad-entry', `${name} 应为对象 (must be an object)`);
  }
  const names = Object.keys(entry);
  const other = names.find(name => !PARTS.includes(name) && !BESIDE.includes(name));
  if ('fields' in entry) {
    if (other !== undefined) throw misuse('bad-entry', `数据没有叫“${other}”的部分，可有：${PARTS.join('、')} (unknown part “${other}”)`);
    return entry;
  }
  return names.length > 0 && names.every(name => PARTS.includes(name)) ? entry : { fields: entry };
}

/** Gives an entry to a core, for what is asked next. */
function give(core, entry) {
  // Nothing is given before all of it has been seen: it may be no entry.
  const items = [];
  const parts = parts_of(entry);
  PARTS.forEach((name, part) => take_apart(parts[name] || NOTHING, part, items));
  for (const [kind, name, text] of items) core.give(kind, name, text);
}

function is_keyed(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : '?';
}

/** A value as the text that staff would have written. */
function text_of(value) {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : written(value);
}

/** What has not been given back. */
function still(open) {
  if (open === undefined) throw misuse('freed', '已用 free() 释放 (it has been given back by free())');
  return open;
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
    if (wasm === undefined) throw misuse('not-started', '请先等 load() 或 bring() 完成 (the module has not started: await load() first)');
    const core = Core.load(rulebook);
    if (core !== undefined) return new Checker(core);
    throw Core.is_rulebook(rulebook)
      ? misuse('damaged-rulebook', '规则文件已损坏 (the rulebook is damaged)')
      : misuse('not-a-rulebook', '这不是本版本能读的规则文件 (not a rulebook of this version)');
  }

  constructor(core) {
    this._open = core;
    this._slots = new Map();
    this._branches = new Map();
    this._as_of = '';
    this._views = undefined;
    this._sizes = undefined;
    this._standard = undefined;
  }

  get _core() {
    return still(this._open);
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
    this._ready(options);
    const texts = this._write(entry);
    if (texts === undefined || !this._core.judge(texts)) this._judge_entry(entry);
    const { outcomes, points } = this._views.arrays;
    const { indicators } = this._sizes;
    return { outcomes: outcomes.slice(0, indicators), points: points.slice(0, indicators) };
  }

  explain(entry, options) {
    const { outcomes, points } = this.judge(entry, options);
    let answer = this._core.explain();
    if (answer === 0) {
      // A value beyond the fast evaluation, which decided nothing.
      this._judge_entry(entry);
      answer = this._core.explain();
    }
    const [marks, marked, numbers, count] = numbers_at(answer, 4);
    const reader = {
      checker: this,
      marks: numbers_at(marks, marked),
      numbers: new Float64Array(wasm.memory.buffer, numbers, count),
      mark: 0,
      number: 0,
    };
    const found = [];
    for (let index = 0; index < outcomes.length; index += 1) {
      found.push(new Explained(this, index, OUTCOMES[outcomes[index]], points[index], branch(reader)));
    }
    return found;
  }

  session(entry, options) {
    return new Session(this, entry || NOTHING, options);
  }

  check_batch(columns, options) {
    still(this._open);
    this._ready(options);
    if (!is_keyed(columns)) throw misuse('bad-batch', '应为各列数组组成的对象 (columns must be an object of arrays)');
    const names = Object.keys(columns);
    const rows = names.length === 0 ? 0 : Object(columns[names[0]]).length;
    const { slots: count, indicators: width, block } = this._sizes;
    const slots = [];
    const sources = [];
    const kinds = new Uint8Array(count);
    for (const name of names) {
      const column = columns[name];
      if (!Array.isArray(column) && !ArrayBuffer.isView(column)) throw misuse('bad-batch', `“${name}”应为数组 (a column must be an array)`);
      if (column.length !== rows) throw misuse('bad-batch', `“${name}”有 ${column.length} 行，应为 ${rows} 行 (columns must be of one length)`);
      const slot = this._slot(name, names);
      if (slot < 0) throw no_field(name);
      if (kinds[slot] !== 0) throw misuse('bad-batch', `“${name}”与另一列是同一个字段 (two columns are of one field)`);
      const numeric = column instanceof Float64Array;
      slots.push(slot);
      sources.push(numeric ? column : this._coded(slot, column));
      kinds[slot] = numeric ? NUMBER_OR_NOTHING : CODE;
    }
    const outcomes = new Uint8Array(rows * width);
    const points = new Float64Array(rows * width);
    const keep = (row, from, to) => {
      const now = this._views.arrays;
      outcomes.set(now.outcomes.subarray(from * width, to * width), row * width);
      points.set(now.points.subarray(from * width, to * width), row * width);
    };
    for (let first = 0; first < rows; first += block) {
      const end = Math.min(block, rows - first);
      const { kinds: given_kinds, numbers } = this._views.arrays;
      given_kinds.set(kinds);
      for (let at = 0; at < slots.length; at += 1) lay(numbers, slots[at], count, sources[at], first, first + end);
      for (let row = 0; row < end; ) {
        const judged = this._core.judge_rows(row, end);
        keep(first + row, row, judged);
        if (judged < end) {
          // That one takes the full evaluation, which answers where the first row has its place.
          this._judge_entry(given(columns, names, first + judged));
          keep(first + judged, 0, 1);
        }
        row = judged + 1;
      }
    }
    return { rows, outcomes, points };
  }

  free() {
    this._core.free();
    this._open = undefined;
  }

  /** The slot of one of these names; where it is not known yet, those of all are asked for at once. */
  _slot(name, names) {
    const slot = this._slots.get(name);
    if (slot !== undefined) return slot;
    for (const one of names) this._core.give(GIVEN_NOTHING, one, '');
    const slots = numbers_at(this._core.slots(), names.length);
    names.forEach((one, at) => this._slots.set(one, slots[at] | 0));
    return this._slots.get(name);
  }

  _ready(options) {
    const as_of = String((options || NOTHING).as_of);
    if (as_of === this._as_of) return;
    const answer = this._core.ready(as_of);
    if (answer === 0) throw bad_date();
    const [kinds, numbers, outcomes, points, slots, indicators, block] = numbers_at(answer, 7);
    this._sizes = { slots, indicators, block };
    this._as_of = as_of;
    this._branches.clear();
    this._views = new Views(buffer => ({
      kinds: new Uint8Array(buffer, kinds, slots),
      numbers: new Float64Array(buffer, numbers, slots * block),
      outcomes: new Uint8Array(buffer, outcomes, indicators * block),
      points: new Float64Array(buffer, points, indicators * block),
    }));
  }

  /** Judges an entry of any shape. */
  _judge_entry(entry) {
    give(this._core, entry);
    this._core.judge_entry();
  }

  /** Writes an entry by slot; its texts in one. `undefined` where it holds more than plain values. */
  _write(entry) {
    const { fields = NOTHING, parameters, not_applicable, waived } = parts_of(entry);
    if (parameters || not_applicable || waived || fields === null) return undefined;
    const { kinds, numbers } = this._views.arrays;
    kinds.fill(0);
    const texts = [];
    const names = Object.keys(fields);
    for (const name of names) {
      const value = fields[name];
      if (value === null || value === undefined) continue;
      const slot = this._slot(name, names);
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
      const text = text_of(value);
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
    const column = columns[name];
    const value = column[row];
    fields[name] = column instanceof Float64Array && value !== value ? null : value;
  }
  return { fields };
}

/** The next branch of a condition, and its parts. */
function branch(reader) {
  const { marks, numbers } = reader;
  const found = new Branch(reader.checker, marks[reader.mark], marks[reader.mark + 1]);
  reader.mark += 2;
  if (found._flags & COMPARES) {
    const at = reader.number;
    reader.number = at + 3;
    found.left = known(numbers[at]);
    found.right = known(numbers[at + 1]);
    found.gap = known(numbers[at + 2]);
  }
  const count = found._flags >>> 4;
  if (count > 0) {
    found.parts = [];
    for (let rest = count; rest > 0; rest -= 1) found.parts.push(branch(reader));
  }
  return found;
}

function known(number) {
  return number === number ? number : undefined;
}

class Branch {
  constructor(checker, node, flags) {
    this._checker = checker;
    this._node = node;
    this._flags = flags;
    this.left = undefined;
    this.right = undefined;
    this.gap = undefined;
    this.parts = NO_PARTS;
  }
  get holds() {
    return HOLDS[this._flags & 3];
  }
  get not_applicable() {
    return (this._flags & 3) === 3;
  }
  get decisive() {
    return (this._flags & DECIDES) !== 0;
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
    const parts = parts_of(entry);
    give(checker._core, parts);
    this._open = checker._core.session(String((options || NOTHING).as_of));
    if (this._open === undefined) throw bad_date();
    this._entry = parts;
    /** What was given, lists by `id.key`; and under which name each slot was. */
    this._fields = {};
    this._names = new Map();
    this._edits = [];
    const fields = parts.fields || NOTHING;
    for (const name of Object.keys(fields)) {
      const value = fields[name];
      if (typeof value === 'object' && value !== null) {
        for (const key of Object.keys(value)) this._fields[`${name}.${key}`] = value[key];
      } else this._fields[name] = value;
    }
    const names = Object.keys(this._fields);
    for (const name of names) {
      const slot = checker._slot(name, names);
      if (slot >= 0) this._names.set(slot, name);
    }
    const [changed, points] = numbers_at(this._core.places(), 2);
    this._views = new Views(buffer => ({
      changed: new Uint32Array(buffer, changed),
      points: new Float64Array(buffer, points),
    }));
  }

  get _core() {
    return still(this._open);
  }

  get entry() {
    still(this._open);
    return Object.assign({}, this._entry, { fields: Object.assign({}, this._fields) });
  }

  set(field, value) {
    const slot = typeof field === 'string' ? this._checker._slot(field, [field]) : UNKNOWN_FIELD;
    if (slot < 0) throw no_field(field);
    const count = this._core.set(slot, text_of(value));
    const name = this._names.get(slot) || field;
    this._edits.push([name, this._fields[name]]);
    this._fields[name] = value;
    this._names.set(slot, name);
    return { changed: this._changed(count < 0 ? -1 - count : count), unreadable: count < 0 };
  }

  undo() {
    still(this._open);
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
    this._open = undefined;
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
