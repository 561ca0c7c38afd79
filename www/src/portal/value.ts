/**
 * The value of `<duibiao-check>` in a form: what was entered, and what came of it in short. Its `entry` is a data file as the
 * command and the page read it, in the form that reports record, so that a server can check it again.
 */
import type { Outcome, RecordedEntry, Report } from '../../../src/wasm.d.ts';

export interface Value {
  schema: 'duibiao-value/1';
  standard: { id: string; version: string; digest: string };
  engine: string;
  as_of: string;
  entry: RecordedEntry;
  /** SHA-256 and SM3 of `entry` as JSON by RFC 8785. */
  entry_digest: string;
  /** How many indicators have each outcome; those with none are left out. */
  outcomes: Partial<Record<Outcome, number>>;
  /** Exact decimals or fractions; the score lies between `low` and `high`. */
  score: { low: string; high: string; full: string };
  /** Whether score, floors and vetoes allow to pass; absent while open. */
  passes?: boolean;
  /** A reference, never an official verdict: the standard's own words. */
  notice: string;
}

export function valueOf(report: Report): Value {
  const { id, version, digest, notice } = report.standard;
  const { low, high, full, passes } = report.score;
  const outcomes: Partial<Record<Outcome, number>> = {};
  for (const { outcome } of report.findings) outcomes[outcome] = (outcomes[outcome] || 0) + 1;
  return {
    schema: 'duibiao-value/1', standard: { id, version, digest }, engine: report.engine, as_of: report.as_of,
    entry: report.entry, entry_digest: report.entry_digest, outcomes, score: { low, high, full },
    ...(passes === undefined ? {} : { passes }), notice,
  };
}
