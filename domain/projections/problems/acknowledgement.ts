import { isAction } from '../../actions/actor';
import type { Severity, StoredEvent } from '../../events/envelope';
import { SEVERITIES } from '../../events/envelope';
import type { Acknowledgement } from '../../realtime/entities';
import type { Touch } from '../projection';
import { lineField, nameField } from '../shared/fields';
import { refOf } from '../shared/order';
import { LIFECYCLE_PROBLEM_IDS, lifecycleProblem } from './lifecycle-problems';
import type { ProblemsState, Seen } from './state';

/** Published by operators only, for a problem that somebody takes care of. */
export const PROBLEM_ACKNOWLEDGED = 'RINGSIDE_PROBLEM_ACKNOWLEDGED';

/** Notes an acknowledgement at the problem that is open now; of one that is not, nothing is kept. */
export function acknowledge(state: ProblemsState, event: StoredEvent, touch: Touch, topic: string): void {
  if (event.eventType !== PROBLEM_ACKNOWLEDGED || !isAction(event)) return;
  const id = nameField(event.payload, 'problem_id');
  if (id === null) return;
  const open = state.open.get(id);
  const severity = open?.severity ?? (LIFECYCLE_PROBLEM_IDS.includes(id) ? 'warning' : null);
  if (severity === null || (open === undefined && lifecycleProblem(state.lifecycle, id) === undefined))
    return;
  const seen: Seen = {
    by: lineField(event.payload, 'actor') ?? event.source,
    reason: lineField(event.payload, 'reason') ?? '',
    ...{ at: event.timestamp, event: refOf(event), severity },
  };
  if (open === undefined) state.seen.set(id, seen);
  else open.seen = seen;
  touch(topic, id);
}

/** True while a report is no worse than what the operator saw. */
export function covers(seen: Seen, severity: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(seen.severity);
}

/** What pages are told of it. */
export function shownSeen(seen: Seen | null | undefined): Acknowledgement | null {
  if (seen == null) return null;
  const { by, reason, at, event } = seen;
  return { by, reason, at, event };
}
