import type { StoredEvent } from '../../events/envelope';
import type { EventRef } from '../../realtime/entities';
import type { Touch } from '../projection';
import { lineField, namesField, numberField } from '../shared/fields';
import { isNotOlder, refOf } from '../shared/order';
import type { TallyEntity } from './entities';

/** What is counted over the whole cluster, and the payload field that is summed up. */
const COUNTED: ReadonlyMap<string, string | null> = new Map<string, string | null>([
  ['NEW_GAMES_AVAILABLE', 'new_games'],
  ['DATA_SYNC_COMPLETED', 'items_synced'],
  ['DATA_SYNC_FAILED', null],
  ['SYNC_STALLED', null],
  ['GAME_SYNCED', 'count'],
  ['DATA_STALE', null],
  ['DATA_FRESH', null],
  ['SYNC_TRIGGERED', null],
  ['ORPHAN_GAMES_DETECTED', 'count'],
  ['ORPHAN_GAMES_REGISTERED', 'count'],
  ['REPAIR_STARTED', null],
  ['REPAIR_COMPLETED', null],
  ['REPAIR_FAILED', null],
  ['DATABASE_CREATED', null],
  ['QUALITY_CHECK_REQUESTED', null],
  ['QUALITY_CHECK_FAILED', null],
  ['QUALITY_DISTRIBUTION_CHANGED', null],
  ['QUALITY_FEEDBACK_ADJUSTED', null],
  ['QUALITY_PENALTY_APPLIED', null],
  ['QUALITY_DEGRADED', null],
  ['LOW_QUALITY_DATA_WARNING', null],
  ['HIGH_QUALITY_DATA_AVAILABLE', null],
  ['TRAINING_BLOCKED_BY_QUALITY', null],
  ['DATA_QUALITY_ALERT', null],
  ['PARITY_VALIDATION_COMPLETED', 'games_validated'],
  ['PARITY_FAILURE_RATE_CHANGED', null],
]);
export const TALLY_TYPES: readonly string[] = [...COUNTED.keys()];

export type Tally = {
  count: number;
  amount: number;
  last: EventRef | null;
  lastAmount: number | null;
  note: string | null;
};

type WithTallies = { readonly tallies: Map<string, Tally> };

const WORDS = ['error', 'message', 'alert_type', 'reason', 'target', 'path'];
/** More than this in one event is not believed. */
const MAX_AMOUNT = 1e9;

export function foldTally(state: WithTallies, event: StoredEvent, touch: Touch): void {
  let tally = state.tallies.get(event.eventType);
  if (tally === undefined) {
    tally = { count: 0, amount: 0, last: null, lastAmount: null, note: null };
    state.tallies.set(event.eventType, tally);
  }
  const amount = amountOf(event);
  tally.count += 1;
  tally.amount += amount ?? 0;
  if (tally.last === null || isNotOlder(event, { t: tally.last.timestamp, s: tally.last.seq })) {
    tally.last = refOf(event);
    tally.lastAmount = amount;
    tally.note = noteOf(event);
  }
  touch('quality.tallies', event.eventType);
}

function amountOf(event: StoredEvent): number | null {
  const field = COUNTED.get(event.eventType) ?? null;
  const amount = field === null ? null : numberField(event.payload, field);
  return amount !== null && amount >= 0 && amount <= MAX_AMOUNT ? amount : null;
}

function noteOf({ payload }: StoredEvent): string | null {
  for (const key of WORDS) {
    const line = lineField(payload, key);
    if (line !== null) return line;
  }
  const databases = namesField(payload, 'databases', 5);
  return databases.length === 0 ? null : databases.join(', ').slice(0, 300);
}

export function tallyEntity(state: WithTallies, type: string): TallyEntity | undefined {
  const tally = state.tallies.get(type);
  if (tally === undefined) return undefined;
  const { count, amount, last, lastAmount, note } = tally;
  return { event_type: type, count, amount, last, last_amount: lastAmount, note };
}
