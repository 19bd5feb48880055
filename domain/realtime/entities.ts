import type { Severity } from '../events/envelope';

/**
 * The entities of each topic, as pages receive them. Snake_case, because they travel. Times are epoch seconds of event
 * time unless a name says otherwise. (`type`, not `interface`: an alias stays assignable to Json.)
 */

/** Reference to the event behind a figure. */
export type EventRef = {
  event_id: string;
  seq: number;
  event_type: string;
  timestamp: number;
  config: string | null;
  node: string | null;
};

export const STAGES = [
  'selfplay',
  'new_games',
  'sync',
  'export',
  'threshold',
  'training',
  'evaluation',
  'promotion',
  'distribution',
] as const;
export type StageId = (typeof STAGES)[number];

/** Topic `pipeline.stages` (key: stage id, over all configs) and `pipeline.cells` (key: `<config>|<stage>`). */
export type StageEntity = {
  stage: StageId;
  /** Null in `pipeline.stages`. */
  config: string | null;
  /** Completions of the stage since history began. */
  count: number;
  failed: number;
  /** Things that started and neither completed nor failed yet, without those that nothing was heard of for six hours. */
  in_progress: number;
  /** When the oldest of them started. */
  in_progress_since: number | null;
  /** Completions per hour over the last 60 min of event time. */
  rate_per_hour: number;
  last: EventRef | null;
  last_failure: EventRef | null;
  /** Completions per minute over the last 30 minutes, oldest first. */
  spark: number[];
};

/** Topic `pipeline.runs` (key: run id): the active runs and the last 100 ended. */
export type RunEntity = {
  /** The job id where known, else the model id. */
  run_id: string;
  config: string | null;
  job_id: string | null;
  model_id: string | null;
  node: string | null;
  status: 'active' | 'promoted' | 'rejected' | 'failed' | 'rolled_back' | 'stale';
  stage: StageId;
  started_at: number;
  updated_at: number;
  /** Epoch progress of the training while known. */
  epoch: number | null;
  total_epochs: number | null;
  hops: {
    stage: StageId;
    started_at: number | null;
    ended_at: number | null;
    status: 'active' | 'done' | 'failed';
  }[];
};

/** Topic `flows.steps` (key: `<flow>/<event_type>`): the boxes of the quality loop and the error recovery flow. */
export type FlowStepEntity = {
  flow: 'quality' | 'recovery';
  /** Event type, or `QUALITY_GOOD` / `QUALITY_DEGRADED`-like branch names of the catalogue's diagram. */
  step: string;
  count: number;
  rate_per_hour: number;
  last: EventRef | null;
  spark: number[];
};

/** Topic `models.configs` (key: config). */
export type ConfigEntity = {
  config: string;
  champion: string | null;
  champion_since: number | null;
  champion_event: EventRef | null;
  previous: string | null;
  elo: number | null;
  elo_at: number | null;
  elo_model: string | null;
  best_elo: number | null;
  best_model: string | null;
  promotions: number;
  rejections: number;
  rollbacks: number;
  /** The last 60 Elo points, oldest first: [timestamp, elo]. */
  elo_spark: [number, number][];
};

export const MODEL_STATUSES = [
  'trained',
  'evaluating',
  'evaluated',
  'candidate',
  'champion',
  'previous',
  'retired',
  'rejected',
  'rolled_back',
  'corrupted',
] as const;
/** Topic `models.models` (key: model id). */
export type ModelEntity = {
  model_id: string;
  config: string | null;
  status: (typeof MODEL_STATUSES)[number];
  elo: number | null;
  win_rate: number | null;
  games: number | null;
  val_loss: number | null;
  train_loss: number | null;
  trained_at: number | null;
  evaluated_at: number | null;
  promoted_at: number | null;
  updated_at: number;
  nodes: string[];
};

export const NODE_STATUSES = ['online', 'unhealthy', 'overloaded', 'stale', 'offline', 'unknown'] as const;
export type NodeStatus = (typeof NODE_STATUSES)[number];
/** Topic `nodes.nodes` (key: node). Utilisations are 0..1. */
export type NodeEntity = {
  node: string;
  status: NodeStatus;
  status_since: number | null;
  status_event: EventRef | null;
  host_type: string | null;
  gpu: string | null;
  health_score: number | null;
  cpu_util: number | null;
  gpu_util: number | null;
  memory_util: number | null;
  last_seen: number;
  backpressure: string | null;
  issues: string[];
  /** As the event that declared it offline gives it; null while it is not, or where none was given. */
  offline_reason: string | null;
  /** Set while the node is offline yet reports itself healthy: what was seen, and when. */
  contradiction: { event: EventRef; message: string } | null;
  games_per_hour: number;
  events: number;
};

/** Topic `nodes.cluster` (key: `cluster`). */
export type ClusterEntity = {
  leader: string | null;
  leader_since: number | null;
  term: number | null;
  quorum: boolean | null;
  alive_peers: number | null;
  total_peers: number | null;
  updated_at: number | null;
};

/** Topic `traffic.total` (key: `all`). */
export type TrafficEntity = {
  events: number;
  types: number;
  duplicates: number;
  drifted: number;
  uncatalogued: number;
  first_at: number | null;
  last_at: number | null;
  by_category: [category: string, count: number][];
  by_origin: [origin: string, count: number][];
  /** Events per minute over the last 60 minutes of event time, oldest first. */
  spark: number[];
};

/** Topic `traffic.types` (key: event type). */
export type TypeTrafficEntity = {
  event_type: string;
  category: string;
  catalogued: boolean;
  count: number;
  duplicates: number;
  drifted: number;
  last: EventRef | null;
};

/** Who has seen a problem and takes care of it. */
export type Acknowledgement = { by: string; reason: string; at: number; event: EventRef };

/** Topic `problems.open` (key: problem id). Worst first is the page's business. */
export type ProblemEntity = {
  id: string;
  severity: Severity;
  title: string;
  detail: string;
  subject_kind:
    | 'node'
    | 'config'
    | 'model'
    | 'run'
    | 'cluster'
    | 'router'
    | 'coordinator'
    | 'lock'
    | 'lifecycle';
  subject: string;
  since: number;
  last_at: number;
  count: number;
  event: EventRef | null;
  /** The page that explains it, e.g. `/nodes`. */
  page: string;
  /** Null until an operator acknowledges it, and again once it gets worse or comes back. */
  acknowledged: Acknowledgement | null;
};

/** Topic `router.status` (key: `router`), not folded from events: the running router's own figures. */
export type RouterStatusEntity = {
  started_at: number;
  events_per_second: number;
  peak_events_per_second: number;
  /** Events per second over the last 60 s of wall time, oldest first. */
  spark: number[];
  stored: number;
  duplicates: number;
  rejected: number;
  dead_letters: number;
  handler_failures: number;
  handler_timeouts: number;
  commit_ms_p50: number | null;
  commit_ms_p99: number | null;
  history: { state: 'ok' | 'error'; detail: string | null; size_bytes: number };
  subscribers: number;
  browsers: number;
};

/** Topic `router.bridges` (key: bridge name). */
export type BridgeEntity = {
  name: string;
  kind: 'events_db' | 'nats';
  state: 'starting' | 'importing' | 'live' | 'waiting' | 'error' | 'stopped';
  /** One clear line: what is wrong and what to do; null when all is well. */
  detail: string | null;
  /** Where the log is (its file). */
  place: string;
  read_row_id: number;
  lag_ms: number | null;
  rows_read: number;
  rows_forwarded: number;
  outbox_pending: number;
  dead_letters: number;
  progress: { done: number; total: number } | null;
  since: number;
};
