/** The last N latencies in milliseconds, for percentiles on the router page; memory is fixed. */
export class LatencyWindow {
  readonly #values: Float64Array;
  #count = 0;

  constructor(size: number) {
    this.#values = new Float64Array(size);
  }

  add(milliseconds: number): void {
    this.#values[this.#count++ % this.#values.length] = milliseconds;
  }

  /** The p-quantile (0..1) of what the window holds; null while it is empty. */
  quantile(p: number): number | null {
    const held = Math.min(this.#count, this.#values.length);
    if (held === 0) return null;
    const sorted = this.#values.slice(0, held).sort();
    return sorted[Math.min(held - 1, Math.floor(p * held))] ?? null;
  }
}
