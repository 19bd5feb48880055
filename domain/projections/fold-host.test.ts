import { describe, expect, it } from 'vitest';
import { event } from './testing/event';
import { entityOf, folded } from './testing/run';

describe('the boxes of the flows', () => {
  it('count both branches of a quality score and of an evaluation', () => {
    const fold = folded([
      ...[0.9, 0.6, 0.59].map((avg_quality) => event('QUALITY_SCORE_UPDATED', { avg_quality })),
      ...[12, 0, -3].map((elo_delta) => event('EVALUATION_COMPLETED', { model_id: 'm', elo_delta })),
      event('REGRESSION_DETECTED', {}),
    ]);
    const count = (key: string) => entityOf(fold, 'flows.steps', key)['count'];
    expect(['quality/QUALITY_SCORE_UPDATED', 'quality/QUALITY_GOOD'].map(count)).toEqual([3, 2]);
    expect(['recovery/EVALUATION_COMPLETED', 'recovery/NO_REGRESSION'].map(count)).toEqual([3, 2]);
    expect(count('recovery/REGRESSION_DETECTED')).toBe(1);
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

  it('answers nothing for states and topics that it does not have', () => {
    const fold = folded([]);
    expect([fold.selectState('router'), fold.topicReader('router.status')]).toEqual([undefined, undefined]);
    expect(fold.selectState('models')).toEqual({ as_of_seq: 0, configs: {}, models: {} });
  });
});
