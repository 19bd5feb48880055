import { setTimeout as sleep } from 'node:timers/promises';
import type { SqliteHistory } from '../../history/history';
import { judged, line, quantile } from '../measure';
import { HARD_QUERIES } from './hard-queries';
import { asked, QUERIES } from './queries';

/** Up to so many matches a count is to be exact. */
const EXACT_UP_TO = 100_000;
/** So long after its start the counting thread has read the columns of ten million events. */
const WARMED_MS = 2_000;

interface Count {
  readonly query: string;
  readonly ms: number;
  readonly exact: boolean;
  readonly total: number;
}

/** How long facets and histogram take, how many of them are exact, and how long those take that are counted on. */
export async function benchCounts(history: SqliteHistory, rounds: number, when: string): Promise<string[]> {
  const quick: Count[] = [];
  for (let n = 0; n < rounds; n++)
    for (const [query] of QUERIES) {
      quick.push(await one(query, () => history.summary(asked(query), { buckets: 60 })));
      // As an operator who looks at the answer: what a count leaves behind is not its own time.
      await sleep(20);
    }
  const estimated = [...new Set(quick.filter(few).flatMap(({ query, exact }) => (exact ? [] : [query])))];
  const exact: Count[] = [];
  for (const query of estimated)
    exact.push(await one(query, () => history.exactSummary(asked(query), { buckets: 60 })));
  const all = quick.filter(few);
  const later = new Map(exact.map(({ query, ms }) => [query, ms]));
  const untilExact = all.map((count) => count.ms + (count.exact ? 0 : (later.get(count.query) ?? Infinity)));
  const times = quick.map(({ ms }) => ms);
  return [
    line(`facets and histogram, ${when}: median`, quantile(times, 0.5), 'ms'),
    judged(`facets and histogram, ${when}, p95`, quantile(times, 0.95), 'ms', { below: 300 }),
    line(`facets and histogram, ${when}, p99`, quantile(times, 0.99), 'ms'),
    line(
      `  of ${String(all.length)} with up to 100,000 matches exact at once`,
      (all.filter(({ exact }) => exact).length / all.length) * 100,
      '%',
    ),
    judged('  until those are exact, p95', quantile(untilExact, 0.95), 'ms', { below: 300 }),
    ...exact
      .filter(few)
      .map((count) =>
        line(
          `    counted on: ${count.query} (${count.total.toLocaleString('en-GB')}${count.exact ? '' : ' ESTIMATED'})`,
          count.ms,
          'ms',
        ),
      ),
  ];
}

/** How long counts of hard queries take the first time that they are asked. `BENCH_SEARCH_EACH=1` tells of each. */
export async function benchHardCounts(history: SqliteHistory): Promise<string[]> {
  // As where the page is opened: the thread starts, and reads what the first counts would have to.
  history.expectCounts();
  await sleep(WARMED_MS);
  const counts: Count[] = [];
  for (const query of HARD_QUERIES) {
    counts.push(await one(query, () => history.summary(asked(query), { buckets: 60 })));
    await sleep(20);
  }
  const some = counts.filter(few);
  const exact = some.filter((count) => count.exact);
  const bar = { below: 300 };
  const slowest = [...counts].sort((a, b) => b.ms - a.ms);
  const told = process.env['BENCH_SEARCH_EACH'] === '1' ? slowest : slowest.slice(0, 10);
  return [
    ...[counts, some].flatMap((all, place) => {
      const name = `${String(all.length)} hard counts${place === 0 ? '' : ' of up to 100,000'}`;
      const times = all.map(({ ms }) => ms);
      return [
        line(`${name}: median`, quantile(times, 0.5), 'ms'),
        judged(`${name}, p95`, quantile(times, 0.95), 'ms', bar),
        line(`${name}, p99`, quantile(times, 0.99), 'ms'),
      ];
    }),
    line('  exact at once of up to 100,000', (exact.length / some.length) * 100, '%'),
    line('  exact within 300 ms', (exact.filter(({ ms }) => ms < 300).length / some.length) * 100, '%'),
    ...told.map(({ query, ms, total, exact: is }) =>
      line(`    ${query}: ${total.toLocaleString('en-GB')}${is ? '' : ' ESTIMATED'}`, ms, 'ms'),
    ),
  ];
}

const few = ({ total }: Count): boolean => total <= EXACT_UP_TO;

async function one(
  query: string,
  ask: () => Promise<{ readonly total: number; readonly exact: boolean }>,
): Promise<Count> {
  const begun = performance.now();
  const { total, exact } = await ask();
  return { query, ms: performance.now() - begun, exact, total };
}
