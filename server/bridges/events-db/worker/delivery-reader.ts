import type { Database, Statement } from 'better-sqlite3';
import type { Peer, RowPeer } from './protocol';

/** Acks listed of one row. */
const MAX_ACKS = 200;
/** Rows before this one among which a subscriber's arrears are counted: this thread also carries the live tail. */
export const BEHIND_WINDOW = 1_000;

interface AckColumns {
  readonly subscriber_id: unknown;
  readonly acked_at: unknown;
}

/** Who acked a row, and how far from it the others are. Each statement is one short look at indexes. */
export class DeliveryReader {
  readonly #acks: Statement<[number, number], AckColumns>;
  readonly #acked: Statement<[string], number | null>;
  readonly #behind: Statement<[object], number>;

  constructor(db: Database) {
    this.#acks = db.prepare(
      'SELECT subscriber_id, acked_at FROM acks WHERE event_id = ? ORDER BY acked_at LIMIT ?',
    );
    this.#acked = db
      .prepare<[string], number | null>('SELECT max(event_id) FROM acks WHERE subscriber_id = ?')
      .pluck();
    this.#behind = db
      .prepare<[object], number>(
        `SELECT count(*) FROM events WHERE event_id > @above AND event_id <= @row
           AND (@types IS NULL OR event_type IN (SELECT value FROM json_each(@types)))`,
      )
      .pluck();
  }

  acks(rowId: number): { subscriberId: string; ackedAt: number }[] {
    return this.#acks
      .all(rowId, MAX_ACKS)
      .flatMap(({ subscriber_id: id, acked_at: at }) =>
        typeof id === 'string' && typeof at === 'number'
          ? [{ subscriberId: id.slice(0, 200), ackedAt: at }]
          : [],
      );
  }

  peer(peer: Peer, rowId: number): RowPeer {
    const ackedRowId = this.#acked.get(peer.subscriberId) ?? null;
    const from = rowId - BEHIND_WINDOW;
    const types = peer.types.length === 0 ? null : JSON.stringify(peer.types);
    const above = Math.max(ackedRowId ?? 0, from);
    const behind = above >= rowId ? 0 : (this.#behind.get({ above, row: rowId, types }) ?? 0);
    return { ...peer, ackedRowId, behind, behindExact: (ackedRowId ?? 0) >= from };
  }
}
