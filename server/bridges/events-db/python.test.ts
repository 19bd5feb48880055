import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeHistory } from './bridge.test-support';
import { BridgePlace, hasPython, insertRow, python, until } from './bridge.test-support';
import { CrossProcessEventQueue } from './queue/queue';

/** RingRift's side in plain sqlite3: connection settings, publish, subscribe, poll, ack. */
const RINGRIFT = `
import json, os, socket, sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
db.execute('PRAGMA journal_mode=WAL'); db.execute('PRAGMA synchronous=NORMAL')
def publish(kind, payload, source='python'):
    return db.execute('INSERT INTO events (event_type, payload, source, hostname, created_at) VALUES (?, ?, ?, ?, ?)',
                      (kind, json.dumps(payload), source, 'py-node', time.time())).lastrowid
def subscribe(name):
    me = 'py-node:stable:' + name
    db.execute('INSERT OR REPLACE INTO subscribers VALUES (?, ?, ?, ?, ?, ?, ?)',
               (me, name, 'py-node', os.getpid(), '[]', time.time(), time.time()))
    return me
def poll(me, limit=100):
    db.execute('UPDATE subscribers SET last_poll_at = ? WHERE subscriber_id = ?', (time.time(), me))
    return db.execute('''SELECT e.event_id, e.event_type, e.payload, e.source FROM events e
        LEFT JOIN acks a ON e.event_id = a.event_id AND a.subscriber_id = ?
        WHERE a.event_id IS NULL AND e.created_at > ? ORDER BY e.event_id LIMIT ?''',
        (me, time.time() - 86400, limit)).fetchall()
def ack(me, ids):
    db.executemany('INSERT OR IGNORE INTO acks VALUES (?, ?, ?)', [(me, i, time.time()) for i in ids])
`;

let place: BridgePlace;
let history: FakeHistory;
beforeEach(() => {
  place = new BridgePlace();
  ({ history } = place);
});
afterEach(() => place.clear());

describe.runIf(hasPython)('beside Python processes', () => {
  it('takes what they publish: non-ASCII text, big numbers, NaN as a dead letter', async () => {
    await place.live();
    await python(
      `${RINGRIFT}
publish('MODEL_PROMOTED', {'model_id': 'é☃😀', 'seed': 2**63 + 1, 'small': 2**53})
publish('training_progress', {'loss': float('nan')})
publish('training_progress', {'loss': float('-inf')})
publish('new_games', {'count': 7})`,
      place.file,
    );
    await until(() => history.rows.length === 2, 'the good rows arrived');
    expect(history.rows.map((row) => [row.eventType, row.payload, row.hostname])).toEqual([
      ['MODEL_PROMOTED', { model_id: 'é☃😀', seed: '9223372036854775809', small: 2 ** 53 }, 'py-node'],
      ['new_games', { count: 7 }, 'py-node'],
    ]);
    expect(history.deadLetters.map((letter) => letter.reason)).toEqual([
      'Row 2 of events.db: the payload holds NaN, which is not JSON.',
      'Row 3 of events.db: the payload holds -Infinity, which is not JSON.',
    ]);
  });

  it('takes every row once and in each writer’s order while two of them and the outbox write at once', async () => {
    const bridge = await place.live();
    const writer = `${RINGRIFT}
for n in range(400): publish('work_claimed', {'n': n}, sys.argv[2])`;
    const writers = [python(writer, place.file, 'one'), python(writer, place.file, 'two')];
    for (let n = 0; n < 200; n += 1) history.publish('MINE', { n });
    bridge.notify();
    await Promise.all(writers);
    await until(
      () => history.rows.length === 800 && history.cursor?.forwardedSeq === 200,
      'all is exchanged',
    );
    for (const source of ['one', 'two']) {
      const numbers = history.rows.filter((row) => row.source === source).map((row) => row.payload.n);
      expect(numbers).toEqual(Array.from({ length: 400 }, (_, n) => n));
    }
    expect(place.log().prepare('SELECT count(*) FROM events').pluck().get()).toBe(1000);
  });

  it('publishes what they poll, parse and ack', async () => {
    const bridge = await place.live();
    history.publish('MODEL_PROMOTED', {
      model_id: 'é\ud800',
      huge: 1e300,
      nested: { list: [1, null, true] },
    });
    bridge.notify();
    await until(() => history.cursor?.forwardedSeq === 1, 'the event was forwarded');
    const printed = await python(
      `${RINGRIFT}
me = subscribe('daemon')
events = poll(me)
ack(me, [e[0] for e in events])
print(json.dumps([[e[1], json.loads(e[2]), e[3]] for e in events] + [len(poll(me))]))`,
      place.file,
    );
    expect(JSON.parse(printed)).toEqual([
      ['MODEL_PROMOTED', { model_id: 'é\ud800', huge: 1e300, nested: { list: [1, null, true] } }, 'operator'],
      0,
    ]);
    const queue = new CrossProcessEventQueue(place.file);
    expect(queue.lastAckedId('py-node:stable:daemon')).toBe(1);
    expect(queue.pendingCount('py-node:stable:daemon')).toBe(0);
    queue.close();
  });

  it('makes the very tables that they make', async () => {
    await place.live();
    insertRow(place.log());
    const recording = '../shared/data/recorded-cluster.events.db.gz';
    if (!existsSync(recording)) return;
    const reference = `${place.folder}/recording.db`;
    execFileSync('sh', ['-c', `gzip -dc "${recording}" > "${reference}"`]);
    const dump = `
import json, sqlite3, sys
print(json.dumps([sorted(map(tuple, sqlite3.connect(f).execute(
    "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'").fetchall()),
    key=str) for f in sys.argv[1:]]))`;
    const [ours, theirs] = JSON.parse(await python(dump, place.file, reference)) as [unknown, unknown];
    expect(ours).toEqual(theirs);
  });
});
