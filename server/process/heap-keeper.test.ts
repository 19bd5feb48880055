import { expect, test } from 'vitest';
import { shouldCompact } from './heap-keeper';

const MB = 2 ** 20;

test('asks for memory back when much is held for nothing, until little is', () => {
  const used = 120 * MB;
  expect(shouldCompact({ used, held: used + 60 * MB }, false)).toBe(false);
  expect(shouldCompact({ used, held: used + 80 * MB }, false)).toBe(true);
  expect(shouldCompact({ used, held: used + 60 * MB }, true)).toBe(true);
  expect(shouldCompact({ used, held: used + 30 * MB }, true)).toBe(false);
});
