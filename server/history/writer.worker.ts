import { parentPort, workerData } from 'node:worker_threads';
import { DatabaseError } from '../../db/errors';
import { migrateDatabase, openDatabase } from '../../db/client';
import type { WorkerReady, WriteReply, WriteRequest } from './protocol';
import { WriteStore } from './write-store';

/**
 * The one thread that writes `ringside.db`. better-sqlite3 blocks its thread, and a commit with `synchronous=FULL` waits
 * for the disk: here that holds up nobody but the next commit.
 */
export interface WriterData {
  readonly file: string;
  readonly migrations: string;
}

const port = parentPort;
if (!port) throw new Error('the writer runs as a worker thread only');

const send = (message: WorkerReady | WriteReply): void => port.postMessage(message);

function describe(error: unknown): { code: string; message: string } {
  const code =
    error instanceof DatabaseError || (error instanceof Error && 'code' in error)
      ? String(error.code)
      : 'unknown';
  return { code, message: error instanceof Error ? error.message : String(error) };
}

function start({ file, migrations }: WriterData): void {
  const db = openDatabase(file);
  migrateDatabase(db, migrations);
  const store = new WriteStore(db, () => Date.now() / 1000);

  port?.on('message', (request: WriteRequest | 'close') => {
    if (request === 'close') {
      db.pragma('optimize');
      db.close();
      port.close();
      return;
    }
    const begun = performance.now();
    try {
      const outcomes = store.commit(request.operations);
      send({ id: request.id, outcomes, commitMs: performance.now() - begun });
    } catch (error) {
      send({ id: request.id, error: describe(error) });
    }
  });
  send({ ready: true, headSeq: store.headSeq });
}

try {
  start(workerData as WriterData);
} catch (error) {
  send({ ready: false, ...describe(error) });
}
