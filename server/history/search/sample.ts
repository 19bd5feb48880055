import { matcher, type Matchable, type QueryNode } from '../../../domain/query';
import type { RowReader } from '../matching/row-reader';

const RUNS = 64;
const RUN = 8;
/** A history that has grown by this share is sampled anew. */
const GROWTH = 1.1;

/** A few hundred events from all over history, by which the frequency of words is judged; read once for many searches. */
export class Sample {
  #events: readonly Matchable[] = [];
  #head = 0;

  constructor(private readonly rows: RowReader) {}

  /** Reads the sample, where history has outgrown the last one. */
  refresh(head: number): void {
    if (head <= this.#head * GROWTH && this.#events.length > 0) return;
    this.#head = head;
    this.#events = Array.from({ length: RUNS }, (_, place) => 1 + Math.floor((place * head) / RUNS)).flatMap(
      (from) => this.rows.between(from, from + RUN - 1).map(({ event }) => event),
    );
  }

  /** Of all events about this share matches; never 0. */
  share(node: QueryNode, now: number): number {
    const test = matcher(node);
    const hits = this.#events.filter((event) => test(event, now)).length;
    return (hits + 0.25) / (this.#events.length + 0.5);
  }
}
