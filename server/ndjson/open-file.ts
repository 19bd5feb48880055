import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { constants, createGunzip, type Gunzip } from 'node:zlib';

/** What a file is, by its first bytes, not by its name. */
export interface SniffedFile {
  readonly gzipped: boolean;
  readonly sqlite: boolean;
}

const SQLITE = 'SQLite format 3\0';
const HEAD_BYTES = 4_096;
const CHUNK_BYTES = 256 * 1024;

/** Rejects with the file system's error, or with zlib's where not even the head can be unpacked. */
export async function sniff(file: string): Promise<SniffedFile> {
  const handle = await open(file, 'r');
  let head: Buffer;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    head = buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
  const gzipped = head[0] === 0x1f && head[1] === 0x8b;
  const start = gzipped ? await firstUnpacked(file) : head;
  return { gzipped, sqlite: start.toString('latin1', 0, SQLITE.length) === SQLITE };
}

async function firstUnpacked(file: string): Promise<Buffer> {
  const source = createReadStream(file, { end: HEAD_BYTES - 1 });
  const unpacked = source.pipe(createGunzip());
  try {
    for await (const chunk of unpacked) return chunk as Buffer;
  } catch {
    // A damaged file is told when it is read as a whole.
  } finally {
    source.destroy();
    unpacked.destroy();
  }
  return Buffer.alloc(0);
}

export interface OpenedFile {
  /** To the end, or to where the file was cut or its bytes are wrong. They throw only what is no fault of the file. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Code of zlib or of the system for what ended the chunks early; null where the file is whole. */
  readonly broken: () => string | null;
  /** Bytes of the file itself read so far, and in all. */
  readonly read: () => number;
  readonly size: number;
  close(): void;
}

/** The content of a file, unpacked where it is gzipped. */
export async function openContent(file: string, gzipped: boolean): Promise<OpenedFile> {
  const { size } = await stat(file);
  const open = () => createReadStream(file, { highWaterMark: CHUNK_BYTES });
  let source = open();
  let broken: string | null = null;

  async function* unpacked(): AsyncGenerator<Buffer, void, undefined> {
    const whole = gunzip(source, constants.Z_FINISH);
    let given = 0;
    for await (const chunk of untilBroken(whole, noteBroken)) {
      given += chunk.length;
      yield chunk;
    }
    if (broken === null) return;
    // The call that fails drops what it had ready. So that part is read anew, a byte with each call, asking for no end.
    source = open();
    const slow = Readable.from(byByteFrom(source, whole.bytesWritten));
    let left = given;
    for await (const chunk of untilBroken(gunzip(slow, constants.Z_SYNC_FLUSH), noteBroken)) {
      if (chunk.length > left) yield chunk.subarray(left);
      left = Math.max(0, left - chunk.length);
    }
  }
  const noteBroken = (code: string): void => void (broken = code);

  return {
    chunks: gzipped ? unpacked() : untilBroken(source, noteBroken),
    broken: () => broken,
    // What is read a second time is no progress.
    read: () => (broken === null ? source.bytesRead : size),
    size,
    close: () => void source.destroy(),
  };
}

function gunzip(source: Readable, finishFlush: number): Gunzip {
  const unpacked = createGunzip({ chunkSize: CHUNK_BYTES, finishFlush });
  source.on('error', (error) => unpacked.destroy(error));
  return source.pipe(unpacked);
}

async function* byByteFrom(source: Readable, from: number): AsyncGenerator<Buffer, void, undefined> {
  let at = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    const before = Math.min(Math.max(0, from - at), chunk.length);
    if (before > 0) yield chunk.subarray(0, before);
    for (let byte = before; byte < chunk.length; byte += 1) yield chunk.subarray(byte, byte + 1);
    at += chunk.length;
  }
}

/** Ends where the stream fails by what the file or its disk is like, and says so. */
async function* untilBroken(
  stream: Readable,
  broken: (code: string) => void,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!/^(Z_|E)/.test(code)) throw error;
    broken(code);
  }
}
