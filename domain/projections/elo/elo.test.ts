import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope';
import { catalogued } from '../testing/catalogued.test-support';
import { event, T0 } from '../testing/event';
import { createFold } from '..';
import { entityOf } from '../testing/run';
import { eloEntity, eloHistory, eloProjection, type EloState } from '.';
import { foldElo } from './fold';
import { addGames, configElo, MAX_EVALUATIONS, MAX_HOURS, MAX_RUNS } from './state';

const CONFIG = { config_key: 'hex8_2p' };

function folded(events: readonly StoredEvent[]): EloState {
  const state = eloProjection.initial();
  for (const each of events) foldElo(state, each, () => undefined);
  return state;
}

function configOf(events: readonly StoredEvent[]) {
  const config = folded(events).configs.get('hex8_2p');
  if (config === undefined) throw new Error('Nothing was said of hex8_2p.');
  return config;
}

describe('an evaluation', () => {
  it('is kept with what it measured, and against which model', () => {
    const { evaluations } = configOf([
      event('EVALUATION_COMPLETED', {
        ...CONFIG,
        model_id: 'hex8_2p_v2',
        elo: 1520,
        elo_delta: 20,
        win_rate: 0.5288,
        games_played: 200,
        opponents: ['random', 'heuristic', 'hex8_2p_v1'],
      }),
    ]);
    expect(evaluations).toMatchObject([
      {
        model: 'hex8_2p_v2',
        elo: 1520,
        delta: 20,
        winRate: 0.5288,
        games: 200,
        opponent: 'hex8_2p_v1',
        draws: null,
      },
    ]);
  });

  it('keeps nothing that cannot be: a win rate of 52, minus ten games', () => {
    const { evaluations } = configOf([
      event('EVALUATION_COMPLETED', { ...CONFIG, elo: 1500, win_rate: 52, games_played: -10 }),
    ]);
    expect(evaluations).toMatchObject([{ elo: 1500, winRate: null, games: null, opponent: null }]);
  });

  it.each([1e308, -1e308, 10_001])('states no rating of %d, which would be the best for ever', (elo) => {
    const events = [
      event('ELO_UPDATED', { ...CONFIG, new_elo: 1_500, model_id: 'hex8_2p_v1' }),
      event('ELO_UPDATED', { ...CONFIG, new_elo: elo, model_id: 'hex8_2p_v2' }, 1),
      event('EVALUATION_COMPLETED', { ...CONFIG, elo, elo_delta: elo, model_id: 'hex8_2p_v2' }, 2),
    ];
    expect(configOf(events).evaluations).toMatchObject([{ elo: null, delta: null }]);
    expect(eloEntity(folded(events), 'hex8_2p')).toMatchObject({ current: 1_500, best: 1_500 });
    const models = createFold();
    for (const each of events) models.fold(each);
    expect(entityOf(models, 'models.configs', 'hex8_2p')).toMatchObject({ elo: 1_500, best_elo: 1_500 });
    expect(entityOf(models, 'models.models', 'hex8_2p_v2')).toMatchObject({ elo: null });
  });

  it('is one of at most a thousand: the oldest go', () => {
    const many = Array.from({ length: MAX_EVALUATIONS + 5 }, (_, n) =>
      event('EVALUATION_COMPLETED', { ...CONFIG, elo: 1500 + n }, n),
    );
    const { evaluations } = configOf(many);
    expect(evaluations).toHaveLength(MAX_EVALUATIONS);
    expect(evaluations[0]?.elo).toBe(1505);
  });
});

describe('marks', () => {
  it('tell what was decided, and by how much', () => {
    const { marks } = configOf([
      event('MODEL_PROMOTED', { ...CONFIG, model_id: 'hex8_2p_v2', elo: 1520, elo_improvement: 20 }, 1),
      event('MODEL_PROMOTED', { ...CONFIG, model_id: 'hex8_2p_v3', promoted: false }, 2),
      event(
        'PROMOTION_REJECTED',
        { ...CONFIG, model_id: 'hex8_2p_v4', required_elo: 1530, reason: 'too weak' },
        3,
      ),
      event(
        'REGRESSION_DETECTED',
        { ...CONFIG, metric_name: 'elo', regression_amount: 45, severity: 'severe' },
        4,
      ),
      event('PROMOTION_ROLLED_BACK', { ...CONFIG, model_id: 'hex8_2p_v2', rollback_to: 'hex8_2p_v1' }, 5),
      event('PLATEAU_DETECTED', { ...CONFIG, plateau_type: 'elo', current_value: 1500, best_value: 1520 }, 6),
    ]);
    expect(marks.map(({ kind, amount, note }) => [kind, amount, note])).toEqual([
      ['promoted', 20, null],
      ['rejected', 1530, 'too weak'],
      ['regression', 45, 'severe'],
      ['rolled_back', null, 'hex8_2p_v1'],
      ['plateau', 20, null],
    ]);
  });

  it('leave out regressions and plateaus of a loss', () => {
    const state = folded([
      event('REGRESSION_DETECTED', { ...CONFIG, metric_name: 'val_loss' }),
      event('PLATEAU_DETECTED', { ...CONFIG, plateau_type: 'loss', metric_name: 'val_loss' }),
    ]);
    expect(eloEntity(state, 'hex8_2p')).toBeUndefined();
  });
});

