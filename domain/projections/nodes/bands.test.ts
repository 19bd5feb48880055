import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope';
import { event, T0 } from '../testing/event';
import { folded } from '../testing/run';
import { availabilityOf, bandsOf, nodeEntity, transitionsSince } from '.';

const about = (type: string, at: number, more: Record<string, string | number> = {}, hostname = 'n1') =>
  event(type, { node_id: 'n1', ...more }, at, { hostname });

const clockTo = (at: number) => event('WORK_QUEUED', {}, at, { hostname: 'other' });

function nodeOf(events: readonly StoredEvent[]) {
  const { nodes } = folded(events).states();
  const node = nodes.nodes.get('n1');
  if (node === undefined) throw new Error('n1 is not known');
  return { node, state: nodes, clock: nodes.clock ?? 0 };
}

function bands(events: readonly StoredEvent[], since = 0) {
  const { node, clock } = nodeOf(events);
  return bandsOf(node, T0 + since, clock).map(({ from, to, status }) => [from - T0, to - T0, status]);
}

const TYPES = [
  ...['HOST_ONLINE', 'HOST_OFFLINE', 'NODE_UNHEALTHY', 'HEALTH_CHECK_PASSED', 'NODE_OVERLOADED'],
  ...['BACKPRESSURE_RELEASED', 'SELFPLAY_COMPLETE', 'TASK_ORPHANED', 'WORK_QUEUED'],
];
const histories = fc
  .array(
    fc.record({
      type: fc.constantFrom(...TYPES),
      seconds: fc.nat(20_000),
      hostname: fc.constantFrom('n1', 'other'),
    }),
    { minLength: 1, maxLength: 50 },
  )
  .map((all) => [
    about('TASK_ORPHANED', 0, {}, 'other'),
    ...all.map(({ type, seconds, hostname }) => about(type, seconds, {}, hostname)),
  ]);

describe('state bands', () => {
  it('end with the status that the node has, and leave no hole', () => {
    fc.assert(
      fc.property(histories, (events) => {
        const { node, state, clock } = nodeOf(events);
        if (clock <= T0) return;
        const found = bandsOf(node, T0, clock);
        const atClock = bandsOf(node, T0, clock + 1e-3);
        expect(atClock.at(-1)?.status).toBe(nodeEntity(state, 'n1')?.status);
        expect(found[0]?.from).toBe(T0);
        expect(found.at(-1)?.to).toBe(clock);
        for (const [index, band] of found.entries())
          if (index > 0) expect(band.from).toBe(found[index - 1]?.to);
      }),
      { numRuns: 300 },
    );
  });

  it('follow what the cluster declared, silence, illness and overload, in this order', () => {
    const events = [
      about('HOST_ONLINE', 100),
      about('NODE_OVERLOADED', 200),
      about('NODE_UNHEALTHY', 300),
      about('HEALTH_CHECK_PASSED', 400, { cpu_util: 0.2 }),
      about('HOST_OFFLINE', 2_000, {}, 'other'),
      about('HOST_ONLINE', 2_500),
      clockTo(2_600),
    ];
    expect(bands(events)).toEqual([
      [0, 100, 'unknown'],
      [100, 200, 'online'],
      [200, 300, 'overloaded'],
      [300, 400, 'unhealthy'],
      [400, 1_300, 'online'],
      [1_300, 2_000, 'stale'],
      [2_000, 2_500, 'offline'],
      [2_500, 2_600, 'online'],
    ]);
    expect(bands(events, 2_100)).toEqual([
      [2_100, 2_500, 'offline'],
      [2_500, 2_600, 'online'],
    ]);
  });

  it('give an outage that is reported late its place', () => {
    const late = [
      about('HOST_ONLINE', 0),
      about('HOST_ONLINE', 600),
      about('HOST_OFFLINE', 200, {}, 'other'),
    ];
    expect(bands(late)).toEqual([
      [0, 200, 'online'],
      [200, 600, 'offline'],
    ]);
  });

  it('name the event that began them', () => {
    const down = about('HOST_OFFLINE', 100, {}, 'other');
    const { node } = nodeOf([about('HOST_ONLINE', 0), down, clockTo(200)]);
    expect(bandsOf(node, T0, T0 + 200).at(-1)).toMatchObject({ status: 'offline', seq: down.seq });
  });
});

describe('availability', () => {
  const availability = (events: readonly StoredEvent[], since = 0) => {
    const { node, clock } = nodeOf(events);
    return availabilityOf(node, [clock - T0 - since], clock)[0];
  };

  it('counts time online as up, also while unhealthy, and leaves out what is not known', () => {
    const events = [about('HOST_ONLINE', 100), about('NODE_UNHEALTHY', 200), clockTo(700)];
    expect(availability(events)).toEqual({ up: 600, known: 600 });
    expect(availability([...events, about('HOST_OFFLINE', 800, {}, 'other'), clockTo(1_000)])).toEqual({
      up: 700,
      known: 900,
    });
  });

  it('counts silence from 15 minutes on as down', () => {
    expect(availability([about('HOST_ONLINE', 0), clockTo(1_800)])).toEqual({ up: 900, known: 1_800 });
  });

  it('never exceeds what is known', () => {
    fc.assert(
      fc.property(histories, fc.nat(20_000), (events, since) => {
        const { up, known } = availability(events, since) ?? { up: NaN, known: NaN };
        expect(up).toBeGreaterThanOrEqual(0);
        expect(up).toBeLessThanOrEqual(known + 1e-6);
      }),
    );
  });
});

describe('flapping', () => {
  it('counts goings, comings, illness and recovery', () => {
    const { node } = nodeOf([
      about('HOST_ONLINE', 0),
      about('HOST_OFFLINE', 10, {}, 'other'),
      about('HOST_ONLINE', 20),
      about('NODE_UNHEALTHY', 30),
      about('NODE_UNHEALTHY', 40),
      about('HEALTH_CHECK_PASSED', 50),
    ]);
    expect(transitionsSince(node, T0)).toBe(4);
    expect(transitionsSince(node, T0 + 25)).toBe(2);
  });
});
