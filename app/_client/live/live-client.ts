import type { Socket } from 'socket.io-client';
import type { AccessChange, ClientToServer, ServerStatus, ServerToClient } from '@/domain/realtime/contract';
import type { Connection, ConnectionFacts } from './connection';
import { judge, nextConnection } from './connection';
import { Feeds } from './feeds';
import { Topics } from './topics';

export type LiveSocket = Socket<ServerToClient, ClientToServer>;

const ANSWER_TIMEOUT_MS = 10_000;
const RETRY_MS = 2_000;

/** The time of the newest event, else the server's own: epoch seconds. */
export const eventTimeOf = ({ clock, now }: ServerStatus): number => clock ?? now;

/**
 * The browser's one connection to the gateway. Nothing is emitted while it is down (socket.io would keep it and send
 * it later): on every connect the open topics and feeds are asked for anew, from where they stand.
 */
export class LiveClient {
  readonly topics: Topics;
  readonly feeds: Feeds;
  private socket: LiveSocket | null = null;
  private facts: ConnectionFacts;
  private shown: Connection;
  private readonly listeners = new Set<() => void>();
  private readonly accessListeners = new Set<(change: AccessChange) => void>();
  private pauses = 0;

  constructor(
    readonly initialStatus: ServerStatus,
    private readonly clock: () => number = Date.now,
  ) {
    const now = clock();
    this.facts = {
      connected: false,
      everConnected: false,
      browserOffline: false,
      lastHeard: null,
      downSince: now,
      paused: false,
      status: initialStatus,
    };
    this.shown = { state: 'connecting', since: now, behindMs: 0, silent: false };
    this.initialConnection = this.shown;
    this.topics = new Topics({
      subscribe: (requests) => this.subscribeTopics(requests),
      unsubscribe: (topics) => {
        if (this.socket?.connected === true) this.socket.emit('live:unsubscribe', topics);
      },
    });
    this.feeds = new Feeds({
      subscribe: (request) => this.subscribeFeed(request),
      unsubscribe: (id) => {
        if (this.socket?.connected === true) this.socket.emit('feed:unsubscribe', id);
      },
    });
  }

  readonly initialConnection: Connection;
  readonly connection = (): Connection => this.shown;
  readonly status = (): ServerStatus => this.facts.status ?? this.initialStatus;
  readonly eventTime = (): number => eventTimeOf(this.status());

  /** The server serves pages of another build than this one: what this page shows and asks may not fit it any more. */
  readonly isOutdated = (): boolean => this.status().build !== this.initialStatus.build;

  /** Told when the connection or the server's status changed. */
  readonly listen = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Told when the server says that this visitor's access changed or ended. */
  readonly onAccess = (listener: (change: AccessChange) => void): (() => void) => {
    this.accessListeners.add(listener);
    return () => this.accessListeners.delete(listener);
  };

  /** The visitor signs out: the end of the session, which the server tells of, is no news to anybody then. */
  leave(): void {
    this.accessListeners.clear();
  }

  /** Takes a socket that is not connected yet into use; call what it returns to let go of it. */
  attach(socket: LiveSocket): () => void {
    this.socket = socket;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const reconnect = (): void => {
      clearTimeout(retry);
      // The manager retries by itself unless the server (or its middleware) closed the door: then we knock again.
      retry = setTimeout(() => !socket.active && socket.connect(), RETRY_MS);
    };
    socket.on('connect', () => this.onConnect());
    socket.on('disconnect', () => {
      this.onDisconnect();
      reconnect();
    });
    socket.on('server:access', (change) => this.tellAccess(change));
    socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
      this.learn({});
      if (error.data?.code === 'unauthorized') this.tellAccess({ state: 'ended', message: error.message });
      if (!socket.active) reconnect();
    });
    socket.on('live:update', ({ patches, frames }) => {
      for (const patch of patches) this.topics.patched(patch);
      for (const frame of frames) this.feeds.framed(frame);
    });
    socket.on('server:status', (status) => this.learn({ status, lastHeard: this.clock() }));
    const ticking = setInterval(() => this.learn({}), 1000);
    socket.connect();
    return () => {
      clearInterval(ticking);
      clearTimeout(retry);
      socket.removeAllListeners();
      socket.disconnect();
      this.socket = null;
      this.onDisconnect();
    };
  }

  /** The browser's own word on whether there is a network; when it is back, no backoff is waited for. */
  setBrowserOffline(browserOffline: boolean): void {
    this.learn({ browserOffline });
    if (!browserOffline && this.socket?.connected === false) this.socket.connect();
  }

  /** A page holds its view still; until the returned function is called, the status line says so. */
  pause(): () => void {
    this.learn({ paused: ++this.pauses > 0 });
    return () => this.learn({ paused: --this.pauses > 0 });
  }

  private tellAccess(change: AccessChange): void {
    for (const listener of [...this.accessListeners]) listener(change);
  }

  private onConnect(): void {
    this.learn({ connected: true, everConnected: true, lastHeard: this.clock() });
    this.topics.connected();
    this.feeds.connected();
  }

  private onDisconnect(): void {
    this.topics.disconnected();
    this.learn({ connected: false, downSince: this.clock() });
  }

  private learn(facts: Partial<ConnectionFacts>): void {
    const now = this.clock();
    this.facts = { ...this.facts, ...facts };
    const shown = nextConnection(this.shown, judge(this.facts, now), now);
    if (shown === this.shown && facts.status === undefined) return;
    this.shown = shown;
    for (const listener of [...this.listeners]) listener();
  }

  private subscribeTopics(requests: Parameters<ClientToServer['live:subscribe']>[0]): void {
    const socket = this.socket;
    if (socket?.connected !== true || requests.length === 0) return;
    socket.timeout(ANSWER_TIMEOUT_MS).emit('live:subscribe', requests, (error: Error | null, answers) => {
      // No answer on a connection that lives: start over with a new one rather than show a table that stands still.
      if (error) this.renew(socket);
      else this.topics.answered(answers);
    });
  }

  private subscribeFeed(request: Parameters<ClientToServer['feed:subscribe']>[0]): void {
    const socket = this.socket;
    if (socket?.connected !== true) return;
    socket.timeout(ANSWER_TIMEOUT_MS).emit('feed:subscribe', request, (error: Error | null, answer) => {
      if (error) this.renew(socket);
      else this.feeds.answered(request.feed_id, answer);
    });
  }

  private renew(socket: LiveSocket): void {
    if (socket !== this.socket || !socket.connected) return;
    socket.disconnect();
    socket.connect();
  }
}
