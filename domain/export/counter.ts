import type { ExportFormat } from './formats';

const LINE_BREAK = 10;
const QUOTE = 34;
const OPEN_BRACE = 123;

/** Counts the events of an export in its bytes, as they pass by. */
export class EventCounter {
  #lineStarts = true;
  #quoted = false;
  #lines = 0;
  #events = 0;

  constructor(private readonly format: ExportFormat) {}

  /** Events that have begun (JSON) or are whole (CSV) so far. */
  get events(): number {
    return this.format === 'csv' ? Math.max(0, this.#lines - 1) : this.#events;
  }

  add(chunk: Uint8Array): void {
    if (this.format === 'csv') this.#addCsv(chunk);
    else this.#addJson(chunk);
  }

  /** In JSON text a line break stands between events only. */
  #addJson(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    if (this.#lineStarts && chunk[0] === OPEN_BRACE) this.#events += 1;
    for (let at = chunk.indexOf(LINE_BREAK); at >= 0; at = chunk.indexOf(LINE_BREAK, at + 1)) {
      if (chunk[at + 1] === OPEN_BRACE) this.#events += 1;
    }
    this.#lineStarts = chunk.at(-1) === LINE_BREAK;
  }

  /** A line break within quotes belongs to a cell. */
  #addCsv(chunk: Uint8Array): void {
    for (const byte of chunk) {
      if (byte === QUOTE) this.#quoted = !this.#quoted;
      else if (byte === LINE_BREAK && !this.#quoted) this.#lines += 1;
    }
  }
}
