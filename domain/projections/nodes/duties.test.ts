import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope';
import { event, T0 } from '../testing/event';
import { entityOf, folded } from '../testing/run';
import { currentDuties } from '.';

const work = (type: string, id: string, at: number, more: Record<string, string> = {}) =>
  event(type, { node_id: 'n1', work_id: id, ...more }, at, { hostname: 'n1' });
const labels = (events: readonly StoredEvent[]) => entityOf(folded(events), 'nodes.nodes', 'n1')['work'];

describe('current work', () => {
  it('is what was started and not ended, in any order', () => {
    const [started, done] = [
      work('WORK_STARTED', 'w1', 10, { work_type: 'selfplay' }),
      work('WORK_COMPLETED', 'w1', 20),
    ];
    expect(labels([started])).toEqual(['selfplay']);
    expect(labels([started, done])).toEqual([]);
    expect(labels([done, started])).toEqual([]);
  });

  it.each(['WORK_FAILED', 'WORK_TIMEOUT', 'WORK_CANCELLED', 'WORK_RETRY'])('ends with %s', (type) => {
    expect(labels([work('WORK_STARTED', 'w1', 10), work(type, 'w1', 20)])).toEqual([]);
  });

  it('names training by its config, and counts what is alike', () => {
    const training = event('TRAINING_STARTED', { node_name: 'n1', job_id: 'j1', config_key: 'hex8_2p' }, 5);
    const two = ['a', 'b'].map((id) => work('WORK_STARTED', id, 6, { work_type: 'selfplay' }));
    expect(labels([training, ...two])).toEqual(['selfplay ×2', 'training hex8_2p']);
  });

  it('ends where somebody else tells so, by its id or for its config', () => {
    const training = (id: string, config: string, at: number) =>
      event('TRAINING_STARTED', { node_name: 'n1', job_id: id, config_key: config }, at, { hostname: 'n1' });
    const begun = [training('j1', 'hex8_2p', 5), training('j2', 'hex8_3p', 6)];
    const told = (type: string, payload: Record<string, string>, at: number) =>
      event(type, payload, at, { hostname: 'coordinator' });
    expect(labels([...begun, told('TRAINING_FAILED', { config_key: 'hex8_2p' }, 9)])).toEqual([
      'training hex8_3p',
    ]);
    expect(labels([...begun, told('TRAINING_COMPLETED', { job_id: 'j2' }, 9)])).toEqual(['training hex8_2p']);
    expect(labels([...begun, told('TRAINING_FAILED', { config_key: 'hex8_2p' }, 4)])).toHaveLength(2);
    expect(labels([work('WORK_STARTED', 'w1', 5), told('WORK_TIMEOUT', { work_id: 'w1' }, 9)])).toEqual([]);
  });

  it('is given up for lost after six hours without a word, and is none while offline', () => {
    const started = work('WORK_STARTED', 'w1', 0, { work_type: 'sync' });
    const tick = (at: number) => event('WORK_QUEUED', {}, at, { hostname: 'n2' });
    expect(labels([started, tick(6 * 3_600)])).toEqual(['sync']);
    expect(labels([started, tick(6 * 3_600 + 60)])).toEqual([]);
    expect(labels([started, event('HOST_OFFLINE', { node_id: 'n1' }, 5)])).toEqual([]);
  });

  it('stays bounded', () => {
    const many = Array.from({ length: 100 }, (_, id) => work('WORK_STARTED', `w${id}`, id));
    const node = folded(many).states().nodes.nodes.get('n1');
    expect(node?.duties.size).toBeLessThanOrEqual(12);
    expect(currentDuties(node?.duties ?? new Map<string, never>(), T0 + 100).at(-1)?.id).toBe('w99');
  });
});

const sum = (events: readonly StoredEvent[], name: string) =>
  (folded(events).states().nodes.nodes.get(name)?.history.coarse.cells ?? []).reduce(
    (all, each) => all + each,
    0,
  );

describe('retries', () => {
  it('count against the node that worked on it, not against a coordinator', () => {
    const retry = (hostname: string) => event('WORK_RETRY', { work_id: 'w1' }, 20, { hostname });
    expect(sum([work('WORK_STARTED', 'w1', 10), retry('n1')], 'n1')).toBe(2);
    expect(sum([work('WORK_STARTED', 'w1', 10), retry('coordinator')], 'coordinator')).toBe(0);
  });
});

describe('a preempted job', () => {
  const started = work('WORK_STARTED', 'w1', 10, { work_type: 'selfplay' });
  const failed = (at: number) => work('WORK_FAILED', 'w1', at, { error: 'preempted' });
  const preempted = (payload: Record<string, string>, hostname: string) =>
    event('JOB_PREEMPTED', payload, 20, { hostname });

  it.each([
    ['the node', preempted({ job_id: 'w1', node_id: 'n1' }, 'n1')],
    ['a coordinator, which names no node', preempted({ job_id: 'w1' }, 'coordinator')],
    ['the node, by its work id', preempted({ work_id: 'w1', node_id: 'n1' }, 'n1')],
  ])('has ended, and did not fail where it was taken from: told by %s', (_, told) => {
    expect(labels([started, told])).toEqual([]);
    expect(sum([started, told, failed(20)], 'n1')).toBe(0);
  });

  it('may fail later, in another attempt', () => {
    const again = work('WORK_STARTED', 'w1', 30);
    const told = preempted({ job_id: 'w1', node_id: 'n1' }, 'n1');
    expect(sum([started, told, failed(20), again, failed(40)], 'n1')).toBe(2);
  });
});
