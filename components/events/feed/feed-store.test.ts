import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventRow } from '@/domain/events/envelope';
import { eventRow as row } from '@/domain/events/row.test-support';
import type { FeedState } from './feed-store';
import { addNewer, addOlder, hasNewer, hold, receive, receiveReset, release, startFeed } from './feed-store';

const rows = (...seqs: number[]): EventRow[] => seqs.map(row);
const range = (from: number, to: number): EventRow[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => row(from + index));
const seqs = (list: readonly EventRow[]): number[] => list.map((each) => each.seq);
const SMALL = { body: 6, head: 3 };

describe('live tail', () => {
  it('appends frames in order and ignores repeats', () => {
    let state = startFeed(rows(1, 2), 2, false);
    state = receive(state, rows(3, 4), 4);
    state = receive(state, rows(4, 5), 5);
    expect(seqs(state.body)).toEqual([1, 2, 3, 4, 5]);
    expect(state.older).toBe(false);
  });

  it('keeps the newest rows within its bound and knows that history has the others', () => {
    const state = receive(startFeed(range(1, 5), 5, false, SMALL), range(6, 9), 9);
    expect(seqs(state.body)).toEqual([4, 5, 6, 7, 8, 9]);
    expect(state.older).toBe(true);
  });

  it('remembers what the server considered, matches or not', () => {
    expect(receive(startFeed([], 10, false), [], 25).considered).toBe(25);
  });

  it('starts over where the server says that too much was missed', () => {
    const state = receiveReset(startFeed(range(1, 5), 5, false), range(90, 95), 95);
    expect(seqs(state.body)).toEqual([90, 91, 92, 93, 94, 95]);
    expect(state.older).toBe(true);
  });
});

describe('hold and release', () => {
  it('counts arrivals, moves nothing, and shows them all at the release', () => {
    const held = receive(hold(startFeed(range(1, 3), 3, false)), range(4, 6), 6);
    expect([seqs(held.body), held.waiting]).toEqual([[1, 2, 3], 3]);
    const live = release(held);
    expect([seqs(live.body), live.waiting]).toEqual([[1, 2, 3, 4, 5, 6], 0]);
  });

  it('leaves to history what the head could not keep', () => {
    const held = receive(hold(startFeed(range(1, 4), 4, false, SMALL)), range(5, 11), 11);
    expect(held.waiting).toBe(7);
    const live = release(held);
    expect(seqs(live.body)).toEqual([9, 10, 11]);
    expect(seqs(addOlder(live, 9, range(6, 8), true).body)).toEqual([6, 7, 8, 9, 10, 11]);
  });

  it('says that the count is a lower bound after a reset', () => {
    const held = receiveReset(hold(startFeed(range(1, 3), 3, false)), range(50, 51), 51);
    expect([held.waiting, held.waitingExact, seqs(held.body)]).toEqual([2, false, [1, 2, 3]]);
    expect(seqs(release(held).body)).toEqual([50, 51]);
  });

  it('drops everything when the history itself started over', () => {
    const held = receiveReset(hold(startFeed(range(50, 60), 60, false)), rows(1, 2), 2);
    expect(seqs(held.body)).toEqual([1, 2]);
    expect(seqs(receive(release(held), rows(3), 3).body)).toEqual([1, 2, 3]);
  });
});

describe('pages from history', () => {
  it('makes room at the top while reading back, and refills it on the way up', () => {
    let state = hold(startFeed(range(11, 16), 16, true, SMALL));
    state = addOlder(state, 11, range(7, 10), true);
    expect([seqs(state.body), hasNewer(state), state.above]).toEqual([[7, 8, 9, 10, 11, 12], true, 4]);
    state = addNewer(state, 12, range(13, 18));
    expect([seqs(state.body), hasNewer(state), state.above]).toEqual([[11, 12, 13, 14, 15, 16], false, 0]);
  });

  it('puts nothing that made room before arrivals that it does not join up with', () => {
    let state = receiveReset(hold(startFeed(range(11, 16), 16, true, SMALL)), rows(50, 51), 51);
    state = addOlder(state, 11, range(7, 10), true);
    expect([seqs(state.body), state.above, seqs(state.head)]).toEqual([[7, 8, 9, 10, 11, 12], 4, [50, 51]]);
  });

  it('stops asking for rows that history no longer has', () => {
    const back = addOlder(hold(startFeed(range(11, 16), 16, true, SMALL)), 11, range(7, 10), true);
    const state = addNewer(back, 12, []);
    expect([hasNewer(state), state.above]).toEqual([false, 0]);
  });

  it('ignores a page that was overtaken', () => {
    const state = startFeed(range(5, 6), 6, true);
    expect(addOlder(state, 9, range(7, 8), true)).toBe(state);
    expect(addNewer(hold(state), 3, range(4, 9)).body).toEqual(state.body);
  });

  it('fills an empty body, also while held', () => {
    const held = receive(hold(startFeed([], 10, true)), rows(11, 12), 12);
    const filled = addOlder(held, null, rows(9, 8, 11), false);
    expect(seqs(filled.body)).toEqual([8, 9, 11]);
    expect(seqs(release(filled).body)).toEqual([8, 9, 11, 12]);
  });
});

/** A server with a log of matches, of which the client has been told the first `sent`. */
interface Model {
  log: EventRow[];
  sent: number;
  state: FeedState;
  pages: { kind: 'older' | 'newer'; at: number | null; rows: EventRow[]; more: boolean }[];
}
type Step = (model: Model) => void;

