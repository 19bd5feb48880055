import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope';
import { event, T0 } from '../testing/event';
import { createFold } from '..';
import { SELECTORS } from '../rest';
import { entityOf, folded, tableOf } from '../testing/run';
import { nodeHistory, totalsOf } from './buckets';

const node = (events: readonly StoredEvent[], name = 'n1') => entityOf(folded(events), 'nodes.nodes', name);
const about = (type: string, at: number, more: Record<string, string | number> = {}, hostname = 'n1') =>
  event(type, { node_id: 'n1', ...more }, at, { hostname });

it('counts a sync for the node that synced, not for the one that the report is about', () => {
  const failed = event('DATA_SYNC_FAILED', { source: 'n2', node_id: 'n1' }, 1, { hostname: 'other' });
  const { nodes } = folded([
    about('HOST_ONLINE', 0),
    about('HOST_ONLINE', 0, { node_id: 'n2' }),
    failed,
  ]).states().nodes;
  const syncs = ['n1', 'n2'].map(
    (name) => totalsOf(nodes.get(name)?.history ?? nodeHistory(), T0, T0 + 10).syncs_failed,
  );
  expect(syncs).toEqual([0, 1]);
});

it('counts a sync that stalled, and is told of as failed besides, as one', () => {
  const sync = (type: string, at: number, sync_type = 'data') =>
    event(type, { sync_type, source: 'n1' }, at, { node: 'n1', hostname: 'n1', origin: 'cross_process' });
  const counted = (...events: StoredEvent[]): number[] => {
    const { nodes } = folded([sync('DATA_SYNC_STARTED', 1), ...events]).states().nodes;
    const { syncs, syncs_failed } = totalsOf(nodes.get('n1')?.history ?? nodeHistory(), T0, T0 + 10);
    return [syncs, syncs_failed];
  };
  const stalled = sync('SYNC_STALLED', 5);
  expect(counted(stalled)).toEqual([1, 1]);
  expect(counted(stalled, sync('DATA_SYNC_FAILED', 6))).toEqual([1, 1]);
  expect(counted(stalled, sync('DATA_SYNC_FAILED', 6, 'elo'))).toEqual([2, 2]);
  expect(counted(stalled, sync('DATA_SYNC_STARTED', 6), sync('DATA_SYNC_FAILED', 7))).toEqual([2, 2]);
});

