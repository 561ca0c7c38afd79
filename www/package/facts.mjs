// What is published about the files that portals take: size, hash for `integrity`, and the policy under which they work.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** The policy that a page with the element needs, as one header. */
export const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'";

const FILES = ['duibiao-check.js', 'duibiao-check.nowasm.js', 'duibiao-frame.js', 'duibiao-framed.js', 'frame.html', 'changzhou-2023.wasm', 'changzhou-2023.js'];

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
  return { version, content_security_policy: POLICY, files };
}

/** The version of the crate is the one of everything. */
export function versionOf() {
  const [, version] = /^version = "(.+)"$/m.exec(readFileSync(new URL('../../Cargo.toml', import.meta.url), 'utf8'));
  return version;
}
