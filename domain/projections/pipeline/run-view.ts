import { STAGES, type RunEntity, type StageId } from '../../realtime/entities';
import { isSet, type Stamp } from '../shared/order';
import type { Lineage } from './lineage';
import type { Hop, Run } from './run';
import { statusOf } from './run-entity';

/**
 * A stage of a run as pages show it. `s` of a stamp is the seq of its event, -1 where no event marks the moment. A hop that
 * is done without an end is over, but nothing told when.
 */
export type HopView = {
  stage: StageId;
  started: Stamp | null;
  ended: Stamp | null;
  status: 'active' | 'done' | 'failed';
  /** True where only the times say that it belongs to the run: neither an id, a config nor a node does. */
  guessed: boolean;
};

/** A run from the data that it trained on to its distribution. */
export type RunView = {
  id: string;
  config: string | null;
  job: string | null;
  model: string | null;
  node: string | null;
  status: RunEntity['status'];
  /** First and newest event of the run itself, without its data. */
  startedAt: number;
  updatedAt: number;
  epoch: number | null;
  totalEpochs: number | null;
  hops: HopView[];
};

/** Stages that no event ties to a run: they are those of the data that its config had. */
export const DATA_STAGES: readonly StageId[] = ['selfplay', 'new_games', 'sync', 'export'];

export function runView(run: Run, clock: number | null): RunView {
  const own = STAGES.flatMap((stage) => {
    const hop = run.hops.get(stage);
    return hop === undefined ? [] : [ownHop(stage, hop)];
  });
  return {
    ...{ id: run.id, config: run.config, job: run.job, model: run.model, node: run.node.v },
    ...{ status: statusOf(run, clock), startedAt: run.startedAt, updatedAt: run.updatedAt },
    ...{ epoch: run.epoch.v, totalEpochs: run.totalEpochs.v },
    hops: [...(run.lineage === null ? [] : dataHops(run.lineage)), ...own],
  };
}

const stampOrNull = (stamp: Stamp): Stamp | null => (isSet(stamp) ? stamp : null);

function ownHop(stage: StageId, { start, end, status }: Hop): HopView {
  const [started, ended] = [stampOrNull(start), stampOrNull(end)];
  return { stage, started, ended, status: ended === null ? 'active' : status, guessed: false };
}

function dataHops({ selfplay, newGames, sync, byNode, ...exported }: Lineage): HopView[] {
  const hops: HopView[] = [];
  const add = (stage: StageId, started: Stamp | null, ended: Stamp | null, guessed: boolean) =>
    hops.push({ stage, started, ended, status: 'done', guessed });
  if (selfplay !== null) {
    const began = selfplay.start === null ? null : { t: selfplay.start, s: -1 };
    add('selfplay', began, selfplay, selfplay.node !== newGames?.node);
  }
  if (newGames !== null) add('new_games', null, newGames, false);
  if (sync !== null) add('sync', { t: sync.start, s: sync.startSeq }, sync, !byNode);
  add('export', stampOrNull(exported.exportStart), stampOrNull(exported.exportEnd), !exported.exportNamed);
  return hops;
}

/** When a stage of the run was over; null while it is not, and where it failed. */
export function endOf(view: RunView, stage: StageId): number | null {
  const hop = view.hops.find((each) => each.stage === stage);
  return hop === undefined || hop.status !== 'done' ? null : (hop.ended?.t ?? null);
}
