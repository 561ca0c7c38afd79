/** The glue that wasm-bindgen writes beside the module, as far as we use it, and `src/wasm.js` behind it. */
export { Checker, OUTCOMES } from '../../../src/wasm.js';
/** What it calls in the module: `core_NAME` and `coresession_NAME`, for each of their methods. */
export class Core {}
export class CoreSession {}
/** Starts the one instance of the module and gives its exports; later calls do nothing else. */
export default function init(options: { module_or_path: WebAssembly.Module }): Promise<object>;
/** The module in JavaScript: gives its exports for its imports. */
export type Instantiate = (imports: Readonly<Record<string, unknown>>) => unknown;
/** Starts it from its form in JavaScript. */
export function initWith(instantiate: Instantiate): void;
