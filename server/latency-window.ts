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

  constructor(capacity = 1_024) {
    this.window = new Float64Array(capacity);
  }

  record(ms: number): void {
    this.window[this.count % this.window.length] = ms;
    this.count++;
  }

  /** The p-quantile (0 to 1) of what the window holds; null before the first measurement. */
  quantile(p: number): number | null {
    return this.count === 0 ? null : nearestRank(this.sorted(), p);
  }

  /** All zero before the first measurement. */
  summary(): LatencySummary {
    const sorted = this.sorted();
    const sum = sorted.reduce((total, ms) => total + ms, 0);
    const mean = sorted.length === 0 ? 0 : sum / sorted.length;
    const [p50, p95, p99] = [nearestRank(sorted, 0.5), nearestRank(sorted, 0.95), nearestRank(sorted, 0.99)];
    return { count: this.count, mean, p50, p95, p99 };
  }

  private sorted(): Float64Array {
    return this.window.slice(0, Math.min(this.count, this.window.length)).sort();
  }
}

function nearestRank(sorted: Float64Array, p: number): number {
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? 0;
}