describe('the status of a node', () => {
  it.each(['HOST_OFFLINE', 'P2P_NODE_DEAD', 'NODE_TERMINATED'])('is offline after %s', (type) => {
    expect(node([about('HOST_ONLINE', 0), about(type, 1)])).toMatchObject({
      status: 'offline',
      status_since: T0 + 1,
    });
  });

  it.each(['HOST_ONLINE', 'NODE_RECOVERED', 'NODE_ACTIVATED'])('is online again after %s', (type) => {
    expect(node([about('HOST_OFFLINE', 0), about(type, 1)])).toMatchObject({ status: 'online' });
  });

  it('says why it is offline until it is back, whatever order the events come in', () => {
    const [gone, again, back] = [
      about('HOST_OFFLINE', 1, { reason: 'heartbeat lost' }),
      about('P2P_NODE_DEAD', 2, { reason: 'gpu fell off the bus' }),
      about('HOST_ONLINE', 3),
    ];
    expect(node([again, gone])['offline_reason']).toBe('gpu fell off the bus');
    expect(node([back, gone])['offline_reason']).toBeNull();
    expect(node([gone, back])['offline_reason']).toBeNull();
    expect(node([gone, event('P2P_NODES_DEAD', { node_ids: ['n1'] }, 2)])['offline_reason']).toBe(
      'heartbeat lost',
    );
    expect(node([gone, back, about('P2P_NODE_DEAD', 4)])['offline_reason']).toBeNull();
    expect(node([gone, about('HEALTH_CHECK_FAILED', 4, { error: 'connect timed out' })])).toMatchObject({
      ...{ offline_reason: 'heartbeat lost', issues: ['connect timed out'] },
    });
  });

  it('is offline for every peer of a list', () => {
    expect(node([event('P2P_NODES_DEAD', { node_ids: ['n1', 'n2'] }, 1)], 'n2')['status']).toBe('offline');
  });

  it('is not revived by a health check: that is a contradiction until the cluster says online', () => {
    const events = [
      about('HOST_OFFLINE', 0, {}, 'other'),
      about('HEALTH_CHECK_PASSED', 5, { health_score: 0.9 }),
    ];
    expect(node(events)).toMatchObject({
      status: 'offline',
      contradiction: { seq: events[1]?.seq, at: T0 + 5 },
    });
    expect(node([...events, about('HOST_ONLINE', 6)])).toMatchObject({
      status: 'online',
      contradiction: null,
    });
    expect(node([...events, about('HOST_OFFLINE', 7)])['contradiction']).toBe(null);
  });

  it('is unhealthy until a check passes with a good score', () => {
    const ill = [about('HOST_ONLINE', 0), about('NODE_UNHEALTHY', 1, { health_score: 0.2 })];
    expect(node(ill)).toMatchObject({ status: 'unhealthy', link: 'online', health_score: 0.2 });
    expect(node([...ill, about('HEALTH_CHECK_PASSED', 2, { health_score: 0.3 })])['status']).toBe(
      'unhealthy',
    );
    expect(node([...ill, about('HEALTH_CHECK_PASSED', 2, { health_score: 0.9 })])['status']).toBe('online');
    expect(node([...ill, about('HEALTH_CHECK_FAILED', 3, { error: 'no answer' })])['issues']).toEqual([
      'no answer',
    ]);
  });

  it('is overloaded until released or seen at ease', () => {
    const busy = [about('HOST_ONLINE', 0), about('NODE_OVERLOADED', 1, { cpu_util: 0.97 })];
    expect(node(busy)).toMatchObject({ status: 'overloaded', cpu_util: 0.97 });
    expect(node([...busy, about('HEALTH_CHECK_PASSED', 2, { cpu_util: 0.95 })])['status']).toBe('overloaded');
    expect(node([...busy, about('HEALTH_CHECK_PASSED', 2, { cpu_util: 0.4 })])['status']).toBe('online');
    expect(node([...busy, about('BACKPRESSURE_RELEASED', 2)])['status']).toBe('online');
  });

  it('is stale when nothing came for longer than 15 minutes of event time', () => {
    const silent = (seconds: number) => [
      about('HOST_ONLINE', 0),
      event('WORK_QUEUED', {}, seconds, { hostname: 'n2' }),
    ];
    expect(node(silent(900))['status']).toBe('online');
    // Noticed at the next full minute.
    expect(node(silent(959))['status']).toBe('online');
    expect(node(silent(960))).toMatchObject({ status: 'stale', status_since: T0 + 900 });
  });

  it('is online since the last thing that was wrong with it ended', () => {
    const up = about('HOST_ONLINE', 0);
    const fine = (at: number) => about('HEALTH_CHECK_PASSED', at, { health_score: 0.9, cpu_util: 0.2 });
    const since = (...events: StoredEvent[]) => {
      const { status, status_since: at, status_seq: seq } = node(events);
      return [status, Number(at) - T0, seq];
    };
    expect(since(up, fine(60))).toEqual(['online', 0, up.seq]);
    const well = fine(120);
    expect(since(up, about('HEALTH_CHECK_FAILED', 60), well, fine(180))).toEqual(['online', 120, well.seq]);
    const eased = about('BACKPRESSURE_RELEASED', 90);
    expect(since(up, about('NODE_OVERLOADED', 60), eased)).toEqual(['online', 90, eased.seq]);
    expect(since(up, fine(1_800))).toEqual(['online', 1_800, null]);
    const again = about('NODE_RECOVERED', 240);
    expect(since(up, about('HOST_OFFLINE', 200), again)).toEqual(['online', 240, again.seq]);
  });

  it('is for scripts what the cluster counts on, since when and by which event, whatever it is besides', () => {
    const up = about('HOST_ONLINE', 0);
    const scripted = (...events: StoredEvent[]) => SELECTORS.get('nodes')?.(folded(events).states())['nodes'];
    const counted = { status: 'online', status_since: T0, status_event: { seq: up.seq } };
    const ill = about('HEALTH_CHECK_FAILED', 60);
    expect(scripted(up, ill)).toMatchObject({ n1: { ...counted, conditions: ['unhealthy'] } });
    const well = about('HEALTH_CHECK_PASSED', 120, { health_score: 0.9 });
    expect(scripted(up, ill, well)).toMatchObject({ n1: { ...counted, conditions: [] } });
  });

  it('is shown anew whatever changes it, also what comes late', () => {
    const said = fc.record({
      type: fc.constantFrom(
        ...['HOST_ONLINE', 'HOST_OFFLINE', 'HEALTH_CHECK_PASSED', 'HEALTH_CHECK_FAILED', 'NODE_UNHEALTHY'],
        ...['NODE_OVERLOADED', 'BACKPRESSURE_RELEASED'],
      ),
      // Within one step of what is shown as seen, and beyond a silence.
      at: fc.constantFrom(2_000, 2_001, 2_002, 2_003, 2_004, 500),
    });
    fc.assert(
      fc.property(fc.array(said, { maxLength: 6 }), (history) => {
        const fold = createFold();
        let shown: unknown;
        for (const { type, at } of history) {
          const touched: string[] = [];
          fold.fold(about(type, at, { health_score: 0.9 }), (topic) => touched.push(topic));
          if (touched.includes('nodes.nodes')) shown = structuredClone(entityOf(fold, 'nodes.nodes', 'n1'));
          expect(shown).toEqual(entityOf(fold, 'nodes.nodes', 'n1'));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is unknown while others only talk about it', () => {
    expect(node([about('TASK_ORPHANED', 1, {}, 'other')])).toMatchObject({ status: 'unknown', last_seen: 0 });
  });
});

describe('last seen', () => {
  it('is refreshed by any event of the node, but never by a report that it is gone', () => {
    expect(node([about('HOST_ONLINE', 0), about('WORK_CLAIMED', 5, {}, 'other')])['last_seen']).toBe(T0 + 5);
    expect(node([about('HOST_ONLINE', 0), about('HOST_OFFLINE', 5)])['last_seen']).toBe(T0);
    expect(node([about('HOST_ONLINE', 0), about('WORK_TIMEOUT', 5, {}, 'other')])['last_seen']).toBe(T0);
    expect(node([about('HOST_ONLINE', 0), about('HEALTH_CHECK_FAILED', 5)])['last_seen']).toBe(T0 + 5);
  });

  it('is refreshed by what the machine says about others, also before it is known as a node', () => {
    const report = event('HOST_OFFLINE', { node_id: 'n2' }, 9, { hostname: 'n1' });
    // In steps of 5 s: what changes with every event would be sent with every event.
    expect(node([about('HOST_ONLINE', 0), report])['last_seen']).toBe(T0 + 5);
    expect(node([report, about('HOST_ONLINE', 0)])['last_seen']).toBe(T0 + 5);
  });

  it('does not make a node of a machine that only publishes', () => {
    const posted = event('DAEMON_STARTED', {}, 0, { hostname: 'laptop', origin: 'router' });
    expect([...tableOf(folded([posted]), 'nodes.nodes').keys()]).toEqual([]);
    const acted = event('MODEL_PROMOTED', { model_id: 'm', action_id: 'a' }, 0, {
      ...{ hostname: 'laptop', source: 'ringside', origin: 'data_bus' },
    });
    expect([...tableOf(folded([acted]), 'nodes.nodes').keys()]).toEqual([]);
    const logged = event('DAEMON_STARTED', {}, 0, { hostname: 'laptop' });
    expect([...tableOf(folded([logged]), 'nodes.nodes').keys()]).toEqual(['laptop']);
  });
});

describe('the cluster', () => {
  const cluster = (events: readonly StoredEvent[]) => entityOf(folded(events), 'nodes.cluster', 'cluster');

  it('has the leader elected last, none once it is lost', () => {
    const elected = event('LEADER_ELECTED', { leader_id: 'n1', term: 7 }, 1);
    expect(cluster([elected])).toMatchObject({ leader: 'n1', term: 7, leader_since: T0 + 1 });
    expect(cluster([event('LEADER_LOST', {}, 2), elected])).toMatchObject({
      leader: null,
      leader_since: null,
    });
  });

  it('has the quorum that it states, else a majority of peers', () => {
    expect(
      cluster([event('P2P_CLUSTER_HEALTHY', { quorum: false, alive_peers: 3, total_peers: 3 }, 1)])['quorum'],
    ).toBe(false);
    expect(cluster([event('P2P_CLUSTER_UNHEALTHY', { alive_peers: 13, total_peers: 14 }, 1)])['quorum']).toBe(
      true,
    );
    expect(cluster([event('P2P_CLUSTER_UNHEALTHY', { alive_peers: 7, total_peers: 14 }, 1)])['quorum']).toBe(
      false,
    );
    expect(cluster([event('P2P_CLUSTER_UNHEALTHY', {}, 1)])['quorum']).toBe(false);
  });
});

describe('nodes.summary', () => {
  it('counts nodes, those up, the silent, and of those up the impaired and those that can hardly take their load', () => {
    const fold = folded([
      event('HOST_ONLINE', { node_id: 'well' }, 2_000),
      event('HOST_ONLINE', { node_id: 'ill' }, 2_000),
      event('NODE_UNHEALTHY', { node_id: 'ill' }, 2_001),
      event('HOST_ONLINE', { node_id: 'silent' }, 0),
      event('HOST_OFFLINE', { node_id: 'gone' }, 2_002),
      event('HOST_ONLINE', { node_id: 'full' }, 2_000),
      event('BACKPRESSURE_ACTIVATED', { node_id: 'full', level: 'critical' }, 2_001),
      event('BACKPRESSURE_ACTIVATED', { node_id: 'well', level: 'low' }, 2_001),
      event('BACKPRESSURE_ACTIVATED', { node_id: 'ill', level: 'high' }, 2_002),
    ]);
    expect(entityOf(fold, 'nodes.summary', 'all')).toEqual({
      ...{ total: 5, up: 3, stale: 1, impaired: 1, pressed: 1 },
    });
  });
});
