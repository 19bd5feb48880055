import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope';
import { event } from '../testing/event';
import { folded } from '../testing/run';
import { championOf } from './champion';
import { reignsOf, successions, type Succession } from './succession';

const config_key = 'hex8_2p';
const promoted = (model_id: string, at: number) => event('MODEL_PROMOTED', { model_id, config_key }, at);
const rolledBack = (model_id: string, rollback_to: string, at: number) =>
  event('PROMOTION_ROLLED_BACK', { model_id, rollback_to, config_key }, at);

function lineAfter(events: readonly StoredEvent[]) {
  const line = folded(events).states().models.configs.get(config_key)?.champions;
  if (line === undefined) throw new Error('the config is not known');
  return line;
}
const changes = (events: readonly StoredEvent[]): Succession[] => successions(lineAfter(events));

describe('the succession of champions', () => {
  const story = [
    promoted('v1', 1),
    promoted('v2', 2),
    promoted('v3', 3),
    rolledBack('v3', 'v2', 4),
    promoted('v4', 9),
  ];

  it('names who went, who came and how', () => {
    expect(changes(story).map(({ from, to, kind }) => [from, to, kind])).toEqual([
      [null, 'v1', 'promoted'],
      ['v1', 'v2', 'promoted'],
      ['v2', 'v3', 'promoted'],
      ['v3', 'v2', 'rolled_back'],
      ['v2', 'v4', 'promoted'],
    ]);
  });

  it('gives each model its times as champion', () => {
    expect(reignsOf(changes(story), 'v2')).toMatchObject([
      { replaced: 'v1', successor: 'v3', returned: false, rolled_back: false },
      { replaced: 'v3', successor: 'v4', returned: true, rolled_back: false },
    ]);
    expect(reignsOf(changes(story), 'v3')).toMatchObject([{ successor: 'v2', rolled_back: true }]);
    expect(reignsOf(changes(story), 'v4')).toMatchObject([{ until: null, ended: null, successor: null }]);
    expect(reignsOf(changes(story), 'v9')).toEqual([]);
  });

  it('counts a promotion of the champion itself for nothing', () => {
    expect(changes([promoted('v1', 1), promoted('v1', 2)])).toHaveLength(1);
  });

  it('goes on beyond the operations that are kept', () => {
    const many = Array.from({ length: 700 }, (_, index) => promoted(`v${index}`, index));
    const all = changes(many);
    expect(all.at(-1)).toMatchObject({ from: 'v698', to: 'v699' });
    expect(all[0]?.from).toBeNull();
    expect(all).toHaveLength(550);
  });

  it('is a chain that ends with the champion, whatever happens', () => {
    const models = ['v1', 'v2', 'v3'];
    const op = fc.record({
      type: fc.constantFrom('MODEL_PROMOTED', 'PROMOTION_ROLLED_BACK', 'TRAINING_ROLLBACK_COMPLETED'),
      model_id: fc.constantFrom(...models),
      rollback_to: fc.option(fc.constantFrom(...models), { nil: null }),
      rollback_from: fc.constantFrom(...models),
      at: fc.nat(50),
    });
    fc.assert(
      fc.property(fc.array(op, { minLength: 1, maxLength: 30 }), (ops) => {
        const line = lineAfter([
          promoted('v1', 0),
          ...ops.map(({ type, at, ...payload }) => event(type, { config_key, ...payload }, at)),
        ]);
        const all = successions(line);
        for (const [index, change] of all.entries()) {
          expect(change.from).toBe(index === 0 ? null : all[index - 1]!.to);
          expect(change.to).not.toBe(change.from);
          expect(change.t).toBeGreaterThanOrEqual(all[index - 1]?.t ?? -Infinity);
        }
        expect(all.at(-1)?.to ?? null).toBe(championOf(line)?.model ?? null);
      }),
    );
  });
});
