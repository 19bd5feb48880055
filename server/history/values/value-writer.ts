import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../../db/client';
import { stripeOf, type StripeValues } from './stripe';
import { omittedBytes } from './told-columns';

/** Paths that are known by a number; of more than this no values are kept. */
const MOST_PATHS = 16_384;
/** A column's row is numbered by its path, then by its stripe: a path's columns lie side by side. */
export const STRIPES_OF_PATH = 2 ** 20;

/** Stores the columns of payload values, in the writer's transactions. What they say of an event never changes. */
export class ValueWriter {
  readonly #numberOf: Statement<[string], number>;
  readonly #newPath: Statement<[string]>;
  readonly #insert: Statement<[number, Uint8Array]>;
  readonly #delete: Statement<[number]>;
  readonly #stripe: Statement<[number], string>;
  readonly #insertStripe: Statement<[number, string, Buffer | null]>;
  readonly #deleteStripe: Statement<[number]>;
  readonly #paths: Statement<[], number>;

  constructor(db: Connection) {
    this.#numberOf = db.prepare<[string], number>('SELECT id FROM value_paths WHERE path = ?').pluck();
    this.#newPath = db.prepare('INSERT INTO value_paths (path) VALUES (?)');
    this.#insert = db.prepare('INSERT OR REPLACE INTO event_values (id, data) VALUES (?, ?)');
    this.#delete = db.prepare('DELETE FROM event_values WHERE id = ?');
    this.#stripe = db.prepare<[number], string>('SELECT paths FROM value_stripes WHERE stripe = ?').pluck();
    this.#insertStripe = db.prepare('INSERT INTO value_stripes (stripe, paths, omitted) VALUES (?, ?, ?)');
    this.#deleteStripe = db.prepare('DELETE FROM value_stripes WHERE stripe = ?');
    this.#paths = db.prepare<[], number>('SELECT count(*) FROM value_paths').pluck();
  }

  add({ stripe, paths, ends, bytes, omitted }: StripeValues): void {
    if (this.#stripe.get(stripe) !== undefined) return;
    const numbers: number[] = [];
    let [begin, whole] = [0, true];
    paths.forEach((path, place) => {
      const data = bytes.subarray(begin, ends[place]);
      begin = ends[place] ?? begin;
      const number = this.#numberFor(path);
      if (number === null) {
        whole = false;
        return;
      }
      numbers.push(number);
      this.#insert.run(number * STRIPES_OF_PATH + stripe, data);
    });
    const told = whole ? omittedBytes(omitted) : null;
    this.#insertStripe.run(stripe, JSON.stringify(numbers), told);
  }

  #numberFor(path: string): number | null {
    const known = this.#numberOf.get(path);
    if (known !== undefined) return known;
    if ((this.#paths.get() ?? 0) >= MOST_PATHS) return null;
    return Number(this.#newPath.run(path).lastInsertRowid);
  }

  /** Inside the transaction that removes these events: the columns of their stripes go, and are made again of what is left. */
  forget(seqs: readonly number[]): void {
    for (const stripe of new Set(seqs.map(stripeOf))) {
      const paths = this.#stripe.get(stripe);
      if (paths === undefined) continue;
      for (const number of JSON.parse(paths) as number[]) this.#delete.run(number * STRIPES_OF_PATH + stripe);
      this.#deleteStripe.run(stripe);
    }
  }
}
