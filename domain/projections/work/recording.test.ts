import { expect, it } from 'vitest';
import { describeRecording } from '../testing/recording.test-support';
import { entityOf } from '../testing/run';
import type { LockEntity, QueueEntity, TasksEntity, WorkTypeEntity } from './entities';

/** Every figure beside the SQL over the raw rows that it must equal. Spellings differ: types are compared in capitals. */
const OF = `upper(event_type) = ?`;
/** What the rows say of work, each id read once; and the type that each was queued with. */
const WORK = `work AS MATERIALIZED (SELECT payload ->> 'work_id' AS id, upper(event_type) AS type, created_at AS t, event_id,
    payload ->> 'duration' AS duration FROM events WHERE upper(event_type) LIKE 'WORK\\_%' ESCAPE '\\'),
  queued AS MATERIALIZED (SELECT payload ->> 'work_id' AS id, payload ->> 'work_type' AS kind, created_at AS t FROM events
    WHERE upper(event_type) = 'WORK_QUEUED')`;
/** The newest event of each piece of work. */
const LAST = `SELECT *, row_number() OVER (PARTITION BY id ORDER BY t DESC, event_id DESC) AS n FROM work`;
const END = `(SELECT max(created_at) FROM events)`;
/** The hour up to the newest event, in whole minutes. */
const HOUR = `floor(created_at / 60) > floor(${END} / 60) - 60`;

describeRecording('Work', (recording) => {
  const count = (type: string, where = '1') =>
    recording().value(`SELECT count(*) FROM events WHERE ${OF} AND ${where}`, type);
  const queue = () => entityOf(recording().fold, 'work.queue', 'queue') as unknown as QueueEntity;

  it.each([
    ['queued', 'WORK_QUEUED'],
    ['claimed', 'WORK_CLAIMED'],
    ['started', 'WORK_STARTED'],
    ['completed', 'WORK_COMPLETED'],
    ['retried', 'WORK_RETRY'],
    ['failed', 'WORK_FAILED'],
    ['timed_out', 'WORK_TIMEOUT'],
    ['cancelled', 'WORK_CANCELLED'],
    ['preempted', 'JOB_PREEMPTED'],
  ] as const)('counts what was %s, ever and in the last hour', (step, type) => {
    expect(queue().totals[step]).toBe(count(type));
    expect(queue().last_hour[step]).toBe(count(type, HOUR));
  });

  it.each([
    ['queued', 'WORK_QUEUED'],
    ['retried', 'WORK_RETRY'],
    ['claimed', 'WORK_CLAIMED'],
    ['running', 'WORK_STARTED'],
  ] as const)('knows what is %s at the end', (state, type) => {
    const within = `WITH ${WORK} SELECT count(*) FROM (${LAST}) WHERE n = 1 AND type = ? AND t >= ${END} - 86400`;
    expect(queue().states[state]).toBe(recording().value(within, type));
  });

  it('knows what is lost: not ended, and silent for more than a day', () => {
    const lost = `WITH ${WORK} SELECT count(*) FROM (${LAST}) WHERE n = 1 AND t < ${END} - 86400
      AND type NOT IN ('WORK_COMPLETED', 'WORK_FAILED', 'WORK_TIMEOUT', 'WORK_CANCELLED')`;
    expect(recording().value(lost)).toBeGreaterThan(0);
    // Ended ones are kept up to 500, so of the lost only the newest.
    const kept = queue().states.lost;
    expect(kept).toBeLessThanOrEqual(Number(recording().value(lost)));
    expect(kept).toBeGreaterThan(0);
  });

  it('knows since when the oldest waits', () => {
    const oldest = `WITH ${WORK} SELECT min(t) FROM (${LAST}) WHERE n = 1 AND type = ? AND t >= ${END} - 86400`;
    expect(queue().oldest_queued).toBe(recording().value(oldest, 'WORK_QUEUED'));
    expect(queue().oldest_retried).toBe(recording().value(oldest, 'WORK_RETRY'));
  });

  const WAITS = `SELECT c.t - q.t AS s FROM work c JOIN queued q USING (id) WHERE c.type = 'WORK_CLAIMED'
    ORDER BY c.event_id DESC LIMIT 400`;
  const RUNS = `SELECT duration AS s FROM work WHERE type = 'WORK_COMPLETED' ORDER BY event_id DESC LIMIT 400`;

  it.each([
    ['wait', WAITS],
    ['run', RUNS],
  ] as const)('measures the %s of the newest 400', (figure, samples) => {
    const rank = (place: number) =>
      recording().value(`WITH ${WORK} SELECT s FROM (${samples}) ORDER BY s LIMIT 1 OFFSET ?`, place - 1);
    expect(queue()[figure].samples).toBe(400);
    expect(queue()[figure].p50).toBeCloseTo(Number(rank(200)), 6);
    expect(queue()[figure].p95).toBeCloseTo(Number(rank(380)), 6);
  });

  it.each(['selfplay', 'training', 'evaluation', 'sync'])(
    'counts %s by the type it was queued with',
    (type) => {
      const entity = entityOf(recording().fold, 'work.types', type) as unknown as WorkTypeEntity;
      const ofType = (name: string) =>
        recording().value(
          `WITH ${WORK} SELECT count(*) FROM work JOIN queued USING (id) WHERE kind = ? AND type = ?`,
          type,
          name,
        );
      expect(entity.totals).toMatchObject({
        queued: ofType('WORK_QUEUED'),
        completed: ofType('WORK_COMPLETED'),
        failed: ofType('WORK_FAILED'),
        timed_out: ofType('WORK_TIMEOUT'),
        retried: ofType('WORK_RETRY'),
      });
    },
  );

  it('counts tasks, and those without a worker', () => {
    const tasks = entityOf(recording().fold, 'work.tasks', 'tasks') as unknown as TasksEntity;
    expect(tasks.totals).toMatchObject({
      spawned: count('TASK_SPAWNED'),
      completed: count('TASK_COMPLETED'),
      orphaned: count('TASK_ORPHANED'),
      abandoned: count('TASK_ABANDONED'),
    });
    const open = (figure: string) =>
      recording().value(
        `WITH task AS MATERIALIZED (SELECT payload ->> 'task_id' AS id, upper(event_type) AS type, created_at AS t, event_id
           FROM events WHERE upper(event_type) LIKE 'TASK%')
         SELECT ${figure} FROM (SELECT *, row_number() OVER (PARTITION BY id ORDER BY t DESC, event_id DESC) AS n FROM task)
         WHERE n = 1 AND type = 'TASK_ORPHANED' AND t >= ${END} - 86400`,
      );
    expect(tasks.states.orphaned).toBe(open('count(*)'));
    expect(tasks.oldest_orphaned).toBe(open('min(t)'));
  });

  it('counts locks, and knows that none is held at the end', () => {
    const names = recording().rows<{ lock: string; taken: number; timeouts: number }>(
      `SELECT payload ->> 'lock_name' AS lock, sum(upper(event_type) = 'LOCK_ACQUIRED') AS taken,
         sum(upper(event_type) = 'LOCK_TIMEOUT') AS timeouts FROM events WHERE upper(event_type) LIKE 'LOCK%' GROUP BY 1`,
    );
    expect(names.length).toBeGreaterThan(0);
    for (const { lock, taken, timeouts } of names) {
      const entity = entityOf(recording().fold, 'work.locks', lock) as unknown as LockEntity;
      expect(entity).toMatchObject({ acquired: taken, timeouts, state: 'free', waits: 0 });
    }
    expect(recording().fold.states().work.locks.size).toBe(names.length);
  });
});
