import { hostname as ownHostname } from 'node:os';

import { normaliseEventType } from '../../domain/events';
import type { StoredEvent } from '../../domain/events/envelope';
import type { ImportedEvent } from '../../domain/export';
import type { JsonObject } from '../../domain/json';
import type { NewDeadLetter } from '../history/letters/letter-types';
import type { BridgeCursor } from '../history/types';
import { canonicalType } from './delivery/data-bus';
import type { DataEventBus } from './delivery/data-bus';
import type { BusSubscriber, HistoryFilter, Sink, SinkStats } from './delivery/delivery';
import { Delivery } from './delivery/delivery';
import type { Dispatcher } from './delivery/dispatcher';
import { DuplicateIndex, type Repeated } from './duplicates/duplicate-index';
import { contentHash } from '../canonical/canonical';
import { RouterStoppedError } from './errors';
import { createEventIds } from './prepare/event-ids';
import type { FlowReport } from './flow-check';
import { checkFlow, factsOf } from './flow-check';
import { HandlerFailures } from './delivery/handler-failures';
import { Intake } from './commit/intake';
import type { Job } from './commit/job';
import type { RouterLog } from './log';
import { silentLog } from './log';
import type { PublishOptions, QueueProbe, RouterOptions } from './router-options';
import type { Refusal } from './prepare/payload-limits';
import type { Defaults } from './prepare/prepare';
import { prepareRequest } from './prepare/prepare';
import { PublishLine } from './commit/publish-line';
import type { ImportResult } from './prepare/prepare-import';
import type { RowsResult } from './prepare/prepare-rows';
import { RowsIn, type Readmission } from './commit/rows-in';
import { stageKey } from './delivery/stage-bus';
import type { StageEventBus } from './delivery/stage-bus';
import type { StageReport } from './delivery/stage-result';
import { completeResult, isoTime, payloadOfResult } from './delivery/stage-result';
import { RouterCounts } from './stats';
import type { RouterStats } from './stats';
import { createTargets } from './delivery/targets';
import { systemTimers } from './timers';
import type { Timers } from './timers';
import type { EventHandler, LogRow, PublishRequest, PublishResult } from './types';

const DEFAULT_STOP_LIMIT_MS = 10_000;

export type { PublishOptions, QueueProbe, RouterOptions } from './router-options';
export type { Readmission } from './commit/rows-in';

/**
 * The one way in for every event: normalises its type, checks its payload, recognises repetitions, commits it to
 * history, and only then hands it to sinks, buses and subscribers, in the order of history.
 *
 * A payload that was handed in belongs to the router: changing it afterwards would change what subscribers see.
 */
export class UnifiedEventRouter {
  readonly dataBus: DataEventBus | null;
  readonly stageBus: StageEventBus | null;
  private readonly subscribers: Dispatcher<StoredEvent>;
  private readonly duplicates: DuplicateIndex;
  private readonly failures: HandlerFailures;
  private readonly delivery: Delivery;
  private readonly intake: Intake;
  private readonly line: PublishLine;
  private readonly rows: RowsIn;
  private readonly counts = new RouterCounts();
  private readonly defaults: Defaults;
  /** Epoch seconds. */
  private readonly clock: () => number;
  private readonly probes: QueueProbe[] = [];
  private readonly record: RouterOptions['history'];
  private readonly log: RouterLog;
  private readonly timers: Timers;
  private stopped: Promise<void> | null = null;
  /** The router's own events still pass while running handlers are waited for. */
  private closed = false;

  constructor(options: RouterOptions) {
    const now = options.clock ?? (() => Date.now() / 1000);
    this.log = options.log ?? silentLog;
    this.timers = options.timers ?? systemTimers;
    this.record = options.history;
    this.clock = now;
    this.defaults = {
      source: options.source ?? 'ringside',
      hostname: options.hostname ?? ownHostname(),
      newEventId: createEventIds(() => now() * 1000),
    };
    this.failures = new HandlerFailures({
      history: options.history,
      log: this.log,
      now,
      emit: (request) => this.emitOwn(request),
    });
    const targets = createTargets(options, {
      now,
      timers: this.timers,
      onFailure: (failure) => this.failures.handle(failure),
      onUnheard: (eventType) =>
        this.log.debug({ event_type: eventType }, 'published, but nobody subscribes to it on the data bus'),
    });
    this.dataBus = targets.dataBus;
    this.stageBus = targets.stageBus;
    this.subscribers = targets.subscribers;
    this.delivery = new Delivery(targets, this.log, options.historySize ?? 1000);
    this.duplicates = new DuplicateIndex(options.duplicates);
    this.intake = new Intake(
      options.history,
      this.duplicates,
      {
        stored: (events, since) => this.stored(events, since),
        duplicate: (event) => this.counts.duplicate(event),
        rejected: (code) => this.counts.rejected(code),
        reported: () => this.line.advance(),
      },
      options.maxInFlight,
      () => this.timers.now(),
    );
    this.line = new PublishLine({
      take: (request, job, index, at, since) => this.offer(request, job, index, at, since),
      inFlight: () => this.intake.inFlight,
      now,
      monotonic: () => this.timers.now(),
    });
    this.rows = new RowsIn(this.intake, options.history, this.counts, now);
  }

