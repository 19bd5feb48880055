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

  it('is remembered by a fold that went back to before it was taken back', () => {
    // No other test here has findings of this stretch, which are counted.
    const early = event('RECOVERY_COMPLETED', { target: 'n1' }, 100);
    const late = event('RECOVERY_INITIATED', { target: 'n1' }, 50);
    const fold = folded([past, early]);
    const before = fold.snapshot();
    fold.fold(late);
    expect(tableOf(fold, 'lifecycle.findings').size).toBe(0);
    fold.restore(before);
    expect(tableOf(fold, 'lifecycle.findings').size).toBe(1);
    fold.fold(late);
    expect(tableOf(fold, 'lifecycle.findings').size).toBe(0);
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

describe('a step that is skipped or in vain', () => {
  const work = (step: string, at: number) => event(`WORK_${step}`, { work_id: 'w' }, at);
  const long = later(9 * HOUR);

  it('is not waited for once a later one shows that it happened untold', () => {
    const untold = [work('QUEUED', 0), work('STARTED', 60), work('COMPLETED', 120), long];
    expect(findings(untold).filter(({ kind }) => kind === 'overdue')).toEqual([]);
    expect(findings([work('QUEUED', 0), work('COMPLETED', 120), long])).toEqual([]);
    expect(findings([work('QUEUED', 0), work('CLAIMED', 1), work('COMPLETED', 120), long])).toEqual([]);
  });

  it('did not come late when something else ended the wait for it', () => {
    const claimed = [work('QUEUED', 0), work('CLAIMED', 1), later(HOUR)];
    expect(findings([...claimed, work('STARTED', 2 * HOUR)])).toMatchObject([
      { hop: 'work.start', resolved: true, took_seconds: 2 * HOUR - 1 },
    ]);
    expect(findings([...claimed, work('TIMEOUT', 2 * HOUR)])).toMatchObject([
      {
        ...{ hop: 'work.start', resolved: true, took_seconds: null },
        message: 'w: waited in vain for the node to start the work it claimed',
      },
    ]);
  });
});

describe('a sync that stalls', () => {
  const sync = (type: string, at: number) => event(type, { source: 'n1' }, at);
  const stalled = [sync('DATA_SYNC_STARTED', 0), sync('SYNC_STALLED', 600)];

  it('is not out of order when it completes all the same, nor awaited for ever', () => {
    expect(findings([...stalled, sync('DATA_SYNC_COMPLETED', 900)])).toEqual([]);
    expect(findings([...stalled, later(9 * HOUR)])).toEqual([]);
    expect(findings([...stalled, later(9 * HOUR), sync('DATA_SYNC_STARTED', 10 * HOUR)])).toEqual([]);
    expect(findings([sync('SYNC_STALLED', 600)])).toMatchObject([{ kind: 'out_of_order' }]);
    const over = [...stalled, sync('DATA_SYNC_COMPLETED', 900)];
    expect(findings([...over, sync('DATA_SYNC_COMPLETED', 1000)])).toMatchObject([{ kind: 'out_of_order' }]);
  });

  it('was waited for in vain once it stalled, and long once it completed', () => {
    const overdue = [sync('DATA_SYNC_STARTED', 0), later(HOUR), sync('SYNC_STALLED', 2 * HOUR)];
    expect(findings(overdue)).toMatchObject([{ kind: 'overdue', resolved: true, took_seconds: null }]);
    expect(findings([...overdue, sync('DATA_SYNC_COMPLETED', 3 * HOUR)])).toMatchObject([
      { kind: 'overdue', resolved: true, took_seconds: 3 * HOUR },
    ]);
  });
});

describe('an opening step that arrives after the closing one', () => {
  const model_id = 'hex8_2p_v1';
  const promoted = event('MODEL_PROMOTED', { model_id }, 100);
  const distributed = event('MODEL_DISTRIBUTION_COMPLETE', { model_id }, 140);
  const long = later(5 * HOUR);
  const waits = (events: readonly StoredEvent[]) =>
    findings(events).filter(({ hop }) => hop === 'pipeline.distribute');

  it('waits for nothing, if it happened before or is repeated', () => {
    expect(waits([promoted, distributed, long])).toEqual([]);
    expect(waits([distributed, promoted, long])).toEqual([]);
    expect(waits([promoted, distributed, { ...promoted, seq: 900_000 }, long])).toEqual([]);
  });

  it('waits if it happened after', () => {
    expect(waits([distributed, event('MODEL_PROMOTED', { model_id }, 200), long])).toHaveLength(1);
  });
});

describe('the decision on a model', () => {
  const decided = (type: string) => [
    ...[evaluation('STARTED', 0), evaluation('COMPLETED', 60), event(type, { model_id: 'hex8_2p_v1' }, 70)],
    ...[evaluation('STARTED', 5_000), evaluation('COMPLETED', 6_000), later(6_000 + 3 * HOUR)],
  ];

  it('is not awaited after another evaluation of a champion, but after one of a model that was turned down', () => {
    const waits = (type: string) =>
      findings(decided(type)).filter(({ hop, resolved }) => hop === 'pipeline.decide' && resolved === false);
    expect(waits('MODEL_PROMOTED')).toEqual([]);
    expect(waits('PROMOTION_REJECTED')).toHaveLength(1);
    const isPromotion = ({ eventType }: StoredEvent) => eventType === 'MODEL_PROMOTED';
    const all = decided('MODEL_PROMOTED');
    const toldLate = findings([...all.filter((each) => !isPromotion(each)), ...all.filter(isPromotion)]);
    expect(toldLate.filter(({ hop }) => hop === 'pipeline.decide')).toEqual([]);
  });
});

describe('a stall', () => {
  const waits = (config: string, seconds: number, rounds: number, from = 0) =>
    Array.from({ length: rounds }, (_, index) => {
      const names = { config_key: config, model_id: `${config}_v${from + index}` };
      const at = (from + index) * 600;
      return [event('TRAINING_COMPLETED', names, at), event('EVALUATION_STARTED', names, at + seconds)];
    }).flat();
  const waiting = (config: string, at: number) =>
    event('TRAINING_COMPLETED', { config_key: config, model_id: `${config}_new` }, at);
  const stallOf = (events: readonly StoredEvent[], config: string) =>
    findings(events).find(({ subject }) => subject === `${config}_new`);

  it('is told of the latest ones only where all that is under way becomes late at once', () => {
    const started = Array.from({ length: 1_000 }, (_, at) => evaluation('STARTED', at / 10, `m${at}`));
    const touched: string[] = [];
    const fold = folded([past, ...started]);
    fold.fold({ ...later(2 * HOUR + 200), seq: 2_000 }, (topic, key) => {
      if (topic === 'lifecycle.findings') touched.push(key);
    });
    const left = [...tableOf(fold, 'lifecycle.findings').keys()];
    expect(left.length).toBeGreaterThan(250);
    expect(left).toContain('evaluation.run:overdue:m999');
    expect(left).not.toContain('evaluation.run:overdue:m600');
    expect(touched.length).toBeLessThan(700);
  });

  it('is judged by the config’s own history of the hop, not by that of the others', () => {
    const both = [...waits('hex8_2p', 60, 10), ...waits('square8_2p', 900, 10)];
    const stalled = [...both, waiting('hex8_2p', 9000), waiting('square8_2p', 9000), later(9000 + 600)];
    expect(stallOf(stalled, 'hex8_2p')).toMatchObject({
      ...{
        hop: 'pipeline.evaluate',
        stage: 'evaluation',
        awaits: ['EVALUATION_STARTED', 'EVALUATION_COMPLETED'],
      },
      ...{ usual_seconds: 60, expected_seconds: 180, judged_by: 'config', samples: 10 },
      message:
        'hex8_2p_new: still waiting for the evaluation of the trained model to start, which usually takes 60 s',
    });
    expect(stallOf(stalled, 'square8_2p')).toBeUndefined();
  });

  it('is judged by all configs while its own history is short, and by a fixed limit while there is none', () => {
    const few = [
      ...waits('hex8_2p', 60, 12),
      ...waits('square8_2p', 60, 2, 20),
      waiting('square8_2p', 20_000),
    ];
    expect(stallOf([...few, later(20_600)], 'square8_2p')).toMatchObject({ judged_by: 'all', samples: 14 });
    const none = [waiting('square8_2p', 0), later(2 * HOUR + 90)];
    expect(stallOf(none, 'square8_2p')).toMatchObject({ judged_by: 'default', usual_seconds: null });
  });

  it('never counts less than two minutes', () => {
    const fast = [...waits('hex8_2p', 1, 10), waiting('hex8_2p', 9000)];
    expect(stallOf([...fast, later(9115)], 'hex8_2p')).toBeUndefined();
    expect(stallOf([...fast, later(9185)], 'hex8_2p')).toMatchObject({ expected_seconds: 120 });
  });

  it('is a pause in what goes on all the time', () => {
    const games = (at: number) => event('SELFPLAY_COMPLETE', { config_key: 'hex8_2p' }, at);
    const usual = Array.from({ length: 12 }, (_, index) => games(index * 100));
    const paused = findings([...usual, later(1100 + 420)]);
    expect(paused).toMatchObject([
      { hop: 'pipeline.selfplay', subject: 'hex8_2p', usual_seconds: 100, resolved: false },
    ]);
    const resumed = [...usual, later(1100 + 420), games(2000)];
    expect(findings(resumed)).toMatchObject([{ resolved: true, took_seconds: 900 }]);
    // What arrives late may show that there was no pause at all.
    expect(findings([...resumed, games(1200)])).toEqual([]);
  });

  it('ends with the export of a config when its threshold is looked at', () => {
    const begun = event('NPZ_EXPORT_STARTED', { config_key: 'hex8_2p', output_path: 'a.npz' }, 0);
    const untold = event('NPZ_EXPORT_COMPLETE', { config: '' }, 100);
    const after = event('TRAINING_THRESHOLD_REACHED', { config: 'hex8_2p', job_id: 'j' }, 100);
    const started = event('TRAINING_STARTED', { config_key: 'hex8_2p', job_id: 'j' }, 110);
    const exports = (events: readonly StoredEvent[]) =>
      findings(events).filter(({ hop }) => hop === 'pipeline.export');
    expect(exports([begun, untold, later(2 * HOUR)])).toHaveLength(1);
    expect(exports([begun, untold, after, started, later(2 * HOUR)])).toEqual([]);
  });
});
