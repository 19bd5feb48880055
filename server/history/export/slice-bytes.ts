import type { ExportSlice } from '../query-types';
import type { Lines } from './lines';

/** A slice is full with so many bytes. */
export const SLICE_BYTES = 512 * 1024;

/** Lines that were read some at a time, as one slice. */
export class SliceBytes {
  readonly #parts: Buffer[] = [];
  #length = 0;
  #events = 0;

  get full(): boolean {
    return this.#length >= SLICE_BYTES;
  }

  get events(): number {
    return this.#events;
  }

  add({ bytes, events }: Lines): void {
    this.#parts.push(bytes);
    this.#length += bytes.length;
    this.#events += events;
  }

  slice(end: Pick<ExportSlice, 'at' | 'done'>): ExportSlice {
    return { ...end, bytes: ownBytes(this.#parts, this.#length), events: this.#events };
  }
}

/** In memory that nothing else lies in: it changes hands to another thread. */
function ownBytes(parts: readonly Buffer[], length: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
