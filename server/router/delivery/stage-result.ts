import { configOf } from '../../../domain/events';
import type { StoredEvent } from '../../../domain/events/envelope';
import type { Json, JsonObject } from '../../../domain/json';
import { isJsonObject } from '../../../domain/json';

/**
 * What a pipeline stage reports when it ends (or starts). Fields that a stage has no say in are null. `event` is the
 * stage bus value, e.g. `training_complete`; `timestamp` is ISO 8601.
 */
export interface StageCompletionResult {
  readonly event: string;
  readonly success: boolean;
  readonly iteration: number;
  readonly timestamp: string;
  /** Board configuration, e.g. `hex8_2p`; the cluster's emitters often leave it empty. */
  readonly config: string | null;
  readonly boardType: string | null;
  readonly numPlayers: number | null;
  readonly gamesGenerated: number | null;
  readonly gamesSynced: number | null;
  readonly modelPath: string | null;
  readonly modelId: string | null;
  readonly trainLoss: number | null;
  readonly valLoss: number | null;
  readonly winRate: number | null;
  readonly eloDelta: number | null;
  readonly promoted: boolean | null;
  readonly promotionReason: string | null;
  readonly error: string | null;
  readonly errorDetails: string | null;
  readonly metrics: JsonObject;
  /** Whatever else the stage reports. */
  readonly metadata: JsonObject;
}

/** What a caller must say; the rest defaults to "not known". */
export type StageReport = Pick<StageCompletionResult, 'event'> & Partial<StageCompletionResult>;

const TEXT_FIELDS = [
  ['boardType', 'board_type'],
  ['modelPath', 'model_path'],
  ['modelId', 'model_id'],
  ['promotionReason', 'promotion_reason'],
  ['error', 'error'],
  ['errorDetails', 'error_details'],
] as const;

const NUMBER_FIELDS = [
  ['numPlayers', 'num_players'],
  ['gamesGenerated', 'games_generated'],
  ['gamesSynced', 'games_synced'],
  ['trainLoss', 'train_loss'],
  ['valLoss', 'val_loss'],
  ['winRate', 'win_rate'],
  ['eloDelta', 'elo_delta'],
] as const;

/** Payload keys that are fields of their own; all others are metadata. */
const OWN_KEYS: ReadonlySet<string> = new Set([
  ...['event', 'success', 'iteration', 'timestamp', 'config', 'promoted', 'metrics', 'metadata'],
  ...TEXT_FIELDS.map(([, key]) => key),
  ...NUMBER_FIELDS.map(([, key]) => key),
]);

type TextField = (typeof TEXT_FIELDS)[number][0];
type NumberField = (typeof NUMBER_FIELDS)[number][0];

/** A whole result from the part that is known. */
export function completeResult(report: StageReport, timestamp: string): StageCompletionResult {
  return {
    success: true,
    iteration: 0,
    timestamp,
    config: null,
    boardType: null,
    numPlayers: null,
    gamesGenerated: null,
    gamesSynced: null,
    modelPath: null,
    modelId: null,
    trainLoss: null,
    valLoss: null,
    winRate: null,
    eloDelta: null,
    promoted: null,
    promotionReason: null,
    error: null,
    errorDetails: null,
    metrics: {},
    metadata: {},
    ...report,
  };
}

/**
 * The payload under which a result travels: known fields in snake_case, metadata beside them as the catalogue documents
 * the stage events (`samples_exported`, `promotion_type` …). Metadata that bears the name of a field stays in `metadata`.
 */
export function payloadOfResult(result: StageCompletionResult): JsonObject {
  const entries: [string, Json][] = [
    ['event', result.event],
    ['success', result.success],
    ['iteration', result.iteration],
    ['timestamp', result.timestamp],
  ];
  for (const [field, key] of [...TEXT_FIELDS, ...NUMBER_FIELDS]) pushKnown(entries, key, result[field]);
  pushKnown(entries, 'config', result.config);
  pushKnown(entries, 'promoted', result.promoted);
  if (Object.keys(result.metrics).length > 0) entries.push(['metrics', result.metrics]);
  const metadata = Object.entries(result.metadata);
  const nested = metadata.filter(([key]) => OWN_KEYS.has(key));
  if (nested.length > 0) entries.push(['metadata', Object.fromEntries(nested)]);
  return Object.fromEntries([...entries, ...metadata.filter(([key]) => !OWN_KEYS.has(key))]);
}

function pushKnown(entries: [string, Json][], key: string, value: Json): void {
  if (value !== null) entries.push([key, value]);
}

/** Reads an event as a stage's report. Defensive: real payloads lack fields, or have them in other types. */
export function resultOfEvent(stage: string, event: StoredEvent): StageCompletionResult {
  const { payload } = event;
  return {
    event: stage,
    success: typeof payload['success'] === 'boolean' ? payload['success'] : stage !== 'training_failed',
    iteration: numberIn(payload['iteration']) ?? 0,
    timestamp: timestampIn(payload['timestamp'], event.timestamp),
    config: configOf(payload),
    ...textFields(payload),
    ...numberFields(payload),
    promoted: typeof payload['promoted'] === 'boolean' ? payload['promoted'] : null,
    metrics: isJsonObject(payload['metrics']) ? payload['metrics'] : {},
    metadata: metadataIn(payload),
  };
}

function textFields(payload: JsonObject): Record<TextField, string | null> {
  const pairs = TEXT_FIELDS.map(([field, key]) => [field, textIn(payload[key])] as const);
  return Object.fromEntries(pairs) as Record<TextField, string | null>;
}

function numberFields(payload: JsonObject): Record<NumberField, number | null> {
  const pairs = NUMBER_FIELDS.map(([field, key]) => [field, numberIn(payload[key])] as const);
  return Object.fromEntries(pairs) as Record<NumberField, number | null>;
}

/** `Object.fromEntries` defines own properties, so that a key `__proto__` stays a key. */
function metadataIn(payload: JsonObject): JsonObject {
  const nested = isJsonObject(payload['metadata']) ? Object.entries(payload['metadata']) : [];
  const beside = Object.entries(payload).filter(([key]) => !OWN_KEYS.has(key));
  return Object.fromEntries([...nested, ...beside]);
}

function timestampIn(value: Json | undefined, fallbackSeconds: number): string {
  if (typeof value === 'string' && value !== '') return value;
  return isoTime(numberIn(value) ?? fallbackSeconds);
}

/** ISO 8601 of epoch seconds; out of JavaScript's range: the nearest that is in it. */
export function isoTime(seconds: number): string {
  return new Date(Math.min(Math.max(seconds * 1000, -8.64e15), 8.64e15)).toISOString();
}

function textIn(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function numberIn(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
