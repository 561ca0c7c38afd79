/**
 * Custom sections of a WebAssembly file, found by reading its headers: `WebAssembly.Module.customSections` needs a compiled
 * module, which a browser without WebAssembly, or a page whose policy refuses it, cannot make.
 */

const MAGIC = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const CUSTOM = 0;

/** The contents of the first custom section of a name; `undefined` where there is none. `null`: no WebAssembly, or cut short. */
export function sectionOf(module: Uint8Array, name: string): Uint8Array | undefined | null {
  if (MAGIC.some((byte, i) => module[i] !== byte)) return null;
  let at = MAGIC.length;
  let found: Uint8Array | undefined;

  /** An unsigned LEB128 number of 32 bits; past every end where it is damaged. */
  const length = (): number => {
    let value = 0;
    for (let place = 1; place <= 2 ** 28; place *= 128) {
      const byte = module[at];
      at += 1;
      if (byte === undefined) return Infinity;
      value += (byte & 127) * place;
      if (byte < 128) return value;
    }
    return Infinity;
  };

  while (at < module.length) {
    const kind = module[at];
    at += 1;
    const size = length();
    const end = at + size;
    if (!(end <= module.length)) return null;
    if (kind === CUSTOM) {
      const nameEnd = length() + at;
      if (!(nameEnd <= end)) return null;
      if (found === undefined && isName(module.subarray(at, nameEnd), name)) found = module.slice(nameEnd, end);
    }
    at = end;
  }
  return found;
}

/** Names of ours are ASCII. */
function isName(bytes: Uint8Array, name: string): boolean {
  return bytes.length === name.length && bytes.every((byte, i) => byte === name.charCodeAt(i));
}
