import { describe, expect, it } from 'vitest';

import type { StoredEvent } from '../../domain/events/envelope';
import type { BridgeCursor } from '../history/types';
import { FakeHistory } from './fake-history.test-support';
import { turns } from './fake-timers.test-support';
import { UnifiedEventRouter } from './router';
import type { LogRow } from './types';

const T = 1_766_700_000;

function setup(): {
  router: UnifiedEventRouter;
  history: FakeHistory;
  sunk: StoredEvent[];
  heard: StoredEvent[];
} {
  const history = new FakeHistory();
  const router = new UnifiedEventRouter({ history, clock: () => T });
  const sunk: StoredEvent[] = [];
  const heard: StoredEvent[] = [];
  router.addSink((events) => sunk.push(...events));
  router.subscribe('*', (event) => void heard.push(event));
  return { router, history, sunk, heard };
}

const row = (rowId: number, fields: Partial<LogRow> = {}): LogRow => ({
  rowId,
  eventType: 'new_games',
  payload: { n: rowId },
  eventId: `01923456-789a-7000-8000-${String(rowId).padStart(12, '0')}`,
  source: 's',
  hostname: 'h',
  timestamp: T + rowId,
  ...fields,
});

const cursor = (readRowId: number): BridgeCursor => ({
  bridge: 'b',
  incarnation: 'i',
  readRowId,
  forwardedSeq: 0,
  forwardedRowId: 0,
});

describe('ingest', () => {
  it('stores every row, marks repetitions, and delivers those to sinks only', async () => {
    const { router, history, sunk, heard } = setup();
    const rows = [row(1), row(2, { payload: { n: 1 } }), row(3)];
    const summary = await router.ingest(rows, [], cursor(3));
    expect(summary).toEqual({ stored: 3, existing: 0, duplicates: 1, deadLetters: 0 });
    expect(history.cursors).toEqual([cursor(3)]);
    expect(history.events.map((event) => event.duplicateOf)).toEqual([null, row(1).eventId, null]);
    expect(history.events[0]).toMatchObject({ origin: 'cross_process', outbound: false, queueEventId: 1 });
    expect(sunk.map((event) => event.seq)).toEqual([1, 2, 3]);
    expect(heard.map((event) => event.seq)).toEqual([1, 3]);
    expect(router.stats()).toMatchObject({ stored: 3, delivered: 2, duplicates: 1 });
  });

  it('skips rows that history has, and does not take them for repetitions of themselves', async () => {
    const { router, history, sunk } = setup();
    await router.ingest([row(1), row(2)], [], cursor(2));
    const summary = await router.ingest([row(2), row(3)], [], cursor(3));
    expect(summary).toEqual({ stored: 1, existing: 1, duplicates: 0, deadLetters: 0 });
    expect(history.events.map((event) => event.duplicateOf)).toEqual([null, null, null]);
    expect(sunk).toHaveLength(3);
    expect(router.stats()).toMatchObject({ existing: 1, duplicates: 0 });
  });

  it('a row whose event has left history meanwhile is a first again', async () => {
    const { router, history, heard } = setup();
    await router.ingest([row(1)], [], cursor(1));
    history.prune();
    await router.ingest([row(1)], [], cursor(1));
    expect(history.events.map((event) => event.duplicateOf)).toEqual([null]);
    expect(heard).toHaveLength(2);
  });

  it('turns rows that break a limit into dead letters, and the rows after them flow', async () => {
    const { router, history } = setup();
    const bad = row(1, { payload: [1] as unknown as LogRow['payload'] });
    const nan = row(2, { payload: { a: Number.NaN } });
    const summary = await router.ingest([bad, nan, row(3), row(4, { eventType: '' })], [], cursor(4));
    expect(summary).toEqual({ stored: 1, existing: 0, duplicates: 0, deadLetters: 3 });
    expect(history.deadLetters.map((letter) => [letter.kind, letter.reference])).toEqual([
      ['row', '1'],
      ['row', '2'],
      ['row', '4'],
    ]);
    expect(history.deadLetters[0]).toMatchObject({ content: '[1]', eventType: 'new_games', source: 's' });
  });

  it('moves the cursor also without rows', async () => {
    const { router, history } = setup();
    await router.ingest([], [], cursor(9));
    expect(history.cursors).toEqual([cursor(9)]);
  });

  it('waits for an uncommitted event that a row repeats: if that fails, the row is a first', async () => {
    const { router, history, heard } = setup();
    history.hold();
    const publishing = router.publish('NEW_GAMES_AVAILABLE', { n: 1 });
    await turns();
    const ingesting = router.ingest([row(1)], [], cursor(1));
    const after = router.ingest([row(2)], [], cursor(2));
    await turns();
    expect(history.waiting).toBe(1);
    history.failNext(new Error('disk full'));
    await expect(publishing).rejects.toThrow('disk full');
    await turns();
    history.release();
    expect(await ingesting).toMatchObject({ stored: 1, duplicates: 0 });
    await after;
    expect(heard.map((event) => event.queueEventId)).toEqual([1, 2]);
  });

  it('fails as a whole when history does, and forgets the contents', async () => {
    const { router, history } = setup();
    history.hold();
    const ingesting = router.ingest([row(1)], [], cursor(1));
    await turns();
    history.failNext(new Error('disk full'));
    await expect(ingesting).rejects.toThrow('disk full');
    history.release();
    expect(await router.ingest([row(1)], [], cursor(1))).toMatchObject({ stored: 1, duplicates: 0 });
  });
});

describe('importRows', () => {
  it('stores once, however often it runs', async () => {
    const { router, history } = setup();
    const rows = [row(1), row(2, { payload: { n: 1 } }), row(3, { eventType: '' })];
    expect(await router.importRows(rows)).toEqual({ stored: 2, existing: 0, duplicates: 1, deadLetters: 1 });
    expect(await router.importRows(rows)).toMatchObject({ stored: 0, existing: 2, duplicates: 0 });
    expect(history.events).toHaveLength(2);
    expect(history.cursors).toHaveLength(0);
  });
});
