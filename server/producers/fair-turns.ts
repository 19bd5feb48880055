import type { PublishRequest, PublishResult } from '../router/types';
import { PartlyStoredError, ProducerLimitError } from './errors';

/** How long a caller whose line is full is told to wait. */
const BUSY_MS = 1_000;

type Publish = (requests: readonly PublishRequest[]) => Promise<readonly PublishResult[]>;

export interface FairTurnsOptions {
  /** Events of one caller that are handed to the router before the next caller has a turn. */
  readonly slice?: number;
  /** Events that may be on their way into history: what a newcomer waits behind. */
  readonly inFlight?: number;
  /** Those of one caller among them: less, so that there is room whenever another comes. */
  readonly ownInFlight?: number;
  /** Events of one caller that may wait for a turn. */
  readonly perCaller?: number;
  /** Events that one turn of the event loop hands over: preparing them holds up all else. */
  readonly perTurn?: number;
  /** Those of one caller among them: less, so that who comes in the same turn need not wait for the next. */
  readonly ownPerTurn?: number;
  /** Milliseconds after which a turn of the event loop hands over no more, as events differ in size. */
  readonly turnMs?: number;
  /** Goes on in another turn of the event loop. */
  readonly later?: (work: () => void) => void;
  /** Milliseconds. */
  readonly now?: () => number;
}

