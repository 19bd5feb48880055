import type { States } from '../../../domain/projections';
import { modelEntity, type Hold, type ModelDetail } from '../../../domain/projections/models';
import { problemEntity } from '../../../domain/projections/problems';
import { averagesOf } from '../../../domain/projections/quality/standing';
import { eloInput, hypothesesOf } from '../pages/elo/input';
import { judged, type Judged } from '../pages/elo/judged';
import { subjectOf } from '../pages/elo/subjects';

/** A model as an operator weighs it. Times are epoch seconds, shares 0..1; null where nothing is known. */
export type Side = {
  model_id: string;
  status: ModelDetail['status'] | null;
  elo: number | null;
  /** 95 % bounds of its Elo in its newest evaluation. */
  low: number | null;
  high: number | null;
  win_rate: number | null;
  games: number | null;
  /** Likelihood that it is stronger than the champion it was measured against. */
  los: number | null;
  measured_against: string | null;
  val_loss: number | null;
  train_loss: number | null;
  /** Average quality of its config's games when its training began. */
  data_quality: number | null;
  regressions: { title: string; detail: string }[];
  trained_at: number | null;
  evaluated_at: number | null;
  /** Event of its newest evaluation. */
  evaluation: string | null;
  holders: number | null;
  hold: Hold | null;
};

const HYPOTHESES = hypothesesOf(eloInput.parse({}));

/** What is known of a model of this config; null for a model that the state does not hold. */
export function sideOf(states: States, config: string | null, id: string): Side | null {
  const model = modelEntity(states.models, id);
  if (model === undefined) return null;
  const found = judgedOf(states, config, id);
  const { status, val_loss, train_loss, trained_at, evaluated_at, holders, hold } = model;
  return {
    ...{ model_id: id, status, val_loss, train_loss, trained_at, holders, hold },
    elo: model.elo ?? found?.elo ?? null,
    low: found?.low ?? null,
    high: found?.high ?? null,
    win_rate: found?.win_rate ?? model.win_rate,
    games: found?.games ?? model.games,
    los: found?.los ?? null,
    measured_against: found?.champion ?? null,
    data_quality: config === null ? null : qualityAt(states, config, dataFrom(states, id) ?? trained_at),
    regressions: regressionsOf(states, id),
    evaluated_at: found?.t ?? evaluated_at,
    evaluation: found?.id ?? null,
  };
}

/** The newest evaluation of the model, and what it says. */
function judgedOf(
  states: States,
  config: string | null,
  id: string,
): (Judged & { t: number; id: string }) | null {
  const subject = config === null ? null : subjectOf(states, config);
  const candidate = subject?.candidates.find(({ model }) => model === id);
  if (subject === null || candidate === undefined) return null;
  const { evaluation } = candidate;
  return { ...judged(evaluation, subject.champions, HYPOTHESES), t: evaluation.t, id: evaluation.id };
}

/** When the training of a model began: games that came in meanwhile are not its data. */
function dataFrom({ training }: States, id: string): number | null {
  const run = training.runs.get(training.byModel.get(id) ?? '');
  return run === undefined ? null : (run.started ?? run.begin);
}

/** The newest average at a moment; of a model whose training nobody reported, none. */
function qualityAt(states: States, config: string, at: number | null): number | null {
  if (at === null) return null;
  return averagesOf(states.quality, config).findLast(({ t }) => t <= at)?.q ?? null;
}

function regressionsOf(states: States, id: string): Side['regressions'] {
  return [`regression:${id}`, `rollback:${id}`, `held:${id}`].flatMap((problem) => {
    const found = problemEntity(states.problems, problem);
    return found === undefined ? [] : [{ title: found.title, detail: found.detail }];
  });
}
