import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { NodeDetailAnswer } from '@/server/api/pages/nodes';
import { WorkPanel } from './work-panel';

it('leads from what failed to the failures of that stretch, and from nothing else', () => {
  const none = { work: 0, work_failed: 0, checks: 9, checks_failed: 0, syncs: 0, syncs_failed: 0, games: 1 };
  const sums = { ...none, batches: 40, batches_failed: 2, paced: 0, pace: 0 };
  const totals = { day: { since: 1_766_736_000, sums }, week: { since: 1_766_217_600, sums } };
  const data = { node: 'n1', duties: [], totals } as unknown as NodeDetailAnswer;
  const drawn = renderToStaticMarkup(createElement(WorkPanel, { data }));
  const links = [...drawn.matchAll(/href="([^"]*)"[^>]*>([^<]*)</g)].map(([, href, text]) => [text, href]);
  const failed = '/events?type=SELFPLAY_COMPLETE&amp;node=n1&amp;q=payload.success:false&amp;since=';
  expect(links).toEqual([
    ['2 (5.0 %)', `${failed}2025-12-26T08%3A00%3A00.000Z`],
    ['2 (5.0 %)', `${failed}2025-12-20T08%3A00%3A00.000Z`],
  ]);
});
