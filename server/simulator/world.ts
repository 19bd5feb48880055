import type { ConfigSpec, NodeSpec } from './cluster';

export interface Node {
  readonly spec: NodeSpec;
  up: boolean;
  /** When it went down; meaningful while it is down. */
  downSince: number;
  unhealthy: boolean;
  /** Level of backpressure, null for none. */
  pressure: string | null;
  /** Games made since the last sync, per config. */
  readonly unsynced: Map<string, number>;
  syncing: boolean;
}

export interface Config {
  readonly spec: ConfigSpec;
  /** Highest version number given to a model. */
  version: number;
  champion: string;
  /** Former champions with their rating, newest last. */
  readonly former: { model: string; elo: number }[];
  /** Rating of the champion. */
  elo: number;
  /** Rating that was published last, be it of the champion or of a candidate. */
  published: number;
  velocity: number;
  bestElo: number;
  /** Evaluations in a row without a promotion. */
  stagnant: number;
  totalGames: number;
  /** Games synced but not yet exported. */
  fresh: number;
  lastSync: number;
  stale: boolean;
  /** A run of this config is between export and the end of its training. */
  busy: boolean;
  /** Checkpoint that the next training continues from, after a crash. */
  resumeFrom: string | null;
  quality: number;
  /** Where quality drifts to; moved by bad batches of data. */
  qualityTarget: number;
  penalised: boolean;
  /** Selfplay rate, 1 for normal. */
  rate: number;
  weight: number;
  target: number;
  tier: number;
  exploration: string;
  learningRate: number;
  parityFailures: number;
}

export interface SelfplayBatch {
  readonly node: string;
  readonly config: string;
  readonly games: number;
  readonly seconds: number;
}
export interface SyncJob {
  readonly node: string;
  readonly type: 'data' | 'model' | 'elo' | 'registry';
  readonly items: number;
  readonly startedAt: number;
}
export interface TrainingJob {
  readonly config: string;
  readonly node: string;
  readonly model: string;
  readonly epochs: number;
  readonly epochSeconds: number;
  /** The loss that this job converges to. */
  readonly floor: number;
  epoch: number;
  loss: number;
  bestLoss: number;
  bestEpoch: number;
  checkpoint: string | null;
}
export interface Evaluation {
  readonly config: string;
  readonly model: string;
  readonly node: string;
  readonly planned: number;
  readonly delta: number;
  readonly attempt: number;
  played: number;
}
export interface WorkItem {
  readonly type: string;
  readonly priority: number;
  state: 'queued' | 'claimed' | 'started';
  node: string | null;
  attempt: number;
}
export interface Task {
  readonly type: string;
  readonly node: string;
  beats: number;
  lastBeat: number;
}
/** A coordinator or daemon of the control plane. */
export interface Daemon {
  running: boolean;
  degraded: boolean;
  health: number;
  handled: number;
}

/** All that is the case in the simulated cluster. Plain data and Maps only, so that it can be saved and restored. */
export interface World {
  readonly nodes: Map<string, Node>;
  readonly configs: Map<string, Config>;
  readonly batches: Map<string, SelfplayBatch>;
  readonly syncs: Map<string, SyncJob>;
  readonly trainings: Map<string, TrainingJob>;
  readonly evaluations: Map<string, Evaluation>;
  readonly work: Map<string, WorkItem>;
  readonly tasks: Map<string, Task>;
  readonly daemons: Map<string, Daemon>;
  /** Lock name to holder. */
  readonly locks: Map<string, string>;
  /** Models under recovery, and why: nobody starts a second one meanwhile. */
  readonly recovering: Map<string, string>;
  readonly counters: Map<string, number>;
  leader: string | null;
  term: number;
}

export function createWorld(nodes: readonly NodeSpec[], configs: readonly ConfigSpec[], now: number): World {
  return {
    nodes: new Map(nodes.map((spec) => [spec.name, newNode(spec, now)])),
    configs: new Map(configs.map((spec) => [spec.key, newConfig(spec, now)])),
    batches: new Map(),
    syncs: new Map(),
    trainings: new Map(),
    evaluations: new Map(),
    work: new Map(),
    tasks: new Map(),
    daemons: new Map(),
    locks: new Map(),
    recovering: new Map(),
    counters: new Map(),
    leader: null,
    term: 12,
  };
}

function newNode(spec: NodeSpec, now: number): Node {
  return {
    spec,
    up: true,
    downSince: now,
    unhealthy: false,
    pressure: null,
    unsynced: new Map(),
    syncing: false,
  };
}

function newConfig(spec: ConfigSpec, now: number): Config {
  return {
    spec,
    version: spec.version,
    champion: `${spec.key}_v${String(spec.version)}`,
    former: [{ model: `${spec.key}_v${String(spec.version - 1)}`, elo: spec.elo - 21.4 }],
    elo: spec.elo,
    published: spec.elo,
    velocity: 9,
    bestElo: spec.elo,
    stagnant: 0,
    totalGames: spec.totalGames,
    fresh: 0,
    lastSync: now,
    stale: false,
    busy: false,
    resumeFrom: null,
    quality: spec.quality,
    qualityTarget: spec.quality,
    penalised: false,
    rate: 1,
    weight: 1,
    target: 5000,
    tier: 2,
    exploration: 'standard',
    learningRate: 0.001,
    parityFailures: 0.005,
  };
}

/** `prefix_<n>`, counting from 1 per prefix. */
export function nextId(world: World, prefix: string): string {
  const number = (world.counters.get(prefix) ?? 0) + 1;
  world.counters.set(prefix, number);
  return `${prefix}_${String(number)}`;
}

export function nodesUp(world: World): Node[] {
  return [...world.nodes.values()].filter((node) => node.up);
}

export function isUp(world: World, name: string): boolean {
  return world.nodes.get(name)?.up ?? false;
}

/** Where coordinators run: the first machine that is up. Null only when the whole cluster is dark. */
export function coordinatorHost(world: World): string | null {
  for (const node of world.nodes.values()) if (node.up) return node.spec.name;
  return null;
}

/** Makes a model the champion of its config; the one before it is remembered for a rollback. */
export function crown(config: Config, model: string, elo: number): void {
  if (model === config.champion) return;
  config.former.push({ model: config.champion, elo: config.elo });
  if (config.former.length > 10) config.former.shift();
  config.champion = model;
  config.elo = elo;
  config.bestElo = Math.max(config.bestElo, elo);
}

/** Puts the model `to`, or without it the champion before, back in place; returns the model now serving. */
export function uncrown(config: Config, to?: string): string {
  const at = to === undefined ? config.former.length - 1 : config.former.findLastIndex((f) => f.model === to);
  const found = config.former[at];
  if (found) {
    config.former.splice(at);
    config.champion = found.model;
    config.elo = found.elo;
  } else if (to !== undefined) config.champion = to;
  return config.champion;
}
