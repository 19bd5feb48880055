import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { EventCounter, EXPORT_FORMATS, type ExportFormat } from '../../../domain/export';
import { exportTotal } from '../../api/events/export';
import { exportStream } from '../../api/events/export-stream';
import { totalOf, type ExportTotal } from '../../../domain/export/total';
import { readConfig, type Config } from '../../config';
import { SqliteHistory } from '../../history/history';
import { claimInstance } from '../../process/instance-lock';
import { eventFilterSchema } from '../../live/feeds/feed-request';
import { migrationsFolder } from '../../process/paths';
import { CliError } from '../common/cli-error';
import { ExportBar } from './export-bar';
import { filterOf, timeOption, type FilterOptions } from './filter-options';
import { credentials, messageOf, runningUrl } from '../common/target';

export interface ExportCommand extends FilterOptions {
  readonly format: string;
  readonly order: string;
  readonly since?: string;
  readonly until?: string;
  readonly output?: string;
}

interface Wanted {
  readonly format: ExportFormat;
  readonly order: 'asc' | 'desc';
  readonly filter: ReturnType<typeof filterOf> & { readonly since?: number; readonly until?: number };
}

/** What an export is read from, with its number of events where that is known. */
interface Source {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly total: ExportTotal | null;
  readonly close: () => Promise<void>;
}

const INTERRUPTED = 130;

/** Writes everything that matches to a file or to stdout, through the running server or straight from the history. */
export async function exportEvents(command: ExportCommand): Promise<void> {
  const wanted = read(command);
  const config = readConfig(process.env);
  const interrupt = new AbortController();
  const stop = (): void => interrupt.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const url = runningUrl(config);
  let source: Source;
  try {
    source = url
      ? await fromServer(config, url, wanted, interrupt.signal)
      : await fromHistory(config, wanted);
  } catch (error) {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    if (!interrupt.signal.aborted) throw error;
    process.exitCode = INTERRUPTED;
    return;
  }
  const counter = new EventCounter(wanted.format);
  // On a terminal that shows the events themselves a bar would only be in their way.
  const shown = command.output !== undefined || !process.stdout.isTTY;
  const bar = new ExportBar(counter, source.total, shown);
  try {
    await write(bar.watch(source.bytes), command.output, interrupt.signal);
    bar.stop();
    if (command.output !== undefined) process.stdout.write(`exported ${bar.summary} to ${command.output}\n`);
  } catch (error) {
    bar.stop();
    if (interrupt.signal.aborted) process.exitCode = INTERRUPTED;
    // Whoever reads our stdout may stop at any line: that is no error.
    else if (codeOf(error) !== 'EPIPE') throw explained(error, bar.summary, command.output);
  } finally {
    await source.close();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

function read(command: ExportCommand): Wanted {
  const format = EXPORT_FORMATS.find((each) => each === command.format);
  if (format === undefined) throw new CliError(`--format: give one of ${EXPORT_FORMATS.join(', ')}`);
  const { order } = command;
  if (order !== 'asc' && order !== 'desc') throw new CliError('--order: give asc or desc');
  const now = Date.now() / 1000;
  const since = timeOption('since', command.since, now);
  const until = timeOption('until', command.until, now);
  if (since !== undefined && until !== undefined && since > until)
    throw new CliError('--since is later than --until, so nothing can match');
  return { format, order, filter: { ...filterOf(command), since, until } };
}

async function fromServer(
  config: Config,
  url: string,
  { format, order, filter }: Wanted,
  signal: AbortSignal,
): Promise<Source> {
  const params = new URLSearchParams({ format, order });
  for (const [name, value] of Object.entries(filter)) {
    if (value !== undefined) params.set(name, String(value));
  }
  const response = await fetch(`${url}/api/events/export?${params.toString()}`, {
    headers: credentials(config),
    signal,
  }).catch((error: unknown) => {
    throw new CliError(`the server at ${url} does not answer: ${messageOf(error)}`);
  });
  if (!response.ok || !response.body) {
    const answer = (await response.json().catch(() => null)) as { error?: { message: string } } | null;
    throw new CliError(answer?.error?.message ?? `the server answered ${response.status}`);
  }
  return {
    bytes: response.body,
    total: totalOf(response.headers),
    close: () => Promise.resolve(),
  };
}

async function fromHistory(config: Config, { format, order, filter }: Wanted): Promise<Source> {
  const file = path.join(config.dataDir, 'ringside.db');
  if (!existsSync(file))
    throw new CliError(
      `there is no history in ${config.dataDir}: set RINGSIDE_DATA_DIR to a folder that has one`,
    );
  const read = eventFilterSchema.parse(filter);
  const claim = claimInstance(config.dataDir);
  try {
    const history = await SqliteHistory.open({ file, migrations: migrationsFolder(), readers: 1 });
    const upTo = history.headSeq;
    const total = await exportTotal(history, read, upTo);
    return {
      bytes: exportStream(history, { filter: read, format, order, upTo }),
      total,
      close: async () => {
        await history.close();
        claim.release();
      },
    };
  } catch (error) {
    claim.release();
    throw error;
  }
}

/** A file appears under its name only when it is whole; one that ends in `.gz` is packed. */
async function write(
  bytes: AsyncIterable<Uint8Array>,
  output: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const content = Readable.from(bytes, { objectMode: false, highWaterMark: 1 });
  if (output === undefined) {
    await pipeline(content, process.stdout, { signal, end: false });
    return;
  }
  const part = `${output}.part`;
  try {
    const pack = output.endsWith('.gz') ? [createGzip()] : [];
    await pipeline([content, ...pack, createWriteStream(part)], { signal });
    await rename(part, output);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

function explained(error: unknown, summary: string, output: string | undefined): Error {
  const code = codeOf(error);
  if (error instanceof TypeError || code === 'UND_ERR_SOCKET')
    return new CliError(
      `the export broke off after ${summary}: the server stopped or the connection was lost`,
    );
  if (output !== undefined && /^E[A-Z]+$/.test(code)) return new CliError(`cannot write ${output} (${code})`);
  return error instanceof Error ? error : new Error(String(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
