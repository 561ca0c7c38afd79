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

const [module, script, esm] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'plain-'));
const written = join(folder, 'plain.mjs');
try {
  const tool = fileURLToPath(new URL('../../node_modules/.bin/wasm2js', import.meta.url));
  execFileSync(tool, [module, '-O3', '--shrink-level=1', '--mvp-features', '--enable-mutable-globals', '-o', written], { stdio: ['ignore', 'inherit', 'inherit'] });
  const text = readFileSync(written, 'utf8');

  // What wasm2js writes around the function is for a module of its own, whose imports are files.
  const begin = text.search(/^(var|const|let|function)\b/m);
  const end = text.search(/^(var|const) retasmFunc\b/m);
  if (begin < 0 || end < 0) throw new Error(`wasm2js writes something else than it did: ${text.slice(0, 200)}`);
  let body = text.slice(begin, end);
  replace(/^(\s*)buffer = newBuffer;/m, '$1detach(buffer);\n$1buffer = newBuffer;');
  // Views of outgrown memory are empty then, as they are with WebAssembly; the glue knows them by that.
  body += 'function detach(buffer) { const { port1 } = new MessageChannel(); port1.postMessage(null, [buffer]); port1.close(); }\n';

  const classic = `(function () { 'use strict';\n${body}\nself.duibiaoPlain = asmFunc; })();\n`;
  writeFileSync(script, small(classic, script));
  writeFileSync(esm, small(`${body}\nexport { asmFunc as instantiate };\n`, esm));

  function replace(what, by) {
    const after = body.replace(what, by);
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
