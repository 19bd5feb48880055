import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../json';
import { event } from '../testing/event';
import { folded } from '../testing/run';
import { MAX_EPISODES, episodesOf } from './episodes';
import { qualityProjection } from '.';
import { addScore, isGood, type Score } from './scores';
import { selectQuality } from './rest';
import { MAX_MARKS, MAX_SCORES } from './limits';
import { initialQuality } from './state';

const score = (t: number, q: number): Score => ({ t, s: t, id: `e${t}`, kind: 'average', q });

describe('a thinned series', () => {
  const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 400 });

  it('keeps within its cap, in order, with the newest half untouched', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 20, max: 60 }), (all, cap) => {
        const scores: Score[] = [];
        all.forEach((q, t) => addScore(scores, score(t, q), cap, 0.6));
        expect(scores.length).toBeLessThanOrEqual(cap);
        expect(scores.map(({ t }) => t)).toEqual([...scores.map(({ t }) => t)].sort((a, b) => a - b));
        const recent = Math.min(all.length, Math.floor(cap * 0.4));
        expect(scores.slice(-recent).map(({ q }) => q)).toEqual(all.slice(-recent));
      }),
    );
  });

  it('keeps the crossings of the threshold and the extremes of a slow wave', () => {
    const wave = Array.from({ length: 2_000 }, (_, t) => 0.6 + 0.2 * Math.sin(t / 100));
    const scores: Score[] = [];
    wave.forEach((q, t) => addScore(scores, score(t, q), 400, 0.6));
    const crossings = (list: readonly number[]) =>
      list.filter((q, index) => index > 0 && q >= 0.6 !== (list[index - 1] ?? 0) >= 0.6).length;
    const kept = scores.map(({ q }) => q ?? 0);
    expect(crossings(kept)).toBe(crossings(wave));
    expect(Math.max(...kept)).toBeCloseTo(0.8, 2);
    expect(Math.min(...kept)).toBeCloseTo(0.4, 2);
    expect(scores.filter((each) => isGood(each, 0.6)).length).toBeGreaterThan(100);
  });
});

describe('state of years', () => {
  it('stays bounded per config, and episodes stay in order', () => {
    const state = initialQuality();
    const config_key = 'hex8_2p';
    for (let round = 0; round < 3_000; round += 1) {
      const at = round * 3_600;
      const q = round % 2 === 0 ? 0.5 : 0.7;
      const report = q < 0.6 ? 'QUALITY_DEGRADED' : 'QUALITY_CHECK_REQUESTED';
      const payloads: [string, JsonObject][] = [
        ['QUALITY_SCORE_UPDATED', { config_key, avg_quality: q }],
        [report, { config_key, current_quality: q, threshold: 0.6 }],
        ['QUALITY_PENALTY_APPLIED', { config_key, penalty_factor: 0.7 }],
        ['QUALITY_SCORE_UPDATED', { is_per_game: true, quality_score: q, training_weight: q }],
        [
          'PARITY_VALIDATION_COMPLETED',
          { config_key, parity_rate: 0.99, games_validated: 100, success: true },
        ],
      ];
      for (const [type, payload] of payloads)
        qualityProjection.fold(state, event(type, payload, at), () => undefined);
    }
    const config = state.configs.get(config_key);
    if (config === undefined) throw new Error('the config is gone');
    expect(config.scores.length).toBeLessThanOrEqual(MAX_SCORES);
    expect(config.marks.length).toBeLessThanOrEqual(MAX_MARKS);
    expect(state.parity.get(config_key)?.points.length).toBeLessThanOrEqual(400);
    expect(state.games.get('')?.hours.size).toBeLessThanOrEqual(720);
    const episodes = episodesOf(config_key, config);
    expect(episodes.length).toBeLessThanOrEqual(MAX_EPISODES);
    expect(episodes.length).toBeGreaterThan(150);
  });
});

describe('hostile payloads', () => {
  const TYPES = [
    ...['QUALITY_SCORE_UPDATED', 'QUALITY_DEGRADED', 'HIGH_QUALITY_DATA_AVAILABLE', 'SELFPLAY_RATE_CHANGED'],
    ...[
      'QUALITY_PENALTY_APPLIED',
      'QUALITY_FEEDBACK_ADJUSTED',
      'TRAINING_BLOCKED_BY_QUALITY',
      'EXPLORATION_BOOST',
    ],
    ...['PARITY_VALIDATION_COMPLETED', 'PARITY_FAILURE_RATE_CHANGED', 'NEW_GAMES_AVAILABLE', 'DATA_STALE'],
    ...['ORPHAN_GAMES_DETECTED', 'DATA_SYNC_COMPLETED', 'QUALITY_CHECK_FAILED'],
  ];
  const value: fc.Arbitrary<Json> = fc.oneof(
    fc.double(),
    fc.constantFrom<Json>(1e308, -1e308, 5e-324, -0, 'x', null, true, [], {}),
    fc.string(),
  );
  const fields = fc.constantFrom(
    ...[
      'avg_quality',
      'current_quality',
      'threshold',
      'new_rate',
      'old_rate',
      'penalty_factor',
      'new_weight',
    ],
    ...[
      'quality_score',
      'training_weight',
      'is_per_game',
      'quality_category',
      'parity_rate',
      'games_validated',
    ],
    ...[
      'new_games',
      'count',
      'items_synced',
      'data_age_hours',
      'last_sync',
      'reason',
      'databases',
      'success',
    ],
  );
  const hostile = fc.array(
    fc.tuple(fc.constantFrom(...TYPES), fc.dictionary(fields, value), fc.integer({ min: -1e6, max: 1e6 })),
    { maxLength: 60 },
  );

  it.each([
    ['NEW_GAMES_AVAILABLE', 'new_games'],
    ['DATA_SYNC_COMPLETED', 'items_synced'],
    ['PARITY_VALIDATION_COMPLETED', 'games_validated'],
  ])('cannot drive a sum of %s beyond numbers', (type, field) => {
    const huge = { config_key: 'hex8_2p', parity_rate: 1, [field]: 1e308 };
    const fold = folded([event(type, huge, 0), event(type, huge, 1)]);
    assertFinite(selectQuality(fold.states().quality));
  });

  it('bring no figure that is not finite into the state that pages read', () => {
    fc.assert(
      fc.property(hostile, (all) => {
        const fold = folded(
          all.map(([type, payload, at]) => event(type, { config_key: 'hex8_2p', ...payload }, at)),
        );
        const { quality } = fold.states();
        assertFinite(selectQuality(quality));
      }),
      { numRuns: 300 },
    );
  });
});

function assertFinite(value: unknown): void {
  // -0 is no JSON either: it would come back as another number.
  if (typeof value === 'number') expect(Number.isFinite(value) && !Object.is(value, -0)).toBe(true);
  else if (typeof value === 'object' && value !== null)
    for (const each of Object.values(value)) assertFinite(each);
}
