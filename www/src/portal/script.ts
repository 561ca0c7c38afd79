/** The single classic script: the module inside, and `<duibiao-check>` registered. */
import base64 from 'duibiao-module/bytes';
import { file, integrity } from 'duibiao-module/plain';
import { bringModule, bringPlain } from '../work/engine';
import './define';
import { plainBeside } from './plain';

const { currentScript } = document;
const own = currentScript instanceof HTMLScriptElement ? currentScript : undefined;
// Where it is not beside this script, or has another name.
const plain = own === undefined ? null : own.getAttribute('data-nowasm');
bringPlain(plainBeside(plain === null ? file : new URL(plain, document.baseURI).href, integrity, own));
bringModule(base64);

/** `duibiao.checkersAlive()`: how many standards are open, for whoever looks for leaks. */
export { checkersAlive } from '../work/engine';
export { version } from './version';
