import { expect, it } from 'vitest';
import { describeRecording } from '../testing/recording.test-support';
import { tableOf } from '../testing/run';
import type { Durations, Finding } from './state';

const CONFIGS = ['hex8_2p', 'hex8_3p', 'square8_2p', 'square8_3p', 'square19_2p', 'hexagonal_2p'];

/** How long each step waited for the one after it, of the same subject. */
const waits = (opens: string, closes: string, by: string) =>
  `WITH o AS MATERIALIZED (SELECT payload ->> '${by}' AS subject, payload ->> 'config_key' AS config, created_at AS t FROM events WHERE event_type = '${opens}'),
     c AS MATERIALIZED (SELECT payload ->> '${by}' AS subject, created_at AS t FROM events WHERE event_type IN (${closes}))
   SELECT config, c.t - o.t AS seconds FROM o JOIN c USING (subject) ORDER BY c.t`;

describeRecording('the lifecycles', (recording) => {
  const hopOf = (hop: string) => recording().fold.states().problems.lifecycle.hops.get(hop);
  const sorted = (rows: readonly { seconds: number }[]) =>
    rows
      .slice(-64)
      .map(({ seconds }) => seconds)
      .sort((a, b) => a - b);
  const expectOwn = (hop: string, sql: string) => {
    const rows = recording().rows<{ config: string; seconds: number }>(sql);
    for (const config of CONFIGS) {
      const own = rows.filter((row) => row.config === config);
      expect(own.length).toBeGreaterThan(20);
      expectSame(hopOf(hop)?.own.get(config), sorted(own));
    }
  };
  const expectSame = (told: Durations | undefined, expected: readonly number[]) => {
    const found = [...(told?.seconds ?? [])].sort((a, b) => a - b);
    expect(found).toHaveLength(expected.length);
    found.forEach((seconds, index) => expect(seconds).toBeCloseTo(expected[index] ?? NaN, 3));
  };

  it('know how long an evaluation is usually waited for, per config', () => {
    expectOwn('pipeline.evaluate', waits('TRAINING_COMPLETED', `'EVALUATION_STARTED'`, 'model_id'));
  });

  it('know how long a training usually takes, per config', () => {
    const sql = waits('TRAINING_STARTED', `'TRAINING_COMPLETED', 'TRAINING_FAILED'`, 'job_id');
    expectOwn('training.run', sql);
  });

  it('know how long an evaluation usually takes, per config', () => {
    expectOwn('evaluation.run', waits('EVALUATION_STARTED', `'EVALUATION_COMPLETED'`, 'model_id'));
  });

  it('know how long a sync usually takes that does not stall, over all', () => {
    const ended = `SELECT c.created_at - (SELECT max(o.created_at) FROM events o WHERE o.event_type = 'DATA_SYNC_STARTED'
        AND o.payload ->> 'source' = c.payload ->> 'source' AND o.created_at <= c.created_at) AS seconds
      FROM events c WHERE c.event_type IN ('DATA_SYNC_COMPLETED', 'DATA_SYNC_FAILED') ORDER BY c.created_at`;
    expectSame(hopOf('sync.run')?.all, sorted(recording().rows(ended)));
    expect(hopOf('sync.run')?.own.size).toBe(0);
  });

  it('find the pauses in selfplay that are far beyond the usual, and nothing of the pipeline besides', () => {
    const all = [...tableOf(recording().fold, 'lifecycle.findings').values()] as Finding[];
    const stalls = all.filter(({ stage }) => stage !== null);
    expect(stalls.map(({ hop, config }) => [hop, config]).sort()).toEqual([
      ['pipeline.selfplay', 'hex8_2p'],
      ['pipeline.selfplay', 'square8_2p'],
    ]);
    for (const stall of stalls) {
      const pause = recording().value(
        `SELECT min(created_at) - ? FROM events WHERE event_type = 'SELFPLAY_COMPLETE' AND payload ->> 'config_key' = ? AND created_at > ?`,
        ...[stall.since, stall.config, stall.since],
      );
      expect(stall).toMatchObject({ resolved: true, judged_by: 'config', samples: 64 });
      expect(stall.took_seconds).toBeCloseTo(Number(pause), 3);
      expect(stall.took_seconds).toBeGreaterThan(stall.expected_seconds ?? Infinity);
    }
  });
});
