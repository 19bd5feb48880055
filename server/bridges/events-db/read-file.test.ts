import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileBatch } from './read-file';
import { insertRow, openLog, temporaryFolder } from './bridge.test-support';
import { readEventsDbFile } from './read-file';

let place: ReturnType<typeof temporaryFolder>;
let file: string;
beforeEach(() => {
  place = temporaryFolder();
  mkdirSync(join(place.folder, 'source'));
  file = join(place.folder, 'source', 'events.db');
});
afterEach(() => place.remove());

async function all(path: string, batchRows?: number): Promise<FileBatch[]> {
  const batches: FileBatch[] = [];
  for await (const batch of readEventsDbFile(path, { batchRows })) batches.push(batch);
  return batches;
}

function write(rows: number): void {
  const db = openLog(file);
  for (let n = 1; n <= rows; n += 1)
    insertRow(db, { type: `T${n}`, at: n, payload: n === 2 ? 'broken' : '{}' });
  db.close();
}

describe('readEventsDbFile', () => {
  it('yields all rows in batches with how far it is, bad rows as dead letters', async () => {
    write(5);
    const batches = await all(file, 2);
    expect(batches.map(({ done, total }) => [done, total])).toEqual([
      [2, 5],
      [4, 5],
      [5, 5],
    ]);
    expect(batches.flatMap(({ rows }) => rows.map((row) => row.eventType))).toEqual(['T1', 'T3', 'T4', 'T5']);
    expect(batches.flatMap(({ deadLetters }) => deadLetters.map((letter) => letter.reference))).toEqual([
      '2',
    ]);
  });

  it('gives the same ids from the gzipped file, and leaves the source as it was', async () => {
    write(3);
    const before = readFileSync(file);
    writeFileSync(`${file}.gz`, gzipSync(before));
    const ids = (batches: FileBatch[]): string[] =>
      batches.flatMap(({ rows }) => rows.map((row) => row.eventId));
    expect(ids(await all(`${file}.gz`))).toEqual(ids(await all(file)));
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(join(place.folder, 'source')).sort()).toEqual(['events.db', 'events.db.gz']);
  });

  it('reads a file that somebody writes to, rows in the WAL included', async () => {
    const db = openLog(file);
    insertRow(db, { type: 'A' });
    expect((await all(file)).flatMap(({ rows }) => rows)).toHaveLength(1);
    db.close();
  });

  it.each<[string, string | Buffer, string]>([
    ['text', 'hello '.repeat(100), 'events.db is damaged or no SQLite file'],
    ['half a gzip file', gzipSync('x'.repeat(1000)).subarray(0, 20), 'events.db is a damaged gzip file'],
    ['nothing', '', 'events.db has no RingRift events in it'],
  ])('names the file when it holds %s', async (_, content, message) => {
    writeFileSync(file, content);
    await expect(all(file)).rejects.toThrow(message);
  });

  it('names a missing file', async () => {
    await expect(all(join(place.folder, 'none.db'))).rejects.toThrow(
      'none.db does not exist: check the path.',
    );
  });

  const recording = '../shared/data/recorded-cluster.events.db.gz';
  it.runIf(existsSync(recording))('reads the recording: 32,874 rows, none bad', async () => {
    const batches = await all(recording);
    expect(batches.at(-1)?.done).toBe(32_874);
    expect(new Set(batches.flatMap(({ rows }) => rows.map((row) => row.eventId))).size).toBe(32_874);
    expect(batches.flatMap(({ deadLetters }) => deadLetters)).toEqual([]);
  });
});
