import { expect, it } from 'vitest';
import { NO_FACETS, type Facets } from '../filters';
import { strangers } from './strangers';

const facets: Facets = {
  ...NO_FACETS,
  types: [['ELO_UPDATED', 9]],
  nodes: [
    ['gh200-a', 5],
    ['gh200-b', 3],
    ['hetzner-cpu1', 1],
  ],
};

it('names what no event has, with what is like it', () => {
  expect(strangers('node:gh memory', facets)).toEqual([
    { field: 'node', value: 'gh', alike: ['gh200-a', 'gh200-b'] },
  ]);
  expect(strangers('type:elo', facets)).toEqual([{ field: 'type', value: 'ELO', alike: ['ELO_UPDATED'] }]);
  expect(strangers('type:ELO_UPDATD', facets)[0]?.alike).toEqual(['ELO_UPDATED']);
  expect(strangers('node:gh20-b', facets)[0]?.alike).toEqual(['gh200-b', 'gh200-a']);
  expect(strangers('node:nowhere', facets)).toEqual([{ field: 'node', value: 'nowhere', alike: [] }]);
});

it('says nothing of what occurs, what is left out, what is not listed, and what is no query', () => {
  for (const query of ['node:gh200-a', '-node:gh', 'config:hex', 'gh', '(node:gh', ''])
    expect(strangers(query, facets)).toEqual([]);
  const many: Facets = { ...facets, nodes: Array.from({ length: 500 }, (_, at) => [`n-${at}`, 1] as const) };
  expect(strangers('node:gh', many)).toEqual([]);
});
