/** As `duibiao`, with the checker module inside: then a rulebook alone can be opened, and nothing else is fetched. */
export * from './index.js';

/** Lends the module inside to elements as well, which then take a `rulebook`; `load` of this entry does it by itself. */
export function bring(): void;
