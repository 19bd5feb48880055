import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope';
import { event } from '../testing/event';
import { entityOf, folded } from '../testing/run';

const promoted = (model: string, at: number) => event('MODEL_PROMOTED', { model_id: model }, at);
const champions = (events: readonly StoredEvent[]) => {
  const { champion, previous } = entityOf(folded(events), 'models.configs', 'hex8_2p');
  return [champion, previous];
};

describe('the champion of a config', () => {
  const three = [promoted('hex8_2p_v1', 1), promoted('hex8_2p_v2', 2), promoted('hex8_2p_v3', 3)];
  const rollback = (payload: Record<string, string>, at = 10) =>
    event('PROMOTION_ROLLED_BACK', { config_key: 'hex8_2p', ...payload }, at);

  it('is the model promoted last by event time, however late its event arrives', () => {
    expect(champions([three[2]!, three[0]!, three[1]!])).toEqual(['hex8_2p_v3', 'hex8_2p_v2']);
  });

  it('is what a rollback names, from where the next rollback leads further down', () => {
    expect(champions([...three, rollback({ rollback_to: 'hex8_2p_v1' })])).toEqual(['hex8_2p_v1', null]);
    expect(champions([...three, rollback({ rollback_to: 'hex8_2p_v0' })])).toEqual([
      'hex8_2p_v0',
      'hex8_2p_v2',
    ]);
  });

  it('is the champion before when a rollback names none, each time', () => {
    const once = [...three, rollback({ model_id: 'hex8_2p_v3' })];
    expect(champions(once)).toEqual(['hex8_2p_v2', 'hex8_2p_v1']);
    expect(champions([...once, rollback({ model_id: 'hex8_2p_v2' }, 11)])).toEqual(['hex8_2p_v1', null]);
  });

  it('stays when the model rolled back is champion no more', () => {
    expect(champions([...three, rollback({ model_id: 'hex8_2p_v2' })])).toEqual(['hex8_2p_v3', 'hex8_2p_v1']);
  });

  it('is restored by a training rollback only from the champion', () => {
    const restore = (from: string) =>
      event('TRAINING_ROLLBACK_COMPLETED', { model_id: 'hex8_2p_v1', rollback_from: from }, 10);
    expect(champions([...three, restore('hex8_2p_v3')])[0]).toBe('hex8_2p_v1');
    expect(champions([...three, restore('hex8_2p_v2')])[0]).toBe('hex8_2p_v3');
  });

  it('can be promoted, rolled back and promoted again', () => {
    const again = [...three, rollback({ rollback_to: 'hex8_2p_v2' }), promoted('hex8_2p_v3', 11)];
    expect(champions(again)).toEqual(['hex8_2p_v3', 'hex8_2p_v2']);
  });

  it('ignores a promotion that says it failed', () => {
    const failed = event('PROMOTION_COMPLETE', { model_id: 'hex8_2p_v4', success: false }, 10);
    expect(champions([...three, failed])[0]).toBe('hex8_2p_v3');
  });

  it('survives more promotions than are kept', () => {
    const many = Array.from({ length: 700 }, (_, index) => promoted(`hex8_2p_v${index}`, index));
    expect(champions(many)).toEqual(['hex8_2p_v699', 'hex8_2p_v698']);
    const stale = promoted('hex8_2p_v9999', 0.5);
    expect(champions([...many, stale])).toEqual(['hex8_2p_v699', 'hex8_2p_v698']);
  });
});

