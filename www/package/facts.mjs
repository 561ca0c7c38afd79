// What is published about the files that portals take: size, hash for `integrity`, and the policy under which they work.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** The policy that a page with the element needs, as one header; the page's own forms go to its own site. */
const ELEMENT = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'";
/** The page around an iframe: what is framed says its own policy in itself. */
const FRAME = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'self'";

/** By the way of embedding. */
export const POLICIES = { script: ELEMENT, disk: ELEMENT, frame: FRAME, module: ELEMENT };

/** What each way needs beside the page, the standard apart. */
export const NEEDS = {
  script: ['duibiao-check.js', 'duibiao-check.nowasm.js'],
  disk: ['duibiao-check.js', 'duibiao-check.nowasm.js'],
  frame: ['duibiao-frame.js', 'frame.html', 'frame.css', 'duibiao-framed.js', 'duibiao-check.js', 'duibiao-check.nowasm.js'],
  module: [],
};

const FILES = [...new Set(Object.values(NEEDS).flat()), 'changzhou-2023.wasm', 'changzhou-2023.js'];

/** `folder`: where the files lie. */
export function factsOf(folder) {
  const version = versionOf();
  const files = Object.fromEntries(FILES.map((name) => {
    const bytes = readFileSync(join(folder, name));
    return [name, {
      bytes: bytes.length,
      gzip: gzipSync(bytes, { level: 9 }).length,
      brotli: brotliCompressSync(bytes).length,
      integrity: `sha384-${createHash('sha384').update(bytes).digest('base64')}`,
    }];
  }));
  return { version, content_security_policy: POLICIES.script, content_security_policies: POLICIES, needs: NEEDS, files };
}

/** The version of the crate is the one of everything. */
export function versionOf() {
  const [, version] = /^version = "(.+)"$/m.exec(readFileSync(new URL('../../Cargo.toml', import.meta.url), 'utf8'));
  return version;
}
