import { describe, expect, it } from 'vitest';
import { definitionOf, driftOf, normaliseEventType } from '../../../domain/events';
import { generateLoad } from './load';

const OPTIONS = { seed: 1, count: 20_000, startAt: 1_766_700_000 };

describe('generateLoad', () => {
  const events = [...generateLoad(OPTIONS)];

  it('makes as many as asked, evenly in time, the same for the same seed', () => {
    expect(events.length).toBe(OPTIONS.count);
    expect(events.at(-1)?.at).toBeCloseTo(OPTIONS.startAt + 20, 1);
    expect([...generateLoad(OPTIONS)]).toEqual(events);
  });

  it('makes catalogued events that fit and differ from each other', () => {
    for (const { eventType, payload } of events.slice(0, 3000)) {
      const type = normaliseEventType(eventType);
      expect(definitionOf(type), type).toBeDefined();
      expect(driftOf(type, payload).filter((finding) => finding.kind !== 'unexpected')).toEqual([]);
    }
    const distinct = new Set(events.map((event) => event.eventType + JSON.stringify(event.payload)));
    expect(distinct.size).toBeGreaterThan(events.length * 0.995);
  });

  it('spreads over a fleet', () => {
    const hosts = new Set([...generateLoad({ ...OPTIONS, nodes: 1000 })].map((event) => event.hostname));
    expect(hosts.size).toBe(1000);
  });
});
