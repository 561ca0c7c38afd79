/** Registers `<duibiao-check>`. */
import './element.js';
