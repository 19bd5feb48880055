import fc from 'fast-check';
import { validate, version } from 'uuid';
import { describe, expect, it } from 'vitest';

import { createEventIds, isUuid } from './event-ids';

describe('createEventIds', () => {
  it('makes valid version 7 UUIDs that carry the time', () => {
    const next = createEventIds(() => 0x0192_3456_789a);
    const id = next();
    expect(validate(id)).toBe(true);
    expect(version(id)).toBe(7);
    expect(id.startsWith('01923456-789a-7')).toBe(true);
    expect(isUuid(id)).toBe(true);
  });

  it('ascends strictly whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 2, maxLength: 200 }), (clock) => {
        let at = 0;
        const next = createEventIds(() => 1_700_000_000_000 + (clock[at++] ?? 0));
        const ids = clock.map(() => next());
        expect([...ids].sort()).toEqual(ids);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('goes on ascending when a millisecond has more ids than its counter holds', () => {
    const next = createEventIds(() => 1_700_000_000_000);
    const ids = Array.from({ length: 10_000 }, () => next());
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true);
  });

  it('uses random bytes once', () => {
    let filled = 0;
    const next = createEventIds(
      () => 1,
      (pool) => pool.fill(++filled),
    );
    const ids = Array.from({ length: 3000 }, () => next());
    const tails = ids.map((id) => id.slice(24));
    expect(filled).toBeGreaterThan(2);
    expect(tails[0]).toBe('010101010101');
    expect(tails.at(-1)).not.toBe(tails[0]);
  });
});

describe('isUuid', () => {
  it.each([
    '',
    'x',
    '01923456-789a-7',
    'g1923456-789a-7000-8000-000000000000',
    ' 01923456-789a-7000-8000-000000000000',
  ])('refuses %j', (text) => {
    expect(isUuid(text)).toBe(false);
  });
});
