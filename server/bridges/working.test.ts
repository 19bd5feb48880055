import { expect, it } from 'vitest';
import { isWorking } from './working';

it('does not count a bridge as working that waits for its log', () => {
  const states = ['starting', 'importing', 'live', 'waiting', 'error', 'stopped'] as const;
  expect(states.filter((state) => isWorking({ state }))).toEqual(['starting', 'importing', 'live']);
});
