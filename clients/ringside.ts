/**
 * Publishes events to Ringside from Node (20 or newer). One file, nothing but Node itself: copy it into your project.
 *
 *     const ringside = new RingsideClient({
 *       url: 'http://127.0.0.1:3000',
 *       source: 'selfplay',
 *       spool: '/var/spool/ringside/selfplay-1',
 *     });
 *     ringside.publish('new_games', { config_key: 'hex8_2p', host: 'gh200-a', new_games: 40 });
 *     await ringside.close();
 *
 * `publish` writes the event down and returns; sending happens behind it, one batch at a time, so order is kept. Each event
 * has an idempotency key and its time from the moment it is published: what is sent twice is stored once. A batch that did
 * not get through is sent again until it does, after waits that grow and are drawn at random.
 *
 * With a `spool` folder, events are in a file when `publish` returns: they outlive the server's absence and the end of this
 * process, however it ends (kill -9 too), and the next client on the folder sends them. Whether they outlive a power cut is
 * `fsync`'s to say. One client at a time has a folder; keep it on a local disk, and give each process its own. Without a
 * spool, events wait in memory and end with the process.
 *
 * Nothing is dropped silently: a full queue makes `publish` throw, and what the server refuses for good goes to
 * `onRejected` and to the file of dead letters.
 */
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

export interface RingsideOptions {
  /** Where Ringside is, such as `http://127.0.0.1:3000`. */
  url: string;
  /** The component that publishes. With the host name it is the producer within which order is kept. */
  source: string;
  /** This machine's name unless given. */
  hostname?: string;
  /** An API key, where the server asks for one (`npx ringside keys create`). */
  apiKey?: string;
  /** A folder of this client's own for events that are not stored yet. */
  spool?: string;
  /** Most bytes of events that may wait: 256 MiB in a spool, 32 MiB in memory. */
  maxQueueBytes?: number;
  /** When a spool is forced onto the disk, for power cuts: each second, before each `publish` returns, or when the system likes. */
  fsync?: 'interval' | 'always' | 'never';
  /** At most so many events (1,000) and bytes (8 MiB) in a call; 500 and 4 MiB unless given. */
  maxBatchEvents?: number;
  maxBatchBytes?: number;
  /** How long an event waits for others to travel with, ms. */
  lingerMs?: number;
  /** How long a call may take, its answer included, ms. */
  requestTimeoutMs?: number;
  /** Before the n-th retry, at random between 0 and `base * 2^n`, at most `max`, ms. A Retry-After is waited for besides. */
  backoffBaseMs?: number;
  backoffMaxMs?: number;
  /** Where refused events are kept; `dead-letters.ndjson` in the spool unless given. */
  deadLetterFile?: string;
  /** Told of each event that the server refused for good. */
  onRejected?: (event: RingsideEvent, why: Refusal) => void;
  /** Told of each failed attempt; the events are kept and sent again. */
  onError?: (error: RingsideError) => void;
  /** How long Node waits for the rest when it has nothing else to do, ms; 0: not at all. */
  exitFlushMs?: number;
}

export interface PublishOptions {
  /** An idempotency key of your own, for something that must count once even when it is published twice. */
  key?: string;
  /** When it happened, epoch seconds; now unless given. */
  timestamp?: number;
  source?: string;
  correlationId?: string;
  parentEventId?: string;
}

/** An event as it travels and as it stands in spool and dead letters. */
export interface RingsideEvent {
  event_type: string;
  payload: Readonly<Record<string, unknown>>;
  source: string;
  hostname: string;
  timestamp: number;
  idempotency_key: string;
  correlation_id?: string;
  parent_event_id?: string;
}

export interface Refusal {
  code: string;
  message: string;
}

export type RingsideErrorCode =
  /** Thrown by `publish`: not an event, or nothing but JSON was asked for. */
  | 'invalid_event'
  /** Thrown by `publish`: as much waits as may wait. The event was not taken. */
  | 'queue_full'
  /** Thrown by `publish` after `close`. */
  | 'closed'
  /** The spool cannot be written or read; thrown by `publish`, which did not take the event, or told to `onError`. */
  | 'spool_failed'
  /** Thrown by the constructor: another client has the folder. */
  | 'spool_locked'
  /** No answer: no connection, or it broke, or it took too long. */
  | 'unreachable'
  /** An answer that asks to come later (429, 5xx). */
  | 'busy'
  /** An answer that time will not change, but an operator can (401, 403, 404 …). Events wait. */
  | 'refused'
  /** An answer that is not Ringside's. */
  | 'bad_answer'
  /** The process ends, and so do events that were only in memory. */
  | 'lost';

