import type { StoredEvent } from '../../events/envelope';
import type { EventRef } from '../../realtime/entities';
import { lineField, numberField } from '../shared/fields';
import { insertSorted, type Stamp } from '../shared/order';

/**
 * What happened in a config's quality loop, apart from scores. `degraded` and `warning` say that quality is too low,
 * `lift` that it is back; `check` is a failed check, which says nothing about quality; the others are reactions.
 */
export type MarkKind =
  | 'degraded'
  | 'warning'
  | 'penalty'
  | 'rate'
  | 'target'
  | 'feedback'
  | 'block'
  | 'boost'
  | 'check'
  | 'lift';

/** `a` and `b` are what the event compares (quality with threshold) or changes (from, to); see `FIGURES`. */
export type Mark = Stamp & {
  id: string;
  kind: MarkKind;
  a: number | null;
  b: number | null;
  c: number | null;
};

type Fields = readonly [type: string, a: string | null, b: string, c?: string];

/** Event type of each kind, and the payload fields of its figures. */
const FIGURES: Readonly<Record<MarkKind, Fields>> = {
  check: ['QUALITY_CHECK_FAILED', null, 'quality'],
  degraded: ['QUALITY_DEGRADED', 'current_quality', 'threshold', 'quality_drop_pct'],
  warning: ['LOW_QUALITY_DATA_WARNING', 'avg_quality', 'threshold'],
  penalty: ['QUALITY_PENALTY_APPLIED', null, 'penalty_factor'],
  rate: ['SELFPLAY_RATE_CHANGED', 'old_rate', 'new_rate'],
  target: ['SELFPLAY_TARGET_UPDATED', 'old_target', 'new_target'],
  block: ['TRAINING_BLOCKED_BY_QUALITY', 'quality', 'required_quality'],
  boost: ['EXPLORATION_BOOST', null, 'boost_factor'],
  feedback: ['QUALITY_FEEDBACK_ADJUSTED', 'old_weight', 'new_weight'],
  lift: ['QUALITY_FEEDBACK_ADJUSTED', 'old_weight', 'new_weight'],
};

const KINDS: readonly MarkKind[] = [
  ...(['degraded', 'warning', 'penalty', 'rate', 'target', 'block', 'boost', 'check'] as const),
];
const BY_TYPE = new Map<string, MarkKind>(KINDS.map((kind) => [FIGURES[kind][0], kind]));

/** What the event is in the loop; null for other types and for changes that have nothing to do with quality. */
export function markOf(event: StoredEvent): Mark | null {
  const kind = kindOf(event);
  if (kind === null) return null;
  const [, a, b, c] = FIGURES[kind];
  return {
    t: event.timestamp,
    s: event.seq,
    id: event.eventId,
    kind,
    a: a === null ? null : numberField(event.payload, a),
    b: numberField(event.payload, b),
    c: c === undefined ? null : numberField(event.payload, c),
  };
}

/** A target may change for other reasons than quality, and feedback may tighten as well as lift. */
function kindOf(event: StoredEvent): MarkKind | null {
  if (event.eventType === 'QUALITY_FEEDBACK_ADJUSTED') return saysLifted(event) ? 'lift' : 'feedback';
  const kind = BY_TYPE.get(event.eventType) ?? null;
  if (kind !== 'target') return kind;
  return lineField(event.payload, 'reason')?.includes('quality') === true ? kind : null;
}

/** Feedback that lifts a penalty: it says that quality recovered, or the weight is back at its full value. */
export function saysLifted({ payload }: StoredEvent): boolean {
  if (lineField(payload, 'reason')?.includes('recovered') === true) return true;
  return (numberField(payload, 'new_weight') ?? 0) >= 1;
}

/** Adds a mark at its place; past `cap` the oldest tenth goes. */
export function addMark(marks: Mark[], mark: Mark, cap: number): void {
  insertSorted(marks, mark);
  if (marks.length > cap) marks.splice(0, marks.length - Math.floor(cap * 0.9));
}

/** The event behind a mark. */
export function refOfMark(mark: Mark, config: string): EventRef {
  const [event_type] = FIGURES[mark.kind];
  return { event_id: mark.id, seq: mark.s, event_type, timestamp: mark.t, config, node: null };
}
