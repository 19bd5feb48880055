import { describe, expect, it } from 'vitest';
import type { HopRow, RunRow } from '@/server/api/pages/pipeline/runs';
import { ticksOf } from '@/components/charts/waterfall';
import { barOf, scaleOf } from './segments';

const hop = (
  stage: HopRow['stage'],
  from: number | null,
  to: number | null,
  more: Partial<HopRow> = {},
): HopRow => ({
  ...{ stage, started_at: from, started_seq: null, ended_at: to, ended_seq: null, took: null, waited: null },
  ...{ status: to === null ? 'active' : 'done', guessed: false },
  ...more,
});
const run = (status: RunRow['status'], hops: HopRow[]): RunRow => ({
  ...{ run_id: 'j', config: null, job_id: 'j', model_id: null, node: null, lead_seconds: null },
  ...{ status, started_at: 1_000, updated_at: 2_000, hops },
});

describe('the bar of a run', () => {
  it('begins with the first moment and shows waiting before work', () => {
    const bar = barOf(run('promoted', [hop('selfplay', 1_000, 1_300), hop('sync', 1_400, 1_500)]), 9_000);
    expect(bar).toMatchObject({ origin: 1_000, length: 500 });
    expect(bar.segments[1]).toMatchObject({ from: 300, start: 400, to: 500, data: true });
  });

  it('reaches to now while it is under way, and no further than it is known once it was given up', () => {
    const hops = [hop('threshold', null, 1_000), hop('training', 1_010, null)];
    expect(barOf(run('active', hops), 4_000).length).toBe(3_000);
    expect(barOf(run('stale', hops), 4_000).length).toBe(10);
  });

  it('lets a stage that is over without an end reach to the next', () => {
    const hops = [hop('export', 1_000, null, { status: 'done' }), hop('threshold', null, 1_200)];
    const bar = barOf(run('promoted', hops), 90_000);
    expect(bar.length).toBe(200);
    expect(bar.segments[0]).toMatchObject({ to: 200, guessed: true });
  });
});

describe('the scale', () => {
  it('fits all bars, but none far beyond the others', () => {
    const bars = (...lengths: number[]) => lengths.map((length) => ({ origin: 0, length, segments: [] }));
    expect(scaleOf(bars(100, 200, 300))).toBe(300);
    expect(scaleOf(bars(100, 100, 90_000))).toBe(300);
    expect(scaleOf([])).toBe(60);
  });

  it('has a few round marks', () => {
    for (const length of [60, 700, 5_000, 90_000, 3_000_000, 40_000_000]) {
      expect(ticksOf(length).length).toBeGreaterThan(1);
      expect(ticksOf(length).length).toBeLessThan(11);
    }
  });
});