  /** The router's clock, epoch seconds. */
  now(): number {
    return this.clock();
  }

  /** What a component that published this content now would repeat, and the window of its type in seconds. */
  repetition(
    name: string,
    payload: JsonObject,
  ): { readonly first: Repeated | null; readonly window: number } {
    const type = normaliseEventType(name);
    const first = this.duplicates.firstOf(contentHash(type, payload), type, this.clock());
    return { first, window: this.duplicates.windowOf(type) };
  }

  /** Remembers the contents of history's last window, so that a restart forgets no repetition. Call before the first event. */
  async warm(): Promise<void> {
    const { longestWindow } = this.duplicates;
    this.duplicates.warm(await this.record.recentHashes(longestWindow, this.duplicates.capacity));
  }

  /**
   * Publishes one event; resolves once it is durable (or known to be a repetition of one that is). `name` may be written
   * in any of the cluster's ways. Rejects with RouterStoppedError, RouterOverloadedError, or with history's error, and
   * then the event was not stored: publish it again.
   */
  publish(name: string, payload: JsonObject, options?: PublishOptions): Promise<PublishResult>;
  publish(request: PublishRequest): Promise<PublishResult>;
  publish(
    what: string | PublishRequest,
    payload: JsonObject = {},
    options?: PublishOptions,
  ): Promise<PublishResult> {
    return this.publishRequest(typeof what === 'string' ? { ...options, eventType: what, payload } : what);
  }

  publishRequest(request: PublishRequest): Promise<PublishResult> {
    return this.stopped === null ? this.accept(request) : Promise.reject(new RouterStoppedError());
  }

  /**
   * Publishes many at once: one answer per event, in order. Rejects when any of them could not be made durable. The
   * requests, too, belong to the router from now on.
   */
  async publishBatch(requests: readonly PublishRequest[]): Promise<readonly PublishResult[]> {
    return this.running.takeIn(requests);
  }

  /** Publishes what a pipeline stage reports. Throws StageUnknownError for a stage that the catalogue lacks. */
  async publishStage(report: StageReport, options?: PublishOptions): Promise<PublishResult> {
    const result = completeResult(report, isoTime(options?.timestamp ?? this.clock()));
    const event = stageKey(result.event);
    const payload = payloadOfResult({ ...result, event });
    return this.publishRequest({ origin: 'stage_bus', ...options, eventType: event, payload });
  }

  /**
   * Takes what a bridge read from a shared log, and moves its cursor in the same commit. Every row is stored; repetitions
   * are marked and reach the sinks only. Rows that break a limit become dead letters beside those handed in. Hand over
   * the next rows once this has resolved. Rejects with history's error; then nothing moved.
   */
  async ingest(
    rows: readonly LogRow[],
    deadLetters: readonly NewDeadLetter[],
    cursor: BridgeCursor,
  ): Promise<RowsResult> {
    return this.running.rows.ingest(rows, deadLetters, cursor);
  }

  /** As `ingest`, for a file that is read once and has no cursor. Rows imported before are recognised by their event id. */
  async importRows(rows: readonly LogRow[]): Promise<RowsResult> {
    return this.running.rows.importRows(rows);
  }

  /**
   * Takes events of another history's export, a part at a time; `importId` is the same for all parts of one. Events that
   * history has are recognised by their id. Rejects with history's error; then nothing of this part was stored.
   */
  async importEvents(events: readonly ImportedEvent[], importId: string): Promise<ImportResult> {
    return this.running.rows.importEvents(events, importId);
  }

  /**
   * Takes a row of a log again that was refused before. `exists`: history had it by its event id. A row that is refused
   * again leaves no further dead letter. Rejects with history's error.
   */
  async readmit(row: LogRow): Promise<Readmission> {
    return this.running.rows.readmit(row);
  }

