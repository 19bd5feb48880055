import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BridgeEntity } from '../domain/realtime/entities';
import { readConfig } from './config';
import { openCold } from './core';
import { openEngine, type Engine } from './engine';
import { healthReport, serverStatus } from './health';
import { createMetrics } from './live/metrics';
import { stateDocument } from './live/state-document';

const silent = pino({ level: 'silent' });
let folder: string;
let engine: Engine;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'ringside-engine-'));
  const config = readConfig({ RINGSIDE_DATA_DIR: folder, RINGRIFT_COORDINATION_DIR: path.join(folder, 'c') });
  engine = await openEngine(await openCold(config, silent), config, silent, () => null);
  const event = { eventType: 'HOST_ONLINE', payload: { host: 'gh200-a' }, timestamp: 1_766_700_000 };
  await engine.router.publishBatch([event, event, { ...event, payload: { host: 'gh200-b' } }]);
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const BRIDGE: BridgeEntity = {
  name: 'events_db',
  kind: 'events_db',
  state: 'live',
  detail: null,
  place: '/srv/c/events.db',
  read_row_id: 5,
  lag_ms: 12,
  rows_read: 5,
  rows_forwarded: 2,
  outbox_pending: 3,
  dead_letters: 0,
  progress: null,
  since: 1,
};
/** The engine, with bridges that say what the test wants. */
const withBridges = (...statuses: Partial<BridgeEntity>[]): Engine => {
  const bridges = statuses.map((status) => ({
    name: status.name ?? BRIDGE.name,
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    notify: () => undefined,
    status: () => ({ ...BRIDGE, ...status }),
  }));
  return { ...engine, bridges, parts: { ...engine.parts, bridges } };
};

describe('healthReport', () => {
  it('is starting until pages are served, then ok', () => {
    expect(healthReport(withBridges({}), '1', false)).toMatchObject({ status: 'starting', ready: false });
    expect(healthReport(withBridges({}), '1', true)).toEqual({
      status: 'ok',
      ready: true,
      version: '1',
      checks: [
        { name: 'history', ok: true, detail: null },
        { name: 'events_db', ok: true, detail: null },
      ],
    });
  });

  it('is degraded but ready while a bridge has trouble: publishing goes on', () => {
    const report = healthReport(withBridges({ state: 'error', detail: 'locked' }), '1', true);
    expect(report).toMatchObject({ status: 'degraded', ready: true });
    expect(report.checks[1]).toEqual({ name: 'events_db', ok: false, detail: 'locked' });
    expect(healthReport(withBridges({ state: 'waiting' }), '1', true).checks[1]).toMatchObject({
      ok: false,
      detail: 'waiting',
    });
  });

  it('is not ready while history takes nothing', () => {
    const broken = { ...engine, bridges: [], history: { trouble: 'the disk is full' } } as unknown as Engine;
    expect(healthReport(broken, '1', true)).toMatchObject({
      status: 'degraded',
      ready: false,
      checks: [{ name: 'history', ok: false, detail: 'the disk is full' }],
    });
  });
});

describe('serverStatus', () => {
  it('tells how far state and the slowest bridge are', () => {
    const status = serverStatus(withBridges({ lag_ms: 3 }, { lag_ms: 40 }, { lag_ms: null }), {
      demo: true,
      build: 'a',
    });
    expect(status).toMatchObject({
      as_of_seq: 2,
      clock: 1_766_700_000,
      lag_ms: 40,
      progress: null,
      demo: true,
    });
    expect(serverStatus(withBridges({ lag_ms: null }), { demo: false, build: 'a' })).toMatchObject({
      lag_ms: null,
      demo: false,
    });
  });

  it('tells the gravest trouble, so that every page can', () => {
    const told = (parts: Engine) => serverStatus(parts, { demo: false, build: 'a' }).trouble;
    const cut = withBridges({ state: 'live' }, { name: 'nats', state: 'error', detail: 'locked' });
    expect(told(cut)).toEqual({ name: 'nats', detail: 'locked' });
    expect(told(withBridges({ state: 'live' }))).toBeNull();
    const broken = { ...cut, history: { trouble: 'the disk is full' } } as unknown as Engine;
    expect(told(broken)).toEqual({ name: 'history', detail: 'the disk is full' });
  });

  it('names what is being imported', () => {
    const status = serverStatus(withBridges({}, { state: 'importing', progress: { done: 1, total: 9 } }), {
      demo: false,
      build: 'a',
    });
    expect(status.progress).toEqual({ what: 'importing events.db', done: 1, total: 9 });
  });

  it('tells how much is left until a bridge is live', () => {
    const reading = withBridges({}, { name: 'nats', state: 'importing', progress: { done: 1, total: 9 } });
    const { status, checks } = healthReport(reading, '1', true);
    expect(status).toBe('ok');
    expect(checks.at(-1)).toEqual({
      ...{ name: 'nats', ok: true },
      detail: 'catching up: 8 older rows are left to read',
    });
  });
});

describe('createMetrics', () => {
  it('exports what the parts say, under names that stay', async () => {
    const { parts } = withBridges({ state: 'live' }, { name: 'nats', state: 'error', lag_ms: null });
    const text = await createMetrics(parts, () => engine.history.headSeq).metrics();
    const valueOf = (name: string): string | undefined =>
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.slice(name.length + 1);
    const expected = {
      ringside_events_stored_total: '2',
      ringside_events_duplicate_total: '1',
      ringside_events_rejected_total: '0',
      ringside_handler_failures_total: '0',
      ringside_handler_timeouts_total: '0',
      ringside_dead_letters_open: '0',
      ringside_browsers: '0',
      ringside_history_ok: '1',
      ringside_history_seq: '2',
      'ringside_bridge_up{bridge="events_db"}': '1',
      'ringside_bridge_up{bridge="nats"}': '0',
      'ringside_bridge_lag_milliseconds{bridge="events_db"}': '12',
      'ringside_bridge_lag_milliseconds{bridge="nats"}': 'Nan',
      'ringside_bridge_outbox_pending{bridge="events_db"}': '3',
    };
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, valueOf(name)]))).toEqual(expected);
    expect(Number(valueOf('ringside_history_bytes'))).toBeGreaterThan(0);
    expect(Number(valueOf('ringside_commit_milliseconds_p99'))).toBeGreaterThan(0);
  });

  it('counts the same when it is read twice', async () => {
    const registry = createMetrics(engine.parts, () => 0);
    await registry.metrics();
    expect(await registry.metrics()).toContain('ringside_events_stored_total 2\n');
  });
});

describe('stateDocument', () => {
  it('answers the folded state, the router, and nothing for other names', async () => {
    expect(stateDocument(engine, 'nodes')).toMatchObject({ as_of_seq: 2 });
    expect(await stateDocument(withBridges({}), 'router')).toMatchObject({
      as_of_seq: 2,
      stored: 2,
      duplicates: 1,
      bridges: [BRIDGE],
    });
    for (const name of ['x', '__proto__', 'constructor']) expect(stateDocument(engine, name)).toBeUndefined();
  });
});
