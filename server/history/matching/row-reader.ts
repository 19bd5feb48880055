import type { Statement } from 'better-sqlite3';
import type { JsonObject } from '../../../domain/json';
import type { Matchable } from '../../../domain/query';
import type { Connection } from '../../../db/client';
import { bytesToUuid } from '../sql/uuid-bytes';
import type { Name } from '../blocks/block';

type Row = [seq: number, payload: string, timestamp: number, ...values: Name[]];

export interface ReadRow {
  readonly seq: number;
  readonly timestamp: number;
  /** In the order of the dimensions. */
  readonly values: readonly Name[];
  readonly event: Matchable;
}

/** Milliseconds to read an event and test it, as one of many neighbours. */
export const READ_MS = 0.004;
/** One of those that lie apart: at first, and as far as it is learnt from reading. */
export const APART_MS = 0.007;
const [QUICKEST, SLOWEST] = [0.004, 0.05];
/** Neighbours are read together where at least one in so many is wanted. */
const CROWDED = 6;
const AT_ONCE = 256;
/** Events that lie apart and are read with one statement. */
const TOGETHER = 64;

const COLUMNS =
  'seq, payload, timestamp, category, event_type, source, node, config, model, severity, origin';

/** Reads of events what a query's matcher and a count need. */
export class RowReader {
  readonly #rows: Statement<[number, number], Row>;
  readonly #these: Statement<number[], Row>;
  readonly #id: Statement<[number], Buffer>;
  #apartMs = APART_MS;

  constructor(db: Connection) {
    this.#rows = db
      .prepare<[number, number], Row>(`SELECT ${COLUMNS} FROM events WHERE seq BETWEEN ? AND ? ORDER BY seq`)
      .raw();
    const marks = Array(TOGETHER).fill('?').join(', ');
    this.#these = db.prepare<number[], Row>(`SELECT ${COLUMNS} FROM events WHERE seq IN (${marks})`).raw();
    this.#id = db.prepare<[number], Buffer>('SELECT event_id FROM events WHERE seq = ?').pluck();
  }

  /** About the milliseconds to read one of many events that lie apart, and to test it. */
  get apartMs(): number {
    return this.#apartMs;
  }

  #learn(ms: number): void {
    const now = Math.min(SLOWEST, Math.max(QUICKEST, ms));
    this.#apartMs += (now - this.#apartMs) / 16;
  }

  /** All at once: a few hundred at the most. */
  between(from: number, to: number): ReadRow[] {
    return this.#rows.all(from, to).map(this.#read);
  }

  /** Those of these seqs that there are, ascending. */
  *of(asked: readonly number[]): Generator<ReadRow> {
    const seqs = [...asked].sort((a, b) => a - b);
    const [first = 0, last = 0] = [seqs[0], seqs.at(-1)];
    const crowded = last - first > 0 && last - first < seqs.length * CROWDED;
    if (!crowded)
      for (let from = 0; from < seqs.length; from += TOGETHER) {
        const some = Array.from({ length: TOGETHER }, (_, place) => seqs[from + place] ?? null);
        const begun = performance.now();
        const rows = this.#these.all(...(some as number[])).map(this.#read);
        yield* rows;
        // With what is made of them: whoever asks for the next is done with these.
        if (rows.length === TOGETHER) this.#learn((performance.now() - begun) / TOGETHER);
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
    return row ? this.#read(row) : null;
  }

  readonly #read = ([seq, payload, timestamp, ...values]: Row): ReadRow => ({
    seq,
    timestamp,
    values,
    event: new ReadEvent(seq, payload, timestamp, values, this.#id),
  });
}

/** What is hardly ever asked for is made out when it is. */
class ReadEvent implements Matchable {
  readonly category: Name;
  readonly eventType: Name;
  readonly source: Name;
  readonly node: Name;
  readonly config: Name;
  readonly model: Name;
  readonly severity: Name;
  readonly origin: Name;
  #parsed: JsonObject | null = null;

  constructor(
    private readonly seq: number,
    readonly payloadText: string,
    readonly timestamp: number,
    values: readonly Name[],
    private readonly ids: Statement<[number], Buffer>,
  ) {
    this.category = values[0] ?? null;
    this.eventType = values[1] ?? null;
    this.source = values[2] ?? null;
    this.node = values[3] ?? null;
    this.config = values[4] ?? null;
    this.model = values[5] ?? null;
    this.severity = values[6] ?? null;
    this.origin = values[7] ?? null;
  }

  get eventId(): string {
    const id = this.ids.get(this.seq);
    return id ? bytesToUuid(id) : '';
  }

  get payload(): JsonObject {
    return (this.#parsed ??= JSON.parse(this.payloadText) as JsonObject);
  }
}
