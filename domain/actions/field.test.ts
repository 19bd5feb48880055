import { describe, expect, it } from 'vitest';
import { formProblem, type Field } from './field';

const FIELDS: readonly Field[] = [
  { name: 'config_key', label: 'Config', type: 'config', required: true },
  { name: 'games', label: 'Games', type: 'integer', required: true, least: 0, most: 100 },
  { name: 'rate', label: 'Rate', type: 'number', required: false },
  { name: 'priority', label: 'Priority', type: 'choice', required: false, options: ['normal', 'high'] },
];
const problemOf = (values: Record<string, unknown>): string | null =>
  formProblem(FIELDS, { config_key: 'hex8_2p', games: 5, ...values });

describe('what is wrong with a form', () => {
  it('is what is missing, or what the field takes instead of what is there', () => {
    expect(problemOf({})).toBeNull();
    expect(problemOf({ rate: undefined })).toBeNull();
    expect(problemOf({ games: undefined })).toBe('Games is needed.');
    expect(problemOf({ games: Number('abc') })).toBe('Games: must be a whole number.');
    expect(problemOf({ games: 1.5 })).toBe('Games: must be a whole number.');
    expect(problemOf({ games: 101 })).toBe('Games: must be at most 100.');
    expect(problemOf({ rate: Number('abc') })).toBe('Rate: must be a number.');
    expect(problemOf({ priority: 'high' })).toBeNull();
    expect(problemOf({ priority: 'low' })).toBe('Priority: must be one of normal, high.');
  });
});
