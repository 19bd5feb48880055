import type { StoredEvent } from '../events/envelope';
import type { Projection } from './projection';
import { minuteOf, type Clocked } from './shared/clock';

/** For each event type the projections that listen to it, as bits in the order of the projections. */
export type Listeners = (eventType: string) => number;

/** Looked up once per event, not once per event and projection: each listens to a fraction of all types. */
export function listenersOf(projections: readonly Pick<Projection<unknown>, 'listens'>[]): Listeners {
  let toAll = 0;
  const byType = new Map<string, number>();
  for (const [place, { listens }] of projections.entries()) {
    if (listens === undefined) toAll |= 1 << place;
    for (const type of listens ?? []) byType.set(type, (byType.get(type) ?? 0) | (1 << place));
  }
  for (const [type, bits] of byType) byType.set(type, bits | toAll);
  return (eventType) => byType.get(eventType) ?? toAll;
}

/**
 * The clock of a state, moved on past events that the state does not listen to. It is written back before the next fold,
 * and at the end: to reach into twelve shapes of states for each event takes longer than to compare two numbers.
 */
export class PassingClock {
  #clock: number | null | undefined;
  #moved = false;

  constructor(private readonly state: Partial<Clocked>) {
    this.#clock = state.clock;
  }

  /** True when the event only moves the clock; false in a new minute, when the state must look at what decays. */
  passes({ timestamp }: StoredEvent): boolean {
    const clock = this.#clock;
    // Some states keep no time.
    if (clock === undefined) return true;
    if (clock === null) return false;
    if (timestamp <= clock) return true;
    if (minuteOf(clock) !== minuteOf(timestamp)) return false;
    this.#clock = timestamp;
    this.#moved = true;
    return true;
  }

  /** To be called before the state is folded into or read. */
  writeBack(): void {
    if (!this.#moved || this.#clock === undefined) return;
    this.state.clock = this.#clock;
    this.#moved = false;
  }

  /** To be called after the state was folded into. */
  readAgain(): void {
    if (this.#clock !== undefined) this.#clock = this.state.clock;
  }
}
