import { afterEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../domain/json';
import { event } from '../../../../domain/projections/testing/event';
import { told, type Told } from './testing.test-support';

const config_key = 'hex8_2p';
let open: Told | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

type Given = readonly [type: string, payload: JsonObject, seconds: number];

async function after(given: readonly Given[]): Promise<Told> {
  const events = given.map(([type, payload, seconds], index) =>
    event(type, payload, seconds, { seq: index + 1 }),
  );
  open = await told(events);
  return open;
}

const training = (model_id: string, job_id: string, at: number): Given[] => [
  ['NPZ_EXPORT_COMPLETE', { config_key, samples_exported: 1_000 + at, games_exported: 50 }, at],
  [
    'QUALITY_SCORE_UPDATED',
    { config_key, avg_quality: 0.8, total_games: 200, high_quality_games: 150 },
    at + 1,
  ],
  ['TRAINING_THRESHOLD_REACHED', { config: config_key, job_id, games: 5_100, threshold: 5_000 }, at + 2],
  ['TRAINING_STARTED', { config_key, job_id, node_name: 'gh200-a' }, at + 10],
  [
    'TRAINING_COMPLETED',
    { config_key, job_id, model_id, epochs: 12, val_loss: 0.5, train_loss: 0.4 },
    at + 70,
  ],
];

describe('the life of a model', () => {
  it('leads from the games to the nodes', async () => {
    const { life } = await after([
      ...training('hex8_2p_v1', 'job-1', 0),
      ['NPZ_EXPORT_COMPLETE', { config_key: 'square8_2p', samples_exported: 7 }, 5],
      ['EVALUATION_STARTED', { model_id: 'hex8_2p_v1', games_planned: 100, evaluation_type: 'gauntlet' }, 80],
      ['EVALUATION_PROGRESS', { model_id: 'hex8_2p_v1', games_completed: 50, current_elo: 1490 }, 90],
      [
        'EVALUATION_COMPLETED',
        {
          model_id: 'hex8_2p_v1',
          elo: 1500,
          elo_delta: 12,
          win_rate: 0.55,
          games_played: 100,
          opponents: ['random'],
        },
        100,
      ],
      ['MODEL_PROMOTED', { model_id: 'hex8_2p_v1', config_key }, 101],
      ['MODEL_DISTRIBUTION_COMPLETE', { model_id: 'hex8_2p_v1', nodes: ['a', 'b'] }, 110],
      // The next run of the same config: none of it belongs to v1.
      ...training('hex8_2p_v2', 'job-2', 200),
    ]);
    const found = await life('hex8_2p_v1');
    expect(found?.lineage).toMatchObject({
      games: { games: 5_100, threshold: 5_000, event: { seq: 3 } },
      export: { samples: 1_000, games: 50, event: { seq: 1 } },
      quality: { average: 0.8, high_share: 0.75 },
      training: { job_id: 'job-1', node: 'gh200-a', seconds: 60, epochs: 12, val_loss: 0.5, failed: false },
    });
    expect(found?.evaluations).toMatchObject([
      {
        kind: 'gauntlet',
        elo: 1500,
        games: 100,
        games_planned: 100,
        progress: [
          [50, 1490],
          [100, 1500],
        ],
      },
    ]);
    expect(found?.steps.map(({ event_type, role }) => `${role} ${event_type}`)).toEqual([
      'before NPZ_EXPORT_COMPLETE',
      'before TRAINING_THRESHOLD_REACHED',
      'before TRAINING_STARTED',
      'own TRAINING_COMPLETED',
      'own EVALUATION_STARTED',
      'own EVALUATION_COMPLETED',
      'own MODEL_PROMOTED',
      'own MODEL_DISTRIBUTION_COMPLETE',
    ]);
    expect(found).toMatchObject({
      champion: 'hex8_2p_v1',
      events: 6,
      now: { status: 'champion', holders: 2 },
    });
    expect((await life('hex8_2p_v2'))?.lineage).toMatchObject({
      games: { event: { seq: 14 } },
      export: { samples: 1_200 },
    });
  });

  it('does not take the export before for its own where the end of its own names no config', async () => {
    const { life } = await after([
      ['NPZ_EXPORT_STARTED', { config_key, games_to_export: 50, output_path: 'a' }, 0],
      ...training('hex8_2p_v1', 'job-1', 5),
      ['NPZ_EXPORT_STARTED', { config_key, games_to_export: 90, output_path: 'b' }, 100],
      ['NPZ_EXPORT_COMPLETE', { config: '' }, 110],
      ...training('hex8_2p_v2', 'job-2', 120).slice(1),
    ]);
    expect((await life('hex8_2p_v1'))?.lineage.export).toMatchObject({
      samples: 1_005,
      games: 50,
      seconds: null,
    });
    expect((await life('hex8_2p_v2'))?.lineage.export).toMatchObject({
      ...{ samples: null, games: 90, seconds: null },
      event: { event_type: 'NPZ_EXPORT_STARTED' },
    });
  });

  it('has what names it: rollbacks to it, and what was measured against it', async () => {
    const { life } = await after([
      ['MODEL_PROMOTED', { model_id: 'hex8_2p_v2', config_key }, 1],
      [
        'EVALUATION_COMPLETED',
        { model_id: 'hex8_2p_v20', config_key, elo: 1510, opponents: ['random', 'hex8_2p_v2'] },
        2,
      ],
      ['MODEL_PROMOTED', { model_id: 'hex8_2p_v20', config_key }, 3],
      ['PROMOTION_ROLLED_BACK', { model_id: 'hex8_2p_v20', rollback_to: 'hex8_2p_v2', config_key }, 4],
      [
        'EVALUATION_COMPLETED',
        { model_id: 'hex8_2p_v21', config_key, elo: 1400, opponents: ['hex8_2p_v20'] },
        5,
      ],
    ]);
    const found = await life('hex8_2p_v2');
    expect(found?.steps.map(({ event_type, role }) => [event_type, role])).toEqual([
      ['MODEL_PROMOTED', 'own'],
      ['PROMOTION_ROLLED_BACK', 'naming'],
    ]);
    expect(found?.challenges).toMatchObject([{ model_id: 'hex8_2p_v20', elo: 1510 }]);
    expect(found?.reigns).toMatchObject([
      { replaced: null, successor: 'hex8_2p_v20', returned: false },
      { replaced: 'hex8_2p_v20', successor: null, returned: true, until: null },
    ]);
  });

  it('is known of a champion that only a rollback named', async () => {
    const { life } = await after([
      ['MODEL_PROMOTED', { model_id: 'hex8_2p_v2', config_key }, 1],
      ['PROMOTION_ROLLED_BACK', { model_id: 'hex8_2p_v2', rollback_to: 'hex8_2p_v1', config_key }, 2],
    ]);
    expect(await life('hex8_2p_v1')).toMatchObject({
      now: null,
      config: config_key,
      events: 0,
      champion: 'hex8_2p_v1',
    });
  });

  it('is nothing for an id that nobody ever used', async () => {
    const { life } = await after([['MODEL_PROMOTED', { model_id: 'hex8_2p_v20', config_key }, 1]]);
    for (const id of ['hex8_2p_v2', 'hex8', '', ' ', '__proto__', 'constructor', '///', 'a'.repeat(200)]) {
      expect(await life(id), id).toBeNull();
    }
  });

  it('can be that of a model with any name', async () => {
    const names = ['a/b c', 'ü#?%2F', '__proto__', 'constructor', '..', '///', '🦄', 'hex8_2p_v1" OR 1', '*'];
    const { life } = await after(
      names.flatMap((model_id, index): Given[] => [
        ['TRAINING_COMPLETED', { model_id, config_key: `c${index}`, job_id: '"; --', val_loss: 0.5 }, 1],
        ['MODEL_PROMOTED', { model_id, config_key: `c${index}` }, 2],
        ['MODEL_PROMOTED', { model_id: 'another', config_key: `c${index}` }, 3],
      ]),
    );
    for (const model_id of names) {
      const found = await life(model_id);
      expect(found).toMatchObject({
        model_id,
        now: { val_loss: 0.5, status: 'previous' },
        champion: 'another',
      });
      expect(found?.steps, model_id).toHaveLength(found?.searchable ? 2 : 0);
      expect(found?.reigns, model_id).toHaveLength(1);
    }
  });

  it('takes payloads as they come: numbers as texts, lists as numbers, nothing at all', async () => {
    const { life } = await after([
      ['TRAINING_COMPLETED', { model_id: 'm1', job_id: 7, val_loss: 'low', epochs: null }, 1],
      ['EVALUATION_PROGRESS', { model_id: 'm1', games_completed: 'many', current_elo: {} }, 2],
      ['EVALUATION_COMPLETED', { model_id: 'm1', elo: [], opponents: 'random', win_rate: true }, 3],
      ['MODEL_DISTRIBUTION_COMPLETE', { model_id: 'm1', nodes: 'all of them' }, 4],
    ]);
    expect(await life('m1')).toMatchObject({
      lineage: { games: null, export: null, training: { job_id: null, epochs: null, val_loss: null } },
      evaluations: [{ elo: null, opponents: [], progress: [] }],
      holders: [],
    });
  });

  it('says when an invalidation named no node', async () => {
    const invalidation: Given = [
      'CACHE_INVALIDATED',
      { invalidation_type: 'model', target_id: 'm1', count: 4, affected_nodes: [], affected_models: ['m1'] },
      2,
    ];
    const first: Given = ['MODEL_DISTRIBUTION_COMPLETE', { model_id: 'm1', nodes: ['a'] }, 1];
    const { life } = await after([first, invalidation]);
    expect((await life('m1'))?.unplaced_invalidation).toMatchObject({ seq: 2 });
  });

  it('shows the beginning and the end of one that is too long to show', async () => {
    const { life } = await after([
      ['TRAINING_COMPLETED', { model_id: 'm1' }, 0],
      ...Array.from({ length: 1_200 }, (_, n): Given => [
        'MODEL_UPDATED',
        { model_id: 'm1', changes: n },
        n + 1,
      ]),
      ['PROMOTION_REJECTED', { model_id: 'm1', reason: 'late' }, 2_000],
    ]);
    const found = await life('m1');
    expect(found?.events).toBe(1_202);
    expect(found?.steps).toHaveLength(800);
    expect([found?.steps[0]?.event_type, found?.steps.at(-1)?.event_type]).toEqual([
      'TRAINING_COMPLETED',
      'PROMOTION_REJECTED',
    ]);
  });
});
