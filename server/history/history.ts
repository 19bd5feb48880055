import { statSync } from 'node:fs';
import type { StoredEvent } from '../../domain/events/envelope';
import type { EventFilter } from '../../domain/realtime/contract';
import { workerFile } from '../process/worker-file';
import { cancellable, type CancelFlag } from './readers/cancel';
import { LatencyWindow } from '../latency-window';
import type { AppendOutcome, ChangeOutcome } from './writer/protocol';
import { Counters } from './readers/counters';
import { COUNTER, ReaderPool, SEARCHER } from './readers/reader-pool';
import { Records } from './records';
import { RetentionStore } from './retention/store';
import { seenHashes } from './readers/seen-hashes';
import type { ActionFilter, ActionLog } from './actions/action-types';
import type {
  DeadLetter,
  DeadLetterFilter,
  DeadLetterSelection,
  NewDeadLetter,
} from './letters/letter-types';
import type { ExportAsk, QueryOptions, Summary, SummaryOptions, TimePlace } from './query-types';
import type { AppendResult, BridgeCursor, History, NewEvent } from './types';
import { ValueKeeper } from './values/keeper';
import type { ViewChange, ViewOutcome } from './views/view-store';
import { WriterClient, type Write } from './writer/writer-client';

export interface HistoryOptions {
  /** Path of `ringside.db`; created when missing. */
  readonly file: string;
  readonly migrations: string;
  /** Reader threads. */
  readonly readers?: number;
  /** Told what stops history from taking events, as one line; null when it takes them again. */
  readonly onTrouble?: (line: string | null) => void;
}

/** A start reads back at most so many events to recognise their repetitions: it must not take seconds. */
const WARM_LIMIT = 50_000;

/** History over one SQLite file: a writer thread, reader threads, and nothing that blocks the caller's. */
export class SqliteHistory implements History, ActionLog {
  #headSeq: number;
  readonly #counters: Counters;
  #left = 0;
  readonly commits = new LatencyWindow();
  /** The tables of accounts. */
  readonly records: Records;
  readonly retention: RetentionStore;
  /** Columns of payload values, once it is started. */
  readonly values: ValueKeeper;

  private constructor(
    private readonly file: string,
    private readonly writer: WriterClient,
    private readonly readers: ReaderPool,
    newCounters: () => ReaderPool,
    headSeq: number,
    onCommit: { handle: (milliseconds: number) => void },
  ) {
    this.#headSeq = headSeq;
    this.#counters = new Counters(newCounters);
    this.records = new Records(writer, readers);
    this.retention = new RetentionStore(writer, readers);
    this.values = new ValueKeeper({
      headSeq: () => this.#headSeq,
      next: (full) => readers.ask('nextValues', full),
      store: (values) => writer.write([{ kind: 'values', values }]),
    });
    onCommit.handle = (milliseconds) => this.commits.record(milliseconds);
  }

  /** Opens or creates the database. Rejects with DatabaseError: newer version, not a database, folder unusable. */
  static async open({ file, migrations, readers = 2, onTrouble }: HistoryOptions): Promise<SqliteHistory> {
    const [writerPath, readerPath] = await Promise.all([
      workerFile('writer.worker', import.meta.url),
      workerFile('reader.worker', import.meta.url),
    ]);
    const onCommit = { handle: (_milliseconds: number): void => undefined };
    const starting = WriterClient.start(
      writerPath,
      { file, migrations },
      { onCommit: (ms) => onCommit.handle(ms), onTrouble: onTrouble ?? (() => undefined) },
    );
    // They load while the writer makes the file ready, and open it when they are first asked.
    const searchers = new ReaderPool(readerPath, file, SEARCHER, readers);
    try {
      const { client, headSeq } = await starting;
      const counters = () => new ReaderPool(readerPath, file, COUNTER, 1);
      return new SqliteHistory(file, client, searchers, counters, headSeq, onCommit);
    } catch (error) {
      await searchers.close();
      throw error;
    }
  }

  get headSeq(): number {
    return this.#headSeq;
  }

  /** What stops history from taking events, as one line; null when nothing does. */
  get trouble(): string | null {
    return this.writer.trouble;
  }

