/** The checker module in JavaScript; the other entries take it by themselves where WebAssembly is missing or refused. */
export function instantiate(imports: Readonly<Record<string, unknown>>): unknown;
