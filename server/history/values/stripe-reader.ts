import { setTimeout as pause } from 'node:timers/promises';
import type { Statement } from 'better-sqlite3';
import type { JsonObject } from '../../../domain/json';
import type { Connection } from '../../../db/client';
import { STRIPE, type StripeValues } from './stripe';
import { StripeBuilder } from './stripe-builder';

/** It works for so long, then leaves the thread to searches: a quarter of a processor at the most. */
const WORK_MS = 5;
const PAUSE_MS = 15;
/** Events that are read between two looks at the clock. */
const AT_ONCE = 64;

/** A stripe's values, and how many stripes have none yet (this one among them). */
export type NextStripe = StripeValues & { readonly missing: number };

/** Makes the columns of payload values from the events, in a reader thread. */
export class StripeReader {
  readonly #stored: Statement<[], number>;
  readonly #payloads: Statement<[number, number], [seq: number, payload: string]>;

  constructor(db: Connection) {
    this.#stored = db.prepare<[], number>('SELECT stripe FROM value_stripes').pluck();
    this.#payloads = db
      .prepare<[number, number], [number, string]>(
        'SELECT seq, payload FROM events WHERE seq > ? AND seq <= ? ORDER BY seq',
      )
      .raw();
  }

  /** Of the first `full` stripes the newest that has no values yet; null where each has. */
  async next(full: number): Promise<NextStripe | null> {
    const stored = new Set(this.#stored.all());
    const missing = Array.from({ length: full }, (_, stripe) => stripe).filter((each) => !stored.has(each));
    const stripe = missing.at(-1);
    return stripe === undefined ? null : { ...(await this.read(stripe)), missing: missing.length };
  }

  async read(stripe: number): Promise<StripeValues> {
    const builder = new StripeBuilder(stripe);
    const first = stripe * STRIPE;
    let begun = performance.now();
    for (let above = first; above < first + STRIPE; above += AT_ONCE) {
      for (const [seq, payload] of this.#payloads.iterate(above, above + AT_ONCE))
        builder.add(seq - first - 1, JSON.parse(payload) as JsonObject);
      if (performance.now() - begun < WORK_MS) continue;
      await pause(PAUSE_MS);
      begun = performance.now();
    }
    return builder.finish();
  }
}
