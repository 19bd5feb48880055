import { describe, expect, it } from 'vitest';
import { readRecent, withRecent } from './recent-queries';

describe('recent queries', () => {
  it('keeps the last 20, each once, the newest first', () => {
    let queries: readonly string[] = [];
    for (let n = 0; n < 30; n++) queries = withRecent(queries, `q${n % 25}`);
    expect(queries).toHaveLength(20);
    expect(queries.slice(0, 6)).toEqual(['q4', 'q3', 'q2', 'q1', 'q0', 'q24']);
    expect(new Set(queries).size).toBe(20);
  });

  it.each([null, '', '{', '{"a":1}', '7', 'null'])('takes %j for nothing', (raw) => {
    expect(readRecent(raw)).toEqual([]);
  });

  it('leaves out what is no query', () => {
    expect(readRecent('["a",7,null,"","b"]')).toEqual(['a', 'b']);
  });
});
