import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { StoredEvent } from '../events/envelope';
import { createFold } from './fold-host';
import { event, T0 } from './testing/event';
import { entityOf, folded } from './testing/run';

describe('the boxes of the flows', () => {
  it('count both branches of a quality score and of an evaluation', () => {
    const fold = folded([
      ...[0.9, 0.6, 0.59].map((avg_quality) => event('QUALITY_SCORE_UPDATED', { avg_quality })),
      ...[12, 0, -3].map((elo_delta) => event('EVALUATION_COMPLETED', { model_id: 'm', elo_delta })),
      event('REGRESSION_DETECTED', {}),
      ...[true, false].map((success) => event('SELFPLAY_COMPLETE', { config_key: 'hex8_2p', success })),
    ]);
    const count = (key: string) => entityOf(fold, 'flows.steps', key)['count'];
    expect(['quality/QUALITY_SCORE_UPDATED', 'quality/QUALITY_GOOD'].map(count)).toEqual([3, 2]);
    expect(['recovery/EVALUATION_COMPLETED', 'recovery/NO_REGRESSION'].map(count)).toEqual([3, 2]);
    expect(count('recovery/REGRESSION_DETECTED')).toBe(1);
    expect(count('quality/SELFPLAY_COMPLETE')).toBe(1);
    expect(entityOf(fold, 'pipeline.stages', 'selfplay')).toMatchObject({ count: 1 });
  });
});

describe('traffic', () => {
  it('is the only state that a repeated row changes', () => {
    const first = event('HOST_OFFLINE', { node_id: 'n1' }, 0);
    const repeated = event('HOST_ONLINE', { node_id: 'n1' }, 5, { duplicateOf: first.eventId });
    const fold = folded([first, repeated, event('MADE_UP', {}, 6)]);
    expect(fold.selectState('nodes')).toMatchObject({ nodes: { n1: { status: 'offline', events: 1 } } });
    expect(entityOf(fold, 'traffic.total', 'all')).toMatchObject({
      events: 3,
      types: 3,
      duplicates: 1,
      uncatalogued: 1,
    });
    expect(entityOf(fold, 'traffic.types', 'MADE_UP')).toMatchObject({
      catalogued: false,
      count: 1,
      duplicates: 0,
    });
  });
});

function touchedOneByOne(events: readonly StoredEvent[]): ReadonlySet<string> {
  const fold = createFold();
  const touched = new Set<string>();
  for (const each of events) fold.fold(each, (topic, key) => touched.add(`${topic} ${key}`));
  return touched;
}

describe('a fold', () => {
  it('refuses a snapshot of other projections and keeps its own state', () => {
    const fold = folded([event('HOST_ONLINE', { node_id: 'n1' }, 0, { seq: 7 })]);
    const snapshot = folded([]).snapshot();
    const other = {
      ...snapshot,
      projections: snapshot.projections.map((each) => ({ ...each, version: 999 })),
    };
    expect(fold.restore(other)).toBe(false);
    expect(fold.asOfSeq).toBe(7);
    expect(fold.restore(snapshot)).toBe(true);
    expect([fold.asOfSeq, fold.clock]).toEqual([0, null]);
  });

  it('takes many events as it takes them one by one, whatever their times and repetitions', () => {
    const types = ['HOST_ONLINE', 'HOST_OFFLINE', 'WORK_QUEUED', 'WORK_STARTED', 'MADE_UP'];
    const happening = fc.record({
      type: fc.constantFrom(...types),
      at: fc.oneof(fc.nat(9_000), fc.constant(200_000_000)),
      node_id: fc.constantFrom('n1', 'n2'),
      duplicateOf: fc.option(fc.constant('first'), { freq: 5 }),
    });
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 300, size: 'max' }), (all) => {
        const events = all.map(({ type, at, node_id, duplicateOf }, index) =>
          event(type, { node_id, work_id: node_id }, at, { seq: index + 1, duplicateOf, receivedAt: T0 }),
        );
        const fold = createFold();
        const touched = new Set<string>();
        const trouble = vi.fn();
        fold.foldAll(events, (topic, key) => touched.add(`${topic} ${key}`), trouble);
        expect(fold.snapshot()).toEqual(folded(events).snapshot());
        expect(touched.size).toBe(touchedOneByOne(events).size);
        expect(trouble).not.toHaveBeenCalled();
      }),
      { numRuns: 30 },
    );
  });

  it('answers nothing for states and topics that it does not have', () => {
    const fold = folded([]);
    expect([fold.selectState('router'), fold.topicReader('router.status')]).toEqual([undefined, undefined]);
    expect(fold.selectState('models')).toEqual({ as_of_seq: 0, configs: {}, models: {} });
  });
});
