import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { ServerStatus, UnseenProblems } from '@/domain/realtime/contract';
import { StatusLine } from './status-line';

const NOW = 1_766_700_030;

const NONE: UnseenProblems = { unseen: 0, worst: null };

function drawn(clock: number | null, { demo = false, dead_letters = 0, problems = NONE } = {}): string {
  const figures = { as_of_seq: 9, events_per_second: 2, trouble: null, progress: null };
  const status = { ...figures, now: NOW, clock, demo, dead_letters, problems };
  const connection = { state: 'live', behindMs: 0 } as const;
  return renderToStaticMarkup(
    createElement(StatusLine, { connection, status: status as ServerStatus, outdated: false }),
  );
}

describe('the status line', () => {
  it('says that an event from the future dates the state, and leads to such events', () => {
    const ahead = drawn(NOW + 2 * 3600);
    expect(ahead).toContain('2 h ahead');
    expect(ahead).toContain('href="/events?since=1766700060"');
  });

  it('says nothing of what is a little ahead, or past', () => {
    for (const clock of [NOW + 14 * 60, NOW, NOW - 3600, null]) expect(drawn(clock)).not.toContain('ahead');
  });

  it('counts open dead letters, and leads to them', () => {
    expect(drawn(NOW, { dead_letters: 4 })).toMatch(/href="\/router".*4 dead letters/);
    expect(drawn(NOW)).not.toContain('dead letter');
  });

  it('counts the problems that wait for somebody, in the colour of the worst, and leads to them', () => {
    const line = drawn(NOW, { problems: { unseen: 2, worst: 'critical' } });
    expect(line).toMatch(/href="\/#problems".*text-crit.*2 <span[^>]*>problems/);
    expect(drawn(NOW, { problems: { unseen: 1, worst: 'warning' } })).toMatch(
      /text-warn.*1 <span[^>]*>problem</,
    );
    expect(drawn(NOW)).not.toContain('problem');
  });

  it('says nothing of a simulated cluster, which lives faster', () => {
    expect(drawn(NOW + 2 * 3600, { demo: true })).not.toContain('ahead');
  });
});
