import type { Statement } from 'better-sqlite3';
import type { StoredEvent } from '../../../domain/events/envelope';
import type { JsonObject } from '../../../domain/json';
import type { Connection } from '../../../db/client';
import { bytesToUuid } from '../bytes';
import type { Name } from './block';

type Row = [seq: number, id: Buffer, payload: string, timestamp: number, ...values: Name[]];

export interface ReadRow {
  readonly seq: number;
  readonly timestamp: number;
  /** In the order of the dimensions. */
  readonly values: readonly Name[];
  /** What a query's matcher looks at, and no more. */
  readonly event: StoredEvent;
}

/** Milliseconds to read an event and test it. */
export const READ_MS = 0.004;
/** Neighbours are read together where at least one in so many is wanted. */
const CROWDED = 6;
const AT_ONCE = 256;

/** Reads of events what a query's matcher and a count need. */
export class RowReader {
  readonly #rows: Statement<[number, number], Row>;

  constructor(db: Connection) {
    this.#rows = db
      .prepare<[number, number], Row>(
        'SELECT seq, event_id, payload, timestamp, category, event_type, source, node, config, model, severity, origin FROM events WHERE seq BETWEEN ? AND ? ORDER BY seq',
      )
      .raw();
  }

  /** All at once: a few hundred at the most. */
  between(from: number, to: number): ReadRow[] {
    return this.#rows.all(from, to).map(read);
  }

  /** Those of these seqs that there are; ascending where they are close to each other. */
  *of(seqs: readonly number[]): Generator<ReadRow> {
    const [first = 0, last = 0] = [seqs[0], seqs.at(-1)];
    const crowded = last - first > 0 && last - first < seqs.length * CROWDED;
    if (!crowded)
      for (const seq of seqs) {
        const row = this.one(seq);
        if (row) yield row;
      }
    else {
      const wanted = new Set(seqs);
      for (let from = first; from <= last; from += AT_ONCE)
        for (const row of this.between(from, Math.min(last, from + AT_ONCE - 1)))
          if (wanted.has(row.seq)) yield row;
    }
  }

  one(seq: number): ReadRow | null {
    const row = this.#rows.get(seq, seq);
    return row ? read(row) : null;
  }
}

function read([seq, id, payload, timestamp, ...values]: Row): ReadRow {
  const [category, eventType, source, node, config, model, severity, origin] = values;
  let parsed: JsonObject | null = null;
  const event = {
    get eventId() {
      return bytesToUuid(id);
    },
    get payload() {
      return (parsed ??= JSON.parse(payload) as JsonObject);
    },
    payloadText: payload,
    timestamp,
    category,
    eventType,
    source,
    node,
    config,
    model,
    severity,
    origin,
  };
  return { seq, timestamp, values, event: event as unknown as StoredEvent };
}
