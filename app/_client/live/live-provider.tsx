'use client';

import type { ReactNode } from 'react';
import {
  createContext,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { ClockProvider, createClock } from '@/components/ui/time/clock';
import type { Json } from '@/domain/json';
import type { EventFilter, ServerStatus, TopicSnapshot } from '@/domain/realtime/contract';
import type { Connection } from './connection';
import type { LiveFrame } from './feeds';
import { eventTimeOf, LiveClient } from './live-client';
import { paced } from './paced';

export type { Connection } from './connection';
export type { LiveFrame } from './feeds';

const LiveContext = createContext<LiveClient | null>(null);
const CurrentContext = createContext(true);

/** Holds the connection to the server for all pages. `initial` and `status` are what the server rendered with. */
export function LiveProvider({
  initial,
  status,
  children,
}: {
  initial: readonly TopicSnapshot[];
  status: ServerStatus;
  children: ReactNode;
}) {
  const [client] = useState(() => {
    const made = new LiveClient(status);
    made.topics.seed(initial);
    return made;
  });
  const [clock] = useState(() => createClock(status.now, status.clock));
  useEffect(() => connect(client), [client]);
  useEffect(
    () =>
      client.listen(() => {
        const { now, clock: newest } = client.status();
        clock.sync(now, newest);
      }),
    [client, clock],
  );
  return (
    <LiveContext value={client}>
      <ClockProvider clock={clock}>{children}</ClockProvider>
    </LiveContext>
  );
}

/** socket.io comes after the first paint: the page already holds data, and its code need not wait for this. */
function connect(client: LiveClient): () => void {
  let detach: (() => void) | null = null;
  let gone = false;
  void import('socket.io-client').then(({ io }) => {
    if (gone) return;
    const options = { autoConnect: false, reconnectionDelay: 300, reconnectionDelayMax: 5_000 };
    detach = client.attach(io({ ...options, transports: ['websocket', 'polling'], tryAllTransports: true }));
  });
  const online = (): void => client.setBrowserOffline(false);
  const offline = (): void => client.setBrowserOffline(true);
  window.addEventListener('online', online);
  window.addEventListener('offline', offline);
  return () => {
    gone = true;
    window.removeEventListener('online', online);
    window.removeEventListener('offline', offline);
    detach?.();
  };
}

/**
 * Hands a page's server snapshots to the store before its children render, so that they start with data. The page takes
 * them before it waits for anything else, or what came with it might be older than they are without anybody knowing.
 */
export function LiveTopics({
  snapshots,
  children,
}: {
  snapshots: readonly TopicSnapshot[];
  children: ReactNode;
}) {
  const client = useLiveClient();
  const [current] = useState(() => client.topics.seed(snapshots));
  return <CurrentContext value={current}>{children}</CurrentContext>;
}

/** False on a page that was rendered before something which this browser knew when it showed the page. */
export function useRenderedCurrent(): boolean {
  return useContext(CurrentContext);
}

export function useLiveClient(): LiveClient {
  const client = useContext(LiveContext);
  if (client === null) throw new Error('Live hooks need a <LiveProvider> above them.');
  return client;
}

function useSubscribe(topic: string, everyMs = 0): (listener: () => void) => () => void {
  const { topics } = useLiveClient();
  return useMemo(() => {
    const listen = (listener: () => void): (() => void) => topics.listen(topic, listener);
    return everyMs > 0 ? paced(listen, everyMs) : listen;
  }, [topics, topic, everyMs]);
}

/** Figures that change faster than this cannot be read, milliseconds. */
export const READABLE_MS = 250;
/** For lists that are sorted anew when one of their lines changes. */
export const LIST_MS = 1_000;

/**
 * The entities of a topic by key; a new Map exactly when something changed. Subscribes while mounted. `everyMs`: it
 * renders at most so often, where a page cannot be read faster than that.
 */
export function useTopic<T extends Json>(topic: string, everyMs?: number): ReadonlyMap<string, T> {
  const { topics } = useLiveClient();
  const subscribe = useSubscribe(topic, everyMs);
  const entities = useSyncExternalStore(
    subscribe,
    () => topics.entities(topic),
    () => topics.seededEntities(topic),
  );
  return entities as ReadonlyMap<string, T>;
}

/** One entity; `absent` (undefined) while it does not exist. */
export function useEntity<T extends Json>(topic: string, key: string, absent?: T): T | undefined {
  const { topics } = useLiveClient();
  const subscribe = useSubscribe(topic, READABLE_MS);
  const entity = useSyncExternalStore(
    subscribe,
    () => topics.entities(topic).get(key),
    () => topics.seededEntities(topic).get(key),
  );
  return entity === undefined ? absent : (entity as T);
}

export function useServerStatus(): ServerStatus {
  const client = useLiveClient();
  return useSyncExternalStore(client.listen, client.status, () => client.initialStatus);
}

/** One figure of the status, a primitive: the status itself changes every second. */
export function useServerFigure<T extends string | number | boolean | null>(
  pick: (status: ServerStatus) => T,
): T {
  const client = useLiveClient();
  return useSyncExternalStore(
    client.listen,
    () => pick(client.status()),
    () => pick(client.initialStatus),
  );
}

/** When it is by the newest event, else by the server's clock, epoch seconds: it stands while nothing happens. */
export function useEventTime(): number {
  const client = useLiveClient();
  return useSyncExternalStore(client.listen, client.eventTime, () => eventTimeOf(client.initialStatus));
}

export function useConnection(): Connection {
  const client = useLiveClient();
  return useSyncExternalStore(client.listen, client.connection, () => client.initialConnection);
}

/** While `paused` is true, the status line says that this page holds its view still. */
export function useReportPaused(paused: boolean): void {
  const client = useLiveClient();
  useEffect(() => (paused ? client.pause() : undefined), [client, paused]);
}

export interface LiveFeedRequest {
  readonly shape: 'row' | 'dot';
  readonly filter: EventFilter;
  /** Rows wanted at most at the start (1..1000). */
  readonly limit: number;
  /** The seq up to which the server had looked for what it rendered with: the feed goes on after it. */
  readonly initialHead?: number | undefined;
}

/**
 * Follows a feed while mounted. When shape, filter or limit change it starts over with the newest rows, as a frame
 * with `reset`; `initialHead` counts only for the filter it was mounted with.
 */
export function useLiveFeed(request: LiveFeedRequest, onFrame: (frame: LiveFrame) => void): void {
  const client = useLiveClient();
  const { shape, limit, initialHead } = request;
  const filter = JSON.stringify(request.filter);
  const [first] = useState({
    key: `${shape} ${limit} ${filter}`,
    head: initialHead,
  });
  const deliver = useEffectEvent(onFrame);
  useEffect(() => {
    const head = first.key === `${shape} ${limit} ${filter}` ? (first.head ?? null) : null;
    const spec = { shape, limit, head, filter: JSON.parse(filter) as EventFilter };
    return client.feeds.start(spec, (frame) => deliver(frame));
  }, [client, first, shape, limit, filter]);
}
