/** `duibiao/element`: the class of `<duibiao-check>`, registered nowhere. */
export { PortalCheckElement as DuibiaoCheckElement } from './portal-element';
export { ReportEvent, EntryEvent, FailureEvent } from '../check/events';
