import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CATALOGUE, normaliseEventType } from '../events';
import type { StoredEvent } from '../events/envelope';
import { RECORDED } from '../events/recorded-payloads.test-support';
import type { JsonObject } from '../json';
import { PROJECTIONS } from '.';
import type { Projection } from './projection';
import { event } from './testing/event';

/** Version of each projection, and a hash of what it makes of the events below. */
const KNOWN: Readonly<Record<string, string>> = {
  models: '4 5f9c659c',
  elo: '3 a326f013',
  nodes: '6 6a6531a3',
  pipeline: '7 af6e434f',
  flows: '4 accad104',
  traffic: '2 02ba4d42',
  quality: '5 e9136cf1',
  training: '4 954f80c4',
  work: '4 3a53aee2',
  daemons: '3 4b335798',
  learning: '3 7eb3cea6',
  problems: '10 78598dbf',
};

/** What most rules look for; the same for every type, so that a new one changes nothing here until a rule takes it. */
const PAYLOAD: JsonObject = {
  ...{ config_key: 'hex8_2p', node_id: 'gh200-a', model_id: 'hex8_2p_v2', job_id: 'job-1', run_id: 'run-1' },
  ...{ work_id: 'work-1', work_type: 'selfplay', task_id: 'task-1', lock_name: 'lock', holder: 'gh200-a' },
  ...{ daemon_type: 'sync', coordinator_name: 'one', source: 'gh200-a', target: 'gh200-b', elo: 1600 },
  ...{ success: false, reason: 'a reason', error: 'an error', level: 'high', old_rate: 1, new_rate: 0.5 },
};

/** Maps and sets as lists, numbers as far as any processor agrees on them. */
function text(state: unknown): string {
  return JSON.stringify(state, (_key, value: unknown) => {
    if (value instanceof Map || value instanceof Set) return [...(value as Iterable<unknown>)];
    return typeof value === 'number' ? Number(value.toPrecision(9)) : value;
  });
}

function fold(projection: Projection<unknown>, events: readonly StoredEvent[]): string {
  const state = projection.initial();
  for (const each of events) projection.fold(state, each, () => undefined);
  return text(state);
}

const alone = (type: string): StoredEvent =>
  event(type, PAYLOAD, 0, { seq: 1, category: 'system', node: 'gh200-a' });
const recorded = (): StoredEvent[] =>
  [0, 40_000].flatMap((later) =>
    RECORDED.map(([type, payload], index) =>
      event(type, payload, later + index * 90, { seq: later + index + 1 }),
    ),
  );

function fingerprint(projection: Projection<unknown>): string {
  const unheard = fold(projection, [alone('TYPE_OF_TOMORROW')]).replaceAll('TYPE_OF_TOMORROW', '?');
  const types = CATALOGUE.map(({ name }) => name).filter((name) => normaliseEventType(name) === name);
  const heard = types
    .sort()
    .map((type) => [type, fold(projection, [alone(type)]).replaceAll(`"${type}"`, '"?"')])
    .filter(([, state]) => state !== unheard);
  const all = [text(projection.initial()), heard, fold(projection, recorded())];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 8);
}

/**
 * A state that was saved before a change of `fold` or of the state's shape must not be gone on with. Nothing but the
 * version says so, and nobody would notice one that was not raised until a server had been restarted with old data.
 */
describe('a projection that folds otherwise', () => {
  const all: readonly Projection<unknown>[] = PROJECTIONS;

  it.each(all.map((projection) => [projection.name, projection] as const))(
    '%s: raises its version in index.ts, and is noted above',
    (name, projection) => {
      expect(`${projection.version} ${fingerprint(projection)}`).toBe(KNOWN[name]);
    },
  );
});
