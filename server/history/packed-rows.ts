import type { DriftFinding } from '../../domain/events/envelope';
import { DIMENSIONS } from './facets/block';
import type { NewEvent } from './types';

/**
 * Columns of `events` that repeat from event to event, or are mostly empty. The first ones are those that blocks of
 * facets count, in their order. `Names.addRow` reads them from an event.
 */
export const PLAIN = [
  ...DIMENSIONS.map((dimension) => (dimension === 'type' ? 'event_type' : dimension)),
  'wire_type',
  'hostname',
  'drift',
] as const;
/** What few events have. */
const TIES = ['correlation_id', 'parent_event_id', 'duplicate_of', 'idempotency_key'] as const;
export const NAMED = [...PLAIN, ...TIES] as const;

/** Places in the keys of a row, in bytes. */
export const ID_LENGTH = 36;
export const HASH_LENGTH = 64;
export const KEY_LENGTH = ID_LENGTH + HASH_LENGTH;
/** Places in a row of numbers. */
const TIMESTAMP = 0;
const QUEUE_ID = 1;
const OUTBOUND = 2;
const FIRST_NAME = 3;
const WIDTH = FIRST_NAME + NAMED.length;
const NUMBER_BYTES = 8;
/** Where null stands among the names. */
const NULL_PLACE = 0;

/**
 * Events as they cross to the writer thread: column by column, each name once. Most of the 21 values
 * of an event are the same few names, and structured clone writes and reads each of them anew.
 */
export interface PackedRows {
  readonly count: number;
  /** Event id and content hash of each row in hex digits, one after the other. In the buffer of the numbers, behind them. */
  readonly keys: Uint8Array;
  readonly payloads: readonly string[];
  readonly names: readonly (string | null)[];
  /**
   * Of each row its timestamp, row id in the log (NaN for none), 1 where it is outbound, and for each of NAMED a place
   * among the names. One array, so that small messages take one buffer along and not four.
   */
  readonly numbers: Float64Array;
  /** Some row has one of TIES. */
  readonly tied: boolean;
}

/** Throws RangeError for an event whose id is no UUID, or whose hash is none. */
export function packRows(events: readonly NewEvent[]): PackedRows {
  const count = events.length;
  const buffer = new ArrayBuffer(count * (WIDTH * NUMBER_BYTES + KEY_LENGTH));
  const numbers = new Float64Array(buffer, 0, count * WIDTH);
  const keys: string[] = [];
  const payloads: string[] = [];
  const names = new Names(numbers);
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
  const keyBytes = Buffer.from(buffer, numbers.byteLength);
  keyBytes.write(keys.join(''), 'latin1');
  return { count, keys: keyBytes, payloads, names: names.known, numbers, tied: names.tied };
}

/** The names of one message, numbered as they come. */
class Names {
  readonly known: (string | null)[] = [null];
  tied = false;
  readonly #places = new Map<string, number>();
  #next = 0;

  constructor(private readonly numbers: Float64Array) {}

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
    this.#add(driftText(event.drift));
    this.#addTie(event.correlationId);
    this.#addTie(event.parentEventId);
    this.#addTie(event.duplicateOf);
    this.#addTie(event.idempotencyKey);
  }

  #addTie(name: string | null): void {
    if (name !== null) this.tied = true;
    this.#add(name);
  }

  #add(name: string | null): void {
    this.numbers[this.#next++] = name === null ? NULL_PLACE : this.#placeOf(name);
  }

  #placeOf(name: string): number {
    let place = this.#places.get(name);
    if (place === undefined) {
      place = this.known.push(name) - 1;
      this.#places.set(name, place);
    }
    return place;
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

/** Epoch seconds. */
export function timestampAt(rows: PackedRows, index: number): number {
  return numberAt(rows, index, TIMESTAMP);
}

/** Null for a row that came from no log. */
export function queueIdAt(rows: PackedRows, index: number): number | null {
  const id = numberAt(rows, index, QUEUE_ID);
  return Number.isNaN(id) ? null : id;
}

/** 1 or 0. */
export function outboundAt(rows: PackedRows, index: number): number {
  return numberAt(rows, index, OUTBOUND);
}

/** `column`: a place in NAMED. */
export function nameAt(rows: PackedRows, index: number, column: number): string | null {
  return rows.names[numberAt(rows, index, FIRST_NAME + column)] ?? null;
}

export function eventIdAt({ keys }: PackedRows, index: number): string {
  const at = index * KEY_LENGTH;
  return Buffer.from(keys.subarray(at, at + ID_LENGTH)).toString('latin1');
}

function numberAt({ numbers }: PackedRows, index: number, place: number): number {
  return numbers[index * WIDTH + place] ?? Number.NaN;
}
