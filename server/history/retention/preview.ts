import { ageLimits, type RetentionPolicy } from '../../../domain/retention/policy';
import { START, type RemovalPass, type RemovalPlace } from './removal-sql';
import type { FileSize } from './size';
import type { RetentionStore } from './store';

export interface RetentionPreview {
  /** Events that would go, in all and per category, the most first. */
  readonly events: number;
  readonly byCategory: readonly { readonly category: string; readonly events: number }[];
  /** Event times of the first and the last that would go; null when none would. */
  readonly oldest: number | null;
  readonly newest: number | null;
  /** Of those, how many go for the size alone, the oldest that are left: a number, not yet told by category. */
  readonly forSize: number;
  readonly size: FileSize & { readonly events: number };
}

/** Counts what a policy would remove now, in questions short enough to leave the readers free for others in between. */
export async function countRemovable(
  store: RetentionStore,
  policy: RetentionPolicy,
  now: number,
): Promise<RetentionPreview> {
  const counts = new Map<string, number>();
  let oldest = Infinity;
  let newest = -Infinity;
  for (const { categories, before } of ageLimits(policy, now)) {
    const pass: RemovalPass = { categories, before, keep: policy };
    for (let place: RemovalPlace | null = START; place;) {
      const slice = await store.preview(pass, place, now);
      for (const { category, events } of slice.counts)
        counts.set(category, (counts.get(category) ?? 0) + events);
      oldest = Math.min(oldest, slice.oldest ?? Infinity);
      newest = Math.max(newest, slice.newest ?? -Infinity);
      place = slice.next;
    }
  }
  const byAge = [...counts.values()].reduce((sum, n) => sum + n, 0);
  const size = await store.size();
  const forSize = eventsAbove(policy, size, byAge);
  return {
    events: byAge + forSize,
    byCategory: [...counts]
      .map(([category, events]) => ({ category, events }))
      .sort((a, b) => b.events - a.events),
    oldest: Number.isFinite(oldest) ? oldest : null,
    newest: Number.isFinite(newest) ? newest : null,
    forSize,
    size,
  };
}

/** How many events more must go to fit the size, by the bytes that an event takes on average. */
function eventsAbove(
  { max_bytes: limit }: RetentionPolicy,
  { usedBytes, events }: FileSize & { readonly events: number },
  going: number,
): number {
  if (limit === null || events === 0) return 0;
  const perEvent = usedBytes / events;
  return Math.max(0, Math.ceil((usedBytes - going * perEvent - limit) / perEvent));
}
