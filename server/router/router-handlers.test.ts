import { describe, expect, it } from 'vitest';

import { HandlerUnknownError, RouterStoppedError } from './errors';
import { FakeHistory } from './fake-history.test-support';
import { FakeTimers, turns } from './fake-timers.test-support';
import { UnifiedEventRouter } from './router';

function setup(): { router: UnifiedEventRouter; history: FakeHistory; timers: FakeTimers } {
  const history = new FakeHistory();
  const timers = new FakeTimers();
  let clock = 1_766_700_000;
  const router = new UnifiedEventRouter({ history, clock: () => (clock += 0.001), timers });
  return { router, history, timers };
}

const types = (history: FakeHistory): string[] => history.events.map((event) => event.eventType);

describe('handlers that fail', () => {
  it('leave a dead letter and a HANDLER_FAILED event', async () => {
    const { router, history } = setup();
    router.subscribe(
      'X',
      () => {
        throw new Error('broken');
      },
      { name: 'h' },
    );
    const result = await router.publish('X', { n: 1 }, { correlationId: 'c' });
    await turns();
    expect(result.status).toBe('stored');
    expect(types(history)).toEqual(['X', 'HANDLER_FAILED']);
    const [event, failure] = history.events;
    expect(failure).toMatchObject({
      payload: { handler_name: 'h', event_type: 'X', error: 'broken' },
      parentEventId: event?.eventId,
      correlationId: 'c',
    });
    expect(failure?.drift).toEqual([]);
    expect(history.deadLetters).toMatchObject([
      {
        kind: 'handler',
        reason: 'broken',
        content: '{"n":1}',
        eventType: 'X',
        eventId: event?.eventId,
        reference: 'h',
      },
    ]);
  });

  it('on any of the buses', async () => {
    const { router, history } = setup();
    const broken = (): Promise<void> => Promise.reject(new Error('no'));
    router.dataBus?.subscribe('*', broken, { name: 'data' });
    router.stageBus?.subscribe('*', broken, { name: 'stage' });
    router.subscribe('*', broken, { name: 'own' });
    await router.publish('training_complete', {});
    await turns();
    const first = history.deadLetters.filter((letter) => letter.eventType === 'TRAINING_COMPLETED');
    expect(first.map((letter) => letter.reference).sort()).toEqual(['data', 'own', 'stage']);
  });

  it('on events about handlers cause no further events', async () => {
    const { router, history } = setup();
    router.subscribe(
      '*',
      () => {
        throw new Error('broken');
      },
      { name: 'h' },
    );
    await router.publish('X', {});
    await turns(100);
    expect(types(history)).toEqual(['X', 'HANDLER_FAILED']);
    expect(history.deadLetters.map((letter) => letter.eventType)).toEqual(['X', 'HANDLER_FAILED']);
  });

  it('by taking too long leave a HANDLER_TIMEOUT event', async () => {
    const { router, history, timers } = setup();
    router.subscribe('X', () => new Promise(() => undefined), { name: 'h' });
    await router.publish('X', {});
    timers.pass(29_999);
    await turns();
    expect(types(history)).toEqual(['X']);
    timers.pass(1);
    await turns();
    expect(types(history)).toEqual(['X', 'HANDLER_TIMEOUT']);
    expect(history.events[1]?.payload).toMatchObject({
      handler_name: 'h',
      event_type: 'X',
      timeout_seconds: 30,
    });
    expect(history.deadLetters).toHaveLength(1);
    expect(router.stats().handlers).toMatchObject({ failed: 0, timedOut: 1 });
  });

  it('do not disturb delivery when dead letters cannot be written either', async () => {
    const { router, history } = setup();
    history.addDeadLetters = () => Promise.reject(new Error('disk full'));
    const seen: unknown[] = [];
    router.subscribe('X', () => {
      throw new Error('broken');
    });
    router.subscribe('X', (event) => void seen.push(event.payload['n']));
    await router.publish('X', { n: 1 });
    await router.publish('X', { n: 2 });
    await turns();
    expect(seen).toEqual([1, 2]);
    expect(router.stats().handlers.lostDeadLetters).toBe(2);
  });

  it('a sink that throws is counted and disturbs nobody', async () => {
    const { router } = setup();
    const seen: number[] = [];
    router.addSink(() => {
      throw new Error('bug');
    });
    router.addSink((events) => seen.push(...events.map((event) => event.seq)));
    await router.publish('X', {});
    expect(seen).toEqual([1]);
    expect(router.stats().sinkFailures).toBe(1);
  });
});

