/** The single classic script: the module inside, and `<duibiao-check>` registered. */
import base64 from 'duibiao-module/bytes';
import { bringModule } from '../work/engine';
import './define';

bringModule(base64);
