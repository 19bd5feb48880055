import type { Logger } from 'pino';
import type { StoredEvent } from '../domain/events/envelope';
import { TOPIC_BYTES_PER_SECOND, UPDATE_INTERVAL_MS } from '../domain/realtime/contract';
import { EventsDbBridge } from './bridges/events-db/bridge';
import { retryRow } from './bridges/events-db/rows/retry-row';
import type { Bridge } from './bridges/types';
import { isWorking } from './bridges/working';
import type { Config } from './config';
import type { Core } from './core';
import { SavedViews } from './history/views/saved-views';
import { Arrivals } from './live/runtime/arrivals';
import { ClusterSubscribers } from './live/runtime/cluster-subscribers';
import { Deliveries } from './live/runtime/event-delivery';
import { DeadLetterCount } from './live/runtime/dead-letter-count';
import { LiveState } from './live/state/live-state';
import { RateMeter } from './live/runtime/rate-meter';
import { runtimeTopics, type RuntimeParts } from './live/runtime/runtime-topics';
import { TopicHub } from './live/topics/topic-hub';
import { DeadLetterDesk } from './router/dead-letter-desk';

/** Everything but the doors: history, router, folded state and bridges, wired and caught up. */
export interface Engine extends Core {
  readonly state: LiveState;
  readonly hub: TopicHub;
  readonly bridges: readonly Bridge[];
  readonly rate: RateMeter;
  readonly parts: RuntimeParts;
  readonly letters: DeadLetterCount;
  readonly deliveries: Deliveries;
  readonly queue: EventsDbBridge;
  readonly views: SavedViews;
}

/** What the doors tell the engine: they come later, and look at what it has. */
export interface Audience {
  /** Gets every committed event, in order, after the state has folded it. */
  deliver(events: readonly StoredEvent[]): void;
  watches(topic: string): boolean;
  readonly browsers: number;
}

/** Warms a core's router, restores the state and prepares the bridges (not yet started). */
export async function openEngine(
  core: Core,
  config: Config,
  log: Logger,
  audience: () => Audience | null,
): Promise<Engine> {
  const { history, router } = core;
  const rate = new RateMeter(() => Date.now() / 1000);
  const bridges: Bridge[] = [];
  const letters = new DeadLetterCount(history);
  const queue = eventsDbBridge(config, log, core, (name) => hub.touch('router.bridges', name));
  const parts: RuntimeParts = {
    startedAt: Date.now() / 1000,
    router,
    history,
    bridges,
    rate,
    browsers: () => audience()?.browsers ?? 0,
    letters,
    arrivals: new Arrivals(() => router.stats(), Date.now() / 1000),
    cluster: new ClusterSubscribers(queue),
    desk: deadLetterDesk(core, queue, letters),
  };
  const state: LiveState = new LiveState(history, log, (topic, key) => hub.touch(topic, key), {
    moreToCome: () => bridges.some((bridge) => bridge.status().state === 'importing'),
    onRenewed: () => hub.renewed(),
  });
  const hub: TopicHub = new TopicHub({
    epoch: state.epoch,
    sources: new Map([...state.topics(), ...runtimeTopics(parts)]),
    asOfSeq: () => state.asOfSeq,
    watched: (topic) => audience()?.watches(topic) ?? false,
    bytesPerFlush: (TOPIC_BYTES_PER_SECOND * UPDATE_INTERVAL_MS) / 1000,
  });
  // At once: a reader thread for each, and what the main thread makes of one is done while the other is read.
  const [views] = await Promise.all([
    SavedViews.open(history),
    state.restore(({ done, total }) => log.info({ done, total }, 'folding history')),
    router.warm(),
  ]);
  history.values.start();
  bridges.push(queue);

  router.attachQueue({
    name: 'events_db',
    ok: () => bridges.every((bridge) => isWorking(bridge.status())),
  });
  router.addSink((events) => {
    rate.add(events.length);
    state.deliver(events);
  }, 'live state');
  router.addSink((events) => audience()?.deliver(events), 'browsers');
  router.addSink(() => {
    for (const bridge of bridges) bridge.notify();
  }, 'bridges');
  const deliveries = new Deliveries(queue);
  return { ...core, state, hub, bridges, rate, parts, letters, queue, views, deliveries };
}

function eventsDbBridge(
  config: Config,
  log: Logger,
  { history, router }: Core,
  changed: (name: string) => void,
): EventsDbBridge {
  return new EventsDbBridge({
    file: config.eventsDb.file,
    create: config.eventsDb.create,
    history,
    ingest: (rows, letters, cursor) => router.ingest(rows, letters, cursor),
    onStatus: ({ name }) => changed(name),
    log,
  });
}

function deadLetterDesk(
  { history, router }: Core,
  queue: EventsDbBridge,
  letters: DeadLetterCount,
): DeadLetterDesk {
  return new DeadLetterDesk({
    history,
    redeliver: (handler, event) => router.redeliver(handler, event),
    retryRow: (letter) =>
      retryRow(letter, { row: (rowId) => queue.row(rowId), readmit: (row) => router.readmit(row) }),
    changed: () => void letters.refresh(),
  });
}
