import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../../../domain/events/envelope';
import { catalogued } from '../../../../domain/projections/testing/catalogued.test-support';
import { nodeEntity } from '../../../../domain/projections/nodes';
import { event, T0 } from '../../../../domain/projections/testing/event';
import { folded } from '../../../../domain/projections/testing/run';
import { timelines, windowOf } from './bands';
import { nodeDetail } from './detail';
import { fleet } from './fleet';
import { leadership } from './leadership';
import { nodeResults } from './results';

const DAY = 86_400;
const on = (node: string, type: string, at: number, more: Record<string, string | number | boolean> = {}) =>
  event(type, { node_id: node, ...more }, at, { hostname: node });

/** Batches of `names`, one in `every` of which fails on the named one. */
function batches(names: readonly string[], bad: string, every: number, slow = 1): StoredEvent[] {
  return names.flatMap((node, offset) =>
    Array.from({ length: 100 }, (_, index) =>
      on(node, 'SELFPLAY_COMPLETE', 60 * index + offset, {
        games_generated: 100,
        success: !(node === bad && index % every === 0),
        duration_seconds: (100 + (index % 10)) * (node === bad ? slow : 1),
      }),
    ),
  );
}

const NAMES = ['a', 'b', 'c', 'd'];
const online = NAMES.map((node) => on(node, 'HOST_ONLINE', 0, { host_type: 'gh200' }));

describe('results of nodes', () => {
  it('name the node that fails more than the others, with the counts and the interval', () => {
    const { worse, fleet: all } = nodeResults(
      folded([...online, ...batches(NAMES, 'c', 5)]).states().nodes,
      DAY,
    );
    expect(worse).toHaveLength(1);
    expect(worse[0]).toMatchObject({
      node: 'c',
      kind: 'selfplay',
      n: 100,
      value: 20,
      others_n: 300,
      others_failed: 0,
    });
    expect(worse[0]?.p_adjusted).toBeLessThan(1e-6);
    expect(all.selfplay).toEqual([400, 20]);
  });

  it('name the node that takes longer than others of its type', () => {
    const { worse } = nodeResults(
      folded([...online, ...batches(NAMES, 'b', 1_000, 1.2)]).states().nodes,
      DAY,
    );
    expect(worse.map(({ node, kind }) => [node, kind])).toEqual([['b', 'pace']]);
    expect(worse[0]?.value).toBeCloseTo(1.2, 2);
  });

  it('find nothing among equals, and do not test a few trials', () => {
    expect(nodeResults(folded([...online, ...batches(NAMES, '', 1)]).states().nodes, DAY).worse).toEqual([]);
    const few = Array.from({ length: 19 }, (_, at) => on('a', 'WORK_FAILED', at, { work_id: `${at}` }));
    const { rows, worse } = nodeResults(
      folded([...online, ...batches(NAMES, '', 1), ...few]).states().nodes,
      DAY,
    );
    expect(worse).toEqual([]);
    expect(rows.find(({ node }) => node === 'a')?.work).toEqual([19, 19, null]);
  });

  it('spread games over the time that is counted and in which the node is known', () => {
    const hour = 3_600;
    // T0 lies 800 s after the full two hours: a span of 25 h begins with the bucket 13 h before the first batch.
    const old = on('old', 'HOST_ONLINE', -13 * hour);
    const played = ['old', 'new'].flatMap((node) => [
      on(node, 'SELFPLAY_COMPLETE', 0, { games_generated: 600 }),
      on(node, 'SELFPLAY_COMPLETE', 12 * hour, { games_generated: 600 }),
    ]);
    const { nodes } = folded([old, ...played]).states();
    const rates = (span: number) =>
      nodeResults(nodes, span).rows.map(({ node, games, games_per_hour: rate }) => [node, games, rate]);
    expect(rates(7 * DAY)).toEqual([
      ['old', 1_200, 48],
      ['new', 1_200, 100],
    ]);
    // Whole buckets: the one in which the span begins counts from its own beginning.
    const { since, until } = nodeResults(nodes, 11 * hour);
    expect([since % 7_200, until - since]).toEqual([0, 12 * hour + (T0 % 7_200)]);
    expect(rates(11 * hour)[0]?.[2]).toBeCloseTo(1_200 / ((until - since) / hour), 6);
  });

  it('do not compare the pace of different machines', () => {
    const mixed = NAMES.map((node) =>
      on(node, 'HOST_ONLINE', 0, { host_type: node === 'b' ? 'cpu' : 'gh200' }),
    );
    expect(
      nodeResults(folded([...mixed, ...batches(NAMES, 'b', 1_000, 5)]).states().nodes, DAY).worse,
    ).toEqual([]);
  });
});

