/** The version of the crate, which is the one of everything; the build knows it. */
declare const VERSION: string;
export const version: string = VERSION;
