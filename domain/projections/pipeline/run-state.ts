import type { StageId } from '../../realtime/entities';
import { register, type Register, type Stamp } from '../shared/order';

export type RunOutcome = 'active' | 'promoted' | 'rejected' | 'failed' | 'rolled_back';

/** A stage within a run: its first start, and its newest end with how it ended. */
export type Hop = { start: number | null; end: Stamp; status: 'done' | 'failed' };

export type Run = {
  id: string;
  config: string | null;
  job: string | null;
  model: string | null;
  node: Register<string | null>;
  startedAt: number;
  updatedAt: number;
  outcome: Register<RunOutcome>;
  epoch: Register<number | null>;
  totalEpochs: Register<number | null>;
  hops: Map<StageId, Hop>;
};

/** Runs by id, and which run a model belongs to. */
export type RunsState = { runs: Map<string, Run>; byModel: Map<string, string> };

export function runsState(): RunsState {
  return { runs: new Map(), byModel: new Map() };
}

export function newRun(id: string, at: number): Run {
  return {
    id,
    config: null,
    job: null,
    model: null,
    node: register<string | null>(null),
    startedAt: at,
    updatedAt: at,
    outcome: register<RunOutcome>('active'),
    epoch: register<number | null>(null),
    totalEpochs: register<number | null>(null),
    hops: new Map(),
  };
}
