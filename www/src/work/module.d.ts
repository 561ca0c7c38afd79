/** The glue that wasm-bindgen writes beside the module, as far as we use it. */
export { Checker } from '../../../src/wasm.js';
/** Starts the one instance of the module; later calls do nothing. */
export default function init(options: { module_or_path: WebAssembly.Module }): Promise<unknown>;
