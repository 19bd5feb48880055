import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COLUMN_IDS,
  COLUMNS,
  gridColumns,
  moveColumn,
  orUsual,
  readColumns,
  toggleColumn,
  USUAL_COLUMNS,
  type ColumnId,
} from './list-look';

const columns = fc.uniqueArray(fc.constantFrom(...COLUMN_IDS), { minLength: 1 });
const id = fc.constantFrom(...COLUMN_IDS);

describe('the columns of the list', () => {
  it('are each there at most once and never none, whatever is chosen and moved', () => {
    const step = fc.record({ id, move: fc.constantFrom(0 as const, -1 as const, 1 as const) });
    fc.assert(
      fc.property(columns, fc.array(step, { maxLength: 20 }), (start, steps) => {
        const end = steps.reduce<readonly ColumnId[]>(
          (shown, { id, move }) => (move === 0 ? toggleColumn(shown, id) : moveColumn(shown, id, move)),
          start,
        );
        expect(end.length).toBeGreaterThan(0);
        expect(readColumns(end.join())).toEqual(end);
      }),
    );
  });

  it('have room for a time that is told with its year and its seconds', () => {
    // 19 letters of the mono font, 0.6 em each, at 0.75 rem.
    const needed = '2025-12-27 09:00:04'.length * 0.6 * 0.75;
    for (const { width } of [COLUMNS.time, COLUMNS.received])
      expect(Number(/([\d.]+)rem/.exec(width)?.[1])).toBeGreaterThanOrEqual(needed);
  });

  it('come back to their usual places', () => {
    for (const each of USUAL_COLUMNS)
      expect(orUsual(toggleColumn(toggleColumn(USUAL_COLUMNS, each), each))).toBeNull();
    expect(moveColumn(['time', 'type', 'node'], 'node', -1)).toEqual(['time', 'node', 'type']);
    expect(moveColumn(['time', 'type'], 'time', -1)).toEqual(['time', 'type']);
  });

  it.each(['', 'time,', 'time,nothing', 'time,time', 'toString'])('are not read from %j', (text) => {
    expect(readColumns(text)).toBeNull();
  });

  it('have a track each, at every width', () => {
    const tracks = (text: string): number => text.split(' ').length;
    const usual = gridColumns({ columns: null, density: 'compact', times: 'clock' });
    expect(Object.values(usual).map(tracks)).toEqual([7, 8, 8]);
    const chosen = gridColumns({ columns: ['source', 'seq'], density: 'compact', times: 'clock' });
    expect(Object.values(chosen).map(tracks)).toEqual([2, 2, 2]);
  });
});
