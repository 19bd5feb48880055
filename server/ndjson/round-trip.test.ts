import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { constants, deflateRawSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WireEvent } from '../../domain/events/envelope';
import { exportStream } from '../api/events/export-stream';
import { readConfig } from '../config';
import { openCore, type Core } from '../core';
import { createLog } from '../process/log';
import type { LogRow } from '../router/types';
import { lineBatches } from './batches';
import { openContent, sniff } from './open-file';

let folder = '';
let cores: Core[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ringside-round-trip-'));
});
afterEach(async () => {
  for (const core of cores) await core.close();
  cores = [];
  rmSync(folder, { recursive: true, force: true });
});

async function open(name: string): Promise<Core> {
  const dataDir = path.join(folder, name);
  mkdirSync(dataDir);
  const core = await openCore(
    readConfig({ RINGSIDE_DATA_DIR: dataDir, RINGRIFT_COORDINATION_DIR: folder }),
    createLog('silent'),
  );
  cores.push(core);
  return core;
}

const row = (rowId: number, value: unknown): LogRow => ({
  rowId,
  eventType: 'train_progress',
  payload: { 'Größe "x"': String(value), 10: 'ten', 2: 'two', config_key: 'hex8_2p', deep: [[{ n: 1e21 }]] },
  eventId: `00000000-0000-7000-8000-${String(rowId).padStart(12, '0')}`,
  source: 'line\nbreak',
  hostname: '',
  timestamp: 1_766_700_000 + rowId / 8,
});

/** Spellings, repetitions that a log stated, and the same said again on purpose. */
async function fill({ router }: Core): Promise<void> {
  const said = { eventType: 'host_offline', payload: { node_id: 'gh200-a', reason: '=1+1' } };
  await router.publishRequest({
    ...said,
    timestamp: 1_766_700_000,
    correlationId: 'c "1"',
    parentEventId: 'p',
  });
  await router.publishRequest({ ...said, timestamp: 1_766_700_001, idempotencyKey: 'again' });
  await router.publishRequest({ eventType: 'NO_SUCH_TYPE', payload: {}, source: '' });
  await router.publishRequest({
    eventType: 'training_complete',
    payload: { config: '' },
    origin: 'stage_bus',
  });
  await router.importRows([row(1, 'a'), row(2, 'a'), row(3, 'b'), row(4, 'a')]);
}

async function exported({ history }: Core, filter = {}): Promise<string> {
  const upTo = history.headSeq;
  return new Response(exportStream(history, { filter, format: 'ndjson', order: 'asc', upTo })).text();
}

async function imported({ router }: Core, file: string) {
  const { gzipped } = await sniff(file);
  const content = await openContent(file, gzipped);
  const sum = { stored: 0, existing: 0, duplicates: 0, bad: [] as string[], altered: [] as number[] };
  for await (const { events, numbers, bad } of lineBatches(content.chunks)) {
    const result = await router.importEvents(events, 'one file');
    sum.stored += result.stored;
    sum.existing += result.existing;
    sum.duplicates += result.duplicates;
    for (const { number, reason } of bad) sum.bad.push(`${number}: ${reason}`);
    for (const index of result.altered) sum.altered.push(numbers[index] ?? 0);
    for (const { index, reason } of result.refused) sum.bad.push(`${numbers[index]}: ${reason}`);
  }
  return { ...sum, broken: content.broken() };
}

/** What an import does not keep: place and time of entry into a history. */
const kept = (text: string): string => text.replace(/"(seq|received_at)":[\d.]+,/g, '');

async function save(name: string, content: string | Buffer): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
}