export class RingsideError extends Error {
  override readonly name = 'RingsideError';
  readonly code: RingsideErrorCode;
  /** What the server asked to wait, ms; 0 where it asked nothing. */
  readonly retryAfterMs: number;

  constructor(code: RingsideErrorCode, message: string, retryAfterMs = 0) {
    super(message);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

export interface Stats {
  /** Taken by `publish` of this client, and refused by it because the queue was full. */
  published: number;
  notTaken: number;
  /** Answered by the server. A duplicate was sent before, or its key was used before. */
  stored: number;
  duplicates: number;
  rejected: number;
  /** Attempts that were repeated. */
  retries: number;
  /** What waits, with what an earlier client left in the spool. */
  pending: number;
  pendingBytes: number;
  lastError: string | null;
}

const MAX_BATCH_EVENTS = 1_000;
/** What the server takes, less the brackets around the events. */
const MAX_BATCH_BYTES = 8 * 1024 * 1024 - 16;
const MAX_KEY_LENGTH = 200;
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
const MAX_DEAD_LETTER_BYTES = 16 * 1024 * 1024;
/** Waits longer than this are not taken from a server. */
const MAX_RETRY_AFTER_MS = 5 * 60_000;
const FSYNC_INTERVAL_MS = 1_000;

type Result = { status: 'stored' | 'duplicate' } | { status: 'rejected'; error: Refusal };

/** An event of the queue as text, and the bytes that it takes there. */
interface Line {
  readonly text: string;
  readonly size: number;
}

/** What waits, oldest first. */
interface Queue {
  readonly count: number;
  readonly bytes: number;
  /** Whether what waits is there again after the process ended. */
  readonly lasting: boolean;
  append(text: string): void;
  /** The oldest events; at least one where there is one, however large. */
  peek(events: number, bytes: number): Line[];
  /** Forgets the oldest, which `peek` gave. */
  drop(lines: readonly Line[]): void;
  close(): void;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/** How long to wait before the n-th retry (from 0): anything up to a limit that doubles. */
export function backoff(attempt: number, baseMs: number, maxMs: number, random = Math.random): number {
  return random() * Math.min(maxMs, baseMs * 2 ** Math.min(attempt, 30));
}

/** Publishes events; see the head of this file. Throws RingsideError when the spool cannot be had. */
export class RingsideClient {
  readonly #options: Required<
    Omit<RingsideOptions, 'apiKey' | 'spool' | 'deadLetterFile' | 'onRejected' | 'onError' | 'maxQueueBytes'>
  > &
    RingsideOptions;
  readonly #endpoint: string;
  readonly #headers: Record<string, string>;
  readonly #queue: Queue;
  readonly #deadLetters: string | undefined;
  readonly #counts = { published: 0, notTaken: 0, stored: 0, duplicates: 0, rejected: 0, retries: 0 };
  readonly #waiters = new Set<{ target: number; done: () => void }>();
  readonly #running: Promise<void>;
  readonly #beforeExit = (): void => void this.#flushAtExit();
  #lastError: string | null = null;
  /** Events that came into the queue and left it, those found in the spool included. */
  #taken: number;
  #finished = 0;
  #attempt = 0;
  /** Fewer than `maxBatchEvents` while a call as a whole was refused, to find the event that is to blame. */
  #limit: number;
  #wake: () => void = () => undefined;
  /** Whether it waits for events, not for the server. */
  #idle = true;
  /** Of the call under way. */
  #call = new AbortController();
  #stopped = false;
  #closing: Promise<number> | null = null;

  constructor(options: RingsideOptions) {
    const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
    this.#options = {
      hostname: os.hostname(),
      fsync: 'interval',
      maxBatchEvents: 500,
      maxBatchBytes: 4 * 1024 * 1024,
      lingerMs: 100,
      requestTimeoutMs: 30_000,
      backoffBaseMs: 250,
      backoffMaxMs: 10_000,
      exitFlushMs: 5_000,
      ...(given as unknown as RingsideOptions),
    };
    this.#options.maxBatchEvents = Math.min(Math.max(this.#options.maxBatchEvents, 1), MAX_BATCH_EVENTS);
    this.#options.maxBatchBytes = Math.min(this.#options.maxBatchBytes, MAX_BATCH_BYTES);
    this.#limit = this.#options.maxBatchEvents;
    this.#endpoint = new URL('api/events', options.url.endsWith('/') ? options.url : `${options.url}/`).href;
    const { apiKey, spool, maxQueueBytes, deadLetterFile } = options;
    this.#headers = {
      'Content-Type': 'application/json',
      ...(apiKey === undefined ? {} : { Authorization: `Bearer ${apiKey}` }),
    };
    this.#queue =
      spool === undefined
        ? new MemoryQueue(maxQueueBytes ?? 32 * 1024 * 1024)
        : new Spool(spool, maxQueueBytes ?? 256 * 1024 * 1024, this.#options.fsync);
    this.#deadLetters =
      deadLetterFile ?? (spool === undefined ? undefined : path.join(spool, 'dead-letters.ndjson'));
    this.#taken = this.#queue.count;
    if (this.#options.exitFlushMs > 0) atExit(this.#beforeExit);
    this.#running = this.#run();
  }

  /**
   * Takes an event and returns its idempotency key at once. Throws RingsideError: `invalid_event`, `queue_full`,
   * `spool_failed`, `closed`; the event was not taken then.
   */
  publish(
    eventType: string,
    payload: Readonly<Record<string, unknown>>,
    options: PublishOptions = {},
  ): string {
    if (this.#closing) throw new RingsideError('closed', 'this client is closed: make another one');
    const key = options.key ?? randomUUID();
    const text = asText({
      event_type: eventType,
      payload,
      source: options.source ?? this.#options.source,
      hostname: this.#options.hostname,
      timestamp: options.timestamp ?? Date.now() / 1_000,
      idempotency_key: key,
      ...(options.correlationId === undefined ? {} : { correlation_id: options.correlationId }),
      ...(options.parentEventId === undefined ? {} : { parent_event_id: options.parentEventId }),
    });
    const first = this.#queue.count === 0;
    try {
      this.#queue.append(text);
    } catch (error) {
      this.#counts.notTaken++;
      throw error;
    }
    this.#counts.published++;
    this.#taken++;
    // Not out of a wait after a failure.
    if (this.#idle && (first || this.#isDue())) this.#wake();
    return key;
  }

  /** Waits until all that was published before has its answer; resolves to how many have none after `timeoutMs`. */
  flush(timeoutMs = 10_000): Promise<number> {
    const target = this.#taken;
    if (this.#finished >= target) return Promise.resolve(0);
    return new Promise((resolve) => {
      const waiter = {
        target,
        done: (): void => {
          clearTimeout(timer);
          this.#waiters.delete(waiter);
          resolve(Math.max(0, target - this.#finished));
        },
      };
      const timer = setTimeout(waiter.done, timeoutMs);
      this.#waiters.add(waiter);
      this.#wake();
    });
  }

  /**
   * Takes no more events, sends the rest for at most `timeoutMs`, and gives the spool free. Resolves to how many are left:
   * in the spool for the next client, or lost where there is none.
   */
  close(timeoutMs = 10_000): Promise<number> {
    this.#closing ??= this.#close(timeoutMs);
    return this.#closing;
  }

  stats(): Stats {
    const { count: pending, bytes: pendingBytes } = this.#queue;
    return { ...this.#counts, pending, pendingBytes, lastError: this.#lastError };
  }

  async #close(timeoutMs: number): Promise<number> {
    notAtExit(this.#beforeExit);
    const left = await this.flush(timeoutMs);
    this.#stopped = true;
    this.#call.abort(new Error('this client is closed'));
    this.#wake();
    await this.#running;
    this.#queue.close();
    return left;
  }

  async #flushAtExit(): Promise<void> {
    const left = await this.flush(this.#options.exitFlushMs);
    if (left > 0 && !this.#queue.lasting)
      this.#note(new RingsideError('lost', `${left} events end with this process: give the client a spool`));
  }

  async #run(): Promise<void> {
    while (!this.#isStopped()) {
      this.#idle = !this.#isDue();
      if (this.#queue.count === 0) await this.#sleep(null);
      else {
        if (this.#idle) await this.#sleep(this.#options.lingerMs);
        this.#idle = false;
        if (!this.#isStopped()) await this.#sendNext();
      }
    }
  }

  #isDue(): boolean {
    const { maxBatchEvents, maxBatchBytes } = this.#options;
    return (
      this.#waiters.size > 0 || this.#queue.count >= maxBatchEvents || this.#queue.bytes >= maxBatchBytes
    );
  }

  /** Until it is woken, or the time is over; holds no process back. */
  #sleep(ms: number | null): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === null ? null : setTimeout(() => this.#wake(), ms).unref();
      this.#wake = (): void => {
        if (timer !== null) clearTimeout(timer);
        this.#wake = () => undefined;
        resolve();
      };
    });
  }

  async #sendNext(): Promise<void> {
    try {
      await this.#deliver(this.#queue.peek(this.#limit, this.#options.maxBatchBytes));
      this.#attempt = 0;
    } catch (error) {
      if (this.#stopped) return;
      const known =
        error instanceof RingsideError ? error : new RingsideError('bad_answer', messageOf(error));
      this.#counts.retries++;
      this.#note(known);
      const { backoffBaseMs, backoffMaxMs } = this.#options;
      const until = performance.now() + known.retryAfterMs;
      await this.#sleep(known.retryAfterMs + backoff(this.#attempt++, backoffBaseMs, backoffMaxMs));
      // A flush may cut the wait short, but not what the server asked for.
      while (!this.#isStopped() && performance.now() < until) await this.#sleep(until - performance.now());
    }
  }

  /** Read anew after each wait; a field would be taken for what it was. */
  #isStopped(): boolean {
    return this.#stopped;
  }

  /** Sends events and puts each where it belongs. Throws RingsideError when they are to be sent again. */
  async #deliver(lines: readonly Line[]): Promise<void> {
    const events = lines.map(({ text }) => parseEvent(text));
    const body = lines.flatMap(({ text }, index) => (events[index] === null ? [] : [text]));
    const answer = body.length === 0 ? [] : await this.#post(body);
    if (!Array.isArray(answer) && lines.length > 1) {
      this.#limit = Math.ceil(lines.length / 2);
      return;
    }
    const results = Array.isArray(answer) ? answer : [{ status: 'rejected', error: answer } as const];
    this.#limit = Math.min(this.#options.maxBatchEvents, this.#limit * 2);
    let next = 0;
    for (const [index, event] of events.entries()) {
      const result = event === null ? UNREADABLE : (results[next++] ?? UNREADABLE);
      if (result.status === 'rejected') this.#reject(event ?? lines[index]?.text, result.error);
      else this.#counts[result.status === 'stored' ? 'stored' : 'duplicates']++;
    }
    this.#finish(lines);
  }

  /** The events' results, or why the call as a whole was refused for what it holds. */
  async #post(texts: readonly string[]): Promise<Result[] | Refusal> {
    const { status, retryAfterMs, text } = await this.#send(`[${texts.join(',')}]`);
    const answer = parseJson(text);
    if (status === 413 || (status === 400 && refusalOf(answer)?.code === 'bad_request'))
      return refusalOf(answer) ?? { code: 'too_large', message: `the server answered ${status}` };
    const said = refusalOf(answer)?.message ?? 'no reason given';
    if (status === 408 || status === 429 || status >= 500)
      throw new RingsideError('busy', `the server answered ${status}: ${said}`, retryAfterMs);
    if (status < 200 || status > 299)
      throw new RingsideError('refused', `the server answered ${status}: ${said}`, retryAfterMs);
    const results = resultsOf(answer, texts.length);
    if (results === null)
      throw new RingsideError('bad_answer', `what answers at ${this.#endpoint} is not Ringside`);
    return results;
  }

  async #send(body: string): Promise<{ status: number; retryAfterMs: number; text: string }> {
    // One for each call: signals that are tied to one that lives on pile up behind it.
    this.#call = new AbortController();
    const { signal } = this.#call;
    const { requestTimeoutMs } = this.#options;
    const timer = setTimeout(
      () => this.#call.abort(new Error(`no answer within ${requestTimeoutMs} ms`)),
      requestTimeoutMs,
    );
    try {
      // A redirect is not followed: it would take the key elsewhere.
      const response = await fetch(this.#endpoint, {
        method: 'POST',
        headers: this.#headers,
        body,
        redirect: 'manual',
        signal,
      });
      const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'));
      return { status: response.status, retryAfterMs, text: await readText(response) };
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      throw new RingsideError('unreachable', `${this.#endpoint} does not answer: ${messageOf(cause)}`);
    } finally {
      clearTimeout(timer);
    }
  }

  #finish(lines: readonly Line[]): void {
    this.#finished += lines.length;
    try {
      this.#queue.drop(lines);
    } catch (error) {
      // The events are stored. At the worst the next client sends them again, and the server knows them.
      this.#note(
        new RingsideError('spool_failed', `the spool cannot note what is sent: ${messageOf(error)}`),
      );
    }
    for (const waiter of [...this.#waiters]) if (this.#finished >= waiter.target) waiter.done();
  }

  #reject(event: RingsideEvent | string | undefined, why: Refusal): void {
    this.#counts.rejected++;
    try {
      if (this.#deadLetters !== undefined) keepDeadLetter(this.#deadLetters, event, why);
    } catch (error) {
      this.#note(new RingsideError('spool_failed', `a dead letter cannot be written: ${messageOf(error)}`));
    }
    if (typeof event === 'object') quietly(() => this.#options.onRejected?.(event, why));
  }

  #note(error: RingsideError): void {
    this.#lastError = error.message;
    quietly(() => this.#options.onError?.(error));
  }
}

const exiting = new Set<() => void>();
const runExiting = (): void => {
  for (const work of exiting) {
    // Once: what is left then would hold the process for ever.
    notAtExit(work);
    work();
  }
};

function atExit(work: () => void): void {
  if (exiting.size === 0) process.on('beforeExit', runExiting);
  exiting.add(work);
}

function notAtExit(work: () => void): void {
  if (exiting.delete(work) && exiting.size === 0) process.off('beforeExit', runExiting);
}

const UNREADABLE: Result = {
  status: 'rejected',
  error: { code: 'spool_damaged', message: 'the spool holds a line that is no event' },
};

/** Callbacks are not ours: one that throws must not stop the sending. */
function quietly(callback: () => void): void {
  try {
    callback();
  } catch {
    // Whose error it is knows better what to do with it.
  }
}

/** One line of JSON. Throws RingsideError `invalid_event` for what no server would take. */
function asText(event: RingsideEvent): string {
  const { event_type: type, payload, idempotency_key: key, timestamp } = event;
  const refuse = (message: string): never => {
    throw new RingsideError('invalid_event', message);
  };
  if (typeof type !== 'string' || type === '') refuse('the event type must be a text that is not empty');
  if (typeof payload !== 'object' || (payload as unknown) === null || Array.isArray(payload))
    refuse(`${type}: the payload must be an object`);
  if (key === '' || key.length > MAX_KEY_LENGTH || key.startsWith('action:'))
    refuse(`${type}: a key has 1 to ${MAX_KEY_LENGTH} characters and does not begin with "action:"`);
  if (!Number.isFinite(timestamp)) refuse(`${type}: the timestamp must be epoch seconds`);
  let text = '';
  try {
    text = JSON.stringify(event, (_key, value: unknown) => {
      if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${value} is not JSON`);
      return value;
    });
  } catch (error) {
    refuse(`${type}: the payload cannot be written as JSON: ${messageOf(error)}`);
  }
  if (Buffer.byteLength(text) > MAX_BATCH_BYTES)
    refuse(`${type}: the event is larger than a call may be: send a reference to the data instead`);
  return text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function parseEvent(text: string): RingsideEvent | null {
  const event = parseJson(text);
  return typeof event === 'object' && event !== null && 'event_type' in event
    ? (event as RingsideEvent)
    : null;
}

/** `{error: {code, message}}`, as Ringside's refusals have it. */
function refusalOf(answer: unknown): Refusal | null {
  if (typeof answer !== 'object' || answer === null || !('error' in answer)) return null;
  const { error } = answer;
  if (typeof error !== 'object' || error === null || !('code' in error) || !('message' in error)) return null;
  return { code: String(error.code), message: String(error.message) };
}

/** The results of an answer, one per event; null where it is not one. */
function resultsOf(answer: unknown, count: number): Result[] | null {
  if (typeof answer !== 'object' || answer === null || !('results' in answer)) return null;
  const results: unknown = answer.results;
  if (!Array.isArray(results) || results.length !== count) return null;
  const read = results.map((result: unknown): Result | null => {
    if (typeof result !== 'object' || result === null || !('status' in result)) return null;
    if (result.status === 'stored' || result.status === 'duplicate') return { status: result.status };
    const error = refusalOf(result);
    return result.status === 'rejected' && error !== null ? { status: 'rejected', error } : null;
  });
  return read.every((result) => result !== null) ? read : null;
}

/** Seconds or a date, in ms from now; 0 where there is neither. */
function parseRetryAfter(header: string | null): number {
  if (header === null) return 0;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS) : 0;
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (response.body) {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > MAX_ANSWER_BYTES) throw new Error('the answer has no end');
      chunks.push(chunk);
    }
  }
  return Buffer.concat(chunks).toString();
}

/** Two files at the most: a full one becomes the older one. */
function keepDeadLetter(file: string, event: unknown, why: Refusal): void {
  if ((fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_DEAD_LETTER_BYTES)
    fs.renameSync(file, `${file}.1`);
  fs.appendFileSync(file, `${JSON.stringify({ at: Date.now() / 1_000, ...why, event })}\n`);
}

const full = (maxBytes: number): RingsideError =>
  new RingsideError('queue_full', `more than ${maxBytes} bytes of events wait for the server`);

class MemoryQueue implements Queue {
  readonly lasting = false;
  readonly #maxBytes: number;
  #lines: Line[] = [];
  bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get count(): number {
    return this.#lines.length;
  }

  append(text: string): void {
    const size = Buffer.byteLength(text) + 1;
    if (this.bytes + size > this.#maxBytes) throw full(this.#maxBytes);
    this.#lines.push({ text, size });
    this.bytes += size;
  }

  peek(events: number, bytes: number): Line[] {
    let size = 0;
    const next = this.#lines.slice(0, events);
    const end = next.findIndex((line) => (size += line.size) > bytes);
    return next.slice(0, end === -1 ? events : Math.max(end, 1));
  }

  drop(lines: readonly Line[]): void {
    this.#lines = this.#lines.slice(lines.length);
    for (const { size } of lines) this.bytes -= size;
  }

  close(): void {
    // Nothing is held.
  }
}

interface Segment {
  readonly number: number;
  /** Where its last whole line ends. */
  end: number;
}

const SEGMENT = /^events-(\d{12})\.ndjson$/;
const LINE_FEED = 0x0a;

/**
 * A folder of files, an event per line. A client appends to a file of its own and removes a file when all of it is
 * answered; `position` says how far the oldest one is. `position` may be behind (a crash): what is sent again is known to
 * the server by its key. A line that a crash cut off was not taken, and is passed over.
 */
class Spool implements Queue {
  readonly lasting = true;
  readonly #folder: string;
  readonly #maxBytes: number;
  readonly #segmentBytes: number;
  readonly #fsync: 'interval' | 'always' | 'never';
  readonly #unlock: () => void;
  readonly #segments: Segment[] = [];
  #offset = 0;
  /** The last segment, once this client has begun one. */
  #current: number | null = null;
  #next = 1;
  #syncing: NodeJS.Timeout | null = null;
  count = 0;
  bytes = 0;

  constructor(folder: string, maxBytes: number, fsync: 'interval' | 'always' | 'never') {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
    this.#segmentBytes = Math.min(4 * 1024 * 1024, Math.ceil(maxBytes / 4));
    this.#fsync = fsync;
    this.#unlock = this.#guard('opened', () => {
      fs.mkdirSync(folder, { recursive: true });
      return lockFolder(folder);
    });
    try {
      this.#guard('read', () => this.#load());
    } catch (error) {
      this.#unlock();
      throw error;
    }
  }

  append(text: string): void {
    const data = Buffer.from(`${text}\n`);
    if (this.bytes + data.length > this.#maxBytes) throw full(this.#maxBytes);
    this.#guard('written', () => {
      const { fd, segment } = this.#writable();
      // At a place, not at the end: what a full disk left of a line is written over.
      for (let done = 0; done < data.length;)
        done += fs.writeSync(fd, data, done, data.length - done, segment.end + done);
      if (this.#fsync === 'always') fs.fsyncSync(fd);
      if (this.#fsync === 'interval')
        this.#syncing ??= setTimeout(() => this.#sync(), FSYNC_INTERVAL_MS).unref();
      segment.end += data.length;
    });
    this.bytes += data.length;
    this.count++;
  }

  peek(events: number, bytes: number): Line[] {
    return this.#guard('read', () => {
      const oldest = this.#segments[0];
      if (!oldest) return [];
      const waiting = oldest.end - this.#offset;
      for (let want = Math.min(bytes, waiting); ; want = Math.min(want * 2, waiting)) {
        const chunk = readPart(this.#fileOf(oldest), this.#offset, want);
        const lines = linesOf(chunk, events, bytes);
        if (lines.length > 0) return lines;
        if (want === waiting) throw new Error(`${this.#fileOf(oldest)} is shorter than it was`);
      }
    });
  }

  drop(lines: readonly Line[]): void {
    for (const { size } of lines) {
      this.#offset += size;
      this.bytes -= size;
    }
    this.count -= lines.length;
    const answered: Segment[] = [];
    for (let oldest = this.#segments[0]; oldest && this.#isOver(oldest); oldest = this.#segments[0]) {
      answered.push(oldest);
      this.#segments.shift();
      this.#offset = 0;
      if (this.#segments.length === 0) this.#endCurrent();
    }
    this.#writePosition();
    for (const segment of answered) fs.rmSync(this.#fileOf(segment), { force: true });
  }

  close(): void {
    try {
      this.#guard('closed', () => this.#endCurrent());
    } finally {
      this.#unlock();
    }
  }

  /** Whether all of a file is answered and nothing is to be added to it. */
  #isOver(segment: Segment): boolean {
    const growing = this.#current !== null && segment === this.#segments.at(-1);
    return this.#offset >= segment.end && (!growing || segment.end >= this.#segmentBytes);
  }

  #load(): void {
    const numbers = fs.readdirSync(this.#folder).flatMap((name) => SEGMENT.exec(name)?.[1] ?? []);
    const position = this.#readPosition();
    for (const number of numbers.map(Number).sort((a, b) => a - b)) {
      const file = this.#fileOf({ number, end: 0 });
      const start = number === position.segment && isLineStart(file, position.offset) ? position.offset : 0;
      const { lines, end } = measure(file, start);
      // What is answered already, or never was a whole line.
      if (end === start || number < position.segment) {
        fs.rmSync(file, { force: true });
        continue;
      }
      if (this.#segments.length === 0) this.#offset = start;
      this.#segments.push({ number, end });
      this.count += lines;
      this.bytes += end - start;
    }
    // Above the number in `position` as well: it must not speak of a file to come.
    this.#next = Math.max(position.segment, ...numbers.map(Number)) + 1;
  }

  /** The file that is appended to; a new one when this client has none, or the last one is large enough. */
  #writable(): { fd: number; segment: Segment } {
    let segment = this.#segments.at(-1);
    if (this.#current !== null && segment && segment.end >= this.#segmentBytes) this.#endCurrent();
    if (this.#current === null || !segment) {
      segment = { number: this.#next, end: 0 };
      this.#current = fs.openSync(this.#fileOf(segment), 'wx', 0o600);
      this.#next++;
      this.#segments.push(segment);
      if (this.#fsync !== 'never') syncFolder(this.#folder);
    }
    return { fd: this.#current, segment };
  }

  #endCurrent(): void {
    if (this.#syncing !== null) clearTimeout(this.#syncing);
    this.#syncing = null;
    if (this.#current === null) return;
    const fd = this.#current;
    this.#current = null;
    try {
      if (this.#fsync !== 'never') fs.fsyncSync(fd);
    } finally {
      fs.closeSync(fd);
    }
  }

  #sync(): void {
    this.#syncing = null;
    // Off this thread. It fails where the file is closed by then, which is after a sync of its own.
    if (this.#current !== null) fs.fsync(this.#current, () => undefined);
  }

  #readPosition(): { segment: number; offset: number } {
    try {
      const text = fs.readFileSync(path.join(this.#folder, 'position'), 'utf8');
      const [segment = 0, offset = 0] = text.trim().split(' ').map(Number);
      return Number.isSafeInteger(segment) && Number.isSafeInteger(offset)
        ? { segment, offset }
        : { segment: 0, offset: 0 };
    } catch {
      return { segment: 0, offset: 0 };
    }
  }

  #writePosition(): void {
    const file = path.join(this.#folder, 'position');
    fs.writeFileSync(`${file}.new`, `${this.#segments[0]?.number ?? this.#next} ${this.#offset}\n`);
    fs.renameSync(`${file}.new`, file);
  }

  #fileOf({ number }: Segment): string {
    return path.join(this.#folder, `events-${String(number).padStart(12, '0')}.ndjson`);
  }

  #guard<Value>(what: string, work: () => Value): Value {
    try {
      return work();
    } catch (error) {
      if (error instanceof RingsideError) throw error;
      throw new RingsideError(
        'spool_failed',
        `the spool ${this.#folder} cannot be ${what}: ${messageOf(error)}`,
      );
    }
  }
}

function readPart(file: string, offset: number, length: number): Buffer {
  const fd = fs.openSync(file, 'r');
  try {
    const buffer = Buffer.allocUnsafe(length);
    return buffer.subarray(0, fs.readSync(fd, buffer, 0, length, offset));
  } finally {
    fs.closeSync(fd);
  }
}

/** The first lines of a chunk, as many as go together; one that is too large by itself goes alone. */
function linesOf(chunk: Buffer, most: number, bytes: number): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
    if (lines.length === most || (lines.length > 0 && end + 1 > bytes)) break;
    lines.push({ text: chunk.toString('utf8', start, end), size: end + 1 - start });
    start = end + 1;
  }
  return lines;
}

/** Whether a line begins at this place of the file. */
function isLineStart(file: string, offset: number): boolean {
  return offset === 0 || readPart(file, offset - 1, 1)[0] === LINE_FEED;
}

/** How many whole lines follow from a place on, and where the last one ends. */
function measure(file: string, start: number): { lines: number; end: number } {
  let [lines, end] = [0, start];
  for (let at = start; ;) {
    const chunk = readPart(file, at, 1024 * 1024);
    if (chunk.length === 0) return { lines, end };
    for (let found = chunk.indexOf(LINE_FEED); found !== -1; found = chunk.indexOf(LINE_FEED, found + 1)) {
      lines++;
      end = at + found + 1;
    }
    at += chunk.length;
  }
}

function syncFolder(folder: string): void {
  // Windows can open no folder; its file systems need no such thing.
  if (process.platform === 'win32') return;
  const fd = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

interface Holder {
  pid: number;
  born: string;
}

/** When a process began, so that a number used again is not taken for it; empty where the system does not tell. */
function bornAt(pid: number): string {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isAlive({ pid, born }: Holder): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false;
  }
  return bornAt(pid) === born;
}

function holderOf(file: string): Holder | null {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Holder;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    // Nobody leaves half of it: it is linked into place when it is whole.
    return { pid: -1, born: 'unreadable' };
  }
}

/** Makes the folder this process's; returns how to give it free. Throws RingsideError `spool_locked`. */
function lockFolder(folder: string): () => void {
  const file = path.join(folder, 'lock');
  const taken = ({ pid }: Holder): RingsideError =>
    new RingsideError('spool_locked', `process ${pid} uses the spool ${folder}: give each client its own`);
  if (fs.existsSync(`${file}.python`))
    throw new RingsideError(
      'spool_locked',
      `the spool ${folder} is a Python client’s: give each client its own`,
    );
  const mine = `${file}.${randomUUID()}`;
  fs.writeFileSync(mine, JSON.stringify({ pid: process.pid, born: bornAt(process.pid) }));
  try {
    for (;;) {
      try {
        fs.linkSync(mine, file);
        return () => fs.rmSync(file, { force: true });
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
      }
      const holder = holderOf(file);
      if (holder !== null && isAlive(holder)) throw taken(holder);
      clearAway(file, taken);
    }
  } finally {
    fs.rmSync(mine, { force: true });
  }
}

/** Takes a dead process's lock away. Another client may do so at the same moment: what is moved is looked at again. */
function clearAway(file: string, taken: (holder: Holder) => RingsideError): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    fs.renameSync(file, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  try {
    const holder = holderOf(aside);
    if (holder === null || !isAlive(holder)) return;
    fs.linkSync(aside, file);
    throw taken(holder);
  } finally {
    fs.rmSync(aside, { force: true });
  }
}
