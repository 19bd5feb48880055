import type { ConfigEntity, ModelEntity } from '../../realtime/entities';
import { bestPoint, effectivePoints } from '../elo/series';
import { compareStamps, isSet, type Register } from '../shared/order';
import { championOf, previousOf } from './champion';
import type { Hold } from './hold';
import { holderCount } from './holders';
import type { Fact, ModelState, ModelsState } from './state';

const SPARK_POINTS = 60;

/**
 * Topic `models.models` (key: model id). Who holds it is a list of up to a thousand names: `GET /api/state/models` and
 * the model's own page have it.
 */
export type ModelDetail = Omit<ModelEntity, 'nodes'> & {
  /** The training job that made it. */
  job: string | null;
  /** Why it was rejected, rolled back or found corrupted, while that is its status. */
  reason: string | null;
  /** Nodes that hold a copy; null where that was forgotten for want of room. */
  holders: number | null;
  /** Rolled back, and not to be promoted again before an operator lifts it. */
  hold: Hold | null;
};

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

export function modelEntity(state: ModelsState, id: string): ModelDetail | undefined {
  const model = state.models.get(id);
  if (model === undefined) return undefined;
  const status = statusOf(state, id, model);
  return {
    model_id: id,
    config: model.config,
    status,
    elo: eloOf(model),
    win_rate: model.winRate.v,
    games: model.games.v,
    val_loss: model.valLoss.v,
    train_loss: model.trainLoss.v,
    trained_at: factTime(model, 'trained'),
    evaluated_at: factTime(model, 'evaluated'),
    promoted_at: factTime(model, 'promoted'),
    updated_at: model.at,
    job: model.job.v,
    reason: HAS_REASON.has(status) ? model.reason.v : null,
    holders: holderCount(model),
    hold: model.hold.v,
  };
}

const HAS_REASON: ReadonlySet<ModelDetail['status']> = new Set(['rejected', 'rolled_back', 'corrupted']);

/** The rating service's figure, unless an evaluation after it has not been rated yet. */
function eloOf({ eloUpdated, eloEvaluated }: ModelState): number | null {
  return isSet(eloUpdated) && eloUpdated.t >= eloEvaluated.t ? eloUpdated.v : eloEvaluated.v;
}

function factTime(model: ModelState, fact: Fact): number | null {
  return model.facts.get(fact)?.t ?? null;
}

/** What happened to the model last; a corruption only until a later event said that the file is whole again. */
function newestFact(model: ModelState): Fact | null {
  let newest: [Fact, Register<true>] | null = null;
  for (const entry of model.facts) {
    if (entry[0] === 'corrupted' && compareStamps(model.intact, entry[1]) > 0) continue;
    if (newest === null || compareStamps(entry[1], newest[1]) > 0) newest = entry;
  }
  return newest?.[0] ?? null;
}

/** The standing within its config comes first, then whatever happened to the model last. */
function statusOf(state: ModelsState, id: string, model: ModelState): ModelDetail['status'] {
  const newest = newestFact(model);
  if (newest === 'corrupted') return 'corrupted';
  const line = model.config === null ? undefined : state.configs.get(model.config)?.champions;
  if (line !== undefined && championOf(line)?.model === id) return 'champion';
  if (line !== undefined && previousOf(line)?.model === id) return 'previous';
  // Without a config there is nobody who could have replaced it.
  if (newest === 'promoted') return model.config === null ? 'champion' : 'retired';
  return newest ?? (eloOf(model) === null ? 'trained' : 'evaluated');
}
