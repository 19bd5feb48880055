import { rearms, subjectOf } from '../../domain/events';
import type { JsonObject } from '../../domain/json';
import { DuplicateEntry, EntryQueue } from './duplicate-entry';

export interface DuplicateOptions {
  /** Seconds of event time within which equal content is a repetition. Default 3600; 0 switches the check off. */
  readonly windowSeconds?: number;
  /** Canonical type to a window of its own. */
  readonly windowByType?: ReadonlyMap<string, number>;
  /** Most contents remembered; beyond it the oldest is forgotten early, and counted. Default 500,000. */
  readonly maxEntries?: number;
}

/** What the index needs to know of an event. */
export interface Subjectable {
  readonly contentHash: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly payload: JsonObject;
  readonly hostname: string;
  /** Epoch seconds, event time. */
  readonly timestamp: number;
}

const DEFAULT_WINDOW_SECONDS = 3600;
const DEFAULT_MAX_ENTRIES = 500_000;
/** Entries past their window stay while there are fewer than this, for an old file that is imported beside live rows. */
const KEEP_EXPIRED_BELOW = 100_000;

/**
 * Remembers which contents were delivered, to recognise repetitions.
 *
 * - The window counts event time, in both directions, from the first delivered event, so that a recording folds to the
 *   same result at any speed and in any company. It does not slide: a steady repetition gets through once per window.
 * - An event that reports the opposite state of the same subject makes the index forget its counterpart's contents
 *   (`domain/events` knows the pairs), within the same window.
 * - An entry exists from the moment its event was accepted, before the commit; see `DuplicateEntry.committed`.
 */
export class DuplicateIndex {
  private readonly newestByHash = new Map<string, DuplicateEntry>();
  /** Entries that an opposite event can clear, by type and subject. */
  private readonly bySubject = new Map<string, Set<DuplicateEntry>>();
  private readonly queue = new EntryQueue();
  private readonly defaultWindow: number;
  private readonly windowByType: ReadonlyMap<string, number>;
  private readonly maxEntries: number;
  private newestTimestamp = 0;
  private early = 0;

  constructor(options: DuplicateOptions = {}) {
    this.defaultWindow = options.windowSeconds ?? DEFAULT_WINDOW_SECONDS;
    this.windowByType = options.windowByType ?? new Map();
    this.maxEntries = options.maxEntries ?? DEFAULT_MAX_ENTRIES;
  }

  get size(): number {
    return this.queue.alive;
  }

  /** The most contents that are remembered. */
  get capacity(): number {
    return this.maxEntries;
  }

  /** Entries forgotten within their window for lack of room: repetitions of those are not recognised. */
  get evictedEarly(): number {
    return this.early;
  }

  /** The longest window in force, seconds: how far back `warm` needs to look. */
  get longestWindow(): number {
    return Math.max(this.defaultWindow, ...this.windowByType.values());
  }

  /** The delivered event that this content would repeat at this time; null when it is none. */
  find(contentHash: string, eventType: string, timestamp: number): DuplicateEntry | null {
    const window = this.windowOf(eventType);
    for (let entry = this.newestByHash.get(contentHash) ?? null; entry !== null; entry = entry.older) {
      if (Math.abs(timestamp - entry.timestamp) < window) return entry;
    }
    return null;
  }

  /** Remembers an event that is about to be delivered, and forgets what it is the opposite of. */
  admit(event: Subjectable): DuplicateEntry {
    const opposites = rearms(event.eventType);
    const subject = opposites.length === 0 ? null : subjectOf(event.eventType, event.payload, event.hostname);
    const entry = new DuplicateEntry(event.contentHash, event.eventId, event.eventType, event.timestamp);
    entry.older = this.newestByHash.get(entry.contentHash) ?? null;
    this.newestByHash.set(entry.contentHash, entry);
    if (subject !== null) {
      this.rearm(opposites, subject, event.timestamp);
      this.indexSubject(entry, subject);
    }
    this.queue.push(entry);
    if (event.timestamp > this.newestTimestamp) this.newestTimestamp = event.timestamp;
    this.makeRoom();
    return entry;
  }

  /** Takes back an entry whose event was not stored after all. */
  forget(entry: DuplicateEntry): void {
    if (entry.gone) return;
    entry.gone = true;
    this.queue.alive--;
    this.unlink(entry);
    if (entry.subjectKey !== null) this.removeFromSubject(entry, entry.subjectKey);
  }

  /** What this entry's event said again on purpose is forgotten: repetitions from now on are repetitions of it. */
  supersede(entry: DuplicateEntry): void {
    const window = this.windowOf(entry.eventType);
    for (let at = this.newestByHash.get(entry.contentHash) ?? null; at !== null; at = at.older) {
      const near = Math.abs(at.timestamp - entry.timestamp) < window;
      if (at !== entry && at.committed && near) this.forget(at);
    }
  }

  /** Takes in what history remembers, oldest first, as if it had just been delivered. */
  warm(events: readonly (Subjectable & { readonly seq: number })[]): void {
    for (const event of events) {
      if (this.find(event.contentHash, event.eventType, event.timestamp) !== null) continue;
      this.admit(event).seq = event.seq;
    }
  }

  private windowOf(eventType: string): number {
    return this.windowByType.get(eventType) ?? this.defaultWindow;
  }

  private rearm(opposites: readonly string[], subject: string, timestamp: number): void {
    for (const type of opposites) {
      const entries = this.bySubject.get(keyOf(type, subject));
      if (entries === undefined) continue;
      const window = this.windowOf(type);
      for (const entry of [...entries]) {
        if (Math.abs(entry.timestamp - timestamp) < window) this.forget(entry);
      }
    }
  }

  private indexSubject(entry: DuplicateEntry, subject: string): void {
    const key = keyOf(entry.eventType, subject);
    const entries = this.bySubject.get(key);
    if (entries === undefined) this.bySubject.set(key, new Set([entry]));
    else entries.add(entry);
    entry.subjectKey = key;
  }

  private removeFromSubject(entry: DuplicateEntry, key: string): void {
    const entries = this.bySubject.get(key);
    entries?.delete(entry);
    if (entries?.size === 0) this.bySubject.delete(key);
  }

  private unlink(entry: DuplicateEntry): void {
    const newest = this.newestByHash.get(entry.contentHash);
    if (newest === entry) {
      if (entry.older === null) this.newestByHash.delete(entry.contentHash);
      else this.newestByHash.set(entry.contentHash, entry.older);
      return;
    }
    for (let at = newest ?? null; at !== null; at = at.older) {
      if (at.older === entry) at.older = entry.older;
    }
  }

  private makeRoom(): void {
    for (let oldest = this.queue.oldest(); oldest !== null; oldest = this.queue.oldest()) {
      const expired = this.newestTimestamp - oldest.timestamp >= this.windowOf(oldest.eventType);
      const full = this.queue.alive > this.maxEntries;
      if (!full && !(expired && this.queue.alive > KEEP_EXPIRED_BELOW)) return;
      if (!expired) this.early++;
      this.forget(oldest);
    }
  }
}

function keyOf(eventType: string, subject: string): string {
  return `${eventType}\n${subject}`;
}
