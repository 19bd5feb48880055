import type { StoredEvent } from '../../events/envelope';
import { configOf } from '../../events';
import type { JsonObject } from '../../json';
import {
  eloField,
  finite,
  lineField,
  nameField,
  namesField,
  numberField,
  saysFailed,
} from '../shared/fields';
import type { EloPoint } from './series';
import type { Evaluation, Mark, MarkKind } from './state';

/** The rating that an event states: `new_elo` of ELO_UPDATED, `elo` of EVALUATION_COMPLETED; null for any other. */
export function eloPointOf(event: StoredEvent): EloPoint | null {
  const updated = event.eventType === 'ELO_UPDATED';
  if (!updated && event.eventType !== 'EVALUATION_COMPLETED') return null;
  const elo = eloField(event.payload, updated ? 'new_elo' : 'elo');
  if (elo === null) return null;
  return {
    t: event.timestamp,
    s: event.seq,
    id: event.eventId,
    elo,
    model: nameField(event.payload, 'model_id'),
    games: numberField(event.payload, 'games_played'),
    updated,
  };
}

/** Opponents listed beyond this are not looked at. */
const MAX_OPPONENTS = 50;

/** An EVALUATION_COMPLETED's figures. */
export function evaluationOf(event: StoredEvent): Evaluation {
  const { payload } = event;
  return {
    t: event.timestamp,
    s: event.seq,
    id: event.eventId,
    model: nameField(payload, 'model_id'),
    elo: eloField(payload, 'elo'),
    delta: eloField(payload, 'elo_delta'),
    winRate: within(numberField(payload, 'win_rate'), 0, 1),
    games: countField(payload, 'games_played'),
    wins: countField(payload, 'wins'),
    losses: countField(payload, 'losses'),
    draws: countField(payload, 'draws'),
    opponent: opponentOf(payload),
  };
}

function within(value: number | null, low: number, high: number): number | null {
  return value !== null && value >= low && value <= high ? value : null;
}

function countField(payload: JsonObject, key: string): number | null {
  return within(numberField(payload, key), 0, Number.MAX_SAFE_INTEGER);
}

function opponentOf(payload: JsonObject): string | null {
  const named = namesField(payload, 'opponents', MAX_OPPONENTS).filter(
    (name) => configOf({ model_id: name }) !== null,
  );
  return named.at(-1) ?? nameField(payload, 'opponent');
}

type Reading = Pick<Mark, 'elo' | 'amount' | 'note'>;

type Reader = readonly [kind: MarkKind, read: (payload: JsonObject) => Reading | null];

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['MODEL_PROMOTED', ['promoted', promoted]],
  ['PROMOTION_REJECTED', ['rejected', rejected]],
  ['PROMOTION_ROLLED_BACK', ['rolled_back', rolledBack]],
  ['PLATEAU_DETECTED', ['plateau', plateau]],
  ['REGRESSION_DETECTED', ['regression', regression]],
  ['REGRESSION_MINOR', ['regression', regression]],
  ['REGRESSION_MODERATE', ['regression', regression]],
  ['REGRESSION_SEVERE', ['regression', regression]],
  ['REGRESSION_CRITICAL', ['regression', regression]],
]);

/** What the event marks on its config's curve; null when nothing. */
export function markOf(event: StoredEvent): Mark | null {
  const reader = READERS.get(event.eventType);
  if (reader === undefined) return null;
  const [kind, read] = reader;
  const reading = read(event.payload);
  if (reading === null) return null;
  return {
    t: event.timestamp,
    s: event.seq,
    id: event.eventId,
    kind,
    model: nameField(event.payload, 'model_id'),
    ...reading,
  };
}

/** A gate of a tier counts as a promotion too, unless it says that the model did not pass. */
function promoted(payload: JsonObject): Reading | null {
  if (saysFailed(payload) || payload['promoted'] === false) return null;
  return {
    elo: eloField(payload, 'elo'),
    amount: eloField(payload, 'elo_improvement'),
    note: lineField(payload, 'promotion_type'),
  };
}

function rejected(payload: JsonObject): Reading {
  return {
    elo: eloField(payload, 'elo'),
    amount: eloField(payload, 'required_elo'),
    note: lineField(payload, 'reason'),
  };
}

function rolledBack(payload: JsonObject): Reading {
  return { elo: null, amount: null, note: nameField(payload, 'rollback_to') ?? lineField(payload, 'reason') };
}

/** Regressions of other metrics, such as a loss, belong to training. */
function regression(payload: JsonObject): Reading | null {
  if (!concernsElo(payload, 'metric_name')) return null;
  return {
    elo: eloField(payload, 'current_value'),
    amount: eloField(payload, 'regression_amount'),
    note: lineField(payload, 'severity'),
  };
}

function plateau(payload: JsonObject): Reading | null {
  if (!concernsElo(payload, 'plateau_type') || !concernsElo(payload, 'metric_name')) return null;
  const elo = eloField(payload, 'current_value');
  const best = eloField(payload, 'best_value');
  const since = numberField(payload, 'epochs_since_improvement');
  return {
    elo,
    amount: elo === null || best === null ? null : finite(best - elo),
    note: since === null ? null : `${since} without improvement`,
  };
}

/** True too when the payload does not say what it is about. */
function concernsElo(payload: JsonObject, key: string): boolean {
  const metric = payload[key];
  return typeof metric !== 'string' || metric === '' || metric.toLowerCase().includes('elo');
}
