import { expect } from '@playwright/test';
import type { RingRiftProcess } from './producer';
import { totalOf } from './rest';
import type { RingsideServer } from './server';

export type Step = readonly [eventType: string, payload: Readonly<Record<string, unknown>>];

/** Where the new model lands: champion of this config until it is rolled back. */
export const CONFIG = 'hex8_2p';
export const MODEL = 'hex8_2p_v8';
export const BEFORE = 'hex8_2p_v7';

/** One turn of the training loop, from selfplay to the distributed champion; names as the cluster's processes spell them. */
export const PIPELINE: readonly Step[] = [
  ['leader_elected', { leader_id: 'gh200-a', term: 4 }],
  ['host_online', { node_id: 'gh200-a', host_type: 'gh200' }],
  ['host_online', { node_id: 'gh200-b', host_type: 'gh200' }],
  ['MODEL_PROMOTED', { model_id: BEFORE, config_key: CONFIG, elo: 1580 }],
  ['elo_updated', { model_id: BEFORE, config_key: CONFIG, new_elo: 1580 }],
  ['SELFPLAY_COMPLETE', { config_key: CONFIG, games: 500, iteration: 1, host: 'gh200-b' }],
  ['new_games', { config_key: CONFIG, host: 'gh200-b', new_games: 500, total_games: 9000 }],
  ['DATA_SYNC_STARTED', { config_key: CONFIG, sync_id: 's-1', host: 'gh200-a' }],
  ['DATA_SYNC_COMPLETED', { config_key: CONFIG, sync_id: 's-1', files_synced: 12, host: 'gh200-a' }],
  ['npz_export_complete', { config_key: CONFIG, samples: 81_000, host: 'gh200-a' }],
  ['training_threshold', { config_key: CONFIG, games: 9000, threshold: 8000 }],
  ['TRAINING_STARTED', { config_key: CONFIG, job_id: 'job-8', model_id: MODEL, node_name: 'gh200-a' }],
  ['TRAINING_PROGRESS', { config_key: CONFIG, job_id: 'job-8', epoch: 3, total_epochs: 20, loss: 0.4 }],
  ['TRAINING_COMPLETED', { config_key: CONFIG, job_id: 'job-8', model_id: MODEL, final_loss: 0.31 }],
  ['EVALUATION_COMPLETED', { config_key: CONFIG, model_id: MODEL, elo: 1634.5, win_rate: 0.61 }],
  ['elo_updated', { model_id: MODEL, config_key: CONFIG, new_elo: 1634.5 }],
  ['MODEL_PROMOTED', { model_id: MODEL, config_key: CONFIG, elo: 1634.5 }],
  ['MODEL_DISTRIBUTION_COMPLETE', { model_id: MODEL, config_key: CONFIG, nodes: 14 }],
];

/** Bad data is noticed and paid for by less selfplay. */
export const QUALITY: readonly Step[] = [
  ['quality_score_updated', { config_key: CONFIG, quality_score: 0.41 }],
  ['QUALITY_DEGRADED', { config_key: CONFIG, quality_score: 0.41, threshold: 0.6 }],
  ['QUALITY_PENALTY_APPLIED', { config_key: CONFIG, penalty: 0.2, reason: 'short games' }],
  ['SELFPLAY_RATE_CHANGED', { config_key: CONFIG, old_rate: 1, new_rate: 0.8 }],
];

/** The new champion turns out worse and the old one comes back. */
export const ROLLBACK: readonly Step[] = [
  ['REGRESSION_DETECTED', { config_key: CONFIG, model_id: MODEL, elo_drop: 52, severity: 'severe' }],
  ['TRAINING_ROLLBACK_NEEDED', { config_key: CONFIG, model_id: MODEL, reason: 'regression' }],
  ['RECOVERY_INITIATED', { config_key: CONFIG, recovery_id: 'r-1', node_id: 'gh200-a' }],
  ['RECOVERY_COMPLETED', { config_key: CONFIG, recovery_id: 'r-1', node_id: 'gh200-a' }],
  ['TRAINING_ROLLBACK_COMPLETED', { config_key: CONFIG, model_id: BEFORE, rollback_from: MODEL }],
  ['CACHE_INVALIDATED', { config_key: CONFIG, model_id: MODEL, cache: 'weights' }],
];

/** All of it, in order. */
export const STORY: readonly Step[] = [...PIPELINE, ...QUALITY, ...ROLLBACK];

export async function tell(cluster: RingRiftProcess, steps: readonly Step[]): Promise<void> {
  for (const [eventType, payload] of steps) await cluster.publish(eventType, payload);
}

/** The whole story, a problem that stays open, and an event with a name that no column is wide enough for. */
export async function tellAll(server: RingsideServer, cluster: RingRiftProcess): Promise<void> {
  await tell(cluster, STORY);
  const long = 'x'.repeat(300);
  await cluster.publish('host_offline', { node_id: `node-${long}`, reason: long });
  await cluster.publish(`invented_${long.slice(0, 120)}`, { [long]: long, config_key: 'hexagonal_4p' });
  await expect.poll(() => totalOf(server.url)).toBe(STORY.length + 2);
}
