import { setImmediate as nextTurn } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { StoredEvent } from '../../domain/events/envelope';
import {
  createFold,
  STATE_VERSION,
  type Fold,
  type FoldSnapshot,
  type ProjectionSnapshot,
} from '../../domain/projections';
import type { SqliteHistory } from '../history/history';
import type { TopicSource } from './topic-hub';

const SNAPSHOT_NAME = 'state';
/** A start folds at most about this many events anew. */
const SNAPSHOT_EVENTS = 50_000;
const SNAPSHOT_PAUSE_MS = 20_000;
const REBUILD_BATCH = 5_000;

export interface RebuildProgress {
  readonly done: number;
  readonly total: number;
}

/** The folded state of this server: restored at the start, moved on by every committed event, snapshotted now and then. */
export class LiveState {
  readonly fold: Fold = createFold();
  readonly epoch = randomUUID();
  #snapshotSeq = 0;
  #snapshotAt = 0;
  /** The last save, under way or done; and how many are not done. */
  #saving: Promise<void> = Promise.resolve();
  #unsaved = 0;
  #tainted = false;

  constructor(
    private readonly history: SqliteHistory,
    private readonly log: Logger,
    private readonly touch: (topic: string, key: string) => void,
  ) {}

  get asOfSeq(): number {
    return this.fold.asOfSeq;
  }

  /** The topics that the fold publishes. */
  topics(): Map<string, TopicSource> {
    const topics = new Map<string, TopicSource>();
    for (const name of this.fold.topics) {
      const reader = this.fold.topicReader(name);
      if (reader) topics.set(name, reader);
    }
    return topics;
  }

  /** Restores the newest usable snapshot and folds what came after it. */
  async restore(onProgress: (progress: RebuildProgress) => void): Promise<void> {
    const snapshot = await this.history.loadSnapshot(SNAPSHOT_NAME);
    if (snapshot && snapshot.version === STATE_VERSION && snapshot.seq <= this.history.headSeq) {
      if (this.#takeOver(snapshot.data)) this.#snapshotSeq = snapshot.seq;
    }
    const from = this.fold.asOfSeq;
    const total = this.history.headSeq - from;
    for (let events = await this.#next(); events.length > 0; events = await this.#next()) {
      this.#fold(events);
      onProgress({ done: this.fold.asOfSeq - from, total });
    }
    if (total > SNAPSHOT_EVENTS) await this.save();
  }

  /** A snapshot that cannot be read (damaged, or written by a newer Node) costs a rebuild, not the start. */
  #takeOver(data: Uint8Array): boolean {
    try {
      return this.fold.restore(unpacked(deserialize(data) as FoldSnapshot | Parts));
    } catch (error) {
      this.log.warn({ err: error }, 'the saved state cannot be read; it is rebuilt from history');
      return false;
    }
  }

  #next(): Promise<readonly StoredEvent[]> {
    return this.history.eventsAfter(this.fold.asOfSeq, REBUILD_BATCH);
  }

  /** Folds committed events, in order. An event already folded (by the restore) is passed over. */
  deliver(events: readonly StoredEvent[]): void {
    const { asOfSeq } = this.fold;
    this.#fold((events[0]?.seq ?? 0) > asOfSeq ? events : events.filter(({ seq }) => seq > asOfSeq));
    const due =
      this.#unsaved === 0 &&
      this.fold.asOfSeq - this.#snapshotSeq >= SNAPSHOT_EVENTS &&
      Date.now() - this.#snapshotAt >= SNAPSHOT_PAUSE_MS;
    if (due)
      void this.save().catch((error: unknown) =>
        this.log.warn({ err: error }, 'the state could not be snapshotted; a restart folds more anew'),
      );
  }

  /** An event that a reducer cannot take is a defect: it is said, and the state is no longer snapshotted, so a restart rebuilds it. */
  #fold(events: readonly StoredEvent[]): void {
    this.fold.foldAll(events, this.touch, (error, event) => {
      this.#tainted = true;
      this.log.error(
        { err: error, event_id: event.eventId, event_type: event.eventType },
        'the state could not take an event',
      );
    });
  }

  /**
   * Saves a snapshot: a projection in each turn of the event loop, as all of a wide cluster takes a fifth of a second. Each
   * is as of its own turn; a restart folds into it what it lacks.
   */
  save(): Promise<void> {
    this.#unsaved++;
    const saved = this.#saving.then(() => this.#save()).finally(() => this.#unsaved--);
    this.#saving = saved.catch(() => undefined);
    return saved;
  }

  async #save(): Promise<void> {
    if (this.#tainted || this.fold.asOfSeq === this.#snapshotSeq) return;
    this.#snapshotAt = Date.now();
    const from = this.fold.asOfSeq;
    const parts: Uint8Array[] = [];
    for (const place of this.fold.names.keys()) {
      if (place > 0) await nextTurn();
      parts.push(serialize(this.fold.viewOf(place)));
    }
    if (await this.#keep(parts)) this.#snapshotSeq = from;
  }

  /** False, and nothing stored, where the state was spoilt meanwhile. */
  async #keep(parts: readonly Uint8Array[]): Promise<boolean> {
    if (this.#tainted) return false;
    const data = serialize({ parts } satisfies Parts);
    await this.history.saveSnapshot(SNAPSHOT_NAME, STATE_VERSION, this.fold.asOfSeq, data);
    return true;
  }
}

/** A snapshot as it is stored: each projection serialised by itself. Older ones are a whole. */
interface Parts {
  readonly parts: readonly Uint8Array[];
}

function unpacked(stored: FoldSnapshot | Parts): FoldSnapshot {
  if (!('parts' in stored)) return stored;
  const projections = stored.parts.map((part) => deserialize(part) as Required<ProjectionSnapshot>);
  return { asOfSeq: 0, clock: null, projections };
}
