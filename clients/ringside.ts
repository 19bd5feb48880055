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
 * `publish` writes the event into a file of the folder `spool` and returns. What stands in the file is sent behind it, one
 * batch at a time, so order is kept. Each event has its time and an idempotency key from the moment it is published, so what
 * is sent twice is stored once. A batch that did not get through is sent again until it does.
 *
 * What `publish` returned for outlives the server's absence and the end of this process, kill -9 included: the next client on
 * the folder sends it. (A power cut may cost what the system had not written to the disk yet.) One client at a time has a
 * folder. Keep it on a local disk.
 *
 * Nothing disappears silently: `publish` throws when it cannot take an event, and what the server refuses for good goes to
 * `onRejected` and into `dead-letters.ndjson` in the folder.
 */
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface RingsideOptions {
  /** Where Ringside is, such as `http://127.0.0.1:3000`. */
  url: string;
  /** The component that publishes. With the host name it is the producer within which order is kept. */
  source: string;
  /** A folder of this client's own. */
  spool: string;
  /** An API key, where the server asks for one (`npx ringside keys create`). */
  apiKey?: string | undefined;
  /** This machine's name unless given. */
  hostname?: string;
  /** Most bytes of the file of events that wait; 256 MiB unless given. */
  maxSpoolBytes?: number;
  /** Most events of one call, at most 1,000; 500 unless given. */
  maxBatchEvents?: number;
  /** How long an event waits for others to travel with; 100 ms unless given. */
  lingerMs?: number;
  /** How long a call may take, its answer included; 30 s unless given. */
  timeoutMs?: number;
  /** Before the n-th retry, at random between 0 and `first * 2^n`, at most `most`; [250, 10,000] ms. A Retry-After is waited for besides. */
  backoffMs?: readonly [first: number, most: number];
  /** Told of each event that the server refused for good. */
  onRejected?: (event: RingsideEvent, why: Refusal) => void;
  /** Told of each failed attempt; the events are kept and sent again. */
  onError?: (error: RingsideError) => void;
}

export interface PublishOptions {
  /** An idempotency key of your own, for something that must count once even when it is published twice. */
  key?: string;
  /** When it happened, epoch seconds; now unless given. */
  timestamp?: number;
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

export interface Stats {
  published: number;
  /** By the server's answer. A duplicate's key was known. */
  stored: number;
  duplicates: number;
  rejected: number;
  /** Attempts that failed. */
  retries: number;
  /** What waits, with what an earlier client left. */
  pending: number;
  lastError: string | null;
}

/**
 * Thrown by `publish` (the event was not taken): `invalid_event`, `queue_full`, `spool_failed`, `closed`. Thrown by the
 * constructor: `spool_failed`, `spool_locked`. Told to `onError`: `not_sent`, `spool_failed`.
 */
export class RingsideError extends Error {
  override readonly name = 'RingsideError';
  readonly code: 'invalid_event' | 'queue_full' | 'spool_failed' | 'spool_locked' | 'closed' | 'not_sent';
  /** What the server asked to wait. */
  readonly retryAfterMs: number;

