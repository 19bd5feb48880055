import { expect, it } from 'vitest';
import { describeRecording } from '../testing/recording.test-support';
import { entityOf } from '../testing/run';

const CONFIGS = ['hex8_2p', 'hex8_3p', 'square8_2p', 'square8_3p', 'square19_2p', 'hexagonal_2p'];

/** The config's averages, by the board and the players that they name. */
const AVERAGES = `SELECT created_at AS t, payload ->> 'avg_quality' AS q FROM events
  WHERE upper(event_type) = 'QUALITY_SCORE_UPDATED' AND payload ->> 'avg_quality' IS NOT NULL
  AND (payload ->> 'board_type') || '_' || (payload ->> 'num_players') || 'p' = ?`;
const OF_CONFIG = `FROM events WHERE upper(event_type) = ? AND payload ->> 'config_key' = ?`;

type Selected = {
  configs: Record<string, { series: { t: number; avg_quality: number }[]; episodes: EpisodeLike[] }>;
  games: {
    count: number;
    mean: number;
    categories: Record<string, number>;
    weights: { from: number; count: number }[];
  };
};
type EpisodeLike = {
  began: { timestamp: number };
  reports: number;
  ended: { timestamp: number } | null;
  steps: { kind: string }[];
};

describeRecording('quality', (recording) => {
  const selected = () => recording().fold.selectState('quality') as unknown as Selected;

  it.each(CONFIGS)('tells the newest average of %s, and counts its reports', (config) => {
    const count = (type: string) => recording().value(`SELECT count(*) ${OF_CONFIG}`, type, config);
    expect(entityOf(recording().fold, 'quality.configs', config)).toMatchObject({
      average: recording().value(`SELECT q FROM (${AVERAGES}) ORDER BY t DESC LIMIT 1`, config),
      degraded: count('QUALITY_DEGRADED'),
      rate:
        recording().value(
          `SELECT payload ->> 'new_rate' ${OF_CONFIG} ORDER BY created_at DESC LIMIT 1`,
          'SELFPLAY_RATE_CHANGED',
          config,
        ) ?? null,
      high_quality_count: recording().value(
        `SELECT payload ->> 'high_quality_count' ${OF_CONFIG} ORDER BY created_at DESC LIMIT 1`,
        'HIGH_QUALITY_DATA_AVAILABLE',
        config,
      ),
    });
  });

  it.each(CONFIGS)('holds every average of %s', (config) => {
    expect(selected().configs[config]?.series.map(({ t, avg_quality: q }) => ({ t, q }))).toEqual(
      recording().rows(`${AVERAGES} ORDER BY created_at`, config),
    );
  });

  it.each(CONFIGS)('finds the slope of the last averages of %s', (config) => {
    const slope = recording().value(
      `WITH last AS (SELECT (t - (SELECT max(t) FROM (${AVERAGES}))) / 3600.0 AS x, q FROM (${AVERAGES}) ORDER BY t DESC LIMIT 12)
       SELECT (count(*) * sum(x * q) - sum(x) * sum(q)) / (count(*) * sum(x * x) - sum(x) * sum(x)) FROM last`,
      config,
      config,
    ) as number;
    expect(entityOf(recording().fold, 'quality.configs', config)['trend_per_hour']).toBeCloseTo(slope, 3);
  });

  it('groups reports into episodes that end with the next average at the threshold', () => {
    // A report opens an episode when no other report stands between it and the last average that was good.
    const opening = `SELECT d.created_at AS t, d.payload ->> 'config_key' AS config FROM events d
      WHERE upper(d.event_type) = 'QUALITY_DEGRADED' AND NOT EXISTS (
        SELECT 1 FROM events e WHERE upper(e.event_type) = 'QUALITY_DEGRADED' AND e.created_at < d.created_at
        AND e.payload ->> 'config_key' = d.payload ->> 'config_key' AND NOT EXISTS (
          SELECT 1 FROM events g WHERE g.created_at > e.created_at AND g.created_at < d.created_at
          AND upper(g.event_type) IN ('QUALITY_SCORE_UPDATED', 'HIGH_QUALITY_DATA_AVAILABLE')
          AND coalesce(g.payload ->> 'config_key', (g.payload ->> 'board_type') || '_' || (g.payload ->> 'num_players') || 'p') = d.payload ->> 'config_key'
          AND g.payload ->> 'avg_quality' >= 0.6))`;
    for (const config of CONFIGS) {
      const found = selected().configs[config]?.episodes ?? [];
      expect(found.map(({ began }) => began.timestamp)).toEqual(
        recording()
          .rows<{ t: number }>(`SELECT t FROM (${opening}) WHERE config = ? ORDER BY t`, config)
          .map(({ t }) => t),
      );
      const reports = found.reduce((sum, episode) => sum + episode.reports, 0);
      expect(reports).toBe(recording().value(`SELECT count(*) ${OF_CONFIG}`, 'QUALITY_DEGRADED', config));
      for (const { began, ended } of found)
        expect(ended?.timestamp).toBe(
          recording().value(
            `SELECT min(t) FROM (${AVERAGES}) WHERE t > ? AND q >= 0.6`,
            config,
            began.timestamp,
          ),
        );
    }
  });

  it('finds every penalty in an episode', () => {
    const steps = CONFIGS.flatMap((config) => selected().configs[config]?.episodes ?? []).flatMap(
      ({ steps }) => steps,
    );
    expect(steps.filter(({ kind }) => kind === 'penalty').length).toBe(
      recording().value(`SELECT count(*) FROM events WHERE upper(event_type) = 'QUALITY_PENALTY_APPLIED'`),
    );
  });

  it('spreads single games over categories and weights', () => {
    const games = `FROM events WHERE upper(event_type) = 'QUALITY_SCORE_UPDATED' AND payload ->> 'is_per_game' = 1`;
    const { count, mean, categories, weights } = selected().games;
    expect(count).toBe(recording().value(`SELECT count(*) ${games}`));
    expect(mean).toBeCloseTo(
      recording().value(`SELECT avg(payload ->> 'quality_score') ${games}`) as number,
      9,
    );
    for (const [name, found] of Object.entries(categories))
      expect(found, name).toBe(
        recording().value(`SELECT count(*) ${games} AND payload ->> 'quality_category' = ?`, name),
      );
    for (const { from, count: found } of weights.slice(0, -1))
      expect(found, String(from)).toBe(
        recording().value(
          `SELECT count(*) ${games} AND round(100 * (payload ->> 'training_weight')) >= ? AND round(100 * (payload ->> 'training_weight')) < ?`,
          Math.round(from * 100),
          Math.round(from * 100) + 5,
        ),
      );
  });

  it('knows parity and how old the games are', () => {
    const parity = `FROM events WHERE upper(event_type) = 'PARITY_VALIDATION_COMPLETED' AND payload ->> 'board_type' = 'square8'`;
    expect(entityOf(recording().fold, 'quality.parity', 'square8_2p')).toMatchObject({
      validations: recording().value(`SELECT count(*) ${parity}`),
      failed: recording().value(`SELECT count(*) ${parity} AND payload ->> 'success' = 0`),
      games: recording().value(`SELECT sum(payload ->> 'games_validated') ${parity}`),
      overall_rate: expect.closeTo(
        recording().value(
          `SELECT sum((payload ->> 'parity_rate') * (payload ->> 'games_validated')) / sum(payload ->> 'games_validated') ${parity}`,
        ) as number,
        9,
      ) as number,
    });
    for (const config of CONFIGS) {
      const entity = entityOf(recording().fold, 'quality.freshness', config);
      expect(entity['games_at']).toBe(
        recording().value(`SELECT max(created_at) ${OF_CONFIG}`, 'NEW_GAMES', config),
      );
      // Whole minutes of event time: the last sixty, the newest event's included.
      expect(entity['games_per_hour']).toBe(
        recording().value(
          `SELECT coalesce(sum(payload ->> 'new_games'), 0) ${OF_CONFIG} AND CAST(created_at / 60 AS INTEGER) > (SELECT CAST(max(created_at) / 60 AS INTEGER) - 60 FROM events)`,
          'NEW_GAMES',
          config,
        ),
      );
    }
  });

  it.each([
    ['ORPHAN_GAMES_DETECTED', 'count'],
    ['ORPHAN_GAMES_REGISTERED', 'count'],
    ['DATA_SYNC_COMPLETED', 'items_synced'],
  ])('sums up %s', (type, field) => {
    expect(entityOf(recording().fold, 'quality.tallies', type)).toMatchObject({
      count: recording().value(`SELECT count(*) FROM events WHERE upper(event_type) = ?`, type),
      amount: recording().value(
        `SELECT sum(payload ->> ?) FROM events WHERE upper(event_type) = ?`,
        field,
        type,
      ),
    });
  });
});
