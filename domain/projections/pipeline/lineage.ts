import type { StoredEvent } from '../../events/envelope';
import { evictLowest } from '../shared/bounds';
import { nameField, numberField, saysFailed } from '../shared/fields';
import { compareStamps, isSet, type Stamp } from '../shared/order';
import { addMark, lastBefore } from './marks';

/**
 * Which data a run trained on. No event says it: selfplay, new games and syncs work for every run of a config. What can be
 * told is the freshest way that data may have taken: back from the export before the run's threshold, over a sync that
 * ended before the export began and had started after its node reported new games of the config, to the selfplay batch
 * before that report.
 */

/** A selfplay batch or a report of new games: when it ended, where, and when it began, if that is known. */
export type Batch = Stamp & { node: string | null; start: number | null };
/** A sync that ended: when, from which node, and when it began. */
export type Sync = Stamp & { source: string | null; start: number; startSeq: number };

export type Lineage = {
  selfplay: Batch | null;
  newGames: Batch | null;
  sync: Sync | null;
  /** True when the sync is one of the very node that reported the games; false where only the times fit. */
  byNode: boolean;
  exportStart: Stamp;
  exportEnd: Stamp;
  /** False for a completion that named no config and was taken for this export's, because it came while it ran. */
  exportNamed: boolean;
};

type Export = Lineage & { path: string | null };
/** `triggered`: the newest threshold of the config. */
type ConfigSources = {
  at: number;
  triggered: number;
  selfplay: Batch[];
  newGames: Batch[];
  exports: Export[];
};

export type SourcesState = {
  configs: Map<string, ConfigSources>;
  syncs: Sync[];
  /** The newest start of a sync by source. */
  syncStarts: Map<string, Stamp>;
  /** Completed exports that name no config. */
  unnamed: Stamp[];
};

const MAX_CONFIGS = 200;
const MAX_SOURCES = 5_000;
const MAX_EXPORTS = 8;
/** Marks kept: per config and kind, of syncs (whose durations are told), and of exports without a config. */
const MAX_BATCHES = 128;
const MAX_SYNCS = 512;
const MAX_UNNAMED = 64;

export function sourcesState(): SourcesState {
  return { configs: new Map(), syncs: [], syncStarts: new Map(), unnamed: [] };
}

type Fold = (state: SourcesState, event: StoredEvent) => void;

const FOLDS: ReadonlyMap<string, Fold> = new Map<string, Fold>([
  ['SELFPLAY_COMPLETE', (state, event) => noteBatch(state, event, 'selfplay')],
  ['NEW_GAMES_AVAILABLE', (state, event) => noteBatch(state, event, 'newGames')],
  ['DATA_SYNC_STARTED', noteSyncStart],
  ['DATA_SYNC_COMPLETED', noteSync],
  ['TRAINING_THRESHOLD_REACHED', noteTrigger],
  ['NPZ_EXPORT_STARTED', noteExportStart],
  ['NPZ_EXPORT_COMPLETE', noteExportEnd],
]);
export const SOURCE_TYPES: readonly string[] = [...FOLDS.keys()];
const EXPORTS: ReadonlySet<string> = new Set(['NPZ_EXPORT_STARTED', 'NPZ_EXPORT_COMPLETE']);

/** Takes in what happens to data before a run; true for an export that is told of after the threshold that it led to. */
export function foldSources(state: SourcesState, event: StoredEvent): boolean {
  const fold = FOLDS.get(event.eventType);
  if (fold === undefined || saysFailed(event.payload)) return false;
  fold(state, event);
  if (event.config === null || !EXPORTS.has(event.eventType)) return false;
  return event.timestamp <= (state.configs.get(event.config)?.triggered ?? -Infinity);
}

function stampOf(event: StoredEvent): Stamp {
  return { t: event.timestamp, s: event.seq };
}

function sourcesOf(state: SourcesState, config: string, at: number): ConfigSources {
  let found = state.configs.get(config);
  if (found === undefined) {
    found = { at, triggered: -Infinity, selfplay: [], newGames: [], exports: [] };
    state.configs.set(config, found);
    evictLowest(state.configs, MAX_CONFIGS, (each) => each.at);
  }
  found.at = Math.max(found.at, at);
  return found;
}

function noteBatch(state: SourcesState, event: StoredEvent, kind: 'selfplay' | 'newGames'): void {
  if (event.config === null) return;
  const took = numberField(event.payload, 'duration_seconds');
  const start = took === null || took < 0 ? null : event.timestamp - took;
  const node = nameField(event.payload, 'host') ?? event.node;
  // No spread: this is one of the commonest events, and a spread costs as much as all else here.
  const batch = { t: event.timestamp, s: event.seq, node, start };
  addMark(sourcesOf(state, event.config, event.timestamp)[kind], batch, MAX_BATCHES);
}

function noteTrigger(state: SourcesState, event: StoredEvent): void {
  if (event.config === null) return;
  const own = sourcesOf(state, event.config, event.timestamp);
  own.triggered = Math.max(own.triggered, event.timestamp);
}

