import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../domain/json';
import type { TopicAnswer, TopicPatch, TopicSnapshot } from '../../../domain/realtime/contract';
import { TopicHub } from './topic-hub';

const KEPT = 600;
const KEYS = ['a', 'b', 'c', '__proto__', 'constructor', ''];

function hubOver(
  state: Map<string, Json>,
  watched: () => boolean = () => true,
  bytesPerFlush?: number,
  epoch = 'e0',
): TopicHub {
  const source = { keys: () => state.keys(), entity: (key: string) => state.get(key) };
  return new TopicHub({
    epoch,
    sources: new Map([['t', source]]),
    asOfSeq: () => state.size,
    watched,
    bytesPerFlush,
  });
}

/** A browser that keeps to the contract and notices when the server does not. */
class Client {
  readonly held = new Map<string, Json>();
  connected = false;
  epoch: string | undefined;
  rev: number | undefined;

  take(answer: TopicAnswer): void {
    if (answer.kind === 'unknown') throw new Error('the topic is known');
    if (answer.kind === 'resumed') for (const patch of answer.patches) this.apply(patch);
    else this.restart(answer);
  }

  restart({ epoch, rev, entries }: TopicSnapshot): void {
    this.epoch = epoch;
    this.rev = rev;
    this.held.clear();
    for (const [key, entity] of entries) this.held.set(key, entity);
  }

  apply(patch: TopicPatch): void {
    expect([patch.epoch, patch.prev, patch.rev]).toEqual([this.epoch, this.rev, patch.prev + 1]);
    this.rev = patch.rev;
    for (const [key, entity] of patch.set) this.held.set(key, entity);
    for (const [key, fields] of patch.merge) {
      const held = Object.entries(this.held.get(key) as JsonObject);
      this.held.set(key, Object.fromEntries([...held, ...Object.entries(fields as JsonObject)]));
    }
    for (const key of patch.del) this.held.delete(key);
  }
}

type Step =
  | { do: 'set'; key: string; value: number }
  | { do: 'delete'; key: string }
  | { do: 'flush' }
  | { do: 'restart' }
  | { do: 'busy'; flushes: number }
  | { do: 'toggle'; client: number };

const key = fc.constantFrom(...KEYS);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('set' as const), key, value: fc.nat(99) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), key }) },
  { weight: 5, arbitrary: fc.constant({ do: 'flush' as const }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('toggle' as const), client: fc.nat(2) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('busy' as const),
      flushes: fc.integer({ min: 1, max: 2 * KEPT }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
);

class World {
  readonly state = new Map<string, Json>();
  readonly clients = [new Client(), new Client(), new Client()];
  hub: TopicHub;
  #starts = 0;

  constructor(private readonly bytesPerFlush: number | undefined) {
    this.hub = this.#started();
  }

  #started(): TopicHub {
    const watched = (): boolean => this.clients.some(({ connected }) => connected);
    return hubOver(this.state, watched, this.bytesPerFlush, `e${this.#starts++}`);
  }

  run(next: Step): void {
    if (next.do === 'set') this.#set(next.key, next.value);
    else if (next.do === 'delete') {
      this.state.delete(next.key);
      this.hub.touch('t', next.key);
    } else if (next.do === 'flush') this.flush();
    else if (next.do === 'busy') {
      for (let n = 0; n < next.flushes; n++) {
        this.#set(KEYS[n % 3] ?? 'a', n);
        this.flush();
      }
    } else if (next.do === 'restart') {
      this.hub = this.#started();
      for (const client of this.clients) client.connected = false;
    } else this.toggle(this.clients[next.client]!);
  }

  #set(name: string, value: number): void {
    this.state.set(name, entityOf(value));
    this.hub.touch('t', name);
  }

  /** Until nothing waits for bytes any more. */
  drain(): void {
    for (let n = 0; n < 200; n++) this.flush();
  }

  flush(): void {
    for (const patch of this.hub.flush())
      for (const client of this.clients) if (client.connected) client.apply(patch);
  }

  toggle(client: Client): void {
    client.connected = !client.connected;
    if (client.connected) client.take(this.hub.answer({ topic: 't', epoch: client.epoch, rev: client.rev }));
  }
}

