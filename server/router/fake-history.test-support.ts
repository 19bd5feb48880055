import { subjectOf } from '../../domain/events';
import type { StoredEvent } from '../../domain/events/envelope';
import type { NewDeadLetter } from '../history/letters/letter-types';
import type { AppendResult, BridgeCursor, History, NewEvent } from '../history/types';

type RouterHistory = Pick<History, 'append' | 'appendFromLog' | 'addDeadLetters' | 'recentHashes'>;
type Recent = Awaited<ReturnType<History['recentHashes']>>;

interface Commit {
  readonly run: () => void;
  readonly fail: (error: unknown) => void;
}

/** History in memory. By default it commits at once; after `hold()` each commit waits for `commitNext` or `failNext`. */
export class FakeHistory implements RouterHistory {
  readonly events: (NewEvent & { readonly seq: number })[] = [];
  readonly deadLetters: NewDeadLetter[] = [];
  readonly cursors: BridgeCursor[] = [];
  appends = 0;
  private readonly byId = new Map<string, NewEvent & { readonly seq: number }>();
  private readonly byKey = new Map<string, NewEvent & { readonly seq: number }>();
  private readonly held: Commit[] = [];
  private holding = false;

  hold(): void {
    this.holding = true;
  }

  get waiting(): number {
    return this.held.length;
  }

  commitNext(): void {
    this.held.shift()?.run();
  }

  failNext(error: unknown): void {
    this.held.shift()?.fail(error);
  }

  release(): void {
    this.holding = false;
    while (this.held.length > 0) this.commitNext();
  }

  /** Forgets every event, as retention does with old ones. */
  prune(): void {
    this.events.length = 0;
    this.byId.clear();
    this.byKey.clear();
  }

  append(events: readonly NewEvent[]): Promise<readonly AppendResult[]> {
    this.appends++;
    return this.commit(() => events.map((event) => this.put(event)));
  }

  appendFromLog(
    events: readonly NewEvent[],
    deadLetters: readonly NewDeadLetter[],
    cursor: BridgeCursor,
  ): Promise<readonly AppendResult[]> {
    return this.commit(() => {
      this.cursors.push(cursor);
      this.deadLetters.push(...deadLetters);
      return events.map((event) => this.put(event));
    });
  }

  addDeadLetters(letters: readonly NewDeadLetter[]): Promise<void> {
    this.deadLetters.push(...letters);
    return Promise.resolve();
  }

  recentHashes(windowSeconds: number, limit: number): Promise<Recent> {
    const newest = Math.max(0, ...this.events.map((event) => event.timestamp));
    const recent = this.events.filter((e) => e.duplicateOf === null && newest - e.timestamp < windowSeconds);
    return Promise.resolve(
      recent.slice(-limit).map((event) => ({
        ...event,
        subject: subjectOf(event.eventType, event.payload, event.hostname),
      })),
    );
  }

  private commit<T>(work: () => T): Promise<T> {
    if (!this.holding) return Promise.resolve(work());
    return new Promise((resolve, reject) => this.held.push({ run: () => resolve(work()), fail: reject }));
  }

  private put(event: NewEvent): AppendResult {
    const known = this.byId.get(event.eventId) ?? this.byKey.get(event.idempotencyKey ?? '');
    if (known !== undefined) {
      return { status: 'exists', seq: known.seq, eventId: known.eventId, contentHash: known.contentHash };
    }
    const stored = { ...event, seq: this.events.length + 1 };
    this.events.push(stored);
    this.byId.set(event.eventId, stored);
    if (event.idempotencyKey !== null) this.byKey.set(event.idempotencyKey, stored);
    return { status: 'stored', seq: stored.seq, receivedAt: event.timestamp };
  }
}

/** A committed event for tests of the buses. */
export function storedEvent(seq: number, fields: Partial<StoredEvent> = {}): StoredEvent {
  return {
    eventId: `01900000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
    seq,
    eventType: 'TRAINING_PROGRESS',
    wireType: null,
    payload: { n: seq },
    source: 'test',
    hostname: 'host-a',
    origin: 'data_bus',
    timestamp: 1_766_700_000 + seq,
    receivedAt: 1_766_700_000 + seq,
    contentHash: String(seq).padStart(64, '0'),
    correlationId: null,
    parentEventId: null,
    duplicateOf: null,
    queueEventId: null,
    category: 'training',
    severity: 'info',
    config: null,
    node: null,
    model: null,
    drift: [],
    ...fields,
  };
}
