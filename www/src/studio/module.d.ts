/** The glue that wasm-bindgen writes beside the studio module, as far as we use it. */
export { Studio, vocabulary, build_module, new_standard } from '../../../src/wasm/studio.js';
/** Starts the one instance of the module; later calls do nothing. */
export default function init(options: { module_or_path: Response | Promise<Response> }): Promise<unknown>;
