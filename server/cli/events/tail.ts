import { io } from 'socket.io-client';
import type { EventRow } from '../../../domain/events/envelope';
import type {
  AccessChange,
  EventFilter,
  FeedAnswer,
  FeedFrame,
  LiveUpdate,
} from '../../../domain/realtime/contract';
import { readConfig } from '../../config';
import { CliError } from '../common/cli-error';
import { filterOf, linesOption, type FilterOptions } from './filter-options';
import { credentials, runningUrl } from '../common/target';

export interface TailOptions extends FilterOptions {
  lines: string;
  json?: boolean;
}

/** Prints the newest events and then each new one, until interrupted; after a lost connection it goes on where it was. */
export async function tail(options: TailOptions): Promise<void> {
  const filter: EventFilter = filterOf(options);
  const limit = linesOption(options.lines);
  const config = readConfig(process.env);
  const url = runningUrl(config);
  if (!url)
    throw new CliError(
      'no Ringside runs on this data folder: start one with `npm start`, or set RINGSIDE_DATA_DIR',
    );
  const socket = io(url, { transports: ['websocket'], extraHeaders: credentials(config) });
  // Each start of a server makes a new secret of its data folder.
  socket.io.on('reconnect_attempt', () => {
    socket.io.opts.extraHeaders = credentials(config);
  });
  let head: number | null = null;
  const print = ({ rows, head_seq }: FeedAnswer | FeedFrame): void => {
    for (const row of rows) process.stdout.write(`${options.json ? JSON.stringify(row) : line(row)}\n`);
    head = head_seq;
  };
  socket.on('connect', () => {
    const request = {
      feed_id: 'tail',
      shape: 'row',
      complete: true,
      filter,
      after_seq: head,
      limit,
    };
    socket.emit('feed:subscribe', request, (answer: FeedAnswer | { error: { message: string } }) => {
      if (!('error' in answer)) {
        if (answer.scanned_to !== undefined)
          process.stderr.write(
            `ringside: older matches may be missing: the search ran out of time at seq ${String(answer.scanned_to)}; narrow the filter\n`,
          );
        print(answer);
        return;
      }
      process.stderr.write(`ringside: ${answer.error.message}\n`);
      process.exitCode = 1;
      socket.close();
    });
  });
  socket.on('live:update', ({ frames }: LiveUpdate) => frames.forEach(print));
  await new Promise<void>((resolve) => {
    const refused = (message: string): void => {
      process.stderr.write(`ringside: ${message}\n`);
      process.exitCode = 1;
      stop();
    };
    socket.on('server:access', ({ state, message }: AccessChange) => state === 'ended' && refused(message));
    socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
      if (error.data?.code === 'unauthorized' || error.data?.code === 'forbidden') refused(error.message);
    });
    const stop = (): void => {
      socket.close();
      resolve();
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    process.stdout.once('error', stop);
  });
}

/** Control characters of a payload must not reach the terminal. */
function line(row: EventRow): string {
  const time = new Date(row.timestamp * 1000).toISOString().slice(0, 23);
  const text = [
    time,
    row.severity.padEnd(8),
    row.event_type.padEnd(28),
    (row.config ?? '-').padEnd(13),
    (row.node ?? '-').padEnd(14),
    row.found === undefined ? row.summary : `${row.found} · ${row.summary}`,
  ].join('  ');
  return text.replace(/\p{Cc}/gu, ' ');
}
