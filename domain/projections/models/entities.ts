import type { ConfigEntity, ModelEntity } from '../../realtime/entities';
import { bestPoint, effectivePoints } from '../elo/series';
import { compareStamps, isSet, type Register } from '../shared/order';
import { championOf, previousOf } from './champion';
import type { Fact, ModelState, ModelsState } from './state';

const SPARK_POINTS = 60;

export function configEntity(state: ModelsState, config: string): ConfigEntity | undefined {
  const entry = state.configs.get(config);
  if (entry === undefined) return undefined;
  const champion = championOf(entry.champions);
  const points = effectivePoints(entry.elo.points);
  const current = points.at(-1);
  const best = bestPoint(entry.elo, points);
  return {
    config,
    champion: champion?.model ?? null,
    champion_since: champion?.since ?? null,
    champion_event: champion?.event ?? null,
    previous: previousOf(entry.champions)?.model ?? null,
    elo: current?.elo ?? null,
    elo_at: current?.t ?? null,
    elo_model: current?.model ?? null,
    best_elo: best?.elo ?? null,
    best_model: best?.model ?? null,
    promotions: entry.promotions,
    rejections: entry.rejections,
    rollbacks: entry.rollbacks,
    elo_spark: points.slice(-SPARK_POINTS).map(({ t, elo }) => [t, elo]),
  };
}

export function modelEntity(state: ModelsState, id: string): ModelEntity | undefined {
  const model = state.models.get(id);
  if (model === undefined) return undefined;
  return {
    model_id: id,
    config: model.config,
    status: statusOf(state, id, model),
    elo: eloOf(model),
    win_rate: model.winRate.v,
    games: model.games.v,
    val_loss: model.valLoss.v,
    train_loss: model.trainLoss.v,
    trained_at: factTime(model, 'trained'),
    evaluated_at: factTime(model, 'evaluated'),
    promoted_at: factTime(model, 'promoted'),
    updated_at: model.at,
    nodes: model.nodes.v,
  };
}

/** The rating service's figure, unless an evaluation after it has not been rated yet. */
function eloOf({ eloUpdated, eloEvaluated }: ModelState): number | null {
  return isSet(eloUpdated) && eloUpdated.t >= eloEvaluated.t ? eloUpdated.v : eloEvaluated.v;
}

function factTime(model: ModelState, fact: Fact): number | null {
  return model.facts.get(fact)?.t ?? null;
}

function newestFact(model: ModelState): Fact | null {
  let newest: [Fact, Register<true>] | null = null;
  for (const entry of model.facts) {
    if (newest === null || compareStamps(entry[1], newest[1]) > 0) newest = entry;
  }
  return newest?.[0] ?? null;
}

/** The standing within its config comes first, then whatever happened to the model last. */
function statusOf(state: ModelsState, id: string, model: ModelState): ModelEntity['status'] {
  const newest = newestFact(model);
  if (newest === 'corrupted') return 'corrupted';
  const line = model.config === null ? undefined : state.configs.get(model.config)?.champions;
  if (line !== undefined && championOf(line)?.model === id) return 'champion';
  if (line !== undefined && previousOf(line)?.model === id) return 'previous';
  if (newest === 'promoted') return line === undefined ? 'champion' : 'retired';
  return newest ?? 'trained';
}
