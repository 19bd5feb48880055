/** Milliseconds. `count` is of all time; mean and quantiles are over the newest measurements only. */
export interface LatencySummary {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Durations over a bounded window of the newest measurements. */
export class LatencyWindow {
  private readonly window: Float64Array;
  private count = 0;

  constructor(capacity = 1024) {
    this.window = new Float64Array(capacity);
  }

  record(ms: number): void {
    this.window[this.count % this.window.length] = ms;
    this.count++;
  }

  /** All zero before the first measurement. */
  summary(): LatencySummary {
    const sorted = this.window.slice(0, Math.min(this.count, this.window.length)).sort();
    const sum = sorted.reduce((total, ms) => total + ms, 0);
    const mean = sorted.length === 0 ? 0 : sum / sorted.length;
    const [p50, p95, p99] = [quantile(sorted, 0.5), quantile(sorted, 0.95), quantile(sorted, 0.99)];
    return { count: this.count, mean, p50, p95, p99 };
  }
}

/** Nearest rank. */
function quantile(sorted: Float64Array, q: number): number {
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0;
}
