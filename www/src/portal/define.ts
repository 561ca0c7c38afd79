/** Registers `<duibiao-check>`. Import `element` instead where the page names elements itself. */
import { PortalCheckElement } from './portal-element';

// A server that renders the page has none.
if (typeof customElements !== 'undefined') {
  const there = customElements.get('duibiao-check') as { readonly version?: string } | undefined;
  if (there === undefined) customElements.define('duibiao-check', PortalCheckElement);
  else if (there.version !== PortalCheckElement.version) console.warn(`duibiao-check：本页已有 ${String(there.version)} 版，${PortalCheckElement.version} 版没有启用 (another version was registered before)`);
}
