import { describe, expect, it } from 'vitest';
import type { DeadlockEntity, FlowVerdict } from '@/domain/projections/work/entities';
import { headlineOf, resourcesHint } from './headline';

const flowing: FlowVerdict = { state: 'flowing', reason: '26 claimed, 21 done in 30 min' };
const knot = (at: number, more: Partial<DeadlockEntity> = {}): DeadlockEntity => ({
  ...{ at, locks: ['elo_db', 'model_registry'], holders: [], resolution: null, moved_on: null },
  event: { event_id: 'e', seq: 1, event_type: 'DEADLOCK_DETECTED', timestamp: at, config: null, node: null },
  ...more,
});

describe('the headline of work', () => {
  it('is a deadlock that stands, however well the queue flows', () => {
    const [newer, older] = [knot(200), knot(100)];
    expect(headlineOf(flowing, [newer], 300)).toEqual({ tone: 'crit', label: 'Deadlock', deadlock: newer });
    expect(headlineOf(flowing, [newer, older], 300)).toEqual({
      tone: 'crit',
      label: '2 deadlocks',
      deadlock: older,
    });
  });

  it('is how work flows once the deadlock moved on', () => {
    expect(headlineOf(flowing, [knot(100, { moved_on: 150 })], 300)).toEqual({
      tone: 'ok',
      label: 'Flowing',
      deadlock: null,
    });
  });

  it('tells of a deadlock without names, which nothing can end, for an hour', () => {
    expect(headlineOf(flowing, [knot(100, { locks: [] })], 3_659).tone).toBe('crit');
    expect(headlineOf(flowing, [knot(100, { locks: [] })], 3_660).tone).toBe('ok');
    expect(headlineOf(flowing, [knot(100)], 90_000).tone).toBe('crit');
  });
});

it('tells of resources only what there is', () => {
  expect(resourcesHint(0, 0, 0)).toBe('no idle or short resource in 1 h');
  expect(resourcesHint(8, 0, 0)).toBe('8 low or medium');
  expect(resourcesHint(0, 1, 0)).toBe('1 idle resource in 1 h');
  expect(resourcesHint(2, 13, 4)).toBe('2 low or medium; 13 idle, 4 short resources in 1 h');
});
