/**
 * Digests of files: SHA-256 (FIPS 180-4) and SM3 (GB/T 32905-2016), piece by piece, so that a file of any size is read in
 * little memory. Browsers keep `crypto.subtle` from plain http and know no SM3, and the checker module takes a message whole;
 * the two functions differ in a round, so they cost a kilobyte here, a twentieth of what a library of both does.
 */

const PIECE = 4_000_000;

/** `sha256:… sm3:…`, as in reports. `told`: the part that is done, 0 to 1. */
export async function digestOf(file: Blob, told: (part: number) => void): Promise<string> {
  const both = [new Digest('sha256'), new Digest('sm3')];
  for (let at = 0; at < file.size; at += PIECE) {
    const piece = new Uint8Array(await new Response(file.slice(at, at + PIECE)).arrayBuffer());
    both.forEach((digest) => digest.add(piece));
    told(Math.min(1, (at + PIECE) / file.size));
  }
  return both.map((digest) => `${digest.kind}:${digest.end()}`).join(' ');
}

type Kind = 'sha256' | 'sm3';

const START: Record<Kind, readonly number[]> = {
  sha256: [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19],
  sm3: [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e],
};

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const ROOTS = Int32Array.from(primes(64), (prime) => { const root = Math.cbrt(prime); return (root - Math.floor(root)) * 2 ** 32; });

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n += 1) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

const left = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

class Digest {
  readonly kind: Kind;
  private readonly state: Int32Array;
  private readonly words = new Int32Array(68);
  private readonly block = new Uint8Array(64);
  private filled = 0;
  private length = 0;

  constructor(kind: Kind) {
    this.kind = kind;
    this.state = Int32Array.from(START[kind]);
  }

  add(bytes: Uint8Array): void {
    this.length += bytes.length;
    for (let at = 0; at < bytes.length;) {
      const some = Math.min(64 - this.filled, bytes.length - at);
      this.block.set(bytes.subarray(at, at + some), this.filled);
      this.filled += some;
      at += some;
      if (this.filled === 64) this.turn();
    }
  }

  /** A one, zeros up to eight bytes before the end of a block, and the length in bits. */
  end(): string {
    const { length } = this;
    const zeros = (119 - (length % 64)) % 64;
    const tail = new Uint8Array(1 + zeros + 8);
    tail[0] = 0x80;
    const view = new DataView(tail.buffer);
    view.setUint32(1 + zeros, Math.floor(length / 2 ** 29));
    view.setUint32(5 + zeros, (length * 8) % 2 ** 32);
    this.add(tail);
    return Array.from(this.state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  private turn(): void {
    const { words: w, block } = this;
    for (let i = 0; i < 16; i += 1) w[i] = (block[4 * i]! << 24) | (block[4 * i + 1]! << 16) | (block[4 * i + 2]! << 8) | block[4 * i + 3]!;
    if (this.kind === 'sha256') this.sha256();
    else this.sm3();
    this.filled = 0;
  }

  private sha256(): void {
    const { words: w, state } = this;
    for (let i = 16; i < 64; i += 1) {
      const [x, y] = [w[i - 15]!, w[i - 2]!];
      w[i] = (left(y, 15) ^ left(y, 13) ^ (y >>> 10)) + w[i - 7]! + (left(x, 25) ^ left(x, 14) ^ (x >>> 3)) + w[i - 16]!;
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
    for (let i = 0; i < 64; i += 1) {
      const one = (h + (left(e, 26) ^ left(e, 21) ^ left(e, 7)) + ((e & f) ^ (~e & g)) + ROOTS[i]! + w[i]!) | 0;
      const two = ((left(a, 30) ^ left(a, 19) ^ left(a, 10)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] = state[i]! + word; });
  }

  private sm3(): void {
    const { words: w, state } = this;
    for (let i = 16; i < 68; i += 1) {
      const x = w[i - 16]! ^ w[i - 9]! ^ left(w[i - 3]!, 15);
      w[i] = x ^ left(x, 15) ^ left(x, 23) ^ left(w[i - 13]!, 7) ^ w[i - 6]!;
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
    for (let i = 0; i < 64; i += 1) {
      const early = i < 16;
      const one = left((left(a, 12) + e + left(early ? 0x79cc4519 : 0x7a879d8a, i % 32)) | 0, 7);
      const two = one ^ left(a, 12);
      const next = ((early ? a ^ b ^ c : (a & b) | (a & c) | (b & c)) + d + two + (w[i]! ^ w[i + 4]!)) | 0;
      const x = ((early ? e ^ f ^ g : (e & f) | (~e & g)) + h + one + w[i]!) | 0;
      d = c; c = left(b, 9); b = a; a = next;
      h = g; g = left(f, 19); f = e; e = x ^ left(x, 9) ^ left(x, 17);
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] = state[i]! ^ word; });
  }
}
