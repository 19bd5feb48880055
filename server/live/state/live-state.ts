import { setImmediate as nextTurn } from 'node:timers/promises';
import { serialize } from 'node:v8';
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { StoredEvent } from '../../../domain/events/envelope';
import { createFold, STATE_VERSION, type Fold } from '../../../domain/projections';
import type { SqliteHistory } from '../../history/history';
import { foldedInOrder } from './fold-in-order';
import { Latecomers } from './latecomers';
import { packState, unpackState, type KeptState } from './state-snapshot';
import type { TopicSource } from '../topics/topic-hub';

const SNAPSHOT_NAME = 'state';
/** A start folds at most about this many events anew. */
const SNAPSHOT_EVENTS = 50_000;
const SNAPSHOT_PAUSE_MS = 20_000;
const REBUILD_BATCH = 5_000;
/** While live events pass. */
const CATCH_UP_BATCH = 250;

export interface RebuildProgress {
  readonly done: number;
  readonly total: number;
}

export interface LiveStateOptions {
  /** For how long nothing late must come before state is put in order. */
  readonly quietMs?: number;
  /** More that is late is on its way: order waits for it. */
  readonly moreToCome?: () => boolean;
  /** The state was put in order: not only touched entities differ, but anything that is read from it. */
  readonly onRenewed?: () => void;
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
  /** Up to this seq events were folded in order of event time, after it in order of seq. */
  #orderedTo = 0;
  #ordering = false;
  #stopped = false;
  readonly #late: Latecomers;

  constructor(
    private readonly history: SqliteHistory,
    private readonly log: Logger,
    private readonly touch: (topic: string, key: string) => void,
    private readonly options: LiveStateOptions = {},
  ) {
    this.#late = new Latecomers(
      () => void this.#putInOrder(),
      () => this.asOfSeq,
      options.moreToCome,
      options.quietMs,
    );
  }

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

  /** Restores the newest usable snapshot and folds what came after it; without one, all of history, as it was folded before. */
  async restore(onProgress: (progress: RebuildProgress) => void): Promise<void> {
    const snapshot = await this.history.loadSnapshot(SNAPSHOT_NAME);
    const kept = snapshot && this.#unpacked(snapshot.data);
    this.#orderedTo = Math.min(kept?.orderedTo ?? 0, this.history.headSeq);
    const fits = snapshot?.version === STATE_VERSION && snapshot.seq <= this.history.headSeq;
    if (kept && fits && this.fold.restore(kept.state)) {
      this.#snapshotSeq = snapshot.seq;
      this.#late.add(kept.late);
    } else if (this.#orderedTo > 0) await this.#foldInOrder(onProgress);
    const from = this.fold.asOfSeq;
    const total = this.history.headSeq - from;
    for (let events = await this.#next(); events.length > 0; events = await this.#next()) {
      this.#fold(events);
      onProgress({ done: this.fold.asOfSeq - from, total });
    }
    if (this.fold.asOfSeq - this.#snapshotSeq > SNAPSHOT_EVENTS) await this.save();
  }

  /** A snapshot that cannot be read (damaged, or written by a newer Node) costs a rebuild, not the start. */
  #unpacked(data: Uint8Array): KeptState | null {
    try {
      return unpackState(data);
    } catch (error) {
      this.log.warn({ err: error }, 'the saved state cannot be read; it is rebuilt from history');
      return null;
    }
  }

  async #foldInOrder(onProgress: (progress: RebuildProgress) => void): Promise<void> {
    const total = this.#orderedTo;
    const fold = await foldedInOrder(this.history, total, {
      onTrouble: this.#trouble,
      onProgress: (done) => onProgress({ done, total }),
      stopped: () => this.#stopped,
      gently: false,
    });
    if (fold) this.fold.restore(fold.view());
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

  #fold(events: readonly StoredEvent[]): void {
    this.#late.look(events, this.fold.clock);
    this.fold.foldAll(events, this.touch, this.#trouble);
  }

  /** An event that a reducer cannot take is a defect: it is said, and the state is no longer snapshotted, so a restart rebuilds it. */
  readonly #trouble = (error: unknown, event: StoredEvent): void => {
    this.#tainted = true;
    this.log.error(
      { err: error, event_id: event.eventId, event_type: event.eventType },
      'the state could not take an event',
    );
  };

  /**
   * Makes the state what it would be had everything come in time (decision 0091). What history no longer holds cannot be
   * folded anew: then it stays as it is.
   */
  async #putInOrder(): Promise<void> {
    if (this.#ordering || this.#tainted) return;
    this.#ordering = true;
    const began = Date.now();
    const late = this.#late.count;
    try {
      const removed = await this.history.removedEvents();
      if (removed > 0) {
        this.#late.settle(late);
        this.log.info({ late, removed }, 'events came late; their order stays, for history lacks others');
      } else if (await this.#replace(this.asOfSeq, late))
        this.log.info(
          { late, ms: Date.now() - began },
          'events came late; the state is in order of event time',
        );
    } catch (error) {
      if (!this.#stopped)
        this.log.warn({ err: error }, 'the state could not be put in order of event time; it is tried again');
    } finally {
      this.#ordering = false;
      this.#late.rest(Date.now() - began);
    }
  }

  /** False where it was given up. */
  async #replace(upTo: number, late: number): Promise<boolean> {
    const fold = await foldedInOrder(this.history, upTo, {
      onTrouble: this.#trouble,
      stopped: () => this.#stopped,
      gently: true,
    });
    if (fold === null) return false;
    // No snapshot is made of half the one and half the other.
    const replaced = this.#saving.then(() => this.#takeOver(fold, upTo, late));
    this.#saving = replaced.then(
      () => undefined,
      () => undefined,
    );
    if (!(await replaced)) return false;
    await this.save();
    return true;
  }

  /** Folds what came meanwhile; then, at once, the one state is the other, and whoever looks is told of what differs. */
  async #takeOver(fold: Fold, upTo: number, late: number): Promise<boolean> {
    while (fold.asOfSeq < this.asOfSeq) {
      const events = await this.history.eventsAfter(fold.asOfSeq, CATCH_UP_BATCH);
      if (events.length === 0) break;
      fold.foldAll(events, () => undefined, this.#trouble);
    }
    if (this.#stopped || this.#tainted) return false;
    this.#touchAll();
    this.fold.restore(fold.view());
    this.#touchAll();
    this.options.onRenewed?.();
    this.#orderedTo = upTo;
    this.#late.settle(late);
    this.#snapshotSeq = 0;
    return true;
  }

  #touchAll(): void {
    for (const [topic, source] of this.topics()) for (const key of source.keys()) this.touch(topic, key);
  }

  /** Ends what is under way and saves a snapshot. Rejects where that fails: the next start folds anew. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#late.stop();
    await this.save();
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
    const data = packState(parts, { orderedTo: this.#orderedTo, late: this.#late.count });
    await this.history.saveSnapshot(SNAPSHOT_NAME, STATE_VERSION, this.fold.asOfSeq, data);
    return true;
  }
}
