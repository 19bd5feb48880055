/** A line of a file; `text` is null where it cannot be one, and `reason` says why. */
export interface FileLine {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string | null;
  readonly reason: string;
}

/** An event has at most 1 MiB of payload; escapes and drift may make a line of several. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;
const LINE_BREAK = 10;

/**
 * Lines of UTF-8 text, whatever the chunks they arrive in; empty ones are left out, but counted. A line without end is
 * passed over in bounded memory.
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number = MAX_LINE_BYTES,
): AsyncGenerator<FileLine, void, undefined> {
  const line = new GrowingLine(maxBytes);
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(LINE_BREAK); at >= 0; at = chunk.indexOf(LINE_BREAK, from)) {
      line.add(chunk.subarray(from, at));
      const ended = line.end();
      if (ended) yield ended;
      from = at + 1;
    }
    line.add(chunk.subarray(from));
  }
  const last = line.end();
  if (last) yield last;
}

/** The parts of the line that is being read. */
class GrowingLine {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #parts: Uint8Array[] = [];
  #bytes = 0;
  #number = 0;

  constructor(private readonly maxBytes: number) {}

  add(part: Uint8Array): void {
    this.#bytes += part.length;
    if (this.#bytes > this.maxBytes) this.#parts = [];
    else if (part.length > 0) this.#parts.push(part);
  }

  /** The line, or null when it is empty; the next one begins. */
  end(): FileLine | null {
    this.#number += 1;
    const [parts, bytes] = [this.#parts, this.#bytes];
    this.#parts = [];
    this.#bytes = 0;
    if (bytes > this.maxBytes)
      return { number: this.#number, text: null, reason: `longer than ${this.maxBytes} bytes` };
    try {
      const text = this.#decoder.decode(parts.length === 1 ? parts[0] : Buffer.concat(parts)).trim();
      return text === '' ? null : { number: this.#number, text, reason: '' };
    } catch {
      return { number: this.#number, text: null, reason: 'not valid UTF-8' };
    }
  }
}
