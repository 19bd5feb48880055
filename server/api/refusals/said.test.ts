import { expect, it } from 'vitest';
import * as z from 'zod';
import { lineOf } from './said';

const schema = z.strictObject({
  text: z.string().min(1).max(3).optional(),
  list: z.array(z.string()).min(1).max(3).optional(),
  number: z.number().positive().max(9).optional(),
  own: z.string().max(1, 'one letter').optional(),
});

it.each([
  [{ text: '' }, 'text: give at least 1 character'],
  [{ text: 'abcd' }, 'text: give at most 3 characters'],
  [{ list: [] }, 'list: give at least 1 value'],
  [{ list: ['a', 'b', 'c', 'd'] }, 'list: give at most 3 values'],
  [{ number: 0 }, 'number: give a number above 0'],
  [{ number: 10 }, 'number: give a number of at most 9'],
  [{ number: Infinity }, 'number: give a number, not Infinity'],
  [{ number: null }, 'number: give a number, not null'],
  [{ own: 'ab' }, 'own: one letter'],
  [{ other: 1 }, 'there is no field other'],
])('%j: %s', (given, line) => {
  expect(lineOf(schema.safeParse(given).error ?? { issues: [] })).toBe(line);
});