describe('redeliver', () => {
  it('finds the handler on whatever bus it is', async () => {
    const { router } = setup();
    const seen: string[] = [];
    router.subscribe('*', () => void seen.push('own'), { name: 'own' });
    router.dataBus?.subscribe('*', () => void seen.push('data'), { name: 'data' });
    router.stageBus?.subscribe('*', (result) => void seen.push(result.event), { name: 'stage' });
    await router.publish('training_complete', {});
    const [event] = router.history();
    seen.length = 0;
    for (const name of ['stage', 'own', 'data']) await router.redeliver(name, event!);
    expect(seen).toEqual(['training_complete', 'own', 'data']);
    await expect(router.redeliver('gone', event!)).rejects.toThrow(HandlerUnknownError);
  });
});

describe('stop', () => {
  it('refuses new events, finishes what is in flight and waits for running handlers', async () => {
    const { router, history } = setup();
    let finish = (): void => undefined;
    const done: string[] = [];
    router.subscribe('X', async () => {
      await new Promise<void>((resolve) => (finish = resolve));
      done.push('handler');
    });
    history.hold();
    const publishing = router.publish('X', {});
    await turns();
    const stopping = router.stop().then(() => done.push('stopped'));
    await expect(router.publish('Y', {})).rejects.toThrow(RouterStoppedError);
    await expect(router.publishBatch([])).rejects.toThrow(RouterStoppedError);
    await expect(router.importRows([])).rejects.toThrow(RouterStoppedError);
    history.release();
    expect(await publishing).toMatchObject({ status: 'stored' });
    await turns();
    expect(done).toEqual([]);
    finish();
    await stopping;
    expect(done).toEqual(['handler', 'stopped']);
  });

  it('gives up on handlers after its limit: what they were not done with becomes dead letters', async () => {
    const { router, history, timers } = setup();
    router.subscribe('X', () => new Promise(() => undefined), { name: 'h' });
    await router.publish('X', { n: 1 });
    await router.publish('X', { n: 2 });
    const stopping = router.stop(1000);
    await turns();
    timers.pass(1000);
    await stopping;
    expect(history.deadLetters.map((letter) => letter.content)).toEqual(['{"n":1}', '{"n":2}']);
    expect(router.stats().handlers.abandoned).toBe(2);
    expect(types(history)).toEqual(['X', 'X']);
  });

  it('still stores the failure of a handler that ends while it waits', async () => {
    const { router, history } = setup();
    let fail = (): void => undefined;
    router.subscribe('X', () => new Promise((_, reject) => (fail = () => reject(new Error('late')))), {
      name: 'h',
    });
    await router.publish('X', {});
    const stopping = router.stop();
    await turns();
    fail();
    await stopping;
    expect(types(history)).toEqual(['X', 'HANDLER_FAILED']);
    expect(history.deadLetters).toHaveLength(1);
  });
});

describe('validateEventFlow', () => {
  it('names what is missing, with advice', async () => {
    const history = new FakeHistory();
    const router = new UnifiedEventRouter({ history, dataBus: false, stageBus: false });
    const report = router.validateEventFlow();
    expect(report.healthy).toBe(false);
    expect(report.issues.join(' ')).toMatch(
      /No event.*Nobody subscribes.*data bus.*stage bus.*queue is missing/,
    );
    expect(report.recommendations).toHaveLength(report.issues.length);
    await router.stop();
  });

  it('is healthy with traffic, receivers and a working queue; not when the queue fails', async () => {
    const { router } = setup();
    let ok = true;
    router.addSink(() => undefined);
    router.attachQueue({ name: 'events.db', ok: () => ok });
    await router.publish('X', {});
    const report = router.validateEventFlow();
    expect(report).toMatchObject({ healthy: true, issues: [], recommendations: [] });
    expect(report.checks.filter(({ ok }) => !ok)).toEqual([]);
    ok = false;
    expect(router.validateEventFlow().issues).toEqual([
      'The cross-process queue is attached but does not work at present.',
    ]);
  });

  it('finds too many repetitions: more than 30 %, not 30 %', async () => {
    const { router } = setup();
    router.addSink(() => undefined);
    router.attachQueue({ name: 'q', ok: () => true });
    for (const n of [1, 2, 3, 4, 5, 6, 7, 1, 2, 3]) await router.publish('X', { n });
    expect(router.validateEventFlow().healthy).toBe(true);
    await router.publish('X', { n: 4 });
    expect(router.validateEventFlow().issues).toEqual(['36 % of the events are repetitions.']);
  });
});
