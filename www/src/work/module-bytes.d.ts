/** The checker module without a standard, as base64: only in the single script. */
declare const bytes: string;
export default bytes;
