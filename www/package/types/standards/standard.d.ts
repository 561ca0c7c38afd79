/** The bytes of a rulebook. */
declare const rulebook: Uint8Array;
export default rulebook;