describe('training runs', () => {
  const run = (n: number, epochs: number) =>
    event('TRAINING_COMPLETED', { ...CONFIG, model_id: `hex8_2p_v${n}`, epochs }, n);

  it('add up, also those that are no longer listed and those that come late', () => {
    const runs = Array.from({ length: MAX_RUNS + 10 }, (_, n) => run(n + 10, 2));
    const config = configOf([...runs, run(1, 7)]);
    const listed = config.runs.reduce((sum, { epochs }) => sum + epochs, 0);
    expect(config.runs).toHaveLength(MAX_RUNS);
    expect(listed + config.epochsBefore).toBe((MAX_RUNS + 10) * 2 + 7);
  });

  it('count only with a believable number of epochs', () => {
    const failed = event('TRAINING_COMPLETED', { ...CONFIG, epochs: 9, success: false });
    expect(configOf([run(1, 0), run(2, -3), run(3, 1e300), failed]).runs).toEqual([]);
  });
});

describe('games of selfplay', () => {
  it('are counted by the hour, and make no config rated', () => {
    const state = folded([
      event('SELFPLAY_COMPLETE', { ...CONFIG, games_generated: 200 }, 0),
      event('SELFPLAY_COMPLETE', { ...CONFIG, games_generated: 50 }, 1),
      event('SELFPLAY_COMPLETE', { ...CONFIG, games_generated: 999, success: false }, 2),
      event('SELFPLAY_COMPLETE', { ...CONFIG, games_generated: 30 }, 3_600),
    ]);
    expect([...(state.configs.get('hex8_2p')?.games.values() ?? [])]).toEqual([250, 30]);
    expect(eloEntity(state, 'hex8_2p')).toBeUndefined();
    expect(eloHistory(state, 'hex8_2p')).toBeUndefined();
  });

  it('of a hundred days are kept', () => {
    const { games } = configElo();
    for (let hour = 1; hour <= MAX_HOURS * 3; hour += 1) addGames(games, hour, 1);
    expect(games.size).toBeLessThanOrEqual(MAX_HOURS);
    expect(games.has(MAX_HOURS * 3)).toBe(true);
    expect(games.has(1)).toBe(false);
  });
});

describe('the fold', () => {
  const TYPES = [
    'ELO_UPDATED',
    'EVALUATION_COMPLETED',
    'MODEL_PROMOTED',
    'TRAINING_COMPLETED',
    'SELFPLAY_COMPLETE',
  ];

  it('does not depend on the order of arrival', () => {
    const shuffled = catalogued({ types: TYPES, maxLength: 40 }).chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
    );
    const inOrder = (events: readonly StoredEvent[]) => {
      const { configs } = folded(events);
      return new Map(
        [...configs].map(([key, { games, ...rest }]) => [
          key,
          { ...rest, games: new Map([...games].sort()) },
        ]),
      );
    };
    fc.assert(
      fc.property(shuffled, ([events, other]) => {
        expect(inOrder(other)).toEqual(inOrder(events));
      }),
    );
  });

  it('touches the entity exactly when it says something new', () => {
    const touched: string[] = [];
    const state = eloProjection.initial();
    const touch = (_topic: string, key: string): void => void touched.push(key);
    foldElo(state, event('SELFPLAY_COMPLETE', { ...CONFIG, games_generated: 9 }), touch);
    expect(touched).toEqual([]);
    foldElo(state, event('ELO_UPDATED', { ...CONFIG, model_id: 'hex8_2p_v1', new_elo: 1500 }, 5), touch);
    expect(touched).toEqual(['hex8_2p']);
    expect(eloEntity(state, 'hex8_2p')).toMatchObject({ current: 1500, current_at: T0 + 5, points: 1 });
  });
});