  constructor(code: RingsideError['code'], message: string, retryAfterMs = 0) {
    super(message);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

type Result = { status: 'stored' | 'duplicate' } | { status: 'rejected'; error: Refusal };

/** Of one call, and of one event. The server takes 8 MiB, and payloads of 1 MiB. */
const MAX_CALL_BYTES = 4 * 1024 * 1024;
const MAX_DEAD_LETTER_BYTES = 16 * 1024 * 1024;
const MAX_RETRY_AFTER_MS = 5 * 60_000;
/** Bytes of a spool's first line, and of a piece that is read or copied at once. */
const HEAD = 20;
const PIECE = 1024 * 1024;

/** How long to wait before the n-th retry (from 0): anything up to a limit that doubles. */
export function backoff(attempt: number, first: number, most: number, random = Math.random): number {
  return random() * Math.min(most, first * 2 ** Math.min(attempt, 30));
}

/** Publishes events; see the head of this file. */
export class RingsideClient {
  readonly #options: Required<Omit<RingsideOptions, 'apiKey' | 'onRejected' | 'onError'>> & RingsideOptions;
  readonly #endpoint: string;
  readonly #spool: Spool;
  readonly #counts = { published: 0, stored: 0, duplicates: 0, rejected: 0, retries: 0 };
  readonly #beforeExit = (): void => void this.close(5_000);
  #lastError: string | null = null;
  /** Events that came into the spool and left it, those found in it included. */
  #taken: number;
  #finished = 0;
  /** Fewer than may travel together while calls as a whole are refused, to find the event that is to blame. */
  #most: number;
  #failures = 0;
  /** Of the next call; it holds no process back. */
  #timer: NodeJS.Timeout | undefined;
  /** Whether it waits for the server, not for events. */
  #busy = false;
  #call = new AbortController();
  #calling: Promise<void> = Promise.resolve();
  #closing: Promise<number> | null = null;
  #stopped = false;

  constructor(options: RingsideOptions) {
    this.#options = {
      hostname: os.hostname(),
      maxSpoolBytes: 256 * 1024 * 1024,
      maxBatchEvents: 500,
      lingerMs: 100,
      timeoutMs: 30_000,
      backoffMs: [250, 10_000],
      ...options,
    };
    this.#most = this.#options.maxBatchEvents;
    this.#endpoint = new URL('api/events', `${options.url.replace(/\/$/, '')}/`).href;
    this.#spool = new Spool(options.spool, this.#options.maxSpoolBytes);
    this.#taken = this.#spool.count;
    // A process that has nothing else to do sends the rest before it ends.
    process.once('beforeExit', this.#beforeExit);
    if (this.#taken > 0) this.#callIn(0);
  }

  /** Takes an event and returns its idempotency key at once. Throws RingsideError where it cannot. */
  publish(
    eventType: string,
    payload: Readonly<Record<string, unknown>>,
    { key = randomUUID(), timestamp = Date.now() / 1_000, correlationId, parentEventId }: PublishOptions = {},
  ): string {
    if (this.#closing) throw new RingsideError('closed', 'this client is closed: make another one');
    const { source, hostname, maxBatchEvents, lingerMs } = this.#options;
    this.#spool.append(
      asLine({
        event_type: eventType,
        payload,
        source,
        hostname,
        timestamp,
        idempotency_key: key,
        ...(correlationId === undefined ? {} : { correlation_id: correlationId }),
        ...(parentEventId === undefined ? {} : { parent_event_id: parentEventId }),
      }),
    );
    this.#counts.published++;
    this.#taken++;
    if (!this.#busy && this.#spool.count === 1) this.#callIn(lingerMs);
    if (!this.#busy && this.#spool.count === maxBatchEvents) this.#callIn(0);
    return key;
  }

  /** Waits until all that was published before has its answer; resolves to how many have none after `timeoutMs`. */
  async flush(timeoutMs = 10_000): Promise<number> {
    const target = this.#taken;
    const deadline = performance.now() + timeoutMs;
    while (this.#finished < target && performance.now() < deadline) await sleep(2);
    return Math.max(0, target - this.#finished);
  }

  /**
   * Takes no more events, sends for at most `timeoutMs`, and gives the folder free for the next client. Resolves to how many
   * events are left in it. A Node that has nothing else to do calls this; `process.exit` and signals do not.
   */
  close(timeoutMs = 10_000): Promise<number> {
    this.#closing ??= this.#close(timeoutMs);
    return this.#closing;
  }

  stats(): Stats {
    return { ...this.#counts, pending: this.#taken - this.#finished, lastError: this.#lastError };
  }

  async #close(timeoutMs: number): Promise<number> {
    process.off('beforeExit', this.#beforeExit);
    if (!this.#busy && this.#spool.count > 0) this.#callIn(0);
    const left = await this.flush(timeoutMs);
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#call.abort();
    await this.#calling;
    this.#spool.close();
    return left;
  }

  #callIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#calling = this.#sendNext();
    }, ms).unref();
  }

  async #sendNext(): Promise<void> {
    this.#busy = true;
    let pause = 0;
    try {
      const lines = this.#spool.head(this.#most, MAX_CALL_BYTES);
      const results = await this.#send(lines);
      if (results !== null) this.#finish(lines, results);
      // A call that is refused as a whole: fewer events, until the one to blame is found.
      const { maxBatchEvents } = this.#options;
      this.#most = results === null ? lines.length >> 1 : Math.min(maxBatchEvents, this.#most * 2);
      this.#failures = 0;
    } catch (error) {
      if (this.#stopped) return;
      const known = error instanceof RingsideError ? error : new RingsideError('not_sent', messageOf(error));
      this.#counts.retries++;
      this.#note(known);
      pause = known.retryAfterMs + backoff(this.#failures++, ...this.#options.backoffMs);
    }
    const { count } = this.#spool;
    this.#busy = pause > 0;
    if (this.#stopped || count === 0) return;
    this.#callIn(pause > 0 || count >= this.#most || this.#closing ? pause : this.#options.lingerMs);
  }

  /** A result per event; null when the call was refused for what it holds. Throws what time or an operator may mend. */
  async #send(lines: readonly string[]): Promise<Result[] | null> {
    const { status, text, retryAfter } = await this.#post(`[${lines.join(',')}]`);
    const answer: { results?: Result[]; error?: Refusal } | null = parsed(text);
    const error = answer?.error ?? { code: 'refused', message: `the server answered ${status}` };
    if (status === 413 || (status === 400 && error.code === 'bad_request'))
      return lines.length > 1 ? null : [{ status: 'rejected', error }];
    const results = answer?.results;
    if (
      status === 200 &&
      Array.isArray(results) &&
      results.length === lines.length &&
      results.every(isResult)
    )
      return results;
    throw new RingsideError(
      'not_sent',
      `${this.#endpoint} ${status === 200 ? 'is not Ringside’s' : `answered ${status}: ${error.message}`}`,
      Math.min(/^\d+$/.test(retryAfter) ? Number(retryAfter) * 1_000 : 0, MAX_RETRY_AFTER_MS),
    );
  }

  async #post(body: string): Promise<{ status: number; text: string; retryAfter: string }> {
    const { apiKey, timeoutMs } = this.#options;
    const { signal } = (this.#call = new AbortController());
    const timer = setTimeout(
      () => this.#call.abort(new Error(`no answer within ${timeoutMs} ms`)),
      timeoutMs,
    );
    try {
      const response = await fetch(this.#endpoint, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...(apiKey && { Authorization: `Bearer ${apiKey}` }) },
        body,
        redirect: 'manual', // It would take the key elsewhere.
        signal,
      });
      const retryAfter = response.headers.get('retry-after') ?? '';
      return { status: response.status, text: await response.text(), retryAfter };
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      throw new RingsideError('not_sent', `${this.#endpoint} does not answer: ${messageOf(cause)}`);
    } finally {
      clearTimeout(timer);
    }
  }

  #finish(lines: readonly string[], results: readonly Result[]): void {
    this.#spool.drop(lines);
    for (const [index, result] of results.entries()) {
      if (result.status === 'stored') this.#counts.stored++;
      if (result.status === 'duplicate') this.#counts.duplicates++;
      if (result.status === 'rejected') this.#reject(lines[index] ?? '', result.error);
    }
    this.#finished += lines.length;
  }

  #reject(line: string, why: Refusal): void {
    this.#counts.rejected++;
    const event = parsed(line) as RingsideEvent | null;
    const letters = path.join(this.#options.spool, 'dead-letters.ndjson');
    try {
      if ((fs.statSync(letters, { throwIfNoEntry: false })?.size ?? 0) < MAX_DEAD_LETTER_BYTES) {
        const letter = { at: Date.now() / 1_000, code: why.code, message: why.message, event: event ?? line };
        fs.appendFileSync(letters, `${JSON.stringify(letter)}\n`);
      }
    } catch (error) {
      this.#note(new RingsideError('spool_failed', `a dead letter cannot be written: ${messageOf(error)}`));
    }
    if (event !== null) quietly(() => this.#options.onRejected?.(event, why));
  }

  #note(error: RingsideError): void {
    this.#lastError = error.message;
    quietly(() => this.#options.onError?.(error));
  }
}

/**
 * A file with an event per line, oldest first, behind a line that says where the first unanswered one begins. That line may
 * be behind (a crash): what is sent again is known to the server by its key. A last line that a crash cut off was not taken.
 */
class Spool {
  readonly #file: string;
  readonly #maxBytes: number;
  readonly #unlock: () => void;
  #fd: number;
  #start = HEAD;
  #end = HEAD;
  count = 0;

  constructor(folder: string, maxBytes: number) {
    this.#file = path.join(folder, 'node.ndjson');
    this.#maxBytes = maxBytes;
    try {
      fs.mkdirSync(folder, { recursive: true });
      this.#unlock = lock(path.join(folder, 'node.lock'));
      this.#fd = openFile(this.#file);
      this.#load();
    } catch (error) {
      if (error instanceof RingsideError) throw error;
      throw new RingsideError('spool_failed', `the spool ${folder} cannot be opened: ${messageOf(error)}`);
    }
  }

  append(line: string): void {
    const data = Buffer.from(`${line}\n`);
    try {
      if (this.#end + data.length > this.#maxBytes && this.#start > this.#end / 2) this.#compact();
      if (this.#end + data.length > this.#maxBytes)
        throw new RingsideError(
          'queue_full',
          `${this.count} events, ${this.#end} bytes, wait for the server`,
        );
      // What a full disk takes of the line is written over by the next one, or cut off when the file is loaded.
      write(this.#fd, this.#end, data);
    } catch (error) {
      if (error instanceof RingsideError) throw error;
      throw new RingsideError('spool_failed', `${this.#file} cannot be written: ${messageOf(error)}`);
    }
    this.#end += data.length;
    this.count++;
  }

  /** The oldest events, at most so many and of so many bytes together. */
  head(events: number, bytes: number): string[] {
    const chunk = read(this.#fd, this.#start, Math.min(bytes, this.#end - this.#start));
    const lines = chunk.toString('utf8', 0, chunk.lastIndexOf('\n')).split('\n', events);
    if (!chunk.includes('\n'))
      throw new RingsideError('spool_failed', `${this.#file} is shorter than it was`);
    return lines;
  }

  /** Forgets the oldest, which `head` gave. */
  drop(lines: readonly string[]): void {
    const start = lines.reduce((at, line) => at + Buffer.byteLength(line) + 1, this.#start);
    const empty = start >= this.#end;
    writeHead(this.#fd, empty ? HEAD : start);
    if (empty) fs.ftruncateSync(this.#fd, HEAD);
    [this.#start, this.#end] = empty ? [HEAD, HEAD] : [start, this.#end];
    this.count -= lines.length;
  }

  close(): void {
    fs.closeSync(this.#fd);
    this.#unlock();
  }

  #load(): void {
    const head = Number(read(this.#fd, 0, HEAD).toString());
    this.#start = this.#end = Number.isSafeInteger(head) ? Math.max(head, HEAD) : HEAD;
    let chunk;
    for (let at = this.#start; (chunk = read(this.#fd, at, PIECE)).length > 0; at += chunk.length) {
      for (let found = -1; (found = chunk.indexOf('\n', found + 1)) !== -1; this.count++)
        this.#end = at + found + 1;
    }
    if (this.count === 0) this.#start = this.#end = HEAD;
    fs.ftruncateSync(this.#fd, this.#end);
    writeHead(this.#fd, this.#start);
  }

  /** Writes what waits into a new file. Called when more is answered than waits, so an event is copied once on average. */
  #compact(): void {
    const fd = openFile(`${this.#file}.new`);
    const shift = this.#start - HEAD;
    fs.ftruncateSync(fd);
    writeHead(fd, HEAD);
    for (let at = this.#start; at < this.#end; at += PIECE)
      write(fd, at - shift, read(this.#fd, at, Math.min(PIECE, this.#end - at)));
    fs.renameSync(`${this.#file}.new`, this.#file);
    fs.closeSync(this.#fd);
    [this.#fd, this.#start, this.#end] = [fd, HEAD, this.#end - shift];
  }
}

const openFile = (file: string): number =>
  fs.openSync(file, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o600);

const writeHead = (fd: number, start: number): void =>
  write(fd, 0, Buffer.from(`${String(start).padStart(19, '0')}\n`));

function write(fd: number, at: number, data: Buffer): void {
  for (let done = 0; done < data.length;) done += fs.writeSync(fd, data, done, data.length - done, at + done);
}

function read(fd: number, at: number, size: number): Buffer {
  const buffer = Buffer.allocUnsafe(size);
  return buffer.subarray(0, fs.readSync(fd, buffer, 0, size, at));
}

/** Makes a lock file this process's, also one whose process is gone; returns how to give it free. */
function lock(file: string): () => void {
  const mine = `${file}.${randomUUID()}`;
  fs.writeFileSync(mine, processAt(process.pid));
  try {
    for (;;) {
      try {
        fs.linkSync(mine, file); // Whole when it appears.
        return () => fs.rmSync(file, { force: true });
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
      }
      const holder = fs.readFileSync(file, 'utf8');
      if (holder !== '' && processAt(Number.parseInt(holder, 10)) === holder)
        throw new RingsideError(
          'spool_locked',
          `${file}: process ${holder} uses this spool: give each client its own`,
        );
      fs.rmSync(file, { force: true });
    }
  } finally {
    fs.rmSync(mine, { force: true });
  }
}

/** A process by number and, on Linux, its start, which tells it from a later one of that number; empty when it is gone. */
function processAt(pid: number): string {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return '';
  }
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return `${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return String(pid);
  }
}

/** One line of JSON. Throws RingsideError `invalid_event` for what no server would take. */
function asLine(event: RingsideEvent): string {
  const { event_type: type, payload } = event as { event_type: unknown; payload: unknown };
  const refused = (why: string): RingsideError =>
    new RingsideError('invalid_event', `${String(type)}: ${why}`);
  if (
    typeof type !== 'string' ||
    type === '' ||
    typeof payload !== 'object' ||
    !payload ||
    Array.isArray(payload)
  )
    throw refused('an event has a type, which is a text, and a payload, which is an object');
  let line;
  try {
    line = JSON.stringify(event, (_key, value: unknown) => {
      if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${value} is not JSON`);
      return value;
    });
  } catch (error) {
    throw refused(`the event cannot be written as JSON: ${messageOf(error)}`);
  }
  if (Buffer.byteLength(line) >= MAX_CALL_BYTES)
    throw refused('the event is too large: send a reference to the data instead');
  return line;
}

const isResult = ({ status }: Result): boolean => ['stored', 'duplicate', 'rejected'].includes(status);

/** The JSON object that a text is. */
function parsed(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** Callbacks are not ours: one that throws must not stop the sending. */
function quietly(callback: () => void): void {
  try {
    callback();
  } catch {
    // Whose error it is knows better what to do with it.
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
