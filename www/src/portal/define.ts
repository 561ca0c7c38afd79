/** Registers `<duibiao-check>`. Import `element` instead where the page names elements itself. */
import { PortalCheckElement } from './portal-element';

if (customElements.get('duibiao-check') === undefined) customElements.define('duibiao-check', PortalCheckElement);
