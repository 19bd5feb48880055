import type { EventRef } from '../../realtime/entities';
import { register, type Register, type Stamp } from '../shared/order';

/** A thing that an event told of, with the id of that event. */
type Told = Stamp & { id: string };

/** What is known of an epoch; `e` is its number. A later report of the same epoch replaces an earlier one. */
export type Epoch = Told & { e: number; train: number | null; val: number | null; lr: number | null };
export type Anomaly = Told & {
  e: number | null;
  loss: number | null;
  expected: number | null;
  score: number | null;
};
export type Checkpoint = Told & { e: number | null; path: string | null; loaded: boolean };
export type Trend = Told & { trend: string; window: number | null; delta: number | null };
/** The traceback stays in history, under the event's id: it may be long. */
export type Failure = Told & { error: string; node: string | null };
export type Trigger = {
  id: string;
  games: number | null;
  threshold: number | null;
  reason: string | null;
  priority: string | null;
};
export type Stop = {
  id: string;
  reason: string;
  epochs: number | null;
  best: number | null;
  val: number | null;
};
/** `t` is its first event; `id` its last. */
export type Export = Told & {
  /** When it ended; null where only its start was told with a config. */
  done: number | null;
  samples: number | null;
  games: number | null;
  path: string | null;
  seconds: number | null;
};
/** Values as texts: a hyperparameter may be of any type. */
export type ParamChange = Told & {
  name: string;
  from: string | null;
  to: string | null;
  by: string | null;
};
export type Block = Stamp & { quality: number | null; required: number | null; ref: EventRef };

export type Run = {
  id: string;
  config: string | null;
  /** Times of its first and its newest event. */
  begin: number;
  at: number;
  outcome: Register<'open' | 'completed' | 'failed'>;
  /** When it first began to run; null while only triggered, or where that event is missing. */
  started: number | null;
  /** The event of that start. */
  startedId: string | null;
  endedId: string | null;
  trigger: Register<Trigger | null>;
  node: Register<string | null>;
  /** Who reported its epochs: stands in for a node that no TRAINING_STARTED named. */
  reporter: Register<string | null>;
  version: Register<string | null>;
  epoch: Register<number | null>;
  totalEpochs: Register<number | null>;
  /** Ascending by number; thinned out beyond a limit. */
  epochs: Epoch[];
  /** True once `epochs` was thinned out. */
  thinned: boolean;
  finalTrain: Register<number | null>;
  finalVal: Register<number | null>;
  model: Register<string | null>;
  stop: Register<Stop | null>;
  export: Export | null;
  anomalies: Anomaly[];
  anomalyCount: number;
  checkpoints: Checkpoint[];
  checkpointCount: number;
  trends: Trend[];
  failures: Failure[];
  failureCount: number;
  /** Events without a job id that were counted to this run by config and time. */
  inferred: number;
  events: number;
};

export type ConfigTraining = {
  /** Newest event of any kind. */
  at: number;
  /** The runs of the config that are kept, ascending by `begin`: the very objects of the table of runs. */
  runs: Run[];
  exports: Export[];
  params: ParamChange[];
  blocks: Block[];
  counts: {
    started: number;
    completed: number;
    failed: number;
    stopped: number;
    anomalies: number;
    blocked: number;
    rollbacks: number;
  };
};

/** A way back from a model that turned out worse, by the id of that model. */
export type Rollback = {
  at: number;
  config: string | null;
  needed: Register<{
    reason: string | null;
    severity: string | null;
    path: string | null;
    ref: EventRef;
  } | null>;
  completed: Register<{ to: string | null; reason: string | null; ref: EventRef } | null>;
};

/** An event of training that belongs to no run that is known. */
export type Stray = Stamp & { ref: EventRef };

export type TrainingState = {
  clock: number | null;
  runs: Map<string, Run>;
  /** Runs that neither completed nor failed, for the minute tick. */
  open: Map<string, Run>;
  /** Model id to job id. */
  byModel: Map<string, string>;
  configs: Map<string, ConfigTraining>;
  rollbacks: Map<string, Rollback>;
  strays: Stray[];
  strayCount: number;
};

export function initialTraining(): TrainingState {
  return {
    clock: null,
    runs: new Map(),
    open: new Map(),
    byModel: new Map(),
    configs: new Map(),
    rollbacks: new Map(),
    strays: [],
    strayCount: 0,
  };
}

export function newRun(id: string, at: number): Run {
  return {
    id,
    config: null,
    begin: at,
    at,
    outcome: register<Run['outcome']['v']>('open'),
    started: null,
    startedId: null,
    endedId: null,
    trigger: register<Trigger | null>(null),
    node: register<string | null>(null),
    reporter: register<string | null>(null),
    version: register<string | null>(null),
    epoch: register<number | null>(null),
    totalEpochs: register<number | null>(null),
    epochs: [],
    thinned: false,
    finalTrain: register<number | null>(null),
    finalVal: register<number | null>(null),
    model: register<string | null>(null),
    stop: register<Stop | null>(null),
    export: null,
    anomalies: [],
    anomalyCount: 0,
    checkpoints: [],
    checkpointCount: 0,
    trends: [],
    failures: [],
    failureCount: 0,
    inferred: 0,
    events: 0,
  };
}

export function newConfig(at: number): ConfigTraining {
  const counts = { started: 0, completed: 0, failed: 0, stopped: 0, anomalies: 0, blocked: 0, rollbacks: 0 };
  return { at, runs: [], exports: [], params: [], blocks: [], counts };
}
