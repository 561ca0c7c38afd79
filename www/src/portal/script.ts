/** The single classic script: the module inside, and `<duibiao-check>` registered. */
import base64 from 'duibiao-module/bytes';
import { file, integrity } from 'duibiao-module/plain';
import { bringModule, bringPlain } from '../work/engine';
import './define';
import { plainBeside } from './plain';

const { currentScript } = document;
bringPlain(plainBeside(file, integrity, currentScript instanceof HTMLScriptElement ? currentScript : undefined));
bringModule(base64);

/** `duibiao.checkersAlive()`: how many standards are open, for whoever looks for leaks. */
export { checkersAlive } from '../work/engine';
