import type { TimerHandle, Timers } from '../timers';

/** One run of an async handler. */
export interface Invocation {
  readonly deadline: number;
  /** Called when the deadline passes before `finish`. */
  expire(): void;
}

/**
 * The async handlers that run right now, and one timer for all of them: they have the same limit, so they fall due in the
 * order of their start, and a timer per run would cost more than the run.
 */
export class Invocations {
  private readonly running = new Set<Invocation>();
  private timer: TimerHandle | null = null;
  private readonly idleWaiters: (() => void)[] = [];

  constructor(
    private readonly timers: Timers,
    private readonly timeoutMs: number,
  ) {}

  get size(): number {
    return this.running.size;
  }

  deadline(): number {
    return this.timers.now() + this.timeoutMs;
  }

  start(invocation: Invocation): void {
    this.running.add(invocation);
    this.timer ??= this.timers.set(() => this.sweep(), this.timeoutMs);
  }

  /** False when it was no longer running (timed out before). */
  finish(invocation: Invocation): boolean {
    const wasRunning = this.running.delete(invocation);
    if (this.running.size === 0) this.becameIdle();
    return wasRunning;
  }

  /** Resolves when no handler runs. */
  idle(): Promise<void> {
    if (this.running.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.idleWaiters.push(resolve));
  }

  private becameIdle(): void {
    this.timer?.();
    this.timer = null;
    for (const resolve of this.idleWaiters.splice(0)) resolve();
  }

  private sweep(): void {
    const now = this.timers.now();
    for (const invocation of [...this.running]) {
      if (invocation.deadline > now) break;
      invocation.expire();
    }
    // Whoever was told of a timeout may have caused a new run, and with it a timer, on what was idle by then.
    this.timer?.();
    const [next] = this.running;
    this.timer = next ? this.timers.set(() => this.sweep(), Math.max(0, next.deadline - now)) : null;
  }
}
