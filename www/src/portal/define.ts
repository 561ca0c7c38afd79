/** Registers `<duibiao-check>`. Import `check-element` instead where the page names elements itself. */
import { DuibiaoCheckElement } from '../check/check-element';

if (customElements.get('duibiao-check') === undefined) customElements.define('duibiao-check', DuibiaoCheckElement);
