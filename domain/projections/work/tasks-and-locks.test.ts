import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope';
import { event, T0 } from '../testing/event';
import { entityOf, folded } from '../testing/run';
import { taskItem } from '.';

type Payload = Record<string, string | number | string[]>;

describe('a task', () => {
  const task = (type: string, at: number, more: Payload = {}) => event(type, { task_id: 't1', ...more }, at);
  const item = (events: readonly StoredEvent[]) => {
    const { tasks } = folded(events).states().work;
    const life = tasks.live.get('t1') ?? tasks.ended.get('t1');
    if (life === undefined) throw new Error('no t1');
    return taskItem(life);
  };
  const beats = [
    task('TASK_SPAWNED', 0, { task_type: 'export' }),
    task('TASK_HEARTBEAT', 60, { progress: 0.25 }),
  ];

  it('runs, and of its heartbeats only the newest is kept', () => {
    const later = [...beats, task('TASK_HEARTBEAT', 180, { progress: 0.75 }), task('TASK_HEARTBEAT', 120)];
    expect(item(later)).toMatchObject({
      state: 'running',
      since: T0,
      task_type: 'export',
      progress: 0.75,
      last_heartbeat: T0 + 180,
    });
    expect(item(later).steps.map(({ step }) => step)).toEqual(['spawned', 'heartbeat']);
  });

  it('is orphaned until another worker beats for it or it is abandoned', () => {
    const orphaned = [
      ...beats,
      task('TASK_ORPHANED', 300, { reason: 'no heartbeat', last_heartbeat: T0 + 60 }),
    ];
    expect(item(orphaned)).toMatchObject({ state: 'orphaned', since: T0 + 300, note: 'no heartbeat' });
    expect(item([...orphaned, task('TASK_HEARTBEAT', 400)])).toMatchObject({
      state: 'running',
      since: T0 + 400,
    });
    const given = [...orphaned, task('TASK_ABANDONED', 500, { reason: 'no longer needed' })];
    expect(item(given)).toMatchObject({ state: 'abandoned', note: 'no longer needed' });
    expect(entityOf(folded(orphaned), 'work.tasks', 'tasks')).toMatchObject({
      states: { orphaned: 1, running: 0 },
      totals: { orphaned: 1, spawned: 1, heartbeat: 1 },
      oldest_orphaned: T0 + 300,
      last_orphaned: { timestamp: T0 + 300 },
    });
  });

  it('is not revived by a heartbeat or a watchdog that comes late', () => {
    const done = [...beats, task('TASK_COMPLETED', 200)];
    expect(item([...done, task('TASK_HEARTBEAT', 201), task('TASK_ORPHANED', 202)]).state).toBe('done');
  });
});

describe('a lock', () => {
  const lock = (type: string, at: number, more: Payload = {}) =>
    event(type, { lock_name: 'elo', ...more }, at);
  const entity = (events: readonly StoredEvent[]) => entityOf(folded(events), 'work.locks', 'elo');
  const taken = lock('LOCK_ACQUIRED', 0, { holder: 'a' });

  it('is held by whoever took it last, until it is released', () => {
    expect(entity([taken])).toMatchObject({ state: 'held', holder: 'a', since: T0, acquired: 1 });
    expect(entity([taken, lock('LOCK_RELEASED', 30)])).toMatchObject({
      state: 'free',
      holder: null,
      since: T0 + 30,
      held_for: { samples: 1, p50: 30 },
    });
    expect(entity([lock('LOCK_RELEASED', 30), taken])['state']).toBe('free');
  });

  it('is given up by a timeout of its holder, and waited for by a timeout of another', () => {
    expect(entity([taken, lock('LOCK_TIMEOUT', 60)])).toMatchObject({ state: 'free', timeouts: 1, waits: 0 });
    expect(entity([taken, lock('LOCK_TIMEOUT', 60, { holder: 'a' })])['state']).toBe('free');
    expect(entity([taken, lock('LOCK_TIMEOUT', 60, { holder: 'b', waited_seconds: 30 })])).toMatchObject({
      state: 'held',
      holder: 'a',
      timeouts: 1,
      waits: 1,
      waiter: 'b',
      waited: 30,
    });
  });

  it('is lost when it is held and not heard of for 24 h', () => {
    const later = (seconds: number) =>
      entity([taken, event('HOST_ONLINE', { node_id: 'n' }, seconds)])['state'];
    expect([later(86_400), later(86_500)]).toEqual(['held', 'lost']);
  });

  it('of a deadlock is open until it moves again', () => {
    const knot = event(
      'DEADLOCK_DETECTED',
      { locks_involved: ['elo', 'registry'], holders: ['a', 'b'], resolution: 'youngest aborted' },
      10,
    );
    const seen = (events: readonly StoredEvent[]) => entityOf(folded(events), 'work.deadlocks', knot.eventId);
    expect(seen([taken, knot])).toMatchObject({
      locks: ['elo', 'registry'],
      holders: ['a', 'b'],
      resolution: 'youngest aborted',
      moved_on: null,
    });
    const other = event('LOCK_RELEASED', { lock_name: 'games' }, 20);
    expect(seen([taken, knot, other])['moved_on']).toBe(null);
    expect(seen([taken, knot, lock('LOCK_RELEASED', 25)])['moved_on']).toBe(T0 + 25);
    // Told of after its lock has moved: every event of a test comes after those made before it.
    const late = (type: string, seconds: number) =>
      seen([taken, { ...lock(type, seconds), seq: knot.seq - 1 }, knot]);
    for (const type of ['LOCK_RELEASED', 'LOCK_TIMEOUT']) {
      expect(late(type, 25)['moved_on']).toBe(T0 + 25);
      expect(late(type, 5)['moved_on']).toBe(null);
    }
    expect(entity([taken, knot])['deadlocks']).toBe(1);
  });
});
