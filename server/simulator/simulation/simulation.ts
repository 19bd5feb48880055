import type { JsonObject } from '../../../domain/json';
import { Agenda, type Appointment } from './agenda';
import type { Actor, Heard, SimEvent, Speaker, Stage } from '../actor';
import { ACTORS } from '../actors';
import { DEFAULT_CONFIGS, DEFAULT_NODES, nodeFleet, type ConfigSpec, type NodeSpec } from '../cluster';
import { Rng, type RngState } from '../random';
import { wireNameOf } from './wire-names';
import { coordinatorHost, createWorld, isUp, type World } from '../world';

export interface SimulationOptions {
  readonly seed: number | string;
  /** Virtual start, epoch seconds. */
  readonly startAt: number;
  /** Machines, or how many of them; default: the fourteen. */
  readonly nodes?: readonly NodeSpec[] | number;
  readonly configs?: readonly ConfigSpec[];
  /** How many times busier than the recorded cluster, for load tests; default 1 (about 0.25 events/s on 14 nodes). */
  readonly rate?: number;
  /** What the cluster's clocks show at a virtual time (epoch seconds); default: the virtual time itself. */
  readonly clock?: (virtual: number) => number;
}

/** A simulation at rest: plain data and Maps. */
export interface SavedSimulation {
  readonly now: number;
  readonly order: number;
  readonly rate: number;
  readonly rng: RngState;
  readonly agenda: readonly Appointment[];
  readonly world: World;
}

/** One row in this many is written a second time by another process, as real producers do when a reply gets lost. */
const ECHO_ONE_IN = 400;

/**
 * A RingRift cluster as a discrete-event simulation on a virtual clock: no wall time, no I/O, and the same seed always
 * tells the same story. Actors react to each other only through the events they emit, so that an event from outside
 * (`hear`) moves the cluster just as its own would.
 */
export class Simulation {
  private readonly agenda: Agenda;
  private readonly rng: Rng;
  private readonly out: SimEvent[] = [];
  private readonly stage: Stage;
  private readonly listeners = new Map<string, Actor[]>();
  private readonly byName: ReadonlyMap<string, Actor>;
  private readonly clock: (virtual: number) => number;
  private time: number;
  private order: number;
  private readonly rate: number;
  readonly world: World;

  constructor(saved: SavedSimulation, clock: (virtual: number) => number = (t) => t) {
    this.time = saved.now;
    this.order = saved.order;
    this.rate = saved.rate;
    this.rng = new Rng(saved.rng);
    this.agenda = new Agenda(saved.agenda);
    this.world = saved.world;
    this.clock = clock;
    this.byName = new Map(ACTORS.map((actor) => [actor.name, actor]));
    for (const actor of ACTORS) for (const type of actor.hears) this.listen(type, actor);
    this.stage = this.makeStage();
  }

  /** Virtual time of the last thing that happened, epoch seconds. */
  get now(): number {
    return this.time;
  }

  /** Lets every actor make its first appointments. Once, on a fresh simulation only. */
  begin(): void {
    for (const actor of ACTORS) actor.start(this.stage, this.postAs(actor));
  }

  /** The next event, however long its virtual wait. */
  next(): SimEvent {
    for (;;) {
      const event = this.out.shift();
      if (event) return event;
      if (!this.step(Infinity))
        throw new Error('The simulation has come to a halt: nobody has anything left to do');
    }
  }

  /** All events up to and including virtual time `end`; afterwards `now` is `end`. */
  *until(end: number): Generator<SimEvent, void, undefined> {
    do yield* this.out.splice(0);
    while (this.step(end));
    this.time = Math.max(this.time, end);
  }

  /** Tells the cluster of an event that somebody else published; `eventType` is the canonical name. */
  hear(event: Heard): void {
    for (const actor of this.listeners.get(event.eventType) ?? [])
      actor.hear(this.stage, event, this.postAs(actor));
  }