describe('export, import, export', () => {
  it('is equal byte by byte, but for seq and received_at, also gzipped under any name', async () => {
    const first = await open('first');
    await fill(first);
    const text = await exported(first);
    expect(text.match(/"duplicate_of":"/g)).toHaveLength(2);
    const second = await open('second');
    expect(await imported(second, await save('plain', text))).toEqual({
      stored: 8,
      existing: 0,
      duplicates: 2,
      bad: [],
      altered: [],
      broken: null,
    });
    expect(kept(await exported(second))).toBe(kept(text));
    const zipped = await save('zipped.txt', gzipSync(text));
    expect(await imported(second, zipped)).toMatchObject({ stored: 0, existing: 8, bad: [] });
    expect(await second.history.outboxPending(0)).toBe(0);
  });

  it('recognises what another way brought already', async () => {
    const first = await open('first');
    await fill(first);
    const second = await open('second');
    const request = { eventType: 'HOST_OFFLINE', payload: { node_id: 'gh200-a', reason: '=1+1' } };
    const known = await second.router.publishRequest({ ...request, timestamp: 1_766_700_000.5 });
    await imported(second, await save('plain', await exported(first, { type: ['HOST_OFFLINE'] })));
    const events = (await exported(second)).trim().split('\n');
    expect(events.map((line) => (JSON.parse(line) as WireEvent).duplicate_of)).toEqual([
      null,
      'eventId' in known && known.eventId,
      'eventId' in known && known.eventId,
    ]);
  });

  it('tells bad lines by number and takes the others', async () => {
    const first = await open('first');
    await fill(first);
    const lines = (await exported(first)).split('\n');
    const other = (lines[1] ?? '').replace('=1+1', 'other');
    const long = (lines[2] ?? '').replace('"NO_SUCH_TYPE"', `"${'X'.repeat(201)}"`);
    lines.splice(1, 0, '{"event_id":', '', long);
    const second = await open('second');
    await imported(second, await save('one', other));
    expect(await imported(second, await save('bad', lines.join('\r\n')))).toMatchObject({
      stored: 7,
      bad: [
        expect.stringMatching(/^2: not valid JSON/),
        expect.stringMatching(/^4: The event type must be/),
        expect.stringMatching(/^5: history has event .* with other content$/),
      ],
    });
  });

  it('takes a line that was changed as it is now, and tells which', async () => {
    const first = await open('first');
    await fill(first);
    const lines = (await exported(first)).split('\n');
    const [changed, unhashed] = [
      lines[1]?.replace('=1+1', 'other'),
      lines[2]?.replace(/"content_hash":"\w+",/, ''),
    ];
    const second = await open('second');
    const text = [lines[0], '', changed, unhashed].join('\n');
    expect(await imported(second, await save('one', text))).toMatchObject({
      stored: 3,
      bad: [],
      altered: [3],
    });
    // Where history has the event already the line is bad, and told as such alone.
    expect(await imported(first, await save('two', text))).toMatchObject({
      ...{ stored: 0, altered: [] },
      bad: [expect.stringMatching(/^3: history has event .* with other content$/)],
    });
    expect((await exported(second)).match(/"content_hash":"\w{64}"/g)).toHaveLength(3);
  });

  it('takes of a gzipped file that was cut every line before the cut', async () => {
    const first = await open('first');
    await fill(first);
    const text = await exported(first);
    // Stored, not packed: then the cut is known to stand in the fifth line.
    const zipped = gzipSync(text, { level: 0 });
    const cut = zipped.subarray(0, zipped.indexOf('\n', zipped.indexOf('"seq":4,')) + 20);
    const second = await open('second');
    expect(await imported(second, await save('cut', cut))).toEqual({
      stored: 4,
      existing: 0,
      duplicates: 0,
      bad: [expect.stringMatching(/^5: not valid JSON/)],
      altered: [],
      broken: 'Z_BUF_ERROR',
    });
  });

  // Hardly packed, so that there is more to read than at a time.
  const word = (number: number) => createHash('sha256').update(String(number)).digest('hex');
  const long = Array.from({ length: 8_000 }, (_, number) => `${word(number)}\n`).join('');

  it('takes every line before bytes that are wrong', async () => {
    // Its first part packed, its second stored: so it is known where the bytes of a block's length stand.
    const packed = deflateRawSync(long, { finishFlush: constants.Z_FULL_FLUSH });
    const file = Buffer.concat([
      gzipSync('').subarray(0, 10),
      packed,
      Buffer.from([1, 5, 0, 5, 0, 1, 2, 3, 4, 5]),
    ]);
    const content = await openContent(await save('damaged', file), true);
    const read: Uint8Array[] = [];
    for await (const chunk of content.chunks) read.push(chunk);
    expect(content.broken()).toBe('Z_DATA_ERROR');
    expect(Buffer.concat(read).toString()).toBe(long);
  });

  it('takes every line before the cut, also where more is unpacked than is read at a time', async () => {
    const cut = gzipSync(long).subarray(0, -1_000);
    const content = await openContent(await save('cut', cut), true);
    const read: Uint8Array[] = [];
    // As by who commits in between: what is unpacked meanwhile waits, and would be dropped.
    for await (const chunk of content.chunks) {
      read.push(chunk);
      await setTimeout(5);
    }
    expect(content.broken()).toBe('Z_BUF_ERROR');
    const whole = gunzipSync(cut, { finishFlush: constants.Z_SYNC_FLUSH });
    expect(Buffer.concat(read).equals(whole)).toBe(true);
  });
});
