import { expect, it } from 'vitest';
import { describeRecording } from '../../../../domain/projections/testing/recording.test-support';
import { pageInput } from '../input';
import { qualityAverages } from './averages';
import { qualityEpisodes } from './episodes';
import { qualityGames } from './games';
import { qualityLoop } from './loop';
import { qualityParity } from './parity';

const ALL = pageInput.parse({});
const T0 = 1_766_700_000;
const SIX_HOURS = pageInput.parse({ configs: ['hex8_3p'], since: T0 + 7_200, until: T0 + 28_800 });

describeRecording('page /quality', (recording) => {
  const states = () => recording().fold.states();

  it('draws every average of the stretch, with the event behind it', () => {
    const { series } = qualityAverages(states(), SIX_HOURS);
    expect(series.map(({ config }) => config)).toEqual(['hex8_3p']);
    const rows = recording().rows<{ t: number; q: number; id: number }>(
      `SELECT created_at AS t, payload ->> 'avg_quality' AS q, event_id AS id FROM events
       WHERE upper(event_type) = 'QUALITY_SCORE_UPDATED' AND payload ->> 'board_type' = 'hex8' AND payload ->> 'num_players' = 3
       AND created_at BETWEEN ? AND ? ORDER BY created_at`,
      SIX_HOURS.since,
      SIX_HOURS.until,
    );
    expect(series[0]?.points).toEqual(rows.map(({ t, q }) => [t, q]));
    expect(series[0]?.events).toEqual(rows.map(({ id }) => `event-${id}`));
  });

  it('draws the mean of single games per hour', () => {
    const { perGame } = qualityAverages(states(), ALL);
    const rows = recording().rows<{ hour: number; mean: number; n: number }>(
      `SELECT CAST(created_at / 3600 AS INTEGER) AS hour, avg(payload ->> 'quality_score') AS mean, count(*) AS n FROM events
       WHERE upper(event_type) = 'QUALITY_SCORE_UPDATED' AND payload ->> 'quality_score' IS NOT NULL GROUP BY hour ORDER BY hour`,
    );
    expect(perGame.games).toEqual(rows.map(({ n }) => n));
    expect(perGame.points.map(([t]) => t)).toEqual(rows.map(({ hour }) => (hour + 0.5) * 3600));
    perGame.points.forEach(([, mean], index) => expect(mean).toBeCloseTo(rows[index]?.mean ?? NaN, 9));
  });

  it('follows every penalty to the average that was good again, and compares the next average with the one before', () => {
    const { effects } = qualityEpisodes(states(), ALL);
    const penalties = recording().rows<{ wait: number; rose: number }>(
      `WITH averages AS (SELECT created_at AS t, payload ->> 'avg_quality' AS q, (payload ->> 'board_type') || '_' || (payload ->> 'num_players') || 'p' AS config
         FROM events WHERE upper(event_type) = 'QUALITY_SCORE_UPDATED' AND payload ->> 'avg_quality' IS NOT NULL),
       penalties AS (SELECT created_at AS t, payload ->> 'config_key' AS config FROM events WHERE upper(event_type) = 'QUALITY_PENALTY_APPLIED')
       SELECT (SELECT min(a.t) FROM averages a WHERE a.config = p.config AND a.t > p.t AND a.q >= 0.6) - p.t AS wait,
         (SELECT a.q FROM averages a WHERE a.config = p.config AND a.t > p.t ORDER BY a.t LIMIT 1)
         > (SELECT a.q FROM averages a WHERE a.config = p.config AND a.t <= p.t ORDER BY a.t DESC LIMIT 1) AS rose
       FROM penalties p ORDER BY wait`,
    );
    const waits = penalties.map(({ wait }) => wait);
    const middle =
      (waits[Math.floor((waits.length - 1) / 2)] ?? NaN) + (waits[Math.ceil((waits.length - 1) / 2)] ?? NaN);
    expect(effects.find(({ kind }) => kind === 'penalty')).toMatchObject({
      times: penalties.length,
      compared: penalties.length,
      rose: penalties.filter(({ rose }) => rose === 1).length,
      recovered: penalties.length,
      median_s: expect.closeTo(middle / 2, 6) as number,
    });
  });

  it('counts the boxes of the loop for one config', () => {
    const count = (type: string, field: string) =>
      recording().value(
        `SELECT count(*) FROM events WHERE upper(event_type) = ? AND coalesce(payload ->> 'config_key', payload ->> 'config', (payload ->> 'board_type') || '_' || (payload ->> 'num_players') || 'p') = 'hex8_3p' AND ${field}`,
        type,
      );
    expect(
      Object.fromEntries(qualityLoop(states(), 'hex8_3p').map(({ step, count: found }) => [step, found])),
    ).toEqual({
      SELFPLAY_COMPLETE: count('SELFPLAY_COMPLETE', `payload ->> 'success'`),
      QUALITY_SCORE_UPDATED: count('QUALITY_SCORE_UPDATED', '1'),
      QUALITY_GOOD: count('QUALITY_SCORE_UPDATED', `payload ->> 'avg_quality' >= 0.6`),
      QUALITY_DEGRADED: count('QUALITY_DEGRADED', '1'),
      QUALITY_PENALTY_APPLIED: count('QUALITY_PENALTY_APPLIED', '1'),
      SELFPLAY_RATE_CHANGED: count('SELFPLAY_RATE_CHANGED', '1'),
      HIGH_QUALITY_DATA_AVAILABLE: count('HIGH_QUALITY_DATA_AVAILABLE', '1'),
      TRAINING_THRESHOLD_REACHED: count('TRAINING_THRESHOLD', '1'),
    });
    expect(qualityLoop(states(), 'nobody_2p').map(({ count: found }) => found)).toEqual(
      Array<number>(8).fill(0),
    );
  });

  it('counts single games within whole hours, and says that they name no config', () => {
    const input = pageInput.parse({ since: T0 + 7_200, until: T0 + 10_000 });
    const [from, to] = [7_200, 10_000].map((offset) => Math.floor((T0 + offset) / 3600));
    const { games, categories, unnamed } = qualityGames(states(), input);
    const inHours = `FROM events WHERE upper(event_type) = 'QUALITY_SCORE_UPDATED' AND payload ->> 'game_id' IS NOT NULL AND CAST(created_at / 3600 AS INTEGER) BETWEEN ? AND ?`;
    expect(games).toBe(recording().value(`SELECT count(*) ${inHours}`, from, to));
    expect(unnamed).toBe(0);
    expect(categories.find(({ name }) => name === 'poor')?.count).toBe(
      recording().value(`SELECT count(*) ${inHours} AND payload ->> 'quality_category' = 'poor'`, from, to),
    );
    const ofConfig = qualityGames(states(), { ...input, configs: ['hex8_2p'] });
    expect(ofConfig).toMatchObject({ games: 0, mean: null, unnamed: games });
  });

  it('draws every parity rate', () => {
    const { series } = qualityParity(states(), ALL);
    expect(series.flatMap(({ points }) => points)).toEqual(
      recording()
        .rows<{ t: number; rate: number }>(
          `SELECT created_at AS t, payload ->> 'parity_rate' AS rate FROM events WHERE upper(event_type) = 'PARITY_VALIDATION_COMPLETED' ORDER BY created_at`,
        )
        .map(({ t, rate }) => [t, rate]),
    );
  });
});
