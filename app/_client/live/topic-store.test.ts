import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '@/domain/json';
import type { TopicPatch, TopicSnapshot } from '@/domain/realtime/contract';
import type { HeldTopic } from './topic-store';
import { applyPatch, emptyTopic, fromSnapshot, isNewer, requestFor } from './topic-store';

const snapshot = (rev: number, entries: TopicSnapshot['entries'] = [], epoch = 'e1'): TopicSnapshot => ({
  kind: 'snapshot',
  topic: 't',
  epoch,
  rev,
  as_of_seq: rev * 10,
  entries,
});

const patch = (prev: number, rev: number, rest: Partial<TopicPatch> = {}): TopicPatch => ({
  kind: 'patch',
  topic: 't',
  epoch: 'e1',
  prev,
  rev,
  as_of_seq: rev * 10,
  set: [],
  merge: [],
  del: [],
  ...rest,
});

describe('applyPatch', () => {
  const held = fromSnapshot(snapshot(5, [['a', 1]]));

  it('sets and deletes whole entities and moves the revision', () => {
    const outcome = applyPatch(held, patch(5, 6, { set: [['b', { x: 2 }]], del: ['a'] }));
    expect(outcome).toMatchObject({ kind: 'applied', held: { rev: 6, asOfSeq: 60 } });
    expect(outcome.kind === 'applied' && [...outcome.held.entities]).toEqual([['b', { x: 2 }]]);
    expect([...held.entities]).toEqual([['a', 1]]);
  });

  it('ignores what it holds already', () => {
    expect(applyPatch(held, patch(4, 5))).toEqual({ kind: 'stale' });
  });

  it('reports a missing revision, another epoch, and a patch before any snapshot', () => {
    expect(applyPatch(held, patch(6, 7))).toEqual({ kind: 'gap' });
    expect(applyPatch(held, patch(5, 6, { epoch: 'e2' }))).toEqual({ kind: 'gap' });
    expect(applyPatch(emptyTopic('t'), patch(0, 1))).toEqual({ kind: 'gap' });
  });

  it('makes another Map where no entity differs: the state was folded anew, and what follows the Map asks again', () => {
    const outcome = applyPatch(held, patch(5, 6));
    expect(outcome.kind === 'applied' && outcome.held.entities).not.toBe(held.entities);
    expect(outcome).toMatchObject({ held: { rev: 6, entities: held.entities } });
  });

  it('merges the fields that changed into the entity that is held', () => {
    const before = fromSnapshot(snapshot(5, [['a', { x: 1, y: 2 }]]));
    const fields = JSON.parse('{"y":3,"__proto__":4}') as Json;
    const outcome = applyPatch(before, patch(5, 6, { merge: [['a', fields]] }));
    const after = outcome.kind === 'applied' ? outcome.held.entities.get('a') : null;
    expect(JSON.stringify(after)).toBe('{"x":1,"y":3,"__proto__":4}');
    expect(before.entities.get('a')).toEqual({ x: 1, y: 2 });
  });

  it('treats __proto__ as a key like any other', () => {
    const outcome = applyPatch(held, patch(5, 6, { set: [['__proto__', { polluted: true }]] }));
    expect(outcome.kind === 'applied' && outcome.held.entities.get('__proto__')).toEqual({ polluted: true });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('isNewer', () => {
  const held = fromSnapshot(snapshot(5));

  it('takes anything when nothing is held, then only later revisions', () => {
    expect(isNewer(snapshot(1), emptyTopic('t'), false)).toBe(true);
    expect(isNewer(snapshot(6), held, true)).toBe(true);
    expect(isNewer(snapshot(5), held, false)).toBe(false);
  });

  it('takes another epoch only where the socket does not know better', () => {
    expect(isNewer(snapshot(1, [], 'e2'), held, false)).toBe(true);
    expect(isNewer(snapshot(9, [], 'e2'), held, true)).toBe(false);
  });
});

it('requests a resume only of what is held', () => {
  expect(requestFor(emptyTopic('t'))).toEqual({ topic: 't' });
  expect(requestFor(fromSnapshot(snapshot(5)))).toEqual({ topic: 't', epoch: 'e1', rev: 5 });
});

/** A server's history of one topic: the state after each revision, and the patch between any two. */
const KEYS = ['a', 'b', '__proto__', 'constructor'];
const change = fc.record({
  key: fc.constantFrom(...KEYS),
  value: fc.option(fc.integer(), { nil: undefined }),
});

function serverStates(
  changes: readonly { key: string; value: number | undefined }[],
): ReadonlyMap<string, Json>[] {
  const states = [new Map<string, Json>()];
  for (const { key, value } of changes) {
    const next = new Map(states.at(-1));
    if (value === undefined) next.delete(key);
    else next.set(key, value);
    states.push(next);
  }
  return states;
}

function patchBetween(states: readonly ReadonlyMap<string, Json>[], prev: number, rev: number): TopicPatch {
  const after = states[rev]!;
  // A coalescing server names every key that any change in between touched, as it is at `rev`.
  const touched = [...new Set(states.slice(prev, rev + 1).flatMap((state) => [...state.keys()]))];
  return patch(prev, rev, {
    set: touched.flatMap((key) => (after.has(key) ? [[key, after.get(key)!] as const] : [])),
    del: touched.filter((key) => !after.has(key)),
  });
}

describe('a client that resubscribes after a gap', () => {
  it('holds what the server holds, whatever patches are lost, repeated or overlap', () => {
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 30 }),
        fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 40 }),
        (changes, deliveries) => {
          const states = serverStates(changes);
          const last = states.length - 1;
          let held: HeldTopic = fromSnapshot(snapshot(0));
          for (const [from, span] of deliveries) {
            const prev = from % last;
            const rev = Math.min(last, prev + 1 + (span % 4));
            const outcome = applyPatch(held, patchBetween(states, prev, rev));
            if (outcome.kind === 'applied') held = outcome.held;
            if (outcome.kind === 'gap') held = fromSnapshot(snapshot(rev, [...states[rev]!]));
            expect(new Map(held.entities)).toEqual(states[held.rev]);
          }
        },
      ),
    );
  });
});
