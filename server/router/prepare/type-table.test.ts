import { describe, expect, it } from 'vitest';

import { typeInfo } from './type-table';

describe('typeInfo', () => {
  it.each([
    ['TRAINING_COMPLETED', 'TRAINING_COMPLETED', null, 'data_bus', 'training_complete'],
    ['training_completed', 'TRAINING_COMPLETED', 'training_completed', 'data_bus', 'training_complete'],
    ['training_complete', 'TRAINING_COMPLETED', 'training_complete', 'stage_bus', 'training_complete'],
    ['TRAINING_COMPLETE', 'TRAINING_COMPLETED', 'TRAINING_COMPLETE', 'stage_bus', 'training_complete'],
    ['training_started', 'TRAINING_STARTED', 'training_started', 'data_bus', 'training_started'],
    [
      'gpu_selfplay_complete',
      'SELFPLAY_COMPLETE',
      'gpu_selfplay_complete',
      'stage_bus',
      'gpu_selfplay_complete',
    ],
    [
      'SELFPLAY_BATCH_COMPLETE',
      'SELFPLAY_COMPLETE',
      'SELFPLAY_BATCH_COMPLETE',
      'data_bus',
      'selfplay_complete',
    ],
    ['new_games', 'NEW_GAMES_AVAILABLE', 'new_games', 'data_bus', 'selfplay_complete'],
    ['HOST_ONLINE', 'HOST_ONLINE', null, 'data_bus', null],
    ['my_own_type', 'MY_OWN_TYPE', 'my_own_type', 'router', null],
  ])('%s', (wire, eventType, wireType, origin, stage) => {
    expect(typeInfo(wire)).toMatchObject({ eventType, wireType, origin, stage, onDataBus: true });
  });

  it.each(['npz_export_complete', 'ITERATION_COMPLETE'])('%s travels on the stage bus only', (wire) => {
    expect(typeInfo(wire)).toMatchObject({ origin: 'stage_bus', onDataBus: false });
  });
});
