import { describe, expect, it } from 'vitest';
import type { LifecycleId } from '../catalogue/define';
import { LIFECYCLES, isClosed, mayFollow } from './lifecycles';

/** The first step that is out of order; null when all are in order. */
function firstMisfit(id: LifecycleId, steps: readonly string[]): string | null {
  const index = steps.findIndex((step, at) => !mayFollow(id, steps.slice(0, at), step));
  return index === -1 ? null : `${index} ${steps[index] ?? ''}`;
}

describe('mayFollow', () => {
  it.each<[LifecycleId, string]>([
    ['training', 'started completed started progress progress failed started'],
    ['evaluation', 'started progress completed started failed'],
    ['sync', 'started completed started stalled completed started stalled started failed'],
    ['recovery', 'initiated failed initiated completed'],
    ['work', 'queued claimed started completed'],
    ['work', 'queued claimed started retried claimed started failed'],
    ['work', 'queued claimed started timed_out retried claimed started completed'],
    ['work', 'queued cancelled queued claimed'],
    [
      'pipeline',
      'selfplay new_games sync selfplay export threshold selfplay training trained evaluated promoted distributed',
    ],
  ])('%s: %s', (id, steps) => {
    expect(firstMisfit(id, steps.split(' '))).toBeNull();
  });

  it.each<[LifecycleId, string, string]>([
    ['training', 'started started', '1 started'],
    ['training', 'completed', '0 completed'],
    ['training', 'started completed progress', '2 progress'],
    ['training', 'started failed completed', '2 completed'],
    ['sync', 'completed', '0 completed'],
    ['recovery', 'initiated completed failed', '2 failed'],
    ['work', 'queued started', '1 started'],
    ['work', 'queued claimed started completed completed', '4 completed'],
    ['pipeline', 'selfplay new_games threshold', '2 threshold'],
    ['pipeline', 'selfplay promoted', '1 promoted'],
    ['training', 'no_such_step', '0 no_such_step'],
  ])('%s: %s breaks at %s', (id, steps, misfit) => {
    expect(firstMisfit(id, steps.split(' '))).toBe(misfit);
  });
});

describe('lifecycles', () => {
  it.each(Object.entries(LIFECYCLES))(
    '%s refers to its own steps and can begin and end',
    (_id, { steps }) => {
      const ids = steps.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { after } of steps) for (const before of after) expect(ids).toContain(before);
      expect(steps.some(({ role }) => role === 'start')).toBe(true);
      expect(steps.some(({ role }) => role === 'end')).toBe(true);
      for (const { role, overdueAfter } of steps)
        if (role === 'end' || role === 'failure') expect(overdueAfter).toBeNull();
    },
  );

  it('know what runs through them', () => {
    expect(LIFECYCLES.training.subject({ config: 'hex8_2p' })).toBe('hex8_2p');
    expect(LIFECYCLES.evaluation.subject({ model_id: 'm1' })).toBe('m1');
    expect(LIFECYCLES.sync.subject({ sync_type: 'data', source: 'a' })).toBe('data from a');
    expect(LIFECYCLES.recovery.subject({ recovery_type: 'node', target: 'a' })).toBe('node a');
    expect(LIFECYCLES.work.subject({ work_id: 'w1' })).toBe('w1');
    expect(LIFECYCLES.work.subject({ work_id: '' })).toBeNull();
    expect(isClosed('work', 'failed')).toBe(true);
    expect(isClosed('work', 'retried')).toBe(false);
  });
});
