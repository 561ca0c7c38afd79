/** What the element says to its page. All events bubble and cross shadow roots. */
import type { Entry, Report } from '../../../src/wasm.d.ts';
import type { OpenError } from '../work/engine';

/** After every check. */
export class ReportEvent extends Event {
  static readonly type = 'duibiao-report';
  readonly report: Report;
  constructor(report: Report) {
    super(ReportEvent.type, { bubbles: true, composed: true });
    this.report = report;
  }
}

/** After every change that the user makes, undo and import among them. */
export class EntryEvent extends Event {
  static readonly type = 'duibiao-input';
  readonly entry: Entry;
  constructor(entry: Entry) {
    super(EntryEvent.type, { bubbles: true, composed: true });
    this.entry = entry;
  }
}

/** When the standard cannot be opened, or an entry of the host not be taken. */
export class FailureEvent extends Event {
  static readonly type = 'duibiao-error';
  readonly error: OpenError;
  constructor(error: OpenError) {
    super(FailureEvent.type, { bubbles: true, composed: true });
    this.error = error;
  }
}

declare global {
  interface HTMLElementEventMap {
    'duibiao-report': ReportEvent;
    'duibiao-input': EntryEvent;
    'duibiao-error': FailureEvent;
  }
}
