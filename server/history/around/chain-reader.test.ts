import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chainsOf } from '../../../domain/chains';
import { plainFind } from '../../../domain/chains/testing.test-support';
import { categoryOf, configOf, modelOf, nodeOf, normaliseEventType } from '../../../domain/events';
import type { StoredEvent } from '../../../domain/events/envelope';
import { createSimulation } from '../../simulator/simulation/simulation';
import { newEvent, openTestHistory, type TestHistory } from '../events.test-support';

const START = 1_766_700_000;
let test: TestHistory;
let all: StoredEvent[] = [];

/** Three hours of a cluster, and a few events that their publisher tied together. */
beforeAll(async () => {
  test = await openTestHistory();
  const story = [...createSimulation({ seed: 3, startAt: START }).until(START + 3 * 3600)];
  const events = story.map(({ at, eventType, payload, source, hostname }) => {
    const type = normaliseEventType(eventType);
    return newEvent({
      ...{ eventType: type, payload, payloadText: JSON.stringify(payload), source, hostname, timestamp: at },
      ...{ category: categoryOf(type), config: configOf(payload), node: nodeOf(payload, hostname) },
      model: modelOf(payload),
    });
  });
  const tied = events.slice(0, 4).map((event, index) => ({
    ...event,
    ...(index < 2 ? { correlationId: 'order-1' } : { parentEventId: events[index - 1]?.eventId ?? null }),
  }));
  await test.history.append([...tied, ...events.slice(4)]);
  all = [...(await test.history.eventsAfter(0, 10_000))];
});
afterAll(() => test.close());

describe('the chains that history finds', () => {
  it('are those that a look at every event finds', async () => {
    const find = plainFind(all);
    const kinds = new Set<string>();
    for (const event of all.filter(({ seq }) => seq % 23 === 0 || seq <= 4)) {
      const chains = await test.history.chains(event.seq);
      expect(chains).toEqual(chainsOf(event, find));
      for (const { kind } of chains) kinds.add(kind);
    }
    for (const kind of ['linked', 'run', 'work', 'sync', 'task', 'outage']) expect(kinds).toContain(kind);
  });

  it('are none for a seq that is not there', async () => {
    expect(await test.history.chains(1e9)).toEqual([]);
  });
});

describe('the surroundings of an event', () => {
  it('are the nearest by event time: of all, of its node, of its config', async () => {
    const byTime = [...all].sort((a, b) => a.timestamp - b.timestamp || a.seq - b.seq);
    for (const event of all.filter(({ seq }) => seq % 97 === 0)) {
      const found = await test.history.surroundings(event);
      const near = (rows: readonly StoredEvent[]): number[] => {
        const own = rows.findIndex(({ seq }) => seq === event.seq);
        return rows.slice(Math.max(0, own - 8), own + 9).map(({ seq }) => seq);
      };
      expect(found.all.map(({ seq }) => seq)).toEqual(near(byTime));
      expect(found.node?.map(({ seq }) => seq)).toEqual(
        near(byTime.filter(({ node }) => node === event.node)),
      );
      const sameConfig = byTime.filter(({ config }) => config === event.config);
      expect(found.config?.map(({ seq }) => seq)).toEqual(
        event.config === null ? undefined : near(sameConfig),
      );
    }
  });
});