  /** Counts an event that a door refused before it came to `publish`, by the code of its refusal. */
  refused(code: string): void {
    this.counts.rejected(code);
  }

  /** `type` in any spelling, or `'*'`, on whatever bus it travels. Returns the handler's name, as dead letters cite it. */
  subscribe(type: string, handler: EventHandler, options: { readonly name?: string } = {}): string {
    return this.subscribers.subscribe(canonicalType(type), handler, options.name);
  }

  /** False when it was not subscribed. */
  unsubscribe(type: string, handler: EventHandler): boolean {
    return this.subscribers.unsubscribe(canonicalType(type), handler);
  }

  /** See `Sink`. `name` is what operators read of it. Returns the function that removes it. */
  addSink(sink: Sink, name?: string): () => void {
    return this.delivery.addSink(sink, name);
  }

  /** Every handler of this process with its record, on the router itself and on both buses. */
  subscriberStats(): BusSubscriber[] {
    return this.delivery.subscriberStats();
  }

  sinkStats(): SinkStats[] {
    return this.delivery.sinkStats();
  }

  /** Makes a bridge known to the flow check. Returns the function that removes it. */
  attachQueue(probe: QueueProbe): () => void {
    this.probes.push(probe);
    return () => {
      const at = this.probes.indexOf(probe);
      if (at >= 0) this.probes.splice(at, 1);
    };
  }

  /** The newest delivered events that match, oldest of them first; in memory, bounded. */
  history(filter: HistoryFilter = {}): StoredEvent[] {
    return this.delivery.history(filter);
  }

  /** Runs one handler on one event again (the retry of a dead letter). Rejects with HandlerUnknownError or its failure. */
  redeliver(handlerName: string, event: StoredEvent): Promise<void> {
    return this.delivery.redeliver(handlerName, event);
  }

  stats(): RouterStats {
    return this.counts.stats({
      ...this.delivery.stats(),
      inFlight: this.intake.inFlight + this.line.size,
      handlers: this.failures.stats(),
      duplicateIndex: { size: this.duplicates.size, evictedEarly: this.duplicates.evictedEarly },
      queues: this.probes.map((probe) => ({ name: probe.name, ok: probe.ok() })),
    });
  }

  /** Whether events flow as they should, and if not, what to do. */
  validateEventFlow(): FlowReport {
    return checkFlow(factsOf(this.stats()));
  }

  /**
   * Takes no more events, waits for what is being committed and for running handlers, at most `limitMs` for the latter.
   * What handlers were not done with by then becomes dead letters.
   */
  stop(limitMs = DEFAULT_STOP_LIMIT_MS): Promise<void> {
    this.stopped ??= this.shutDown(limitMs);
    return this.stopped;
  }

  /** This router, while it takes events. Throws RouterStoppedError. */
  private get running(): this {
    if (this.stopped !== null) throw new RouterStoppedError();
    return this;
  }

  private async shutDown(limitMs: number): Promise<void> {
    await this.intake.settled();
    if (!(await this.delivery.idleWithin(limitMs, this.timers))) this.delivery.abandon();
    this.closed = true;
    // Failures of the last handlers are events as well.
    await this.intake.settled();
    await this.failures.written();
  }

  private takeIn(requests: readonly PublishRequest[]): Promise<readonly PublishResult[]> {
    this.intake.assertRoom(requests.length, this.line.size);
    return this.line.add(requests);
  }

  private async accept(request: PublishRequest): Promise<PublishResult> {
    const [result] = await this.takeIn([request]);
    if (result === undefined) throw new Error('A publish of one event ended without a result.');
    return result;
  }

  private offer(request: PublishRequest, job: Job, index: number, at: number, since: number): void {
    const prepared = prepareRequest(request, this.defaults, at);
    if (prepared.ok) this.intake.offer(prepared.event, job, index, since);
    else this.reject(prepared.refusal, job, index);
  }

  private reject(refusal: Refusal, job: Job, index: number): void {
    this.counts.rejected(refusal.code);
    job.settle(index, { status: 'rejected', error: refusal });
  }

  private emitOwn(request: PublishRequest): void {
    if (this.closed) return;
    this.accept(request).catch((error: unknown) => {
      this.log.error(
        { event_type: request.eventType, reason: String(error) },
        'an event of the router was not stored',
      );
    });
  }

  private stored(events: readonly StoredEvent[], since: number): void {
    const durable = this.timers.now();
    this.counts.stored(events.length);
    this.delivery.deliver(events);
    this.counts.passed(since, durable, this.timers.now());
  }
}
