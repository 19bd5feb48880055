import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { workerFile } from '../../process/worker-file';
import type { DemoWorkerData, DemoWorkerMessage } from './demo.worker';
import { DemoDriver, type DemoOptions } from './driver';
import { DemoFolderError, openDemoFolder, type DemoFolder } from './folder';
import { loadDemoState } from './state';
import { openEventFile, type DemoLog, type IncomingRow, type OutgoingRow } from './event-file';

const NOW = 1_766_700_000;
const OPTIONS: DemoOptions = { seed: 1, speed: 60, backlogHours: 1 };

let root: string;
let folder: DemoFolder;
let log: DemoLog;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ringside-demo-'));
  folder = openDemoFolder(join(root, 'demo'), NOW);
  log = openEventFile(folder.eventsFile);
});
afterEach(() => {
  log.close();
  rmSync(root, { recursive: true, force: true });
});

const rows = (): readonly IncomingRow[] => log.after(0, 100_000);
const open = (now = NOW, options = OPTIONS): DemoDriver =>
  DemoDriver.open(log, folder.stateFile, options, now);
/** Ticks like the worker does, every tenth of a second. */
function live(driver: DemoDriver, from: number, seconds: number): void {
  for (let i = 1; i <= seconds * 10; i++) driver.tick(from + i / 10);
}
const shown = (list: readonly IncomingRow[]): string[] =>
  list.map((row) => `${row.eventType} ${row.payload} ${row.source} ${row.hostname}`);

describe('a new demo', () => {
  it('writes its history at once, then lives at its speed', () => {
    const driver = open();
    const history = rows();
    expect(history.length).toBeGreaterThan(500);
    expect(history[0]?.createdAt).toBe(NOW - 3600);
    expect(history.every((row) => row.createdAt <= NOW)).toBe(true);
    live(driver, NOW, 60);
    const lived = rows().slice(history.length);
    // A minute of wall time is an hour of the cluster: about as much as the hour of history.
    expect(lived.length).toBeGreaterThan(history.length * 0.6);
    expect(lived.every((row) => row.createdAt > NOW && row.createdAt <= NOW + 60.1)).toBe(true);
    expect(rows().every((row, i, all) => i === 0 || row.createdAt >= (all[i - 1]?.createdAt ?? 0))).toBe(
      true,
    );
  });

  it('does not catch up in a flood when the machine slept', () => {
    const driver = open();
    live(driver, NOW, 5);
    const before = rows().length;
    driver.tick(NOW + 8 * 3600);
    live(driver, NOW + 8 * 3600, 5);
    expect(rows().length - before).toBeLessThan(400);
    expect(rows().at(-1)?.createdAt).toBeGreaterThan(NOW + 8 * 3600);
  });

  it('keeps what could not be written for the next tick', () => {
    const driver = open(NOW);
    live(driver, NOW, 2);
    const whole = rows().length;
    const append = log.append.bind(log);
    let broken = true;
    log.append = (list) => {
      if (broken && list.length > 0) throw new Error('disk full');
      return append(list);
    };
    expect(() => live(driver, NOW + 2, 10)).toThrow('disk full');
    broken = false;
    live(driver, NOW + 12, 1);
    const times = rows().slice(whole);
    expect(times[0]?.createdAt).toBeLessThan(NOW + 4);
    expect(times.length).toBeGreaterThan(50);
  });
});

describe('a demo that is started again', () => {
  it('goes on with the same story', () => {
    const first = open();
    live(first, NOW, 10);
    first.stop();
    const before = rows().length;
    live(open(NOW + 1000), NOW + 1000, 10);
    const continued = rows();

    const other = openEventFile(join(root, 'other.db'));
    const unbroken = DemoDriver.open(other, join(root, 'other.json'), OPTIONS, NOW);
    live(unbroken, NOW, 20);
    const expected = other.after(0, 100_000);
    other.close();
    expect(continued.length).toBe(expected.length);
    // Times differ by the break; who did what does not.
    expect(continued.map((row) => row.eventType)).toEqual(expected.map((row) => row.eventType));
    expect(continued[before]?.createdAt).toBeGreaterThanOrEqual(NOW + 1000);
  });

  it('tells nothing twice after a crash', () => {
    const first = open();
    live(first, NOW, 23);
    const before = rows();
    // No stop: the saved state is some seconds old.
    live(open(NOW + 100), NOW + 100, 5);
    const later = rows().slice(before.length);
    expect(later.length).toBeGreaterThan(20);
    const started = rows().filter((row) => row.eventType === 'work_queued');
    expect(new Set(started.map((row) => row.payload)).size).toBeGreaterThan(started.length - 4);
    expect(shown(before.slice(-200)).filter((row) => shown(later).includes(row)).length).toBeLessThan(3);
  });

  it.each(['{"version":', '{"version":1}', '{"version":0,"lastRowId":0}', 'null'])(
    'starts over when its state is unreadable: %s',
    (text) => {
      open().stop();
      const before = rows().length;
      writeFileSync(folder.stateFile, text);
      expect(loadDemoState(folder.stateFile)).toBeNull();
      live(open(NOW + 50), NOW + 50, 2);
      expect(rows().length).toBeGreaterThan(before);
      expect(rows().every((row, i, all) => i === 0 || row.createdAt >= (all[i - 1]?.createdAt ?? 0))).toBe(
        true,
      );
      expect(loadDemoState(folder.stateFile)).not.toBeNull();
    },
  );
});

