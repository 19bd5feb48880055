import { describe, expect, it } from 'vitest';

import type { StoredEvent } from '../../../domain/events/envelope';
import { RouterOverloadedError } from '../errors';
import { FakeHistory } from '../fake-history.test-support';
import { turns } from '../fake-timers.test-support';
import { UnifiedEventRouter } from '../router';
import type { RouterOptions } from '../router';
import type { PublishRequest } from '../types';

/** More than is prepared ahead of the commits. */
const MANY = 5_000;

function setup(options: Partial<RouterOptions> = {}) {
  const history = new FakeHistory();
  history.hold();
  const router = new UnifiedEventRouter({ history, hostname: 'me', ...options });
  const sunk: StoredEvent[] = [];
  router.addSink((events) => sunk.push(...events));
  return { router, history, sunk };
}

const events = (count: number, type = 'X'): PublishRequest[] =>
  Array.from({ length: count }, (_, n) => ({ eventType: type, payload: { n } }));

describe('a batch larger than what is prepared ahead', () => {
  it('is prepared little by little, and answered and delivered in order', async () => {
    const { router, history, sunk } = setup();
    const batch = events(MANY);
    let prepared = 0;
    for (const request of batch)
      Object.defineProperty(request, 'payload', { get: () => ((prepared += 1), { n: prepared }) });
    const publishing = router.publishBatch(batch);
    await turns();
    const [ahead, inFlight] = [prepared, router.stats().inFlight];
    history.release();
    const results = await publishing;
    expect([inFlight, ahead < MANY / 2, prepared]).toEqual([MANY, true, MANY]);
    expect(results.map((result) => (result.status === 'stored' ? result.seq : null))).toEqual(
      sunk.map((event) => event.seq),
    );
    expect(sunk.map((event) => event.seq)).toEqual(batch.map((_, n) => n + 1));
    expect(router.stats().inFlight).toBe(0);
  });

  it('does not let later events pass, and stands at the time at which it was handed in', async () => {
    let time = 1_000;
    const { router, history, sunk } = setup({ clock: () => time });
    const publishing = [router.publishBatch(events(MANY)), router.publish('LATER', {})];
    time = 2_000;
    history.release();
    await Promise.all(publishing);
    expect(sunk.at(-1)).toMatchObject({ eventType: 'LATER', timestamp: 1_000 });
    expect(new Set(sunk.map((event) => event.timestamp))).toEqual(new Set([1_000]));
  });

  it('goes on after a commit that failed, and says that it did', async () => {
    const { router, history, sunk } = setup();
    const publishing = [router.publishBatch(events(MANY)), router.publishBatch(events(3, 'Y'))];
    await turns();
    history.failNext(new Error('disk full'));
    await turns();
    history.release();
    const [first, second] = await Promise.allSettled(publishing);
    expect(first).toMatchObject({ status: 'rejected', reason: { message: 'disk full' } });
    expect(second).toMatchObject({ status: 'fulfilled' });
    expect(sunk.length).toBeGreaterThan(MANY / 2);
    expect(router.stats().inFlight).toBe(0);
  });

  it('counts as a whole where room runs out', async () => {
    const { router, history } = setup({ maxInFlight: MANY });
    const publishing = router.publishBatch(events(MANY));
    await expect(router.publish('X', { n: -1 })).rejects.toThrow(RouterOverloadedError);
    history.release();
    await publishing;
    await expect(router.publish('X', { n: -1 })).resolves.toMatchObject({ status: 'stored' });
  });

  it('is completed by a router that stops', async () => {
    const { router, history, sunk } = setup();
    const publishing = router.publishBatch(events(MANY));
    const stopping = router.stop();
    history.release();
    await stopping;
    expect(sunk).toHaveLength(MANY);
    await expect(publishing).resolves.toHaveLength(MANY);
  });
});
