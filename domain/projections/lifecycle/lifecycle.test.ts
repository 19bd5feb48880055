import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope';
import { event, T0 } from '../testing/event';
import { entityOf, folded, tableOf } from '../testing/run';

const HOUR = 3600;
/** History reaches back far enough that a missing first step is not excused. */
const past = event('TASK_SPAWNED', {}, -10 * HOUR);
const later = (seconds: number) => event('TASK_SPAWNED', {}, seconds);
const findings = (events: readonly StoredEvent[]) =>
  [...tableOf(folded([past, ...events]), 'lifecycle.findings').values()] as Record<string, unknown>[];
const evaluation = (step: string, at: number, model = 'hex8_2p_v1') =>
  event(`EVALUATION_${step}`, { model_id: model }, at);

describe('a step out of order', () => {
  it('is a finding, which adds up to a problem for an hour', () => {
    const early = evaluation('COMPLETED', 0);
    expect(findings([early])).toMatchObject([
      { kind: 'out_of_order', subject: 'hex8_2p_v1', resolved: false },
    ]);
    const problem = 'lifecycle:evaluation.run:out_of_order';
    expect(
      entityOf(folded([past, early, evaluation('COMPLETED', 1, 'hex8_2p_v2')]), 'problems.open', problem)[
        'count'
      ],
    ).toBe(2);
    expect(tableOf(folded([past, early, later(2 * HOUR)]), 'problems.open').has(problem)).toBe(false);
  });

  it('is none when its beginning arrives late but happened in time', () => {
    expect(findings([evaluation('COMPLETED', 100), evaluation('STARTED', 50)])).toEqual([]);
  });

  it('is none where history itself begins in the middle', () => {
    const fold = folded([evaluation('COMPLETED', 0)]);
    expect(tableOf(fold, 'lifecycle.findings').size).toBe(0);
  });

  it('knows a training by its config where a producer leaves the job out', () => {
    const started = event('TRAINING_STARTED', { config_key: 'hex8_2p', job_id: 'j' }, 0);
    const progress = event('TRAINING_PROGRESS', { config_key: 'hex8_2p', epoch: 1 }, 10);
    const ended = event('TRAINING_COMPLETED', { config_key: 'hex8_2p' }, 20);
    expect(findings([started, progress, ended])).toEqual([]);
  });
});

describe('an overdue step', () => {
  it('is a finding by event time, resolved when the step comes after all', () => {
    const late = [evaluation('STARTED', 0), later(2 * HOUR + 90)];
    expect(findings(late)).toMatchObject([
      {
        kind: 'overdue',
        hop: 'evaluation.run',
        since: T0,
        at: T0 + 2 * HOUR,
        resolved: false,
        took_seconds: null,
      },
    ]);
    const done = findings([...late, evaluation('COMPLETED', 3 * HOUR)]);
    expect(done.find(({ hop }) => hop === 'evaluation.run')).toMatchObject({
      resolved: true,
      took_seconds: 3 * HOUR,
    });
  });

  it('was a false alarm when the step turns out to have come in time', () => {
    const late = [evaluation('STARTED', 0), later(2 * HOUR + 90), evaluation('COMPLETED', 60)];
    expect(findings(late).filter(({ hop }) => hop === 'evaluation.run')).toEqual([]);
  });

  it('is measured against its own history once there is enough of it', () => {
    const usual = Array.from({ length: 16 }, (_, index) => {
      const model = `hex8_2p_v${index}`;
      return [evaluation('STARTED', index * 1000, model), evaluation('COMPLETED', index * 1000 + 300, model)];
    }).flat();
    const slow = [...usual, evaluation('STARTED', 20_000, 'slow'), later(20_000 + 960)];
    expect(findings(slow).filter(({ subject }) => subject === 'slow')).toMatchObject([
      { expected_seconds: 900 },
    ]);
  });

  it('is given up after hours, so that a lost event does not ask for attention for ever', () => {
    const lost = findings([evaluation('STARTED', 0), later(3 * HOUR), later(9 * HOUR)]);
    expect(lost).toMatchObject([{ kind: 'overdue', resolved: true, took_seconds: null }]);
  });
});
