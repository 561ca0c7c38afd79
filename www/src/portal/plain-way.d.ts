/** How ES modules come by the module in JavaScript; scripts are told (`script.ts`). */
import type { Instantiate } from 'duibiao-module';
declare const way: (() => Promise<Instantiate>) | undefined;
export default way;
