import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestHistory, type TestHistory } from '../../../history/events.test-support';
import type { DeadLetter } from '../../../history/letters/letter-types';
import { UnifiedEventRouter } from '../../../router/router';
import { BridgePlace, insertRow, until } from '../bridge.test-support';
import type { EventsDbBridge } from '../bridge';
import { EventsDbError } from '../errors';
import { retryRow } from './retry-row';

let place: BridgePlace;
let test: TestHistory;
let router: UnifiedEventRouter;
let bridge: EventsDbBridge;
let db: Database;
beforeEach(async () => {
  place = new BridgePlace();
  test = await openTestHistory();
  router = new UnifiedEventRouter({ history: test.history });
  bridge = await place.live({
    history: test.history,
    ingest: (rows, letters, cursor) => router.ingest(rows, letters, cursor),
  });
  db = place.log();
});
afterEach(async () => {
  await place.clear();
  await router.stop();
  await test.close();
});

/** A row that becomes a letter, and that letter. */
async function badRow(payload: string): Promise<DeadLetter> {
  const rowId = insertRow(db, { type: 'host_online', payload, source: 'agent', at: 1_766_700_000 });
  await until(() => bridge.status().dead_letters > 0, 'the letter is there');
  const { letters } = await test.history.listDeadLetters({ limit: 1 });
  const [letter] = letters;
  if (letter?.reference !== String(rowId)) throw new Error('another letter');
  return letter;
}

const retry = (letter: DeadLetter): Promise<string | null> =>
  retryRow(letter, { row: (rowId) => bridge.row(rowId), readmit: (row) => router.readmit(row) });

describe('the row of a dead letter', () => {
  it('enters with its own time, once it was mended in the file', async () => {
    const letter = await badRow('{"node_id": NaN}');
    expect(await retry(letter)).toBe(letter.reason);
    db.prepare('UPDATE events SET payload = ? WHERE event_id = ?').run('{"node_id": "a"}', letter.reference);
    expect(await retry(letter)).toBeNull();
    const [event] = await test.history.eventsAfter(0, 5);
    expect(event).toMatchObject({
      eventType: 'HOST_ONLINE',
      payload: { node_id: 'a' },
      source: 'agent',
      hostname: 'node-1',
      timestamp: 1_766_700_000,
      queueEventId: Number(letter.reference),
    });
  });

  it('stays when the router refuses what the parser takes, without a second letter', async () => {
    const letter = await badRow('nonsense');
    const deep = `${'{"a":'.repeat(80)}1${'}'.repeat(80)}`;
    db.prepare('UPDATE events SET payload = ?').run(deep);
    expect(await retry(letter)).toMatch(/level|deep|nest/i);
    expect((await test.history.listDeadLetters({ limit: 9 })).total).toBe(1);
  });

  it('stays when the row is gone, is another one, or is in history already', async () => {
    const letter = await badRow('nonsense');
    const mended = '{"node_id": "a"}';
    db.prepare("UPDATE events SET payload = ?, source = 'somebody'").run(mended);
    expect(await retry(letter)).toMatch(/another row by now/);
    db.prepare("UPDATE events SET source = 'agent'").run();
    const known = { ...letter, eventId: 'other' };
    expect(await retry(known)).toBeNull();
    expect(await retry(known)).toMatch(/another event by now, which history has/);
    db.prepare('DELETE FROM events').run();
    expect(await retry(letter)).toMatch(/not in events\.db any more/);
    expect(await retry({ ...letter, reference: 'x' })).toMatch(/does not say which row/);
  });

  it('stays while the file cannot be read', async () => {
    const letter = await badRow('nonsense');
    await bridge.stop();
    expect(await retry(letter)).toMatch(/cannot be read again now: The bridge to events\.db has stopped/);
  });
});

it('reads again while the file is being opened, and gives up when it stays away', async () => {
  const letter = { reference: '1', at: 1, eventType: null, source: 'agent' } as DeadLetter;
  const opening = new EventsDbError({ state: 'waiting', kind: 'other', line: 'events.db is not open yet.' });
  let asked = 0;
  const parts = (opensAt: number): Parameters<typeof retryRow>[1] => ({
    row: () => (++asked < opensAt ? Promise.reject(opening) : Promise.resolve(null)),
    readmit: () => Promise.resolve({ status: 'stored' }),
  });
  expect(await retryRow(letter, parts(3))).toMatch(/not in events\.db any more/);
  expect(asked).toBe(3);
  expect(await retryRow(letter, parts(Infinity))).toMatch(
    /cannot be read again now: events\.db is not open yet/,
  );
});

it('does not wait for a file that is missing', async () => {
  const missing = new EventsDbError({ state: 'waiting', kind: 'missing', line: 'events.db is missing.' });
  let asked = 0;
  const answer = await retryRow({ reference: '1', at: 1, eventType: null, source: 'agent' } as DeadLetter, {
    row: () => (asked++, Promise.reject(missing)),
    readmit: () => Promise.resolve({ status: 'stored' }),
  });
  expect(answer).toMatch(/events\.db is missing/);
  expect(asked).toBe(1);
});
