import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../../../domain/projections/elo';
import { catalogued } from '../../../../domain/projections/testing/catalogued.test-support';
import { event, T0 } from '../../../../domain/projections/testing/event';
import { folded } from '../../../../domain/projections/testing/run';
import { eloCharts } from './charts';
import { championBefore } from './champions';
import { eloInput, hypothesesOf } from './input';
import { judged } from './judged';
import { eloLeaderboard } from './leaderboard';
import { TrainingSteps } from './steps';
import { subjectOf } from './subjects';
import { eloSummaries } from './summary';

const INPUT = eloInput.parse({});
const HYPOTHESES = hypothesesOf(INPUT);
const CONFIG = { config_key: 'hex8_2p' };

const evaluation = (more: Partial<Evaluation>): Evaluation => ({
  t: T0 + 100,
  s: 100,
  id: 'e',
  model: 'hex8_2p_v2',
  elo: 1520,
  delta: 20,
  winRate: 0.5288,
  games: 200,
  wins: null,
  losses: null,
  draws: null,
  opponent: 'hex8_2p_v1',
  ...more,
});
const CHAMPION = [{ t: T0, s: 1, model: 'hex8_2p_v1', elo: 1500, id: 'p', promoted: true }];

describe('an evaluation, judged', () => {
  it('has Wilson’s bounds around the rating that it started from', () => {
    const { low, high, head_to_head: direct, champion } = judged(evaluation({}), CHAMPION, HYPOTHESES);
    // 0.5288 of 200: 0.4597 to 0.5969, hence −28.1 and +68.2 Elo on top of 1500.
    expect(low).toBeCloseTo(1471.9, 0);
    expect(high).toBeCloseTo(1568.2, 0);
    expect([direct, champion]).toEqual([true, 'hex8_2p_v1']);
  });

  it('has no upper bound when every game was won, and no lower when none was', () => {
    const won = judged(evaluation({ winRate: 1 }), CHAMPION, HYPOTHESES);
    expect(won.high).toBeNull();
    expect(won.low).toBeGreaterThan(1500);
    expect(judged(evaluation({ winRate: 0 }), CHAMPION, HYPOTHESES).low).toBeNull();
  });

  it('says only what is known: no win rate, no games, no champion', () => {
    const silent = { low: null, high: null, los: null, sprt: null };
    expect(judged(evaluation({ winRate: null }), CHAMPION, HYPOTHESES)).toMatchObject(silent);
    expect(judged(evaluation({ games: 0 }), CHAMPION, HYPOTHESES)).toMatchObject(silent);
    expect(judged(evaluation({}), [], HYPOTHESES)).toMatchObject({ champion: null, los: null, sprt: null });
  });

  it('takes told wins, draws and losses before the win rate', () => {
    const told = evaluation({ wins: 60, losses: 40, draws: 100, winRate: 0.9 });
    const result = judged(told, CHAMPION, HYPOTHESES);
    expect(result).toMatchObject({ win_rate: 0.55, games: 200, sprt: { bounded: false } });
    expect(judged(evaluation({ wins: 60, losses: 40, games: 200 }), CHAMPION, HYPOTHESES).win_rate).toBe(
      0.55,
    );
  });

  it('compares ratings where the champion was not played', () => {
    const other = evaluation({ opponent: 'hex8_2p_v0', delta: 60, winRate: 0.5856 });
    // It started from 1460, so 1500 is made even by the score of +40 Elo: 0.5573.
    const result = judged(other, CHAMPION, HYPOTHESES);
    expect(result.head_to_head).toBe(false);
    expect(result.los).toBeCloseTo(0.79, 1);
    expect(judged(other, [{ ...CHAMPION[0]!, elo: null }], HYPOTHESES).los).toBeNull();
  });
});

