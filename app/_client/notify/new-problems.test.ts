import { describe, expect, it } from 'vitest';
import type { ProblemEntity } from '@/domain/realtime/entities';
import { NewProblems } from './new-problems';

const MINUTE = 60_000;

function problem(id: string, more: Partial<ProblemEntity> = {}): ProblemEntity {
  const what = {
    id,
    severity: 'error',
    title: id,
    detail: '',
    subject_kind: 'cluster',
    subject: id,
  } as const;
  return { ...what, since: 100, last_at: 100, count: 1, event: null, page: '/', acknowledged: null, ...more };
}

function told(news: NewProblems, at: number, ...open: ProblemEntity[]): string[] {
  return news.take(open, at).map(({ id }) => id);
}

describe('somebody who looks elsewhere', () => {
  it('is told of what opens, once, and not of what was open before', () => {
    const news = new NewProblems();
    expect(told(news, 0, problem('a'))).toEqual([]);
    expect(told(news, 1, problem('a'), problem('b'))).toEqual(['b']);
    expect(told(news, 2, problem('a'), problem('b', { count: 9, last_at: 900 }))).toEqual([]);
  });

  it('is told of the first problem of all', () => {
    const news = new NewProblems();
    expect(told(news, 0)).toEqual([]);
    expect(told(news, 1, problem('a'))).toEqual(['a']);
  });

  it('is told again of what got worse, not of what got better', () => {
    const news = new NewProblems();
    told(news, 0, problem('a'));
    expect(told(news, 1, problem('a', { severity: 'warning' }))).toEqual([]);
    expect(told(news, 2, problem('a', { severity: 'critical' }))).toEqual(['a']);
  });

  it('is told of what comes and goes every ten minutes at most', () => {
    const news = new NewProblems();
    told(news, 0);
    expect(told(news, 0, problem('a'))).toEqual(['a']);
    expect(told(news, 2 * MINUTE)).toEqual([]);
    const back = problem('a', { since: 500 });
    expect(told(news, 9 * MINUTE, back)).toEqual([]);
    expect(told(news, 10 * MINUTE, back)).toEqual(['a']);
    expect(told(news, 30 * MINUTE, back)).toEqual([]);
  });

  it('is not told of what somebody takes care of, until that ends', () => {
    const news = new NewProblems();
    told(news, 0);
    const event = { event_id: 'e', seq: 1, event_type: 'X', timestamp: 1, config: null, node: null };
    const acknowledged = { by: 'user:kim', at: 1, reason: 'mine', event };
    expect(told(news, 1, problem('a', { acknowledged }))).toEqual([]);
    expect(told(news, 2, problem('a'))).toEqual(['a']);
  });
});
