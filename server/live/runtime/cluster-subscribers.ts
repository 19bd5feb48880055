import { SUBSCRIBER_TIMEOUT_SECONDS } from '../../bridges/events-db/queue/queue-types';
import type { Peer, PeerReport } from '../../bridges/events-db/worker/protocol';

/** A process that subscribed to the shared queue. Times are epoch seconds of the wall clock. */
export type ClusterSubscriber = {
  id: string;
  process: string;
  hostname: string;
  pid: number;
  /** It keeps its place when its process restarts. */
  stable: boolean;
  /** It is this server. */
  own: boolean;
  /** As the process named them; empty: all types. */
  types: string[];
  last_poll_at: number;
  created_at: number;
  /** Polled within the last 300 s, which is RingRift's own limit. */
  active: boolean;
  acked_row_id: number | null;
  pending: number;
  /** False: counted among the newest events only, there may be more. */
  pending_exact: boolean;
};

export type ClusterReport = {
  /** When the file was read; null: never yet. */
  at: number | null;
  /** Why it could not be read this time; what stands here is of the time before. */
  error: string | null;
  /** Those that polled last first. */
  subscribers: ClusterSubscriber[];
  /** All that are registered, also those not listed. */
  total: number;
  newest_row_id: number;
};

/** Whatever looks more often gets the same answer again. */
const FRESH_MS = 2_500;
/** A page does not wait longer for a file that is busy; it shows what was known before. */
const PATIENCE_MS = 1_000;
const BUSY = 'events.db is busy: this is what was read before.';

export interface SharedQueue {
  /** By which the shared file knows this server. */
  readonly subscriberId: string;
  peers(): Promise<PeerReport>;
}

/** The subscribers of the shared queue, read only when somebody asks, and for all who ask at once. */
export class ClusterSubscribers {
  readonly #queue: SharedQueue;
  readonly #now: () => number;
  #last: ClusterReport = { at: null, error: null, subscribers: [], total: 0, newest_row_id: 0 };
  #readAt = -Infinity;
  #reading: Promise<ClusterReport> | null = null;

  /** `now`: milliseconds. */
  constructor(queue: SharedQueue, now: () => number = Date.now) {
    this.#queue = queue;
    this.#now = now;
  }

  /** Never rejects: while the file cannot be read, the last report stands, with the reason. */
  report(): Promise<ClusterReport> {
    if (this.#now() - this.#readAt < FRESH_MS) return Promise.resolve(this.#last);
    this.#reading ??= this.#read().finally(() => (this.#reading = null));
    return this.#patiently(this.#reading);
  }

  #patiently(reading: Promise<ClusterReport>): Promise<ClusterReport> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve({ ...this.#last, error: BUSY }), PATIENCE_MS);
      timer.unref();
      void reading.then((report) => {
        clearTimeout(timer);
        resolve(report);
      });
    });
  }

  async #read(): Promise<ClusterReport> {
    try {
      const { peers, total, newestRowId, at } = await this.#queue.peers();
      const subscribers = peers.map((peer) => this.#subscriber(peer, at));
      this.#last = { at, error: null, subscribers, total, newest_row_id: newestRowId };
    } catch (error) {
      const line = error instanceof Error ? error.message : 'events.db cannot be read.';
      this.#last = { ...this.#last, error: line };
    }
    this.#readAt = this.#now();
    return this.#last;
  }

  #subscriber(peer: Peer, at: number): ClusterSubscriber {
    return {
      id: peer.subscriberId,
      process: peer.processName,
      hostname: peer.hostname,
      pid: peer.pid,
      stable: peer.subscriberId.split(':')[1] === 'stable',
      own: peer.subscriberId === this.#queue.subscriberId,
      types: [...peer.types],
      last_poll_at: peer.lastPollAt,
      created_at: peer.createdAt,
      active: at - peer.lastPollAt < SUBSCRIBER_TIMEOUT_SECONDS,
      acked_row_id: peer.ackedRowId,
      pending: peer.pending,
      pending_exact: peer.pendingExact,
    };
  }
}
