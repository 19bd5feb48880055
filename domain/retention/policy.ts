import * as z from 'zod';
import { CATEGORIES, type CategoryId } from '../events/catalogue/categories';

const DAY_SECONDS = 86_400;
const days = z.int().min(1).max(36_500);
const categoryIds = CATEGORIES.map(({ id }) => id);

/**
 * How long events are kept. `null` sets no limit, and nothing is removed where nothing sets one. Ages count event time.
 * A category with days of its own follows those alone, whether they are fewer or more than the general ones.
 */
export const retentionPolicySchema = z.strictObject({
  max_age_days: days.nullable(),
  /** Bytes of `ringside.db` in use; above it the oldest events go, whatever their category. */
  max_bytes: z
    .int()
    .min(50_000_000, 'give at least 50 MB: the state and the index need room too')
    .max(1e15)
    .nullable(),
  category_days: z.partialRecord(z.enum(categoryIds), days),
  /** Canonical names of types that are never removed. */
  keep_types: z
    .array(z.string().regex(/^[A-Z0-9_.:-]{1,200}$/, 'give canonical names, such as MODEL_PROMOTED'))
    .max(200),
  /** Keep what operators did, that is what Ringside itself published. */
  keep_manual: z.boolean(),
});
export type RetentionPolicy = z.infer<typeof retentionPolicySchema>;

/** No limit; and once one is set, what decides about champions, and what operators did, stays. */
export const KEEP_EVERYTHING: RetentionPolicy = {
  max_age_days: null,
  max_bytes: null,
  category_days: {},
  keep_types: ['MODEL_PROMOTED', 'PROMOTION_ROLLED_BACK', 'TRAINING_ROLLBACK_COMPLETED'],
  keep_manual: true,
};

/** Categories that share a period, and the event time (epoch seconds) before which their events go. */
export interface AgeLimit {
  readonly days: number;
  readonly categories: readonly CategoryId[];
  readonly before: number;
}

/** The limits by age that a policy sets at a time (epoch seconds), the longest period first; categories without a limit are in none. */
export function ageLimits(policy: RetentionPolicy, now: number): AgeLimit[] {
  const byDays = new Map<number, CategoryId[]>();
  for (const { id } of CATEGORIES) {
    const limit = policy.category_days[id] ?? policy.max_age_days;
    if (limit !== null) byDays.set(limit, [...(byDays.get(limit) ?? []), id]);
  }
  return [...byDays]
    .sort(([a], [b]) => b - a)
    .map(([limit, categories]) => ({ days: limit, categories, before: now - limit * DAY_SECONDS }));
}

/** True for a policy that removes anything at all. */
export function setsLimit(policy: RetentionPolicy): boolean {
  return policy.max_bytes !== null || ageLimits(policy, 0).length > 0;
}
