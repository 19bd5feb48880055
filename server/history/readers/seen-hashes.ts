import type { Connection } from '../../../db/client';
import { rearmingTypes, subjectOf } from '../../../domain/events';
import type { JsonObject } from '../../../domain/json';

/** What the duplicate index remembers of an event. */
export interface SeenHash {
  /** The first 32 hex digits of the content hash. */
  readonly contentHash: string;
  readonly eventId: string;
  readonly seq: number;
  readonly eventType: string;
  /** Epoch seconds, event time. */
  readonly timestamp: number;
  /** What a state-reporting event is about; null for all others. */
  readonly subject: string | null;
}

/**
 * Hashes as they cross from the reader thread: every start waits for them, and 50,000 events with their payloads as
 * objects took the two threads two seconds, most of it collecting garbage.
 */
export interface PackedHashes {
  /** Of each event WIDTH numbers: seq, timestamp, place of its type, place of its subject. */
  readonly numbers: Float64Array;
  /** Of each event 32 hex digits of its content hash and the 36 characters of its id. */
  readonly keys: string;
  readonly names: readonly string[];
}

const WIDTH = 4;
const HASH_LENGTH = 32;
const KEY_LENGTH = HASH_LENGTH + 36;
/** In place of a subject. */
const NO_NAME = -1;

const SEEN = `
  FROM events
  WHERE duplicate_of IS NULL AND seq > (SELECT max(seq) FROM events) - :limit AND timestamp >= :since`;
const ROWS = `SELECT seq, timestamp, event_type ${SEEN} ORDER BY seq`;
/** As one text, made by SQLite: two buffers per event, turned into text one by one, took four times as long as all the rest. */
const KEYS = `
  SELECT group_concat(
    lower(hex(substr(content_hash, 1, ${HASH_LENGTH / 2}))) || substr(id, 1, 8) || '-' || substr(id, 9, 4) || '-' ||
    substr(id, 13, 4) || '-' || substr(id, 17, 4) || '-' || substr(id, 21), '' ORDER BY seq)
  FROM (SELECT seq, content_hash, lower(hex(event_id)) AS id ${SEEN})`;
/** What a subject is read from, of the few types that have one. */
const REPORTS = `
  SELECT seq, payload, hostname ${SEEN} AND event_type IN (SELECT value FROM json_each(:rearming)) ORDER BY seq`;

/** Of the newest `limit` events those within a window of event time before the newest, oldest first. */
export function readSeenHashes(db: Connection, windowSeconds: number, limit: number): PackedHashes {
  return db.transaction(() => {
    const newest = db.prepare('SELECT max(timestamp) FROM events').pluck().get() as number | null;
    const seen = { limit, since: (newest ?? 0) - windowSeconds };
    const rows = db.prepare(ROWS).raw().all(seen) as [number, number, string][];
    const reports = db
      .prepare(REPORTS)
      .raw()
      .all({ ...seen, rearming: JSON.stringify(rearmingTypes()) }) as Report[];
    const keys = db.prepare(KEYS).pluck().get(seen) as string | null;
    return { ...placed(rows, reports), keys: keys ?? '' };
  })();
}

/** Seq, payload and hostname. */
type Report = [number, string, string];

/** `reports` are of some of the rows, in their order. */
function placed(
  rows: readonly [number, number, string][],
  reports: readonly Report[],
): Pick<PackedHashes, 'numbers' | 'names'> {
  const names = new Map<string, number>();
  const place = (name: string): number => {
    const known = names.get(name) ?? names.size;
    names.set(name, known);
    return known;
  };
  const numbers = new Float64Array(rows.length * WIDTH);
  let next = 0;
  for (const [at, [seq, timestamp, type]] of rows.entries()) {
    const report = reports[next]?.[0] === seq ? reports[next++] : undefined;
    const subject = report && subjectOf(type, JSON.parse(report[1]) as JsonObject, report[2]);
    numbers.set([seq, timestamp, place(type), subject == null ? NO_NAME : place(subject)], at * WIDTH);
  }
  return { numbers, names: [...names.keys()] };
}

/** One after the other: they are as short-lived as the events that they tell of once were. */
export function* seenHashes({ numbers, keys, names }: PackedHashes): Generator<SeenHash, void> {
  for (let at = 0, key = 0; at < numbers.length; at += WIDTH, key += KEY_LENGTH) {
    yield {
      contentHash: keys.slice(key, key + HASH_LENGTH),
      eventId: keys.slice(key + HASH_LENGTH, key + KEY_LENGTH),
      seq: numbers[at] ?? 0,
      timestamp: numbers[at + 1] ?? 0,
      eventType: names[numbers[at + 2] ?? 0] ?? '',
      subject: names[numbers[at + 3] ?? NO_NAME] ?? null,
    };
  }
}
