import { describe, expect, it } from 'vitest';

import { DataEventBus } from './data-bus';
import { storedEvent } from '../fake-history.test-support';

describe('DataEventBus', () => {
  it('delivers to subscribers of the type in any spelling, and of all types', () => {
    const bus = new DataEventBus();
    const seen: string[] = [];
    bus.subscribe('new_games', (event) => void seen.push(`one ${event.eventType}`));
    bus.subscribe('*', (event) => void seen.push(`all ${event.eventType}`));
    bus.publish(storedEvent(1, { eventType: 'NEW_GAMES_AVAILABLE' }));
    bus.publish(storedEvent(2, { eventType: 'MODEL_PROMOTED' }));
    expect(seen).toEqual(['one NEW_GAMES_AVAILABLE', 'all NEW_GAMES_AVAILABLE', 'all MODEL_PROMOTED']);
  });

  it('unsubscribes by any spelling', () => {
    const bus = new DataEventBus();
    const handler = (): void => {
      throw new Error('must not be called');
    };
    bus.subscribe('TRAINING_COMPLETED', handler);
    expect(bus.unsubscribe('training_complete', handler)).toBe(true);
    expect(bus.unsubscribe('training_complete', handler)).toBe(false);
    bus.publish(storedEvent(1, { eventType: 'TRAINING_COMPLETED' }));
    expect(bus.stats().failures).toBe(0);
  });

  it('keeps the newest events, filtered by type and time', () => {
    const bus = new DataEventBus({ historySize: 3 });
    for (const seq of [1, 2, 3, 4, 5]) {
      bus.publish(storedEvent(seq, { eventType: seq % 2 === 0 ? 'EVEN' : 'ODD', timestamp: seq }));
    }
    const seqs = (filter?: Parameters<DataEventBus['history']>[0]): number[] =>
      bus.history(filter).map((e) => e.seq);
    expect(seqs()).toEqual([3, 4, 5]);
    expect(seqs({ type: 'odd' })).toEqual([3, 5]);
    expect(seqs({ since: 4 })).toEqual([4, 5]);
    expect(seqs({ limit: 1 })).toEqual([5]);
    bus.clearHistory();
    expect(seqs()).toEqual([]);
    expect(bus.countOf('even')).toBe(2);
    expect(bus.stats().byType).toEqual([
      ['ODD', 3],
      ['EVEN', 2],
    ]);
  });

  it('warns once per type that nobody hears', () => {
    const warned: string[] = [];
    const bus = new DataEventBus({ onUnheard: (type) => warned.push(type) });
    bus.subscribe('HEARD', () => undefined);
    for (const eventType of ['HEARD', 'LONELY', 'LONELY', 'OTHER'])
      bus.publish(storedEvent(1, { eventType }));
    expect(warned).toEqual(['LONELY', 'OTHER']);
    expect(bus.unheardTypes()).toEqual(['LONELY', 'OTHER']);
  });

  it('counts failures and names the handler', () => {
    const failed: string[] = [];
    const bus = new DataEventBus({
      onFailure: (failure) => failed.push(`${failure.handler} ${failure.event.seq}`),
    });
    bus.subscribe(
      '*',
      () => {
        throw new Error('no');
      },
      { name: 'broken' },
    );
    bus.publish(storedEvent(7));
    expect(failed).toEqual(['broken 7']);
    expect(bus.stats().failures).toBe(1);
    expect(bus.stats().latency.count).toBe(1);
  });
});
