/** The standards of this repository as text, to start from. Loaded only when somebody opens one. */
import type { SourceFile } from '../../../src/wasm/studio.d.ts';

const texts = import.meta.glob<string>('../../../rules/**/*.rhai', { query: '?raw', import: 'default', eager: true });

/** Their files by the name of their folder. */
export function shipped(): ReadonlyMap<string, readonly SourceFile[]> {
  const found = new Map<string, SourceFile[]>();
  for (const [address, text] of Object.entries(texts)) {
    const [, name, path] = /rules\/([^/]+)\/(.+)$/.exec(address) || [];
    if (name === undefined || path === undefined) continue;
    const files = found.get(name) || [];
    files.push({ path, text });
    found.set(name, files);
  }
  return found;
}
