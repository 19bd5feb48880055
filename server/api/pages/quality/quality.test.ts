import { expect, it } from 'vitest';
import { event, T0 } from '../../../../domain/projections/testing/event';
import { folded } from '../../../../domain/projections/testing/run';
import { pageInput } from '../input';
import { qualityAverages } from './averages';
import { qualityParity } from './parity';

it('draws the parity of configs that were validated in the stretch, though others agreed less before', () => {
  const validated = (config_key: string, parity_rate: number, at: number) =>
    event(
      'PARITY_VALIDATION_COMPLETED',
      { config_key, parity_rate, games_validated: 100, success: true },
      at,
    );
  const states = folded([
    ...Array.from({ length: 12 }, (_, n) => validated(`old${n}`, 0.5, n)),
    validated('hex8_2p', 0.99, 1_000),
  ]).states();
  const { series, omitted } = qualityParity(states, pageInput.parse({ since: T0 + 500 }));
  expect(series.map(({ config, points }) => [config, points])).toEqual([['hex8_2p', [[T0 + 1_000, 0.99]]]]);
  expect(omitted).toBe(0);
});

it('names the last of the games of an hour, whichever config it is of', () => {
  const game = (config_key: string, at: number) =>
    event(
      'QUALITY_SCORE_UPDATED',
      { config_key, is_per_game: true, quality_score: 0.5, game_id: config_key },
      at,
    );
  const [first, last, other] = [game('hex8_2p', 10), game('hex8_2p', 90), game('square8_2p', 50)];
  const { perGame } = qualityAverages(folded([first, last, other]).states(), pageInput.parse({}));
  expect(perGame).toMatchObject({ games: [3], events: [last.eventId] });
});
