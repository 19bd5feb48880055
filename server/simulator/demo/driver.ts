import { normaliseEventType } from '../../../domain/events';
import { isJsonObject, type JsonObject } from '../../../domain/json';
import type { SimEvent } from '../actor';
import { DemoClock } from './clock';
import { loadDemoState, saveDemoState } from './state';
import { DemoSubscribers } from './subscribers';
import type { DemoLog, IncomingRow, OutgoingRow, RowRange } from './event-file';
import { createSimulation, Simulation } from '../simulation/simulation';

export interface DemoOptions {
  readonly seed: number | string;
  /** How many times faster than the wall the cluster lives. */
  readonly speed: number;
  /** Hours of history that a new demo starts with. */
  readonly backlogHours: number;
  /** Number of machines; default: the fourteen. */
  readonly nodes?: number;
  /** How many times busier than the recorded cluster. */
  readonly rate?: number;
}

const BATCH = 500;
const SAVE_SECONDS = 5;
const CLEAN_SECONDS = 600;
/** A longer silence means that the machine slept: the cluster did too, instead of catching up in a flood. */
const ASLEEP_SECONDS = 15;

/**
 * Lets a simulated cluster live in wall time and write into a shared log. It owns no timer: whoever runs it calls `tick`
 * with the wall time (epoch seconds), every 50 to 100 ms. What cannot be written stays pending for the next tick.
 */
export class DemoDriver {
  private pending: OutgoingRow[] = [];
  private own: RowRange[] = [];
  private cursor: number;
  private lastTick: number;
  private nextSave: number;
  private nextClean: number;
  private readonly subscribers: DemoSubscribers;

  private constructor(
    private readonly log: DemoLog,
    private readonly stateFile: string,
    private readonly simulation: Simulation,
    private readonly clock: DemoClock,
    private readonly speed: number,
    now: number,
  ) {
    this.cursor = log.newest().rowId;
    this.lastTick = now;
    this.nextSave = now + SAVE_SECONDS;
    this.nextClean = now + CLEAN_SECONDS;
    this.subscribers = new DemoSubscribers(log);
    this.subscribers.register(now);
  }

  /** Goes on from the saved state, or starts a new cluster with its history when there is none that can be used. */
  static open(log: DemoLog, stateFile: string, options: DemoOptions, now: number): DemoDriver {
    return DemoDriver.resume(log, stateFile, options, now) ?? DemoDriver.start(log, stateFile, options, now);
  }

  /** Events of this cluster so far happened at its own pace, the coming ones at `speed`. */
  private static start(log: DemoLog, stateFile: string, options: DemoOptions, now: number): DemoDriver {
    // Rows that are there already stay the older part of history.
    const startAt = Math.min(now, Math.max(now - options.backlogHours * 3600, log.newest().createdAt));
    const clock = new DemoClock([{ virtual: startAt, wall: startAt, speed: 1 }]);
    const simulation = createSimulation({ ...options, startAt, clock: (virtual) => clock.wallOf(virtual) });
    const driver = new DemoDriver(log, stateFile, simulation, clock, options.speed, now);
    driver.advance(now);
    clock.anchor({ virtual: now, wall: now, speed: options.speed });
    driver.save();
    return driver;
  }

  private static resume(
    log: DemoLog,
    stateFile: string,
    options: DemoOptions,
    now: number,
  ): DemoDriver | null {
    const state = loadDemoState(stateFile);
    const newest = log.newest();
    // A state from a file that is gone would continue a story whose beginning nobody can see.
    if (!state || newest.rowId < state.lastRowId) return null;
    const clock = new DemoClock(state.clock);
    const simulation = new Simulation(state.simulation, (virtual) => clock.wallOf(virtual));
    const told =
      newest.rowId > state.lastRowId ? retell(simulation, clock, newest.createdAt) : new Set<string>();
    clock.anchor({ virtual: simulation.now, wall: now, speed: options.speed });
    const driver = new DemoDriver(log, stateFile, simulation, clock, options.speed, now);
    driver.cursor = state.lastRowId;
    while (driver.listen((row) => told.has(identity(row))));
    return driver;
  }

  /** Writes what has happened up to now, reacts to what others wrote, and keeps house. Returns the number of rows written. */
  tick(now: number): number {
    if (now - this.lastTick > ASLEEP_SECONDS || now < this.lastTick) {
      this.clock.anchor({ virtual: this.simulation.now, wall: now, speed: this.speed });
    }
    this.lastTick = now;
    // What others wrote cannot be told again: the state after hearing it is saved at once.
    if (this.listen((row) => this.isOwn(row))) this.nextSave = now;
    const written = this.advance(this.clock.virtualOf(now));
    this.subscribers.tick(now);
    if (now >= this.nextSave) {
      this.nextSave = now + SAVE_SECONDS;
      this.save();
    }
    if (now >= this.nextClean) {
      this.nextClean = now + CLEAN_SECONDS;
      this.log.cleanUp(now);
    }
    return written;
  }

  /** Writes out what is pending and saves the state; the driver is not used afterwards. */
  stop(): void {
    this.flush();
    this.save();
  }

  private save(): void {
    const { simulation, clock, cursor } = this;
    const lastRowId = Math.max(cursor, this.own.at(-1)?.last ?? 0);
    saveDemoState(this.stateFile, { simulation: simulation.save(), clock: clock.saved(), lastRowId });
  }

  private advance(virtual: number): number {
    let written = 0;
    for (const event of this.simulation.until(virtual)) {
      this.pending.push(toRow(event));
      if (this.pending.length >= BATCH) written += this.flush();
    }
    return written + this.flush();
  }

  private flush(): number {
    const range = this.log.append(this.pending);
    const written = this.pending.length;
    this.pending = [];
    if (range) this.own.push(range);
    return written;
  }

  /** Rows that others wrote move the simulated cluster like its own events. Looks at one batch; true if it held any rows. */
  private listen(known: (row: IncomingRow) => boolean): boolean {
    this.skipOwn();
    const rows = this.log.after(this.cursor, BATCH);
    for (const row of rows) {
      this.cursor = row.rowId;
      const payload = known(row) ? null : payloadOf(row);
      if (payload) this.simulation.hear({ eventType: normaliseEventType(row.eventType), payload });
    }
    this.skipOwn();
    return rows.length > 0;
  }

  private isOwn({ rowId }: IncomingRow): boolean {
    return this.own.some((range) => rowId >= range.first && rowId <= range.last);
  }

  private skipOwn(): void {
    for (const range of this.own) if (range.first === this.cursor + 1) this.cursor = range.last;
    this.own = this.own.filter((range) => range.last > this.cursor);
  }
}

/**
 * After a crash the file holds more than the saved state knows: the same story is told again without writing it.
 * Returns what was told, to know those rows from the ones that others wrote meanwhile.
 */
function retell(simulation: Simulation, clock: DemoClock, writtenUntil: number): ReadonlySet<string> {
  const told = new Set<string>();
  for (const event of simulation.until(clock.virtualOf(writtenUntil))) told.add(identity(toRow(event)));
  return told;
}

const identity = (row: OutgoingRow): string => `${row.eventType}\n${row.payload}`;

function toRow(event: SimEvent): OutgoingRow {
  return {
    eventType: event.eventType,
    payload: JSON.stringify(event.payload),
    source: event.source,
    hostname: event.hostname,
    createdAt: event.at,
  };
}

function payloadOf(row: IncomingRow): JsonObject | null {
  try {
    const payload: unknown = JSON.parse(row.payload);
    return isJsonObject(payload) ? payload : null;
  } catch {
    return null;
  }
}
