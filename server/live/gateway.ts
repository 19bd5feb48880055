import type { Logger } from 'pino';
import type { Socket } from 'socket.io';
import type { StoredEvent } from '../../domain/events/envelope';
import {
  UPDATE_INTERVAL_MS,
  type ClientToServer,
  type FeedAnswer,
  type FeedError,
  type FeedRequest,
  type ServerStatus,
  type ServerToClient,
  type TopicAnswer,
} from '../../domain/realtime/contract';
import type { Access } from '../auth/access';
import type { History } from '../history/types';
import { Admission } from './admission';
import { parseFeedRequest, parseTopicRequests } from './feeds/feed-request';
import { Listener } from './listener';
import { waitingPackets, type SocketServer } from './socket-server';
import type { TopicHub } from './topics/topic-hub';

type LiveSocket = Socket<ClientToServer, ServerToClient>;

const FEEDS_PER_SOCKET = 8;
const MAX_BROWSERS = 500;
/** While something waits, the gateway looks so often whether a browser may get its next update. */
const LOOK_MS = 5;
/** Packets that may wait for one client. One that stops reading is let go: it resumes by sequence when it comes back. */
const MAX_WAITING_PACKETS = 600;

export interface GatewayOptions {
  readonly io: SocketServer;
  readonly hub: TopicHub;
  readonly history: History;
  readonly access: Pick<Access, 'principal' | 'refresh' | 'onChange'>;
  readonly behindProxy: boolean;
  readonly status: () => ServerStatus;
  readonly log: Logger;
}

/** The socket.io side of the live state: topics to rooms, feeds to sockets, at a bounded pace and a bounded memory. */
export class Gateway {
  readonly #io: SocketServer;
  readonly #listeners = new Map<LiveSocket, Listener>();
  readonly #sockets = new Set<LiveSocket>();
  readonly #timers: NodeJS.Timeout[];
  #looking: NodeJS.Timeout | null = null;
  readonly #admission: Admission<LiveSocket>;
  #deliveredSeq: number;

  constructor(private readonly options: GatewayOptions) {
    this.#deliveredSeq = options.history.headSeq;
    this.#io = options.io;
    const { access, behindProxy, log } = options;
    this.#admission = new Admission<LiveSocket>({
      access,
      behindProxy,
      log,
      permission: 'read',
      sockets: () => this.#sockets,
      most: MAX_BROWSERS,
    });
    this.#io.use(this.#admission.admit);
    this.#io.on('connection', (socket) => this.#connect(socket));
    this.#timers = [
      setInterval(() => this.#flushTopics(), UPDATE_INTERVAL_MS),
      setInterval(() => this.#everySecond(), 1_000),
    ];
  }

  get browsers(): number {
    return this.#sockets.size;
  }

  /** True while a browser looks at this topic. */
  watches(topic: string): boolean {
    return this.#io.sockets.adapter.rooms.has(topic);
  }

  /** Takes committed events, in order. */
  deliver(events: readonly StoredEvent[]): void {
    const last = events.at(-1);
    if (!last) return;
    for (const listener of this.#listeners.values()) listener.offer(events);
    this.#deliveredSeq = Math.max(this.#deliveredSeq, last.seq);
    this.#lookSoon();
  }

  #connect(socket: LiveSocket): void {
    const listener = new Listener();
    this.#listeners.set(socket, listener);
    this.#sockets.add(socket);
    socket.emit('server:status', this.options.status());
    socket.on('live:subscribe', (topics, answer) => this.#subscribe(socket, topics, answer));
    socket.on('live:unsubscribe', (topics) => {
      if (Array.isArray(topics))
        for (const topic of topics) if (typeof topic === 'string') void socket.leave(topic);
    });
    socket.on('feed:subscribe', (request, answer) => void this.#openFeed(listener, request, answer));
    socket.on('feed:unsubscribe', (feedId) => listener.close(feedId));
    socket.on('disconnect', () => {
      listener.closeAll();
      this.#listeners.delete(socket);
      this.#sockets.delete(socket);
    });
  }

  /** Joins before it answers, within one turn: a patch can come neither between nor twice. */
  #subscribe(socket: LiveSocket, topics: unknown, answer: unknown): void {
    const requests = parseTopicRequests(topics);
    if (!requests || typeof answer !== 'function') return;
    const answers = requests.map((request): TopicAnswer => {
      const found = this.options.hub.answer(request);
      if (found.kind !== 'unknown') void socket.join(request.topic);
      return found;
    });
    (answer as (answers: readonly TopicAnswer[]) => void)(answers);
  }

  async #openFeed(listener: Listener, wanted: unknown, answer: unknown): Promise<void> {
    if (typeof answer !== 'function') return;
    const reply = answer as (answer: FeedAnswer | { error: FeedError }) => void;
    const parsed = parseFeedRequest(wanted);
    const { feeds } = listener;
    const refusal = 'error' in parsed ? parsed.error : refusalOf(feeds, parsed.request);
    if ('error' in parsed || refusal) {
      if (refusal) reply({ error: refusal });
      return;
    }
    const { request } = parsed;
    const feed = listener.open(request, this.options.history, this.#deliveredSeq);
    try {
      reply(await feed.prime());
    } catch (error) {
      if (error instanceof Error && error.name === 'CancelledError') return;
      // The browser may have asked anew under the same name meanwhile.
      if (feeds.get(request.feed_id) === feed) feeds.delete(request.feed_id);
      const refused = feedErrorOf(error);
      if (refused.code === 'history_unavailable')
        this.options.log.warn({ err: error }, 'a feed could not be read from history');
      reply({ error: refused });
    }
  }

  #flushTopics(): void {
    for (const patch of this.options.hub.flush())
      for (const [socket, listener] of this.#listeners)
        if (socket.rooms.has(patch.topic)) listener.add(patch);
    this.#lookSoon();
  }

  /** A server with nothing to tell does not wake up for it. */
  #lookSoon(): void {
    if (this.#listeners.size > 0) this.#looking ??= setTimeout(() => this.#sendUpdates(), LOOK_MS);
  }

  #sendUpdates(): void {
    this.#looking = null;
    const now = performance.now();
    let waits = false;
    for (const [socket, listener] of this.#listeners) {
      const update = listener.update(this.#deliveredSeq, now);
      if (update) socket.emit('live:update', update);
      waits ||= listener.waits;
    }
    if (waits) this.#lookSoon();
  }

  #everySecond(): void {
    this.#io.volatile.emit('server:status', this.options.status());
    for (const socket of this.#listeners.keys()) {
      const waiting = waitingPackets(socket);
      if (waiting <= MAX_WAITING_PACKETS) continue;
      this.options.log.warn(
        { socket: socket.id, waiting },
        'a browser stopped reading and was disconnected; it resumes when it comes back',
      );
      socket.disconnect(true);
    }
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    if (this.#looking) clearTimeout(this.#looking);
    this.#admission.close();
    await this.#io.close();
  }
}

function refusalOf(feeds: ReadonlyMap<string, unknown>, request: FeedRequest): FeedError | null {
  if (feeds.has(request.feed_id) || feeds.size < FEEDS_PER_SOCKET) return null;
  return { code: 'too_many_feeds', message: `a browser may follow ${FEEDS_PER_SOCKET} feeds at a time` };
}

/** By name: an error that comes from a reader thread is another's. */
function feedErrorOf(error: unknown): FeedError {
  return error instanceof Error && error.name === 'SearchDeadlineError'
    ? { code: 'search_deadline', message: error.message }
    : {
        code: 'history_unavailable',
        message: 'history cannot be read right now; the page tries again by itself',
      };
}
