import type { Database, Statement } from 'better-sqlite3';
import { RETENTION_SECONDS } from '../queue/queue-types';
import type { Peer } from './protocol';

/** Subscribers looked at, those that polled last first. */
export const MAX_PEERS = 64;
/** The newest events among which pending ones are counted: this thread also carries the live tail. */
export const PENDING_WINDOW = 10_000;
const MAX_TYPES = 400;
const MAX_TEXT = 200;

interface PeerColumns {
  readonly subscriber_id: unknown;
  readonly process_name: unknown;
  readonly hostname: unknown;
  readonly pid: unknown;
  readonly subscribed_types: unknown;
  readonly last_poll_at: unknown;
  readonly created_at: unknown;
}

/**
 * RingRift's subscribers as the shared file knows them. Pending is counted by RingRift's own rule (not acked, younger
 * than the retention, of a subscribed type), but among the newest events only: a count over all of a busy day would
 * hold up the tail. Each statement is one short look; the columns of a foreign file may hold anything.
 */
export class PeerReader {
  readonly #list: Statement<[number], PeerColumns>;
  readonly #total: Statement<[], number>;
  readonly #acked: Statement<[string], number | null>;
  readonly #inWindow: Statement<[number, number], number>;
  readonly #pending: Statement<[object], number>;

  constructor(db: Database) {
    this.#list = db.prepare(
      `SELECT subscriber_id, process_name, hostname, pid, substr(subscribed_types, 1, 65536) AS subscribed_types, last_poll_at, created_at
       FROM subscribers ORDER BY last_poll_at DESC LIMIT ?`,
    );
    this.#total = db.prepare<[], number>('SELECT count(*) FROM subscribers').pluck();
    this.#acked = db
      .prepare<[string], number | null>('SELECT max(event_id) FROM acks WHERE subscriber_id = ?')
      .pluck();
    // From the index on created_at alone: the column stands behind the payload, which may be a megabyte.
    this.#inWindow = db
      .prepare<[number, number], number>(
        'SELECT count(*) FROM (SELECT 1 FROM events WHERE created_at > ? ORDER BY created_at DESC LIMIT ?)',
      )
      .pluck();
    this.#pending = db
      .prepare<[object], number>(
        `SELECT count(*) FROM (SELECT event_id, event_type FROM events WHERE created_at > @cutoff ORDER BY created_at DESC LIMIT @limit) e
         WHERE (@types IS NULL OR e.event_type IN (SELECT value FROM json_each(@types)))
           AND NOT EXISTS (SELECT 1 FROM acks a WHERE a.subscriber_id = @subscriber AND a.event_id = e.event_id)`,
      )
      .pluck();
  }

  /** All registered subscribers, however many of them `peers` names. */
  total(): number {
    return this.#total.get() ?? 0;
  }

  /** The subscribers without their pending counts. */
  peers(): Peer[] {
    return this.#list.all(MAX_PEERS).map((row) => ({
      subscriberId: textOf(row.subscriber_id),
      processName: textOf(row.process_name),
      hostname: textOf(row.hostname),
      pid: numberOf(row.pid),
      types: typesOf(row.subscribed_types),
      lastPollAt: numberOf(row.last_poll_at),
      createdAt: numberOf(row.created_at),
      ackedRowId: null,
      pending: 0,
      pendingExact: true,
    }));
  }

  /** A subscriber with its pending count as of `now` (epoch seconds). */
  counted(peer: Peer, now: number): Peer {
    const cutoff = now - RETENTION_SECONDS;
    const within = this.#inWindow.get(cutoff, PENDING_WINDOW + 1) ?? 0;
    const types = peer.types.length === 0 ? null : JSON.stringify(peer.types);
    const pending = this.#pending.get({
      cutoff,
      limit: PENDING_WINDOW,
      types,
      subscriber: peer.subscriberId,
    });
    return {
      ...peer,
      ackedRowId: this.#acked.get(peer.subscriberId) ?? null,
      pending: pending ?? 0,
      pendingExact: within <= PENDING_WINDOW,
    };
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, MAX_TEXT) : '';
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** The JSON list of types; none (which means all) where the text is no such list. */
function typesOf(value: unknown): string[] {
  if (typeof value !== 'string') return [];
  try {
    const parsed: unknown = JSON.parse(value);
    if (!Array.isArray(parsed)) return [];
    return parsed.filter((type): type is string => typeof type === 'string').slice(0, MAX_TYPES);
  } catch {
    return [];
  }
}
