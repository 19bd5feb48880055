import { Presets, SingleBar } from 'cli-progress';
import type { EventCounter } from '../../../domain/export';
import type { ExportTotal } from '../../../domain/export/total';

/** Shows on a terminal's stderr how far an export is, and counts what passes. */
export class ExportBar {
  #bytes = 0;
  readonly #bar: SingleBar;

  constructor(
    private readonly counter: EventCounter,
    total: ExportTotal | null,
    shown: boolean,
  ) {
    const format =
      total === null
        ? 'exporting | {value} events | {size}'
        : `exporting {bar} ${total.exact ? '' : 'about '}{percentage}% | {value}/{total} events | {size}`;
    this.#bar = new SingleBar({ format, stream: process.stderr }, Presets.shades_grey);
    if (shown) this.#bar.start(total?.events ?? 0, 0, { size: megabytes(0) });
  }

  get summary(): string {
    return `${this.counter.events} events (${megabytes(this.#bytes)})`;
  }

  async *watch(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of bytes) {
      this.counter.add(chunk);
      this.#bytes += chunk.length;
      this.#bar.update(this.counter.events, { size: megabytes(this.#bytes) });
      yield chunk;
    }
  }

  stop(): void {
    this.#bar.stop();
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
