import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { timeOf } from './line-sql';

const db = new Database(':memory:');
const written = db
  .prepare<[number], string | number>(`SELECT ${timeOf('t')} FROM (SELECT CAST(? AS REAL) AS t)`)
  .pluck();
/** Between neighbours, the last place of a time lies at 2^-22. */
const [first, last] = [2 ** 30, 2 ** 31 - 2 ** -22];

it('SQLite writes the digits of a time as JavaScript does', () => {
  const anywhere = fc.double({ min: first, max: last, noNaN: true });
  const places = fc.constantFrom(...[1, 10, 1e3, 1e4, 1e6, 1e7, 1e9, 2 ** 8, 2 ** 9, 2 ** 22]);
  const time = fc.tuple(anywhere, places).map(([at, by]) => Math.min(last, Math.round(at * by) / by));
  const check = (at: number): void => {
    expect(String(written.get(at))).toBe(String(at));
  };
  fc.assert(fc.property(fc.oneof(anywhere, time), check), { numRuns: 5_000 });
  [first, last, 2 ** 30 + 2 ** -22, 1_766_700_000.001, 1_418_817_442.59765625].forEach(check);
});