describe('the Elo of a config', () => {
  const evaluated = (model: string, elo: number, at: number) =>
    event('EVALUATION_COMPLETED', { model_id: model, elo, games_played: 200 }, at);
  const rated = (model: string, elo: number, at: number) =>
    event('ELO_UPDATED', { model_id: model, config_key: 'hex8_2p', new_elo: elo }, at);
  const elo = (events: readonly StoredEvent[]) => {
    const found = entityOf(folded(events), 'models.configs', 'hex8_2p');
    return [found['elo'], found['elo_model'], found['best_elo']];
  };

  it('is the newest rating by event time', () => {
    expect(elo([rated('hex8_2p_v2', 1600, 2), rated('hex8_2p_v1', 1700, 1)])).toEqual([
      1600,
      'hex8_2p_v2',
      1700,
    ]);
  });

  it('takes an evaluation where no rating of that model follows', () => {
    expect(elo([rated('hex8_2p_v1', 1500, 1), evaluated('hex8_2p_v2', 1550, 2)])).toEqual([
      1550,
      'hex8_2p_v2',
      1550,
    ]);
    const other = [evaluated('hex8_2p_v2', 1550, 2), rated('hex8_2p_v1', 1500, 1)];
    expect(elo(other)).toEqual([1550, 'hex8_2p_v2', 1550]);
  });

  it('prefers the rating that follows an evaluation, also when both carry one time', () => {
    expect(elo([evaluated('hex8_2p_v1', 1999, 1), rated('hex8_2p_v1', 1500, 5)])).toEqual([
      1500,
      'hex8_2p_v1',
      1500,
    ]);
    expect(elo([rated('hex8_2p_v1', 1500, 1), evaluated('hex8_2p_v1', 1999, 1)])).toEqual([
      1500,
      'hex8_2p_v1',
      1500,
    ]);
  });

  it('keeps the evaluation of a model that was evaluated again before it was rated', () => {
    const series = [
      evaluated('hex8_2p_v1', 1400, 1),
      evaluated('hex8_2p_v1', 1999, 2),
      rated('hex8_2p_v1', 1500, 3),
    ];
    const { configs } = folded(series).selectState('elo') as unknown as {
      configs: Record<string, { series: { elo: number }[] }>;
    };
    expect(configs['hex8_2p']?.series.map((point) => point.elo)).toEqual([1400, 1500]);
  });

  it('stays bounded over the years and remembers the best', () => {
    const years = Array.from({ length: 9_000 }, (_, index) =>
      rated('hex8_2p_v1', index === 7 ? 3000 : 1000 + index / 10, index),
    );
    const entity = entityOf(folded(years), 'elo.configs', 'hex8_2p');
    expect(entity).toMatchObject({ current: 1899.9, best: 3000 });
    expect(entity['points']).toBeLessThanOrEqual(4_000);
    expect(entity['points']).toBeGreaterThan(1_900);
  });
});

describe('a model', () => {
  it('goes through its statuses', () => {
    const model_id = 'hex8_2p_v2';
    const steps: [string, string][] = [
      ['TRAINING_COMPLETED', 'trained'],
      ['EVALUATION_STARTED', 'evaluating'],
      ['EVALUATION_COMPLETED', 'evaluated'],
      ['PROMOTION_CANDIDATE', 'candidate'],
      ['MODEL_PROMOTED', 'champion'],
      ['MODEL_CORRUPTED', 'corrupted'],
    ];
    const events = steps.map(([type], index) => event(type, { model_id }, index));
    steps.forEach(([, status], index) => {
      expect(entityOf(folded(events.slice(0, index + 1)), 'models.models', model_id)['status']).toBe(status);
    });
  });

  it('is previous after its successor, then retired; rejected and rolled back models say so', () => {
    const fold = folded([
      ...['hex8_2p_v1', 'hex8_2p_v2', 'hex8_2p_v3', 'hex8_2p_v4'].map((model, index) =>
        promoted(model, index),
      ),
      event('PROMOTION_ROLLED_BACK', { model_id: 'hex8_2p_v4', rollback_to: 'hex8_2p_v3' }, 9),
      event('PROMOTION_REJECTED', { model_id: 'hex8_2p_v5' }, 10),
    ]);
    const status = (model: string) => entityOf(fold, 'models.models', model)['status'];
    expect([1, 2, 3, 4, 5].map((version) => status(`hex8_2p_v${version}`))).toEqual([
      ...['retired', 'previous', 'champion', 'rolled_back', 'rejected'],
    ]);
  });
});
