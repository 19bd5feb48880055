import fc from 'fast-check';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { EventRow, Severity } from '@/domain/events/envelope';
import { FLOWS } from '@/domain/events/relations/flows';
import type {
  ConfigEntity,
  FlowStepEntity,
  ProblemEntity,
  RunEntity,
  StageEntity,
} from '@/domain/realtime/entities';
import { ConfigTable } from './config-table';
import { RunList } from './run-list';
import {
  activeRuns,
  bestRated,
  byConfig,
  explainedAt,
  mergeNewest,
  nodesHint,
  runExplainedAt,
  worstFirst,
} from './selectors';
import { eventsHref, flowSteps, pipelineSteps } from './steps';

const problem = (id: string, severity: Severity, since: number) => ({ id, severity, since }) as ProblemEntity;
const row = (seq: number) => ({ seq }) as EventRow;

describe('selectors', () => {
  it('lists problems worst first, then newest first, and last what somebody takes care of', () => {
    const listed = worstFirst([
      problem('a', 'warning', 1),
      problem('b', 'critical', 9),
      problem('c', 'critical', 5),
      problem('d', 'error', 0),
      { ...problem('e', 'critical', 10), acknowledged: { by: 'user:kim' } as ProblemEntity['acknowledged'] },
    ]);
    expect(listed.map(({ id }) => id)).toEqual(['b', 'c', 'd', 'a', 'e']);
  });

  it('lead from a problem to the page of its subject, whatever its name', () => {
    const about = (subject_kind: ProblemEntity['subject_kind'], subject: string, page: string) =>
      explainedAt({ ...problem('a', 'error', 0), subject_kind, subject, page });
    expect(about('node', 'gpu/1', '/nodes')).toBe('/nodes/gpu%2F1');
    expect(about('model', 'hex8_2p_v1', '/models')).toBe('/models/hex8_2p_v1');
    expect(about('config', 'hex8_2p', '/quality')).toBe('/quality?config=hex8_2p');
    expect(about('lock', 'train', '/work')).toBe('/work');
  });

  it('lead from a run to its training, and to its model once there is one', () => {
    expect(runExplainedAt({ run_id: 'job/8', model_id: null })).toBe('/training/job%2F8');
    expect(runExplainedAt({ run_id: 'job/8', model_id: 'hex8_2p_v9' })).toBe('/models/hex8_2p_v9');
  });

  it('lead from a champion to its model', () => {
    const champion = {
      ...{ config: 'hex8_2p', champion: 'hex8_2p_v9', champion_since: 1 },
      ...{ previous: null, elo: null, elo_model: null, best_elo: null, best_model: null, elo_spark: [] },
    } as unknown as ConfigEntity;
    const drawn = renderToStaticMarkup(createElement(ConfigTable, { configs: [champion] }));
    expect(drawn).toMatch(/href="\/models\/hex8_2p_v9"[^>]*>hex8_2p_v9</);
  });

  it('tell a stage that is done from one under way', () => {
    const drawn = (status: 'active' | 'done'): string => {
      const hops = [{ stage: 'training', started_at: 1, ended_at: null, status }];
      const run = { run_id: 'job', model_id: null, node: 'gh200-a', stage: 'training', started_at: 1, hops };
      const runs = [{ ...run, epoch: 13, total_epochs: 13 } as unknown as RunEntity];
      return renderToStaticMarkup(createElement(RunList, { runs })).replaceAll(/<[^>]*>/g, '');
    };
    expect(drawn('active')).toContain('Training on gh200-aepoch 13/13');
    expect(drawn('done')).toMatch(/Training done on gh200-a$/);
  });

  it('lists configs as people count', () => {
    const listed = byConfig(
      ['square19_2p', 'square8_2p', 'hex8_2p'].map((config) => ({ config }) as ConfigEntity),
    );
    expect(listed.map(({ config }) => config)).toEqual(['hex8_2p', 'square8_2p', 'square19_2p']);
  });

  it('tells how many nodes are down or not well', () => {
    const calm = { up: 3, total: 3, stale: 0, impaired: 0, pressed: 0 };
    expect(nodesHint({ ...calm, up: 0, total: 0 })).toBe('none seen yet');
    expect(nodesHint(calm)).toBe('none down or impaired');
    expect(nodesHint({ ...calm, up: 1, impaired: 1, stale: 1 })).toBe('1 down, 1 stale, 1 impaired');
    expect(nodesHint({ ...calm, up: 1200, total: 1200, pressed: 1100 })).toBe('1,100 under pressure');
  });

  it('finds the best rated config, if any is rated', () => {
    const config = (name: string, elo: number | null) => ({ config: name, elo }) as ConfigEntity;
    expect(bestRated([config('a', null)])).toBeUndefined();
    expect(
      bestRated([config('a', null), config('b', 1500), config('c', 1700), config('d', 1600)])?.config,
    ).toBe('c');
  });

  it('takes active runs only, the latest first', () => {
    const run = (run_id: string, status: RunEntity['status'], started_at: number) =>
      ({ run_id, status, started_at }) as RunEntity;
    expect(
      activeRuns([run('a', 'active', 1), run('b', 'promoted', 9), run('c', 'active', 5)]).map(
        (r) => r.run_id,
      ),
    ).toEqual(['c', 'a']);
  });

  it('keeps the newest rows, newest first, each once, over any frames', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 10 }),
        fc.integer({ min: 1, max: 40 }),
        (sizes, limit) => {
          let held: EventRow[] = [];
          let seq = 0;
          for (const size of sizes) {
            const frame = Array.from({ length: size }, () => row(++seq));
            held = mergeNewest(mergeNewest(held, frame, limit), frame, limit);
          }
          expect(held.map((r) => r.seq)).toEqual(
            Array.from({ length: seq }, (_, i) => seq - i).slice(0, limit),
          );
        },
      ),
    );
  });
});

