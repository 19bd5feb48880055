import type { StoredEvent } from '../../events/envelope';
import type { EventRef } from '../../realtime/entities';
import type { Touch } from '../projection';
import { entryHeard } from '../shared/bounds';
import { numberField, saysFailed, shareField } from '../shared/fields';
import { insertSorted, newerRef, refOf, register, write, type Register, type Stamp } from '../shared/order';
import type { ParityEntity } from './entities';
import { MAX_CONFIGS } from './limits';

/** The newest validations of a config. */
const MAX_POINTS = 400;
const MAX_GAMES = 1e9;

/** One validation: the share of its games on which both engines agree. */
export type ParityPoint = Stamp & { id: string; rate: number; games: number | null; success: boolean };

type FailureRate = { event: EventRef; rate: number | null; threshold: number | null };

export type ParityState = {
  at: number;
  points: ParityPoint[];
  started: EventRef | null;
  newest: Register<{ event: EventRef; rate: number | null; success: boolean } | null>;
  failure: Register<FailureRate | null>;
  validations: number;
  failed: number;
  lastFailure: EventRef | null;
  games: number;
  /** Games that agree, and games of validations that told a rate. */
  agreed: number;
  rated: number;
};

type WithParity = { readonly parity: Map<string, ParityState> };

export const PARITY_TYPES = [
  'PARITY_VALIDATION_STARTED',
  'PARITY_VALIDATION_COMPLETED',
  'PARITY_FAILURE_RATE_CHANGED',
];

export function foldParity(state: WithParity, event: StoredEvent, touch: Touch): void {
  if (event.config === null) return;
  const entry = entryHeard(state.parity, event.config, event, PARITY, touch);
  if (event.eventType === 'PARITY_VALIDATION_STARTED') entry.started = newerRef(entry.started, event);
  else if (event.eventType === 'PARITY_FAILURE_RATE_CHANGED') write(entry.failure, event, failureOf(event));
  else complete(entry, event);
}

const PARITY = { make: parityState, limit: MAX_CONFIGS, topic: 'quality.parity' };

function parityState(at: number): ParityState {
  return {
    at,
    points: [],
    started: null,
    newest: register<ParityState['newest']['v']>(null),
    failure: register<FailureRate | null>(null),
    validations: 0,
    failed: 0,
    lastFailure: null,
    games: 0,
    agreed: 0,
    rated: 0,
  };
}

function complete(entry: ParityState, event: StoredEvent): void {
  const rate = shareField(event.payload, 'parity_rate');
  const told = numberField(event.payload, 'games_validated');
  const games = told !== null && told >= 0 && told <= MAX_GAMES ? told : null;
  const success = !saysFailed(event.payload);
  entry.validations += 1;
  entry.games += games ?? 0;
  if (!success) {
    entry.failed += 1;
    entry.lastFailure = newerRef(entry.lastFailure, event);
  }
  write(entry.newest, event, { event: refOf(event), rate, success });
  if (rate === null) return;
  entry.rated += games ?? 0;
  entry.agreed += rate * (games ?? 0);
  insertSorted(entry.points, { t: event.timestamp, s: event.seq, id: event.eventId, rate, games, success });
  if (entry.points.length > MAX_POINTS) entry.points.splice(0, entry.points.length - MAX_POINTS * 0.9);
}

function failureOf(event: StoredEvent): FailureRate {
  const rate = shareField(event.payload, 'new_rate');
  return { event: refOf(event), rate, threshold: shareField(event.payload, 'threshold') };
}

export function parityEntity(state: WithParity, config: string): ParityEntity | undefined {
  const entry = state.parity.get(config);
  if (entry === undefined) return undefined;
  return {
    config,
    rate: entry.newest.v?.rate ?? null,
    event: entry.newest.v?.event ?? null,
    success: entry.newest.v?.success ?? null,
    started_event: entry.started,
    validations: entry.validations,
    failed: entry.failed,
    last_failure: entry.lastFailure,
    games: entry.games,
    rated_games: entry.rated,
    overall_rate: entry.rated === 0 ? null : entry.agreed / entry.rated,
    failure_rate: entry.failure.v?.rate ?? null,
    failure_threshold: entry.failure.v?.threshold ?? null,
    failure_event: entry.failure.v?.event ?? null,
  };
}
