import { expect, it } from 'vitest';
import { answeredKeys, answerKeys } from './answered-keys';
import { PAGE_KEYS, workingKeys } from './page-keys';

it('gives each key one meaning, and none that the shell has taken', () => {
  const keys: string[] = PAGE_KEYS.flatMap((entry) => [...entry.keys]);
  expect(new Set(keys).size).toBe(keys.length);
  for (const taken of ['g', '?', 'n', 'b']) expect(keys).not.toContain(taken);
});

it('tells of a key exactly while some part of the page answers it', () => {
  const list = answerKeys(['j', 'ArrowDown', 'Escape']);
  const panel = answerKeys(['Escape', '[']);
  expect(workingKeys(answeredKeys()).map(({ keys }) => keys)).toEqual([
    ['j', 'ArrowDown'],
    ['Escape'],
    ['['],
  ]);
  list();
  expect(workingKeys(answeredKeys()).map(({ keys }) => keys)).toEqual([['Escape'], ['[']]);
  panel();
  expect(workingKeys(answeredKeys())).toEqual([]);
});
