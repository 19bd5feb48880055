import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StoredEvent } from '../../domain/events/envelope';
import type { EventFilter } from '../../domain/realtime/contract';
import { migrationsFolder } from '../process/paths';
import { SqliteHistory } from './history';
import type { NewEvent } from './types';

/** An event ready for history; whatever a test does not name is ordinary. */
export function newEvent(overrides: Partial<NewEvent> = {}): NewEvent {
  const payload = overrides.payload ?? { node_id: 'gh200-a', value: 1 };
  const payloadText = JSON.stringify(payload);
  return {
    eventId: randomUUID(),
    eventType: 'HOST_ONLINE',
    wireType: null,
    payload,
    payloadText,
    source: 'test',
    hostname: 'gh200-a',
    origin: 'data_bus',
    timestamp: 1_766_700_000,
    contentHash: createHash('sha256').update(payloadText).digest('hex'),
    correlationId: null,
    parentEventId: null,
    duplicateOf: null,
    queueEventId: null,
    idempotencyKey: null,
    outbound: true,
    category: 'cluster_health',
    severity: 'info',
    config: null,
    node: 'gh200-a',
    model: null,
    drift: [],
    ...overrides,
  };
}

/** A committed event that never saw a database. */
export function storedEvent(seq: number, overrides: Partial<NewEvent> = {}): StoredEvent {
  const { payloadText: _text, idempotencyKey: _key, outbound: _outbound, ...event } = newEvent(overrides);
  return { ...event, seq, receivedAt: event.timestamp };
}

export interface TestHistory {
  readonly folder: string;
  readonly file: string;
  readonly history: SqliteHistory;
  /** What was told of it being unable to take events, and null for each end of that. */
  readonly troubles: readonly (string | null)[];
  /** Closes the history and opens it anew. */
  reopen(): Promise<SqliteHistory>;
  close(): Promise<void>;
}

/** A real history in a folder of its own. */
export async function openTestHistory(): Promise<TestHistory> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ringside-history-'));
  const file = path.join(folder, 'ringside.db');
  const troubles: (string | null)[] = [];
  const onTrouble = (line: string | null): void => void troubles.push(line);
  const open = (): Promise<SqliteHistory> =>
    SqliteHistory.open({ file, migrations: migrationsFolder(), readers: 1, onTrouble });
  let history = await open();
  return {
    folder,
    file,
    troubles,
    get history() {
      return history;
    },
    reopen: async () => {
      await history.close();
      history = await open();
      return history;
    },
    close: async () => {
      await history.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const LISTS = {
  type: 'eventType',
  category: 'category',
  node: 'node',
  config: 'config',
  model: 'model',
  source: 'source',
  severity: 'severity',
} as const;

/** The filters without free text, the plainest way: the yardstick for the clever ones. */
export function plainlyMatches(filter: EventFilter, event: StoredEvent): boolean {
  for (const [name, field] of Object.entries(LISTS)) {
    const wanted = filter[name as keyof typeof LISTS] as readonly (string | null)[] | undefined;
    if (wanted && wanted.length > 0 && !wanted.includes(event[field])) return false;
  }
  return event.timestamp >= (filter.since ?? -Infinity) && event.timestamp <= (filter.until ?? Infinity);
}
