import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { JsonObject } from '../../../domain/json';
import { StageUnknownError } from '../errors';
import { storedEvent } from '../fake-history.test-support';
import { StageEventBus } from './stage-bus';
import { completeResult, payloadOfResult, resultOfEvent } from './stage-result';
import type { StageCompletionResult } from './stage-result';

const AT = '2025-12-26T00:00:00.000Z';
const result = (event: string, more: Partial<StageCompletionResult> = {}): StageCompletionResult =>
  completeResult({ event, ...more }, AT);

describe('StageEventBus', () => {
  it('hands a result to the callbacks of its stage, written in any way', () => {
    const bus = new StageEventBus();
    const seen: string[] = [];
    bus.subscribe('TRAINING_COMPLETE', (r) => void seen.push(`one ${r.event} ${String(r.valLoss)}`));
    bus.subscribe('*', (r) => void seen.push(`all ${r.event}`));
    bus.emit(result('training_complete', { valLoss: 0.5 }));
    bus.emit(result('SYNC_COMPLETE'));
    expect(seen).toEqual(['one training_complete 0.5', 'all training_complete', 'all SYNC_COMPLETE']);
    expect(bus.subscriberCount('training_complete')).toBe(1);
  });

  it('refuses a stage that does not exist', () => {
    const bus = new StageEventBus();
    expect(() => bus.subscribe('tea_break', () => undefined)).toThrow(StageUnknownError);
    expect(() => bus.emit(result('tea_break'))).toThrow(StageUnknownError);
  });

  it('unsubscribes and clears', () => {
    const bus = new StageEventBus();
    const callback = (): void => undefined;
    bus.subscribe('sync_complete', callback);
    bus.subscribe('sync_complete', () => undefined);
    bus.subscribe('nas_complete', () => undefined);
    expect(bus.unsubscribe('sync_complete', callback)).toBe(true);
    expect(bus.unsubscribe('sync_complete', callback)).toBe(false);
    expect(bus.clear('sync_complete')).toBe(1);
    expect(bus.clear()).toBe(1);
  });

  it('keeps the newest results per stage', () => {
    const bus = new StageEventBus({ historySize: 2 });
    for (const iteration of [1, 2, 3]) bus.emit(result('sync_complete', { iteration }));
    expect(bus.history().map((r) => r.iteration)).toEqual([2, 3]);
    expect(bus.history({ stage: 'nas_complete' })).toEqual([]);
    expect(bus.history({ limit: 1 }).map((r) => r.iteration)).toEqual([3]);
  });

  it('records callback errors and goes on with the others', async () => {
    const bus = new StageEventBus({ now: () => 42 });
    const seen: string[] = [];
    bus.subscribe('sync_complete', () => Promise.reject(new Error('disk full')), { name: 'export' });
    bus.subscribe('sync_complete', (r) => void seen.push(r.event));
    bus.emit(result('sync_complete'));
    await bus.idle();
    expect(seen).toEqual(['sync_complete']);
    expect(bus.callbackErrors()).toEqual([
      { stage: 'sync_complete', callback: 'export', error: 'disk full', at: 42 },
    ]);
    expect(bus.stats().callbackErrors).toBe(1);
  });
});

describe('results and payloads', () => {
  const text = fc.option(fc.string(), { nil: null });
  const number = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: null });
  const metadata = fc.dictionary(fc.string(), fc.jsonValue()).map((value) => ({ ...value }) as JsonObject);
  const results: fc.Arbitrary<StageCompletionResult> = fc.record({
    event: fc.constantFrom('training_complete', 'sync_complete'),
    success: fc.boolean(),
    iteration: fc.nat(),
    timestamp: fc.string({ minLength: 1 }),
    config: fc.constant('hex8_2p'),
    boardType: text,
    numPlayers: number,
    gamesGenerated: number,
    gamesSynced: number,
    modelPath: text,
    modelId: text,
    trainLoss: number,
    valLoss: number,
    winRate: number,
    eloDelta: number,
    promoted: fc.option(fc.boolean(), { nil: null }),
    promotionReason: text,
    error: text,
    errorDetails: text,
    metrics: metadata,
    metadata: metadata.filter((value) => !Object.hasOwn(value, 'config_key')),
  });

  it('law: a result survives the way into a payload and back', () => {
    fc.assert(
      fc.property(results, (before) => {
        const event = storedEvent(1, { payload: payloadOfResult(before) });
        expect(resultOfEvent(before.event, event)).toEqual(before);
      }),
    );
  });

  it('metadata that bears the name of a field does not overwrite it', () => {
    const before = result('sync_complete', { error: 'real', metadata: { error: 'meta', samples: 3 } });
    const payload = payloadOfResult(before);
    expect(payload['error']).toBe('real');
    expect(payload['samples']).toBe(3);
    expect(resultOfEvent('sync_complete', storedEvent(1, { payload })).metadata).toEqual({
      error: 'meta',
      samples: 3,
    });
  });

  it('reads the sparse rows that the cluster writes', () => {
    const payload = { event: 'npz_export_complete', success: true, config: '', metrics: {} };
    const read = resultOfEvent(
      'npz_export_complete',
      storedEvent(1, { payload, timestamp: 1_766_704_319.5 }),
    );
    expect(read).toMatchObject({ success: true, config: null, metrics: {}, metadata: {} });
    expect(read.timestamp).toBe('2025-12-25T23:11:59.500Z');
  });

  it('reads payloads of the wrong types without failing', () => {
    const payload = {
      success: 'yes',
      iteration: '3',
      val_loss: 'low',
      metrics: [1],
      metadata: 7,
      timestamp: 12,
    };
    const read = resultOfEvent('training_failed', storedEvent(1, { payload }));
    expect(read).toMatchObject({ success: false, iteration: 0, valLoss: null, metrics: {}, metadata: {} });
    expect(read.timestamp).toBe('1970-01-01T00:00:12.000Z');
  });
});
