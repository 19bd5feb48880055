import { describe, expect, it } from 'vitest';

import type { StoredEvent } from '../../domain/events/envelope';
import type { JsonObject } from '../../domain/json';
import { RouterOverloadedError } from './errors';
import { FakeHistory } from './fake-history.test-support';
import { turns } from './fake-timers.test-support';
import { UnifiedEventRouter } from './router';
import type { RouterOptions } from './router';

const T = 1_766_700_000;

interface Setup {
  readonly router: UnifiedEventRouter;
  readonly history: FakeHistory;
  /** Everything that sinks received. */
  readonly sunk: StoredEvent[];
}

function setup(options: Partial<RouterOptions> = {}): Setup {
  const history = new FakeHistory();
  const router = new UnifiedEventRouter({ history, clock: () => T, hostname: 'me', ...options });
  const sunk: StoredEvent[] = [];
  router.addSink((events) => sunk.push(...events));
  return { router, history, sunk };
}

const ID = '01923456-789a-7000-8000-000000000001';

describe('publish', () => {
  it('stores the event with a complete envelope, then delivers it', async () => {
    const { router, history, sunk } = setup();
    const result = await router.publish(
      'model_promoted',
      { model_id: 'hex8_2p_v3', elo: 1600 },
      { source: 'ctl' },
    );
    expect(result).toMatchObject({ status: 'stored', seq: 1 });
    expect(history.events[0]).toMatchObject({
      eventType: 'MODEL_PROMOTED',
      wireType: 'model_promoted',
      source: 'ctl',
      hostname: 'me',
      origin: 'data_bus',
      timestamp: T,
      outbound: true,
      config: 'hex8_2p',
      model: 'hex8_2p_v3',
      payloadText: '{"model_id":"hex8_2p_v3","elo":1600}',
    });
    expect(sunk).toHaveLength(1);
    expect(sunk[0]).toMatchObject({ seq: 1, receivedAt: T, eventType: 'MODEL_PROMOTED' });
  });

  it('answers and delivers only after the commit', async () => {
    const { router, history, sunk } = setup();
    history.hold();
    let answered = false;
    const publishing = router.publish('X', {}).then(() => (answered = true));
    await turns();
    expect([answered, sunk.length]).toEqual([false, 0]);
    history.commitNext();
    await publishing;
    expect([answered, sunk.length]).toEqual([true, 1]);
  });

  it('reaches the data bus, the stage bus and own subscribers, each in order', async () => {
    const { router } = setup();
    const seen: string[] = [];
    router.subscribe('training_complete', (event) => void seen.push(`own ${event.seq}`));
    router.dataBus?.subscribe('TRAINING_COMPLETED', (event) => void seen.push(`data ${event.seq}`));
    router.stageBus?.subscribe('training_complete', (result) => void seen.push(`stage ${result.event}`));
    await router.publish('TRAINING_COMPLETED', { model_id: 'a' });
    await router.publish('training_complete', { model_id: 'b' });
    await router.publish('npz_export_complete', {});
    expect(seen).toEqual([
      'data 1',
      'stage training_complete',
      'own 1',
      'data 2',
      'stage training_complete',
      'own 2',
    ]);
    expect(router.history({ origin: 'stage_bus' }).map((event) => event.seq)).toEqual([2, 3]);
  });

  it('travels with those of the same turn: a head start for idle history, then all others in one append', async () => {
    const { router, history } = setup();
    await Promise.all(Array.from({ length: 31 }, (_, n) => router.publish('W', { n })));
    expect(history.appends).toBe(1);
    history.events.length = 0;
    await Promise.all(Array.from({ length: 64 }, (_, n) => router.publish('X', { n })));
    expect(history.appends).toBe(3);
    expect(history.events.map((event) => event.payload['n'])).toEqual(
      Array.from({ length: 64 }, (_, n) => n),
    );
  });

  it('delivers in order of seq although commits end out of order', async () => {
    const { router, history, sunk } = setup();
    const ends: (() => void)[] = [];
    const append = history.append.bind(history);
    history.append = async (events) => {
      const results = await append(events);
      await new Promise<void>((resolve) => ends.push(resolve));
      return results;
    };
    const first = router.publish('X', { n: 1 });
    await turns();
    const second = router.publish('X', { n: 2 });
    await turns();
    ends[1]?.();
    await turns();
    expect(sunk).toHaveLength(0);
    ends[0]?.();
    await Promise.all([first, second]);
    expect(sunk.map((event) => event.seq)).toEqual([1, 2]);
  });

  it.each<[string, string, unknown, object]>([
    ['event_type_invalid', '', {}, {}],
    ['payload_not_object', 'X', [1], {}],
    ['payload_not_json', 'X', { a: Number.NaN }, {}],
    ['payload_too_large', 'X', { a: 'x'.repeat(1024 * 1024) }, {}],
    ['event_id_invalid', 'X', {}, { eventId: 'not-a-uuid' }],
    ['timestamp_invalid', 'X', {}, { timestamp: Date.now() }],
    ['timestamp_invalid', 'X', {}, { timestamp: 0 }],
    ['envelope_invalid', 'X', {}, { idempotencyKey: '' }],
  ])('refuses with %s', async (code, type, payload, options) => {
    const { router, history } = setup();
    const result = await router.publish(type, payload as JsonObject, options);
    expect(result).toMatchObject({ status: 'rejected', error: { code } });
    expect(history.events).toHaveLength(0);
    expect(router.stats().rejectedByCode).toEqual([[code, 1]]);
  });

  it('refuses to grow without bound while history is stuck', async () => {
    const { router, history } = setup({ maxInFlight: 2 });
    history.hold();
    const waiting = [router.publish('X', { n: 1 }), router.publish('X', { n: 2 })];
    await expect(router.publish('X', { n: 3 })).rejects.toThrow(RouterOverloadedError);
    await turns();
    history.release();
    await Promise.all(waiting);
    await expect(router.publish('X', { n: 3 })).resolves.toMatchObject({ status: 'stored' });
  });
});

