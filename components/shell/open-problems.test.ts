import { expect, it } from 'vitest';
import { countedTitle } from './open-problems';

it('a tab tells how many problems wait, once, whatever its title was before', () => {
  expect(countedTitle('Elo · Ringside', 3)).toBe('(3) Elo · Ringside');
  expect(countedTitle('(3) Elo · Ringside', 12)).toBe('(12) Elo · Ringside');
  expect(countedTitle('(12) Elo · Ringside', 0)).toBe('Elo · Ringside');
  expect(countedTitle('hex8_2p (v4) · Ringside', 1)).toBe('(1) hex8_2p (v4) · Ringside');
});
