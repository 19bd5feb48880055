import type { JsonObject } from '../../../domain/json';
import type { ConfigSpec } from '../cluster';
import { round, type Rng } from '../random';

export interface LoadContext {
  /** Number of the event, from 0; makes payloads unique. */
  readonly n: number;
  readonly at: number;
  readonly iso: string;
  readonly rng: Rng;
  readonly config: ConfigSpec;
  readonly node: string;
}

export interface LoadKind {
  /** As the producer writes it. */
  readonly type: string;
  readonly source: string;
  /** Share among all kinds, in arbitrary units. */
  readonly weight: number;
  payload(context: LoadContext): JsonObject;
}

const kind = (type: string, source: string, weight: number, payload: LoadKind['payload']): LoadKind => ({
  type,
  source,
  weight,
  payload,
});
/** A model is spoken of for a while, then there is a next one. */
const model = ({ config, n }: LoadContext): string =>
  `${config.key}_v${String(1 + Math.floor(n / EVENTS_PER_MODEL))}`;
const EVENTS_PER_MODEL = 20_000;
const job = ({ config, n }: LoadContext): string =>
  `${config.key}_${String(1 + Math.floor(n / EVENTS_PER_MODEL))}`;
/** Queued, claimed, started and completed are each about one event in twenty: so each piece of work gets about one of each. */
const work = ({ n }: LoadContext): string => `work_${String(Math.floor(n / 20))}`;

