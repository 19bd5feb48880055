import { describe, expect, it } from 'vitest';
import { describeRecording } from '../../../../domain/projections/testing/recording.test-support';
import { eloCharts } from './charts';
import { eloInput } from './input';
import { eloLeaderboard } from './leaderboard';
import { eloSummaries } from './summary';

const CONFIGS = ['hex8_2p', 'hex8_3p', 'square8_2p', 'square8_3p', 'square19_2p', 'hexagonal_2p'];
const ALL = eloInput.parse({});
const FIELD = (name: string): string => `json_extract(payload, '$.${name}')`;
const OF = `upper(event_type) = ? AND ${FIELD('config_key')} = ?`;

type Rated = { t: number; elo: number };

describeRecording('The Elo page', (recording) => {
  const states = () => recording().fold.states();
  const summary = (config: string, more: Parameters<typeof eloInput.parse>[0] = {}) => {
    const [row] = eloSummaries(states(), eloInput.parse({ configs: [config], ...(more as object) }));
    if (row === undefined) throw new Error(`${config} has no row.`);
    return row;
  };
  const ratings = (config: string): Rated[] =>
    recording().rows<Rated>(
      `SELECT created_at AS t, ${FIELD('new_elo')} AS elo FROM events WHERE ${OF} ORDER BY created_at, event_id`,
      'ELO_UPDATED',
      config,
    );

  describe.each(CONFIGS)('%s', (config) => {
    const count = (type: string) =>
      recording().value(`SELECT count(*) FROM events WHERE ${OF}`, type, config);

    it('has the champion that the last promotion or rollback made, with its rating', () => {
      const champion = recording().value(
        `SELECT CASE upper(event_type) WHEN 'MODEL_PROMOTED' THEN ${FIELD('model_id')} ELSE ${FIELD('rollback_to')} END
         FROM events WHERE upper(event_type) IN ('MODEL_PROMOTED', 'PROMOTION_ROLLED_BACK') AND ${FIELD('config_key')} = ?
         ORDER BY created_at DESC, event_id DESC LIMIT 1`,
        config,
      );
      const elo = recording().value(
        `SELECT ${FIELD('new_elo')} FROM events WHERE ${OF} AND ${FIELD('model_id')} = ? ORDER BY created_at DESC LIMIT 1`,
        'ELO_UPDATED',
        config,
        champion,
      );
      expect(summary(config)).toMatchObject({ champion, champion_elo: elo });
    });

    it('counts decisions and averages the gain of promotions', () => {
      const gain = recording().value(
        `SELECT avg(${FIELD('elo_improvement')}) FROM events WHERE ${OF}`,
        'MODEL_PROMOTED',
        config,
      );
      expect(summary(config)).toMatchObject({
        promotions: count('MODEL_PROMOTED'),
        rejections: count('PROMOTION_REJECTED'),
        rollbacks: count('PROMOTION_ROLLED_BACK'),
        gain: expect.closeTo(Number(gain), 6) as number,
      });
    });

    it('has the velocity of the least squares line through the last 12 h', () => {
      const last = ratings(config).at(-1)?.t ?? 0;
      const slope = recording().value(
        `WITH window AS (SELECT (created_at - :last) / 3600.0 AS x, ${FIELD('new_elo')} AS y FROM events
           WHERE upper(event_type) = 'ELO_UPDATED' AND ${FIELD('config_key')} = :config
             AND created_at > :last - 43200 AND created_at <= :last)
         SELECT (count(*) * sum(x * y) - sum(x) * sum(y)) / (count(*) * sum(x * x) - sum(x) * sum(x)) FROM window`,
        { last, config },
      );
      expect(summary(config).velocity).toBeCloseTo(Number(slope), 6);
    });

    it('has reached a target when a rating first did', () => {
      const target = 1_650;
      const first = recording().value(
        `SELECT min(created_at) FROM events WHERE ${OF} AND ${FIELD('new_elo')} >= ?`,
        'ELO_UPDATED',
        config,
        target,
      );
      const { projection } = summary(config, { targets: [[config, target]] });
      expect(projection).toMatchObject({ kind: 'reached', at: first });
    });

    it('draws every rating at the epochs that its model was trained for', () => {
      const [curve] = eloCharts(states(), { ...ALL, configs: [config] }).curves;
      expect(curve?.points.map(({ t, elo }) => ({ t, elo }))).toEqual(ratings(config));
      const last = curve?.points.at(-1);
      const epochs = recording().value(
        `SELECT sum(${FIELD('epochs')}) FROM events WHERE ${OF} AND created_at <=
           (SELECT created_at FROM events WHERE ${OF} AND ${FIELD('model_id')} = ?)`,
        'TRAINING_COMPLETED',
        config,
        'TRAINING_COMPLETED',
        config,
        last?.model,
      );
      expect(last?.step).toBe(epochs);
    });
  });

  it('lists every evaluated model with its win rate, strongest first', () => {
    const { rows, matching } = eloLeaderboard(states(), ALL);
    const told = recording().rows<{ model: string; elo: number; share: number; games: number }>(
      `SELECT ${FIELD('model_id')} AS model, ${FIELD('elo')} AS elo, ${FIELD('win_rate')} AS share,
         ${FIELD('games_played')} AS games FROM events WHERE upper(event_type) = 'EVALUATION_COMPLETED'
       ORDER BY elo DESC, created_at`,
    );
    expect(matching).toBe(told.length);
    expect(rows.map(({ model, elo, win_rate: share, games }) => ({ model, elo, share, games }))).toEqual(
      told,
    );
  });

  it('judges each model against the champion of that moment, which it played', () => {
    const { rows } = eloLeaderboard(states(), ALL);
    const judged = rows.filter(({ champion }) => champion !== null);
    // All but the first of a config, before anything was promoted.
    const first = `SELECT count(*) FROM events AS e WHERE upper(event_type) = 'EVALUATION_COMPLETED' AND NOT EXISTS (
      SELECT 1 FROM events AS p WHERE upper(p.event_type) = 'MODEL_PROMOTED' AND p.created_at < e.created_at
        AND json_extract(p.payload, '$.config_key') = json_extract(e.payload, '$.config_key'))`;
    expect(rows.length - judged.length).toBe(recording().value(first));
    expect(judged.every((row) => row.head_to_head)).toBe(true);
    for (const { win_rate: share, los, low, high, elo } of judged) {
      expect(Math.sign(Math.round((los ?? 0) * 1e5) - 5e4)).toBe(Math.sign((share ?? 0) - 0.5));
      expect(low ?? Infinity).toBeLessThan(elo ?? -Infinity);
      expect(high ?? -Infinity).toBeGreaterThan(elo ?? Infinity);
    }
  });

  it('draws a line through a stretch between two ratings, and the champion over all of it', () => {
    const { t, elo } = ratings('hex8_2p')[9] ?? { t: 0, elo: 0 };
    const [since, until] = [t + 1, t + 20];
    const { curves } = eloCharts(states(), eloInput.parse({ configs: ['hex8_2p'], since, until }));
    const [points, champion] = [curves[0]?.points ?? [], curves[0]?.champion ?? []];
    expect(points.map((point) => Math.sign(point.t - t))).toEqual([0, 1]);
    expect(points[0]?.elo).toBe(elo);
    expect([champion[0]?.t, champion.at(-1)?.t]).toEqual([since, until]);
    // After the last rating nothing is known.
    const end = eloInput.parse({ configs: ['hex8_2p'], since: t + 1e6, until: t + 2e6 });
    expect(eloCharts(states(), end).curves[0]?.points).toEqual([]);
  });

  it('shows only what lies in the stretch asked for', () => {
    const since = 1_766_790_000;
    const sql = `SELECT count(*) FROM events WHERE upper(event_type) = 'MODEL_PROMOTED' AND created_at >= ?`;
    const rows = eloSummaries(states(), { ...ALL, since });
    expect(rows.reduce((sum, row) => sum + row.promotions, 0)).toBe(recording().value(sql, since));
    const { curves } = eloCharts(states(), { ...ALL, since });
    const all = curves.flatMap(({ points, champion, marks }) => [...points, ...champion, ...marks]);
    expect(all.every(({ t }) => t >= since)).toBe(true);
  });
});
