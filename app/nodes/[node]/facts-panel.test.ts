import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { NodeDetailAnswer } from '@/server/api/pages/nodes';
import { FactsPanel } from './facts-panel';

it('breaks the line of three figures between them rather than cut the last', () => {
  const document = {
    ...{
      node: 'n1',
      status: 'online',
      status_since: null,
      status_seq: null,
      conditions: [],
      issues: [],
      offline_reason: null,
    },
    ...{ host_type: null, gpu: null, health_score: 0.9, cpu_util: 0.97, gpu_util: 1, memory_util: 0.09 },
    ...{ last_seen: 0, backpressure: null, contradiction: null, games_per_hour: null },
    ...{ work: [], events: 0 },
  };
  const rest = { availability: [], duties: [], first_seen: null, transitions: 0 };
  const data = { document, ...rest } as unknown as NodeDetailAnswer;
  expect(renderToStaticMarkup(createElement(FactsPanel, { data, leads: false }))).toMatch(
    /whitespace-normal[^>]*>97\u00a0% · 100\u00a0% · 9\u00a0%</,
  );
});
