import { Presets, SingleBar } from 'cli-progress';
import { readEventsDbFile, type FileBatch } from '../bridges/events-db/read-file';
import { readConfig, type Config } from '../config';
import { openCore } from '../core';
import { claimInstance } from '../instance-lock';
import { createLog } from '../log';
import { CliError } from './cli-error';
import { post, runningUrl } from './target';

export interface ImportCounts {
  stored: number;
  existing: number;
  duplicates: number;
  deadLetters: number;
}

type Take = (batch: FileBatch) => Promise<ImportCounts>;

/** Imports all rows of an events.db. Rows that history has already are recognised, so a second import adds nothing. */
export async function importFile(file: string): Promise<void> {
  if (/\.ndjson(\.gz)?$/.test(file))
    throw new CliError('NDJSON cannot be imported by this version: give an events.db, or its .gz');
  const config = readConfig(process.env);
  const url = runningUrl(config);
  const counts = url ? await importInto(file, (batch) => throughServer(config, url, batch)) : await offline();
  const { stored, existing, duplicates, deadLetters } = counts;
  process.stdout.write(
    `imported ${file}: ${stored} new events (${duplicates} of them repetitions), ${existing} known already, ${deadLetters} unreadable rows\n`,
  );

  async function offline(): Promise<ImportCounts> {
    const claim = claimInstance(config.dataDir);
    const core = await openCore(config, createLog('warn'));
    try {
      return await importInto(file, async ({ rows, deadLetters: letters }) => {
        const result = await core.router.importRows(rows);
        await core.history.addDeadLetters(letters);
        return { ...result, deadLetters: result.deadLetters + letters.length };
      });
    } finally {
      await core.close();
      claim.release();
    }
  }
}

/** Reads ahead of the commits by two batches: reading and writing overlap, memory stays flat. */
async function importInto(file: string, take: Take): Promise<ImportCounts> {
  const bar = new SingleBar(
    { format: 'importing {bar} {percentage}% | {value}/{total} rows', stream: process.stderr },
    Presets.shades_grey,
  );
  const sum: ImportCounts = { stored: 0, existing: 0, duplicates: 0, deadLetters: 0 };
  const underWay: Promise<void>[] = [];
  try {
    for await (const batch of readEventsDbFile(file)) {
      if (!bar.isActive) bar.start(batch.total, 0);
      underWay.push(take(batch).then((counts) => add(sum, counts)));
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

async function throughServer(
  config: Config,
  url: string,
  { rows, deadLetters }: FileBatch,
): Promise<ImportCounts> {
  return (await post(config, `${url}/api/import`, { rows, dead_letters: deadLetters })) as ImportCounts;
}
