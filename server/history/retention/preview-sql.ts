import type { Connection } from '../../../db/client';
import { removableSql, type RemovalPass, type RemovalPlace } from './removal-sql';

/** Events looked at in one question: a reader is free for others after some tens of milliseconds. */
const PREVIEW_SLICE = 50_000;

export interface PreviewSlice {
  /** Per category: how many events would go, and the bytes of their payloads. */
  readonly counts: readonly { readonly category: string; readonly events: number }[];
  readonly oldest: number | null;
  readonly newest: number | null;
  readonly next: RemovalPlace | null;
}

/** Counts what the next events of a pass would lose, without removing anything; runs in a reader thread. */
export function previewSlice(
  db: Connection,
  pass: RemovalPass,
  after: RemovalPlace,
  now: number,
): PreviewSlice {
  const { sql, params } = removableSql(pass, now);
  const window =
    'SELECT * FROM events WHERE (timestamp, seq) > (?, ?) AND timestamp < ? ORDER BY timestamp, seq LIMIT ?';
  const bounds = [after.timestamp, after.seq, pass.before, PREVIEW_SLICE];
  const counts = db
    .prepare<unknown[], { category: string; events: number; oldest: number; newest: number }>(
      `SELECT category, count(*) AS events, min(timestamp) AS oldest, max(timestamp) AS newest FROM (${window}) WHERE ${sql} GROUP BY 1`,
    )
    .all(...bounds, ...params);
  const last = db
    .prepare<unknown[], RemovalPlace>(
      'SELECT timestamp, seq FROM events WHERE (timestamp, seq) > (?, ?) AND timestamp < ? ORDER BY timestamp, seq LIMIT 1 OFFSET ?',
    )
    .get(after.timestamp, after.seq, pass.before, PREVIEW_SLICE - 1);
  const times = counts.flatMap(({ oldest, newest }) => [oldest, newest]);
  return {
    counts: counts.map(({ category, events }) => ({ category, events })),
    oldest: times.length > 0 ? Math.min(...times) : null,
    newest: times.length > 0 ? Math.max(...times) : null,
    next: last ?? null,
  };
}
