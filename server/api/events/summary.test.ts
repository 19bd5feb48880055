import { beforeEach, describe, expect, it } from 'vitest';
import type { SummaryOptions } from '../../history/query-types';
import { provideServices, type Services } from '../../services';
import { AS_OPERATOR } from '../trpc/principal.test-support';
import { appRouter } from '../router';
import { facetsOf, histogramOf } from './summary';

interface Asked {
  readonly how: 'summary' | 'exactSummary';
  readonly buckets: number;
  readonly signal: AbortSignal | undefined;
}
const asked: Asked[] = [];
const counting =
  (how: Asked['how']) =>
  (_filter: object, { buckets }: SummaryOptions, signal?: AbortSignal) => {
    asked.push({ how, buckets, signal });
    const [total, countable, histogram] = [7, how === 'summary', null];
    const sampled = how === 'summary' ? { events: 1, of: 2 } : null;
    return Promise.resolve({
      total,
      exact: !countable,
      countable,
      sampled,
      histogram,
      removed: 0,
      facets: {
        node: {
          values: [
            ['a', 5],
            ['b', 2],
          ],
          others: 3,
        },
      },
    });
  };

beforeEach(() => {
  asked.length = 0;
  const history = { summary: counting('summary'), exactSummary: counting('exactSummary') };
  provideServices({ history } as unknown as Services);
});

describe('a count', () => {
  it.each([
    [false, 'summary'],
    [true, 'exactSummary'],
  ] as const)('with exact=%s asks for a %s, at every door, and ends with its caller', async (exact, how) => {
    const { signal } = new AbortController();
    const answers = [
      await facetsOf({}, { exact, values: 12 }, signal),
      await histogramOf({}, { buckets: 7, exact }, signal),
      await appRouter.createCaller(AS_OPERATOR, { signal }).events.summary({ filter: {}, buckets: 9, exact }),
    ];
    expect(asked.map((each) => [each.how, each.buckets])).toEqual([
      [how, 0],
      [how, 7],
      [how, 9],
    ]);
    for (const each of asked) expect(each.signal).toBe(signal);
    // Only an estimate says of how many it is, and that it can be counted on.
    const told = exact ? { exact: true } : { exact: false, countable: true, sampled: { events: 1, of: 2 } };
    for (const answer of answers) expect(answer).toMatchObject({ total: 7, ...told });
    expect(answers.map((answer) => 'countable' in answer)).toEqual([!exact, !exact, !exact]);
  });

  it('is a quick one where the page does not say', async () => {
    await appRouter.createCaller(AS_OPERATOR).events.summary({ filter: {} });
    expect(asked.map(({ how }) => how)).toEqual(['summary']);
  });

  it('tells as many values of a field as are asked for, and counts the others', async () => {
    const { signal } = new AbortController();
    const { facets } = await facetsOf({}, { exact: false, values: 1 }, signal);
    expect(facets.node).toEqual({ values: [['a', 5]], others: 4 });
    const caller = appRouter.createCaller(AS_OPERATOR, { signal });
    const page = await caller.events.summary({ filter: {} });
    expect(page.facets.node).toEqual({
      values: [
        ['a', 5],
        ['b', 2],
      ],
      others: 3,
    });
  });
});
