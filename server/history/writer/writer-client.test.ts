import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newEvent } from '../events.test-support';
import type { NewEvent } from '../types';
import { WriterClient } from './writer-client';

/** Answers as the thread does, and stores nothing. */
const THREAD = `
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', (request) => {
    if (request === 'close') return parentPort.close();
    parentPort.postMessage({ id: request.id, outcomes: request.operations.map(() => null), commitMs: 0 });
  });
  parentPort.postMessage({ ready: true, headSeq: 0 });
`;

type Collect = (options?: { readonly type: 'minor' }) => void;

let folder: string;
let client: WriterClient;
let measured = 0;
let collect: Collect;
beforeAll(async () => {
  setFlagsFromString('--expose_gc');
  collect = runInNewContext('gc') as Collect;
  folder = mkdtempSync(path.join(tmpdir(), 'ringside-writer-'));
  const file = path.join(folder, 'thread.mjs');
  writeFileSync(file, THREAD);
  ({ client } = await WriterClient.start(
    file,
    { file: '', migrations: '' },
    { onCommit: () => (measured += 1), onTrouble: () => undefined },
  ));
});
afterAll(async () => {
  await client.close();
  rmSync(folder, { recursive: true, force: true });
});

const ROWS = 250;
const PAYLOAD = 500;
const ROUNDS = 20;
const one = newEvent();
/**
 * Copies, as V8 makes those young wherever it is. Of what `newEvent` makes it has learnt from the tests before, which keep
 * what they make: it puts that into the old generation at once.
 */
const group = (): NewEvent[] =>
  Array.from({ length: ROWS }, (_, row) => ({ ...one, payloadText: `${row}`.padEnd(PAYLOAD, '.') }));
const commit = (): Promise<unknown> => client.write([{ kind: 'append', events: group() }]);
/** So many, two on their way at a time. */
async function commits(count: number): Promise<void> {
  let before = commit();
  for (let each = 1; each < count; each++) {
    const next = commit();
    await before;
    before = next;
  }
  await before;
}
const oldBytes = (): number =>
  getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space')?.space_used_size ?? 0;

describe('events that are committed', () => {
  it('are measured, and those who wait for the index are not: they commit nothing', async () => {
    const before = measured;
    await client.write([{ kind: 'append', events: [one] }]);
    await client.index();
    await client.index();
    expect(measured - before).toBe(1);
  });

  it('are let go of', async () => {
    const events = group();
    const one = new WeakRef(events[0]!);
    await client.write([{ kind: 'append', events: events.splice(0) }]);
    // What a WeakRef was asked for lives until the turn ends.
    await new Promise((resolve) => setImmediate(resolve));
    collect();
    expect(one.deref()).toBeUndefined();
  });

  it('are gone with the next collection of the young generation, not of all (decision 0073)', async () => {
    await commits(20);
    collect();
    const before = oldBytes();
    for (let round = 0; round < ROUNDS; round++) {
      // What outlives two collections of the young generation moves to the old one.
      collect({ type: 'minor' });
      collect({ type: 'minor' });
      await commits(6);
    }
    collect({ type: 'minor' });
    expect(oldBytes() - before).toBeLessThan((ROUNDS * ROWS * PAYLOAD) / 2);
  });
});
