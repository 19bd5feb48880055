import { parse } from 'secure-json-parse';
import { linesOf, type FileLine } from '../../ndjson/lines';
import type { ProducerStream } from '../../producers/producers';
import { services } from '../../services';
import { AGAIN } from '../refusals/explained';
import { errorResponse } from '../rest/http';
import { answerFor, MAX_BODY_BYTES, requestsOf, type Publisher } from './publish';
import { malformed, taking, type Taken } from './event';
import { patiently } from './patience';

/** Lines that are published together: one transaction's worth, and no more than a call may have. */
const BATCH_LINES = 500;
const BATCH_CHARACTERS = 4 * 1024 * 1024;
/** Batches that may await their commit while the next is read; beyond, the client has to wait. */
const AHEAD = 2;
/** Mistakes that are told one by one. */
const TOLD = 100;
const IDLE_MS = 30_000;

/** How far a stream got. */
export interface LinesAnswer {
  /** The last line that was dealt with, counted from 1: what stands behind it was not. */
  lines: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  /** In the order of the lines, the first of them. */
  readonly mistakes: { readonly line: number; readonly code: string; readonly message: string }[];
}

interface Batch {
  readonly taken: Taken[];
  readonly numbers: number[];
  characters: number;
}

/** One event per line, published as they come, however many. A bad line is told with its number and leaves the others alone. */
export async function publishLines(request: Request, publisher: Publisher): Promise<Response> {
  const answer: LinesAnswer = { lines: 0, accepted: 0, duplicates: 0, rejected: 0, mistakes: [] };
  const stream = services().producers.stream(publisher.caller, request.signal);
  try {
    if (request.body) await readLines(request.body, publisher, stream, answer);
    return Response.json(answer);
  } catch (error) {
    // What was committed stays so: the sender has to know how far that is. Of what was read ahead a part may be, too.
    return errorResponse(
      error,
      answer,
      `What stands behind line ${answer.lines} is to be sent again. ${AGAIN}`,
    );
  } finally {
    stream.end();
  }
}

async function readLines(
  body: ReadableStream<Uint8Array>,
  publisher: Publisher,
  stream: ProducerStream,
  answer: LinesAnswer,
): Promise<void> {
  const ahead = new Ahead();
  let batch = emptyBatch();
  try {
    for await (const line of linesOf(patiently(body, IDLE_MS), MAX_BODY_BYTES)) {
      add(batch, line, publisher);
      if (batch.taken.length < BATCH_LINES && batch.characters < BATCH_CHARACTERS) continue;
      await ahead.add(publishBatch(batch, stream, answer));
      batch = emptyBatch();
    }
    if (batch.taken.length > 0) await ahead.add(publishBatch(batch, stream, answer));
  } finally {
    await ahead.settled();
  }
}

/** Batches that await their commit, noted in the order of their lines; behind one that failed nothing is noted. */
class Ahead {
  #work: Promise<() => void>[] = [];

  /** Waits when too many are under way. Rejects as the first that failed. */
  async add(work: Promise<() => void>): Promise<void> {
    // It is awaited later: until then a failure must not count as unhandled.
    work.catch(() => undefined);
    this.#work.push(work);
    if (this.#work.length > AHEAD) await this.#note();
  }

  async settled(): Promise<void> {
    while (this.#work.length > 0) await this.#note();
  }

  async #note(): Promise<void> {
    const first = this.#work.shift();
    try {
      (await first)?.();
    } catch (error) {
      this.#work = [];
      throw error;
    }
  }
}

function emptyBatch(): Batch {
  return { taken: [], numbers: [], characters: 0 };
}

function add(batch: Batch, { number, text, reason }: FileLine, { scope }: Publisher): void {
  batch.taken.push(text === null ? { rejected: malformed(reason) } : takingLine(text, scope));
  batch.numbers.push(number);
  batch.characters += text?.length ?? 0;
}

function takingLine(text: string, scope: Publisher['scope']): Taken {
  let value: unknown;
  try {
    value = parse(text, { protoAction: 'ignore', constructorAction: 'ignore' });
  } catch (error) {
    const detail = error instanceof Error ? error.message.slice(0, 120) : 'unreadable';
    return { rejected: malformed(`not valid JSON: ${detail}`) };
  }
  return taking(value, scope);
}

/** Resolves, once all of the batch is durable, to what notes it in the answer. */
async function publishBatch(
  { taken, numbers }: Batch,
  stream: ProducerStream,
  answer: LinesAnswer,
): Promise<() => void> {
  const { results, ...counts } = answerFor(taken, await stream.publish(requestsOf(taken), taken.length));
  return () => {
    answer.accepted += counts.accepted;
    answer.duplicates += counts.duplicates;
    answer.rejected += counts.rejected;
    answer.lines = numbers.at(-1) ?? answer.lines;
    results.forEach((result, at) => {
      if (result.status !== 'rejected' || answer.mistakes.length >= TOLD) return;
      answer.mistakes.push({ line: numbers[at] ?? 0, ...result.error });
    });
  };
}