describe('publishBatch', () => {
  it('answers each event in order', async () => {
    const { router } = setup();
    const results = await router.publishBatch([
      { eventType: 'X', payload: { n: 1 } },
      { eventType: '', payload: {} },
      { eventType: 'X', payload: { n: 1 } },
      { eventType: 'X', payload: { n: 2 } },
    ]);
    expect(results.map((result) => result.status)).toEqual(['stored', 'rejected', 'duplicate', 'stored']);
    const [first, , third] = results;
    expect(third).toEqual({ ...first, status: 'duplicate' });
    expect(await router.publishBatch([])).toEqual([]);
  });
});

describe('publishStage', () => {
  it('publishes a result under the canonical name, from the stage bus', async () => {
    const { router, history } = setup();
    await router.publishStage({
      event: 'training_complete',
      modelId: 'hex8_2p_v9',
      valLoss: 0.25,
      metadata: { job_id: 'j' },
    });
    expect(history.events[0]).toMatchObject({
      eventType: 'TRAINING_COMPLETED',
      origin: 'stage_bus',
      payload: {
        event: 'training_complete',
        success: true,
        model_id: 'hex8_2p_v9',
        val_loss: 0.25,
        job_id: 'j',
      },
    });
    await expect(router.publishStage({ event: 'tea_break' })).rejects.toThrow('not a pipeline stage');
  });
});

