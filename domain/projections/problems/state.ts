import type { Severity } from '../../events/envelope';
import type { Acknowledgement, EventRef } from '../../realtime/entities';
import { initialLifecycle, type LifecycleState } from '../lifecycle';
import type { Stamp } from '../shared/order';
import type { Holds } from './holds';
import type { SubjectKind } from './rules';

/** What an operator has seen, and how bad it was then. */
export type Seen = Acknowledgement & { readonly severity: Severity };

export type Problem = {
  id: string;
  severity: Severity;
  title: string;
  detail: string;
  subject_kind: SubjectKind;
  subject: string;
  page: string;
  /** Newest report. */
  at: Stamp;
  since: number;
  count: number;
  event: EventRef;
  /** The figure from which on it is over; null where no report named one. */
  level: number | null;
  /** Locks of which none may have moved since; null where it is no matter of locks. */
  locks: readonly string[] | null;
  /** Whether it passes when an hour goes by without a report; else something must close it. */
  passes: boolean;
  /** Forgotten with the problem, so that one that comes back is new. */
  seen: Seen | null;
};

export type ProblemsState = {
  clock: number | null;
  open: Map<string, Problem>;
  /** When problems were last closed, so that an older report that arrives late opens nothing. */
  closed: Map<string, Stamp>;
  /** The newest passed health check by node: of one that is declared offline it is told that it answers. */
  answers: Map<string, EventRef>;
  /** Acknowledgements of problems that lifecycle findings add up to, by problem id. */
  seen: Map<string, Seen>;
  /** Which models are held after a rollback. */
  holds: Holds;
  /** The lifecycle check, whose findings add up to problems. */
  lifecycle: LifecycleState;
};

export function initialProblems(): ProblemsState {
  return {
    ...{ clock: null, open: new Map(), closed: new Map(), answers: new Map() },
    ...{ seen: new Map(), holds: new Map() },
    lifecycle: initialLifecycle(),
  };
}
