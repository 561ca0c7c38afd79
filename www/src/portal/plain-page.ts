/** For our own pages: the module in JavaScript lies beside them. Chromium 78 to 96 refuse WebAssembly under their policy. */
import { file, integrity } from 'duibiao-module/plain';
import { bringPlain } from '../work/engine';
import { plainBeside } from './plain';

bringPlain(plainBeside(file, integrity, { src: document.baseURI, crossOrigin: null }));
