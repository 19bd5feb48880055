import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import type { Role } from '../../../domain/access/permissions';
import type { JsonObject } from '../../../domain/json';
import { actionServices } from '../../action-services';
import { readConfig } from '../../config';
import { openCold } from '../../core';
import { openEngine, type Engine } from '../../engine';
import { provideServices, type Services } from '../../services';
import { appRouter } from '../router';
import { asOperator } from '../trpc/principal.test-support';

const silent = pino({ level: 'silent' });

/** A real history, router and state without doors, on a folder of its own. */
export class TestDesk {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'ringside-actions-'));
  engine!: Engine;
  /** What the cluster's components speak of. */
  config = 'hex8_2p';

  get file(): string {
    return path.join(this.folder, 'data', 'ringside.db');
  }

  async open(): Promise<this> {
    mkdirSync(path.join(this.folder, 'data'), { recursive: true });
    const config = readConfig({
      RINGSIDE_DATA_DIR: path.join(this.folder, 'data'),
      RINGSIDE_DUPLICATE_WINDOWS: 'daemon_started=60',
    });
    const engine = await openEngine(await openCold(config, silent), config, silent, () => null);
    this.engine = engine;
    provideServices({
      history: engine.history,
      router: {
        publish: (request: Parameters<Services['router']['publish']>[0]) => engine.router.publish(request),
        repetition: (type: string, payload: JsonObject) => engine.router.repetition(type, payload),
      },
      live: {
        states: () => engine.state.fold.states(),
        clock: () => engine.state.fold.clock,
        status: () => ({ as_of_seq: engine.state.asOfSeq }),
        snapshot: () => [],
      },
      actions: actionServices(engine),
      delivery: (event: Parameters<Services['delivery']>[0]) => engine.deliveries.of(event),
    } as unknown as Services);
    return this;
  }

  caller(name = 'tester', role: Role = 'operator') {
    return appRouter.createCaller(asOperator(name, role)).actions;
  }

  /** Publishes as a component of the cluster does. */
  async tell(eventType: string, payload: JsonObject, secondsAgo = 0): Promise<void> {
    const timestamp = Date.now() / 1000 - secondsAgo;
    await this.engine.router.publish({
      eventType,
      payload: { config_key: this.config, ...payload },
      source: 'cluster',
      timestamp,
    });
  }

  /** A model that was trained and evaluated a while ago. */
  async evaluated(model_id: string, elo: number, more: JsonObject = {}, secondsAgo = 600): Promise<void> {
    await this.tell('TRAINING_COMPLETED', { model_id, val_loss: 0.3 }, secondsAgo + 1);
    await this.tell(
      'EVALUATION_COMPLETED',
      { model_id, elo, win_rate: 0.6, games_played: 400, ...more },
      secondsAgo,
    );
  }

  async close(): Promise<void> {
    await this.engine.close();
  }

  async dispose(): Promise<void> {
    await this.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
