import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { BridgeEntity } from '../../domain/realtime/entities';
import { routerStatus, type RuntimeParts } from './runtime/runtime-topics';

type Figures = ReturnType<typeof routerStatus>;

/** Prometheus metrics, read from the running parts when they are scraped; nothing is counted twice to be exported. */
export function createMetrics(parts: RuntimeParts, headSeq: () => number): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counter = (name: string, help: string, read: (figures: Figures) => number): void => {
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(read(routerStatus(parts)));
      },
    });
  };
  const gauge = (name: string, help: string, read: (figures: Figures) => number | null): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read(routerStatus(parts)) ?? Number.NaN);
      },
    });
  };
  counter(
    'ringside_events_stored_total',
    'Events committed to history since the start of the server',
    (figures) => figures.stored,
  );
  counter(
    'ringside_events_duplicate_total',
    'Duplicates recognised since the start of the server',
    (figures) => figures.duplicates,
  );
  counter(
    'ringside_events_rejected_total',
    'Events refused since the start of the server',
    (figures) => figures.rejected,
  );
  counter('ringside_handler_failures_total', 'Handlers that threw', (figures) => figures.handler_failures);
  counter(
    'ringside_handler_timeouts_total',
    'Handlers that did not finish in time',
    (figures) => figures.handler_timeouts,
  );
  gauge(
    'ringside_events_per_second',
    'Events committed per second, mean over 10 s',
    (figures) => figures.events_per_second,
  );
  gauge(
    'ringside_commit_milliseconds_p99',
    'Duration of a history transaction, 99th percentile of the last 1024',
    (figures) => figures.commit_ms_p99,
  );
  gauge(
    'ringside_dead_letters_open',
    'Dead letters that wait for a decision',
    (figures) => figures.dead_letters,
  );
  gauge('ringside_browsers', 'Browsers connected to the gateway', (figures) => figures.browsers);
  gauge('ringside_history_bytes', 'Size of the history on disk', (figures) => figures.history.size_bytes);
  gauge('ringside_history_ok', '1 while history takes events', (figures) =>
    figures.history.state === 'ok' ? 1 : 0,
  );
  new Gauge({
    name: 'ringside_history_seq',
    help: 'Sequence number of the newest event',
    registers: [registry],
    collect() {
      this.set(headSeq());
    },
  });
  bridgeMetrics(parts, registry);
  return registry;
}

function bridgeMetrics(parts: RuntimeParts, registry: Registry): void {
  const gauge = (name: string, help: string, read: (status: BridgeEntity) => number | null): void => {
    new Gauge({
      name,
      help,
      labelNames: ['bridge'] as const,
      registers: [registry],
      collect() {
        for (const bridge of parts.bridges)
          this.set({ bridge: bridge.name }, read(bridge.status()) ?? Number.NaN);
      },
    });
  };
  gauge('ringside_bridge_up', '1 while the bridge reads its log', ({ state }) =>
    state === 'live' || state === 'importing' ? 1 : 0,
  );
  gauge('ringside_bridge_lag_milliseconds', 'How far the bridge is behind its log', ({ lag_ms }) => lag_ms);
  gauge(
    'ringside_bridge_outbox_pending',
    'Events that wait to be forwarded',
    ({ outbox_pending }) => outbox_pending,
  );
}
