import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope';
import { episodesOf } from './episodes';
import { event, T0 } from '../testing/event';
import { entityOf, folded } from '../testing/run';
import type { QualityEntity } from './entities';

const HEX = { config_key: 'hex8_2p' };
const average = (q: number, at: number, more = {}) =>
  event('QUALITY_SCORE_UPDATED', { board_type: 'hex8', num_players: 2, avg_quality: q }, at, more);
const degraded = (q: number, at: number, more = {}) =>
  event('QUALITY_DEGRADED', { ...HEX, current_quality: q, threshold: 0.6, quality_drop_pct: 20 }, at, more);
const penalty = (at: number, more = {}) =>
  event(
    'QUALITY_PENALTY_APPLIED',
    { ...HEX, penalty_factor: 0.7, reason: 'quality_below_threshold' },
    at,
    more,
  );
const rate = (from: number, to: number, at: number) =>
  event('SELFPLAY_RATE_CHANGED', { ...HEX, old_rate: from, new_rate: to, change_pct: -30 }, at);
const lifted = (at: number) =>
  event(
    'QUALITY_FEEDBACK_ADJUSTED',
    { ...HEX, old_weight: 0.7, new_weight: 1, reason: 'quality_recovered' },
    at,
  );
const blocked = (at: number) =>
  event('TRAINING_BLOCKED_BY_QUALITY', { ...HEX, quality: 0.5, required_quality: 0.55 }, at);
const boost = (at: number) => event('EXPLORATION_BOOST', { ...HEX, boost_factor: 1.6 }, at);
const high = (q: number, at: number) =>
  event(
    'HIGH_QUALITY_DATA_AVAILABLE',
    { ...HEX, high_quality_count: 3000, total_count: 4000, avg_quality: q },
    at,
  );

function standing(...events: StoredEvent[]): QualityEntity {
  return entityOf(folded(events), 'quality.configs', 'hex8_2p') as unknown as QualityEntity;
}

function episodes(events: readonly StoredEvent[]) {
  const config = folded(events).states().quality.configs.get('hex8_2p');
  return config === undefined ? [] : episodesOf('hex8_2p', config);
}

describe('where a config stands', () => {
  const spell = [average(0.7, 0), average(0.55, 10), degraded(0.55, 10)];

  it.each<[string, StoredEvent[], string, number | null]>([
    ['no word on quality', [rate(1, 0.9, 0)].concat([penalty(0)]), 'unknown', null],
    ['good averages', [average(0.7, 0), average(0.8, 10)], 'good', 0],
    ['a bad average', [average(0.7, 0), average(0.5, 10), average(0.4, 20)], 'degraded', 10],
    ['a report', spell, 'degraded', 10],
    ['a penalty', [...spell, penalty(11), rate(1, 0.7, 12), penalty(50)], 'penalised', 11],
    ['a boost after the penalty', [...spell, penalty(11), boost(12)], 'boosted', 12],
    ['a penalty after the boost', [...spell, boost(11), penalty(12)], 'penalised', 12],
    ['a block', [...spell, penalty(11), blocked(12), blocked(20)], 'blocked', 12],
    ['training after the block', [...spell, blocked(12), event('TRAINING_STARTED', HEX, 20)], 'degraded', 10],
    ['the required quality after the block', [...spell, blocked(12), average(0.56, 20)], 'degraded', 10],
    ['quality back, penalty left', [...spell, penalty(11), average(0.65, 30)], 'recovering', 30],
    ['the penalty lifted', [...spell, penalty(11), average(0.65, 30), lifted(40)], 'good', 30],
    ['the full rate again', [...spell, penalty(11), average(0.65, 30), rate(0.7, 1, 40)], 'good', 30],
    ['high-quality data', [...spell, high(0.7, 30)], 'good', 30],
  ])('after %s', (_, events, state, since) => {
    const entity = standing(...events);
    expect(entity.state).toBe(state);
    expect(entity.state_event?.timestamp ?? null).toBe(since === null ? null : T0 + since);
  });

  it('judges by the threshold that the cluster stated last', () => {
    const raised = event('QUALITY_DEGRADED', { ...HEX, current_quality: 0.65, threshold: 0.7 }, 5);
    expect(standing(average(0.65, 0))).toMatchObject({
      state: 'good',
      threshold: 0.6,
      threshold_stated: false,
    });
    const entity = standing(average(0.65, 0), raised);
    expect(entity).toMatchObject({ state: 'degraded', threshold: 0.7, threshold_stated: true });
    expect(entity.state_event?.event_type).toBe('QUALITY_SCORE_UPDATED');
  });

  it('takes no quality outside 0..1, and no score of a single game, for an average', () => {
    const odd = [72, -0.1].map((q, index) => average(q, 10 + index));
    const game = event(
      'QUALITY_SCORE_UPDATED',
      { ...HEX, game_id: 'g', quality_score: 0.2, is_per_game: true },
      20,
    );
    expect(standing(average(0.7, 0), ...odd, game)).toMatchObject({ average: 0.7, spark: [0.7] });
  });

  it('tells the slope of the last averages per hour', () => {
    const rising = [0, 1, 2, 3].map((step) => average(0.6 + step * 0.01, step * 1800));
    expect(standing(...rising).trend_per_hour).toBeCloseTo(0.02);
    expect(standing(average(0.6, 0), average(0.7, 10)).trend_per_hour).toBeNull();
    expect(standing(average(0.6, 0), average(0.7, 0), average(0.8, 0)).trend_per_hour).toBeNull();
  });
});

