import { setTimeout as sleep } from 'node:timers/promises';
import type { EventFilter } from '../../../domain/realtime/contract';
import type { SqliteHistory } from '../../history/history';
import { judged, line, quantile } from '../measure';
import { QUERIES } from './queries';

/** Up to so many matches a count is to be exact. */
const EXACT_UP_TO = 100_000;

interface Count {
  readonly query: string;
  readonly ms: number;
  readonly exact: boolean;
  readonly total: number;
}

/** How long facets and histogram take, how many of them are exact, and how long those take that are counted on. */
export async function benchCounts(
  history: SqliteHistory,
  asked: (query: string) => EventFilter,
  rounds: number,
  when: string,
): Promise<string[]> {
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

const few = ({ total }: Count): boolean => total <= EXACT_UP_TO;

async function one(
  query: string,
  ask: () => Promise<{ readonly total: number; readonly exact: boolean }>,
): Promise<Count> {
  const begun = performance.now();
  const { total, exact } = await ask();
  return { query, ms: performance.now() - begun, exact, total };
}
