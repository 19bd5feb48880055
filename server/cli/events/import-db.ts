import { Presets, SingleBar } from 'cli-progress';
import { readEventsDbFile, type FileBatch } from '../../bridges/events-db/read-file';
import { post, type ImportTarget } from '../common/target';

interface ImportCounts {
  stored: number;
  existing: number;
  duplicates: number;
  deadLetters: number;
}

/** Imports all rows of an events.db. */
export async function importDatabase(file: string, target: ImportTarget): Promise<void> {
  const { stored, existing, duplicates, deadLetters } = await importInto(file, (batch) =>
    take(target, batch),
  );
  process.stdout.write(
    `imported ${file}: ${stored} new events (${duplicates} of them repetitions), ${existing} known already, ${deadLetters} unreadable rows\n`,
  );
}

async function take(target: ImportTarget, { rows, deadLetters }: FileBatch): Promise<ImportCounts> {
  if ('url' in target)
    return (await post(`${target.url}/api/import`, { rows, dead_letters: deadLetters })) as ImportCounts;
  const result = await target.core.router.importRows(rows);
  await target.core.history.addDeadLetters(deadLetters);
  return { ...result, deadLetters: result.deadLetters + deadLetters.length };
}

/** Reads ahead of the commits by two batches: reading and writing overlap, memory stays flat. */
async function importInto(
  file: string,
  takeBatch: (batch: FileBatch) => Promise<ImportCounts>,
): Promise<ImportCounts> {
  const bar = new SingleBar(
    { format: 'importing {bar} {percentage}% | {value}/{total} rows', stream: process.stderr },
    Presets.shades_grey,
  );
  const sum: ImportCounts = { stored: 0, existing: 0, duplicates: 0, deadLetters: 0 };
  const underWay: Promise<void>[] = [];
  try {
    for await (const batch of readEventsDbFile(file)) {
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
