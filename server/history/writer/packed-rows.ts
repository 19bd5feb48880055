import type { DriftFinding } from '../../../domain/events/envelope';
import { DIMENSIONS } from '../blocks/block';
import type { NewEvent } from '../types';

/**
 * Columns of `events` that repeat from event to event. The first ones are those that blocks of facets count, in their order.
 * `Names.addRow` reads all names from an event.
 */
const PLAIN = [
  ...DIMENSIONS.map((dimension) => (dimension === 'type' ? 'event_type' : dimension)),
  'hostname',
] as const;
/** What most messages have in no row, and then leave out: bits of `PackedRows.rare`. */
export const RARE = { wireType: 1, drift: 2, ties: 4, log: 8 } as const;
const RARE_NAMES = [
  ['wire_type', RARE.wireType],
  ['drift', RARE.drift],
  ['correlation_id', RARE.ties],
  ['parent_event_id', RARE.ties],
  ['duplicate_of', RARE.ties],
  ['idempotency_key', RARE.ties],
] as const;
export const NAMED = [...PLAIN, ...RARE_NAMES.map(([name]) => name)] as const;

/** The places in NAMED of the columns that a message with these rare ones has. */
export function namesOf(rare: number): readonly number[] {
  const own = RARE_NAMES.flatMap(([, bit], at) => ((rare & bit) === 0 ? [] : [PLAIN.length + at]));
  return [...PLAIN.keys(), ...own];
}

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
  /** Bits of RARE: some row has one of these names, or came from a log (has a row id there, or is not outbound). */
  readonly rare: number;
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
    if (event.queueEventId !== null || !event.outbound) names.rare |= RARE.log;
    names.addRow(event, index * WIDTH + FIRST_NAME);
  }
  const keyBytes = Buffer.from(buffer, numbers.byteLength);
  keyBytes.write(keys.join(''), 'latin1');
  return { count, keys: keyBytes, payloads, names: names.known, numbers, rare: names.rare };
}

/** The names of one message, numbered as they come. */
class Names {
  readonly known: (string | null)[] = [null];
  rare = 0;
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
    this.#add(event.hostname);
    this.#addRare(event.wireType, RARE.wireType);
    this.#addRare(driftText(event.drift), RARE.drift);
    this.#addRare(event.correlationId, RARE.ties);
    this.#addRare(event.parentEventId, RARE.ties);
    this.#addRare(event.duplicateOf, RARE.ties);
    this.#addRare(event.idempotencyKey, RARE.ties);
  }

  #addRare(name: string | null, bit: number): void {
    if (name !== null) this.rare |= bit;
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
  return rows.names[placeAt(rows, index, column)] ?? null;
}

/** Where among the names that stands. */
export function placeAt(rows: PackedRows, index: number, column: number): number {
  return numberAt(rows, index, FIRST_NAME + column);
}

export function eventIdAt({ keys }: PackedRows, index: number): string {
  const at = index * KEY_LENGTH;
  return Buffer.from(keys.subarray(at, at + ID_LENGTH)).toString('latin1');
}

function numberAt({ numbers }: PackedRows, index: number, place: number): number {
  return numbers[index * WIDTH + place] ?? Number.NaN;
}
