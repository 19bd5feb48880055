import type { Logger } from 'pino';
import type { StoredEvent } from '../domain/events/envelope';
import type { ImportedEvent } from '../domain/export';
import type { JsonObject } from '../domain/json';
import type { States } from '../domain/projections';
import type { EventFilter, ServerStatus, TopicSnapshot } from '../domain/realtime/contract';
import type { Access } from './auth/access';
import type { RetentionKeeper } from './history/retention/keeper';
import type { SavedViews } from './history/views/saved-views';
import type { ActionLog } from './history/actions/action-types';
import type { History } from './history/types';
import type { ArrivalBucket, ArrivalSpan } from './live/runtime/arrivals';
import type { Delivery } from './live/runtime/event-delivery';
import type { RouterReport } from './live/runtime/router-report';
import type { ListStart } from './live/feeds/list-start';
import type { Producers } from './producers/producers';
import type { Repeated } from './router/duplicates/duplicate-index';
import type { DeadLetterDesk } from './router/dead-letter-desk';
import type { ImportResult } from './router/prepare/prepare-import';
import type { LogRow, PublishRequest, PublishResult } from './router/types';

/** What route handlers, server components and tRPC procedures may use of the running server. */
export interface Services {
  readonly history: History;
  readonly live: {
    /** Current state of topics, for a first paint that already holds data. Unknown topics are left out. */
    snapshot(topics: readonly string[]): TopicSnapshot[];
    status(): ServerStatus;
    /** The folded state behind `GET /api/state/<name>`; undefined for a name that has none. */
    state(name: string): unknown;
    /** All folded state, to be read at once and never kept or written to: the next event changes it in place. */
    states(): States;
    /** Event time of the newest event folded, epoch seconds; null before the first. What `now` is for ages, rates and ranges. */
    clock(): number | null;
  };
  readonly router: {
    publish(request: PublishRequest): Promise<PublishResult>;
    /** Counts an event that a door refused, by the code of its refusal. */
    refused(code: string): void;
    importRows(
      rows: readonly LogRow[],
    ): Promise<{ stored: number; existing: number; duplicates: number; deadLetters: number }>;
    importEvents(events: readonly ImportedEvent[], importId: string): Promise<ImportResult>;
    /** What a component that published this content now would repeat, and the window of its type in seconds. */
    repetition(eventType: string, payload: JsonObject): { first: Repeated | null; window: number };
    /** What the router page shows of the running router and of the cluster's subscribers. */
    report(): Promise<RouterReport>;
    /** What came through this server, by the server's clock, oldest first. */
    arrivals(span: ArrivalSpan): readonly ArrivalBucket[];
  };
  /** Events of others, within each one's share and in fair turns. */
  readonly producers: Pick<Producers, 'publish' | 'stream'>;
  /** Decides about dead letters. */
  readonly deadLetters: Pick<DeadLetterDesk, 'count' | 'retry' | 'discard'>;
  /** Who asks, and who may come in. */
  readonly access: Access;
  /** A simulated cluster on data of its own. */
  readonly demo: boolean;
  /** How an event stands in the shared file, and who acked it there. */
  readonly delivery: (event: StoredEvent) => Promise<Delivery>;
  /** What operators' actions need beyond publishing (server/api/actions). */
  readonly actions: {
    readonly log: ActionLog;
    /** Runs one decision after the other, so that each sees what the one before did. */
    inTurn<T>(decide: () => Promise<T>): Promise<T>;
    newId(): string;
  };
  /** Keeps history within the limits that are set. */
  readonly retention: Pick<RetentionKeeper, 'status' | 'preview' | 'set'>;
  /** Pages kept under a name. */
  readonly views: Pick<SavedViews, 'list' | 'change'>;
  /** What a page's list of events starts with, soon rather than complete. */
  readonly newest: (filter: EventFilter, limit: number) => Promise<ListStart>;
  readonly health: () => HealthReport;
  readonly metrics: () => Promise<string>;
  readonly log: Logger;
}

export interface HealthReport {
  readonly status: 'ok' | 'degraded' | 'starting';
  readonly ready: boolean;
  readonly version: string;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string | null }[];
}

const KEY = Symbol.for('ringside.services');
type Holder = { [KEY]?: Services };

/** Called once by the composition root, before the first request is served. */
export function provideServices(services: Services): void {
  (globalThis as Holder)[KEY] = services;
}

/**
 * The running server's services. Next bundles pages apart from `server/main.ts`, so module state is not shared between
 * them; the process-wide registry is. Throws when no server is running (a page rendered outside `ringside start`).
 */
export function services(): Services {
  const found = (globalThis as Holder)[KEY];
  if (!found)
    throw new Error(
      'Ringside services are not running: start the server with `npm start`, not with `next start`.',
    );
  return found;
}
