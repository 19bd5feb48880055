import type { Statement } from 'better-sqlite3';
import type { JsonObject } from '../../../domain/json';
import type { Connection } from '../../../db/client';
import { setBit } from '../blocks/bits';
import type { ValueTest } from './column';
import { STRIPE, stripeOf } from './stripe';
import { StripeBuilder } from './stripe-builder';
import { addTold, omittedBytes, tell, type Found, type KeptColumn } from './told-columns';

/** Events whose columns are made together; the newest ones, fewer than this, are always read. */
const CHUNK = 1_024;
const CHUNKS = STRIPE / CHUNK;
/** Stripes at the end of history that may lack stored columns: some 20 bytes an event. */
export const MOST_STRIPES = 4;
/** A comparison spends so long on making columns; what is left over is read, or made for the next. */
const MAKING_MS = 10;

/** The columns of some events, all of which are there or gone for good. */
interface Chunk {
  readonly column: (path: string) => KeptColumn;
}

/** Milliseconds that are left for making columns. */
export interface Making {
  left: number;
}

/**
 * Columns of the newest events' values, which are stored once their stripe is full. Each search would read those events else: some
 * thousands, and more while many come in. Made as searches need them, and kept in memory until they are stored.
 */
export class NewestValues {
  readonly #head: Statement<[], number | null>;
  readonly #payloads: Statement<[number, number], [seq: number, payload: string]>;
  readonly #chunks = new Map<number, Chunk>();

  constructor(
    db: Connection,
    private readonly bounds = { makingMs: MAKING_MS, stripes: MOST_STRIPES },
  ) {
    this.#head = db.prepare<[], number | null>('SELECT max(seq) FROM events').pluck();
    this.#payloads = db
      .prepare<[number, number], [number, string]>(
        'SELECT seq, payload FROM events WHERE seq > ? AND seq <= ? ORDER BY seq',
      )
      .raw();
  }

  /** Chunks in memory. */
  get kept(): number {
    return this.#chunks.size;
  }

  /** The stripes whose columns may be made here. */
  stripes(): number[] {
    const last = stripeOf(this.#head.get() ?? 0);
    return Array.from({ length: this.bounds.stripes }, (_, place) => last - place).filter(
      (each) => each >= 0,
    );
  }

  /** Makes columns of some more events of a stripe; false when there are none. */
  make(stripe: number): boolean {
    const kept = this.#chunks.size;
    this.#made(stripe, this.#head.get() ?? 0, { left: Number.MIN_VALUE });
    return this.#chunks.size > kept;
  }

  making(): Making {
    return { left: this.bounds.makingMs };
  }

  /**
   * What is known of the events that a stripe without stored columns has now; null where it is not one of the newest.
   * @param paths the one that is asked for, then those around it
   */
  find(stripe: number, paths: readonly string[], test: ValueTest, making: Making): Found | null {
    const head = this.#head.get() ?? 0;
    if (stripe > stripeOf(head) || stripe <= stripeOf(head) - this.bounds.stripes) return null;
    const made = this.#made(stripe, head, making);
    const events = head - stripe * STRIPE;
    const found = { must: new Uint32Array(STRIPE / 32), may: new Uint32Array(STRIPE / 32) };
    made.forEach((chunk, place) => {
      const columns = chunk === null ? null : paths.map(chunk.column);
      if (columns !== null && tell(columns)) addTold(columns, test, found);
      else
        for (let slot = place * CHUNK; slot < Math.min((place + 1) * CHUNK, events); slot++)
          setBit(found.may, slot);
    });
    return found;
  }

  /** The chunks of a stripe, as far as its events are there and time allows. */
  #made(stripe: number, head: number, making: Making): (Chunk | null)[] {
    const first = stripe * CHUNKS;
    for (const number of this.#chunks.keys())
      if (number < (stripeOf(head) - this.bounds.stripes + 1) * CHUNKS) this.#chunks.delete(number);
    return Array.from({ length: CHUNKS }, (_, place) => {
      const number = first + place;
      const known = this.#chunks.get(number);
      if (known) return known;
      if ((number + 1) * CHUNK > head || making.left <= 0) return null;
      const begun = performance.now();
      const chunk = this.#make(number, stripe);
      making.left -= performance.now() - begun;
      this.#chunks.set(number, chunk);
      return chunk;
    });
  }

  #make(number: number, stripe: number): Chunk {
    const builder = new StripeBuilder(stripe);
    for (const [seq, payload] of this.#payloads.iterate(number * CHUNK, (number + 1) * CHUNK))
      builder.add(seq - stripe * STRIPE - 1, JSON.parse(payload) as JsonObject);
    const { paths, ends, bytes, omitted } = builder.finish();
    const hashes = omittedBytes(omitted);
    return {
      column: (text) => {
        const place = paths.indexOf(text);
        const data = place < 0 ? null : bytes.subarray(place === 0 ? 0 : ends[place - 1], ends[place]);
        return { text, omitted: hashes, data };
      },
    };
  }
}
