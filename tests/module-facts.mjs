// How large the checker module is and which WebAssembly features it needs. Fails where an old
// browser (Chromium 78 to 86) could not load it, or where it, or what a standard adds to it, outgrows its budget.
//
// The module is read byte by byte, since nothing else tells: `WebAssembly.validate` allows what
// the running engine knows, and a module's own list of features names what was permitted.
// Usage: node tests/module-facts.mjs [MODULE.wasm GLUE.js [STANDARD.wasm]] [--budget KILOBYTES]

import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

// Gzipped as a server would: module and glue, and what the standard adds to the module.
const budget = process.argv.indexOf('--budget');
const BUDGET = (budget > 0 ? Number(process.argv.splice(budget, 2)[1]) : 100) * 1024;
const STANDARD_BUDGET = 34 * 1024;
const ALLOWED = ['mutable-globals'];

/** The features beyond the WebAssembly MVP that a module uses, and the names of its custom sections. */
function inspect(bytes) {
  const features = new Set();
  const custom = [];
  let at = 8;

  const byte = () => bytes[at++];
  const leb = () => {
    for (let value = 0, shift = 1; ; shift *= 128) {
      const part = byte();
      value += (part & 127) * shift;
      if (part < 128) return value;
    }
  };
  const skip = length => { at += length; };
  const repeat = read => { for (let count = leb(); count > 0; count--) read(); };
  const need = (feature, wanted = true) => { if (wanted) features.add(feature); };

  const valueType = () => need('value types', byte() < 0x7c); // i32, i64, f32, f64
  const limits = () => { const flags = byte(); need('threads', flags > 1); leb(); if (flags & 1) leb(); };
  const tableType = () => { need('reference-types', byte() !== 0x70); limits(); };
  const mutability = () => byte() === 1;

  /** Instructions up to the `end` that closes them, by the immediates that follow each opcode. */
  function instructions() {
    for (let depth = 1; depth > 0; ) {
      const code = byte();
      if (code === 0x0b) depth--;
      else if (code >= 0x02 && code <= 0x04) {
        depth++;
        if (bytes[at] === 0x40 || bytes[at] >= 0x7c) skip(1);
        else { need('multivalue'); leb(); }
      }
      else if (code === 0x0c || code === 0x0d || code === 0x10 || (code >= 0x20 && code <= 0x24)) leb();
      else if (code === 0x0e) { repeat(leb); leb(); }
      else if (code === 0x11) { leb(); need('reference-types', bytes[at] !== 0); leb(); }
      else if (code >= 0x28 && code <= 0x3e) { leb(); leb(); }
      else if (code === 0x3f || code === 0x40 || code === 0x41 || code === 0x42) leb();
      else if (code === 0x43) skip(4);
      else if (code === 0x44) skip(8);
      else if ([0x00, 0x01, 0x05, 0x0f, 0x1a, 0x1b].includes(code) || (code >= 0x45 && code <= 0xbf)) continue;
      else if (code >= 0xc0 && code <= 0xc4) need('sign-ext');
      else if (code === 0xfc) {
        const wide = leb();
        need(wide < 8 ? 'nontrapping-fptoint' : 'bulk-memory');
        if (wide === 8 || wide === 10 || wide === 12 || wide === 14) { leb(); leb(); }
        else if (wide >= 8) leb();
      }
      else throw new Error(`opcode 0x${code.toString(16)} at byte ${at - 1}: not in the MVP`);
    }
  }

  const read = {
    1: () => repeat(() => {
      need('gc', byte() !== 0x60);
      repeat(valueType);
      need('multivalue', bytes[at] > 1);
      repeat(valueType);
    }),
    2: () => repeat(() => {
      skip(leb());
      skip(leb());
      [leb, tableType, limits, () => { valueType(); need('mutable-globals', mutability()); }][byte()]();
    }),
    3: () => repeat(leb),
    4: () => { need('reference-types', bytes[at] > 1); repeat(tableType); },
    5: () => { need('multimemory', bytes[at] > 1); repeat(limits); },
    6: () => repeat(() => { valueType(); mutable.push(mutability()); instructions(); }),
    // Rust's modules import no globals, so an exported one has its own index.
    7: () => repeat(() => { skip(leb()); const kind = byte(); const index = leb(); need('mutable-globals', kind === 3 && mutable[index] !== false); }),
    8: leb,
    9: () => repeat(() => { if (leb() !== 0) throw new Error('element segment: not in the MVP'); instructions(); repeat(leb); }),
    10: () => repeat(() => { leb(); repeat(() => { leb(); valueType(); }); instructions(); }),
    11: () => repeat(() => { if (leb() !== 0) throw new Error('data segment: not in the MVP'); instructions(); skip(leb()); }),
    12: () => { need('bulk-memory'); leb(); },
  };
  const mutable = [];

  while (at < bytes.length) {
    const id = byte();
    const end = leb() + at;
    if (id === 0) {
      const length = leb();
      custom.push(bytes.toString('utf8', at, at + length));
      at = end;
    } else if (read[id]) read[id]();
    else throw new Error(`section ${id}: not in the MVP`);
    if (at !== end) throw new Error(`section ${id} ends at byte ${end}, read up to ${at}`);
  }
  return { features: [...features], custom };
}

const [wasmPath = 'target/module/duibiao_bg.wasm', gluePath = 'target/module/duibiao.js', standardPath] = process.argv.slice(2);
const files = { module: readFileSync(wasmPath), glue: readFileSync(gluePath) };
const problems = [];

console.log('bytes          raw      gzip    brotli');
let total = 0;
for (const [name, bytes] of Object.entries(files)) {
  const gzip = gzipSync(bytes, { level: 9 }).length;
  const sizes = [bytes.length, gzip, brotliCompressSync(bytes).length];
  console.log(name.padEnd(8) + sizes.map(size => size.toLocaleString('en').padStart(10)).join(''));
  total += gzip;
}
console.log(`gzip of both: ${total.toLocaleString('en')} of ${BUDGET.toLocaleString('en')}`);
if (standardPath) {
  const standard = gzipSync(readFileSync(standardPath), { level: 9 }).length;
  const adds = standard - gzipSync(files.module, { level: 9 }).length;
  console.log(`${standardPath}: ${standard.toLocaleString('en')}, of which the standard adds ${adds.toLocaleString('en')} of ${STANDARD_BUDGET.toLocaleString('en')}`);
  if (adds > STANDARD_BUDGET) problems.push(`the standard is ${adds - STANDARD_BUDGET} bytes over its budget`);
}
if (total > BUDGET) problems.push(`${total - BUDGET} bytes over the budget: see what grew, for instance with npx wasm-opt --metrics`);

try {
  const { features, custom } = inspect(files.module);
  console.log(`features: ${['MVP', ...features].join(' + ')}`);
  console.log(`custom sections: ${custom.join(', ') || 'none'}`);
  if (!WebAssembly.validate(files.module)) problems.push('no valid WebAssembly');
  const newer = features.filter(feature => !ALLOWED.includes(feature));
  if (newer.length > 0) problems.push(`uses ${newer.join(', ')}: a dependency or a compiler flag brought them in`);
  if (custom.length > 0) problems.push(`carries ${custom.join(', ')}: wasm-opt should have stripped them`);
} catch (error) {
  problems.push(error.message);
}
// A strict content security policy forbids it.
if (/new Function\b|\beval\(/.test(files.glue)) problems.push('the glue evaluates text as code');

for (const problem of problems) console.error(`${wasmPath}: ${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;
