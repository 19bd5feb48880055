import type { States } from '../../../../domain/projections';
import { modelEntity } from '../../../../domain/projections/models';
import type { ModelEntity } from '../../../../domain/realtime/entities';
import { hypothesesOf, type EloInput } from './input';
import { judged, type Judged } from './judged';
import type { Hypotheses } from './statistics/sprt';
import { byStrength, candidatesOf, subjectNames, subjectOf, type Candidate, type Subject } from './subjects';

/** A rated model, judged by its last evaluation in the stretch. */
export type Ranked = Judged & {
  model: string;
  config: string;
  status: ModelEntity['status'] | null;
  evaluated_at: number;
  evaluations: number;
  /** The event of that evaluation. */
  id: string;
  /** Epochs that its config trained up to it. */
  step: number;
  val_loss: number | null;
};

export type Leaderboard = {
  rows: Ranked[];
  /** Models that match, listed or not. */
  matching: number;
};

/** More rows nobody reads. Each config keeps its strongest: ratings of different configs are different games. */
const MAX_ROWS = 600;
const LEAST_ROWS = 10;

/** Evaluated models, strongest first. Only those that are listed are judged: there may be tens of thousands. */
export function eloLeaderboard(states: States, input: EloInput): Leaderboard {
  const names = subjectNames(states, input);
  const most = Math.max(LEAST_ROWS, Math.floor(MAX_ROWS / Math.max(1, names.length)));
  const always = input.since === null && input.until === null;
  let matching = 0;
  const listed = names.flatMap((name) => {
    const subject = subjectOf(states, name);
    if (subject === null) return [];
    const candidates = always ? subject.candidates : candidatesOf(subject.elo.evaluations, input);
    matching += candidates.length;
    return candidates.slice(0, most).map((candidate) => ({ subject, ...candidate }));
  });
  listed.sort((a, b) => byStrength(a.evaluation, b.evaluation));
  const hypotheses = hypothesesOf(input);
  return { rows: listed.map((each) => rankedOf(states, each, hypotheses)), matching };
}

function rankedOf(
  states: States,
  { subject, model, evaluation, times }: Candidate & { subject: Subject },
  hypotheses: Hypotheses,
): Ranked {
  const entity = modelEntity(states.models, model);
  return {
    model,
    config: subject.config,
    status: entity?.status ?? null,
    evaluated_at: evaluation.t,
    evaluations: times,
    id: evaluation.id,
    step: subject.steps.of(model, evaluation),
    val_loss: entity?.val_loss ?? null,
    ...judged(evaluation, subject.champions, hypotheses),
  };
}
