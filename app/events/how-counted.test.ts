import { expect, it } from 'vitest';
import { howCounted } from './how-counted';

const estimate = { total: 4_321, exact: false, sampled: { events: 3_072, of: 10_000_000 }, removed: 0 };

it.each([
  ['Every match counted', { total: 4_321, exact: true, removed: 0 }, false],
  ['Every match counted; bars also count 7 removed since', { ...estimate, exact: true, removed: 7 }, false],
  ['≈ 4,321 match: estimated from 3.1K of 10M events', estimate, false],
  ['≈ 4,321 match: estimated from 3.1K of 10M events, still counting', estimate, true],
  ['No match met in 3.1K of 10M events, still counting', { ...estimate, total: 0 }, true],
  ['No match met yet', { total: 0, exact: false, removed: 0 }, false],
])('%s', (says, data, counting) => {
  expect(howCounted(data, counting)).toBe(says);
});
