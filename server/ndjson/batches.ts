import { readLine, type ImportedEvent } from '../../domain/export';
import { linesOf } from './lines';

/** Some lines of a file: those that are events, and what is wrong with the others. */
export interface LineBatch {
  readonly events: readonly ImportedEvent[];
  /** The line of each event. */
  readonly numbers: readonly number[];
  readonly bad: readonly BadLine[];
}
export interface BadLine {
  /** Counted from 1. */
  readonly number: number;
  readonly reason: string;
}

const BATCH_EVENTS = 2_000;
/** Escapes may double it on the way to a server, which takes 64 MiB. */
const BATCH_CHARACTERS = 16 * 1024 * 1024;

/** The events of an NDJSON export, in parts that one transaction takes. */
export async function* lineBatches(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<LineBatch, void, undefined> {
  let batch = emptyBatch();
  let characters = 0;
  for await (const { number, text, reason } of linesOf(chunks)) {
    const read = text === null ? { ok: false as const, reason } : readLine(text);
    if (read.ok) {
      batch.events.push(read.event);
      batch.numbers.push(number);
    } else batch.bad.push({ number, reason: read.reason });
    characters += text?.length ?? 0;
    if (batch.events.length + batch.bad.length < BATCH_EVENTS && characters < BATCH_CHARACTERS) continue;
    yield batch;
    batch = emptyBatch();
    characters = 0;
  }
  yield batch;
}

function emptyBatch() {
  return { events: [] as ImportedEvent[], numbers: [] as number[], bad: [] as BadLine[] };
}