  /** The state to continue from. It shares the live world: write it out before going on. */
  save(): SavedSimulation {
    const { time: now, order, rate, world } = this;
    return { now, order, rate, rng: this.rng.state(), agenda: this.agenda.all(), world };
  }

  /** Does the next thing on the agenda, unless it lies after `end`. */
  private step(end: number): boolean {
    const due = this.agenda.peek();
    if (!due || due.at > end) return false;
    this.agenda.take();
    this.time = due.at;
    if (due.actor === 'echo') this.echo(due.data);
    else {
      const actor = this.byName.get(due.actor);
      // A state saved by another version may know actors that are gone; their appointments lapse.
      actor?.handle(this.stage, due.kind, due.data, this.postAs(actor));
    }
    return true;
  }

  private postAs(actor: Actor) {
    return (delay: number, kind: string, data: JsonObject) => this.post(actor.name, delay, kind, data);
  }

  private post(actor: string, delay: number, kind: string, data: JsonObject): void {
    // Whole microseconds: what a row can show, and immune to how sums of fractions round.
    const at = Math.round((this.time + Math.max(0, delay)) * 1e6) / 1e6;
    this.agenda.add({ at, order: this.order++, actor, kind, data });
  }

  private emit(name: string, payload: JsonObject, speaker: Speaker): void {
    const hostname = speaker.on ?? coordinatorHost(this.world);
    if (hostname === null || !isUp(this.world, hostname)) return;
    const eventType = speaker.as ?? wireNameOf(name);
    this.out.push({ at: this.clock(this.time), eventType, payload, source: speaker.by, hostname });
    if (this.rng.float() * ECHO_ONE_IN < 1) {
      this.post('echo', this.rng.between(0.2, 6), 'again', {
        eventType,
        payload,
        source: speaker.by,
        hostname,
      });
    }
    this.hear({ eventType: name, payload });
  }

  private echo(data: JsonObject): void {
    const { eventType, payload, source, hostname } = data as unknown as Omit<SimEvent, 'at'>;
    if (isUp(this.world, hostname))
      this.out.push({ at: this.clock(this.time), eventType, payload, source, hostname });
  }

  private listen(type: string, actor: Actor): void {
    const known = this.listeners.get(type);
    if (known) known.push(actor);
    else this.listeners.set(type, [actor]);
  }

  private makeStage(): Stage {
    const { world, rng, rate, clock } = this;
    const currentTime = (): number => this.time;
    return {
      get now() {
        return currentTime();
      },
      world,
      rng,
      rate,
      emit: (name, payload, speaker) => this.emit(name, payload, speaker),
      iso: (time = this.time) => pythonIso(clock(time)),
      epoch: (time = this.time) => Math.round(clock(time) * 1e6) / 1e6,
      gap: (mean) => (mean * rng.between(0.8, 1.2)) / rate,
      wait: (mean) => rng.exponential(mean) / rate,
    };
  }
}

/** A fresh simulation that has begun. */
export function createSimulation(options: SimulationOptions): Simulation {
  const nodes =
    typeof options.nodes === 'number' ? nodeFleet(options.nodes) : (options.nodes ?? DEFAULT_NODES);
  const now = options.startAt;
  const world = createWorld(nodes, options.configs ?? DEFAULT_CONFIGS, now);
  const rng = Rng.seeded(options.seed).state();
  const simulation = new Simulation(
    { now, order: 0, rate: options.rate ?? 1, rng, agenda: [], world },
    options.clock,
  );
  simulation.begin();
  return simulation;
}

/** `datetime.isoformat()` of an aware UTC time. */
function pythonIso(epochSeconds: number): string {
  const micros = Math.round(epochSeconds * 1e6);
  const seconds = new Date(Math.floor(micros / 1000)).toISOString().slice(0, 19);
  const fraction = String(micros % 1_000_000).padStart(6, '0');
  return `${seconds}.${fraction}+00:00`;
}
