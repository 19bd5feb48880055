import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { missing, troubleOf } from '../errors';
import type { Trouble } from '../errors';
import { LogReader } from './log-reader';
import { LogWriter } from './log-writer';
import type { WorkerSettings } from './protocol';

/** How long a vanished file is left to RingRift's processes before we make it ourselves. */
const MAKE_AFTER_MS = 1000;

export interface OpenedLog {
  readonly reader: LogReader;
  /** Null where the file can be read but not written; then `writing` says why. */
  readonly writer: LogWriter | null;
  readonly writing: Trouble | null;
}

/** Opens events.db, making what is missing as far as the settings allow. */
export class Opener {
  readonly #settings: WorkerSettings;
  #seen = false;
  #missingSince: number | null = null;

  constructor(settings: WorkerSettings) {
    this.#settings = settings;
  }

  /** Throws an EventsDbError, or what SQLite or the file system throws. */
  open(nowMs: number): OpenedLog {
    const { file } = this.#settings;
    const mayCreate = this.#prepareFolder(nowMs);
    let writer: LogWriter | null = null;
    let writing: Trouble | null = null;
    try {
      writer = this.openWriter(mayCreate);
    } catch (error) {
      writing = troubleOf(error);
      if (!existsSync(file)) throw error;
    }
    try {
      const reader = new LogReader(file);
      this.#seen = true;
      this.#missingSince = null;
      return { reader, writer, writing };
    } catch (error) {
      writer?.close();
      throw error;
    }
  }

  openWriter(mayCreate = false): LogWriter {
    return new LogWriter(this.#settings.file, this.#settings, mayCreate);
  }

  mayWrite(): boolean {
    try {
      accessSync(this.#settings.file, constants.W_OK);
      accessSync(dirname(this.#settings.file), constants.W_OK);
      return true;
    } catch {
      return false;
    }
  }

  /** True when the file may be created now. */
  #prepareFolder(nowMs: number): boolean {
    const { file, create } = this.#settings;
    const folder = dirname(file);
    if (!existsSync(folder)) {
      if (create !== 'folder') {
        this.#missingSince = nowMs;
        throw missing('folder');
      }
      mkdirSync(folder, { recursive: true });
    }
    if (statSync(file, { throwIfNoEntry: false })) return true;
    if (create === 'never') throw missing('file');
    if (this.#seen || this.#missingSince !== null) {
      this.#missingSince ??= nowMs;
      if (nowMs - this.#missingSince < MAKE_AFTER_MS) throw missing('file');
    }
    return true;
  }
}
