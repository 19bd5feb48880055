import { expect, it, vi } from 'vitest';
import { sayUnanswered, Unanswered } from './unanswered';

it('holds a reason until the last question has its answer, and tells each change once', () => {
  const unanswered = new Unanswered();
  const heard = vi.fn();
  const leave = unanswered.subscribe(heard);
  expect(unanswered.reason()).toBeNull();
  unanswered.note('runs', 'gone');
  unanswered.note('runs', 'gone');
  unanswered.note('trend', 'busy');
  unanswered.note('trend', null);
  expect(unanswered.reason()).toBe('gone');
  unanswered.note('runs', null);
  expect([unanswered.reason(), heard.mock.calls.length]).toEqual([null, 4]);
  leave();
  unanswered.note('runs', 'gone');
  expect(heard).toHaveBeenCalledTimes(4);
});

it('says in words what browsers call a request without an answer', () => {
  const browsers = ['Failed to fetch', 'NetworkError when attempting to fetch resource.', 'Load failed'];
  expect(new Set(browsers.map(sayUnanswered))).toEqual(new Set(['the server does not answer']));
  expect(sayUnanswered('history is locked')).toBe('history is locked');
});
