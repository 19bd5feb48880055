import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHAIN_KINDS } from '../../domain/chains/types';
import { ORIGINS, SEVERITIES } from '../../domain/events/envelope';
import { EXPORT_FORMATS } from '../../domain/export';
import { createFold } from '../../domain/projections';
import { SELECTORS } from '../../domain/projections/rest';
import { FIELDS, TIMES } from '../../domain/query';
import { MODEL_STATUSES, STAGES } from '../../domain/realtime/entities';
import { addSearchMetrics } from '../history/metrics';
import { createMetrics } from '../live/metrics';
import { runtimeTopics, type RuntimeParts } from '../live/runtime/runtime-topics';
import { addProducerMetrics } from '../producers/metrics';
import { DOORS } from './rest/doors';
import { FILTER_PARAMS } from './rest/query-params';

const API = readFileSync(path.resolve(import.meta.dirname, '../../docs/API.md'), 'utf8');

/** What stands in code type between two texts of the document. */
function toldBetween(from: string, to: string): string[] {
  const start = API.indexOf(from);
  const end = API.indexOf(to, start + from.length);
  expect([start, end], `${from} … ${to}`).not.toContain(-1);
  return Array.from(API.slice(start + from.length, end).matchAll(/`([^`\n]+)`/g), ([, name]) => name ?? '');
}

const sorted = (names: Iterable<string>): string[] => [...names].sort();

describe('docs/API.md names', () => {
  it('each metric', () => {
    const registry = createMetrics({} as RuntimeParts, () => 0);
    addSearchMetrics(registry, { waiting: 0, left: 0, values: { missing: 0 } } as never);
    addProducerMetrics(registry, { refused: 0 });
    const ours = registry.getMetricsAsArray().map(({ name }) => name);
    const told = toldBetween('| metric | |', 'With them come').map((name) => name.replace(/\{.*/, ''));
    const isOurs = (name: string): boolean => name.startsWith('ringside_');
    expect(sorted(told.filter(isOurs))).toEqual(sorted(ours.filter(isOurs)));
  });

  it('each topic', () => {
    const runtime = runtimeTopics({} as RuntimeParts).keys();
    const told = toldBetween('Topics: ', 'In `nodes.nodes`').filter((name) => /^\w+\.\w+$/.test(name));
    expect(sorted(told)).toEqual(sorted([...createFold().topics, ...runtime]));
  });

  it('each document of the state, and says what is in it', () => {
    const documents = sorted([...SELECTORS.keys(), 'router']);
    expect(sorted(toldBetween('`GET /api/state/<name>` with', 'Each is the folded state'))).toEqual(
      documents,
    );
    const rows = Array.from(API.matchAll(/^\| `(\w+)` \| .*`/gm), ([, name]) => name);
    expect(rows).toEqual(expect.arrayContaining(documents));
  });

  it('stages, statuses of models, kinds of chains and formats of exports', () => {
    expect(toldBetween('- Stages: ', '\n- Run status')).toEqual([...STAGES]);
    expect(toldBetween('- Model status: ', '\n\n')).toEqual([...MODEL_STATUSES]);
    expect(toldBetween('`kind` is one of', '`members`').filter((name) => name !== 'kind')).toEqual([
      ...CHAIN_KINDS,
    ]);
    expect(toldBetween('| `format` |', '|\n').filter((name) => /^\w+$/.test(name))).toEqual([
      ...EXPORT_FORMATS,
    ]);
  });

  it('severities and origins', () => {
    expect(toldBetween('| `severity` |', '|\n')).toEqual([...SEVERITIES]);
    expect(toldBetween('| `origin` |', '|\n')).toEqual([...ORIGINS]);
  });

  it('each parameter of a filter, and each field of a query', () => {
    expect(
      sorted(toldBetween('### `GET /api/events`\n', '**Queries.**').filter((name) => /^\w+$/.test(name))),
    ).toEqual(expect.arrayContaining(sorted(FILTER_PARAMS)));
    const terms = new Set(toldBetween('| term | finds events | example |', 'At most 4,096'));
    for (const name of [...FIELDS, ...Object.keys(TIMES)]) expect(terms, name).toContain(`${name}:`);
  });

  it('each call that asks for a role', () => {
    const calls = Object.keys(DOORS).map((door) =>
      door.replace(/\[(\w+)\]/, '<$1>').replace('HEAD ', 'GET '),
    );
    expect(calls.filter((call) => !API.includes(`\`${call}\``))).toEqual([]);
  });
});
