import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope';
import { catalogued } from '../testing/catalogued.test-support';
import { event, T0 } from '../testing/event';
import { entityOf, folded } from '../testing/run';
import { resourceEntity } from '.';
import type { DaemonsEntity, ServiceEntity } from './entities';

type Payload = Record<string, string | number | string[]>;

const coordinator = (type: string, at: number, more: Payload = {}) =>
  event(`COORDINATOR_${type}`, { coordinator_name: 'Sync', ...more }, at);
const daemon = (type: string, at: number, more: Payload = {}) =>
  event(`DAEMON_${type}`, { daemon_type: 'Sync', ...more }, at);
const service = (events: readonly StoredEvent[]) =>
  entityOf(folded(events), 'daemons.services', 'Sync') as unknown as ServiceEntity;
const summary = (events: readonly StoredEvent[]) =>
  entityOf(folded(events), 'daemons.summary', 'summary') as unknown as DaemonsEntity;
const tickAt = (seconds: number) => event('HOST_ONLINE', { node_id: 'n' }, seconds);
const beats = (count: number, every = 300, score = 0.95) =>
  Array.from({ length: count }, (_, n) =>
    coordinator('HEARTBEAT', n * every, {
      health_score: score,
      active_handlers: 7,
      events_processed: n * 100,
    }),
  );

describe('a daemon or coordinator', () => {
  it('is one service under one name, whoever reports it', () => {
    expect(service([daemon('STARTED', 0), ...beats(2)])).toMatchObject({
      daemon: true,
      coordinator: true,
      state: 'running',
      starts: 1,
      heartbeats: 2,
      health_score: 0.95,
      active_handlers: 7,
      events_processed: 100,
      events_per_minute: 20,
      last_heartbeat: T0 + 300,
    });
  });

  it('is overdue by its own rhythm: 2.5 times the usual pause after its last heartbeat', () => {
    const last = 4 * 300;
    const usual = beats(5);
    expect(service(usual)).toMatchObject({ rhythm: 300, due: T0 + last + 750 });
    expect(service([...usual, tickAt(last + 759)]).state).toBe('running');
    expect(service([...usual, tickAt(last + 780)])).toMatchObject({
      state: 'overdue',
      since: T0 + last + 750,
      event: { timestamp: T0 + last },
    });
    expect(service([...beats(5, 20), tickAt(180)]).state).toBe('overdue');
    expect(service([...beats(3), tickAt(36_000)])).toMatchObject({ state: 'running', rhythm: null });
  });

  it('is no longer overdue once it beats again, and never while it is known to be down', () => {
    const late = [...beats(5), tickAt(5_000)];
    expect(service([...late, coordinator('HEARTBEAT', 5_001)]).state).toBe('running');
    expect(service([...late, coordinator('SHUTDOWN', 5_001, { reason: 'graceful' })]).state).toBe('stopped');
  });

  it('keeps its rhythm when a heartbeat comes late or twice', () => {
    const again = [...beats(5), coordinator('HEARTBEAT', 100)];
    for (let n = 0; n < 6; n += 1) again.push(coordinator('HEARTBEAT', 1_200));
    expect(service(again)).toMatchObject({ rhythm: 300, last_heartbeat: T0 + 1_200 });
  });

  it('is degraded or unhealthy until it is said or shown to be well', () => {
    const ill = coordinator('HEALTH_DEGRADED', 10, {
      reason: 'slow handlers',
      issues: ['queue of 400'],
      health_score: 0.45,
    });
    expect(service([...beats(1), ill])).toMatchObject({
      state: 'degraded',
      since: T0 + 10,
      reason: 'slow handlers',
      issues: ['queue of 400'],
      health_score: 0.45,
    });
    expect(service([ill, coordinator('UNHEALTHY', 20, { reason: 'silent' })]).state).toBe('unhealthy');
    expect(service([ill, coordinator('HEARTBEAT', 20, { health_score: 0.4 })]).state).toBe('degraded');
    expect(service([ill, coordinator('HEARTBEAT', 20, { health_score: 0.6 })]).state).toBe('degraded');
    expect(service([ill, coordinator('HEARTBEAT', 20, { health_score: 0.9 })]).state).toBe('running');
    expect(service([ill, coordinator('HEALTHY', 20)])).toMatchObject({ state: 'running', issues: [] });
    expect(service([coordinator('HEALTHY', 20), ill]).state).toBe('running');
  });

  it('stops as it says: gracefully, or badly', () => {
    const down = coordinator('SHUTDOWN', 50, { reason: 'graceful', remaining_tasks: 3 });
    expect(service([...beats(1), down])).toMatchObject({
      state: 'stopped',
      reason: 'graceful',
      remaining_tasks: 3,
    });
    const killed = [
      ...beats(1),
      coordinator('SHUTDOWN', 50, { reason: 'error' }),
      daemon('STATUS_CHANGED', 50, { old_status: 'running', new_status: 'stopped' }),
      daemon('STOPPED', 50, { reason: 'error' }),
    ];
    expect(service(killed)).toMatchObject({ state: 'failed', reason: 'error', stops: 1, stated: 'stopped' });
    const failed = coordinator('INIT_FAILED', 60, { error: 'database is locked' });
    expect(service([...killed, failed])).toMatchObject({
      state: 'failed',
      reason: 'database is locked',
      failures: 1,
    });
    expect(service([...killed, failed, daemon('STARTED', 90)])).toMatchObject({
      state: 'running',
      reason: null,
    });
  });

  it('is named by its source where a coordinator does not name itself', () => {
    const anonymous = event('COORDINATOR_HEARTBEAT', { health_score: 1 }, 0, { source: 'Sync' });
    expect(service([anonymous]).heartbeats).toBe(1);
  });

  it('leaves a list of what changed, without the heartbeats', () => {
    const events = [
      daemon('STARTED', 0),
      ...beats(3),
      coordinator('HEALTH_DEGRADED', 700, { reason: 'slow' }),
      coordinator('HEARTBEAT', 900, { health_score: 0.9 }),
    ];
    expect(
      folded(events)
        .states()
        .daemons.changes.map(({ what, detail }) => [what, detail]),
    ).toEqual([
      ['started', null],
      ['degraded', 'slow'],
      ['healthy', 'its heartbeat says so'],
    ]);
  });
});

