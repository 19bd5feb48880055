import { WRITERS, type ExportFormat } from '../../../domain/export';
import type { EventFilter } from '../../../domain/realtime/contract';
import type { ExportSlice } from '../../history/query-types';
import type { History } from '../../history/types';
import { YoungGarbage } from '../../process/young-garbage';

export interface ExportOptions {
  readonly filter: EventFilter;
  readonly format: ExportFormat;
  readonly order: 'asc' | 'desc';
  /** The last seq that belongs to it. */
  readonly upTo: number;
}

/** Of all exports: each slice is garbage as soon as it is sent. */
const garbage = new YoungGarbage();

/** A reader that takes nothing for so long is gone for all we know; what it has is told to be incomplete. */
export const STALL_MS = 5 * 60_000;

/** Ends an export whose reader takes nothing any more. */
export class ExportStalledError extends Error {
  override readonly name = 'ExportStalledError';
  constructor() {
    super('nobody took the next part of the export for five minutes');
  }
}

/** Hands over how to end the export at once; answers what ends the watch. */
export type Watch = (cut: (error: Error) => void) => () => void;

/**
 * Everything that matches, as bytes of the format. History is read one slice at a time, no more than one
 * ahead of the reader; an error of history is an error of the stream. `onEnd` is called once, whatever ends it.
 */
export function exportStream(
  history: Pick<History, 'exportSlice'>,
  options: ExportOptions,
  onEnd: () => void = () => undefined,
  watch: Watch = () => () => undefined,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const slices = readSlices(history, options);
  let stall: NodeJS.Timeout | undefined;
  let ended = false;
  let unwatch = (): void => undefined;
  const end = (): void => {
    clearTimeout(stall);
    if (ended) return;
    ended = true;
    unwatch();
    onEnd();
  };
  /** Also before the first part: a client may be gone before anybody asks for it. */
  const expectReader = (controller: ReadableStreamDefaultController): void => {
    stall = setTimeout(() => {
      controller.error(new ExportStalledError());
      end();
    }, STALL_MS);
    stall.unref();
  };
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(controller) {
        expectReader(controller);
        unwatch = watch((error) => {
          controller.error(error);
          end();
          void slices.return();
        });
      },
      async pull(controller) {
        clearTimeout(stall);
        try {
          const { value, done } = await slices.next();
          // The reader left while its part was being read.
          if (ended) return;
          if (done) {
            end();
            controller.close();
            return;
          }
          expectReader(controller);
          controller.enqueue(value);
        } catch (error) {
          end();
          throw error;
        }
      },
      async cancel() {
        end();
        await slices.return();
      },
    },
    // The first slice is not read before somebody asks for it.
    { highWaterMark: 0 },
  );
}

/** While the reader takes a slice the next one is read, and no more. */
async function* readSlices(
  history: Pick<History, 'exportSlice'>,
  { filter, format, order, upTo }: ExportOptions,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const { start, end } = WRITERS[format];
  if (start !== '') yield new TextEncoder().encode(start);
  const read = (after: number | null, first: boolean): Promise<ExportSlice> => {
    const slice = history.exportSlice(filter, { format, order, upTo, after, first });
    // Where the reader leaves first nobody hears of what came of it.
    slice.catch(() => undefined);
    return slice;
  };
  let written = 0;
  for (let next: Promise<ExportSlice> | null = read(null, true); next !== null;) {
    const { bytes, events, at, done }: ExportSlice = await next;
    written += events;
    next = done ? null : read(at, written === 0);
    // Where nothing matches for long, the reader gets no empty parts.
    if (bytes.length === 0) continue;
    garbage.add(bytes.length);
    yield bytes;
  }
  if (end !== '') yield new TextEncoder().encode(end);
}
