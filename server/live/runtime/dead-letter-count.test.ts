import { describe, expect, it } from 'vitest';
import { DeadLetterCount } from './dead-letter-count';

describe('DeadLetterCount', () => {
  it('keeps the last figure while history cannot answer, and asks one question at a time', async () => {
    const answers: (() => Promise<{ letters: []; total: number }>)[] = [];
    let asked = 0;
    const count = new DeadLetterCount({
      listDeadLetters: () => {
        asked++;
        return answers.shift()?.() ?? Promise.reject(new Error('no answer left'));
      },
    });
    answers.push(() => Promise.resolve({ letters: [], total: 7 }));
    await Promise.all([count.refresh(), count.refresh()]);
    expect([count.open, asked]).toEqual([7, 1]);
    await count.refresh();
    expect([count.open, asked]).toEqual([7, 2]);
    answers.push(() => Promise.resolve({ letters: [], total: 0 }));
    await count.refresh();
    expect(count.open).toBe(0);
  });
});