describe('resources', () => {
  const resources = (events: readonly StoredEvent[]) => {
    const { daemons } = folded(events).states();
    return [...daemons.resources.values()].map((each) => resourceEntity(each, daemons.clock));
  };
  const pressed = event('BACKPRESSURE_ACTIVATED', {
    ...{
      node_id: 'n1',
      level: 'high',
      resource_type: 'memory',
      reason: 'memory pressure',
      utilization: 0.96,
    },
  });

  it('are under backpressure until it is released', () => {
    expect(resources([pressed, tickAt(90_000)])).toMatchObject([
      { kind: 'backpressure', node: 'n1', active: true, level: 'high', since: T0, utilization: 0.96 },
    ]);
    expect(summary([pressed]).backpressure).toEqual([['high', 1]]);
    const released = event('BACKPRESSURE_RELEASED', { node_id: 'n1', duration_seconds: 120 }, 120);
    expect(resources([pressed, released])).toMatchObject([{ active: false, seconds: 120, reports: 2 }]);
    expect(resources([released, pressed])).toMatchObject([{ active: false }]);
    expect(summary([pressed, released]).backpressure).toEqual([]);
  });

  it('are idle or short for an hour after the last report', () => {
    const idle = event(
      'IDLE_RESOURCE_DETECTED',
      { node_id: 'n1', resource_type: 'gpu', idle_duration: 400 },
      0,
    );
    const short = event(
      'RESOURCE_CONSTRAINT',
      { node_id: 'n1', constraint_type: 'disk', utilization: 0.9 },
      0,
    );
    expect(summary([idle, short, tickAt(3_500)])).toMatchObject({ idle: 1, constrained: 1 });
    expect(summary([idle, short, tickAt(3_660)])).toMatchObject({ idle: 0, constrained: 0 });
  });

  it('raise alerts that are counted for an hour and listed', () => {
    const alert = event('HEALTH_ALERT', { alert_type: 'disk', severity: 'critical', message: 'full' }, 0);
    expect(summary([alert])).toMatchObject({ alerts_last_hour: 1, last_alert: { timestamp: T0 } });
    expect(summary([alert, tickAt(3_700)]).alerts_last_hour).toBe(0);
    expect(folded([alert]).states().daemons.alerts).toMatchObject([{ alert: 'disk', severity: 'critical' }]);
  });
});

const TYPES = [
  ...['DAEMON_STARTED', 'DAEMON_STOPPED', 'DAEMON_STATUS_CHANGED'],
  ...['HEARTBEAT', 'HEALTH_DEGRADED', 'UNHEALTHY', 'HEALTHY', 'SHUTDOWN', 'INIT_FAILED'].map(
    (each) => `COORDINATOR_${each}`,
  ),
  ...['BACKPRESSURE_ACTIVATED', 'BACKPRESSURE_RELEASED', 'IDLE_RESOURCE_DETECTED', 'HEALTH_ALERT'],
];

describe('laws of daemons', () => {
  it('counts by state equal the services by state', () => {
    fc.assert(
      fc.property(catalogued({ types: TYPES }), (events) => {
        const fold = folded(events);
        const { states } = summary(events);
        const shown = [...fold.states().daemons.services.keys()].map(
          (name) => entityOf(fold, 'daemons.services', name)['state'],
        );
        for (const [state, count] of Object.entries(states))
          expect(
            shown.filter((each) => each === state),
            state,
          ).toHaveLength(count);
      }),
      { numRuns: 200 },
    );
  });

  it('what is bounded stays so', () => {
    const fold = folded([]);
    for (let n = 0; n < 10_000; n += 1) {
      fold.fold(event('COORDINATOR_HEARTBEAT', { coordinator_name: `c${n}`, health_score: 1 }, n));
      fold.fold(event('IDLE_RESOURCE_DETECTED', { node_id: `n${n}`, resource_type: 'gpu' }, n));
      fold.fold(event('DAEMON_STARTED', { daemon_type: 'one' }, n, { hostname: `h${n}` }));
      fold.fold(event('HEALTH_ALERT', { alert_type: `a${n}` }, n));
      fold.fold(event('COORDINATOR_HEARTBEAT', { coordinator_name: 'one', health_score: 1 }, n));
    }
    const { daemons } = fold.states();
    expect(daemons.services.size).toBeLessThanOrEqual(250);
    expect(daemons.resources.size).toBeLessThanOrEqual(3_000);
    expect(daemons.changes.length).toBeLessThanOrEqual(200);
    expect(daemons.alerts.length).toBeLessThanOrEqual(50);
    const one = daemons.services.get('one');
    expect([one?.gaps.length, one?.scores.length]).toEqual([20, 500]);
    expect(one?.hosts.size).toBeLessThanOrEqual(32);
  });
});
