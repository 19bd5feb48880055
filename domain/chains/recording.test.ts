import { expect, it } from 'vitest';
import type { StoredEvent } from '../events/envelope';
import { describeRecording } from '../projections/testing/recording.test-support';
import { chainsOf, missingStep, type Chain, type ChainKind } from '.';
import { plainFind } from './testing.test-support';

/** Each chain stands beside the SQL over the raw rows that it must equal. */
describeRecording('the chains', (recording) => {
  const eventAt = (seq: number): StoredEvent => {
    const event = recording().events[seq - 1];
    if (event?.seq !== seq) throw new Error(`the recording has no row ${seq}`);
    return event;
  };
  /** Only what is near in time: the plain search looks at every event for every lookup. */
  const chain = (seq: number, kind: ChainKind): Chain | undefined => {
    const event = eventAt(seq);
    const near = recording().events.filter(
      ({ timestamp }) => Math.abs(timestamp - event.timestamp) < 4 * 3600,
    );
    return chainsOf(event, plainFind(near)).find((each) => each.kind === kind);
  };
  const rowIds = (sql: string, ...params: unknown[]): number[] =>
    recording()
      .rows<{ event_id: number }>(
        `SELECT event_id FROM events WHERE ${sql} ORDER BY created_at, event_id`,
        ...params,
      )
      .map(({ event_id }) => event_id);

  it('lead a training run from its export to the fate of its model', () => {
    const job = 'square8_3p_1766824582';
    const members = chain(31504, 'run')?.members ?? [];
    const named = rowIds(`instr(payload, '${job}') OR instr(payload, '"model_id": "square8_3p_v45"')`);
    const whileItLasted = rowIds(
      `upper(event_type) IN ('TRAINING_LOSS_TREND', 'TRAINING_LOSS_ANOMALY', 'TRAINING_EARLY_STOPPED')
       AND instr(payload, '"square8_3p"') AND created_at BETWEEN (SELECT created_at FROM events WHERE event_id = 31504)
       AND (SELECT created_at FROM events WHERE event_id = 31941)`,
    );
    const exported = recording().rows<{ event_id: number }>(
      `SELECT event_id FROM events WHERE upper(event_type) LIKE 'NPZ_EXPORT%' AND created_at <= (SELECT created_at
       FROM events WHERE event_id = 31502) AND instr(payload, '"square8"') AND instr(payload, '"num_players": 3')
       ORDER BY created_at DESC LIMIT 2`,
    );
    expect(members.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(
      [...new Set([...named, ...whileItLasted, ...exported.map(({ event_id }) => event_id)])].sort(
        (a, b) => a - b,
      ),
    );
    // The same chain, whichever of its events is asked.
    for (const { seq } of members.filter((_, index) => index % 7 === 0))
      expect(chain(seq, 'run')?.members.map((each) => each.seq)).toEqual(members.map((each) => each.seq));
  });

  it('hold a node’s outage from the loss to the return', () => {
    const members = chain(31977, 'outage')?.members.map(({ seq }) => seq);
    expect(members).toEqual(
      rowIds(
        `event_id >= 31977 AND created_at <= (SELECT created_at FROM events WHERE event_id = 32311)
         AND instr(payload, '"vast-4090-1"') AND upper(event_type) IN ('HOST_OFFLINE', 'HOST_ONLINE', 'NODE_RECOVERED',
         'RECOVERY_INITIATED', 'RECOVERY_COMPLETED', 'TASK_ORPHANED', 'WORK_TIMEOUT', 'HEALTH_CHECK_FAILED', 'NODE_UNHEALTHY')`,
      ),
    );
    expect(members).toEqual(expect.arrayContaining([31977, 31978, 32311, 32312, 32313]));
  });

  it('hold each quality episode from its report to the first word that it is over', () => {
    const degraded = rowIds("event_type = 'quality_degraded'");
    expect(degraded.length).toBeGreaterThan(40);
    for (const seq of degraded) {
      const found = chain(seq, 'quality');
      const { config } = eventAt(seq);
      const penalty = rowIds(
        `event_type = 'quality_penalty_applied' AND instr(payload, '"${config ?? ''}"') AND created_at = (SELECT created_at FROM events WHERE event_id = ?)`,
        seq,
      );
      expect(found?.members.map((each) => each.seq)).toEqual(expect.arrayContaining([seq, ...penalty]));
      expect(new Set(found?.members.map((each) => each.config))).toEqual(new Set([config]));
    }
  });

  it('hold everything of a piece of work, and say what is still to come', () => {
    for (const work of ['work_9999', 'work_9805', 'work_9969']) {
      const ids = rowIds('instr(payload, ?)', `"${work}"`);
      const found = chain(ids[0] ?? 0, 'work');
      expect(found?.members.map(({ seq }) => seq)).toEqual(ids);
    }
    const lost = rowIds(
      `event_type = 'work_started' AND NOT EXISTS (SELECT 1 FROM events e WHERE e.event_id > events.event_id
       AND e.event_type IN ('work_completed', 'work_failed', 'work_retry', 'work_timeout', 'work_cancelled')
       AND json_extract(e.payload, '$.work_id') = json_extract(events.payload, '$.work_id'))`,
    );
    const open = chain(lost[0] ?? 0, 'work');
    const usual = () => ({ limit: 600, usual_seconds: 90 });
    const now = (open?.members.at(-1)?.timestamp ?? 0) + 30;
    expect(open && missingStep(open, usual, now)).toMatchObject({
      types: ['WORK_COMPLETED', 'WORK_FAILED'],
      after: 'WORK_STARTED',
      usual_seconds: 90,
      given_up: false,
    });
    expect(open && missingStep(open, usual, now + 86_400)?.given_up).toBe(true);
  });

  it('follow a bad model from the regression to its rollback', () => {
    const found = chain(26672, 'rollback');
    expect(found?.members.map(({ seq }) => seq)).toEqual([
      26672, 26673, 26674, 26682, 26683, 26684, 26685, 26686,
    ]);
    expect(found?.awaits).toEqual([]);
  });
});
