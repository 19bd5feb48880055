import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope';
import type { Json, JsonObject } from '../../json';
import { event } from '../testing/event';
import { entityOf, folded, tableOf } from '../testing/run';
import { LEARNING_TYPES } from './fold';
import { sayValue } from './values';

const search = (events: readonly StoredEvent[], key: string) =>
  entityOf(folded(events), 'learning.searches', key);
const method = (events: readonly StoredEvent[], key: string) =>
  entityOf(folded(events), 'learning.methods', key);

describe('a search', () => {
  const run_id = 'nas_1';
  const story = [
    event(
      'NAS_TRIGGERED',
      { run_id, reason: 'scheduled', parameters_searched: 3, generations: 4, population_size: 16 },
      0,
    ),
    event('NAS_STARTED', { run_id, config_key: 'hex8_2p', generations: 4 }, 1),
    event('NAS_GENERATION_COMPLETE', { run_id, generation: 1, best_fitness: 0.5 }, 100),
    event('NAS_GENERATION_COMPLETE', { run_id, generation: 2, best_fitness: 0.6 }, 200),
    event('NAS_BEST_ARCHITECTURE', { run_id, architecture: { blocks: 12, head: 'conv' }, fitness: 0.6 }, 201),
    event('NAS_COMPLETED', { run_id, best_architecture: { blocks: 14 }, best_fitness: 0.55 }, 300),
  ];

  it('goes from its order to its result', () => {
    const statuses = story.map((_, index) => search(story.slice(0, index + 1), 'nas/nas_1')['status']);
    expect(statuses).toEqual(['triggered', 'running', 'running', 'running', 'running', 'completed']);
    expect(search(story, 'nas/nas_1')).toMatchObject({
      ...{ run_id, config: 'hex8_2p', reason: 'scheduled', parameters_searched: 3, population_size: 16 },
      ...{ generation: 2, generations: 4, best_fitness: 0.6, fitness: [0.5, 0.6, 0.55], result: 'blocks 14' },
    });
    expect(method(story, 'nas')).toEqual({ method: 'nas', runs: 1, completed: 1, failed: 0, open: 0 });
  });

  it('without an id is another one once the one before was silent for six hours', () => {
    const order = (seconds: number) => event('CMAES_TRIGGERED', { config_key: 'hex8_2p' }, seconds);
    expect(method([order(0), order(6 * 3600)], 'cmaes')).toMatchObject({ runs: 1, open: 1 });
    expect(method([order(0), order(6 * 3600 + 1)], 'cmaes')).toMatchObject({ runs: 2, open: 1 });
  });

  it('is counted once, however its events arrive and are spelled', () => {
    const shuffled = [story[3]!, story[0]!, story[5]!, story[1]!];
    expect(method(shuffled, 'nas')).toMatchObject({ runs: 1, completed: 1 });
    expect(search(shuffled, 'nas/nas_1')).toMatchObject({
      status: 'completed',
      started_at: story[0]!.timestamp,
    });
    const stage = [event('cmaes_triggered', { run_id: 'c' }, 0), event('cmaes_complete', { run_id: 'c' }, 1)];
    expect(method(stage, 'cmaes')).toMatchObject({ runs: 1, completed: 1 });
  });

  it('fails when it says so, and says why', () => {
    const failed = event('CMAES_COMPLETED', { run_id: 'c', success: false, error: 'diverged\nat step 3' }, 2);
    expect(search([failed], 'cmaes/c')).toMatchObject({ status: 'failed', error: 'diverged' });
    expect(method([event('PBT_FAILED', { run_id: 'p' }, 2)], 'pbt')).toMatchObject({ runs: 1, failed: 1 });
    const again = event('CMAES_COMPLETED', { run_id: 'c', success: true }, 3);
    expect(method([failed, again], 'cmaes')).toMatchObject({ runs: 1, completed: 1, failed: 0 });
  });

  it('turns silent after six hours of event time, and is touched then', () => {
    const started = event('PBT_STARTED', { run_id: 'p' }, 0);
    const fold = folded([started]);
    const touched = new Set<string>();
    const later = (seconds: number) =>
      fold.fold(event('HOST_ONLINE', { node_id: 'a' }, seconds), (topic, key) =>
        touched.add(`${topic} ${key}`),
      );
    later(6 * 3600);
    expect(entityOf(fold, 'learning.searches', 'pbt/p')).toMatchObject({ status: 'running' });
    touched.clear();
    later(6 * 3600 + 60);
    expect(entityOf(fold, 'learning.searches', 'pbt/p')).toMatchObject({ status: 'silent' });
    expect(entityOf(fold, 'learning.methods', 'pbt')).toMatchObject({ open: 0, runs: 1 });
    expect(touched).toContain('learning.searches pbt/p');
    expect(touched).toContain('learning.methods pbt');
  });

  it('without an id goes by its config, and another begins with the next order', () => {
    const config_key = 'hex8_2p';
    const events = [
      event('PBT_STARTED', { config_key }, 0),
      event('PBT_GENERATION_COMPLETE', { config_key, generation: 1, best_fitness: 1 }, 1),
      event('PBT_COMPLETED', { config_key }, 2),
      event('PBT_STARTED', { config_key }, 3),
    ];
    expect(method(events, 'pbt')).toMatchObject({ runs: 2, completed: 1, open: 1 });
    expect(search(events, 'pbt?hex8_2p')).toMatchObject({
      status: 'running',
      generation: null,
      run_id: null,
    });
  });
});