describe('timelines', () => {
  it('show the worst of each slot where there are too many bands', () => {
    const flapping = Array.from({ length: 100 }, (_, index) =>
      on('a', index % 2 === 0 ? 'NODE_UNHEALTHY' : 'HEALTH_CHECK_PASSED', index * 60),
    );
    const outage = on('a', 'HOST_OFFLINE', 3_000);
    const back = on('a', 'HOST_ONLINE', 3_002);
    const state = folded([on('a', 'HOST_ONLINE', 0), ...flapping, outage, back]).states().nodes;
    const [row] = timelines(state, { nodes: ['a', 'gone'], since: T0, until: null }).rows;
    expect(row?.bands.length).toBeLessThanOrEqual(240);
    expect(row?.bands.some(([, , status]) => status === 'offline')).toBe(true);
    expect(row?.bands.at(-1)?.[1]).toBeCloseTo(T0 + 99 * 60, 3);
  });

  it('begin with the first word of any node unless asked otherwise', () => {
    const state = folded([on('a', 'HOST_ONLINE', 50), on('b', 'HOST_ONLINE', 80)]).states().nodes;
    expect(windowOf(state, { since: null, until: null })).toEqual([T0 + 50, T0 + 80]);
    expect(windowOf(state, { since: T0 + 70, until: T0 + 999 })).toEqual([T0 + 70, T0 + 80]);
  });
});

describe('leadership', () => {
  it('has reigns, gaps between them, and how long each lasted', () => {
    const { nodes } = folded([
      event('LEADER_ELECTED', { leader_id: 'a', term: 1 }, 0),
      event('P2P_CLUSTER_HEALTHY', { leader_id: 'a', quorum: true, alive_peers: 3, total_peers: 3 }, 1),
      event('LEADER_LOST', { previous_leader: 'a', reason: 'lease expired' }, 100),
      event('P2P_CLUSTER_UNHEALTHY', { alive_peers: 1, total_peers: 3 }, 101),
      event('LEADER_ELECTED', { leader_id: 'b', term: 2 }, 130),
      event('LEADER_LOST', { previous_leader: 'b' }, 190),
      event('WORK_QUEUED', {}, 200),
    ]).states();
    const found = leadership(nodes, T0, T0 + 200);
    expect(found.reigns.map(({ leader, from, to }) => [leader, from - T0, to - T0])).toEqual([
      ['a', 0, 100],
      [null, 100, 130],
      ['b', 130, 190],
      [null, 190, 200],
    ]);
    expect(found).toMatchObject({ losses: 2, leaderless: 40 });
    expect(found.changes[1]).toMatchObject({ kind: 'elected', leader: 'b', after: 30 });
    expect(found.quorum.map(({ held, from }) => [held, from - T0])).toEqual([
      [true, 1],
      [false, 101],
    ]);
    // The list keeps to the window as the figures above it do.
    const later = leadership(nodes, T0 + 120, T0 + 150);
    expect(later).toMatchObject({ losses: 0, leaderless: 10 });
    expect(later.changes).toMatchObject([{ kind: 'elected', leader: 'b', at: T0 + 130, after: 30 }]);
  });
});

describe('the answers of the page', () => {
  it('are whole for any history: nothing throws, no NaN travels', () => {
    fc.assert(
      fc.property(catalogued(), (events) => {
        const states = folded(events).states();
        const names = [...states.nodes.nodes.keys()];
        const [since, until] = windowOf(states.nodes, { since: null, until: null });
        const answers = [
          fleet(states),
          nodeResults(states.nodes, DAY),
          timelines(states.nodes, { nodes: names, since: null, until: null }),
          leadership(states.nodes, since, until),
          ...names.map((node) => nodeDetail(states, { node, since: null, until: null })),
        ];
        expect(JSON.parse(JSON.stringify(answers))).toEqual(answers);
      }),
      { numRuns: 100 },
    );
  });

  it('say of a node that nobody named that it is not there', () => {
    const states = folded(online).states();
    expect(nodeDetail(states, { node: 'nobody', since: null, until: null })).toBeNull();
    expect(
      nodeDetail(folded([on('__proto__', 'HOST_ONLINE', 0)]).states(), {
        node: '__proto__',
        since: null,
        until: null,
      }),
    ).toMatchObject({ node: '__proto__', document: { status: 'online' } });
  });

  it('say of a node alone when it was last seen as they say it among all', () => {
    const states = folded([on('a', 'HOST_ONLINE', 3.4)]).states();
    const live = nodeEntity(states.nodes, 'a');
    expect(nodeDetail(states, { node: 'a', since: null, until: null })?.last_seen).toBe(live?.last_seen);
  });

  it('say which champions a node holds', () => {
    const states = folded([
      ...online,
      on('a', 'MODEL_PROMOTED', 5, { model_id: 'hex8_2p_v2', config_key: 'hex8_2p' }),
      event('MODEL_DISTRIBUTION_COMPLETE', { model_id: 'hex8_2p_v2', nodes: ['a', 'b'] }, 6, {
        hostname: 'a',
      }),
    ]).states();
    expect(fleet(states).rows.map(({ node, champions }) => [node, champions.length])).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 0],
      ['d', 0],
    ]);
  });
});
