import type { Json } from '../json';
import { STAGES, type StageId } from '../realtime/entities';
import { selectDaemons } from './daemons/rest';
import { eloHistory } from './elo';
import { selectLearning } from './learning/rest';
import { configEntity, isHolding, modelEntity } from './models';
import { clusterEntity, nodeDocument, nodeEntity } from './nodes';
import {
  configStageEntity,
  leadTimes,
  runEntityOf,
  runViews,
  stageEntity,
  cellKey,
  type StageDetail,
} from './pipeline';
import { openProblems, problemEntity } from './problems';
import { selectQuality } from './quality/rest';
import { objectOf, objectOfKeys } from './shared/rest';
import type { States } from './states';
import { trafficTotal } from './traffic';
import { selectTraining } from './training/rest';
import { selectWork } from './work/rest';

/** Answers of `GET /api/state/<name>`, without `as_of_seq`. Keys that come from payloads are own properties, whatever they are. */
export const SELECTORS: ReadonlyMap<string, (states: States) => Record<string, Json>> = new Map<
  string,
  (states: States) => Record<string, Json>
>([
  ['models', selectModels],
  ['nodes', selectNodes],
  ['elo', selectElo],
  ['pipeline', selectPipeline],
  ['overview', selectOverview],
  ['quality', ({ quality }) => selectQuality(quality)],
  ['training', ({ training }) => selectTraining(training)],
  [
    'work',
    (states) => ({
      ...selectWork(states.work),
      ...selectDaemons(states.daemons),
      ...selectLearning(states.learning),
    }),
  ],
]);

function selectModels({ models }: States): Record<string, Json> {
  return {
    configs: objectOfKeys(models.configs.keys(), (key) => configEntity(models, key)),
    models: objectOfKeys(models.models.keys(), (key) => modelAnswer(models, key)),
  };
}

/** `nodes` are the names of those that hold the model. */
function modelAnswer(models: States['models'], key: string): Json | undefined {
  const entity = modelEntity(models, key);
  if (entity === undefined) return undefined;
  const holders = [...(models.models.get(key)?.holders ?? [])];
  const nodes = holders.flatMap(([node, { v }]) => (isHolding(v) ? [node] : []));
  return { ...entity, nodes };
}

/**
 * `status` says whether the cluster counts on the node: online, offline or unknown. What it may be besides while online
 * (unhealthy, overloaded, stale) is in `conditions`, and does not move `status_since`. `last_seen` is null for a node that never gave a sign of life.
 */
function selectNodes({ nodes }: States): Record<string, Json> {
  const node = (key: string): Json | undefined => {
    const document = nodeDocument(nodes, key);
    if (document === undefined) return undefined;
    const { link, link_since, link_event, last_seen, ...rest } = document;
    const status = { status: link, status_since: link_since, status_event: link_event };
    return { ...rest, ...status, last_seen: last_seen === 0 ? null : last_seen };
  };
  return { nodes: objectOfKeys(nodes.nodes.keys(), node), ...clusterEntity(nodes.cluster) };
}

function selectElo({ elo }: States): Record<string, Json> {
  return { configs: objectOfKeys(elo.configs.keys(), (key) => eloHistory(elo, key)) };
}

function selectPipeline({ pipeline }: States): Record<string, Json> {
  const stageOf = (config: string, stage: StageId): [string, StageDetail][] => {
    const entity = configStageEntity(pipeline, cellKey(config, stage));
    return entity === undefined ? [] : [[stage, entity]];
  };
  const ofConfig = (config: string) => objectOf(STAGES.flatMap((stage) => stageOf(config, stage)));
  return {
    stages: objectOfKeys(STAGES, (stage) => stageEntity(pipeline, stage)),
    configs: objectOf([...pipeline.cells.keys()].map((config) => [config, ofConfig(config)])),
    runs: [...pipeline.runs.runs.keys()].map((id) => runEntityOf(pipeline, id) ?? null),
    lead_times: leadTimes(runViews(pipeline)),
  };
}

/** The key figures of the overview page. */
function selectOverview(states: States): Record<string, Json> {
  const { models, nodes, pipeline, problems, traffic } = states;
  const machines = [...nodes.nodes.keys()].flatMap((key) => nodeEntity(nodes, key) ?? []);
  const runs = [...pipeline.runs.runs.keys()].flatMap((id) => runEntityOf(pipeline, id) ?? []);
  const champions = objectOfKeys(models.configs.keys(), (key) => {
    const config = configEntity(models, key);
    return config && { champion: config.champion, elo: config.elo, best_elo: config.best_elo };
  });
  return {
    traffic: trafficTotal(traffic),
    nodes: { total: machines.length, online: machines.filter(({ link }) => link === 'online').length },
    cluster: clusterEntity(nodes.cluster),
    configs: champions,
    stages: objectOfKeys(STAGES, (stage) => stageEntity(pipeline, stage)),
    active_runs: runs.filter(({ status }) => status === 'active').length,
    open_problems: openProblems(problems).flatMap((id) => problemEntity(problems, id) ?? []),
  };
}
