import { expect, it } from 'vitest';
import { describeRecording } from '../../../../domain/projections/testing/recording.test-support';
import { CATALOGUE, normaliseEventType } from '../../../../domain/events';
import { typeFigures } from '../catalogue';
import { trafficHappened, trafficInput } from '.';

describeRecording('the charts of the router and catalogue pages', (recording) => {
  const chart = (given: Record<string, unknown>) =>
    trafficHappened(recording().fold.states(), trafficInput.parse(given));

  it('draw every event once, whatever they are split by', () => {
    for (const by of ['category', 'type', 'origin'])
      expect(chart({ by }).rows.reduce((sum, { total }) => sum + total, 0)).toBe(
        recording().value('SELECT count(*) FROM events'),
      );
  });

  it('draw the rate of each whole hour', () => {
    const [row] = chart({ by: 'origin' }).rows;
    const hours = recording().rows<{ hour: number; n: number }>(
      'SELECT CAST(created_at / 3600 AS INTEGER) AS hour, count(*) AS n FROM events GROUP BY 1 ORDER BY 1',
    );
    const whole = hours.slice(1, -1).map(({ hour, n }) => [hour * 3_600, Math.round((n * 100) / 60) / 100]);
    expect(row?.points.slice(1, -1)).toEqual(whole);
  });

  it('name the commonest types, and the commonest categories', () => {
    const raw = recording().rows<{ name: string; n: number }>(
      'SELECT event_type AS name, count(*) AS n FROM events GROUP BY 1',
    );
    const ranked = (nameOf: (type: string) => string): string[] => {
      const sums = new Map<string, number>();
      for (const { name, n } of raw) {
        const key = nameOf(normaliseEventType(name));
        sums.set(key, (sums.get(key) ?? 0) + n);
      }
      return [...sums].sort((a, b) => b[1] - a[1]).map(([name]) => name);
    };
    const category = new Map<string, string>(CATALOGUE.map((entry) => [entry.name, entry.category]));
    const shown = (by: string) =>
      chart({ by })
        .rows.map(({ name }) => name)
        .slice(0, 5);
    expect(shown('type')).toEqual(ranked((type) => type).slice(0, 5));
    expect(shown('category')).toEqual(ranked((type) => category.get(type) ?? 'uncatalogued').slice(0, 5));
  });

  it('draw the last 24 hours of a type in steps of ten minutes', () => {
    const { day } = typeFigures(recording().fold.states(), 'TRAINING_COMPLETED');
    const since = 'CAST((SELECT max(created_at) FROM events) / 600 AS INTEGER) - 143';
    expect(day?.reduce((sum, count) => sum + count, 0)).toBe(
      recording().value(
        `SELECT count(*) FROM events WHERE event_type = 'TRAINING_COMPLETED' AND created_at >= (${since}) * 600`,
      ),
    );
  });
});
