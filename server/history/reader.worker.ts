import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase, type Connection } from '../../db/client';
import { ReadStore } from './readers/read-store';
import { isLeft } from './readers/cancel';
import { BadQueryError, CancelledError } from './errors';
import { handedOver } from './hand-over';
import type { ReaderData, ReadReply, ReadRequest } from './readers/reader-pool';

const port = parentPort;
if (!port) throw new Error('a reader runs as a worker thread only');

const { file, cacheKb, warm } = workerData as ReaderData;
interface Opened {
  readonly db: Connection;
  readonly store: ReadStore;
}
/** With the first question: this thread is started while the writer still makes the file ready. */
let opened: Opened | null = null;
/** What is asked at once after a start comes first; between two steps others are answered, and the disk is theirs. */
const WARM_AFTER_MS = 2_000;
const WARM_PAUSE_MS = 25;

function open(): Opened {
  const db = openDatabase(file, { readonly: true, cacheKb });
  opened = { db, store: new ReadStore(db) };
  // Only ever a gain of time: who searches later reads it himself.
  if (warm) warmUp(opened).catch(() => undefined);
  return opened;
}

async function answer(store: ReadStore, request: ReadRequest): Promise<ReadReply> {
  try {
    // Those who left while others were answered keep nobody waiting behind them.
    if (isLeft(request.args)) throw new CancelledError();
    const methods = store as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
    return { id: request.id, result: await methods[request.method]?.(...request.args) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof BadQueryError) return { id: request.id, error: { code: error.code, message } };
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return { id: request.id, error: { code, message } };
  }
}

function bytesOf(reply: ReadReply): unknown {
  return 'result' in reply ? (reply.result as { bytes?: unknown } | null | undefined)?.bytes : null;
}

async function warmUp({ db, store }: Opened): Promise<void> {
  await pause(WARM_AFTER_MS, undefined, { ref: false });
  const steps = store.warm();
  while (db.open && !steps.next().done) await pause(WARM_PAUSE_MS, undefined, { ref: false });
}

port.on('message', (request: ReadRequest | 'close') => {
  if (request === 'close') {
    opened?.db.close();
    port.close();
    return;
  }
  const { db, store } = opened ?? open();
  void answer(store, request).then((reply) => {
    if (db.open) port.postMessage(reply, handedOver(bytesOf(reply)));
  });
});
