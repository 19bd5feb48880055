import type { Severity, StoredEvent } from '../../events/envelope';
import type { ProblemEntity } from '../../realtime/entities';
import { lineField } from '../shared/fields';

export type SubjectKind = ProblemEntity['subject_kind'];

/** What a report says; the texts are for an operator who was not there. */
export type Report = {
  id: string;
  severity: Severity;
  title: string;
  detail: string;
  kind: SubjectKind;
  subject: string;
  page: string;
  /** True for a problem that nothing closes: it passes an hour after its last report. */
  passes?: true;
  /** Of a problem that is over when one of them moves: its locks. */
  locks?: readonly string[];
  /** The figure from which on it is over, where the report names one. */
  level?: number | null;
  /** True where that figure counts only if it is above the one named before. */
  raises?: boolean;
};

/** Reports that an event makes, and ids that it closes. An event may do both. */
export type ProblemRule = {
  opens?: (event: StoredEvent) => Report | readonly Report[] | null;
  closes?: (event: StoredEvent, levelOf: LevelOf) => readonly (string | null)[];
};

/** The level that the newest report of an open problem named; null where it is not open or named none. */
export type LevelOf = (id: string) => number | null;

export type ProblemRules = readonly (readonly [types: readonly string[], rule: ProblemRule])[];

/** The tab that shows tasks, locks and deadlocks. */
export const TASKS_PAGE = '/work?tab=tasks';

export const NO_REASON = 'no reason given';

/** The first of these payload fields that holds text, as one line: what a problem says below its title. */
export function firstLine(event: StoredEvent, ...keys: string[]): string {
  for (const key of keys) {
    const line = lineField(event.payload, key);
    if (line !== null) return line;
  }
  return NO_REASON;
}
