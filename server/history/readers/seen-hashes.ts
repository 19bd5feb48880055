import type { Connection } from '../../../db/client';
import { rearmingTypes, subjectOf } from '../../../domain/events';
import type { JsonObject } from '../../../domain/json';
import { bytesToUuid } from '../sql/uuid-bytes';

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
const HASH_BYTES = HASH_LENGTH / 2;
const KEY_LENGTH = HASH_LENGTH + 36;
/** In place of a subject. */
const NO_NAME = -1;

// What a subject is read from is fetched for the few types that have one.
const NEWEST_HASHES = `
  SELECT seq, timestamp, event_type, content_hash, event_id,
         CASE WHEN event_type IN (SELECT value FROM json_each(:rearming)) THEN payload END,
         CASE WHEN event_type IN (SELECT value FROM json_each(:rearming)) THEN hostname END
  FROM events
  WHERE duplicate_of IS NULL AND seq > (SELECT max(seq) FROM events) - :limit AND timestamp >= :since
  ORDER BY seq`;
type HashRow = [number, number, string, Buffer, Buffer, string | null, string | null];

/** Of the newest `limit` events those within a window of event time before the newest, oldest first. */
export function readSeenHashes(db: Connection, windowSeconds: number, limit: number): PackedHashes {
  const names = new Map<string, number>();
  const place = (name: string): number => {
    const known = names.get(name) ?? names.size;
    names.set(name, known);
    return known;
  };
  const numbers: number[] = [];
  let keys = '';
  const newest = db.prepare('SELECT max(timestamp) FROM events').pluck().get() as number | null;
  const ask = { rearming: JSON.stringify(rearmingTypes()), limit, since: (newest ?? 0) - windowSeconds };
  for (const row of db.prepare(NEWEST_HASHES).raw().iterate(ask) as Iterable<HashRow>) {
    const [seq, timestamp, type, hash, id, payload, hostname] = row;
    const subject =
      payload === null ? null : subjectOf(type, JSON.parse(payload) as JsonObject, hostname ?? '');
    numbers.push(seq, timestamp, place(type), subject === null ? NO_NAME : place(subject));
    keys += hash.toString('hex', 0, HASH_BYTES) + bytesToUuid(id);
  }
  return { numbers: Float64Array.from(numbers), keys, names: [...names.keys()] };
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
