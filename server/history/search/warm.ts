import type { ScanSources } from './scan-run';

/** Blocks whose columns are read in one step: 1 MB. */
const BLOCKS = 16;
/** Columns of payload values in one step; each is a few KB. */
const VALUES = 256;
/** The newest blocks are worth it: 170 MB of the file, ten million events, that the system keeps in its cache. */
const MOST_BLOCKS = 2_500;

/**
 * What the first searches and counts after a start read from disk: the dictionaries of the blocks, which stay in memory; the
 * way to the words of the index, the columns of the newest blocks and those of payload values, which the system caches.
 */
export function* warmSteps({ db, blocks, sample, head }: ScanSources): Generator<undefined, void> {
  while (blocks.catalog.step()) yield;
  sample.refresh(head.get() ?? 0);
  yield;
  const segments = db.prepare<[], number>('SELECT DISTINCT segid FROM events_fts_idx').pluck().all();
  const words = db.prepare<[number], number>('SELECT sum(length(term)) FROM events_fts_idx WHERE segid = ?');
  for (const segment of segments) {
    words.get(segment);
    yield;
  }
  const newest = db.prepare<[], number>('SELECT max(block) FROM event_blocks').pluck().get() ?? -1;
  const columns = db.prepare<[number, number], [Buffer]>(
    'SELECT codes FROM event_blocks WHERE block BETWEEN ? AND ?',
  );
  for (let to = newest; to >= Math.max(0, newest - MOST_BLOCKS); to -= BLOCKS) {
    columns.all(to - BLOCKS + 1, to);
    yield;
  }
  const values = db
    .prepare<[number, number], [id: number, data: Buffer]>(
      'SELECT id, data FROM event_values WHERE id > ? ORDER BY id LIMIT ?',
    )
    .raw();
  for (let id: number | undefined = -1; id !== undefined; id = values.all(id, VALUES).at(-1)?.[0]) yield;
}