describe('parameters that changed', () => {
  const changesOf = (events: readonly StoredEvent[]) => folded(events).states().learning.changes;

  it('are told from old to new, with who set them', () => {
    const payload = { config: 'hex8_2p', param_name: 'learning_rate', old_value: 0.001, new_value: 0.0003 };
    expect(
      changesOf([event('HYPERPARAMETER_UPDATED', { ...payload, optimizer: 'manual' }, 5)]),
    ).toMatchObject([
      {
        config: 'hex8_2p',
        parameter: 'learning_rate',
        from: '0.001',
        to: '0.0003',
        by: 'manual',
        reason: null,
      },
    ]);
  });

  it('are one each where an event tells several', () => {
    const params_changed = { learning_rate: 0.0005, batch_size: 512 };
    const payload = { config_key: 'hex8_2p', params_changed, reason: 'elo_falling' };
    expect(changesOf([event('ADAPTIVE_PARAMS_CHANGED', payload, 5)])).toMatchObject([
      { parameter: 'learning_rate', from: null, to: '0.0005', by: 'adaptive', reason: 'elo_falling' },
      { parameter: 'batch_size', from: null, to: '512', by: 'adaptive', reason: 'elo_falling' },
    ]);
  });

  it('are the newest thousand, by time', () => {
    const all = Array.from({ length: 1_200 }, (_, index) =>
      event('HYPERPARAMETER_UPDATED', { param_name: `p${index}`, new_value: index }, (index * 7) % 1_200),
    );
    const kept = changesOf(all);
    expect(kept).toHaveLength(1_000);
    expect(kept.map(({ t }) => t)).toEqual(kept.map(({ t }) => t).sort((a, b) => a - b));
    expect(kept[0]!.t).toBe(Math.max(...all.map(({ timestamp }) => timestamp)) - 999);
  });
});

describe('the curriculum of a config', () => {
  const config_key = 'hex8_2p';
  const config = (events: readonly StoredEvent[], key = config_key) =>
    entityOf(folded(events), 'learning.configs', key);

  it('has the weight that was set last, by whichever event', () => {
    const events = [
      event('WEIGHT_UPDATED', { config_key, old_weight: 1, new_weight: 1.5 }, 10),
      event(
        'CURRICULUM_REBALANCED',
        { config: 'square8_2p', new_weights: { hex8_2p: 1.2, __proto__: 3 } },
        5,
      ),
    ];
    expect(config(events)).toMatchObject({ weight: 1.5, weights: [1.2, 1.5], weight_seq: events[0]!.seq });
  });

  it('takes weights under any name, and only numbers', () => {
    const new_weights = JSON.parse(
      '{"__proto__": 0.7, "constructor": 2, "hex8_2p": "much", "": 4}',
    ) as JsonObject;
    const fold = folded([event('CURRICULUM_REBALANCED', { new_weights }, 5)]);
    expect([...tableOf(fold, 'learning.configs').keys()].sort()).toEqual(['__proto__', 'constructor']);
    expect(JSON.stringify(fold.selectState('work'))).toContain(
      '"__proto__":{"config":"__proto__","weight":0.7',
    );
  });

  it('knows tier, exploration, boost, rate and the opponents mastered', () => {
    const events = [
      event('CURRICULUM_ADVANCED', { config_key, old_tier: 'tier_1', new_tier: 'tier_2' }, 1),
      event('EXPLORATION_ADJUSTED', { config_key, old_strategy: 'standard', new_strategy: 'annealed' }, 2),
      event(
        'EXPLORATION_BOOST',
        { config_key, boost_factor: 1.5, reason: 'plateau', duration_seconds: 60 },
        3,
      ),
      event('OPPONENT_MASTERED', { config_key, opponent_type: 'random', win_rate: 0.97 }, 4),
      event('OPPONENT_MASTERED', { config_key, opponent_type: 'random', win_rate: 0.9 }, 3),
      event('OPPONENT_MASTERED', { config_key, opponent_type: 'heuristic' }, 5),
      event('SELFPLAY_RATE_CHANGED', { config_key, old_rate: 1, new_rate: 0.4 }, 6),
    ];
    const t = (index: number) => events[index]!.timestamp;
    expect(config(events)).toMatchObject({
      ...{ tier: 'tier_2', exploration: 'annealed', selfplay_rate: 0.4, weight: null },
      boost: { factor: 1.5, reason: 'plateau', at: t(2), until: t(2) + 60 },
      mastered: [
        { opponent: 'random', win_rate: 0.97, at: t(3) },
        { opponent: 'heuristic', win_rate: null, at: t(5) },
      ],
    });
    expect(
      folded(events)
        .states()
        .learning.milestones.map(({ kind }) => kind),
    ).toEqual([...['tier', 'exploration', 'boost', 'mastered', 'mastered', 'mastered']]);
  });
});

