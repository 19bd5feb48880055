import { describe, expect, it } from 'vitest';
import type { ModelDetail } from '@/domain/projections/models';
import { MODEL_STATUSES } from '@/domain/realtime/entities';
import { countByConfig, countByStatus, inScope, listed, STATUS_ORDER } from './registry';

const ALL = { configs: [], since: null, until: null };

function model(model_id: string, more: Partial<ModelDetail> = {}): ModelDetail {
  const none = { elo: null, win_rate: null, games: null, val_loss: null, train_loss: null };
  const times = { trained_at: null, evaluated_at: null, promoted_at: null, updated_at: 100 };
  const rest = { job: null, reason: null, holders: 0, hold: null };
  return { model_id, config: 'hex8_2p', status: 'trained', ...none, ...times, ...rest, ...more };
}

const MODELS = [
  model('hex8_2p_v1', { status: 'champion', updated_at: 10 }),
  model('hex8_2p_v2', { status: 'rejected', reason: 'insufficient_elo_gain', updated_at: 30 }),
  model('square8_2p_v1', { config: 'square8_2p', status: 'candidate', updated_at: 20 }),
  model('stray', { config: null, status: 'corrupted', updated_at: 40 }),
];
const ids = (models: readonly ModelDetail[]): string[] => models.map(({ model_id: id }) => id);

describe('the registry', () => {
  it('lists the models that match status and words, last changed first', () => {
    expect(ids(listed(MODELS, [], ''))).toEqual(['stray', 'hex8_2p_v2', 'square8_2p_v1', 'hex8_2p_v1']);
    expect(ids(listed(MODELS, ['champion', 'candidate'], ''))).toEqual(['square8_2p_v1', 'hex8_2p_v1']);
    expect(ids(listed(MODELS, [], 'HEX8 elo_gain'))).toEqual(['hex8_2p_v2']);
    expect(ids(listed(MODELS, ['champion'], 'square'))).toEqual([]);
  });

  it('leaves out other configs and other times', () => {
    expect(ids(inScope(MODELS, { ...ALL, configs: ['hex8_2p'] }))).toEqual(['hex8_2p_v1', 'hex8_2p_v2']);
    expect(ids(inScope(MODELS, { ...ALL, since: 20, until: 30 }))).toEqual(['hex8_2p_v2', 'square8_2p_v1']);
    expect(inScope(MODELS, ALL)).toHaveLength(MODELS.length);
  });

  it('counts every status and every config', () => {
    const counts = countByStatus(MODELS);
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(MODELS.length);
    expect(counts.get('retired')).toBe(0);
    expect(countByConfig(MODELS).get('square8_2p')).toEqual({ inProgress: 1, corrupted: 0 });
  });

  it('offers every status', () => {
    expect([...STATUS_ORDER].sort()).toEqual([...MODEL_STATUSES].sort());
  });
});