const deliver = (model: Model, count: number, repeat: number): void => {
  const to = Math.min(model.log.length, model.sent + count);
  const frame = model.log.slice(Math.max(0, model.sent - repeat), to);
  model.state = receive(model.state, frame, frame.at(-1)?.seq ?? 0);
  model.sent = to;
};
const ask = (model: Model, kind: 'older' | 'newer', size: number): void => {
  const body = model.state.body;
  const at = (kind === 'older' ? body[0] : body.at(-1))?.seq ?? null;
  if (kind === 'newer') {
    if (at === null) return;
    model.pages.push({ kind, at, rows: model.log.filter((r) => r.seq > at).slice(0, size), more: true });
    return;
  }
  const below = model.log.filter((r) => at === null || r.seq < at);
  model.pages.push({ kind, at, rows: below.slice(-size).reverse(), more: below.length > size });
};
const answer = (model: Model): void => {
  const page = model.pages.shift();
  if (page === undefined) return;
  model.state =
    page.kind === 'older'
      ? addOlder(model.state, page.at, page.rows, page.more)
      : addNewer(model.state, page.at ?? 0, page.rows);
};
const grow: fc.Arbitrary<Step> = fc
  .array(fc.integer({ min: 1, max: 3 }), { maxLength: 12 })
  .map((gaps) => (m) => {
    for (const gap of gaps) m.log.push(row((m.log.at(-1)?.seq ?? 0) + gap));
  });
const step: fc.Arbitrary<Step> = fc.oneof(
  grow,
  fc.tuple(fc.nat(8), fc.nat(3)).map(
    ([count, repeat]) =>
      (m: Model) =>
        deliver(m, count, repeat),
  ),
  fc.constant<Step>((m) => (m.state = hold(m.state))),
  fc.constant<Step>((m) => (m.state = release(m.state))),
  fc.tuple(fc.constantFrom('older' as const, 'newer' as const), fc.integer({ min: 1, max: 5 })).map(
    ([kind, size]) =>
      (m: Model) =>
        ask(m, kind, size),
  ),
  fc.constant<Step>(answer),
  fc.integer({ min: 1, max: 5 }).map((limit) => (m: Model) => {
    m.sent = m.log.length;
    m.state = receiveReset(m.state, m.log.slice(-limit), m.log.at(-1)?.seq ?? 0);
  }),
);

/** The stretch of the log that a list of rows claims to be. */
const stretch = (log: readonly EventRow[], list: readonly EventRow[]): number[] =>
  seqs(log.filter((r) => r.seq >= (list[0]?.seq ?? Infinity) && r.seq <= (list.at(-1)?.seq ?? 0)));

const limits = fc.record({ body: fc.integer({ min: 1, max: 12 }), head: fc.integer({ min: 1, max: 6 }) });

describe('laws', () => {
  it('any interleaving leaves stretches of history without hole or repeat, within their bounds', () => {
    fc.assert(
      fc.property(limits, fc.nat(6), fc.array(step, { maxLength: 60 }), (bound, first, steps) => {
        const log = range(1, first);
        const model: Model = { log, sent: first, state: startFeed(log, first, false, bound), pages: [] };
        for (const run of steps) {
          const before = model.state;
          run(model);
          const { state } = model;
          expect(seqs(state.body)).toEqual(stretch(model.log, state.body));
          expect(seqs(state.head)).toEqual(stretch(model.log, state.head));
          expect(state.body.length).toBeLessThanOrEqual(bound.body);
          expect(state.head.length).toBeLessThanOrEqual(bound.head);
          const top = state.body.at(-1)?.seq ?? Infinity;
          expect(state.above).toBe(model.log.filter((r) => r.seq > top && r.seq <= state.heldAt).length);
          if (before.held && state.held) expect(state.heldAt).toBeGreaterThanOrEqual(before.heldAt);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('a reader who releases and scrolls to the end sees every match once, in order', () => {
    fc.assert(
      fc.property(
        limits,
        fc.array(step, { maxLength: 60 }),
        fc.integer({ min: 1, max: 5 }),
        (bound, steps, wanted) => {
          const size = Math.min(wanted, bound.body);
          const model: Model = { log: [], sent: 0, state: startFeed([], 0, false, bound), pages: [] };
          for (const run of steps) run(model);
          model.pages = [];
          deliver(model, Infinity, 0);
          model.state = hold(release(model.state));
          const seen = seqs(model.state.body).reverse();
          for (let guard = 0; model.state.older && guard < 500; guard++) {
            const bottom = model.state.body[0]?.seq ?? Infinity;
            ask(model, 'older', size);
            answer(model);
            seen.push(...seqs(model.state.body.filter((r) => r.seq < bottom)).reverse());
          }
          expect(seen).toEqual(seqs(model.log).reverse());
          const up: number[] = seqs(model.state.body);
          for (let guard = 0; hasNewer(model.state) && guard < 500; guard++) {
            const top = up.at(-1) ?? 0;
            ask(model, 'newer', size);
            answer(model);
            up.push(...seqs(model.state.body.filter((r) => r.seq > top)));
          }
          expect(up).toEqual(stretch(model.log, up.map(row)));
          expect(up.at(-1)).toBe(model.log.at(-1)?.seq);
          expect(model.state.waiting).toBe(0);
          expect(seqs(release(model.state).body).at(-1)).toBe(model.log.at(-1)?.seq);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
