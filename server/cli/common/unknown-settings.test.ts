import { expect, it } from 'vitest';
import { SETTINGS } from '../../config';
import { unknownSettings } from './unknown-settings';

it.each([
  ['RINGSIDE_DATADIR', 'RINGSIDE_DATA_DIR'],
  ['RINGSIDE_DATA_DRI', 'RINGSIDE_DATA_DIR'],
  ['ringside_data_dir', 'RINGSIDE_DATA_DIR'],
  ['RINGSIDE_COORDINATION_DIR', 'RINGRIFT_COORDINATION_DIR'],
  ['RINGSIDE_PORT', 'PORT'],
  ['RINGSIDE_LOGLEVEL', 'LOG_LEVEL'],
  ['RINGSIDE_DUPLICATES_WINDOW', 'RINGSIDE_DUPLICATE_WINDOW'],
  ['RINGSIDE_KEYS', 'RINGSIDE_KEY'],
])('takes %s for a slip of %s', (name, meant) => {
  expect(unknownSettings({ [name]: 'x' })).toEqual([
    `${name}: no setting has this name, so it changes nothing; ${meant} was likely meant`,
  ]);
});

it('names no other where none is near', () => {
  expect(unknownSettings({ RINGSIDE_COLOUR: 'x', RINGSIDE_X: 'x' })).toEqual([
    'RINGSIDE_COLOUR: no setting has this name, so it changes nothing',
    'RINGSIDE_X: no setting has this name, so it changes nothing',
  ]);
});

it('leaves alone what is known, what is not ours, and what is empty', () => {
  expect(unknownSettings(Object.fromEntries(SETTINGS.map((name) => [name, 'x'])))).toEqual([]);
  expect(unknownSettings({ RINGRIFT_WORKERS: '4', PATH: '/bin', RINGSIDE_DATADIR: ' ' })).toEqual([]);
});
