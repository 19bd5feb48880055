import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { beforeAll, describe } from 'vitest';
import type { StoredEvent } from '../../events/envelope';
import type { JsonObject } from '../../json';
import type { Fold } from '..';
import { event } from './event';
import { folded } from './run';

const FILE = path.resolve(import.meta.dirname, '../../../../shared/data/recorded-cluster.events.db.gz');

type Row = {
  event_id: number;
  event_type: string;
  payload: string;
  source: string;
  hostname: string;
  created_at: number;
};

/** Without these, SQLite reads the whole log for each row that it joins. */
const INDEXES = `
  CREATE INDEX by_type ON events (event_type);
  CREATE INDEX by_upper_type ON events (upper(event_type), created_at);
  CREATE INDEX by_job ON events (payload ->> 'job_id');
  CREATE INDEX by_extracted_job ON events (json_extract(payload, '$.job_id'));
  CREATE INDEX by_model ON events (payload ->> 'model_id');
  CREATE INDEX by_target ON events (payload ->> 'target_id');
  ANALYZE;`;

/** The recorded cluster, folded, beside its raw rows: what a figure is and what SQL says it must be. */
export class Recording {
  readonly #db = new Database(gunzipSync(readFileSync(FILE)));
  readonly events: readonly StoredEvent[];
  readonly fold: Fold;

  constructor() {
    this.#db.exec(INDEXES);
    this.events = this.rows<Row>('SELECT * FROM events ORDER BY event_id').map(toEvent);
    this.fold = folded(this.events);
  }

  /** The first column of the first row. Types are spelled as the producers wrote them: compare `upper(event_type)`. */
  value(sql: string, ...parameters: unknown[]): unknown {
    return this.#db
      .prepare(sql)
      .pluck()
      .get(...parameters);
  }

  rows<T>(sql: string, ...parameters: unknown[]): T[] {
    return this.#db.prepare(sql).all(...parameters) as T[];
  }
}

/** As the import stores it, but for rows that repeat one another: those tests compare with all rows. */
function toEvent(row: Row): StoredEvent {
  return event(row.event_type, JSON.parse(row.payload) as JsonObject, 0, {
    seq: row.event_id,
    source: row.source,
    hostname: row.hostname,
    timestamp: row.created_at,
    receivedAt: row.created_at,
  });
}

let shared: Recording | null = null;

/** A suite over the recording, which all suites of a worker share; left out where the recording is not at hand. */
export function describeRecording(name: string, suite: (recording: () => Recording) => void): void {
  describe.runIf(existsSync(FILE))(`${name} of the recorded cluster`, () => {
    let recording: Recording;
    beforeAll(() => {
      recording = shared ??= new Recording();
    });
    suite(() => recording);
  });
}
