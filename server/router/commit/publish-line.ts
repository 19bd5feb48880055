import { Job } from './job';
import type { PublishRequest, PublishResult } from '../types';

/** Events between their preparation and their commit. The writer has one transaction in work and the next at hand. */
const PREPARED = 2_000;
/** Room that is worth going on for: what is prepared in smaller parts travels in smaller parts ever after. */
const PART = 500;

/** One call of a publisher, as far as its events are not prepared yet. */
interface Call {
  readonly requests: readonly PublishRequest[];
  readonly job: Job;
  /** When it came: what the clock said (epoch seconds), and the monotonic one (ms). */
  readonly at: number;
  readonly since: number;
  next: number;
}

interface LineOptions {
  /** Prepares one event and takes it in, or answers its job. `at` and `since` as in `Call`. */
  readonly take: (request: PublishRequest, job: Job, index: number, at: number, since: number) => void;
  /** Events taken in and not committed yet. */
  readonly inFlight: () => number;
  readonly now: () => number;
  readonly monotonic: () => number;
}

/**
 * What publishers handed in, prepared in the order in which it came, but only a little ahead of its commit. A prepared
 * event is a dozen objects: with 4,000 of them at hand each collection of the young generation copied them all, and
 * whoever looked at one next found it outside of the processor's cache. What waits here is what its publisher holds anyway.
 *
 * While something waits, events are in flight: their commits make it go on (`advance`).
 */
export class PublishLine {
  private readonly calls: Call[] = [];
  private waiting = 0;

  constructor(private readonly options: LineOptions) {}

  /** Events that wait to be prepared. */
  get size(): number {
    return this.waiting;
  }

  /** The requests belong to the line from now on. */
  add(requests: readonly PublishRequest[]): Promise<readonly PublishResult[]> {
    const { now, monotonic } = this.options;
    const call = { requests, job: new Job(requests.length), at: now(), since: monotonic(), next: 0 };
    this.calls.push(call);
    this.waiting += requests.length;
    this.advance();
    return call.job.done;
  }

  /** Prepares what there is room for. */
  advance(): void {
    for (let [call] = this.calls; call !== undefined; [call] = this.calls) {
      const room = PREPARED - this.options.inFlight();
      if (room < Math.min(PART, call.requests.length - call.next)) return;
      this.take(call, room);
      if (call.next === call.requests.length) this.calls.shift();
    }
  }

  private take(call: Call, most: number): void {
    const { requests, job, at, since } = call;
    const end = Math.min(requests.length, call.next + most);
    this.waiting -= end - call.next;
    while (call.next < end) {
      const index = call.next++;
      const request = requests[index];
      if (request !== undefined) this.options.take(request, job, index, at, since);
    }
  }
}
