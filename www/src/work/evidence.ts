/** Changing what is written about one indicator: evidence, a note, a waiver. Each change is a new state. */
import type { Entry } from '../../../src/wasm.d.ts';
import type { Assessment, Evidence } from './assessment';

export type Waiver = NonNullable<Entry['waived']>[string];

export const blankEvidence: Evidence = { name: '', number: '', date: '', pages: '', digest: '', file: '' };

export function evidenceOf({ evidence }: Assessment, indicator: string): readonly Evidence[] {
  return evidence[indicator] || [];
}

export function withEvidence(assessment: Assessment, indicator: string, list: readonly Evidence[]): Assessment {
  return { ...assessment, evidence: put(assessment.evidence, indicator, list.length === 0 ? undefined : list) };
}

export function withPaper(assessment: Assessment, indicator: string, n: number, change: Partial<Evidence>): Assessment {
  return withEvidence(assessment, indicator, evidenceOf(assessment, indicator).map((one, i) => (i === n ? { ...one, ...change } : one)));
}

export function withNote(assessment: Assessment, indicator: string, note: string): Assessment {
  return { ...assessment, notes: put(assessment.notes, indicator, note === '' ? undefined : note) };
}

export function waiverOf({ entry }: Assessment, indicator: string): Waiver | undefined {
  return (entry.waived || {})[indicator];
}

export function withWaiver(assessment: Assessment, indicator: string, waiver: Waiver | undefined): Assessment {
  return { ...assessment, entry: { ...assessment.entry, waived: put(assessment.entry.waived || {}, indicator, waiver) } };
}

function put<V>(record: Readonly<Record<string, V>>, key: string, value: V | undefined): Readonly<Record<string, V>> {
  if (value !== undefined) return { ...record, [key]: value };
  const { [key]: _, ...rest } = record;
  return rest as Readonly<Record<string, V>>;
}