  /** Questions to the search threads that are not answered yet. */
  get waiting(): number {
    return this.readers.load - this.values.asked;
  }

  /** Searches whose callers left before they were answered. */
  get left(): number {
    return this.#left;
  }

  #askFor<Answer>(
    signal: AbortSignal | undefined,
    ask: (flag?: CancelFlag) => Promise<Answer>,
  ): Promise<Answer> {
    return cancellable(signal, ask, () => (this.#left += 1));
  }

  /** Bytes of the database and its write-ahead log on disk. */
  get sizeBytes(): number {
    return [this.file, `${this.file}-wal`].reduce(
      (sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
  }

  async append(events: readonly NewEvent[]): Promise<readonly AppendResult[]> {
    const actions = events.flatMap(({ action }): Write[] => (action ? [{ kind: 'action', action }] : []));
    const [outcome] = await this.writer.write([{ kind: 'append', events }, ...actions]);
    return this.#results(events, outcome as AppendOutcome);
  }

  async appendFromLog(
    events: readonly NewEvent[],
    letters: readonly NewDeadLetter[],
    cursor: BridgeCursor,
  ): Promise<readonly AppendResult[]> {
    const operations: Write[] = [
      { kind: 'append', events },
      { kind: 'dead_letters', letters },
      { kind: 'cursor', cursor },
    ];
    const [outcome] = await this.writer.write(operations);
    return this.#results(events, outcome as AppendOutcome);
  }

  #results(events: readonly NewEvent[], outcome: AppendOutcome): AppendResult[] {
    const { existing, receivedAt } = outcome;
    let seq = outcome.firstSeq;
    // Those that exist come in the order of their indexes.
    let next = 0;
    const results = events.map((_, index): AppendResult => {
      const found = existing[next];
      if (found?.index !== index) return { status: 'stored', seq: seq++, receivedAt };
      next += 1;
      return { status: 'exists', seq: found.seq, eventId: found.eventId, contentHash: found.contentHash };
    });
    if (seq > outcome.firstSeq) this.#headSeq = Math.max(this.#headSeq, seq - 1);
    return results;
  }

  async addDeadLetters(letters: readonly NewDeadLetter[]): Promise<void> {
    if (letters.length > 0) await this.writer.write([{ kind: 'dead_letters', letters }]);
  }

  resolveDeadLetters(ids: readonly number[], status: 'retried' | 'discarded'): Promise<number> {
    return this.#resolve({ ids }, status);
  }

  discardDeadLetters(selection: DeadLetterSelection): Promise<number> {
    return this.#resolve(selection, 'discarded');
  }

  async #resolve(selection: DeadLetterSelection, status: DeadLetter['status']): Promise<number> {
    const [outcome] = await this.writer.write([{ kind: 'resolve_dead_letters', selection, status }]);
    return (outcome as ChangeOutcome).changed;
  }

  async explainDeadLetters(
    reasons: readonly { readonly id: number; readonly reason: string }[],
  ): Promise<void> {
    if (reasons.length > 0) await this.writer.write([{ kind: 'explain_dead_letters', reasons }]);
  }

  async markForwarded(
    cursor: BridgeCursor,
    rows: readonly { readonly seq: number; readonly queueEventId: number }[],
  ): Promise<void> {
    await this.writer.write([
      { kind: 'forwarded', rows },
      { kind: 'cursor', cursor },
    ]);
  }

  async saveSnapshot(name: string, version: string, seq: number, data: Uint8Array): Promise<void> {
    await this.writer.write([{ kind: 'snapshot', name, version, seq, data }]);
  }

  async changeView(change: ViewChange): Promise<ViewOutcome> {
    const [outcome] = await this.writer.write([{ kind: 'view', change }]);
    return outcome as ViewOutcome;
  }

  listViews() {
    return this.readers.ask('listViews');
  }

  loadSnapshot(name: string) {
    return this.readers.ask('snapshot', name);
  }

  listDeadLetters(options: DeadLetterFilter & { readonly limit: number; readonly before?: number }) {
    return this.readers.ask('listDeadLetters', options);
  }

  openDeadLetters(selection: DeadLetterSelection, aboveId: number, limit: number) {
    return this.readers.ask('openDeadLetters', selection, aboveId, limit);
  }

  countDeadLetters(selection: DeadLetterSelection) {
    return this.readers.ask('countDeadLetters', selection);
  }

  deadLetterGroups(limit: number) {
    return this.readers.ask('deadLetterGroups', limit);
  }

  cursorOf(bridge: string) {
    return this.readers.ask('cursorOf', bridge);
  }

  outbox(aboveSeq: number, limit: number) {
    return this.readers.ask('outbox', aboveSeq, limit);
  }

  outboxPending(aboveSeq: number) {
    return this.readers.ask('outboxPending', aboveSeq);
  }

  query(filter: EventFilter, options: QueryOptions, signal?: AbortSignal) {
    return this.#askFor(signal, (flag) => this.readers.ask('query', filter, options, flag));
  }

  rowsAfter(filter: EventFilter, afterSeq: number, limit: number, signal?: AbortSignal) {
    return this.#askFor(signal, (flag) => this.readers.ask('rowsAfter', filter, afterSeq, limit, flag));
  }

  newestRows(filter: EventFilter, limit: number, ms?: number, signal?: AbortSignal) {
    return this.#askFor(signal, (flag) => this.readers.ask('newestRows', filter, limit, ms, flag));
  }

  eventsAfter(afterSeq: number, limit: number) {
    return this.readers.ask('eventsAfter', afterSeq, limit);
  }

  eventsInTime(upTo: number, after: TimePlace | null, limit: number) {
    return this.readers.ask('eventsInTime', upTo, after, limit);
  }

  removedEvents() {
    return this.readers.ask('removedEvents');
  }

  exportSlice(filter: EventFilter, ask: ExportAsk) {
    return this.readers.ask('exportSlice', filter, ask);
  }

  countUpTo(filter: EventFilter, upTo: number, signal?: AbortSignal) {
    return this.#askFor(signal, (flag) => this.readers.ask('countUpTo', filter, upTo, flag));
  }

  byId(eventId: string) {
    return this.readers.ask('byId', eventId);
  }

  bySeq(seq: number) {
    return this.readers.ask('bySeq', seq);
  }

  async neighbours(event: StoredEvent) {
    await this.writer.index();
    return this.readers.ask('neighbours', { seq: event.seq, config: event.config, node: event.node });
  }

  async chains(seq: number) {
    await this.writer.index();
    return this.readers.ask('chains', seq);
  }

  async surroundings({ seq, timestamp, config, node }: StoredEvent) {
    await this.writer.index();
    return this.readers.ask('surroundings', { seq, timestamp, config, node });
  }

  actionByKey(key: string) {
    return this.readers.ask('actionByKey', key);
  }

  actionById(actionId: string) {
    return this.readers.ask('actionById', actionId);
  }

  listActions(filter: ActionFilter, options: { readonly limit: number; readonly before?: number }) {
    return this.readers.ask('listActions', filter, options);
  }

  facets(limit: number) {
    return this.readers.ask('facets', limit);
  }

  payloadValues(path: readonly string[], signal?: AbortSignal) {
    return this.#askFor(signal, (flag) => this.readers.ask('payloadValues', path, flag));
  }

  expectCounts(): void {
    this.#counters.prepare();
  }

  summary(filter: EventFilter, options: SummaryOptions, signal?: AbortSignal): Promise<Summary> {
    return this.#counters.ask('summary', filter, options, signal);
  }

  exactSummary(filter: EventFilter, options: SummaryOptions, signal?: AbortSignal): Promise<Summary> {
    return this.#counters.ask('exactSummary', filter, options, signal);
  }

  async recentHashes(windowSeconds: number, limit: number) {
    return seenHashes(await this.readers.ask('recentHashes', windowSeconds, Math.min(limit, WARM_LIMIT)));
  }

  /** Commits what waits, then closes all threads. */
  async close(): Promise<void> {
    this.values.stop();
    await this.writer.settled();
    // The writer last: the last connection to close folds the write-ahead log into the file.
    await Promise.all([this.readers.close(), this.#counters.close()]);
    await this.writer.close();
  }
}
