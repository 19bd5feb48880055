import type { StoredEvent } from '../../../../domain/events/envelope';
import { refOf } from '../../../../domain/projections/shared/order';
import { lineField, nameField, namesField, numberField } from '../../../../domain/projections/shared/fields';
import type { EventRef } from '../../../../domain/realtime/entities';
import { thinOut } from '../downsample';

/** One evaluation of a model, with the reports that came while it ran. */
export type Evaluation = {
  kind: string | null;
  started_at: number | null;
  /** Null while it runs. */
  ended_at: number | null;
  games_planned: number | null;
  games: number | null;
  elo: number | null;
  elo_delta: number | null;
  win_rate: number | null;
  opponents: string[];
  /** Rating after so many games, as reported on the way. */
  progress: [games: number, elo: number][];
  event: EventRef;
};

/** A later evaluation in which the model was an opponent. */
export type Challenge = { model_id: string | null; at: number; elo: number | null; event: EventRef };

const MAX_OPPONENTS = 20;

/** The evaluations of a model, oldest first. `own`: its events, oldest first. */
export function evaluationsOf(own: readonly StoredEvent[]): Evaluation[] {
  const evaluations: Evaluation[] = [];
  for (const event of own) {
    const open = evaluations.at(-1)?.ended_at === null ? evaluations.at(-1) : undefined;
    if (event.eventType === 'EVALUATION_STARTED') evaluations.push(begin(event));
    else if (event.eventType === 'EVALUATION_PROGRESS') addProgress(open, event);
    else if (event.eventType === 'EVALUATION_COMPLETED') {
      if (open === undefined) evaluations.push(complete({ ...begin(event), started_at: null }, event));
      else complete(open, event);
    }
  }
  return evaluations.map((each) => ({
    ...each,
    progress: thinOut(
      each.progress,
      ([games]) => games,
      ([, elo]) => elo,
    ),
  }));
}

function begin(event: StoredEvent): Evaluation {
  return {
    kind: lineField(event.payload, 'evaluation_type'),
    started_at: event.timestamp,
    ended_at: null,
    games_planned: numberField(event.payload, 'games_planned'),
    games: null,
    elo: null,
    elo_delta: null,
    win_rate: null,
    opponents: [],
    progress: [],
    event: refOf(event),
  };
}

/** A report counts only where it goes on from the one before: the axis is games. */
function addProgress(open: Evaluation | undefined, { payload }: StoredEvent): void {
  const games = numberField(payload, 'games_completed');
  const elo = numberField(payload, 'current_elo');
  if (open === undefined || games === null || elo === null) return;
  open.games = games;
  if (games > (open.progress.at(-1)?.[0] ?? -Infinity)) open.progress.push([games, elo]);
}

function complete(evaluation: Evaluation, event: StoredEvent): Evaluation {
  const { payload } = event;
  evaluation.ended_at = event.timestamp;
  evaluation.games = numberField(payload, 'games_played') ?? evaluation.games;
  evaluation.elo = numberField(payload, 'elo');
  evaluation.elo_delta = numberField(payload, 'elo_delta');
  evaluation.win_rate = numberField(payload, 'win_rate');
  evaluation.opponents = namesField(payload, 'opponents', MAX_OPPONENTS);
  evaluation.event = refOf(event);
  const { games, elo } = evaluation;
  if (games !== null && elo !== null && games > (evaluation.progress.at(-1)?.[0] ?? -Infinity)) {
    evaluation.progress.push([games, elo]);
  }
  return evaluation;
}

/** Who was measured against the model later, newest first. */
export function challengesOf(naming: readonly StoredEvent[]): Challenge[] {
  return naming
    .filter(({ eventType }) => eventType === 'EVALUATION_COMPLETED')
    .map((event) => ({
      model_id: nameField(event.payload, 'model_id'),
      at: event.timestamp,
      elo: numberField(event.payload, 'elo'),
      event: refOf(event),
    }))
    .reverse();
}
