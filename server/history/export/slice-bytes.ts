import type { ExportSlice } from '../types';

const SLICE_BYTES = 512 * 1024;
/** Most events are smaller than this, so that the bytes of a slice rarely have to grow. */
const ROOM = 64 * 1024;

/** The bytes of a slice. Each line goes into them at once: a text of thousands of lines takes twice as long to encode. */
export class SliceBytes {
  /** Not from Node's pool: it changes hands to another thread. */
  #buffer = Buffer.allocUnsafeSlow(SLICE_BYTES + ROOM);
  #length = 0;
  #events = 0;

  get full(): boolean {
    return this.#length >= SLICE_BYTES;
  }

  get events(): number {
    return this.#events;
  }

  /** Nothing is no event. */
  add(line: string): void {
    if (line === '') return;
    // A UTF-16 unit becomes 3 bytes at most.
    const needed = this.#length + line.length * 3;
    if (needed > this.#buffer.length) this.#grow(needed);
    this.#length += this.#buffer.write(line, this.#length);
    this.#events += 1;
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(needed);
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }

  slice(end: Pick<ExportSlice, 'at' | 'span' | 'done'>): ExportSlice {
    const bytes = new Uint8Array(this.#buffer.buffer, 0, this.#length);
    return { ...end, bytes, events: this.#events };
  }
}
