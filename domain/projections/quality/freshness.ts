import type { StoredEvent } from '../../events/envelope';
import { refOf, register, write, isSet, type Register } from '../shared/order';
import type { EventRef } from '../../realtime/entities';
import type { Touch } from '../projection';
import { entryHeard } from '../shared/bounds';
import { minuteOf } from '../shared/clock';
import { nameField, numberField } from '../shared/fields';
import { addToMinute, minuteRing, perHour, wasWarm, type MinuteRing } from '../shared/minutes';
import type { FreshnessEntity } from './entities';
import { MAX_CONFIGS } from './limits';

type Games = { id: string; total: number | null };
type Verdict = {
  event: EventRef;
  stale: boolean;
  age: number | null;
  threshold: number | null;
  lastSync: number | null;
};

/** How old a config's data is, and what was said about it. */
export type FreshnessState = {
  at: number;
  games: Register<Games | null>;
  perMinute: MinuteRing;
  verdict: Register<Verdict | null>;
  sync: Register<EventRef | null>;
};

type WithFreshness = { readonly clock: number | null; readonly freshness: Map<string, FreshnessState> };

export const FRESHNESS_TYPES = ['NEW_GAMES_AVAILABLE', 'DATA_FRESH', 'DATA_STALE', 'SYNC_TRIGGERED'];

/** More games than this in one event are not believed. */
const MAX_GAMES = 1e9;

export function foldFreshness(state: WithFreshness, event: StoredEvent, touch: Touch): void {
  if (event.config === null) return;
  const entry = entryHeard(state.freshness, event.config, event, FRESHNESS, touch);
  if (event.eventType === 'NEW_GAMES_AVAILABLE') foldGames(entry, event);
  else if (event.eventType === 'SYNC_TRIGGERED') write(entry.sync, event, refOf(event));
  else write(entry.verdict, event, verdictOf(event));
}

const newFreshness = (at: number): FreshnessState => ({
  at,
  games: register<Games | null>(null),
  perMinute: minuteRing(),
  verdict: register<Verdict | null>(null),
  sync: register<EventRef | null>(null),
});

const FRESHNESS = { make: newFreshness, limit: MAX_CONFIGS, topic: 'quality.freshness' };

function foldGames(entry: FreshnessState, event: StoredEvent): void {
  const games = numberField(event.payload, 'new_games') ?? 0;
  if (games > 0 && games <= MAX_GAMES) addToMinute(entry.perMinute, minuteOf(event.timestamp), games);
  write(entry.games, event, { id: event.eventId, total: numberField(event.payload, 'total_games') });
}

function verdictOf(event: StoredEvent): Verdict {
  const { payload } = event;
  const lastSync = Date.parse(nameField(payload, 'last_sync') ?? '') / 1000;
  return {
    event: refOf(event),
    stale: event.eventType === 'DATA_STALE',
    age: numberField(payload, 'data_age_hours'),
    threshold: numberField(payload, 'threshold_hours'),
    lastSync: Number.isFinite(lastSync) ? lastSync : null,
  };
}

/** A new minute: hourly rates lost their oldest minute. */
export function touchDecayed(state: WithFreshness, before: number | null, touch: Touch): void {
  for (const [config, { perMinute }] of state.freshness)
    if (wasWarm(perMinute, before)) touch('quality.freshness', config);
}

export function freshnessEntity(state: WithFreshness, config: string): FreshnessEntity | undefined {
  const entry = state.freshness.get(config);
  if (entry === undefined) return undefined;
  const { games, verdict, sync } = entry;
  return {
    config,
    games_at: isSet(games) ? games.t : null,
    games_id: games.v?.id ?? null,
    total_games: games.v?.total ?? null,
    games_per_hour: perHour(entry.perMinute, minuteOf(state.clock ?? 0)),
    verdict: verdict.v === null ? null : verdict.v.stale ? 'stale' : 'fresh',
    verdict_event: verdict.v?.event ?? null,
    data_age_hours: verdict.v?.age ?? null,
    threshold_hours: verdict.v?.threshold ?? null,
    last_sync: verdict.v?.lastSync ?? null,
    sync_event: isSet(sync) ? sync.v : null,
  };
}
