import { WRITERS, type ExportFormat } from '../../domain/export';
import type { EventFilter } from '../../domain/realtime/contract';
import type { ExportSlice } from '../history/query-types';
import type { History } from '../history/types';

export interface ExportOptions {
  readonly filter: EventFilter;
  readonly format: ExportFormat;
  readonly order: 'asc' | 'desc';
  /** The last seq that belongs to it. */
  readonly upTo: number;
}

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
 * Everything that matches, as bytes of the format. History is read one slice at a time, each only when the reader has
 * taken the one before; an error of history is an error of the stream. `onEnd` is called once, whatever ends it.
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
    // Nothing is read ahead of need.
    { highWaterMark: 0 },
  );
}

async function* readSlices(
  history: Pick<History, 'exportSlice'>,
  { filter, format, order, upTo }: ExportOptions,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const { start, end } = WRITERS[format];
  if (start !== '') yield new TextEncoder().encode(start);
  let written = 0;
  let last: ExportSlice | null = null;
  while (last === null || !last.done) {
    last = await history.exportSlice(filter, {
      format,
      order,
      upTo,
      after: last?.at ?? null,
      first: written === 0,
    });
    written += last.events;
    // Where nothing matches for long, the reader gets no empty parts.
    if (last.bytes.length > 0) yield last.bytes;
  }
  if (end !== '') yield new TextEncoder().encode(end);
}
