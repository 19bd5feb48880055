import type { CategoryId } from '../../../domain/events/catalogue/categories';
import type { RetentionPolicy } from '../../../domain/retention/policy';

/** Where a pass over the events, oldest first, stands: after the event of this time and seq. */
export interface RemovalPlace {
  readonly timestamp: number;
  readonly seq: number;
}
export const START: RemovalPlace = { timestamp: -1e300, seq: -1 };

/** One pass: which events go. `categories` null means all. */
export interface RemovalPass {
  readonly categories: readonly CategoryId[] | null;
  /** Event time, epoch seconds; older ones go. */
  readonly before: number;
  readonly keep: Pick<RetentionPolicy, 'keep_types' | 'keep_manual'>;
}

/** What came in within the last day stays, whatever its event time: duplicates are recognised by it, and an import gets looked at first. */
export const GRACE_SECONDS = 86_400;

/**
 * The condition, on columns of `events`, for what a pass may remove. What the saved state has not folded yet stays, and
 * what a bridge has not forwarded. `state` names the snapshot that restarts begin with.
 */
export function removableSql(pass: RemovalPass, now: number): { sql: string; params: unknown[] } {
  const conditions = [
    'received_at < ?',
    "seq <= coalesce((SELECT seq FROM state_snapshots WHERE name = 'state'), 0)",
    '(outbound = 0 OR seq <= coalesce((SELECT min(forwarded_seq) FROM bridge_cursors), 0))',
    'event_type NOT IN (SELECT value FROM json_each(?))',
  ];
  const params: unknown[] = [now - GRACE_SECONDS, JSON.stringify(pass.keep.keep_types)];
  if (pass.keep.keep_manual) conditions.push("source <> 'ringside'");
  if (pass.categories !== null) {
    conditions.push('category IN (SELECT value FROM json_each(?))');
    params.push(JSON.stringify(pass.categories));
  }
  return { sql: conditions.join(' AND '), params };
}
