/** The bytes of a rulebook. */
declare const rulebook: Uint8Array<ArrayBuffer>;
export default rulebook;
