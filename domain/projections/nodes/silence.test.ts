import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSign, isSilent, signs, STALE_AFTER_S, staleSpans } from './silence';

const moments = fc.array(fc.integer({ min: 0, max: 40_000 }), { minLength: 1, maxLength: 40 });

function heard(all: readonly number[]) {
  const state = signs();
  for (const t of all) addSign(state, t);
  return state;
}

describe('signs of life', () => {
  it('leave the same silences in any order', () => {
    const shuffled = moments.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        const sorted = [...all].sort((a, b) => a - b);
        const gaps = sorted.flatMap((t, index) => {
          const before = sorted[index - 1] ?? t;
          return t - before > STALE_AFTER_S ? [before, t] : [];
        });
        expect(heard(other)).toEqual(heard(all));
        expect(heard(all)).toMatchObject({ first: sorted[0], last: sorted.at(-1), gaps });
      }),
    );
  });

  it('make a node stale 15 minutes after the last, until the next', () => {
    const state = heard([0, 2_000, 2_500]);
    expect(staleSpans(state, 2_600)).toEqual([[900, 2_000]]);
    expect(staleSpans(state, 6_000)).toEqual([
      [900, 2_000],
      [3_400, 6_000],
    ]);
  });

  it('are missed at the full minute', () => {
    expect(isSilent(0, 959)).toBe(false);
    expect(isSilent(0, 960)).toBe(true);
    expect(isSilent(null, 10_000)).toBe(false);
  });

  it('stay bounded, and say up to when silences were forgotten', () => {
    const state = heard(Array.from({ length: 500 }, (_, index) => index * 1_000));
    expect(state.gaps.length).toBeLessThanOrEqual(120);
    expect(state.cutTo).toBe(state.gaps[0]);
  });
});