/** The types that make up almost all traffic of a cluster, weighted as they occur there. */
export const LOAD_KINDS: readonly LoadKind[] = [
  kind('health_check_passed', 'UnifiedNodeHealthDaemon', 156, ({ node, iso, rng }) => ({
    node_id: node,
    health_score: round(rng.between(0.85, 1), 3),
    cpu_util: round(rng.float(), 3),
    gpu_util: round(rng.float(), 3),
    memory_util: round(rng.float(), 3),
    timestamp: iso,
  })),
  kind('SELFPLAY_COMPLETE', 'SelfplayRunner', 139, ({ n, node, config, rng }) => ({
    task_id: `selfplay_${String(n)}`,
    board_type: config.board,
    num_players: config.players,
    config_key: config.key,
    games_generated: rng.int(60, 440),
    success: true,
    node_id: node,
    duration_seconds: round(rng.between(68, 715), 1),
    selfplay_type: 'gpu_accelerated',
    iteration: 47,
    error: null,
  })),
  kind('training_progress', 'train', 98, (context) => {
    const { n, config, iso, rng } = context;
    return {
      config_key: config.key,
      epoch: 1 + Math.floor(((n % EVENTS_PER_MODEL) / EVENTS_PER_MODEL) * 24),
      train_loss: round(rng.between(0.36, 1.4), 5),
      val_loss: round(rng.between(0.4, 1.45), 5),
      learning_rate: round(rng.between(0.0001, 0.001), 7),
      job_id: job(context),
      total_epochs: 24,
      timestamp: iso,
    };
  }),
  kind('new_games', 'AutoSyncDaemon', 68, ({ n, node, config, iso, rng }) => ({
    host: node,
    new_games: rng.int(40, 440),
    total_games: 50_000 + n,
    config_key: config.key,
    timestamp: iso,
  })),
  kind('coordinator_heartbeat', 'SelfplayScheduler', 52, ({ n, iso, rng }) => ({
    coordinator_name: 'SelfplayScheduler',
    health_score: round(rng.between(0.88, 1), 3),
    active_handlers: rng.int(6, 14),
    events_processed: n,
    timestamp: iso,
  })),
  kind('work_queued', 'WorkQueue', 51, (context) => ({
    work_id: work(context),
    work_type: context.rng.pick(['selfplay', 'training', 'evaluation', 'sync']),
    priority: context.rng.int(1, 99),
    timestamp: context.iso,
  })),
  kind('work_claimed', 'WorkQueue', 50, (context) => ({
    work_id: work(context),
    node_id: context.node,
    timestamp: context.iso,
  })),
  kind('work_started', 'WorkQueue', 50, (context) => ({
    work_id: work(context),
    node_id: context.node,
    work_type: 'selfplay',
    timestamp: context.iso,
  })),
  kind('work_completed', 'WorkQueue', 46, (context) => ({
    work_id: work(context),
    duration: round(context.rng.between(60, 900), 1),
    node_id: context.node,
    timestamp: context.iso,
  })),
  kind('quality_score_updated', 'QualityMonitorDaemon', 45, ({ n, config, iso, rng }) => ({
    board_type: config.board,
    num_players: config.players,
    avg_quality: round(rng.between(0.5, 0.9), 4),
    total_games: 50_000 + n,
    high_quality_games: 30_000 + n,
    timestamp: iso,
  })),
  kind('checkpoint_saved', 'train', 17, (context) => ({
    checkpoint_path: `checkpoints/${job(context)}/step_${String(context.n)}.pt`,
    epoch: 5,
    config_key: context.config.key,
  })),
  kind('DATA_SYNC_STARTED', 'AutoSyncDaemon', 13, ({ n, node }) => ({
    sync_type: 'data',
    source: node,
    targets: ['gpu-h100-1', 'gpu-h100-2'],
    items_to_sync: n,
  })),
  kind('DATA_SYNC_COMPLETED', 'AutoSyncDaemon', 13, ({ n, node, iso, rng }) => ({
    sync_type: 'data',
    items_synced: n,
    success: true,
    duration_seconds: round(rng.between(4, 80), 2),
    source: node,
    iteration: 0,
    components: ['games', 'elo'],
    errors: [],
    timestamp: iso,
  })),
  kind('evaluation_progress', 'game_gauntlet', 15, (context) => ({
    model_id: model(context),
    games_completed: 100,
    games_planned: 400,
    current_elo: round(context.rng.between(1400, 2100), 1),
    timestamp: context.iso,
  })),
  kind('EVALUATION_COMPLETED', 'game_gauntlet', 5, (context) => ({
    model_id: model(context),
    board_type: context.config.board,
    num_players: context.config.players,
    config_key: context.config.key,
    elo: round(context.rng.between(1400, 2100), 1),
    win_rate: round(context.rng.between(0.4, 0.6), 4),
    games_played: 200,
    elo_delta: round(context.rng.between(-60, 60), 1),
    opponents: ['random', 'heuristic'],
    timestamp: context.iso,
  })),
  kind('elo_updated', 'EloService', 5, (context) => {
    const old = round(context.rng.between(1400, 2100), 1);
    const delta = round(context.rng.between(-40, 60), 1);
    const { key } = context.config;
    return {
      model_id: model(context),
      config_key: key,
      old_elo: old,
      new_elo: round(old + delta, 1),
      elo_delta: delta,
      games_played: 200,
      timestamp: context.iso,
    };
  }),
  kind('MODEL_PROMOTED', 'PromotionController', 3, (context) => ({
    model_id: model(context),
    config_key: context.config.key,
    tier: 'production',
    elo: round(context.rng.between(1400, 2100), 1),
    promotion_type: 'production',
    elo_improvement: round(context.rng.between(10, 60), 1),
    model_path: `models/${model(context)}.pth`,
    timestamp: context.iso,
  })),
  kind('backpressure_activated', 'ResourceMonitoringCoordinator', 3, ({ node, iso, rng }) => ({
    node_id: node,
    level: rng.pick(['low', 'medium', 'high', 'critical']),
    reason: 'memory pressure',
    resource_type: 'memory',
    utilization: round(rng.between(0.8, 1), 3),
    timestamp: iso,
  })),
  kind('handler_failed', 'event_router', 3, ({ iso }) => ({
    handler_name: '_on_selfplay_complete',
    event_type: 'selfplay_complete',
    error: "KeyError: 'config_key'",
    coordinator: 'FeedbackLoopController',
    timestamp: iso,
  })),
];
