import { parentPort, workerData } from 'node:worker_threads';
import { DatabaseError } from '../../db/errors';
import { migrateDatabase, openDatabase, unusable } from '../../db/client';
import type { WorkerReady, WriteReply, WriteRequest } from './writer/protocol';
import { TextIndex } from './writer/text-index';
import { WriteStore } from './writer/write-store';

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

/** A search finds what is this old at the latest without asking; one that asks finds everything. */
const INDEX_DELAY_MS = 200;
/** Between two blocks of facets that an older version did not write: they are in no hurry, commits are. */
const BLOCK_PAUSE_MS = 30;
/** After events were removed: what goes next is often of the same block. */
const BLOCK_DELAY_MS = 1_000;
/** Fewer rows than this in that time leave room for merging segments of the index. */
const QUIET_ROWS = 2_000;
/** Until then a start has disk and processors to itself: merges can wait, and who restarted Ringside would wait for them. */
const FIRST_MERGE_MS = 3_000;

/**
 * Pages at hand. After most commits SQLite looks through all of them (it moves pages out of the way by a number beyond the
 * end of the file, and then drops what is beyond): with three times as many that took as long as inserting three rows.
 */
const CACHE_KB = 8_192;

function start({ file, migrations }: WriterData): void {
  const db = openDatabase(file, { cacheKb: CACHE_KB });
  migrateDatabase(db, migrations);
  const store = new WriteStore(db, () => Date.now() / 1000);
  const texts = new TextIndex(db, () => store.lastSeq);
  texts.catchUp();
  let indexing: NodeJS.Timeout | null = null;
  let stepping: NodeJS.Immediate | null = null;
  let seqBefore = store.lastSeq;
  const started = performance.now();

  /**
   * One step in each turn of the event loop, so that commits which came meanwhile go first. Trouble with the index is
   * trouble with the disk: the next commit meets it too, and tells. The index is tried again.
   */
  const indexInSteps = (): void => {
    const more = tryTo(() => texts.step()) ?? false;
    stepping = more ? setImmediate(indexInSteps) : null;
    if (!more) indexLater();
  };

  const indexLater = (): void => {
    if (stepping !== null || (texts.behind === 0 && !texts.unmerged)) return;
    indexing ??= setTimeout(() => {
      indexing = null;
      const settled = performance.now() - started >= FIRST_MERGE_MS;
      if (settled && store.lastSeq - seqBefore < QUIET_ROWS) texts.quiet();
      seqBefore = store.lastSeq;
      indexInSteps();
    }, INDEX_DELAY_MS);
  };

  let blocks: NodeJS.Timeout | null = null;
  const blocksLater = (ms: number): void => {
    blocks ??= setTimeout(() => {
      blocks = null;
      tryTo(() => {
        if (store.stepBlocks()) blocksLater(BLOCK_PAUSE_MS);
      });
    }, ms);
  };
  blocksLater(BLOCK_PAUSE_MS);

  port?.on('message', (request: WriteRequest | 'close') => {
    if (request === 'close') {
      if (blocks) clearTimeout(blocks);
      if (indexing) clearTimeout(indexing);
      if (stepping) clearImmediate(stepping);
      tryTo(() => texts.catchUp());
      db.pragma('optimize');
      db.close();
      port.close();
      return;
    }
    const begun = performance.now();
    try {
      const outcomes = store.commit(request.operations);
      const commitMs = performance.now() - begun;
      const indexed = request.index ? attempt(() => texts.catchUp()) : {};
      send({ id: request.id, outcomes, commitMs, ...indexed });
    } catch (error) {
      send({ id: request.id, error: describe(error) });
    }
    tryTo(() => texts.keepUp());
    if (store.blocksMissing) blocksLater(BLOCK_DELAY_MS);
    indexLater();
  });
  indexLater();
  send({ ready: true, headSeq: store.headSeq });
}

/** Committed is committed: trouble with the index afterwards concerns those who search, not those who wrote. */
function attempt(work: () => void): { indexError?: { code: string; message: string } } {
  try {
    work();
    return {};
  } catch (error) {
    return { indexError: describe(error) };
  }
}

/** Undefined after trouble: the commit that meets the same says it. */
function tryTo<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

try {
  start(workerData as WriterData);
} catch (error) {
  send({ ready: false, ...describe(unusable((workerData as WriterData).file, error)) });
}
