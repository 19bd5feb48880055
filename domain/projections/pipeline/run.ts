import type { StageId } from '../../realtime/entities';
import { register, type Register, type Stamp } from '../shared/order';
import type { Lineage } from './lineage';

export type RunOutcome = 'active' | 'promoted' | 'rejected' | 'failed' | 'rolled_back';

/** A stage within a run: its first start, and its newest end with how it ended. */
export type Hop = { start: Stamp; end: Stamp; status: 'done' | 'failed' };

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
  /** The data that it trained on, as far as its config tells; null where no export came before its threshold. */
  lineage: Lineage | null;
};

/** A stamp that nothing has set yet. */
export function unset(): Stamp {
  return { t: -Infinity, s: -1 };
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
    lineage: null,
  };
}
