import { rearms, subjectOf } from '../../../domain/events';
import type { JsonObject } from '../../../domain/json';
import { DuplicateSubjects } from './duplicate-subjects';
import { DuplicateTable, type EntryHandle } from './duplicate-table';

export type { EntryHandle } from './duplicate-table';

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

/** An event of before this start, and what it was about. */
export type Remembered = Pick<Subjectable, 'contentHash' | 'eventId' | 'eventType' | 'timestamp'> & {
  readonly seq: number;
  /** As `subjectOf` tells it. */
  readonly subject: string | null;
};

/** A delivered event whose content would be a repetition now. Times: epoch seconds. */
export interface Repeated {
  readonly eventId: string;
  /** 0 while it is not committed. */
  readonly seq: number;
  readonly at: number;
  readonly until: number;
}

const DEFAULT_WINDOW_SECONDS = 3600;
const DEFAULT_MAX_ENTRIES = 500_000;
/** Later ones than an opposite that comes late which are passed over on the way to those before it. */
const PASSED_OVER = 100;
/** Entries past their window stay while there are fewer than this, for an old file that is imported beside live rows. */
const KEEP_EXPIRED_BELOW = 100_000;

/**
 * Remembers which contents were delivered, to recognise repetitions.
 *
 * - The window counts event time, in both directions, from the first delivered event, so that a recording folds to the
 *   same result at any speed and in any company. It does not slide: a steady repetition gets through once per window.
 * - An event that reports the opposite state of the same subject ends the windows of its counterpart's contents
 *   (`domain/events` knows the pairs): from its own time on they are news. A repetition from before it stays one, however
 *   late it comes.
 * - An entry exists from the moment its event was accepted, before the commit: an answer `duplicate`
 *   promises that the first event is durable, so it waits until `seqOf` is not 0.
 */
export class DuplicateIndex {
  private readonly table = new DuplicateTable();
  private readonly subjects = new DuplicateSubjects();
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
    return this.table.size;
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
  find(contentHash: string, eventType: string, timestamp: number): EntryHandle | null {
    return this.table.findNear(contentHash, timestamp, this.windowOf(eventType));
  }

  /** What `find` found, in full: the delivered event, and until when its content is a repetition of it. */
  firstOf(contentHash: string, eventType: string, timestamp: number): Repeated | null {
    const entry = this.find(contentHash, eventType, timestamp);
    if (entry === null) return null;
    const at = this.table.timeOf(entry);
    return {
      ...{ eventId: this.table.eventIdOf(entry), seq: this.table.seqOf(entry), at },
      until: at + this.table.windowOf(entry),
    };
  }

  /** Remembers an event that is about to be delivered, and ends the windows of what it is the opposite of. */
  admit(event: Subjectable): EntryHandle {
    return this.remember(event, subjectOf(event.eventType, event.payload, event.hostname));
  }

  private remember(event: Omit<Remembered, 'seq' | 'subject'>, subject: string | null): EntryHandle {
    const { eventType, timestamp } = event;
    if (subject !== null) this.rearm(rearms(eventType), subject, timestamp);
    const entry = this.table.add(event.contentHash, event.eventId, timestamp, this.windowOf(eventType));
    if (subject !== null) this.subjects.add(this.table.slotOf(entry), eventType, subject);
    if (timestamp > this.newestTimestamp) this.newestTimestamp = timestamp;
    this.makeRoom();
    return entry;
  }

  /** Notes that the entry's event is durable. Nothing happens for an entry that is forgotten. */
  commit(entry: EntryHandle, seq: number): void {
    this.table.setSeq(entry, seq);
  }

  /** The seq of the entry's event; 0 while it is not committed. */
  seqOf(entry: EntryHandle): number {
    return this.table.seqOf(entry);
  }

  /** A small number for tables beside this one, of this entry until it is forgotten, then of another; 0 for a forgotten one. */
  placeOf(entry: EntryHandle): number {
    return this.table.slotOf(entry);
  }

  eventIdOf(entry: EntryHandle): string {
    return this.table.eventIdOf(entry);
  }

  /** Takes back an entry whose event was not stored after all; one that is forgotten stays so. */
  forget(entry: EntryHandle): void {
    const slot = this.table.slotOf(entry);
    if (slot === 0) return;
    this.subjects.remove(slot);
    this.table.remove(entry);
  }

  /** What this entry's event said again on purpose is forgotten: repetitions from now on are repetitions of it. */
  supersede(entry: EntryHandle): void {
    if (this.table.slotOf(entry) === 0) return;
    const [time, window] = [this.table.timeOf(entry), this.table.windowOf(entry)];
    for (const other of this.table.sameContent(entry)) {
      const near = Math.abs(this.table.timeOf(other) - time) < window;
      if (other !== entry && near && this.table.seqOf(other) !== 0) this.forget(other);
    }
  }

  /** Takes in what history remembers, oldest first, as if it had just been delivered. */
  warm(events: Iterable<Remembered>): void {
    for (const event of events) {
      if (this.find(event.contentHash, event.eventType, event.timestamp) !== null) continue;
      this.commit(this.remember(event, event.subject), event.seq);
    }
  }

  /** Seconds within which equal content of this type is a repetition. */
  windowOf(eventType: string): number {
    return this.windowByType.size === 0
      ? this.defaultWindow
      : (this.windowByType.get(eventType) ?? this.defaultWindow);
  }

  private rearm(opposites: readonly string[], subject: string, timestamp: number): void {
    for (const type of opposites) {
      let passedOver = 0;
      for (let slot = this.subjects.newestOf(type, subject), older = 0; slot !== 0; slot = older) {
        older = this.subjects.olderThan(slot);
        const entry = this.table.handle(slot);
        if (this.table.timeOf(entry) <= timestamp) {
          this.table.endWindow(entry, timestamp);
          this.subjects.remove(slot);
        } else if (++passedOver === PASSED_OVER) break;
      }
    }
  }

  private makeRoom(): void {
    for (let oldest = this.table.oldest(); oldest !== null; oldest = this.table.oldest()) {
      const expired = this.newestTimestamp - this.table.timeOf(oldest) >= this.table.windowOf(oldest);
      const full = this.table.size > this.maxEntries;
      if (!full && !(expired && this.table.size > KEEP_EXPIRED_BELOW)) return;
      if (!expired) this.early++;
      this.forget(oldest);
    }
  }
}