describe('duplicates', () => {
  it('are answered with the first event and not delivered', async () => {
    const { router, history, sunk } = setup();
    const first = await router.publish('X', { a: 1, b: 2 });
    const again = await router.publish('x', { b: 2, a: 1 }, { timestamp: T + 3599 });
    expect(again).toEqual({ ...first, status: 'duplicate' });
    expect([history.events.length, sunk.length, router.stats().duplicates]).toEqual([1, 1, 1]);
    expect(await router.publish('X', { a: 1, b: 2 }, { timestamp: T + 3600 })).toMatchObject({
      status: 'stored',
    });
  });

  it('wait for the commit of the first', async () => {
    const { router, history } = setup();
    history.hold();
    const first = router.publish('X', {});
    await turns();
    const second = router.publish('X', {});
    let answered = false;
    void second.then(() => (answered = true));
    await turns();
    expect(answered).toBe(false);
    history.commitNext();
    expect(await second).toEqual({ ...(await first), status: 'duplicate' });
  });

  it('fail with the first when its commit fails, and the next publish is stored', async () => {
    const { router, history, sunk } = setup();
    history.hold();
    const first = router.publish('X', {});
    await turns();
    const second = router.publish('X', {});
    const failed = Promise.allSettled([first, second]);
    history.failNext(new Error('disk full'));
    expect((await failed).map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
    history.release();
    expect(await router.publish('X', {})).toMatchObject({ status: 'stored', seq: 1 });
    expect(sunk).toHaveLength(1);
  });

  it('an idempotency key replaces the content', async () => {
    const { router } = setup();
    const statuses = [];
    for (const idempotencyKey of ['k1', 'k2', 'k1', undefined]) {
      const options = idempotencyKey === undefined ? {} : { idempotencyKey };
      const result = await router.publish('MODEL_PROMOTED', { model_id: 'm' }, options);
      statuses.push([result.status, 'seq' in result ? result.seq : 0]);
    }
    expect(router.stats().duplicateIndex.size).toBe(1);
    // Without a key the content counts again: it repeats what was last said.
    expect(statuses).toEqual([
      ['stored', 1],
      ['stored', 2],
      ['duplicate', 1],
      ['duplicate', 2],
    ]);
  });

  it('an event id with the same content is a repetition, with other content a conflict', async () => {
    const { router, history } = setup({ duplicates: { windowSeconds: 0 } });
    const first = await router.publish('X', { n: 1 }, { eventId: ID });
    expect(first).toEqual({ status: 'stored', eventId: ID, seq: 1 });
    expect(await router.publish('X', { n: 1 }, { eventId: ID.toUpperCase() })).toEqual({
      ...first,
      status: 'duplicate',
    });
    const conflict = await router.publish('X', { n: 2 }, { eventId: ID });
    expect(conflict).toMatchObject({ status: 'rejected', error: { code: 'event_id_conflict' } });
    expect(history.events).toHaveLength(1);
  });

  it('what repeats an event that turned out to be in conflict is judged anew', async () => {
    const { router, history } = setup();
    await router.publish('X', { n: 1 }, { eventId: ID });
    history.hold();
    const conflicting = router.publish('X', { n: 2 }, { eventId: ID });
    await turns();
    const same = router.publish('X', { n: 2 });
    history.commitNext();
    await turns();
    history.release();
    expect((await conflicting).status).toBe('rejected');
    expect(await same).toMatchObject({ status: 'stored', seq: 2 });
  });

  it('opposite events re-arm each other without waiting for commits', async () => {
    const { router } = setup();
    const types = ['HOST_OFFLINE', 'HOST_ONLINE', 'HOST_OFFLINE', 'HOST_OFFLINE'];
    const results = await router.publishBatch(
      types.map((eventType) => ({ eventType, payload: { node_id: 'n' } })),
    );
    expect(results.map((result) => result.status)).toEqual(['stored', 'stored', 'stored', 'duplicate']);
  });

  it('are remembered over a restart', async () => {
    const { router, history } = setup();
    const first = await router.publish('X', { n: 1 });
    const restarted = new UnifiedEventRouter({ history, clock: () => T + 60 });
    await restarted.warm();
    expect(await restarted.publish('X', { n: 1 })).toEqual({ ...first, status: 'duplicate' });
  });
});

describe('history and stats', () => {
  it('filters by type, origin, time and number', async () => {
    const { router } = setup({ historySize: 4 });
    await router.publish('A', { n: 0 });
    await router.publish('A', { n: 1 }, { timestamp: T + 1 });
    await router.publish('training_complete', { n: 2 }, { timestamp: T + 2 });
    await router.publish('A', { n: 3 }, { timestamp: T + 3 });
    await router.publish('B', { n: 4 }, { timestamp: T + 4 });
    const ns = (filter?: Parameters<UnifiedEventRouter['history']>[0]): unknown[] =>
      router.history(filter).map((event) => event.payload['n']);
    expect(ns()).toEqual([1, 2, 3, 4]);
    expect(ns({ type: 'a' })).toEqual([1, 3]);
    expect(ns({ origin: 'stage_bus' })).toEqual([2]);
    expect(ns({ since: T + 3 })).toEqual([3, 4]);
    expect(ns({ limit: 2 })).toEqual([3, 4]);
  });

  it('counts by type and by origin', async () => {
    const { router } = setup();
    await router.publish('HOST_ONLINE', { node_id: 'a' });
    await router.publish('HOST_ONLINE', { node_id: 'b' });
    await router.publish('whatever', {});
    expect(router.stats()).toMatchObject({
      stored: 3,
      delivered: 3,
      byType: [
        ['HOST_ONLINE', 2],
        ['WHATEVER', 1],
      ],
      byOrigin: [
        ['data_bus', 2],
        ['router', 1],
      ],
    });
  });
});
