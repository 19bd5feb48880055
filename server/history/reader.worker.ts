import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '../../db/client';
import { ReadStore } from './readers/read-store';
import { isLeft } from './readers/cancel';
import { BadQueryError, CancelledError } from './errors';
import { handedOver } from './hand-over';
import type { ReaderData, ReadReply, ReadRequest } from './readers/reader-pool';

const port = parentPort;
if (!port) throw new Error('a reader runs as a worker thread only');

const { file, cacheKb, warm } = workerData as ReaderData;
const db = openDatabase(file, { readonly: true, cacheKb });
const store = new ReadStore(db);
/** What is asked at once after a start comes first; between two steps others are answered, and the disk is theirs. */
const WARM_AFTER_MS = 2_000;
const WARM_PAUSE_MS = 25;

async function answer(request: ReadRequest): Promise<ReadReply> {
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

async function warmUp(): Promise<void> {
  await pause(WARM_AFTER_MS, undefined, { ref: false });
  const steps = store.warm();
  while (db.open && !steps.next().done) await pause(WARM_PAUSE_MS, undefined, { ref: false });
}

if (warm)
  // Only ever a gain of time: who searches later reads it himself.
  warmUp().catch(() => undefined);

port.on('message', (request: ReadRequest | 'close') => {
  if (request === 'close') {
    db.close();
    port.close();
    return;
  }
  void answer(request).then((reply) => {
    if (db.open) port.postMessage(reply, handedOver(bytesOf(reply)));
  });
});
