import { describe, expect, it } from 'vitest';
import { LIFECYCLES } from './lifecycles';

describe('lifecycles', () => {
  it.each(Object.entries(LIFECYCLES))(
    '%s refers to its own steps and can begin and end',
    (_id, { steps }) => {
      const ids = steps.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { after } of steps) for (const before of after) expect(ids).toContain(before);
      expect(steps.some(({ role }) => role === 'start')).toBe(true);
      expect(steps.some(({ role }) => role === 'end')).toBe(true);
    },
  );
});
