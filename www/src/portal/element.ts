/** `duibiao/element`: the class of `<duibiao-check>`, registered nowhere. */
export { DuibiaoCheckElement } from '../check/check-element';
export { ReportEvent, EntryEvent, FailureEvent } from '../check/events';