/** Numbers, and objects whose fields come and go. */
function entityOf(value: number): Json {
  if (value % 7 === 0) return value;
  return { x: value % 3, list: [value % 2], ...(value % 4 === 0 ? { rare: value } : {}) };
}

describe('a client that follows snapshot and patches', () => {
  it('ends with exactly the current state, however often it left and came back', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.constantFrom(undefined, 5, 60), (steps, bytes) => {
        const world = new World(bytes);
        for (const next of steps) world.run(next);
        for (const client of world.clients) if (!client.connected) world.toggle(client);
        world.drain();
        const fresh = new Client();
        fresh.take(world.hub.answer({ topic: 't' }));
        expect(fresh.held).toEqual(world.state);
        for (const client of world.clients) {
          expect(client.held).toEqual(world.state);
          expect([client.epoch, client.rev]).toEqual([fresh.epoch, fresh.rev]);
        }
      }),
      { numRuns: 300 },
    );
  });
});

function flushed(flushes: number, watched = () => true): TopicHub {
  const state = new Map<string, Json>();
  const hub = hubOver(state, watched);
  for (let n = 1; n <= flushes; n++) {
    state.set('a', n);
    hub.touch('t', 'a');
    hub.flush();
  }
  return hub;
}
const since = (hub: TopicHub, rev: number, epoch = 'e0'): TopicAnswer =>
  hub.answer({ topic: 't', epoch, rev });
const revs = (answer: TopicAnswer): number[] =>
  answer.kind === 'resumed' ? answer.patches.map(({ rev }) => rev) : [];

describe('an answer', () => {
  it('holds just the patches after the revision named', () => {
    const hub = flushed(5);
    expect(revs(since(hub, 2))).toEqual([3, 4, 5]);
    expect(since(hub, 5)).toEqual({ kind: 'resumed', topic: 't', patches: [] });
  });

  it('reaches back at least 540 patches and at most 600, then it is a snapshot', () => {
    for (const flushes of [KEPT, KEPT + 1, 3 * KEPT + 7]) {
      const hub = flushed(flushes);
      expect(revs(since(hub, flushes - 540))).toHaveLength(540);
      if (flushes > KEPT) expect(since(hub, flushes - KEPT - 1).kind).toBe('snapshot');
    }
  });

  it('is a snapshot for another epoch, a revision not reached yet, and a half-named one', () => {
    const hub = flushed(3);
    expect(since(hub, 3, 'e1').kind).toBe('snapshot');
    expect(since(hub, 4).kind).toBe('snapshot');
    expect(hub.answer({ topic: 't', epoch: 'e0' }).kind).toBe('snapshot');
    expect(hub.answer({ topic: 't', rev: 3 }).kind).toBe('snapshot');
  });

  it('says which topic it does not know, whatever its name', () => {
    for (const topic of ['x', '__proto__', 'constructor'])
      expect(flushed(1).answer({ topic })).toEqual({ kind: 'unknown', topic });
  });
});

describe('a topic that nobody watches', () => {
  it('moves on without patches, so that an older revision is not resumed', () => {
    let watched = true;
    const state = new Map<string, Json>();
    const hub = hubOver(state, () => watched);
    const change = (value: number): TopicPatch[] => {
      state.set('a', value);
      hub.touch('t', 'a');
      return hub.flush();
    };
    expect(change(1)).toHaveLength(1);
    watched = false;
    expect(change(2)).toEqual([]);
    expect(since(hub, 1)).toMatchObject({ kind: 'snapshot', rev: 2, entries: [['a', 2]] });
    watched = true;
    expect(change(3)).toMatchObject([{ prev: 2, rev: 3 }]);
  });
});

