import { expect, it } from 'vitest';
import { nextPanel } from './panels';

it('goes from panel to panel, and first to the beginning of the one it is in', () => {
  expect(nextPanel(['after', 'after'], 1)).toBe(0);
  expect(nextPanel(['after', 'after'], -1)).toBeNull();
  expect(nextPanel(['itself', 'after'], 1)).toBe(1);
  expect(nextPanel(['before', 'around', 'after'], 1)).toBe(2);
  expect(nextPanel(['before', 'around', 'after'], -1)).toBe(1);
  expect(nextPanel(['before', 'itself'], -1)).toBe(0);
  expect(nextPanel(['before', 'itself'], 1)).toBeNull();
  // Between two panels, and within one that lies in another.
  expect(nextPanel(['before', 'after'], 1)).toBe(1);
  expect(nextPanel(['before', 'after'], -1)).toBe(0);
  expect(nextPanel(['around', 'around', 'after'], -1)).toBe(1);
  expect(nextPanel([], 1)).toBeNull();
});
