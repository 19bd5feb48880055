import { expect, it } from 'vitest';
import { agreementOf } from './agreement';

it('counts games without a told rate as validated, not as disagreeing', () => {
  const told = { games: 300, rated_games: 200, overall_rate: 0.99 };
  const untold = { games: 100, rated_games: 0, overall_rate: null };
  expect(agreementOf([told, untold])).toEqual({ games: 400, share: 0.99 });
  expect(agreementOf([untold])).toEqual({ games: 100, share: null });
  expect(agreementOf([])).toEqual({ games: 0, share: null });
});
