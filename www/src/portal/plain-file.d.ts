/** The module in JavaScript as it lies beside the single script: only in the single script. */
export const file: string;
/** `sha384-…` */
export const integrity: string;