/** One call, part of which may be on its way already. */
interface Work {
  readonly requests: readonly PublishRequest[];
  readonly results: (readonly PublishResult[])[];
  /** Requests handed over. */
  at: number;
  /** Slices under way. */
  open: number;
  /** Why a slice failed, the first of them; nothing more is handed over then. */
  failure: { readonly error: unknown } | null;
  readonly resolve: (results: readonly PublishResult[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Callers take turns: each hands a slice to the router, then it is the next one's turn. Only so much is on its way at a
 * time, so that what waits, waits here, in its own caller's line, and a caller with little to say is never behind another's
 * backlog. What one caller hands in stays in its order.
 */
export class FairTurns {
  /** Those who wait, in the order of their turns. */
  readonly #lines = new Map<string, Work[]>();
  /** Those whose next turn comes when something of theirs is committed, or with the next turn of the event loop. */
  readonly #resting = new Map<string, Work[]>();
  readonly #ownInFlight = new Map<string, number>();
  readonly #waiting = new Map<string, number>();
  readonly #options: Required<FairTurnsOptions>;
  #inFlight = 0;
  #scheduled = false;
  /** Events handed over in this turn of the event loop, how many of each caller, and the milliseconds that it took. */
  #handed = 0;
  readonly #ownHanded = new Map<string, number>();
  #took = 0;

  constructor(
    private readonly publish: Publish,
    options: FairTurnsOptions = {},
  ) {
    this.#options = {
      slice: 25,
      inFlight: 2_000,
      ownInFlight: 250,
      perCaller: 20_000,
      perTurn: 250,
      ownPerTurn: 100,
      turnMs: 4,
      later: setImmediate,
      now: () => performance.now(),
      ...options,
    };
  }

  /**
   * Resolves as the router's `publishBatch` does. Rejects with its errors where nothing was stored, with PartlyStoredError
   * where a part was, with ProducerLimitError when too much waits.
   */
  take(caller: string, requests: readonly PublishRequest[]): Promise<readonly PublishResult[]> {
    const waiting = this.#waiting.get(caller) ?? 0;
    if (waiting > 0 && waiting + requests.length > this.#options.perCaller)
      return Promise.reject(
        new ProducerLimitError(`${waiting} events of yours wait already: await their answers first`, BUSY_MS),
      );
    if (requests.length === 0) return this.publish(requests);
    return new Promise((resolve, reject) => {
      const work = { requests, results: [], at: 0, open: 0, failure: null, resolve, reject };
      add(this.#waiting, caller, requests.length);
      const line = this.#lines.get(caller) ?? this.#resting.get(caller);
      if (line) line.push(work);
      else this.#lineUp(caller, [work]);
      this.#pump();
    });
  }

  /** Hands over what there is room for; what is left of much waits for the next turn of the event loop. */
  #pump(): void {
    while (this.#hasRoom()) {
      const next = this.#lines.entries().next().value;
      if (next === undefined) break;
      const begun = this.#options.now();
      this.#handed += this.#turnOf(...next);
      this.#took += this.#options.now() - begun;
    }
    if (this.#handed === 0 || this.#scheduled) return;
    this.#scheduled = true;
    this.#options.later(() => this.#nextTurn());
  }

  #hasRoom(): boolean {
    const { perTurn, turnMs, inFlight } = this.#options;
    return this.#handed < perTurn && this.#took < turnMs && this.#inFlight < inFlight;
  }

  #nextTurn(): void {
    this.#scheduled = false;
    this.#handed = 0;
    this.#took = 0;
    const rested = [...this.#ownHanded.keys()];
    this.#ownHanded.clear();
    for (const caller of rested) this.#wake(caller);
    this.#pump();
  }

  #wake(caller: string): void {
    const resting = this.#resting.get(caller);
    if (resting === undefined) return;
    this.#resting.delete(caller);
    this.#lineUp(caller, resting);
  }

  /** The first in line hands over a slice and goes to the end. Returns how many events that were. */
  #turnOf(caller: string, line: Work[]): number {
    this.#lines.delete(caller);
    const [work] = line;
    if (work === undefined) return 0;
    const before = work.at;
    if (this.#hand(caller, work)) line.shift();
    add(this.#ownHanded, caller, work.at - before);
    if (line.length > 0) this.#lineUp(caller, line);
    return work.at - before;
  }

  #lineUp(caller: string, line: Work[]): void {
    const { ownInFlight, ownPerTurn } = this.#options;
    const rests =
      (this.#ownInFlight.get(caller) ?? 0) >= ownInFlight || (this.#ownHanded.get(caller) ?? 0) >= ownPerTurn;
    (rests ? this.#resting : this.#lines).set(caller, line);
  }

  /** Hands over the next slice; true when it was the last of its call. */
  #hand(caller: string, work: Work): boolean {
    if (work.failure) {
      add(this.#waiting, caller, work.at - work.requests.length);
      return true;
    }
    const slice =
      work.requests.length <= this.#options.slice
        ? work.requests
        : work.requests.slice(work.at, work.at + this.#options.slice);
    const place = work.results.length;
    work.results.push([]);
    work.at += slice.length;
    work.open++;
    this.#inFlight += slice.length;
    add(this.#ownInFlight, caller, slice.length);
    void this.publish(slice)
      .then(
        (results) => (work.results[place] = results),
        (error: unknown) => {
          work.failure ??= { error };
        },
      )
      .then(() => this.#done(caller, work, slice.length));
    return work.at >= work.requests.length;
  }

  #done(caller: string, work: Work, events: number): void {
    this.#inFlight -= events;
    add(this.#ownInFlight, caller, -events);
    add(this.#waiting, caller, -events);
    this.#wake(caller);
    work.open--;
    if (work.open === 0) settle(work);
    this.#pump();
  }
}

/** Answers for a call of which nothing is under way, once all of it was handed over or some of it failed. */
function settle({ requests, results, at, failure, resolve, reject }: Work): void {
  if (failure) {
    const stored = results.flat().filter(({ status }) => status !== 'rejected').length;
    reject(stored === 0 ? failure.error : new PartlyStoredError(stored, requests.length, failure.error));
  } else if (at >= requests.length) resolve(results.flat());
}

/** Adds to a caller's count; one that comes to nothing is forgotten. */
function add(counts: Map<string, number>, caller: string, events: number): void {
  const count = (counts.get(caller) ?? 0) + events;
  if (count > 0) counts.set(caller, count);
  else counts.delete(caller);
}
