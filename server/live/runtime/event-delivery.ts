import type { StoredEvent } from '../../../domain/events/envelope';
import { toOutRow } from '../../bridges/events-db/rows/cross-process-names';
import { parseRow, type RawRow } from '../../bridges/events-db/rows/parse-row';
import { RETENTION_SECONDS, SUBSCRIBER_TIMEOUT_SECONDS } from '../../bridges/events-db/queue/queue-types';
import type { RowPeer, RowReport } from '../../bridges/events-db/worker/protocol';

/** A process of the shared queue and what it did with one row. Times are epoch seconds. */
export type DeliverySubscriber = {
  id: string;
  process: string;
  hostname: string;
  /** It is this server. */
  own: boolean;
  /** False: it acked the row and is not registered any more. */
  registered: boolean;
  /** Polled within RingRift's own limit of 300 s. */
  active: boolean;
  /** `pending`: its next poll gets the row. `other_types`: it did not ask for this type. `expired`: older than what a poll returns. */
  state: 'acked' | 'pending' | 'other_types' | 'expired';
  acked_at: number | null;
  last_poll_at: number | null;
  acked_row_id: number | null;
  /** Rows of its types that it has yet to ack, up to and including this one; 0 where it is past it. */
  behind: number;
  /** False: there may be more. */
  behind_exact: boolean;
};

/** How an event stands in the shared file, and who read it there. */
export type Delivery = {
  /** `from_file`: came from it. `forwarded`: written into it. `waiting`: still to be written. `not_shared`: neither. */
  way: 'from_file' | 'forwarded' | 'waiting' | 'not_shared';
  row_id: number | null;
  /** What the file holds under that row id; null where there is none, or where the file cannot be read. */
  row: 'there' | 'cleaned_up' | 'another' | 'beyond' | null;
  /** Why the file could not be read, or why the event waits. */
  error: string | null;
  /** When the file was read. */
  at: number | null;
  newest_row_id: number | null;
  /** The unread first. */
  subscribers: DeliverySubscriber[];
  /** All that are registered, also those not listed. */
  total: number;
};

export interface DeliveryQueue {
  readonly subscriberId: string;
  readonly forwardedSeq: number;
  delivery(rowId: number): Promise<RowReport>;
  status(): { readonly detail: string | null };
}

/** A page does not wait longer for a file that is busy; it asks again. */
const PATIENCE_MS = 1_000;
const BUSY = 'events.db is busy: asking again.';

/** What became of events in the shared file. Never rejects for the file's sake: trouble is part of the answer. */
export class Deliveries {
  constructor(private readonly queue: DeliveryQueue) {}

  async of(event: StoredEvent): Promise<Delivery> {
    const way = this.#wayOf(event);
    const nothing: Delivery = {
      ...{ way, row_id: event.queueEventId, row: null, error: null, at: null },
      ...{ newest_row_id: null, subscribers: [], total: 0 },
    };
    if (event.queueEventId === null) {
      return way === 'waiting' ? { ...nothing, error: this.queue.status().detail } : nothing;
    }
    const report = await this.#read(event.queueEventId);
    return typeof report === 'string' ? { ...nothing, error: report } : this.#told(event, nothing, report);
  }

  #wayOf({ origin, queueEventId, seq }: StoredEvent): Delivery['way'] {
    if (queueEventId !== null) return origin === 'cross_process' ? 'from_file' : 'forwarded';
    return origin === 'cross_process' || seq <= this.queue.forwardedSeq ? 'not_shared' : 'waiting';
  }

  async #read(rowId: number): Promise<RowReport | string> {
    let timer: NodeJS.Timeout | undefined;
    const busy = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve(BUSY), PATIENCE_MS);
    });
    const reading = this.#ask(rowId);
    return Promise.race([reading, busy]).finally(() => clearTimeout(timer));
  }

  async #ask(rowId: number): Promise<RowReport | string> {
    try {
      return await this.queue.delivery(rowId);
    } catch (error) {
      return error instanceof Error ? error.message : 'events.db cannot be read.';
    }
  }

  #told(event: StoredEvent, nothing: Delivery, report: RowReport): Delivery {
    const row = rowState(event, report);
    const known = { ...nothing, row, at: report.at, newest_row_id: report.newestRowId, total: report.total };
    // Acks of a row id that another event has now, or may have later, say nothing about this one.
    if (row === 'another' || row === 'beyond') return known;
    const acks = new Map(report.acks.map((ack) => [ack.subscriberId, ack.ackedAt]));
    const peers = row === 'there' ? report.peers : report.peers.filter((peer) => acks.has(peer.subscriberId));
    const listed = new Set(peers.map((peer) => peer.subscriberId));
    const gone = report.acks.filter(({ subscriberId }) => !listed.has(subscriberId));
    const subscribers = [
      ...peers.map((peer) => this.#subscriber(peer, report, acks.get(peer.subscriberId) ?? null)),
      ...gone.map((ack) => formerSubscriber(ack, ack.subscriberId === this.queue.subscriberId)),
    ];
    return { ...known, subscribers: subscribers.sort((a, b) => ORDER[a.state] - ORDER[b.state]) };
  }

  #subscriber(peer: RowPeer, { row, at }: RowReport, ackedAt: number | null): DeliverySubscriber {
    return {
      id: peer.subscriberId,
      process: peer.processName,
      hostname: peer.hostname,
      own: peer.subscriberId === this.queue.subscriberId,
      registered: true,
      active: at - peer.lastPollAt < SUBSCRIBER_TIMEOUT_SECONDS,
      state: stateOf(peer, row, at, ackedAt),
      acked_at: ackedAt,
      last_poll_at: peer.lastPollAt,
      acked_row_id: peer.ackedRowId,
      behind: peer.behind,
      behind_exact: peer.behindExact,
    };
  }
}

const ORDER = { pending: 0, acked: 1, expired: 2, other_types: 3 } as const;

function stateOf(
  { types }: RowPeer,
  row: RawRow | null,
  at: number,
  ackedAt: number | null,
): DeliverySubscriber['state'] {
  if (ackedAt !== null) return 'acked';
  if (types.length > 0 && !types.some((type) => type === row?.event_type)) return 'other_types';
  return typeof row?.created_at === 'number' && row.created_at > at - RETENTION_SECONDS
    ? 'pending'
    : 'expired';
}

/** Its acks stay for as long as the row does. */
function formerSubscriber(
  { subscriberId, ackedAt }: RowReport['acks'][number],
  own: boolean,
): DeliverySubscriber {
  const [hostname = '', , ...process] = subscriberId.split(':');
  return {
    ...{ id: subscriberId, process: process.join(':') || subscriberId, hostname, own },
    ...{ registered: false, active: false, state: 'acked', acked_at: ackedAt },
    ...{ last_poll_at: null, acked_row_id: null, behind: 0, behind_exact: true },
  };
}

/** A file that was made anew gives its row ids again, and an import brings row ids of another file. */
function rowState(event: StoredEvent, { row: raw, newestRowId }: RowReport): Delivery['row'] {
  if (raw === null) return (event.queueEventId ?? 0) > newestRowId ? 'beyond' : 'cleaned_up';
  const parsed = parseRow(raw, 0);
  if (parsed.ok && parsed.row.eventId === event.eventId) return 'there';
  const out = toOutRow(event);
  const same =
    raw.event_type === out.eventType &&
    raw.source === out.source &&
    raw.hostname === out.hostname &&
    raw.created_at === out.createdAt &&
    raw.payload === out.payloadText;
  return same ? 'there' : 'another';
}
