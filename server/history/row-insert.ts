import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../db/client';
import {
  HASH_LENGTH,
  ID_LENGTH,
  KEY_LENGTH,
  NAMED,
  nameAt,
  outboundAt,
  PLAIN,
  queueIdAt,
  timestampAt,
  type PackedRows,
} from './packed-rows';

/** Of each row, before its names. */
const OWN = ['payload', 'timestamp', 'queue_event_id', 'outbound'] as const;

/**
 * One statement that inserts so many rows of a message. What crosses from JavaScript to SQLite costs as much as the insert
 * itself: so ids and hashes of all rows are one value, cut into pieces by SQLite and stored as bytes, and ties are left
 * out where no row has any.
 */
export class RowInsert {
  readonly #statement: Statement;
  /** Used again and again. */
  readonly #values: unknown[];
  readonly #names: number;

  constructor(
    db: Connection,
    readonly rows: number,
    tied: boolean,
  ) {
    const names = tied ? NAMED : PLAIN;
    const columns = ['seq', 'received_at', 'event_id', 'content_hash', ...OWN, ...names].join(', ');
    const places = [
      ...OWN.map(() => '?'),
      ...names.map((name) => (name === 'duplicate_of' ? "unhex(?, '-')" : '?')),
    ];
    const row = (index: number): string => {
      const id = index * KEY_LENGTH + 1;
      const keys = `unhex(substr(@keys, ${id}, ${ID_LENGTH}), '-'), unhex(substr(@keys, ${id + ID_LENGTH}, ${HASH_LENGTH}))`;
      return `(@seq + ${index}, @at, ${keys}, ${places.join(', ')})`;
    };
    const values = Array.from({ length: rows }, (_, index) => row(index)).join(', ');
    this.#statement = db.prepare(`INSERT INTO events (${columns}) VALUES ${values} ON CONFLICT DO NOTHING`);
    this.#values = new Array<unknown>(rows * places.length).fill(null);
    this.#names = names.length;
  }

  /** Inserts rows from one on, with seqs from one on. Returns how many there are now: those that exist already are left out. */
  run(packed: PackedRows, from: number, seq: number, at: number): number {
    const values = this.#values;
    let next = 0;
    for (let index = from; index < from + this.rows; index++) {
      values[next++] = packed.payloads[index];
      values[next++] = timestampAt(packed, index);
      values[next++] = queueIdAt(packed, index);
      values[next++] = outboundAt(packed, index);
      for (let column = 0; column < this.#names; column++) values[next++] = nameAt(packed, index, column);
    }
    const keys = packed.keys.subarray(from * KEY_LENGTH, (from + this.rows) * KEY_LENGTH);
    return this.#statement.run(values, { seq, at, keys }).changes;
  }
}
