/** `<duibiao-check>` in JSX, for React 19 and newer: `import type {} from 'duibiao/react'`. */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { Entry, Fields } from './wasm.js';
import type { DuibiaoCheckElement, EntryEvent, FailureEvent, ReportEvent } from './element.js';

export interface DuibiaoCheckProps extends DetailedHTMLProps<HTMLAttributes<DuibiaoCheckElement>, DuibiaoCheckElement> {
  src?: string | undefined;
  'as-of'?: string | undefined;
  draft?: string | undefined;
  readonly?: boolean | undefined;
  disabled?: boolean | undefined;
  required?: boolean | undefined;
  name?: string | undefined;
  example?: string | undefined;
  data?: string | undefined;
  chapter?: string | undefined;
  'only-chapter'?: string | undefined;
  department?: string | undefined;
  scheme?: 'light' | 'dark' | 'auto' | undefined;
  entry?: Entry | Fields | undefined;
  rulebook?: Uint8Array | null | undefined;
  'onduibiao-report'?: ((event: ReportEvent) => void) | undefined;
  'onduibiao-input'?: ((event: EntryEvent) => void) | undefined;
  'onduibiao-error'?: ((event: FailureEvent) => void) | undefined;
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements { 'duibiao-check': DuibiaoCheckProps }
  }
}
