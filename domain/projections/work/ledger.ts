import type { StoredEvent } from '../../events/envelope';
import { evictLowest } from '../shared/bounds';
import {
  addStep,
  born,
  describe,
  isSilent,
  LOST_AFTER_S,
  namedNode,
  settle,
  type Life,
  type LifeRules,
} from './life';

/** Subjects that go on in `live`, those that are over or lost in `ended`; `counts` are those of both by state. */
export type Ledger<S extends string, K extends string> = {
  live: Map<string, Life<S, K>>;
  ended: Map<string, Life<S, K>>;
  counts: Map<S, number>;
  /** Live ones pushed out because more go on at once than are followed. */
  dropped: number;
  /** No subject falls silent for too long before this. */
  sweepAt: number;
};

/** Told before and after each change of a subject, so that statistics follow. A new one is only entered, one pushed out only left. */
export type Watcher<S extends string, K extends string> = {
  left(life: Life<S, K>): void;
  entered(life: Life<S, K>): void;
};

export function ledger<S extends string, K extends string>(): Ledger<S, K> {
  return { live: new Map(), ended: new Map(), counts: new Map(), dropped: 0, sweepAt: Infinity };
}

export function find<S extends string, K extends string>(
  { live, ended }: Ledger<S, K>,
  id: string,
): Life<S, K> | undefined {
  return live.get(id) ?? ended.get(id);
}

/** Takes in a step; the subject's state follows from its steps in order of time, in whichever order they arrive. */
export function record<S extends string, K extends string>(
  book: Ledger<S, K>,
  rules: LifeRules<S, K>,
  event: StoredEvent,
  step: { id: string; step: K; note: string | null; value: number | null },
  clock: number,
  watcher: Watcher<S, K>,
): Life<S, K> {
  const alive = book.live.get(step.id);
  const over = alive === undefined ? book.ended.get(step.id) : undefined;
  const found = alive ?? over;
  if (found !== undefined) leave(book, found, watcher);
  const life = found ?? born<S, K>(step.id, rules.lost);
  const node = namedNode(event);
  describe(life, rules, event, node);
  addStep(life, rules, {
    t: event.timestamp,
    s: event.seq,
    step: step.step,
    event: event.eventId,
    node,
    note: step.note,
    value: step.value,
    counted: false,
    measured: null,
  });
  if (event.timestamp > life.heardAt) life.heardAt = event.timestamp;
  settle(life, rules, clock);
  enter(book, rules, life, found === undefined ? null : over === undefined ? book.live : book.ended, watcher);
  return life;
}

/** Puts a subject where it belongs now; `from`: where it is, null for nowhere. */
function enter<S extends string, K extends string>(
  book: Ledger<S, K>,
  rules: LifeRules<S, K>,
  life: Life<S, K>,
  from: Map<string, Life<S, K>> | null,
  watcher: Watcher<S, K>,
): void {
  const { live, ended } = book;
  const over = rules.isEnded(life.state);
  const to = over ? ended : live;
  if (from !== to) {
    from?.delete(life.id);
    to.set(life.id, life);
  }
  count(book, life.state, 1);
  watcher.entered(life);
  if (over) {
    evictLowest(
      ended,
      rules.endedLimit,
      ({ since }) => since,
      (_, gone) => leave(book, gone, watcher),
    );
    return;
  }
  book.sweepAt = Math.min(book.sweepAt, life.heardAt + LOST_AFTER_S);
  const drop = (_: string, gone: Life<S, K>): void => {
    book.dropped += 1;
    leave(book, gone, watcher);
  };
  evictLowest(live, rules.liveLimit, ({ heardAt }) => heardAt, drop);
}

function leave<S extends string, K extends string>(
  book: Ledger<S, K>,
  life: Life<S, K>,
  watcher: Watcher<S, K>,
): void {
  count(book, life.state, -1);
  watcher.left(life);
}

function count<S extends string, K extends string>({ counts }: Ledger<S, K>, state: S, by: number): void {
  counts.set(state, (counts.get(state) ?? 0) + by);
}

/** Once a minute: what was not heard of for too long is lost. */
export function sweep<S extends string, K extends string>(
  book: Ledger<S, K>,
  rules: LifeRules<S, K>,
  clock: number,
  watcher: Watcher<S, K>,
): void {
  if (clock <= book.sweepAt) return;
  book.sweepAt = Infinity;
  for (const life of [...book.live.values()]) {
    if (!isSilent(life, clock)) {
      book.sweepAt = Math.min(book.sweepAt, life.heardAt + LOST_AFTER_S);
      continue;
    }
    leave(book, life, watcher);
    settle(life, rules, clock);
    enter(book, rules, life, book.live, watcher);
  }
}

/** How many subjects are in a state. */
export function countOf<S extends string, K extends string>({ counts }: Ledger<S, K>, state: S): number {
  return counts.get(state) ?? 0;
}

/** Since when the longest in its state is there, of those that `wanted` accepts; null for none. */
export function oldestOf<L extends { since: number }>(
  lives: Iterable<L>,
  wanted: (life: L) => boolean,
): number | null {
  let oldest = Infinity;
  for (const life of lives) if (life.since < oldest && wanted(life)) oldest = life.since;
  return oldest === Infinity ? null : oldest;
}
