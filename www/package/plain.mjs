// The checker module as JavaScript, for browsers without WebAssembly and pages whose policy refuses it: written by
// binaryen's wasm2js, small and at ES2019. Two forms of one function: a classic script that lays it on `duibiaoPlain`,
// and an ES module that exports it as `instantiate`.
// Usage: node www/package/plain.mjs MODULE.wasm SCRIPT.js MODULE.mjs
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { minifySync } from 'rolldown/utils';

const PAGE = 65_536;
/** Bytes at first: enough for a check of a large standard. A browser gives memory only once it is written to. */
const BEGIN = 32 * 2 ** 20;
/** Pages at most: one gigabyte. */
const MOST = 16_384;

const [module, script, esm] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'plain-'));
const written = join(folder, 'plain.mjs');
try {
  const tool = fileURLToPath(new URL('../../node_modules/.bin/wasm2js', import.meta.url));
  execFileSync(tool, [module, '-O3', '--shrink-level=1', '--mvp-features', '--enable-mutable-globals', '-o', written], { stdio: ['ignore', 'inherit', 'inherit'] });
  const text = readFileSync(written, 'utf8');

  // What wasm2js writes around the function is for a module of its own, whose imports are files.
  const begin = text.search(/^ *(var|const|let|function)\b/m);
  const end = text.search(/^(var|const) retasmFunc\b/m);
  if (begin < 0 || end < 0) throw new Error(`wasm2js writes something else than it did: ${text.slice(0, 200)}`);
  let body = text.slice(begin, end);
  // Memory grows within a buffer of its own size as long as that suffices: every new buffer is a copy, and makes the engine
  // compile all that reads memory anew. Views of outgrown memory are empty then, as they are with WebAssembly; the glue
  // knows them by that. What cannot be had is refused, as WebAssembly does.
  const { initial } = /\bvar buffer = new ArrayBuffer\((?<initial>\d+)\);/.exec(body)?.groups ?? {};
  replace(/\bvar buffer = new ArrayBuffer\(\d+\);/, `var buffer = new ArrayBuffer(${BEGIN});\nvar pages = ${Number(initial) / PAGE};`);
  replace(/^ *function __wasm_memory_size\(\) \{[^]*?^ \}$/m, 'function __wasm_memory_size() { return pages; }');
  replace(/^ *function __wasm_memory_grow\(pagesToAdd\) \{[^]*?^ \}$/m, `
    function __wasm_memory_grow(pagesToAdd) {
      var oldPages = pages, newPages = oldPages + (pagesToAdd >>> 0);
      if (newPages > ${MOST}) return -1;
      if (newPages * ${PAGE} > buffer.byteLength) {
        var newBuffer;
        try { newBuffer = new ArrayBuffer(Math.min(${MOST}, Math.max(newPages, 2 * oldPages)) * ${PAGE}); } catch (none) { return -1; }
        new Int8Array(newBuffer).set(HEAP8);
        HEAP8 = new Int8Array(newBuffer); HEAP16 = new Int16Array(newBuffer); HEAP32 = new Int32Array(newBuffer);
        HEAPU8 = new Uint8Array(newBuffer); HEAPU16 = new Uint16Array(newBuffer); HEAPU32 = new Uint32Array(newBuffer);
        HEAPF32 = new Float32Array(newBuffer); HEAPF64 = new Float64Array(newBuffer);
        var port = new MessageChannel().port1;
        port.postMessage(null, [buffer]);
        port.close();
        buffer = newBuffer;
        bufferView = HEAPU8;
      }
      pages = newPages;
      return oldPages;
    }`);

  const classic = `(function () { 'use strict';\n${body}\nself.duibiaoPlain = asmFunc; })();\n`;
  writeFileSync(script, small(classic, script));
  writeFileSync(esm, small(`${body}\nexport { asmFunc as instantiate };\n`, esm));

  function replace(what, by) {
    const after = body.replace(what, () => by);
    if (after === body) throw new Error(`wasm2js writes something else than it did: no ${what}`);
    body = after;
  }
} finally {
  rmSync(folder, { recursive: true });
}

function small(text, name) {
  const { code, errors } = minifySync(name, text, { compress: { target: 'es2019' }, mangle: { toplevel: true }, codegen: { removeWhitespace: true } });
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return code;
}
