import type { StoredEvent } from '../events/envelope';
import type { Json } from '../json';

/** Tells the live layer that the entity `key` of `topic` may have changed. Over-reporting is safe, under-reporting is not. */
export type Touch = (topic: string, key: string) => void;

/** One published table of a projection: a set of keyed JSON entities that a page can subscribe to. */
export interface Topic<S> {
  keys(state: S): Iterable<string>;
  /**
   * The entity as pages receive it; undefined when it does not exist (any more). A value of its own: later folds, which
   * change the state in place, must not show in it.
   */
  entity(state: S, key: string): Json | undefined;
  /** Most entities that eviction ever leaves, whatever is folded: state is bounded by rule (tested). */
  readonly limit: number;
}

/**
 * A fold of events into what pages show.
 *
 * `fold` is a function of (state, event) alone: no clock, no randomness, no I/O. It updates the state it is handed in
 * place, because copying tables of a thousand nodes for each of 60,000 events/s is not affordable; nobody else holds a
 * reference. State consists of plain objects, arrays, Maps and primitives only, so that it can be snapshotted with
 * structured clone. Tables are Maps: their keys come from payloads, and `__proto__` must be a key like any other.
 *
 * Time is event time, and events may arrive out of order (an old file is imported while live rows flow), so a field is
 * replaced only by an event that is not older than the one that set it: compare (timestamp, seq).
 *
 * Laws (property-tested): folding in one go equals folding with snapshot and restore at any point.
 */
export interface Projection<S> {
  readonly name: string;
  /** Raised when `fold` or the state's shape changes: snapshots of another version are thrown away and rebuilt. */
  readonly version: number;
  initial(): S;
  /**
   * The types that `fold` does more with than move the clock on (and, in a new minute, look at what decays); absent: all.
   * Events of other types are passed by without calling it (tested: that makes no difference).
   */
  readonly listens?: Iterable<string>;
  fold(state: S, event: StoredEvent, touch: Touch): void;
  /** Topic name (`<projection>.<table>`) to its reader. */
  readonly topics: Readonly<Record<string, Topic<S>>>;
}
