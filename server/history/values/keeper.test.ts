import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ValueKeeper } from './keeper';
import { STRIPE } from './stripe';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A history of which the test says how long it is, and what it lacks. */
function source(head: number) {
  const stored: number[] = [];
  const state = { head, missing: [] as number[], failing: false };
  const next = vi.fn((full: number) => {
    if (state.failing) return Promise.reject(new Error('disk full'));
    const missing = state.missing.filter((stripe) => stripe < full && !stored.includes(stripe));
    const stripe = missing.at(-1);
    const values = { paths: [], ends: [], bytes: new Uint8Array(), omitted: [] };
    return Promise.resolve(stripe === undefined ? null : { ...values, stripe, missing: missing.length });
  });
  const store = vi.fn(({ stripe }: { stripe: number }) => Promise.resolve(stored.push(stripe)));
  const keeper = new ValueKeeper({ headSeq: () => state.head, next, store });
  return { state, stored, next, keeper };
}

describe('columns of payload values are made', () => {
  it('of all that lacks them, the newest first, and of what comes', async () => {
    const { state, stored, next, keeper } = source(3 * STRIPE);
    state.missing = [0, 1, 2, 3];
    keeper.start();
    await vi.advanceTimersByTimeAsync(1_100);
    expect([stored, keeper.missing]).toEqual([[2, 1, 0], 0]);
    const asked = next.mock.calls.length;
    await vi.advanceTimersByTimeAsync(10_000);
    // Nothing new: it is not asked each second.
    expect(next.mock.calls.length).toBe(asked);
    state.head = 4 * STRIPE;
    await vi.advanceTimersByTimeAsync(2_000);
    expect([stored, keeper.missing]).toEqual([[2, 1, 0, 3], 0]);
    keeper.stop();
  });

  it('again where removals took them, within a minute or so', async () => {
    const { stored, state, keeper } = source(2 * STRIPE);
    state.missing = [0, 1];
    keeper.start();
    await vi.advanceTimersByTimeAsync(2_000);
    stored.length = 0;
    await vi.advanceTimersByTimeAsync(63_000);
    expect(stored).toEqual([1, 0]);
    keeper.stop();
  });

  it('not while events come by the ten thousand, and not once it is stopped', async () => {
    const { state, stored, keeper } = source(0);
    state.missing = [0, 1, 2, 3];
    keeper.start();
    for (let second = 0; second < 5; second++) {
      state.head += 12_000;
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect([stored, keeper.missing]).toEqual([[], null]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(stored).toHaveLength(3);
    state.missing = [3, 4];
    state.head += 2 * STRIPE;
    keeper.stop();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(stored).toHaveLength(3);
  });

  it('once the trouble with the disk has ended', async () => {
    const { state, stored, keeper } = source(STRIPE);
    [state.missing, state.failing] = [[0], true];
    keeper.start();
    await vi.advanceTimersByTimeAsync(2_000);
    state.failing = false;
    expect([stored, keeper.asked]).toEqual([[], 0]);
    await vi.advanceTimersByTimeAsync(31_000);
    expect(stored).toEqual([0]);
    keeper.stop();
  });
});
