import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { FleetNode } from '../fleet/fleet';
import { GridCard } from './grid-card';
import { NodeStrip } from './node-strip';

const live = {
  ...{ status: 'online', status_since: null, host_type: 'gh200', gpu: null, health_score: 1, cpu_util: 0.5 },
  ...{
    gpu_util: 0.5,
    memory_util: 0.5,
    games_per_hour: 3.2,
    work: [],
    backpressure: null,
    issues: [],
    offline_reason: null,
  },
  ...{ contradiction: null, last_seen: 0, conditions: [] },
};

it.each([
  [1, '1 change in the last hour'],
  [2, '2 changes in the last hour'],
])('counts %d changes of a node in words', (transitions, said) => {
  const node = { node: 'a', live, slow: { transitions } } as unknown as FleetNode;
  const drawn = renderToStaticMarkup(createElement(NodeStrip, { node, worse: new Set<string>() }));
  expect(drawn).toContain(` · ${said}`);
});

it('tells few games an hour alike in the line and on the card', () => {
  const node = { node: 'a', live } as unknown as FleetNode;
  const line = renderToStaticMarkup(createElement(NodeStrip, { node, worse: new Set<string>() }));
  const place = { index: 0, tabbable: true, worse: false };
  const card = renderToStaticMarkup(createElement(GridCard, { node, ...place }));
  for (const drawn of [line, card]) expect(drawn).toContain('3.2 games/h');
});