describe('a server that started again', () => {
  it('gives a snapshot of its own to who comes with a revision of before', () => {
    const { epoch, rev } = flushed(3).snapshot('t')!;
    const hub = hubOver(new Map([['a', 9]]), () => true, undefined, 'e1');
    expect(hub.answer({ topic: 't', epoch, rev })).toMatchObject({
      kind: 'snapshot',
      epoch: 'e1',
      rev: 0,
      entries: [['a', 9]],
    });
  });
});

describe('a state that was folded anew', () => {
  it('gives each topic a new revision, once, also where no entity differs and nobody looks', () => {
    let watched = true;
    const hub = hubOver(new Map([['a', 1]]), () => watched);
    hub.renewed();
    expect(hub.flush()).toMatchObject([{ prev: 0, rev: 1, set: [], merge: [], del: [] }]);
    expect(hub.flush()).toEqual([]);
    watched = false;
    hub.renewed();
    hub.flush();
    expect(hub.snapshot('t')).toMatchObject({ rev: 2 });
    watched = true;
    expect(hub.flush()).toEqual([]);
  });
});

describe('flush', () => {
  it('computes a key once however often it was touched, and says nothing when nothing was', () => {
    let computed = 0;
    const source = { keys: () => ['a'], entity: () => ++computed };
    const hub = new TopicHub({
      epoch: 'e',
      sources: new Map([['t', source]]),
      asOfSeq: () => 7,
      watched: () => true,
    });
    for (let n = 0; n < 50; n++) hub.touch('t', 'a');
    hub.touch('unknown', 'a');
    expect(hub.flush()).toMatchObject([{ set: [['a', 1]], merge: [], del: [], as_of_seq: 7 }]);
    expect(hub.flush()).toEqual([]);
  });

  it('sends only the fields that changed of what was sent before, and nothing where none did', () => {
    const state = new Map<string, Json>([['a', { x: 1, y: [1] }]]);
    const hub = hubOver(state);
    const change = (entity: Json): TopicPatch[] => {
      state.set('a', entity);
      hub.touch('t', 'a');
      return hub.flush();
    };
    expect(change({ x: 1, y: [1] })).toMatchObject([{ set: [['a', { x: 1, y: [1] }]], merge: [] }]);
    expect(change({ x: 1, y: [2] })).toMatchObject([{ set: [], merge: [['a', { y: [2] }]] }]);
    expect(change({ x: 1, y: [2] })).toEqual([]);
    expect(change({ x: 1 })).toMatchObject([{ set: [['a', { x: 1 }]], merge: [] }]);
  });

  it('pauses after a wide patch, a second at most, and then tells all that came in between', () => {
    const state = new Map<string, Json>();
    const hub = hubOver(state);
    const change = (): number[] => {
      for (let n = 0; n < 60; n++) {
        state.set(`k${n}`, state.size + n + Math.random());
        hub.touch('t', `k${n}`);
      }
      return hub.flush().map(({ set }) => set.length);
    };
    const widths = Array.from({ length: 15 }, change);
    expect(widths.map((all) => all.length)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
    expect(widths.flat()).toEqual([60, 60]);
  });

  it('keeps to its bytes, the longest waiting first', () => {
    const state = new Map<string, Json>(
      Array.from({ length: 100 }, (_, n) => [`k${n}`, { text: 'x'.repeat(80) }]),
    );
    const hub = hubOver(state, () => true, 1_000);
    for (const key of state.keys()) hub.touch('t', key);
    const flushes = Array.from({ length: 60 }, () => hub.flush());
    expect(flushes.flat().flatMap(({ set }) => set.map(([name]) => name))).toEqual([...state.keys()]);
    let bytes = 0;
    for (const [index, patches] of flushes.entries()) {
      bytes += patches.reduce((sum, { set }) => sum + JSON.stringify(set).length, 0);
      // At most one entity too many, which the flushes after it make up for.
      expect(bytes).toBeLessThan(1_000 * (index + 1) + 200);
    }
  });
});
