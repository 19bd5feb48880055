import { describe, expect, it } from 'vitest';
import type { TrainingRunEntity } from '@/domain/projections/training/entities';
import { runsIn, runsToDraw } from './runs';

const run = (job_id: string, more: Partial<TrainingRunEntity>) =>
  ({
    ...{ job_id, config: 'hex8_2p', status: 'completed', started_at: 100, triggered_at: null },
    ...{ ended_at: 200, updated_at: 200, epoch: 5, ...more },
  }) as TrainingRunEntity;
const ids = (runs: readonly TrainingRunEntity[]) => runs.map(({ job_id }) => job_id);
const ALL = { configs: [], since: null, until: null };

describe('the runs of a page', () => {
  const runs = [
    run('old', {}),
    run('new', { started_at: 300, ended_at: 400 }),
    run('other', { config: 'square8_3p', started_at: 250 }),
    run('none', { config: null, started_at: null, triggered_at: 50, ended_at: null, updated_at: 60 }),
  ];

  it('come newest first', () => {
    expect(ids(runsIn(runs, ALL))).toEqual(['new', 'other', 'old', 'none']);
  });

  it('are those of the configs asked for', () => {
    expect(ids(runsIn(runs, { ...ALL, configs: ['hex8_2p'] }))).toEqual(['new', 'old']);
  });

  it('are those that lie in the stretch at least in part', () => {
    expect(ids(runsIn(runs, { ...ALL, since: 150, until: 260 }))).toEqual(['other', 'old']);
    expect(ids(runsIn(runs, { ...ALL, since: 150, until: 299 }))).not.toContain('new');
  });
});

describe('the runs that are drawn while nobody chose', () => {
  it('are those under way with an epoch to draw', () => {
    const active = ['a', 'b', 'c', 'd', 'e'].map((id) => run(id, { status: 'running' }));
    const queued = run('q', { status: 'queued', epoch: null });
    expect(runsToDraw([queued, run('z', {}), ...active])).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are else the newest that ended', () => {
    expect(runsToDraw(['1', '2', '3', '4'].map((id) => run(id, {})))).toEqual(['1', '2', '3']);
  });
});
