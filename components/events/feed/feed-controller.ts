import type { EventRow } from '@/domain/events/envelope';
import type { FeedState } from './feed-store';
import { addNewer, addOlder, hold, receive, receiveReset, release, startFeed } from './feed-store';

/**
 * Why the list stands still. `press`: a pointer is down on a row, which must not slip away under it. `opened`: somebody
 * reads a row that is opened in place.
 */
export type HoldReason = 'pause' | 'scroll' | 'cursor' | 'press' | 'opened';

/** What the page draws; a new object exactly when something changed. */
export interface FeedView {
  readonly state: FeedState;
  readonly paused: boolean;
  /** False until the first rows (or the news that there are none) came. */
  readonly ready: boolean;
  /** Rows above this seq have just arrived. */
  readonly freshAbove: number;
  /** More rows match than a page is sent: it gets the newest at a time, and history has the others. */
  readonly rush: boolean;
}

export interface FeedHost {
  /** Runs the function once, before the next paint. */
  readonly beforePaint: (run: () => void) => void;
  readonly later: (run: () => void, ms: number) => void;
  /** Milliseconds. */
  readonly now: () => number;
}

export const browserHost: FeedHost = {
  beforePaint: (run) => void requestAnimationFrame(run),
  later: (run, ms) => void setTimeout(run, ms),
  now: () => performance.now(),
};

const FRESH_MS = 1200;
const FRESH_TICK_MS = 300;
/** Where every row in view has just arrived, a mark on each would say nothing: the newest of them have it. */
const MOST_FRESH = 6;
/** Above this many rows a second a mark is gone before it is seen, and its fading keeps the browser from drawing rows. */
const MARKED_PER_S = 50;
/** Above this many rows a second nobody reads along: then the list is drawn less often, and the page stays smooth. */
const CROWDED_PER_S = 500;
const CROWDED_INTERVAL_MS = 100;
/** Two fresh starts within this time are no reconnect but a rush; so long after the last one it is over. */
const RUSH_MS = 3_000;

/**
 * Holds a feed for one page and one filter. Frames are taken in at once (so nothing waits in a tab that does not
 * paint) but shown at most once per painted frame; what the reader does is shown at once.
 */
export class FeedController {
  private state: FeedState;
  private ready: boolean;
  private readonly reasons = new Set<HoldReason>();
  private readonly listeners = new Set<() => void>();
  private shown: FeedView;
  private scheduled = false;
  private shownAt = 0;
  private freshAbove: number;
  private second = { since: 0, rows: 0, before: 0 };
  private aging = false;
  private rush = false;
  private resetAt = -Infinity;
  private marks: { readonly at: number; readonly seq: number }[] = [];

  /** @param start null: nothing is known yet; the first frame or page begins the feed. */
  constructor(
    start: FeedState | null,
    private readonly host: FeedHost = browserHost,
  ) {
    this.ready = start !== null;
    this.state = start ?? startFeed([], 0, true);
    this.freshAbove = this.state.lastSeq;
    this.shown = this.look();
  }

  readonly view = (): FeedView => this.shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** New rows of the live feed; `reset`: they replace what is held. */
  frame(rows: readonly EventRow[], headSeq: number, reset: boolean): void {
    this.count(rows.length);
    if (!this.ready) {
      this.begin(startFeed(rows, headSeq, true));
    } else {
      this.state = reset ? receiveReset(this.state, rows, headSeq) : receive(this.state, rows, headSeq);
      if (reset) {
        this.marks = [];
        this.noteReset();
      }
      if (!this.state.held) this.mark(reset ? this.state.lastSeq : Math.max(this.freshAbove, this.crowd()));
    }
    this.showSoon();
  }

  private noteReset(): void {
    const now = this.host.now();
    if (now - this.resetAt < RUSH_MS) this.rush = true;
    this.resetAt = now;
    this.host.later(this.calm, RUSH_MS);
  }

  private readonly calm = (): void => {
    if (!this.rush || this.host.now() - this.resetAt < RUSH_MS) return;
    this.rush = false;
    this.show();
  };

  older(before: number | null, rows: readonly EventRow[], more: boolean): void {
    const next = addOlder(this.state, before, rows, more);
    if (this.ready) this.state = next;
    else this.begin(next);
    this.show();
  }

  newer(after: number, rows: readonly EventRow[]): void {
    this.state = addNewer(this.state, after, rows);
    this.show();
  }

  setHold(reason: HoldReason, on: boolean): void {
    if (this.reasons.has(reason) === on) return;
    if (on) this.reasons.add(reason);
    else this.reasons.delete(reason);
    this.settle();
  }

  /** Lets go of every hold: back to the live tail. */
  resume(): void {
    this.reasons.clear();
    this.settle();
  }

  private begin(state: FeedState): void {
    this.ready = true;
    this.freshAbove = state.lastSeq;
    this.state = this.reasons.size > 0 ? hold(state) : state;
  }

  private settle(): void {
    const held = this.reasons.size > 0;
    if (held) {
      this.state = hold(this.state);
    } else if (this.state.held) {
      const { heldAt } = this.state;
      this.state = release(this.state);
      this.mark(heldAt);
    }
    this.show();
  }

  /** What stands above `seq` now counts as just arrived, for a moment. */
  private mark(seq: number): void {
    this.freshAbove = seq;
    if (this.state.lastSeq <= seq) return;
    this.marks.push({ at: this.host.now(), seq: this.state.lastSeq });
    this.ageLater();
  }

  /** The newest row that too many newer ones follow, or come with, to be marked as well. */
  private crowd(): number {
    return this.rate() > MARKED_PER_S ? this.state.lastSeq : (this.state.body.at(-1 - MOST_FRESH)?.seq ?? 0);
  }

  /** Rows of this second or of the one before, whichever had more. */
  private rate(): number {
    return Math.max(this.second.rows, this.second.before);
  }

  private ageLater(): void {
    if (this.aging || this.marks.length === 0) return;
    this.aging = true;
    this.host.later(this.age, FRESH_TICK_MS);
  }

  private readonly age = (): void => {
    this.aging = false;
    const limit = this.host.now() - FRESH_MS;
    while (this.marks[0] !== undefined && this.marks[0].at <= limit) {
      this.freshAbove = Math.max(this.freshAbove, this.marks.shift()?.seq ?? 0);
    }
    this.ageLater();
    if (this.freshAbove !== this.shown.freshAbove) this.showSoon();
  };

  private showSoon(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    const paint = (): void => this.host.beforePaint(() => this.show());
    const wait = this.shownAt + CROWDED_INTERVAL_MS - this.host.now();
    if (wait > 0 && this.rate() > CROWDED_PER_S) this.host.later(paint, wait);
    else paint();
  }

  /** Rows of the present second and of the one before. */
  private count(rows: number): void {
    const now = this.host.now();
    const { since, rows: last } = this.second;
    if (now - since >= 1000) this.second = { since: now, rows: 0, before: now - since < 2000 ? last : 0 };
    this.second.rows += rows;
  }

  private show(): void {
    this.scheduled = false;
    this.shownAt = this.host.now();
    this.shown = this.look();
    for (const listener of [...this.listeners]) listener();
  }

  private look(): FeedView {
    const { state, ready, freshAbove, rush } = this;
    return { state, ready, freshAbove, rush, paused: this.reasons.has('pause') };
  }
}
