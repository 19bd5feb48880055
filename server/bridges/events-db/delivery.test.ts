import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { storedEvent } from '../../history/events.test-support';
import { Deliveries } from '../../live/runtime/event-delivery';
import { BridgePlace, insertRow } from './bridge.test-support';
import { parseRow } from './rows/parse-row';
import { CrossProcessEventQueue } from './queue/queue';
import type { EventsDbBridge } from './bridge';

let place: BridgePlace;
let db: Database;
let queue: CrossProcessEventQueue;
beforeEach(() => {
  place = new BridgePlace();
  db = place.log();
  queue = new CrossProcessEventQueue(place.file, { hostname: 'gh200-a', pid: 7 });
});
afterEach(async () => {
  queue.close();
  await place.clear();
});

const now = (): number => Date.now() / 1000;
/** The event that the row became. */
async function eventOf(bridge: EventsDbBridge, rowId: number) {
  const raw = await bridge.row(rowId);
  const parsed = raw && parseRow(raw, now());
  if (!parsed?.ok) throw new Error(`no row ${rowId}`);
  const { eventId, eventType, source, hostname, timestamp, payload } = parsed.row;
  return storedEvent(rowId, {
    ...{ eventId, eventType, source, hostname, timestamp, payload },
    ...{ origin: 'cross_process', queueEventId: rowId },
  });
}

describe('the delivery of an event in the shared file', () => {
  it('says who acked it and when, who has yet to and how far behind, and whom it does not concern', async () => {
    const reader = queue.subscribe('metrics');
    const slow = queue.subscribe('trainer', ['elo_updated'], { stable: true });
    const other = queue.subscribe('sync', ['new_games']);
    for (let n = 0; n < 5; n++) insertRow(db, { type: n === 1 ? 'new_games' : 'elo_updated', at: now() });
    queue.ackBatch(reader, [4]);
    queue.ackBatch(slow, [1]);
    const bridge = await place.live();
    const told = await new Deliveries(bridge).of(await eventOf(bridge, 4));
    expect(told).toMatchObject({ way: 'from_file', row: 'there', row_id: 4, newest_row_id: 5, error: null });
    const of = (id: string) => told.subscribers.find((each) => each.id === id);
    expect(of(reader)).toMatchObject({ state: 'acked', registered: true, own: false });
    expect(Math.abs((of(reader)?.acked_at ?? 0) - now())).toBeLessThan(60);
    expect(of(slow)).toMatchObject({ state: 'pending', acked_row_id: 1, behind: 2, behind_exact: true });
    expect(of(other)).toMatchObject({ state: 'other_types', acked_at: null });
    expect(told.subscribers.filter(({ own }) => own)).toHaveLength(1);
    expect(told.subscribers[0]?.state).toBe('pending');
  });

  it('keeps the ack of a process that is not registered any more', async () => {
    insertRow(db, { type: 'elo_updated', at: now() });
    const gone = queue.subscribe('gone');
    queue.ackBatch(gone, [1]);
    db.prepare('DELETE FROM subscribers WHERE subscriber_id = ?').run(gone);
    const bridge = await place.live();
    const { subscribers } = await new Deliveries(bridge).of(await eventOf(bridge, 1));
    expect(subscribers.find(({ id }) => id === gone)).toMatchObject({
      ...{ process: 'gone', hostname: 'gh200-a', registered: false, state: 'acked' },
    });
  });

  it('tells a row that was cleaned up from a row id that another event has now', async () => {
    const first = insertRow(db, { type: 'elo_updated', at: now() - 10 });
    insertRow(db, { type: 'elo_updated', at: now() });
    const bridge = await place.live();
    const deliveries = new Deliveries(bridge);
    const event = await eventOf(bridge, first);
    expect(await deliveries.of({ ...event, eventId: 'another', payload: { other: 1 } })).toMatchObject({
      ...{ row: 'another', subscribers: [] },
    });
    db.prepare('DELETE FROM events WHERE event_id = ?').run(first);
    expect(await deliveries.of(event)).toMatchObject({ row: 'cleaned_up' });
    expect(await deliveries.of({ ...event, queueEventId: 9 })).toMatchObject({
      row: 'beyond',
      newest_row_id: 2,
    });
  });

  it('waits for forwarding, or was never meant for the file', async () => {
    const bridge = await place.live();
    const deliveries = new Deliveries(bridge);
    const event = storedEvent(7, { queueEventId: null });
    expect(await deliveries.of(event)).toMatchObject({ way: 'waiting', row: null, subscribers: [] });
    expect(await deliveries.of({ ...event, origin: 'cross_process' })).toMatchObject({ way: 'not_shared' });
  });

  it('says why, where the file cannot be read', async () => {
    const event = storedEvent(7, { queueEventId: 3 });
    const queueOf = (delivery: () => Promise<never>) => ({
      ...{ subscriberId: 'x', forwardedSeq: 0, delivery, status: () => ({ detail: null }) },
    });
    const broken = new Deliveries(queueOf(() => Promise.reject(new Error('events.db does not exist'))));
    expect(await broken.of(event)).toMatchObject({ row: null, error: 'events.db does not exist', row_id: 3 });
  });
});
