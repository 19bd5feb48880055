/** What the duplicate index remembers of one delivered (or soon to be delivered) event. */
export class DuplicateEntry {
  /** 0 until the event is committed. */
  seq = 0;
  /** The entry before this one with the same content: one far away in event time. */
  older: DuplicateEntry | null = null;
  /** Where an opposite event finds it; null for types without an opposite. */
  subjectKey: string | null = null;
  /** Forgotten: still in the queue until its turn comes, but no longer found. */
  gone = false;
  /** The entry admitted next. */
  newer: DuplicateEntry | null = null;

  constructor(
    readonly contentHash: string,
    readonly eventId: string,
    readonly eventType: string,
    readonly timestamp: number,
  ) {}

  /** An answer `duplicate` promises that the first event is durable, so it waits until this is true. */
  get committed(): boolean {
    return this.seq !== 0;
  }
}

/** Entries in order of admission. A linked list: deleting at the front of a Map scans its tombstones each time. */
export class EntryQueue {
  /** Entries that are not gone; kept by the index. */
  alive = 0;
  private head: DuplicateEntry | null = null;
  private tail: DuplicateEntry | null = null;

  push(entry: DuplicateEntry): void {
    if (this.tail === null) this.head = entry;
    else this.tail.newer = entry;
    this.tail = entry;
    this.alive++;
  }

  /** The oldest entry that is not gone; drops those that are. */
  oldest(): DuplicateEntry | null {
    while (this.head?.gone === true) this.head = this.head.newer;
    if (this.head === null) this.tail = null;
    return this.head;
  }
}
