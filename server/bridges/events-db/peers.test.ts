import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BridgePlace, insertRow, until } from './bridge.test-support';
import { CrossProcessEventQueue } from './queue/queue';
import { MAX_PEERS, PENDING_WINDOW } from './worker/peer-reader';

let place: BridgePlace;
let db: Database;
const queues: CrossProcessEventQueue[] = [];
beforeEach(() => {
  place = new BridgePlace();
  db = place.log();
});
afterEach(async () => {
  for (const queue of queues.splice(0)) queue.close();
  await place.clear();
});

/** A RingRift process as the shared file sees it. */
function process(hostname: string, pid = 7): CrossProcessEventQueue {
  const queue = new CrossProcessEventQueue(place.file, { hostname, pid });
  queues.push(queue);
  return queue;
}

const insertMany = (count: number, type: string): void => {
  const now = Date.now() / 1000;
  const insert = db.prepare("INSERT INTO events (event_type, payload, created_at) VALUES (?, '{}', ?)");
  db.transaction(() => {
    for (let n = 0; n < count; n++) insert.run(type, now);
  })();
};

describe('the subscribers of the shared queue', () => {
  it('are told with their types, acks, and the pending count that RingRift itself would tell', async () => {
    const queue = process('gh200-a');
    const all = queue.subscribe('metrics');
    const some = queue.subscribe('pipeline', ['training_completed', 'NEW_GAMES'], { stable: true });
    insertMany(5, 'training_completed');
    insertMany(4, 'ELO_UPDATED');
    insertRow(db, { type: 'training_completed', at: Date.now() / 1000 - 90_000 });
    queue.ackBatch(some, [1, 2, 4]);
    queue.ackBatch(all, [9]);
    const bridge = await place.live();
    const { peers, total, newestRowId } = await bridge.peers();
    expect([total, newestRowId]).toEqual([3, 10]);
    const of = (id: string) => peers.find(({ subscriberId }) => subscriberId === id);
    expect(of(all)).toMatchObject({ processName: 'metrics', types: [], ackedRowId: 9, pendingExact: true });
    expect(of(all)?.pending).toBe(queue.pendingCount(all));
    expect(of(some)).toMatchObject({ types: ['training_completed', 'NEW_GAMES'], ackedRowId: 4, pid: 7 });
    expect(of(some)?.pending).toBe(queue.pendingCount(some, ['training_completed', 'NEW_GAMES']));
    expect(of(some)?.pending).toBe(2);
    expect(peers.map(({ subscriberId }) => subscriberId)).toContain(bridge.subscriberId);
  });

  it('are counted among the newest events only, and that is said', async () => {
    const queue = process('gh200-a');
    const id = queue.subscribe('slow');
    insertMany(PENDING_WINDOW + 50, 'HOST_ONLINE');
    const bridge = await place.live();
    const { peers } = await bridge.peers();
    expect(peers.find(({ subscriberId }) => subscriberId === id)).toMatchObject({
      pending: PENDING_WINDOW,
      pendingExact: false,
    });
  });

  it('are no more than the page can show, those that polled last first', async () => {
    const queue = process('gh200-a');
    for (let n = 0; n < MAX_PEERS + 20; n++) queue.subscribe(`process-${n}`);
    db.prepare(
      "UPDATE subscribers SET last_poll_at = last_poll_at + 1000 WHERE process_name = 'process-3'",
    ).run();
    const bridge = await place.live();
    const { peers, total } = await bridge.peers();
    expect(total).toBe(MAX_PEERS + 21);
    expect(peers).toHaveLength(MAX_PEERS);
    expect(peers[0]?.processName).toBe('process-3');
  });

  it('may have written anything into their columns', async () => {
    const insert = db.prepare('INSERT INTO subscribers VALUES (?, ?, ?, ?, ?, ?, ?)');
    insert.run('a', Buffer.from('x'), 'h', 'not a pid', '["A", 5, null]', 'soon', 1);
    insert.run('b', 'p', 'h', 1, '{"not": "a list"}', 1, 1);
    insert.run('c', 'p', 'h', 1, 'not JSON', 1, 1);
    const bridge = await place.live();
    const { peers } = await bridge.peers();
    const types = new Map(peers.map(({ subscriberId, types: named }) => [subscriberId, named]));
    expect([types.get('a'), types.get('b'), types.get('c')]).toEqual([['A'], [], []]);
    expect(peers.find(({ subscriberId }) => subscriberId === 'a')).toMatchObject({
      processName: '',
      pid: 0,
      lastPollAt: 0,
    });
  });

  it('can be asked for by many at once while rows flow, and by nobody once the bridge has stopped', async () => {
    const bridge = await place.live();
    const asked = Promise.allSettled([bridge.peers(), bridge.peers(), bridge.peers()]);
    insertMany(200, 'HOST_ONLINE');
    const answers = await asked;
    // A later question replaces a scan under way; the one that is last is answered.
    expect(answers.at(-1)?.status).toBe('fulfilled');
    await until(() => place.history.rows.length === 200, 'all rows arrived');
    await bridge.stop();
    await expect(bridge.peers()).rejects.toThrow(/events\.db/);
  });
});
