/** Reads bytes from front to back. */
export class ByteReader {
  #at = 0;
  readonly #view: DataView;

  constructor(private readonly source: Uint8Array) {
    this.#view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  }

  byte(): number {
    return this.#view.getUint8(this.#at++);
  }

  short(): number {
    this.#at += 2;
    return this.#view.getUint16(this.#at - 2, true);
  }

  long(): number {
    this.#at += 4;
    return this.#view.getUint32(this.#at - 4, true);
  }

  double(): number {
    this.#at += 8;
    return this.#view.getFloat64(this.#at - 8, true);
  }

  bytes(length: number): Uint8Array {
    this.#at += length;
    return this.source.subarray(this.#at - length, this.#at);
  }

  /** A copy that numbers of any width may lie in: SQLite hands out bytes wherever they lie. */
  aligned(length: number): ArrayBuffer {
    return this.later(length)();
  }

  /** Passes over bytes that are copied when they are needed. */
  later(length: number): () => ArrayBuffer {
    const { buffer, byteOffset } = this.bytes(length);
    return () => buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer;
  }
}
