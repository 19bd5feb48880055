import type { StoredEvent } from '../events/envelope';
import type { Json } from '../json';
import { daemonsProjection } from './daemons';
import { eloProjection } from './elo';
import { flowsProjection } from './flows';
import { learningProjection } from './learning';
import { listenersOf, PassingClock } from './listeners';
import { modelsProjection } from './models';
import { nodesProjection } from './nodes';
import { pipelineProjection } from './pipeline';
import { problemsProjection } from './problems';
import type { Projection, Topic, Touch } from './projection';
import { SELECTORS } from './rest';
import type { States } from './states';
import { qualityProjection } from './quality';
import { timely, type Clocked, type TimelyEvent } from './shared/clock';
import { trafficProjection } from './traffic';
import { trainingProjection } from './training';
import { workProjection } from './work';

/** Everything that is folded. The lifecycle check is part of `problems`. */
export const PROJECTIONS = [
  modelsProjection,
  eloProjection,
  nodesProjection,
  pipelineProjection,
  flowsProjection,
  trafficProjection,
  qualityProjection,
  trainingProjection,
  workProjection,
  daemonsProjection,
  learningProjection,
  problemsProjection,
] as const;

/** Name, version and state of a projection; and at which point, where that is another than that of the whole. */
export type ProjectionSnapshot = {
  name: string;
  version: number;
  state: unknown;
  asOfSeq?: number;
  clock?: number | null;
};

/** The whole folded state, fit for structured clone: at one point, or each projection at one of its own. */
export type FoldSnapshot = {
  asOfSeq: number;
  clock: number | null;
  projections: readonly ProjectionSnapshot[];
};

/** A topic of the state that a fold holds at the moment. */
export type TopicReader = { keys(): Iterable<string>; entity(key: string): Json | undefined };

/** Folds events into all projections and reads from them. */
export type Fold = {
  /** Takes in the next event. Events may come in any order of time; seq must be one that was not folded yet. */
  fold(event: StoredEvent, touch?: Touch): void;
  /** As `fold` of each, in order; an event that a projection cannot take is told to `trouble`, and all else goes on. */
  foldAll(events: readonly StoredEvent[], touch: Touch, trouble: Trouble): void;
  /** A deep copy: later folds do not change it. */
  snapshot(): FoldSnapshot;
  /** The state itself, for whoever serialises it at once (a copy of a wide state takes as long again). Do not keep it. */
  view(): FoldSnapshot;
  /** The same of one projection, by its place in the order of `names`. */
  viewOf(place: number): Required<ProjectionSnapshot>;
  readonly names: readonly string[];
  /**
   * Takes over a snapshot, which belongs to the fold from then on. Of projections at several points, `asOfSeq` is the lowest: fold on from there, and each
   * takes what it lacks. False, and nothing changed, for one of other projections or versions: rebuild from history.
   */
  restore(snapshot: FoldSnapshot): boolean;
  /** The state of every projection, to read from at once: the next fold changes it in place. Never write to it, never keep it. */
  states(): States;
  /** Undefined for a topic that nothing publishes. */
  topicReader(topic: string): TopicReader | undefined;
  readonly topics: readonly string[];
  /** The answer of `GET /api/state/<name>`; undefined for a name that is not folded from events. */
  selectState(name: string): Json | undefined;
  /** Event time of the newest event folded, epoch seconds; null before the first. */
  readonly clock: number | null;
  /** The highest seq folded; 0 before the first. */
  readonly asOfSeq: number;
};

/** Told of an event that a projection could not take. */
type Trouble = (error: unknown, event: StoredEvent) => void;

type AnyProjection = Projection<unknown>;

/** Raised when what the projections share (order, clock, bounds) changes, which no projection's own version tells. */
const SHARED_VERSION = 2;

/**
 * Version of the whole folded state: changes with that of any projection. Stored beside a snapshot, it tells whether the
 * snapshot may be restored or the state must be rebuilt from history.
 */
export const STATE_VERSION = [
  `shared@${SHARED_VERSION}`,
  ...PROJECTIONS.map(({ name, version }) => `${name}@${version}`),
].join(' ');

const ALL: readonly AnyProjection[] = PROJECTIONS;
const listenersTo = listenersOf(PROJECTIONS);
const TRAFFIC = PROJECTIONS.indexOf(trafficProjection);
/** Each topic, and the place of its projection among PROJECTIONS. */
const TOPICS = new Map<string, { place: number; topic: Topic<unknown> }>();
for (const [place, { topics }] of ALL.entries()) {
  for (const [name, topic] of Object.entries(topics)) TOPICS.set(name, { place, topic });
}

/**
 * Events that go through one projection before they go through the next: all projections together are more code than
 * the processor keeps at hand, so one event after the other through all of them takes a sixth longer. As many as `refOf`
 * remembers.
 */
const AT_ONCE = 128;

const UNTOUCHED: Touch = () => undefined;

