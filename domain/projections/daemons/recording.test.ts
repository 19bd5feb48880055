import { expect, it } from 'vitest';
import { describeRecording } from '../testing/recording.test-support';
import { entityOf } from '../testing/run';
import type { DaemonsEntity, ServiceEntity } from './entities';

const END = `(SELECT max(created_at) FROM events)`;
const BEATS = `upper(event_type) = 'COORDINATOR_HEARTBEAT' AND payload ->> 'coordinator_name' = @name`;

describeRecording('Daemons', (recording) => {
  const names = () =>
    recording()
      .rows<{ name: string }>(
        `SELECT DISTINCT payload ->> 'coordinator_name' AS name FROM events WHERE upper(event_type) = 'COORDINATOR_HEARTBEAT'`,
      )
      .map(({ name }) => name);
  const of = (sql: string, name: string) => recording().value(sql, { name });

  it('are those that the raw rows name', () => {
    const started = recording().rows<{ name: string }>(
      `SELECT DISTINCT payload ->> 'daemon_type' AS name FROM events WHERE upper(event_type) = 'DAEMON_STARTED'`,
    );
    const all = new Set([...names(), ...started.map(({ name }) => name)]);
    expect(new Set(recording().fold.states().daemons.services.keys())).toEqual(all);
    expect(all.size).toBe(4);
  });

  it('beat as the raw rows say', () => {
    for (const name of names()) {
      const entity = entityOf(recording().fold, 'daemons.services', name) as unknown as ServiceEntity;
      const newest = (field: string) =>
        of(`SELECT payload ->> '${field}' FROM events WHERE ${BEATS} ORDER BY event_id DESC LIMIT 1`, name);
      const gaps = `SELECT gap FROM (SELECT created_at - lag(created_at) OVER (ORDER BY event_id) AS gap, event_id FROM events
        WHERE ${BEATS}) WHERE gap IS NOT NULL ORDER BY event_id DESC LIMIT 20`;
      expect(entity).toMatchObject({
        state: 'running',
        heartbeats: of(`SELECT count(*) FROM events WHERE ${BEATS}`, name),
        last_heartbeat: of(`SELECT max(created_at) FROM events WHERE ${BEATS}`, name),
        health_score: newest('health_score'),
        events_processed: newest('events_processed'),
        active_handlers: newest('active_handlers'),
        starts: of(
          `SELECT count(*) FROM events WHERE upper(event_type) = 'DAEMON_STARTED' AND payload ->> 'daemon_type' = @name`,
          name,
        ),
      });
      expect(entity.rhythm).toBeCloseTo(
        Number(of(`SELECT gap FROM (${gaps}) ORDER BY gap LIMIT 1 OFFSET 9`, name)),
        3,
      );
    }
  });

  it('find the idle resources of the last hour, and no backpressure that lasts', () => {
    const summary = entityOf(recording().fold, 'daemons.summary', 'summary') as unknown as DaemonsEntity;
    const idle = `SELECT count(DISTINCT (payload ->> 'node_id') || '|' || (payload ->> 'resource_type')) FROM events
      WHERE upper(event_type) = 'IDLE_RESOURCE_DETECTED' AND created_at > floor(${END} / 60) * 60 - 3600`;
    expect(summary.idle).toBe(recording().value(idle));
    const pressed = `SELECT count(*) FROM (SELECT upper(event_type) AS type, row_number() OVER (
        PARTITION BY payload ->> 'node_id' ORDER BY created_at DESC, event_id DESC) AS n
      FROM events WHERE upper(event_type) LIKE 'BACKPRESSURE%') WHERE n = 1 AND type = 'BACKPRESSURE_ACTIVATED'`;
    expect(summary.backpressure.reduce((sum, [, nodes]) => sum + nodes, 0)).toBe(recording().value(pressed));
    expect(summary.heartbeats).toBe(
      recording().value(`SELECT count(*) FROM events WHERE upper(event_type) = 'COORDINATOR_HEARTBEAT'`),
    );
  });
});
