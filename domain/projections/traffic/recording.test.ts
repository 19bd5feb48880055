import { expect, it } from 'vitest';
import { CATALOGUE, driftOf, normaliseEventType } from '../../events';
import type { StoredEvent } from '../../events/envelope';
import type { JsonObject } from '../../json';
import { describeRecording, type Recording } from '../testing/recording.test-support';
import { entityOf, folded, tableOf } from '../testing/run';
import { driftByType, trafficSeries, typeSeries, type TypeEntity } from '.';

describeRecording('the traffic', (recording) => {
  const typesOf = ({ fold }: Recording) =>
    tableOf(fold, 'traffic.types') as unknown as ReadonlyMap<string, TypeEntity>;
  /** The spellings of a type among the raw rows, as a list for SQL. */
  const spellings = (type: string): string =>
    recording()
      .rows<{ name: string }>('SELECT DISTINCT event_type AS name FROM events')
      .filter(({ name }) => normaliseEventType(name) === type)
      .map(({ name }) => `'${name}'`)
      .join(', ');

  it('has the count and the newest event of every type', () => {
    const types = typesOf(recording());
    expect(types.size).toBe(80);
    for (const [type, { count, last }] of types) {
      const where = `FROM events WHERE event_type IN (${spellings(type)})`;
      expect(count, type).toBe(recording().value(`SELECT count(*) ${where}`));
      expect(last?.timestamp, type).toBe(recording().value(`SELECT max(created_at) ${where}`));
    }
  });

  it('has the rate of every type over the last 60 minutes', () => {
    for (const [type, { rate_per_hour: rate }] of typesOf(recording())) {
      const sql = `SELECT count(*) FROM events WHERE event_type IN (${spellings(type)}) AND
        CAST(created_at / 60 AS INTEGER) > (SELECT CAST(max(created_at) / 60 AS INTEGER) FROM events) - 60`;
      expect(rate, type).toBe(recording().value(sql));
    }
  });

  it('knows which types the catalogue lacks', () => {
    const names = new Set(CATALOGUE.map(({ name }) => name));
    const unknown = [...typesOf(recording()).values()].filter(({ catalogued }) => !catalogued);
    const raw = recording().rows<{ name: string; n: number }>(
      'SELECT event_type AS name, count(*) AS n FROM events GROUP BY 1',
    );
    const expected = raw.filter(({ name }) => !names.has(normaliseEventType(name)));
    expect(unknown.map(({ event_type }) => event_type).sort()).toEqual(
      [...new Set(expected.map(({ name }) => normaliseEventType(name)))].sort(),
    );
    expect(entityOf(recording().fold, 'traffic.total', 'all')['uncatalogued']).toBe(
      expected.reduce((sum, { n }) => sum + n, 0),
    );
  });

  it('has the traffic of each hour, of each category, and of the only origin', () => {
    const { fold, rows, value } = bound(recording());
    const { traffic } = fold.states();
    const hourly = rows<{ hour: number; n: number }>(
      'SELECT CAST(created_at / 3600 AS INTEGER) AS hour, count(*) AS n FROM events GROUP BY 1 ORDER BY 1',
    );
    const origin = trafficSeries(traffic, 'origin', null, null);
    expect(origin?.from).toBe(Number(hourly[0]?.hour) * 3_600);
    expect(origin?.rows).toEqual([
      { name: 'cross_process', counts: hourly.map(({ n }) => n), total: 32_874 },
    ]);
    const training = CATALOGUE.filter(({ category }) => category === 'training').map(({ name }) =>
      spellings(name),
    );
    const inTraining = `SELECT count(*) FROM events WHERE event_type IN (${training.filter(Boolean).join(', ')})`;
    const byCategory = trafficSeries(traffic, 'category', null, null);
    expect(byCategory?.rows.find(({ name }) => name === 'training')?.total).toBe(value(inTraining));
  });

  it('has the traffic of the last hour by the minute, and of the last day by ten of them', () => {
    const { fold, rows } = bound(recording());
    const { traffic } = fold.states();
    const counted = (seconds: number, type: string, slots: number) =>
      new Map(
        rows<{ slot: number; n: number }>(
          `SELECT CAST(created_at / ${seconds} AS INTEGER) AS slot, count(*) AS n FROM events
           WHERE event_type IN (${spellings(type)}) AND slot > (SELECT CAST(max(created_at) / ${seconds} AS INTEGER) FROM events) - ${slots} GROUP BY 1`,
        ).map(({ slot, n }) => [slot, n]),
      );
    const newest = Math.floor((fold.clock ?? 0) / 600);
    const tens = counted(600, 'WORK_QUEUED', 144);
    expect(typeSeries(traffic, 'WORK_QUEUED', 'tens')).toEqual(
      Array.from({ length: 144 }, (_, at) => tens.get(newest - 143 + at) ?? 0),
    );
    const hour = trafficSeries(traffic, 'type', (fold.clock ?? 0) - 3_540, null);
    const minutes = counted(60, 'SELFPLAY_COMPLETE', 60);
    const row = hour?.rows.find(({ name }) => name === 'SELFPLAY_COMPLETE');
    expect(row?.counts).toEqual(row?.counts.map((_, at) => minutes.get((hour?.from ?? 0) / 60 + at) ?? 0));
    expect(row?.total).toBeGreaterThan(50);
  });

  it('counts the fields that differ as the raw payloads have them', () => {
    const { rows, value } = bound(recording());
    const checked = recording().events.map((each): StoredEvent => ({
      ...each,
      drift: driftOf(each.eventType, each.payload),
    }));
    const drift = new Map(
      driftByType(folded(checked).states().traffic).map((type) => [type.event_type, type]),
    );
    const fieldCount = (type: string, path: string) =>
      drift.get(type)?.fields.find((field) => field.path === path)?.count;
    const withField = (type: string, field: string) =>
      value(
        `SELECT count(*) FROM events WHERE event_type IN (${spellings(type)}) AND json_type(payload, '$.${field}') IS NOT NULL`,
      );
    const without = (type: string, field: string) =>
      value(
        `SELECT count(*) FROM events WHERE event_type IN (${spellings(type)}) AND json_type(payload, '$.${field}') IS NULL`,
      );
    expect(fieldCount('HEALTH_CHECK_PASSED', 'gpu_util')).toBe(withField('HEALTH_CHECK_PASSED', 'gpu_util'));
    expect(fieldCount('TRAINING_COMPLETED', 'job_id')).toBe(withField('TRAINING_COMPLETED', 'job_id'));
    expect(fieldCount('TRAINING_FAILED', 'job_id')).toBe(withField('TRAINING_FAILED', 'job_id'));
    expect(fieldCount('NPZ_EXPORT_COMPLETE', 'board_type')).toBe(
      without('NPZ_EXPORT_COMPLETE', 'board_type'),
    );
    // Every event with a finding, and no other, is counted once.
    const raw = rows<{ event_type: string; payload: string }>('SELECT event_type, payload FROM events');
    const differing = raw.filter(
      ({ event_type: type, payload }) =>
        driftOf(normaliseEventType(type), JSON.parse(payload) as JsonObject).length > 0,
    );
    expect([...drift.values()].reduce((sum, { drifted }) => sum + drifted, 0)).toBe(differing.length);
  });
});

/** The methods of a recording, to be called on their own. */
function bound(recording: Recording) {
  return {
    fold: recording.fold,
    rows: <T>(sql: string): T[] => recording.rows<T>(sql),
    value: (sql: string): unknown => recording.value(sql),
  };
}