describe('steps', () => {
  it('gives every box of the pipeline the figures of its stage', () => {
    const stage = {
      stage: 'sync',
      count: 7,
      failed: 2,
      in_progress: 1,
      rate_per_hour: 3,
      spark: [1],
    } as unknown as StageEntity;
    const steps = pipelineSteps(FLOWS.pipeline, new Map([['sync', stage]]));
    expect([...steps.keys()]).toEqual(FLOWS.pipeline.steps.map((step) => step.id));
    expect(steps.get('DATA_SYNC_COMPLETED')).toMatchObject({
      count: 7,
      failed: 2,
      inProgress: 1,
      ratePerHour: 3,
    });
    expect(steps.get('SELFPLAY_COMPLETE')).toMatchObject({ count: 0, failed: 0, last: null });
  });

  it('reads a small flow by its own keys, not by those of the other flow', () => {
    const entity = { count: 4 } as FlowStepEntity;
    const steps = flowSteps(
      'recovery',
      FLOWS.recovery,
      new Map([
        ['recovery/MODEL_PROMOTED', entity],
        ['quality/TRAINING_COMPLETED', entity],
      ]),
    );
    expect(steps.get('MODEL_PROMOTED')?.count).toBe(4);
    expect(steps.get('TRAINING_COMPLETED')?.count).toBe(0);
  });

  it('keeps the figures of a box whose entity did not change, so that it need not render', () => {
    const entity = { stage: 'sync', count: 7 } as unknown as StageEntity;
    const of = (stages: ReadonlyMap<string, StageEntity>, id: string) =>
      pipelineSteps(FLOWS.pipeline, stages).get(id);
    expect(of(new Map([['sync', entity]]), 'DATA_SYNC_COMPLETED')).toBe(
      of(new Map([['sync', entity]]), 'DATA_SYNC_COMPLETED'),
    );
    expect(of(new Map(), 'MODEL_PROMOTED')).toBe(of(new Map([['sync', entity]]), 'MODEL_PROMOTED'));
    expect(of(new Map([['sync', { ...entity, count: 8 }]]), 'DATA_SYNC_COMPLETED')?.count).toBe(8);
  });

  it('links to the events of a step, and not where it has none', () => {
    expect(eventsHref(['A_B', 'C'])).toBe('/events?type=A_B,C');
    expect(eventsHref([])).toBeNull();
  });
});
