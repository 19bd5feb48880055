import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';

/** What a file is, by its first bytes, not by its name. */
export interface SniffedFile {
  readonly gzipped: boolean;
  readonly sqlite: boolean;
}

const SQLITE = 'SQLite format 3\0';
const HEAD_BYTES = 4_096;

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
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Bytes of the file itself read so far, and in all. */
  readonly read: () => number;
  readonly size: number;
  close(): void;
}

/** The content of a file, unpacked where it is gzipped. */
export async function openContent(file: string, gzipped: boolean): Promise<OpenedFile> {
  const { size } = await stat(file);
  const source = createReadStream(file, { highWaterMark: 256 * 1024 });
  const unpacked = gzipped ? createGunzip({ chunkSize: 256 * 1024 }) : null;
  if (unpacked) {
    source.on('error', (error) => unpacked.destroy(error));
    source.pipe(unpacked);
  }
  return {
    chunks: unpacked ?? source,
    read: () => source.bytesRead,
    size,
    close: () => {
      source.destroy();
      unpacked?.destroy();
    },
  };
}
