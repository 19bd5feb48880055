import { describe, expect, it } from 'vitest';
import { ageLimits, KEEP_EVERYTHING, retentionPolicySchema, setsLimit } from './policy';

const DAY = 86_400;

describe('a retention policy', () => {
  it('sets no limit by default', () => {
    expect(setsLimit(KEEP_EVERYTHING)).toBe(false);
    expect(retentionPolicySchema.parse(KEEP_EVERYTHING)).toEqual(KEEP_EVERYTHING);
  });

  it('gives a category its own days, fewer or more than the general ones', () => {
    const limits = ageLimits(
      { ...KEEP_EVERYTHING, max_age_days: 30, category_days: { daemon: 2, training: 365 } },
      1000 * DAY,
    );
    expect(limits.map(({ days, before }) => [days, before])).toEqual([
      [365, 635 * DAY],
      [30, 970 * DAY],
      [2, 998 * DAY],
    ]);
    expect(limits[0]?.categories).toEqual(['training']);
    expect(limits[2]?.categories).toEqual(['daemon']);
    expect(limits[1]?.categories).not.toContain('daemon');
  });

  it('limits only the named categories where there are no general days', () => {
    const limits = ageLimits({ ...KEEP_EVERYTHING, category_days: { daemon: 2 } }, 0);
    expect(limits.flatMap(({ categories }) => categories)).toEqual(['daemon']);
  });

  it.each([
    { ...KEEP_EVERYTHING, max_age_days: 0 },
    { ...KEEP_EVERYTHING, max_bytes: 10 },
    { ...KEEP_EVERYTHING, category_days: { nonsense: 3 } },
    { ...KEEP_EVERYTHING, keep_types: ['drop table'] },
    { ...KEEP_EVERYTHING, surprise: true },
  ])('refuses what it cannot keep: %o', (policy) => {
    expect(retentionPolicySchema.safeParse(policy).success).toBe(false);
  });
});