/** The answer of `GET /api/state/<name>`; undefined for a name that is not folded from events. */
export function selectState(fold: Fold, name: string): Json | undefined {
  return fold.selectState(name);
}

export function createFold(): Fold {
  return new FoldHost();
}

class FoldHost implements Fold {
  readonly topics = [...TOPICS.keys()];
  readonly names = ALL.map(({ name }) => name);
  /** In the order of PROJECTIONS. */
  #states: unknown[] = ALL.map((projection) => projection.initial());
  #clock: number | null = null;
  #asOfSeq = 0;
  /** What each projection had folded when it was restored; null once all are at the same point. */
  #restoredTo: readonly number[] | null = null;

  get clock(): number | null {
    return this.#clock;
  }

  get asOfSeq(): number {
    return this.#asOfSeq;
  }

  fold(event: StoredEvent, touch: Touch = UNTOUCHED): void {
    this.foldAll([event], touch, (error) => {
      throw error;
    });
  }

  foldAll(events: readonly StoredEvent[], touch: Touch, trouble: Trouble): void {
    for (let from = 0; from < events.length; from += AT_ONCE) {
      const some = events.slice(from, from + AT_ONCE).map((event) => this.#timed(event));
      const listeners = some.map(({ eventType }) => listenersTo(eventType));
      for (let place = 0; place < ALL.length; place += 1)
        this.#foldInto(place, some, listeners, touch, trouble);
    }
    if (this.#restoredTo?.every((seq) => seq <= this.#asOfSeq)) this.#restoredTo = null;
  }

  /** The event with a time that state can use; the clock moves on. */
  #timed(raw: StoredEvent): TimelyEvent {
    const event = timely(raw, this.#clock);
    if (this.#clock === null || event.timestamp > this.#clock) this.#clock = event.timestamp;
    if (event.seq > this.#asOfSeq) this.#asOfSeq = event.seq;
    return event;
  }

  #foldInto(
    place: number,
    events: readonly StoredEvent[],
    listeners: readonly number[],
    touch: Touch,
    trouble: Trouble,
  ): void {
    const [projection, state] = [ALL[place], this.#states[place]];
    const clock = new PassingClock(state as Partial<Clocked>);
    const had = this.#restoredTo?.[place] ?? 0;
    // By index: pairs of place and event would be made for each, twelve times over.
    for (let at = 0; at < events.length; at += 1) {
      const event = events[at];
      if (event === undefined || event.seq <= had) continue;
      // A repeated row of a shared log changes nothing but the count of repeated rows.
      if (event.duplicateOf !== null && place !== TRAFFIC) continue;
      const listens = ((listeners[at] ?? 0) & (1 << place)) !== 0;
      if (!listens && clock.passes(event)) continue;
      clock.writeBack();
      try {
        projection?.fold(state, event, touch);
      } catch (error) {
        trouble(error, event);
      }
      clock.readAgain();
    }
    clock.writeBack();
  }

  snapshot(): FoldSnapshot {
    return structuredClone(this.view());
  }

  view(): FoldSnapshot {
    const projections = ALL.map(({ name, version }, place) => ({
      name,
      version,
      state: this.#states[place],
    }));
    return { asOfSeq: this.#asOfSeq, clock: this.#clock, projections };
  }

  viewOf(place: number): Required<ProjectionSnapshot> {
    const projection = ALL[place];
    if (projection === undefined) throw new RangeError(`there is no projection ${place}`);
    const { name, version } = projection;
    return { name, version, state: this.#states[place], asOfSeq: this.#asOfSeq, clock: this.#clock };
  }

  restore(snapshot: FoldSnapshot): boolean {
    const found = ALL.map(({ name, version }) =>
      snapshot.projections.find((each) => each.name === name && each.version === version),
    );
    if (!found.every((each) => each !== undefined)) return false;
    const points = found.map(({ asOfSeq = snapshot.asOfSeq, clock = snapshot.clock }) => ({
      asOfSeq,
      clock,
    }));
    const first = points.reduce((a, b) => (b.asOfSeq < a.asOfSeq ? b : a));
    this.#states = found.map(({ state }) => state);
    this.#clock = first.clock;
    this.#asOfSeq = first.asOfSeq;
    const even = points.every(({ asOfSeq }) => asOfSeq === first.asOfSeq);
    this.#restoredTo = even ? null : points.map(({ asOfSeq }) => asOfSeq);
    return true;
  }

  topicReader(name: string): TopicReader | undefined {
    const found = TOPICS.get(name);
    if (found === undefined) return undefined;
    const { place, topic } = found;
    return {
      keys: () => topic.keys(this.#states[place]),
      entity: (key) => topic.entity(this.#states[place], key),
    };
  }

  states(): States {
    // Exactly the states of PROJECTIONS by name.
    return Object.fromEntries(ALL.map(({ name }, place) => [name, this.#states[place]])) as States;
  }

  selectState(name: string): Json | undefined {
    const select = SELECTORS.get(name);
    return select && { as_of_seq: this.#asOfSeq, ...select(this.states()) };
  }
}
