import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '../../db/client';
import { ReadStore } from './read-store';
import { BadQueryError } from './errors';
import type { ReadReply, ReadRequest } from './reader-pool';

const port = parentPort;
if (!port) throw new Error('a reader runs as a worker thread only');

const db = openDatabase((workerData as { file: string }).file, { readonly: true });
const store = new ReadStore(db);
const WARM_MS = 2_000;

function answer(request: ReadRequest): ReadReply {
  try {
    const methods = store as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
    return { id: request.id, result: methods[request.method]?.(...request.args) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof BadQueryError) return { id: request.id, error: { code: error.code, message } };
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return { id: request.id, error: { code, message } };
  }
}

/** Bytes change hands instead of being copied. */
function handedOver(reply: ReadReply): ArrayBuffer[] {
  const result = 'result' in reply ? (reply.result as { bytes?: unknown } | null | undefined) : null;
  return result?.bytes instanceof Uint8Array && result.bytes.buffer instanceof ArrayBuffer
    ? [result.bytes.buffer]
    : [];
}

// Before the first search, but after whatever is asked at once.
setTimeout(() => {
  if (db.open) store.warm();
}, WARM_MS).unref();

port.on('message', (request: ReadRequest | 'close') => {
  if (request === 'close') {
    db.close();
    port.close();
    return;
  }
  const reply = answer(request);
  port.postMessage(reply, handedOver(reply));
});
