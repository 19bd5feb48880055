import { codeOf, EventsDbError, troubleOf } from '../errors';
import type { Trouble } from '../errors';
import { adoptRows } from './adoption';
import type { LogReader } from './log-reader';
import { fileIdOf } from './log-reader';
import { Opener } from './opener';
import { PeerScan } from './peer-scan';
import type { FromWorker, OutRow, ReadPosition, ToWorker, WorkerSettings } from './protocol';
import { LogReplaced, Tailer } from './tailer';
import { TroubleWatch } from './trouble-watch';
import { WriteSide } from './write-side';

const NOT_OPEN: Trouble = { state: 'waiting', kind: 'other', line: 'events.db is not open yet.' };

/**
 * Everything the worker thread does with events.db, as steps of one clock: `tick` every few milliseconds, and `receive`
 * for each message of the main thread. All work is synchronous, so no step sees another one half done.
 */
export class LogSession {
  readonly #settings: WorkerSettings;
  readonly #post: (message: FromWorker) => void;
  readonly #opener: Opener;
  readonly #writing: WriteSide;
  readonly #reading = new TroubleWatch();
  /** Row ids that forwarding wrote and the tail has not passed. */
  readonly #own = new Set<number>();
  #reader: LogReader | null = null;
  #tailer: Tailer | null = null;
  #position: ReadPosition | null;
  #opening = 0;
  #batch = 0;
  /** The main thread answered the opening: own rows are known, the tail may run. */
  #begun = false;
  #scan: PeerScan | null = null;
  #openAt = 0;
  #checkAt = 0;

  constructor(settings: WorkerSettings, post: (message: FromWorker) => void) {
    this.#settings = settings;
    this.#post = post;
    this.#position = settings.position;
    this.#opener = new Opener(settings);
    this.#writing = new WriteSide(this.#opener, settings.tuning, () => this.#tell());
  }

  tick(nowMs: number): void {
    if (!this.#reader) {
      if (nowMs >= this.#openAt) this.#open(nowMs);
      return;
    }
    if (nowMs >= this.#checkAt) this.#checkFile(nowMs);
    if (!this.#begun) return;
    this.#poll(nowMs);
    this.#writing.upkeep(nowMs);
    this.#scanOn(nowMs);
    if (this.#writing.needsReopening(nowMs)) {
      this.#letGo();
      this.#open(nowMs);
    }
  }

  receive(message: Exclude<ToWorker, { kind: 'stop' }>, nowMs: number): void {
    switch (message.kind) {
      case 'begin':
        this.#begin(message, nowMs);
        return;
      case 'ingested': {
        const position = this.#tailer?.confirm(message.batch);
        if (position) this.#writing.confirmed(position);
        if (this.#tailer?.hasUnread) this.#poll(nowMs);
        return;
      }
      case 'peers':
        this.#answering(message.request, (reader) => this.#scanPeers(message.request, reader));
        return;
      case 'row':
        this.#answering(message.request, (reader) => {
          this.#post({ kind: 'row', request: message.request, row: reader.row(message.rowId) });
        });
        return;
      case 'delivery':
        this.#answering(message.request, (reader) => {
          const report = reader.delivery(message.rowId, nowMs / 1000);
          this.#post({ kind: 'delivery', request: message.request, report });
        });
        return;
      case 'forward':
        this.#forward(message.request, message.rows, message.lookUpAbove, nowMs);
        return;
    }
  }

  close(): void {
    this.#letGo();
  }

  #open(nowMs: number): void {
    try {
      const { reader, writer, writing } = this.#opener.open(nowMs);
      this.#reader = reader;
      const nextBatch = (): number => ++this.#batch;
      const options = { tuning: this.#settings.tuning, own: this.#own, emit: this.#post, nextBatch };
      this.#tailer = new Tailer(reader, this.#position, options);
      const { fresh, position, total } = this.#tailer.opening;
      if (fresh) this.#own.clear();
      this.#checkAt = nowMs + this.#settings.tuning.checkMs;
      this.#opening += 1;
      this.#writing.opened(writer, writing, position, nowMs);
      this.#readWorked();
      this.#post({ kind: 'opened', opening: this.#opening, fresh, position, total });
    } catch (error) {
      this.#readFailed(error, nowMs);
    }
  }

