import {
  FEED_BYTES_PER_SECOND,
  UPDATE_INTERVAL_MS,
  type FeedRequest,
  type LiveUpdate,
  type TopicPatch,
} from '../../domain/realtime/contract';
import type { StoredEvent } from '../../domain/events/envelope';
import type { History } from '../history/types';
import { Allowance } from './allowance';
import { Feed, ROW_BYTES } from './feeds/feed';

/** So often a second a feed may send as many rows as it shows: a list of 30 need not be told of 200 a second, but of all it shows. */
const TIMES_PER_SECOND = 1.5;

/** One browser as the gateway sees it: what it follows, and what waits for its next update. */
export class Listener {
  readonly feeds = new Map<string, Feed>();
  #patches: TopicPatch[] = [];
  #sentAt = -Infinity;

  /** Takes the place of a feed of the same name. */
  open(request: FeedRequest, history: History, deliveredSeq: number): Feed {
    const rate = Math.min(FEED_BYTES_PER_SECOND, request.limit * ROW_BYTES[request.shape] * TIMES_PER_SECOND);
    const feed = new Feed(request, history, deliveredSeq, request.complete ? null : new Allowance(rate));
    this.close(request.feed_id);
    this.feeds.set(request.feed_id, feed);
    return feed;
  }

  close(feedId: string): void {
    this.feeds.get(feedId)?.close();
    this.feeds.delete(feedId);
  }

  /** The browser is gone. */
  closeAll(): void {
    for (const feedId of [...this.feeds.keys()]) this.close(feedId);
  }

  offer(events: readonly StoredEvent[]): void {
    for (const feed of this.feeds.values()) feed.offer(events);
  }

  /** Patches go out in the order in which they are handed in. */
  add(patch: TopicPatch): void {
    this.#patches.push(patch);
  }

  /** Something is to be told, once it may be. */
  get waits(): boolean {
    return this.#patches.length > 0 || [...this.feeds.values()].some((feed) => feed.waits);
  }

  /** The next update: at once after a pause, else a tenth of a second after the last; null when there is none. */
  update(deliveredSeq: number, now: number): LiveUpdate | null {
    if (now - this.#sentAt < UPDATE_INTERVAL_MS) return null;
    const frames = [...this.feeds.values()].flatMap((feed) => feed.take(deliveredSeq, now) ?? []);
    if (frames.length === 0 && this.#patches.length === 0) return null;
    const patches = this.#patches;
    this.#patches = [];
    this.#sentAt = now;
    return { patches, frames };
  }
}
