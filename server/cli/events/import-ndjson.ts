import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { Presets, SingleBar } from 'cli-progress';
import type { ImportedEvent } from '../../../domain/export';
import { lineBatches, type BadLine, type LineBatch } from '../../ndjson/batches';
import { openContent } from '../../ndjson/open-file';
import type { ImportResult } from '../../router/prepare/prepare-import';
import { CliError } from '../common/cli-error';
import type { ImportTarget } from '../common/target';

/** So many bad lines are told one by one. */
const TOLD = 20;

interface Counts {
  stored: number;
  existing: number;
  duplicates: number;
  bad: number;
  altered: number[];
}

/** Imports an NDJSON export. Bad lines are told with their number and make the exit code 1; the others go in. */
export async function importNdjson(file: string, gzipped: boolean, target: ImportTarget): Promise<void> {
  const sum: Counts = { stored: 0, existing: 0, duplicates: 0, bad: 0, altered: [] };
  const broken = await importInto(file, gzipped, target, sum);
  const { stored, existing, duplicates, bad, altered } = sum;
  if (bad > 0 && stored + existing === 0 && broken === null)
    throw new CliError(
      `${basename(file)} is no export of events: ${bad === 1 ? 'its one line is none' : `none of its ${bad} lines is one`}. Give an events.db, or JSON with one event per line, as \`ringside export\` writes it`,
    );
  process.stdout.write(
    `imported ${file}: ${stored} new events (${duplicates} of them repetitions), ${existing} known already, ${lines(bad)}\n`,
  );
  if (bad > TOLD) process.stderr.write(`ringside: and ${lines(bad - TOLD)} more\n`);
  if (altered.length > 0) process.stderr.write(`ringside: ${alteredLines(altered)}\n`);
  if (bad > 0) process.exitCode = 1;
  if (broken !== null)
    throw new CliError(
      `${basename(file)} ends amid its content (${broken}): copy it again; what was read is in history`,
    );
}

/** Reads ahead of the commits by two batches. Returns what ended the file early, if anything did. */
async function importInto(
  file: string,
  gzipped: boolean,
  target: ImportTarget,
  sum: Counts,
): Promise<string | null> {
  const importId = randomUUID();
  const content = await openContent(file, gzipped);
  const bar = new SingleBar(
    { format: 'importing {bar} {percentage}% | {events} events', stream: process.stderr },
    Presets.shades_grey,
  );
  bar.start(content.size, 0, { events: 0 });
  const underWay: Promise<void>[] = [];
  try {
    for await (const batch of lineBatches(content.chunks)) {
      tell(batch.bad, sum);
      const work = take(target, batch, importId).then((result) => add(sum, batch, result));
      // It is awaited later: until then a failure must not count as unhandled.
      work.catch(() => undefined);
      underWay.push(work);
      if (underWay.length > 2) await underWay.shift();
      bar.update(content.read(), { events: sum.stored + sum.existing });
    }
    return content.broken();
  } finally {
    content.close();
    await Promise.all(underWay).finally(() => bar.stop());
  }
}

async function take(target: ImportTarget, batch: LineBatch, importId: string): Promise<ImportResult> {
  const events: readonly ImportedEvent[] = batch.events;
  if (events.length === 0) return { stored: 0, existing: 0, duplicates: 0, refused: [], altered: [] };
  if ('core' in target) return target.core.router.importEvents(events, importId);
  return (await target.post({ import_id: importId, events })) as ImportResult;
}

function add(sum: Counts, batch: LineBatch, result: ImportResult): void {
  sum.stored += result.stored;
  sum.existing += result.existing;
  sum.duplicates += result.duplicates;
  for (const index of result.altered) sum.altered.push(batch.numbers[index] ?? 0);
  tell(
    result.refused.map(({ index, reason }) => ({ number: batch.numbers[index] ?? 0, reason })),
    sum,
  );
}

const lines = (bad: number): string => `${bad} bad ${bad === 1 ? 'line' : 'lines'}`;

/** An export that was changed on purpose is no error; one that was damaged should not pass unseen. */
function alteredLines(numbers: readonly number[]): string {
  const named = numbers.slice(0, TOLD).join(', ');
  const more = numbers.length > TOLD ? ' and more' : '';
  return numbers.length === 1
    ? `line ${named} has other content than its content_hash says: it went in as it is`
    : `${numbers.length} lines have other content than their content_hash says (${named}${more}): they went in as they are`;
}

/** Control characters of a file must not reach the terminal. */
function tell(bad: readonly BadLine[], sum: Counts): void {
  for (const { number, reason } of bad) {
    sum.bad += 1;
    if (sum.bad <= TOLD)
      process.stderr.write(
        `ringside: line ${number}: ${reason.replace(/[\p{Cc}\p{Bidi_Control}]/gu, ' ')}\n`,
      );
  }
}
