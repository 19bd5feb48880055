import { describe, expect, it } from 'vitest';
import { eventRow as row } from '@/domain/events/row.test-support';
import { readOn, type HistoryPage, type ReadOn } from './read-on';
import { cursorAt } from './search-place';

/** History of 100 events: every tenth matches, a search comes through 25 in its time. */
const page = (cursor: string): HistoryPage => {
  const below = Number(atob(cursor).split(':')[1]);
  const to = Math.max(1, below - 25);
  const events = Array.from({ length: 100 }, (_, n) => 100 - n)
    .filter((seq) => seq % 10 === 0 && seq < below && seq >= to)
    .map(row);
  if (to === 1) return { events, next_cursor: null, head_seq: 100 };
  return { events, next_cursor: cursorAt('desc', to), head_seq: 100, scanned_to: to };
};

function reading(over: Partial<ReadOn> = {}) {
  const seqs: number[] = [];
  const shares: number[] = [];
  const caller = new AbortController();
  const done = readOn({
    from: 91,
    read: (cursor) => Promise.resolve(page(cursor)),
    found: (rows) => {
      seqs.push(...rows.map(({ seq }) => seq));
      return true;
    },
    searched: (share) => shares.push(share),
    signal: caller.signal,
    pause: () => Promise.resolve(),
    ...over,
  });
  return { done, seqs, shares, caller };
}

describe('reading on', () => {
  it('finds each match once down to the start of history, and says how far it is', async () => {
    const { done, seqs, shares } = reading();
    await done;
    expect(seqs).toEqual([90, 80, 70, 60, 50, 40, 30, 20, 10]);
    expect(shares.map((share) => Math.round(share * 100))).toEqual([34, 59, 84, 100]);
  });

  it('ends once the list is full', async () => {
    const found: number[] = [];
    const { done, shares } = reading({
      found: (rows) => {
        found.push(...rows.map(({ seq }) => seq));
        return found.length < 4;
      },
    });
    await done;
    expect(shares).toHaveLength(2);
  });

  it('asks again where a page could not be read', async () => {
    let calls = 0;
    const { done, seqs } = reading({
      read: (cursor) => {
        calls += 1;
        return calls % 2 === 0 ? Promise.resolve(page(cursor)) : Promise.reject(new Error('locked'));
      },
    });
    await done;
    expect([calls, seqs.length]).toEqual([8, 9]);
  });

  it('ends, and tells nothing, once nobody waits', async () => {
    const { done, seqs, caller } = reading();
    caller.abort();
    await done;
    expect(seqs).toEqual([]);
  });
});
