/**
 * Figures as shown. Exact decimals arrive as strings (`"93"`, `"515/6"`); here they are only
 * subtracted and shortened for the eye. Nothing is decided here.
 */

interface Exact { readonly units: bigint; readonly scale: number }

function read(text: string): Exact | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return undefined;
  const fraction = match[3] || '';
  return { units: BigInt(`${match[1]}${match[2]}${fraction}`), scale: fraction.length };
}

function write(units: bigint, scale: number): string {
  const negative = units < BigInt(0);
  const digits = String(negative ? -units : units).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** `b − a` of two decimals; undefined where one of them has no finite decimal form. */
export function difference(a: string, b: string): string | undefined {
  const [x, y] = [read(a), read(b)];
  if (x === undefined || y === undefined) return undefined;
  const scale = Math.max(x.scale, y.scale);
  const lift = (value: Exact): bigint => BigInt(`${value.units}${'0'.repeat(scale - value.scale)}`);
  return write(lift(y) - lift(x), scale);
}

/** A decimal or a fraction for the eye: at most `digits` places, `≈` where that is not the whole of it. */
export function shown(text: string, digits = 2): string {
  const fraction = /^(-?\d+)\/(\d+)$/.exec(text);
  if (fraction !== null) {
    const scaled = BigInt(`${fraction[1]}${'0'.repeat(digits)}`) / BigInt(fraction[2] || '1');
    return `≈${write(scaled, digits)}`;
  }
  const exact = read(text);
  if (exact === undefined || exact.scale <= digits) return text;
  const cut = BigInt(`1${'0'.repeat(exact.scale - digits)}`);
  return `≈${write(exact.units / cut, digits)}`;
}

/** A figure as a plain number, for sorting and for lengths on the screen only. */
export function rough(text: string | undefined): number {
  if (text === undefined) return 0;
  const parts = text.split('/');
  return Number(parts[0]) / Number(parts[1] || 1);
}