describe('the learning projection', () => {
  const names = fc.constantFrom('a', 'b', 'c');
  const number = fc.oneof(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.integer());
  const payload = fc.record(
    {
      run_id: names,
      config_key: names,
      generation: number,
      best_fitness: number,
      success: fc.boolean(),
      new_weight: number,
      new_weights: fc.dictionary(names, number),
      params_changed: fc.dictionary(names, number),
      opponent_type: names,
      boost_factor: number,
      duration_seconds: number,
    },
    { requiredKeys: [] },
  );
  const one = fc.record({ type: fc.constantFrom(...LEARNING_TYPES), payload, at: fc.nat(40_000) });
  const histories = fc
    .array(one, { maxLength: 60 })
    .map((all) =>
      all.map((each, index) => event(each.type, each.payload as JsonObject, each.at, { seq: index + 1 })),
    );

  it('counts every event of its types, and every search once', () => {
    fc.assert(
      fc.property(histories, (events) => {
        const fold = folded(events);
        const counted = [...tableOf(fold, 'learning.types').values()] as { count: number }[];
        expect(counted.reduce((sum, { count }) => sum + count, 0)).toBe(events.length);
        const methods = [...tableOf(fold, 'learning.methods').values()] as Record<string, number>[];
        for (const { runs, completed, failed, open } of methods) {
          expect(completed! + failed! + open!).toBeLessThanOrEqual(runs!);
        }
      }),
    );
  });

  it('keeps weights in the order of time, whatever the order of arrival', () => {
    fc.assert(
      fc.property(histories, (events) => {
        for (const { weights } of folded(events).states().learning.configs.values()) {
          expect(weights.map(({ t }) => t)).toEqual(weights.map(({ t }) => t).sort((a, b) => a - b));
        }
      }),
    );
  });

  it('stays bounded whatever comes', () => {
    const many = Array.from({ length: 6_000 }, (_, n) =>
      event(
        LEARNING_TYPES[n % LEARNING_TYPES.length]!,
        {
          ...{ run_id: `r${n}`, config_key: `c${n}`, new_weight: n, opponent_type: `o${n}`, best_fitness: n },
          new_weights: Object.fromEntries(Array.from({ length: 300 }, (__, index) => [`w${index}`, n])),
        },
        n,
      ),
    );
    const state = folded(many).states().learning;
    expect(state.searches.size).toBeLessThanOrEqual(200);
    expect(state.configs.size).toBeLessThanOrEqual(200);
    expect(state.milestones.length).toBeLessThanOrEqual(500);
    expect(state.changes.length).toBeLessThanOrEqual(1_000);
    for (const { weights } of state.configs.values()) expect(weights.length).toBeLessThanOrEqual(400);
  });
});

describe('sayValue', () => {
  it.each<[Json | undefined, string | null]>([
    [undefined, null],
    [null, null],
    [0.0003, '0.0003'],
    [false, 'false'],
    ['conv', 'conv'],
    [{}, null],
    [{ blocks: 12, head: { a: 1 } }, 'blocks 12, head …'],
    [[1, 2, [3]], '1, 2, …'],
    [[1, 2, 3, 4, 5, 6, 7, 8], '1, 2, 3, 4, 5, 6, …'],
  ])('tells %j', (value, said) => {
    expect(sayValue(value)).toBe(said);
  });

  it('is short', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(sayValue(value as Json)?.length ?? 0).toBeLessThanOrEqual(80);
      }),
    );
  });
});
