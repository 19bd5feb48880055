import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { insertRow, openLog } from '../../bridges/events-db/bridge.test-support';
import { DatabaseFile } from './import-db';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(os.tmpdir(), 'ringside-import-db-'));
  mkdirSync(join(folder, 'tmp'));
  vi.stubEnv('TMPDIR', join(folder, 'tmp'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

it('leaves nothing behind of a file that was begun to be read for a history that could not be opened', async () => {
  const log = openLog(join(folder, 'events.db'));
  insertRow(log, { type: 'A' });
  log.close();
  writeFileSync(join(folder, 'events.db.gz'), gzipSync(readFileSync(join(folder, 'events.db'))));
  const source = new DatabaseFile(join(folder, 'events.db.gz'));
  // It stays until its rows are read, which nobody does.
  await vi.waitUntil(() => readdirSync(join(folder, 'tmp')).length === 1, { timeout: 20_000 });
  await source.close();
  expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
});

it('says what is wrong with the file when it is read', async () => {
  const source = new DatabaseFile(join(folder, 'none.db'));
  await expect(source.batches().next()).rejects.toThrow('none.db does not exist: check the path.');
  await source.close();
});
