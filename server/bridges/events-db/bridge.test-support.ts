import Database from 'better-sqlite3';
import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredEvent } from '../../../domain/events/envelope';
import type { JsonObject } from '../../../domain/json';
import type { NewDeadLetter } from '../../history/letters/letter-types';
import type { BridgeCursor } from '../../history/types';
import type { LogRow } from '../../router/types';
import type { EventsDbBridgeOptions } from './bridge';
import { EventsDbBridge } from './bridge';
import { prepareConnection } from './queue/schema';

export const hasPython = spawnSync('python3', ['-c', 'import sqlite3']).status === 0;

/** Runs a Python program; what it prints, or an error with what it complained about. */
export function python(program: string, ...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      'python3',
      ['-c', program, ...args],
      { maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error) reject(new Error(`${error.message}\n${stderr}`));
        else resolve(stdout);
      },
    );
  });
}

export function temporaryFolder(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-bridge-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Waits for a condition; fails the test after a generous time. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A writer to the shared file beside the bridge, with RingRift's settings. */
export function openLog(file: string): Database.Database {
  const db = new Database(file, { timeout: 5000 });
  prepareConnection(db);
  return db;
}

export interface TestRow {
  type?: string;
  payload?: unknown;
  source?: unknown;
  hostname?: unknown;
  at?: unknown;
}

export function insertRow(db: Database.Database, row: TestRow = {}): number {
  const {
    type = 'training_progress',
    payload = '{}',
    source = 'test',
    hostname = 'node-1',
    at = Date.now() / 1000,
  } = row;
  const insert = db.prepare(
    'INSERT INTO events (event_type, payload, source, hostname, created_at) VALUES (?, ?, ?, ?, ?)',
  );
  return Number(insert.run(type, payload, source, hostname, at).lastInsertRowid);
}

/** What survives a `kill -9` of the server: the durable side of history, in memory. */
export class FakeHistory {
  readonly rows: LogRow[] = [];
  readonly deadLetters: NewDeadLetter[] = [];
  readonly published: StoredEvent[] = [];
  cursor: BridgeCursor | null = null;
  /** Batches committed so far. */
  commits = 0;
  /** Set to make the next calls fail, as a full disk would. */
  failure: Error | null = null;
  /** Called before a batch or a mark is committed; may wait or throw. */
  beforeIngest: () => Promise<void> = () => Promise.resolve();
  /** Types that the router does not take. */
  readonly refuses = new Set<string>();
  beforeMark: () => Promise<void> = () => Promise.resolve();

  publish(eventType: string, payload: JsonObject, timestamp = Date.now() / 1000): StoredEvent {
    const seq = this.published.length + 1;
    const event: StoredEvent = {
      eventId: `00000000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
      seq,
      eventType,
      wireType: null,
      payload,
      source: 'operator',
      hostname: 'control',
      origin: 'router',
      timestamp,
      receivedAt: timestamp,
      contentHash: '0'.repeat(64),
      correlationId: null,
      parentEventId: null,
      duplicateOf: null,
      queueEventId: null,
      category: 'system',
      severity: 'info',
      config: null,
      node: null,
      model: null,
      drift: [],
    };
    this.published.push(event);
    return event;
  }

  readonly ingest = async (
    rows: readonly LogRow[],
    deadLetters: readonly NewDeadLetter[],
    cursor: BridgeCursor,
  ) => {
    await this.beforeIngest();
    if (this.failure) throw this.failure;
    const known = new Set(this.rows.map((row) => row.eventId));
    const taken = rows.filter((row) => !this.refuses.has(row.eventType));
    this.rows.push(...taken.filter((row) => !known.has(row.eventId)));
    this.deadLetters.push(...deadLetters);
    this.cursor = cursor;
    this.commits += 1;
    return { deadLetters: deadLetters.length + rows.length - taken.length };
  };

  cursorOf(): Promise<BridgeCursor | null> {
    return Promise.resolve(this.cursor);
  }

  outbox(aboveSeq: number, limit: number): Promise<readonly StoredEvent[]> {
    if (this.failure) return Promise.reject(this.failure);
    return Promise.resolve(this.published.filter((event) => event.seq > aboveSeq).slice(0, limit));
  }

  outboxPending(aboveSeq: number): Promise<number> {
    return Promise.resolve(this.published.filter((event) => event.seq > aboveSeq).length);
  }

  async markForwarded(
    cursor: BridgeCursor,
    rows: readonly { seq: number; queueEventId: number }[],
  ): Promise<void> {
    await this.beforeMark();
    if (this.failure) throw this.failure;
    for (const { seq, queueEventId } of rows) {
      const index = seq - 1;
      const event = this.published[index];
      if (event) this.published[index] = { ...event, queueEventId };
    }
    this.cursor = cursor;
  }
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

type BridgeOptions = Partial<EventsDbBridgeOptions>;

/** A folder with an events.db, a history, and the bridges and connections that a test opens on them. */
export class BridgePlace {
  readonly #place = temporaryFolder();
  readonly #running: EventsDbBridge[] = [];
  readonly #open: Database.Database[] = [];
  readonly folder = join(this.#place.folder, 'coordination');
  readonly file = join(this.folder, 'events.db');
  readonly history = new FakeHistory();

  constructor() {
    mkdirSync(this.folder);
  }

  async started(options: BridgeOptions = {}): Promise<EventsDbBridge> {
    const { file, history } = this;
    const bridge = new EventsDbBridge({
      file,
      create: 'file',
      history,
      ingest: history.ingest,
      log: silent,
      hostname: 'control',
      ...options,
    });
    this.#running.push(bridge);
    await bridge.start();
    return bridge;
  }

  async live(options: BridgeOptions = {}): Promise<EventsDbBridge> {
    const bridge = await this.started(options);
    await until(() => bridge.status().state === 'live', 'the bridge is live');
    return bridge;
  }

  /** Another process's connection to the file. */
  log(): Database.Database {
    const db = openLog(this.file);
    this.#open.push(db);
    return db;
  }

  async clear(): Promise<void> {
    await Promise.all(this.#running.map((bridge) => bridge.stop()));
    for (const db of this.#open) db.close();
    this.#place.remove();
  }
}
