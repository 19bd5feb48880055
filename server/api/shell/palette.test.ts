import { expect, it } from 'vitest';
import { event } from '../../../domain/projections/testing/event';
import { folded } from '../../../domain/projections/testing/run';
import { findNames } from './palette';

const NODE = { hostname: 'gh200-a' };
const states = folded([
  event('HOST_ONLINE', { node_id: 'gh200-a' }, 0, { ...NODE, seq: 1 }),
  event('HOST_OFFLINE', { node_id: 'gh200-b' }, 1, { ...NODE, seq: 2 }),
  event('MODEL_PROMOTED', { model_id: 'hex8_2p_v1', config_key: 'hex8_2p' }, 2, { ...NODE, seq: 3 }),
  event('MODEL_PROMOTED', { model_id: 'hex8_2p_v2', config_key: 'hex8_2p' }, 3, { ...NODE, seq: 4 }),
  event('TRAINING_STARTED', { job_id: 'train-1', config_key: 'hex8_2p' }, 4, { ...NODE, seq: 5 }),
  event('GPU_ON_FIRE', { node_id: 'gh200-a' }, 5, { ...NODE, seq: 6 }),
]).states();

it('finds what is there by its name, with what it is now', () => {
  const found = findNames(states, 'gh200', 5);
  expect(found.nodes.best).toEqual([
    { name: 'gh200-a', detail: 'online' },
    { name: 'gh200-b', detail: 'offline' },
  ]);
  expect(findNames(states, 'train', 5).runs.best).toEqual([{ name: 'train-1', detail: 'running, hex8_2p' }]);
  expect(findNames(states, '8_2', 5).configs.best).toEqual([{ name: 'hex8_2p', detail: '' }]);
});

it('lists the newest model first, and says how many it left out', () => {
  expect(findNames(states, 'hex8', 1).models).toEqual({
    best: [{ name: 'hex8_2p_v2', detail: 'champion' }],
    more: 1,
  });
});

it('lists the new champion before the one that went at the same moment', () => {
  const model = (version: number) => ({ model_id: `hex8_2p_v${version}`, config_key: 'hex8_2p' });
  const left = { invalidation_type: 'model', affected_nodes: ['gh200-a'] };
  const { models } = findNames(
    folded([
      event('MODEL_PROMOTED', model(9), 1, { ...NODE, seq: 1 }),
      event('MODEL_PROMOTED', model(10), 9, { ...NODE, seq: 2 }),
      event('CACHE_INVALIDATED', { ...left, affected_models: ['hex8_2p_v9'] }, 9, { ...NODE, seq: 3 }),
    ]).states(),
    'hex8_2p',
    5,
  );
  expect(models.best.map(({ name }) => name)).toEqual(['hex8_2p_v10', 'hex8_2p_v9']);
});

it('knows the types of the catalogue and those that only came', () => {
  expect(findNames(states, 'elo updated', 3).types.best[0]).toMatchObject({ name: 'ELO_UPDATED' });
  expect(findNames(states, 'on fire', 3).types.best).toEqual([
    { name: 'GPU_ON_FIRE', detail: 'uncatalogued' },
  ]);
});