describe('others in the same file', () => {
  const byHand = (payload: object): OutgoingRow => ({
    eventType: 'model_promoted',
    payload: JSON.stringify(payload),
    source: 'ringside',
    hostname: 'desk',
    createdAt: NOW + 1,
  });
  const distributed = (): boolean =>
    rows().some(
      (row) => row.eventType === 'MODEL_DISTRIBUTION_COMPLETE' && row.payload.includes('hex8_2p_v3"'),
    );

  it('move the simulated cluster', () => {
    const driver = open();
    driver.tick(NOW + 0.1);
    log.append([byHand({ model_id: 'hex8_2p_v3', config_key: 'hex8_2p' })]);
    live(driver, NOW + 1, 3);
    expect(distributed()).toBe(true);
  });

  it('are heard also when they wrote while the demo was down', () => {
    open().stop();
    log.append([byHand({ model_id: 'hex8_2p_v3', config_key: 'hex8_2p' })]);
    live(open(NOW + 60), NOW + 60, 3);
    expect(distributed()).toBe(true);
  });

  it('may write rubbish', () => {
    const driver = open();
    log.append([
      { ...byHand({}), payload: '{"model_id": NaN}' },
      { ...byHand({}), payload: '[1]' },
      byHand({ model_id: 7 }),
    ]);
    expect(() => live(driver, NOW, 2)).not.toThrow();
  });

  it('poll and acknowledge as subscribers', () => {
    live(open(), NOW, 12);
    const db = new Database(folder.eventsFile, { readonly: true });
    const subscribers = db
      .prepare<[], { id: string; polled: number }>(
        'SELECT subscriber_id AS id, last_poll_at AS polled FROM subscribers',
      )
      .all();
    const acks = db
      .prepare<[], { type: string; n: number }>(
        'SELECT event_type AS type, count(*) AS n FROM acks JOIN events USING (event_id) GROUP BY 1',
      )
      .all();
    db.close();
    expect(subscribers.map((s) => s.id).sort()).toEqual([
      'gpu-h100-1:stable:AutoPromotionDaemon',
      'gpu-h100-1:stable:ModelDistributionDaemon',
      'gpu-h100-2:stable:FeedbackLoopController',
    ]);
    expect(subscribers.every((s) => s.polled > NOW + 5)).toBe(true);
    const count = (type: string): number =>
      rows().filter((row) => row.eventType === type && row.createdAt < NOW + 5).length;
    expect(acks.find((a) => a.type === 'quality_score_updated')?.n).toBeGreaterThanOrEqual(
      count('quality_score_updated'),
    );
  });

  it('find the file clean: nothing older than a day', () => {
    log.append([{ ...byHand({}), createdAt: NOW - 90_000 }]);
    const driver = open();
    driver.tick(NOW + 601);
    expect(rows().every((row) => row.createdAt > NOW - 86_400)).toBe(true);
  });
});

describe('the folder', () => {
  it('is refused when the demo did not make it', () => {
    const cluster = join(root, 'cluster');
    mkdirSync(cluster);
    const file = join(cluster, 'events.db');
    writeFileSync(file, 'precious');
    expect(() => openDemoFolder(cluster, NOW)).toThrow(DemoFolderError);
    expect(() => openDemoFolder(cluster, NOW)).toThrow(
      /^The demo does not write to [^\n]+: it holds files but no ringside-demo.json\.[^\n]+$/,
    );
    writeFileSync(join(cluster, 'ringside-demo.json'), '{}');
    expect(() => openDemoFolder(cluster, NOW)).toThrow(/not one that the demo wrote/);
    expect(readFileSync(file, 'utf8')).toBe('precious');
  });

  it('is refused when its events.db leads elsewhere, and when it is a file', () => {
    const target = join(root, 'real.db');
    writeFileSync(target, '');
    const linked = join(root, 'linked');
    openDemoFolder(linked, NOW);
    symlinkSync(target, join(linked, 'events.db'));
    expect(() => openDemoFolder(linked, NOW)).toThrow(/not a plain file/);
    expect(() => openDemoFolder(target, NOW)).toThrow(DemoFolderError);
  });

  it('may be new, empty, or one of its own', () => {
    const empty = join(root, 'empty');
    mkdirSync(empty);
    expect(openDemoFolder(empty, NOW)).toEqual(openDemoFolder(empty, NOW));
    expect(openDemoFolder(join(root, 'deep', 'new'), NOW).eventsFile).toBe(
      join(root, 'deep', 'new', 'events.db'),
    );
  });
});

describe('the worker', () => {
  async function start(
    data: DemoWorkerData,
  ): Promise<{ worker: Worker; next: () => Promise<DemoWorkerMessage> }> {
    const worker = new Worker(await workerFile('demo.worker', import.meta.url), { workerData: data });
    const next = () =>
      new Promise<DemoWorkerMessage>((resolve, reject) =>
        worker.once('message', resolve).once('error', reject),
      );
    return { worker, next };
  }

  it('writes history, lives, and stops cleanly', async () => {
    const dir = join(root, 'worker');
    const { worker, next } = await start({ dir, seed: 2, speed: 600, backlogHours: 0.5 });
    expect(await next()).toEqual({ kind: 'ready' });
    const exited = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage('stop');
    expect(await next()).toEqual({ kind: 'stopped' });
    expect(await exited).toBe(0);
    expect(loadDemoState(join(dir, 'world.json'))?.lastRowId).toBeGreaterThan(200);
  });

  it('says in one line why it cannot start', async () => {
    const dir = join(root, 'cluster');
    mkdirSync(dir);
    writeFileSync(join(dir, 'events.db'), '');
    const { next } = await start({ dir });
    expect(await next()).toEqual({
      kind: 'failed',
      message: expect.stringMatching(/^The demo does not write to /) as string,
    });
  });
});
