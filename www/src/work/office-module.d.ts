/** The glue that wasm-bindgen writes beside the office module, as far as we use it. */
export { compare, read, recheck, write_form, write_tables } from '../../../src/wasm/office.js';
/** Starts the one instance of the module; later calls do nothing. */
export default function init(options: { module_or_path: WebAssembly.Module }): Promise<unknown>;
/** A new instance in place of one that broke. */
export function __wbg_reset_state(): void;
