import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope';
import type { JsonObject } from '../../json';
import { event } from '../testing/event';
import { entityOf, folded } from '../testing/run';

const model_id = 'hex8_2p_v2';

function holdersAfter(events: readonly StoredEvent[], id = model_id): Map<string, string> {
  const { models } = folded(events).states().models;
  return new Map([...(models.get(id)?.holders ?? [])].map(([node, { v }]) => [node, v]));
}
const distributed = (nodes: string[], at: number) =>
  event('MODEL_DISTRIBUTION_COMPLETE', { model_id, nodes }, at);
const invalidated = (payload: JsonObject, at: number) =>
  event('CACHE_INVALIDATED', { invalidation_type: 'model', target_id: model_id, ...payload }, at);

describe('the nodes that hold a model', () => {
  it('are those of all its distributions, and those that got it from a peer', () => {
    const events = [
      distributed(['a', 'b'], 1),
      distributed(['c'], 2),
      event('P2P_MODEL_SYNCED', { model_id, source_node: 'a', target_nodes: ['d'] }, 3),
      event('P2P_MODEL_SYNCED', { model_id, source_node: 'a', node_id: 'e' }, 4),
      event('P2P_MODEL_SYNCED', { model_id, source_node: 'a' }, 5, { hostname: 'f', node: 'f' }),
      event('P2P_MODEL_SYNCED', { model_id, source_node: 'a' }, 6, { hostname: 'a', node: 'a' }),
    ];
    expect(Object.fromEntries(holdersAfter(events))).toEqual({
      ...{ a: 'distributed', b: 'distributed', c: 'distributed' },
      ...{ d: 'synced', e: 'synced', f: 'synced' },
    });
    expect(entityOf(folded(events), 'models.models', model_id)).toMatchObject({ holders: 6 });
  });

  it('lose it with an invalidation that names them, until they get it anew', () => {
    const events = [
      distributed(['a', 'b', 'c'], 1),
      invalidated({ affected_nodes: ['a', 'b'], affected_models: [model_id] }, 2),
      event('P2P_MODEL_SYNCED', { model_id, target_nodes: ['b'] }, 3),
    ];
    expect(Object.fromEntries(holdersAfter(events))).toEqual({
      ...{ a: 'invalidated', b: 'synced', c: 'distributed' },
    });
    expect(entityOf(folded(events), 'models.models', model_id)).toMatchObject({ holders: 2 });
  });

  it('are told by an invalidation of a node, too', () => {
    const node = {
      invalidation_type: 'node',
      target_id: 'a',
      affected_models: [model_id],
      affected_nodes: [],
    };
    expect(holdersAfter([distributed(['a', 'b'], 1), event('CACHE_INVALIDATED', node, 2)])).toEqual(
      new Map([
        ['a', 'invalidated'],
        ['b', 'distributed'],
      ]),
    );
  });

  it('stay as they are when an invalidation names no node, or a distribution failed', () => {
    const before = holdersAfter([distributed(['a'], 1)]);
    expect(holdersAfter([distributed(['a'], 1), invalidated({ affected_nodes: [] }, 2)])).toEqual(before);
    const failed = event('MODEL_DISTRIBUTION_COMPLETE', { model_id, nodes: ['b'], success: false }, 2);
    expect(holdersAfter([distributed(['a'], 1), failed])).toEqual(before);
  });

  it('make no model known by an invalidation alone', () => {
    expect(
      folded([invalidated({ affected_nodes: ['a'] }, 1)])
        .topicReader('models.models')
        ?.entity(model_id),
    ).toBeUndefined();
  });

  it('do not depend on the order in which reports of a known model arrive', () => {
    const report = fc.record({
      kind: fc.constantFrom(
        'MODEL_DISTRIBUTION_COMPLETE',
        'P2P_MODEL_SYNCED',
        'CACHE_INVALIDATED',
        'MODEL_CORRUPTED',
      ),
      nodes: fc.uniqueArray(fc.constantFrom('a', 'b', '__proto__'), { maxLength: 3 }),
      at: fc.nat(20),
    });
    const reports = fc.array(report, { maxLength: 12 }).chain((all) => {
      const events = all.map(({ kind, nodes, at }, index) => {
        const lists = { nodes, target_nodes: nodes, affected_nodes: nodes };
        const target = { invalidation_type: 'model', target_id: model_id };
        return event(kind, { model_id, ...lists, ...target }, at, { seq: index + 2 });
      });
      return fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length }));
    });
    const known = event('TRAINING_COMPLETED', { model_id }, 0, { seq: 1 });
    fc.assert(
      fc.property(reports, ([events, other]) => {
        expect(holdersAfter([known, ...other])).toEqual(holdersAfter([known, ...events]));
      }),
    );
  });

  it('are kept for the models distributed last, and no more than 60,000 in all', () => {
    const nodes = Array.from({ length: 1_000 }, (_, index) => `node-${index}`);
    const fold = folded(
      Array.from({ length: 70 }, (_, index) =>
        event('MODEL_DISTRIBUTION_COMPLETE', { model_id: `hex8_2p_v${index}`, nodes }, index),
      ),
    );
    const { models, holders, holding } = fold.states().models;
    const counted = [...models.values()].reduce((sum, model) => sum + model.holders.size, 0);
    expect(holders).toBe(counted);
    expect(counted).toBeLessThanOrEqual(60_000);
    expect(holding.size).toBe([...models.values()].filter((model) => model.holders.size > 0).length);
    expect(entityOf(fold, 'models.models', 'hex8_2p_v0')).toMatchObject({ holders: null });
    expect(entityOf(fold, 'models.models', 'hex8_2p_v69')).toMatchObject({ holders: 1_000 });
  });
});

describe('a corrupted model', () => {
  const corrupted = event('MODEL_CORRUPTED', { model_id, corruption_type: 'checksum' }, 10, {
    hostname: 'a',
    node: 'a',
  });
  const status = (...events: StoredEvent[]) =>
    entityOf(
      folded([event('TRAINING_COMPLETED', { model_id }, 1), corrupted, ...events]),
      'models.models',
      model_id,
    );

  it('says why, and where', () => {
    expect(status()).toMatchObject({ status: 'corrupted', reason: 'checksum', holders: 0 });
    expect(holdersAfter([distributed(['a', 'b'], 2), corrupted])).toEqual(
      new Map([
        ['a', 'corrupted'],
        ['b', 'distributed'],
      ]),
    );
  });

  it('is whole again after a recovery or a distribution, not after those before', () => {
    const recovery = (at: number) =>
      event('RECOVERY_COMPLETED', { recovery_type: 'model', target: model_id }, at);
    expect(status(recovery(5))).toMatchObject({ status: 'corrupted' });
    expect(status(recovery(11))).toMatchObject({ status: 'trained', reason: null });
    expect(status(distributed(['a'], 11))).toMatchObject({ status: 'trained', holders: 1 });
  });
});