describe('episodes', () => {
  const story = [
    degraded(0.58, 0),
    penalty(0),
    rate(1, 0.7, 1),
    degraded(0.55, 600),
    rate(0.7, 0.49, 601),
    event('LOW_QUALITY_DATA_WARNING', { ...HEX, avg_quality: 0.55, threshold: 0.6 }, 602),
    average(0.59, 900),
    boost(1000),
    average(0.64, 1200),
    lifted(1500),
    degraded(0.59, 3000),
  ];

  it('gather what followed a report until quality was back', () => {
    const [first, second, ...more] = episodes(story);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ quality: 0.58, lowest: 0.55, threshold: 0.6, reports: 2, warnings: 1 });
    expect(first?.steps.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['penalty', null, 0.7],
      ['rate', 1, 0.7],
      ['rate', 0.7, 0.49],
      ['boost', null, 1.6],
    ]);
    expect(first).toMatchObject({ ended_quality: 0.64, duration_s: 1200 });
    expect(first?.lifted?.timestamp).toBe(T0 + 1500);
    expect(first?.relapse?.timestamp).toBe(T0 + 3000);
    expect(second).toMatchObject({ quality: 0.59, ended: null, duration_s: null, relapse: null });
  });

  it('end with feedback that says so, where no average does', () => {
    const [only] = episodes([degraded(0.5, 0), lifted(60)]);
    expect(only?.ended?.event_type).toBe('QUALITY_FEEDBACK_ADJUSTED');
    expect(only).toMatchObject({ duration_s: 60, ended_quality: null });
  });

  it('keep tightened feedback and targets lowered for quality as steps, other targets not', () => {
    const target = (reason: string) =>
      event('SELFPLAY_TARGET_UPDATED', { ...HEX, old_target: 500, new_target: 700, reason }, 2);
    const tighter = event(
      'QUALITY_FEEDBACK_ADJUSTED',
      { ...HEX, old_weight: 1, new_weight: 0.8, reason: 'low' },
      3,
    );
    const [only] = episodes([degraded(0.5, 0), target('quality_low'), target('training_stalled'), tighter]);
    expect(only?.steps.map(({ kind }) => kind)).toEqual(['target', 'feedback']);
  });

  const one = fc.record({
    make: fc.constantFrom(
      (at: number) => degraded(0.5, at),
      (at: number) => penalty(at),
      (at: number) => rate(1, 0.7, at),
      (at: number) => boost(at),
      (at: number) => blocked(at),
      (at: number) => lifted(at),
      (at: number) => average(0.5, at),
      (at: number) => average(0.7, at),
      (at: number) => high(0.8, at),
    ),
    at: fc.integer({ min: 0, max: 50 }),
  });
  const shuffled = fc
    .array(one, { maxLength: 40 })
    .map((all) => all.map(({ make, at }) => make(at)))
    .chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
    );

  it('and standings do not depend on the order of arrival', () => {
    fc.assert(
      fc.property(shuffled, ([events, other]) => {
        expect(episodes(other)).toEqual(episodes(events));
        const state = (all: readonly StoredEvent[]) =>
          folded(all).topicReader('quality.configs')?.entity('hex8_2p');
        expect(state(other)).toEqual(state(events));
      }),
      { numRuns: 300 },
    );
  });

  it('stand in time order, end after they began, and hold steps of their own time only', () => {
    fc.assert(
      fc.property(shuffled, ([, events]) => {
        let before = -Infinity;
        for (const { began, ended, steps, duration_s } of episodes(events)) {
          expect(began.timestamp).toBeGreaterThanOrEqual(before);
          before = ended?.timestamp ?? Infinity;
          expect(duration_s === null).toBe(ended === null);
          expect(duration_s ?? 0).toBeGreaterThanOrEqual(0);
          for (const step of steps) {
            expect(step.event.timestamp).toBeGreaterThanOrEqual(began.timestamp);
            expect(step.event.timestamp).toBeLessThanOrEqual(before);
          }
        }
      }),
    );
  });
});
