import { describe, expect, it } from 'vitest';
import { FakeHistory } from '../fake-history.test-support';
import { FakeTimers, turns } from '../fake-timers.test-support';
import { UnifiedEventRouter } from '../router';

function setup() {
  const timers = new FakeTimers();
  const history = new FakeHistory();
  return { timers, history, router: new UnifiedEventRouter({ history, timers, maxQueued: 1 }) };
}
const statsOf = (router: UnifiedEventRouter, name: string) =>
  router.subscriberStats().find((stats) => stats.name === name);

describe('the record of a handler', () => {
  it('counts what it did and what it failed on, apart from every other handler', async () => {
    const { router } = setup();
    router.subscribe('*', () => undefined, { name: 'good' });
    router.dataBus?.subscribe(
      'elo_updated',
      ({ payload }) => {
        if (payload['n'] === 2) throw new Error('two');
      },
      { name: 'picky' },
    );
    for (const n of [1, 2, 3]) await router.publish('ELO_UPDATED', { n });
    await turns();
    expect(statsOf(router, 'picky')).toMatchObject({
      bus: 'data_bus',
      types: ['ELO_UPDATED'],
      delivered: 2,
      failures: { failed: 1, timeout: 0, queue_full: 0, abandoned: 0 },
      lastError: 'two',
      queued: 0,
      running: 0,
      latency: { count: 3 },
    });
    // The three, and the HANDLER_FAILED that the failure caused.
    expect(statsOf(router, 'good')).toMatchObject({ bus: 'router', delivered: 4, lastError: null });
  });

  it('tells what runs, what waits, what was not taken, what timed out and what was given up', async () => {
    const { router, timers } = setup();
    router.subscribe('X', () => new Promise(() => undefined), { name: 'slow' });
    for (const n of [1, 2, 3]) await router.publish('X', { n });
    expect(statsOf(router, 'slow')).toMatchObject({ running: 1, queued: 1, failures: { queue_full: 1 } });
    timers.pass(30_000);
    await turns();
    expect(statsOf(router, 'slow')).toMatchObject({
      delivered: 0,
      running: 1,
      queued: 0,
      failures: { timeout: 1 },
    });
    const stopping = router.stop(1_000);
    await turns();
    timers.pass(1_000);
    await stopping;
    expect(statsOf(router, 'slow')).toMatchObject({ failures: { timeout: 1, queue_full: 1, abandoned: 1 } });
  });
});

describe('the record of a sink', () => {
  it('counts events and batches that it threw on', async () => {
    const { router } = setup();
    router.addSink(() => undefined, 'live state');
    router.addSink(() => {
      throw new Error('no');
    }, 'browsers');
    await router.publishBatch([
      { eventType: 'A', payload: {} },
      { eventType: 'B', payload: {} },
    ]);
    expect(router.sinkStats()).toEqual([
      { name: 'live state', events: 2, failures: 0 },
      { name: 'browsers', events: 2, failures: 1 },
    ]);
    expect(router.stats().sinkFailures).toBe(1);
  });
});

describe('the way of a batch', () => {
  it('is measured from acceptance over the commit to delivery', async () => {
    const { router, history, timers } = setup();
    router.subscribe('X', () => timers.pass(5), { name: 'h' });
    history.hold();
    const published = router.publish('X', { n: 1 });
    await turns();
    timers.pass(40);
    history.release();
    await published;
    const { passage } = router.stats();
    expect(passage.durable).toMatchObject({ count: 1, p50: 40, p99: 40 });
    expect(passage.delivered).toMatchObject({ count: 1, p50: 5 });
    expect(passage.total).toMatchObject({ count: 1, p50: 45 });
  });
});

describe('a row that is taken again', () => {
  const row = (payload: Record<string, number>) => ({
    rowId: 7,
    eventType: 'host_online',
    payload,
    eventId: '019b5f3f-d631-7804-940c-3b836468b506',
    source: 's',
    hostname: 'h',
    timestamp: 1_766_700_000,
  });

  it('is stored and delivered once', async () => {
    const { router, history } = setup();
    const seen: string[] = [];
    router.addSink((events) => seen.push(...events.map(({ eventType }) => eventType)));
    expect(await router.readmit(row({ n: 1 }))).toEqual({ status: 'stored' });
    expect(await router.readmit(row({ n: 1 }))).toEqual({ status: 'exists' });
    expect(seen).toEqual(['HOST_ONLINE']);
    expect(history.deadLetters).toEqual([]);
  });

  it('leaves no letter when it is refused again', async () => {
    const { router, history } = setup();
    const refused = await router.readmit({ ...row({}), eventType: ' ' });
    expect(refused).toMatchObject({ status: 'refused' });
    expect(history.deadLetters).toEqual([]);
  });
});
