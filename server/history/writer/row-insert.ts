import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../../db/client';
import {
  HASH_LENGTH,
  ID_LENGTH,
  KEY_LENGTH,
  NAMED,
  namesOf,
  outboundAt,
  placeAt,
  queueIdAt,
  RARE,
  timestampAt,
  type PackedRows,
} from './packed-rows';

/**
 * One statement that inserts so many rows of a message. What crosses from JavaScript to SQLite costs as much as the insert
 * itself: so ids and hashes of all rows are one value, cut into pieces by SQLite and stored as bytes, and rare columns are
 * left out where no row has any.
 */
export class RowInsert {
  readonly #statement: Statement;
  /** Used again and again. */
  readonly #values: unknown[];
  /** Places in NAMED. */
  readonly #names: readonly number[];
  readonly #fromLog: boolean;

  /** `rare`: bits of RARE; of messages with these, or fewer. */
  constructor(
    db: Connection,
    readonly rows: number,
    rare: number,
  ) {
    this.#names = namesOf(rare);
    this.#fromLog = (rare & RARE.log) !== 0;
    const names = this.#names.map((place) => NAMED[place] ?? '');
    const keyed = ['seq', 'received_at', 'event_id', 'content_hash'];
    const columns = [...keyed, 'payload', 'timestamp', 'queue_event_id', 'outbound', ...names].join(', ');
    const places = [
      ...['?', '?', ...(this.#fromLog ? ['?', '?'] : ['NULL', '1'])],
      ...names.map((name) => (name === 'duplicate_of' ? "unhex(CAST(? AS TEXT), '-')" : 'CAST(? AS TEXT)')),
    ];
    const row = (index: number): string => {
      const id = index * KEY_LENGTH + 1;
      const keys = `unhex(substr(@keys, ${id}, ${ID_LENGTH}), '-'), unhex(substr(@keys, ${id + ID_LENGTH}, ${HASH_LENGTH}))`;
      return `(@seq + ${index}, @at, ${keys}, ${places.join(', ')})`;
    };
    const values = Array.from({ length: rows }, (_, index) => row(index)).join(', ');
    this.#statement = db.prepare(`INSERT INTO events (${columns}) VALUES ${values} ON CONFLICT DO NOTHING`);
    const bound = 2 + (this.#fromLog ? 2 : 0) + names.length;
    this.#values = new Array<unknown>(rows * bound).fill(null);
  }

  /** Inserts rows from one on, with seqs from one on. Returns how many there are now: those that exist already are left out. */
  run(packed: PackedRows, texts: BoundNames, from: number, seq: number, at: number): number {
    const values = this.#values;
    const names = this.#names;
    let next = 0;
    for (let index = from; index < from + this.rows; index++) {
      values[next++] = packed.payloads[index];
      values[next++] = timestampAt(packed, index);
      if (this.#fromLog) {
        values[next++] = queueIdAt(packed, index);
        values[next++] = outboundAt(packed, index);
      }
      for (let at = 0; at < names.length; at++)
        values[next++] = texts[placeAt(packed, index, names[at] ?? 0)];
    }
    const keys = packed.keys.subarray(from * KEY_LENGTH, (from + this.rows) * KEY_LENGTH);
    return this.#statement.run(values, { seq, at, keys }).changes;
  }
}

/** The names of a message as they are bound, in their order. */
export type BoundNames = readonly (string | Buffer | null)[];

/** Where each name stands in so many rows, encoding it once saves time. */
const REPEATED = 4;

/** A text that is bound is measured, encoded and copied each time; bytes are only copied, in two thirds of the time. */
export function boundNames({ count, names }: PackedRows): BoundNames {
  if (names.length * REPEATED > count) return names;
  return names.map((name) => (name === null ? null : Buffer.from(name)));
}