  #begin(message: Extract<ToWorker, { kind: 'begin' }>, nowMs: number): void {
    const reader = this.#reader;
    if (!reader || message.opening !== this.#opening) return;
    try {
      const rows = adoptRows(message.adopt, (row) => reader.identical(row, message.above));
      for (const id of message.own) this.#own.add(id);
      for (const { queueEventId } of rows) this.#own.add(queueEventId);
      this.#begun = true;
      this.#post({ kind: 'adopted', opening: this.#opening, rows });
      this.#poll(nowMs);
    } catch (error) {
      this.#letGo();
      this.#readFailed(error, nowMs);
    }
  }

  #poll(nowMs: number): void {
    if (!this.#begun || !this.#tailer) return;
    try {
      this.#tailer.poll(nowMs);
      const { trouble } = this.#tailer;
      if (trouble === null) this.#readWorked();
      else if (this.#reading.failed(trouble, nowMs)) this.#tell();
    } catch (error) {
      this.#readFailed(error, nowMs);
    }
  }

  /** The path may lead to another file by now, or to none, while this thread still holds the old one open. */
  #checkFile(nowMs: number): void {
    this.#checkAt = nowMs + this.#settings.tuning.checkMs;
    try {
      if (fileIdOf(this.#settings.file) === this.#reader?.fileId) return;
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') {
        this.#readFailed(error, nowMs);
        return;
      }
    }
    try {
      if (this.#begun) this.#tailer?.drain(nowMs);
    } catch {
      // What cannot be read from a file that is gone is lost for every reader; the new one decides what follows.
    }
    this.#letGo();
    this.#open(nowMs);
  }

  #readWorked(): void {
    if (this.#reading.worked()) this.#tell();
  }

  #readFailed(error: unknown, nowMs: number): void {
    const replaced = error instanceof LogReplaced;
    const trouble = troubleOf(error);
    if (!replaced && this.#reading.failed(trouble, nowMs)) this.#tell();
    // A locked file is still the same file: the next tick tries again.
    if (trouble.kind === 'locked' && this.#begun) return;
    this.#letGo();
    this.#openAt = nowMs + (replaced ? 0 : this.#settings.tuning.checkMs);
  }

  /** Runs what a question needs of the open file; it is refused where the file is not open or fails. */
  #answering(request: number, work: (reader: LogReader) => void): void {
    try {
      if (!this.#reader) throw new EventsDbError(this.#reading.current ?? NOT_OPEN);
      work(this.#reader);
    } catch (error) {
      this.#post({ kind: 'refused', request, trouble: troubleOf(error) });
    }
  }

  #scanPeers(request: number, reader: LogReader): void {
    this.#endScan();
    this.#scan = new PeerScan(request, reader.peers, reader.sequence());
  }

  /** One subscriber per tick. */
  #scanOn(nowMs: number): void {
    const scan = this.#scan;
    if (!scan) return;
    this.#answering(scan.request, () => {
      // Cleared first: a scan that fails must not fail again at each tick.
      this.#scan = null;
      const report = scan.step(nowMs / 1000);
      if (report) this.#post({ kind: 'peers', request: scan.request, report });
      else this.#scan = scan;
    });
  }

  #endScan(): void {
    if (this.#scan) this.#post({ kind: 'refused', request: this.#scan.request, trouble: NOT_OPEN });
    this.#scan = null;
  }

  #letGo(): void {
    this.#endScan();
    this.#position = this.#tailer?.position ?? this.#position;
    this.#tailer = null;
    this.#begun = false;
    this.#reader?.close();
    this.#reader = null;
    this.#writing.close();
  }

  #forward(request: number, rows: readonly OutRow[], lookUpAbove: number | null, nowMs: number): void {
    try {
      const reader = this.#reader;
      if (!reader || !this.#begun) throw new EventsDbError(this.#reading.current ?? NOT_OPEN);
      const adopted =
        lookUpAbove === null ? [] : adoptRows(rows, (row) => reader.identical(row, lookUpAbove));
      const inserted = this.#writing.insert(rows.slice(adopted.length), nowMs);
      for (const { queueEventId } of inserted) this.#own.add(queueEventId);
      // Rows written into a file that was deleted or replaced meanwhile reach nobody: send them again.
      if (fileIdOf(this.#settings.file) !== reader.fileId) throw new EventsDbError(NOT_OPEN);
      this.#post({ kind: 'forwarded', request, rows: [...adopted, ...inserted] });
    } catch (error) {
      this.#post({ kind: 'refused', request, trouble: troubleOf(error) });
    }
  }

  #tell(): void {
    this.#post({ kind: 'trouble', reading: this.#reading.current, writing: this.#writing.trouble });
  }
}
