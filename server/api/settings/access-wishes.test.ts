import { expect, it } from 'vitest';
import { CATALOGUE } from '../../../domain/events/catalogue';
import { lineOf } from '../refusals/said';
import { newKeyInput } from './access-wishes';

const limitedTo = (...types: string[]) => newKeyInput.safeParse({ name: 'sim', role: 'producer', types });

it('limits a key to types in any spelling, known or not', () => {
  const spelled = CATALOGUE.flatMap(({ name, dataValue, stageValue }) => [name, dataValue, stageValue]);
  const known = spelled.filter((type) => type !== undefined);
  for (const type of [...known, 'new_games', 'com.ringrift/new-games:v2', ' MY_TYPE ', 'Größe'])
    expect(limitedTo(type)).toMatchObject({ success: true });
});

it.each([
  'a b',
  'NEW_GAMES_AVAILABLE ELO_UPDATED',
  'TRAINING_*',
  '*',
  '/TRAINING_.*/',
  'type:elo_updated?',
  '-',
  '',
])('refuses %j, which no type is called by', (type) => {
  const { error } = limitedTo('elo_updated', type);
  expect(error && lineOf(error)).toMatch(/^types\.1: give (whole names of event types, .*|at least 1 char)/);
});
