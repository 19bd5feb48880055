import type { DriftFinding } from '../../domain/events/envelope';
import { DIMENSIONS } from './facets/block';
import type { NewEvent } from './types';

/**
 * Columns of `events` that repeat from event to event, or are mostly empty. The first ones are those that blocks of
 * facets count, in their order. `Names.addRow` reads them from an event.
 */
export const NAMED = [
  ...DIMENSIONS.map((dimension) => (dimension === 'type' ? 'event_type' : dimension)),
  'wire_type',
  'hostname',
  'correlation_id',
  'parent_event_id',
  'duplicate_of',
  'idempotency_key',
  'drift',
] as const;

const ID_LENGTH = 36;
const HASH_LENGTH = 64;
const KEY_LENGTH = ID_LENGTH + HASH_LENGTH;
/** Places in a row of numbers. */
const TIMESTAMP = 0;
const QUEUE_ID = 1;
const OUTBOUND = 2;
const FIRST_NAME = 3;
const WIDTH = FIRST_NAME + NAMED.length;

/**
 * Events as they cross to the writer thread: column by column, each name once. Most of the 21 values
 * of an event are the same few names, and structured clone writes and reads each of them anew.
 */
export interface PackedRows {
  readonly count: number;
  /** Event id and content hash of each row, one after the other. */
  readonly keys: string;
  readonly payloads: readonly string[];
  readonly names: readonly (string | null)[];
  /**
   * Of each row its timestamp, row id in the log (NaN for none), 1 where it is outbound, and for each of NAMED a place
   * among the names. One array, so that small messages clone one buffer and not four.
   */
  readonly numbers: Float64Array;
}

/** Throws RangeError for an event whose id is no UUID, or whose hash is none. */
export function packRows(events: readonly NewEvent[]): PackedRows {
  const count = events.length;
  const keys: string[] = [];
  const payloads: string[] = [];
  const names = new Names(count);
  const { known, numbers } = names;
  for (let index = 0; index < count; index++) {
    const event = events[index];
    if (!event) continue;
    const { eventId, contentHash } = event;
    if (eventId.length !== ID_LENGTH || contentHash.length !== HASH_LENGTH)
      throw new RangeError(`not an event id and its hash: ${eventId.slice(0, 60)}`);
    keys.push(eventId, contentHash);
    payloads.push(event.payloadText);
    numbers[index * WIDTH + TIMESTAMP] = event.timestamp;
    numbers[index * WIDTH + QUEUE_ID] = event.queueEventId ?? Number.NaN;
    numbers[index * WIDTH + OUTBOUND] = event.outbound ? 1 : 0;
    names.addRow(event, index * WIDTH + FIRST_NAME);
  }
  return { count, keys: keys.join(''), payloads, names: known, numbers };
}

/** The names of one message, numbered as they come. */
class Names {
  readonly known: (string | null)[] = [];
  readonly numbers: Float64Array;
  readonly #places = new Map<string | null, number>();
  #next = 0;

  constructor(rows: number) {
    this.numbers = new Float64Array(rows * WIDTH);
  }

  /** In the order of NAMED, from a place in the numbers on. */
  addRow(event: NewEvent, at: number): void {
    this.#next = at;
    this.#add(event.category);
    this.#add(event.eventType);
    this.#add(event.source);
    this.#add(event.node);
    this.#add(event.config);
    this.#add(event.model);
    this.#add(event.severity);
    this.#add(event.origin);
    this.#add(event.wireType);
    this.#add(event.hostname);
    this.#add(event.correlationId);
    this.#add(event.parentEventId);
    this.#add(event.duplicateOf);
    this.#add(event.idempotencyKey);
    this.#add(driftText(event.drift));
  }

  #add(name: string | null): void {
    let place = this.#places.get(name);
    if (place === undefined) {
      place = this.known.push(name) - 1;
      this.#places.set(name, place);
    }
    this.numbers[this.#next++] = place;
  }
}

/** Most events of a type differ from the catalogue in the same way, and then share the list (`driftOf`). */
const driftTexts = new WeakMap<readonly DriftFinding[], string>();

function driftText(drift: readonly DriftFinding[]): string | null {
  if (drift.length === 0) return null;
  let text = driftTexts.get(drift);
  if (text === undefined) driftTexts.set(drift, (text = JSON.stringify(drift)));
  return text;
}

/** Columns of an insert that `bindRow` fills, and the placeholders of a row: ids and hashes are stored as bytes. */
export const COLUMNS =
  'seq, received_at, event_id, content_hash, payload, timestamp, queue_event_id, outbound, ' +
  NAMED.join(', ');
export const PLACEHOLDERS = `(?, ?, unhex(?, '-'), unhex(?), ?, ?, ?, ?, ${NAMED.map((name) =>
  name === 'duplicate_of' ? "unhex(?, '-')" : '?',
).join(', ')})`;

export function bindRow(
  values: unknown[],
  rows: PackedRows,
  index: number,
  seq: number,
  receivedAt: number,
): void {
  const queueId = numberAt(rows, index, QUEUE_ID);
  values.push(
    seq,
    receivedAt,
    eventIdAt(rows, index),
    rows.keys.slice(index * KEY_LENGTH + ID_LENGTH, (index + 1) * KEY_LENGTH),
    rows.payloads[index],
    timestampAt(rows, index),
    Number.isNaN(queueId) ? null : queueId,
    numberAt(rows, index, OUTBOUND),
  );
  for (let column = 0; column < NAMED.length; column++) values.push(nameAt(rows, index, column));
}

export function eventIdAt({ keys }: PackedRows, index: number): string {
  return keys.slice(index * KEY_LENGTH, index * KEY_LENGTH + ID_LENGTH);
}

export function timestampAt(rows: PackedRows, index: number): number {
  return numberAt(rows, index, TIMESTAMP);
}

/** `column`: a place in NAMED. */
export function nameAt(rows: PackedRows, index: number, column: number): string | null {
  return rows.names[numberAt(rows, index, FIRST_NAME + column)] ?? null;
}

function numberAt({ numbers }: PackedRows, index: number, place: number): number {
  return numbers[index * WIDTH + place] ?? Number.NaN;
}
