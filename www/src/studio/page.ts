/** The page: registers the studio, and the check that it shows as a preview. */
import '../portal/define';
import { DuibiaoStudioElement } from './studio-element';

customElements.define('duibiao-studio', DuibiaoStudioElement);
