import { createReadStream, createWriteStream, existsSync, openSync, readSync, closeSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { NewDeadLetter } from '../../history/letters/letter-types';
import type { LogRow } from '../../router/types';
import { EventsDbError, troubleOf } from './errors';
import { parseRow } from './rows/parse-row';
import { LogReader } from './worker/log-reader';

export interface FileBatch {
  readonly rows: readonly LogRow[];
  readonly deadLetters: readonly NewDeadLetter[];
  /** Rows looked at so far, bad ones included. */
  readonly done: number;
  readonly total: number;
}

/**
 * All rows of any events.db, also gzipped, by ascending row id. The source is never changed: not even the side files that
 * SQLite makes beside a WAL database it opens. Throws an EventsDbError that names the file.
 */
export async function* readEventsDbFile(
  file: string,
  options: { batchRows?: number } = {},
): AsyncGenerator<FileBatch, void, undefined> {
  const temporary = await mkdtemp(join(tmpdir(), 'ringside-import-'));
  let reader: LogReader | null = null;
  try {
    reader = new LogReader(await openable(file, temporary));
    yield* batches(reader, options.batchRows ?? 2000);
  } catch (error) {
    throw nameFile(error, file);
  } finally {
    reader?.close();
    await rm(temporary, { recursive: true, force: true });
  }
}

function* batches(reader: LogReader, batchRows: number): Generator<FileBatch, void, undefined> {
  const end = reader.sequence();
  const total = reader.count(0, end);
  const now = Date.now() / 1000;
  let done = 0;
  for (let above = 0; ;) {
    const page = reader.rows(above, end, batchRows);
    const rows: LogRow[] = [];
    const deadLetters: NewDeadLetter[] = [];
    for (const raw of page.rows) {
      const result = parseRow(raw, now);
      if (result.ok) rows.push(result.row);
      else deadLetters.push(result.deadLetter);
      above = raw.event_id;
    }
    done += page.rows.length;
    if (page.rows.length > 0) yield { rows, deadLetters, done, total: Math.max(done, total) };
    if (!page.more) return;
  }
}

/** A path that may be opened without leaving traces beside the source. */
async function openable(file: string, temporary: string): Promise<string> {
  const head = headOf(file);
  const copy = join(temporary, 'events.db');
  if (head[0] === 0x1f && head[1] === 0x8b) {
    await pipeline(createReadStream(file), createGunzip(), createWriteStream(copy));
    return copy;
  }
  // Header byte 18 is 2 in a WAL database. Where its WAL is there, somebody uses it, and only SQLite's own locks give
  // a consistent view; where not, opening it would make side files.
  if (head[18] !== 2 || existsSync(`${file}-wal`)) return file;
  await copyFile(file, copy);
  return copy;
}

function headOf(file: string): Buffer {
  const head = Buffer.alloc(100);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, head, 0, head.length, 0);
  } finally {
    closeSync(handle);
  }
  return head;
}

function nameFile(error: unknown, file: string): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const trouble = troubleOf(error);
  let line = trouble.line.replace('events.db', basename(file));
  if (code === 'ENOENT') line = `${basename(file)} does not exist: check the path.`;
  else if (code.startsWith('Z_'))
    line = `${basename(file)} is a damaged gzip file: copy or download it again.`;
  else if (trouble.kind === 'damaged')
    line = `${basename(file)} is damaged or no SQLite file: nothing can be read from it.`;
  else if (trouble.kind === 'foreign') line = `${basename(file)} has no RingRift events in it.`;
  return new EventsDbError({ ...trouble, line });
}