const sourceOf = (event: StoredEvent): string => nameField(event.payload, 'source') ?? event.hostname;

function noteSyncStart(state: SourcesState, event: StoredEvent): void {
  const source = sourceOf(event);
  const known = state.syncStarts.get(source);
  if (known !== undefined && compareStamps(known, stampOf(event)) > 0) return;
  state.syncStarts.set(source, stampOf(event));
  evictLowest(state.syncStarts, MAX_SOURCES, (each) => each.t);
}

function noteSync(state: SourcesState, event: StoredEvent): void {
  const source = sourceOf(event);
  const begun = state.syncStarts.get(source);
  const known = begun !== undefined && begun.t <= event.timestamp;
  const took = Math.max(0, numberField(event.payload, 'duration_seconds') ?? 0);
  const start = known ? begun.t : event.timestamp - took;
  const startSeq = known ? begun.s : -1;
  addMark(state.syncs, { t: event.timestamp, s: event.seq, source, start, startSeq }, MAX_SYNCS);
}

function noteExportStart(state: SourcesState, event: StoredEvent): void {
  if (event.config === null) return;
  const own = sourcesOf(state, event.config, event.timestamp);
  const path = nameField(event.payload, 'output_path');
  const start = stampOf(event);
  addExport(own, {
    ...freshest(state, own, event.timestamp),
    ...{ path, exportStart: start, exportEnd: { t: -Infinity, s: -1 }, exportNamed: true },
  });
}

function noteExportEnd(state: SourcesState, event: StoredEvent): void {
  if (event.config === null) {
    addMark(state.unnamed, stampOf(event), MAX_UNNAMED);
    return;
  }
  const own = sourcesOf(state, event.config, event.timestamp);
  const path = nameField(event.payload, 'output_path');
  const begun = own.exports.findLast(
    (each) =>
      isSet(each.exportStart) &&
      each.exportStart.t <= event.timestamp &&
      (path === null || each.path === null ? !isSet(each.exportEnd) : each.path === path),
  );
  if (begun !== undefined) {
    begun.exportEnd = stampOf(event);
    return;
  }
  addExport(own, {
    ...freshest(state, own, event.timestamp),
    ...{ path, exportStart: { t: -Infinity, s: -1 }, exportEnd: stampOf(event), exportNamed: true },
  });
}

const placeOf = (each: Lineage): Stamp => (isSet(each.exportStart) ? each.exportStart : each.exportEnd);

function addExport(own: ConfigSources, made: Export): void {
  own.exports.push(made);
  own.exports.sort((a, b) => compareStamps(placeOf(a), placeOf(b)));
  if (own.exports.length > MAX_EXPORTS) own.exports.shift();
}

type Upstream = Pick<Lineage, 'selfplay' | 'newGames' | 'sync' | 'byNode'>;

/** The freshest games of a config that may have been in an export that began at `at`. */
function freshest(state: SourcesState, own: ConfigSources, at: number): Upstream {
  for (let index = own.newGames.length - 1; index >= 0; index -= 1) {
    const games = own.newGames[index];
    if (games === undefined || games.t > at) continue;
    const sync = firstSyncAfter(state.syncs, games, at);
    if (sync !== null) return { ...upstream(own, games), sync, byNode: true };
  }
  const sync = lastBefore(state.syncs, at);
  const games = lastBefore(own.newGames, sync?.start ?? at);
  return { ...upstream(own, games), sync, byNode: false };
}

/** The first sync that took these games along and ended by `at`. */
function firstSyncAfter(syncs: readonly Sync[], games: Batch, at: number): Sync | null {
  let first: Sync | null = null;
  for (let index = syncs.length - 1; index >= 0; index -= 1) {
    const sync = syncs[index];
    if (sync === undefined || sync.t < games.t) break;
    if (sync.t <= at && sync.source === games.node && sync.start >= games.t) first = sync;
  }
  return first;
}

function upstream(own: ConfigSources, games: Batch | null): Pick<Upstream, 'selfplay' | 'newGames'> {
  if (games === null) return { selfplay: null, newGames: null };
  const played = (batch: Batch) => batch.node === games.node;
  const selfplay = lastBefore(own.selfplay, games.t, played) ?? lastBefore(own.selfplay, games.t);
  return { selfplay, newGames: games };
}

/** What a run of the config trained on that was triggered at `at`; null where no export of it is known from before. */
export function lineageAt(state: SourcesState, config: string, at: number): Lineage | null {
  const exports = state.configs.get(config)?.exports ?? [];
  const found = exports.findLast((each) => placeOf(each).t <= at);
  if (found === undefined) return null;
  const { path: _path, ...lineage } = found;
  const unnamed = isSet(lineage.exportEnd) ? null : lastBefore(state.unnamed, at);
  if (unnamed === null || unnamed.t < lineage.exportStart.t) return lineage;
  return { ...lineage, exportEnd: unnamed, exportNamed: false };
}
