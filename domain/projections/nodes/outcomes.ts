import type { StoredEvent } from '../../events/envelope';
import { minuteOf } from '../shared/clock';
import { nameField, numberField, saysFailed } from '../shared/fields';
import { addToMinute } from '../shared/minutes';
import { addAt, addSums, placesAt, type Column, type NodeHistory, type Places } from './buckets';
import { hasDuty, wasPreempted } from './duties';
import type { NodeRule, NodeState } from './state';

/** Beyond these a payload is broken, and would only spoil the sums. */
const MAX_GAMES = 1_000_000;
const MAX_SECONDS = 1_000_000;

function played(node: NodeState, event: StoredEvent): boolean {
  if (saysFailed(event.payload)) {
    addSums(node.history, event.timestamp, [
      ['batches', 1],
      ['batches_failed', 1],
    ]);
    return false;
  }
  const games = Math.min(MAX_GAMES, Math.floor(numberField(event.payload, 'games_generated') ?? 0));
  const at = placesAt(event.timestamp);
  addAt(node.history, at, 'batches', 1);
  if (games <= 0) return false;
  addGames(node.history, at, event, games);
  addToMinute(node.games, minuteOf(event.timestamp), games);
  return true;
}

/** A batch said to have taken less tells no pace, and its logarithm may be infinite. */
const MIN_SECONDS = 0.001;

/** Paces are compared as logarithms: half as fast and twice as fast are equally far from usual. */
function addGames(history: NodeHistory, at: Places, { payload }: StoredEvent, games: number): void {
  addAt(history, at, 'games', games);
  const seconds = Math.min(MAX_SECONDS, numberField(payload, 'duration_seconds') ?? 0);
  if (seconds < MIN_SECONDS) return;
  const pace = Math.round(Math.log(seconds / games) * 100);
  addAt(history, at, 'paced', 1);
  addAt(history, at, 'pace', pace);
  addAt(history, at, 'pace_squared', pace * pace);
}

function sums(...entries: [Column, number][]): NodeRule {
  return (node, event) => {
    addSums(node.history, event.timestamp, entries);
    return false;
  };
}

const syncType = ({ payload }: StoredEvent): string => nameField(payload, 'sync_type') ?? 'data';

/** The catalogue knows four; more than these are not told apart. */
const MAX_SYNC_TYPES = 8;

function syncBegan(node: NodeState, event: StoredEvent): boolean {
  node.stalled.delete(syncType(event));
  return false;
}

function stalled(node: NodeState, event: StoredEvent): boolean {
  if (node.stalled.size < MAX_SYNC_TYPES) node.stalled.add(syncType(event));
  return syncLost(node, event);
}

/** What stalled may be told of as failed besides: that is one sync, not two. */
function syncFailed(node: NodeState, event: StoredEvent): boolean {
  return node.stalled.delete(syncType(event)) ? false : syncLost(node, event);
}

const syncLost = sums(['syncs', 1], ['syncs_failed', 1]);

function synced(node: NodeState, event: StoredEvent): boolean {
  node.stalled.delete(syncType(event));
  addSums(node.history, event.timestamp, [
    ['syncs', 1],
    ['syncs_failed', saysFailed(event.payload) ? 1 : 0],
  ]);
  return false;
}

const workLost = sums(['work', 1], ['work_failed', 1]);

/** What was taken from a node did not fail there. */
function workFailed(node: NodeState, event: StoredEvent): boolean {
  return wasPreempted(node.duties, event) ? false : workLost(node, event);
}

/** A retry names no node: it counts against its sender only if that worked on it, and not against a coordinator. */
function retried(node: NodeState, event: StoredEvent): boolean {
  return hasDuty(node.duties, event) ? workFailed(node, event) : false;
}

/** What a node did, and how it ended. */
export const OUTCOME_RULES: readonly (readonly [type: string, rule: NodeRule])[] = [
  ['SELFPLAY_COMPLETE', played],
  ['WORK_COMPLETED', sums(['work', 1])],
  ['WORK_FAILED', workFailed],
  ['WORK_TIMEOUT', workLost],
  ['WORK_RETRY', retried],
  ['DATA_SYNC_STARTED', syncBegan],
  ['DATA_SYNC_COMPLETED', synced],
  ['DATA_SYNC_FAILED', syncFailed],
  ['SYNC_STALLED', stalled],
];
