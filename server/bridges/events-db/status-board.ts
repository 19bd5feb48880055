import { LastingTrouble } from '../../lasting-trouble';
import type { BridgeEntity } from '../../../domain/realtime/entities';
import type { BridgeLog } from '../types';
import type { Trouble } from './errors';

export interface Troubles {
  reading: Trouble | null;
  writing: Trouble | null;
  history: Trouble | null;
  worker: Trouble | null;
}

const REPORT_MS = 250;
/** Nothing came for so long: what came last was late, but nothing waits any more. */
const CALM_MS = 2_000;

/** What the bridge shows of itself. State and detail are told at once, figures at most 4 times a second. */
export class StatusBoard {
  #entity: BridgeEntity;
  readonly #troubles: Troubles = { reading: null, writing: null, history: null, worker: null };
  readonly #history = new LastingTrouble<Trouble>(() => this.#tell('history', null));
  readonly #log: BridgeLog;
  readonly #onStatus: (entity: BridgeEntity) => void;
  #timer: NodeJS.Timeout | null = null;
  #phase: 'starting' | 'open' | 'stopped' = 'starting';
  #loggedTenth = 0;
  #waiting = 0;
  #calm: NodeJS.Timeout | null = null;

  constructor(name: string, place: string, log: BridgeLog, onStatus: (entity: BridgeEntity) => void) {
    this.#log = log;
    this.#onStatus = onStatus;
    this.#entity = {
      name,
      kind: 'events_db',
      state: 'starting',
      detail: null,
      place,
      read_row_id: 0,
      lag_ms: null,
      rows_read: 0,
      rows_forwarded: 0,
      outbox_pending: 0,
      dead_letters: 0,
      progress: null,
      since: Date.now() / 1000,
    };
  }

  get entity(): BridgeEntity {
    return this.#entity;
  }

  /** A batch of rows waits for its commit. */
  received(): void {
    this.#waiting++;
    this.#calmLater(false);
  }

  /** A batch is through, `lagMs` after its rows were noticed; null: they were no live ones. */
  through(lagMs: number | null): void {
    this.#waiting--;
    if (lagMs !== null) this.figures({ lag_ms: lagMs });
    this.#calmLater(this.#waiting === 0 && (this.#entity.lag_ms ?? 0) > 0);
  }

  /** The lag of the last rows is told until others come, or nobody waits: a burst that is over is no delay. */
  #calmLater(arm: boolean): void {
    if (this.#calm) clearTimeout(this.#calm);
    this.#calm = arm ? setTimeout(() => this.figures({ lag_ms: 0 }), CALM_MS) : null;
    this.#calm?.unref();
  }

  figures(change: Partial<Pick<BridgeEntity, 'read_row_id' | 'lag_ms' | 'outbox_pending'>>): void {
    this.#entity = { ...this.#entity, ...change };
    this.#reportSoon();
  }

  count(change: { rows_read?: number; rows_forwarded?: number; dead_letters?: number }): void {
    const { rows_read, rows_forwarded, dead_letters } = this.#entity;
    this.#entity = {
      ...this.#entity,
      rows_read: rows_read + (change.rows_read ?? 0),
      rows_forwarded: rows_forwarded + (change.rows_forwarded ?? 0),
      dead_letters: dead_letters + (change.dead_letters ?? 0),
    };
    this.#reportSoon();
  }

  progress(progress: BridgeEntity['progress']): void {
    const before = this.#entity.progress;
    if (progress === null && before === null) return;
    this.#entity = { ...this.#entity, progress };
    this.#logProgress(progress);
    this.#settle();
    this.#reportSoon();
  }

  phase(phase: 'starting' | 'open' | 'stopped'): void {
    this.#phase = phase;
    this.#settle();
  }

  trouble(side: keyof Troubles, trouble: Trouble | null): void {
    if (side === 'history' && trouble) this.#history.failed(trouble);
    if (side === 'history' && !trouble) this.#history.worked();
    else this.#tell(side, trouble);
  }

  #tell(side: keyof Troubles, trouble: Trouble | null): void {
    const before = this.#troubles[side];
    if (before?.line === trouble?.line) return;
    this.#troubles[side] = trouble;
    const place = this.#entity.place;
    // Who cannot read does not know what waits.
    if (trouble && (side === 'reading' || side === 'worker')) {
      this.#calmLater(false);
      this.figures({ lag_ms: null });
    }
    if (trouble) this.#log.warn({ bridge: this.#entity.name, place, side }, trouble.line);
    else this.#log.info({ bridge: this.#entity.name, place, side }, 'events.db: all is well again.');
    this.#settle();
  }

  /** Worst first: without reading nothing arrives; without writing only forwarding waits. */
  #settle(): void {
    const { reading, writing, history, worker } = this.#troubles;
    const trouble = worker ?? history ?? reading ?? writing;
    const { state: before, detail: said } = this.#entity;
    let state: BridgeEntity['state'] = trouble?.state ?? (this.#entity.progress ? 'importing' : 'live');
    if (this.#phase === 'starting' && !trouble) state = 'starting';
    if (this.#phase === 'stopped') state = 'stopped';
    const detail = state === 'stopped' ? null : (trouble?.line ?? null);
    if (state === before && detail === said) return;
    const since = state === before ? this.#entity.since : Date.now() / 1000;
    this.#entity = { ...this.#entity, state, detail, since };
    this.#onStatus(this.#entity);
  }

  #logProgress(progress: BridgeEntity['progress']): void {
    if (!progress) {
      this.#loggedTenth = 0;
      this.#log.info({ bridge: this.#entity.name }, 'events.db: all older rows are imported.');
      return;
    }
    const percent = progress.total === 0 ? 100 : Math.floor((100 * progress.done) / progress.total);
    const tenth = Math.floor(percent / 10);
    if (tenth === this.#loggedTenth && progress.done > 0) return;
    this.#loggedTenth = tenth;
    this.#log.info(
      { bridge: this.#entity.name, ...progress },
      `events.db: ${progress.done} of ${progress.total} older rows imported (${percent} %).`,
    );
  }

  #reportSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#onStatus(this.#entity);
    }, REPORT_MS);
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#calmLater(false);
    this.#history.close();
  }
}