describe('the champion over time', () => {
  const events = [
    event('ELO_UPDATED', { ...CONFIG, model_id: 'hex8_2p_v1', new_elo: 1500 }, 1),
    event('MODEL_PROMOTED', { ...CONFIG, model_id: 'hex8_2p_v1' }, 2),
    event('ELO_UPDATED', { ...CONFIG, model_id: 'hex8_2p_v2', new_elo: 1530 }, 3),
    event('MODEL_PROMOTED', { ...CONFIG, model_id: 'hex8_2p_v2' }, 4),
    event('ELO_UPDATED', { ...CONFIG, model_id: 'hex8_2p_v2', new_elo: 1490 }, 5),
    event('PROMOTION_ROLLED_BACK', { ...CONFIG, model_id: 'hex8_2p_v2', rollback_to: 'hex8_2p_v1' }, 6),
  ];

  it('takes a step with each promotion, rollback and rating of its own', () => {
    const champions = subjectOf(folded(events).states(), 'hex8_2p')?.champions ?? [];
    expect(champions.map(({ t, model, elo }) => [t - T0, model, elo])).toEqual([
      [2, 'hex8_2p_v1', 1500],
      [4, 'hex8_2p_v2', 1530],
      [5, 'hex8_2p_v2', 1490],
      [6, 'hex8_2p_v1', 1500],
    ]);
    expect(championBefore(champions, { t: T0 + 4, s: 0 })?.model).toBe('hex8_2p_v1');
    const second = champions[1];
    // What an event does counts only after it.
    expect(second && championBefore(champions, second)?.model).toBe('hex8_2p_v1');
    expect(championBefore(champions, { t: T0 + 1, s: 0 })).toBeNull();
  });

  it('is worked out anew when something is added', () => {
    const fold = folded(events);
    expect(subjectOf(fold.states(), 'hex8_2p')?.champions).toHaveLength(4);
    fold.fold(event('MODEL_PROMOTED', { ...CONFIG, model_id: 'hex8_2p_v3' }, 7));
    expect(subjectOf(fold.states(), 'hex8_2p')?.champions).toHaveLength(5);
  });
});

describe('training steps', () => {
  it('are the epochs up to the training that made the model', () => {
    const state = folded([
      event('TRAINING_COMPLETED', { ...CONFIG, model_id: 'hex8_2p_v1', epochs: 10 }, 1),
      event('TRAINING_COMPLETED', { ...CONFIG, model_id: 'hex8_2p_v2', epochs: 5 }, 3),
    ]).states();
    const config = state.elo.configs.get('hex8_2p');
    const steps = config && new TrainingSteps(config);
    const at = (seconds: number) => ({ t: T0 + seconds, s: 1e9 });
    expect([0, 1, 2, 3].map((seconds) => steps?.by(at(seconds)))).toEqual([0, 10, 10, 15]);
    expect(steps?.of('hex8_2p_v1', at(9))).toBe(10);
    expect(steps?.of('unknown', at(2))).toBe(10);
    expect(steps?.total).toBe(15);
  });
});

it('draws as many configs as there are colours: the strongest now', () => {
  const rated = (n: number, elo: number, at: number) =>
    event('ELO_UPDATED', { model_id: `c${n}_v1`, config_key: `c${n}`, new_elo: elo }, at);
  const states = folded([
    ...Array.from({ length: 9 }, (_, n) => rated(n, 1_500 + n, n)),
    rated(8, 1_400, 100),
    rated(0, 1_490, 101),
  ]).states();
  const { curves, matching } = eloCharts(states, INPUT);
  expect(curves.map(({ config }) => config)).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7']);
  expect(matching).toBe(9);
});

describe('whatever was reported', () => {
  const TYPES = [
    'ELO_UPDATED',
    'EVALUATION_COMPLETED',
    'MODEL_PROMOTED',
    'PROMOTION_ROLLED_BACK',
    'TRAINING_COMPLETED',
    'SELFPLAY_COMPLETE',
    'PLATEAU_DETECTED',
  ];

  it('no NaN and no infinity reaches the page, and lines go forward', () => {
    fc.assert(
      fc.property(catalogued({ types: TYPES }), (events) => {
        const states = folded(events).states();
        const answers = {
          charts: eloCharts(states, INPUT),
          summaries: eloSummaries(states, INPUT),
          models: eloLeaderboard(states, INPUT),
        };
        // JSON turns what is no number into null.
        expect(JSON.parse(JSON.stringify(answers))).toEqual(answers);
        for (const { champion, points } of answers.charts.curves) {
          for (const line of [
            champion.map(({ t }) => t),
            champion.map(({ step }) => step),
            points.map(({ t }) => t),
          ]) {
            expect([...line].sort((a, b) => a - b)).toEqual(line);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
