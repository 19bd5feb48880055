import { expect, it } from 'vitest';
import { describeRecording } from '../../../../domain/projections/testing/recording.test-support';
import { findItem, itemList } from '.';
import { daemonRecord } from './daemons';
import { queueRecord } from './queue';
import { taskList } from './tasks';

const ALL = { configs: [], since: null, until: null };
const NO_FILTER = { configs: [], states: [], types: [], nodes: [] };
const END = `(SELECT max(created_at) FROM events)`;
/** What the rows say of work, each id read once; and the type that each was queued with. */
const WORK = `work AS MATERIALIZED (SELECT payload ->> 'work_id' AS id, upper(event_type) AS type, created_at AS t, event_id
    FROM events WHERE upper(event_type) LIKE 'WORK\\_%' ESCAPE '\\'),
  queued AS MATERIALIZED (SELECT payload ->> 'work_id' AS id, payload ->> 'work_type' AS kind FROM events
    WHERE upper(event_type) = 'WORK_QUEUED')`;

describeRecording('The page /work', (recording) => {
  const states = () => recording().fold.states();
  const end = () => Number(recording().value(`SELECT ${END}`));

  it.each([
    ['all of it', () => null],
    ['the last 24 hours', () => Math.floor(end() / 300) * 300 - 86_400],
    ['the last 3 hours', () => Math.floor(end() / 60) * 60 - 10_800],
  ])('counts work by type over %s', (_, from) => {
    const since = from();
    const record = queueRecord(states(), { ...ALL, since });
    for (const { work_type: type, flow, success } of record.types) {
      const count = (name: string) =>
        Number(
          recording().value(
            `WITH ${WORK} SELECT count(*) FROM work JOIN queued USING (id) WHERE kind = ? AND type = ? AND t >= ?`,
            type,
            name,
            since ?? 0,
          ),
        );
      const [done, failed, late] = [count('WORK_COMPLETED'), count('WORK_FAILED'), count('WORK_TIMEOUT')];
      expect(flow).toMatchObject({ queued: count('WORK_QUEUED'), completed: done, failed, timed_out: late });
      expect(success).toBeCloseTo(done / (done + failed + late), 12);
    }
    const total = (field: 'queued' | 'done' | 'bad' | 'retried') =>
      record.bins.reduce((sum, bin) => sum + bin[field], 0);
    const rows = (...types: string[]) =>
      recording().value(
        `SELECT count(*) FROM events WHERE upper(event_type) IN (${types.map(() => '?').join()}) AND created_at >= ?`,
        ...types,
        since ?? 0,
      );
    expect(total('queued')).toBe(rows('WORK_QUEUED'));
    expect(total('done')).toBe(rows('WORK_COMPLETED'));
    expect(total('bad')).toBe(rows('WORK_FAILED', 'WORK_TIMEOUT'));
    expect(total('retried')).toBe(rows('WORK_RETRY'));
  });

  it.each([
    ['by five minutes', 300, 80_000, 50_000],
    ['by the minute', 60, 30_000, 10_000],
  ])('says which events it counted, %s', (_, slot, from, to) => {
    // Just before a slot ends, and just after one began.
    const at = (back: number, within: number): number => Math.floor((end() - back) / slot) * slot + within;
    const input = { ...ALL, since: at(from, slot - 1), until: at(to, 1) };
    const { types, counted } = queueRecord(states(), input);
    const queued = `SELECT count(*) FROM events WHERE upper(event_type) = 'WORK_QUEUED'
      AND payload ->> 'work_type' = ? AND created_at >= ? AND created_at < ?`;
    expect(types.length).toBeGreaterThan(3);
    for (const { work_type: type, flow } of types)
      expect(flow.queued).toBe(recording().value(queued, type, counted.since, counted.until));
    expect(queueRecord(states(), ALL).counted.until).toBeNull();
  });

  it('draws the depth that the queue had', () => {
    const record = queueRecord(states(), ALL);
    const all = record.depth.find(({ work_type: type }) => type === null);
    const middle = all?.waiting[Math.floor(all.waiting.length / 2)];
    const waitingAt = `WITH ${WORK} SELECT count(*) FROM (SELECT *, row_number() OVER (
        PARTITION BY id ORDER BY t DESC, event_id DESC) AS n FROM work WHERE t < @t)
      WHERE n = 1 AND type IN ('WORK_QUEUED', 'WORK_RETRY') AND t >= @t - 86400`;
    // Noted every five minutes; of each bin the most is drawn.
    const noted = Array.from({ length: record.bin_seconds / 300 }, (_, n) =>
      Number(recording().value(waitingAt, { t: Number(middle?.[0]) + n * 300 })),
    );
    expect(noted.length).toBeGreaterThan(1);
    expect(new Set(noted).size).toBeGreaterThan(1);
    expect(middle?.[1]).toBe(Math.max(...noted));
    for (const { waiting, running } of record.depth)
      expect(Math.max(waiting.length, running.length)).toBeLessThanOrEqual(record.bins.length);
    expect(record.bins.length).toBeLessThanOrEqual(73);
  });

  it('finds pieces of work by state, type and node', () => {
    const list = itemList(states(), { ...NO_FILTER, states: ['retried'], types: ['sync'] });
    const retried = `WITH ${WORK} SELECT id FROM work JOIN queued USING (id)
      WHERE type = 'WORK_RETRY' AND kind = 'sync' AND t >= ${END} - 86400 ORDER BY t`;
    const ids = recording()
      .rows<{ id: string }>(retried)
      .map(({ id }) => id);
    expect(list.items.map(({ work_id: id }) => id)).toEqual(ids);
    expect(list.total).toBe(ids.length);
    expect(list.types).toEqual(['evaluation', 'selfplay', 'sync', 'training']);
    const on = itemList(states(), { ...NO_FILTER, states: ['running'], nodes: ['hetzner-cpu2'] });
    expect(on.items.every(({ node, state }) => node === 'hetzner-cpu2' && state === 'running')).toBe(true);
    expect(itemList(states(), { ...NO_FILTER, configs: ['hex8_2p'] }).total).toBe(0);
  });

  it('tells the life of a piece of work', () => {
    const [newest] = itemList(states(), { ...NO_FILTER, states: ['done'] }).items;
    const rows = recording().rows<{ t: number }>(
      `SELECT created_at AS t FROM events WHERE payload ->> 'work_id' = ? ORDER BY created_at, event_id`,
      newest?.work_id,
    );
    const item = findItem(states(), newest?.work_id ?? '');
    expect(item?.steps.map(({ at }) => at)).toEqual(rows.map(({ t }) => t));
    expect(item?.waited).toBeCloseTo((rows[1]?.t ?? 0) - (rows[0]?.t ?? 0), 6);
    expect(findItem(states(), 'nobody')).toBe(null);
  });

  it('lists the tasks that lost their worker', () => {
    const { tasks, total } = taskList(states(), { states: ['orphaned', 'lost'] });
    const orphaned = recording().value(
      `SELECT count(*) FROM events WHERE upper(event_type) = 'TASK_ORPHANED'`,
    );
    expect([tasks.length, total]).toEqual([orphaned, orphaned]);
  });

  it('has the health that coordinators told, and the nodes that were idle', () => {
    const record = daemonRecord(states(), ALL);
    expect(record.health.map(({ name }) => name)).toHaveLength(4);
    for (const { name, points } of record.health) {
      const scores = recording().rows<{ t: number; score: number }>(
        `SELECT created_at AS t, payload ->> 'health_score' AS score FROM events
         WHERE upper(event_type) = 'COORDINATOR_HEARTBEAT' AND payload ->> 'coordinator_name' = ?`,
        name,
      );
      const known = new Map(scores.map(({ t, score }) => [t, score]));
      expect(points.length).toBeLessThanOrEqual(200);
      for (const [t, score] of points) expect(known.get(t)).toBe(score);
    }
    const idle = `SELECT count(DISTINCT (payload ->> 'node_id') || (payload ->> 'resource_type')) FROM events WHERE upper(event_type) = 'IDLE_RESOURCE_DETECTED'`;
    expect(record.resources.filter(({ kind }) => kind === 'idle')).toHaveLength(
      Number(recording().value(idle)),
    );
  });
});
