import { Presets, SingleBar } from 'cli-progress';
import { readEventsDbFile, type FileBatch } from '../../bridges/events-db/read-file';
import type { ImportTarget } from '../common/target';

interface ImportCounts {
  stored: number;
  existing: number;
  duplicates: number;
  deadLetters: number;
}

/** The rows of an events.db, whose first are read at once: it is unpacked while the history opens that takes them. */
export class DatabaseFile {
  readonly #batches: AsyncGenerator<FileBatch, void, undefined>;
  readonly #first: Promise<IteratorResult<FileBatch, void>>;

  constructor(readonly path: string) {
    this.#batches = readEventsDbFile(path);
    this.#first = this.#batches.next();
    // It is awaited once there is a history: until then a failure must not count as unhandled.
    this.#first.catch(() => undefined);
  }

  async *batches(): AsyncGenerator<FileBatch, void, undefined> {
    const first = await this.#first;
    if (first.done) return;
    yield first.value;
    yield* this.#batches;
  }

  /** Removes what it was unpacked to, also where nobody has asked for a row. */
  async close(): Promise<void> {
    await this.#batches.return();
  }
}

/** Imports all rows of an events.db. */
export async function importDatabase(file: DatabaseFile, target: ImportTarget): Promise<void> {
  const { stored, existing, duplicates, deadLetters } = await importInto(file, (batch) =>
    take(target, batch),
  );
  process.stdout.write(
    `imported ${file.path}: ${stored} new events (${duplicates} of them repetitions), ${existing} known already, ${deadLetters} unreadable rows\n`,
  );
}

async function take(target: ImportTarget, { rows, deadLetters }: FileBatch): Promise<ImportCounts> {
  if ('post' in target) return (await target.post({ rows, dead_letters: deadLetters })) as ImportCounts;
  const result = await target.core.router.importRows(rows);
  await target.core.history.addDeadLetters(deadLetters);
  return { ...result, deadLetters: result.deadLetters + deadLetters.length };
}

/** Reads ahead of the commits by two batches: reading and writing overlap, memory stays flat. */
async function importInto(
  file: DatabaseFile,
  takeBatch: (batch: FileBatch) => Promise<ImportCounts>,
): Promise<ImportCounts> {
  const bar = new SingleBar(
    { format: 'importing {bar} {percentage}% | {value}/{total} rows', stream: process.stderr },
    Presets.shades_grey,
  );
  const sum: ImportCounts = { stored: 0, existing: 0, duplicates: 0, deadLetters: 0 };
  const underWay: Promise<void>[] = [];
  try {
    for await (const batch of file.batches()) {
      if (!bar.isActive) bar.start(batch.total, 0);
      const work = takeBatch(batch).then((counts) => add(sum, counts));
      // It is awaited later: until then a failure must not count as unhandled.
      work.catch(() => undefined);
      underWay.push(work);
      if (underWay.length > 2) await underWay.shift();
      bar.update(batch.done);
    }
    await Promise.all(underWay);
  } finally {
    bar.stop();
  }
  return sum;
}

function add(sum: ImportCounts, counts: ImportCounts): void {
  sum.stored += counts.stored;
  sum.existing += counts.existing;
  sum.duplicates += counts.duplicates;
  sum.deadLetters += counts.deadLetters;
}
