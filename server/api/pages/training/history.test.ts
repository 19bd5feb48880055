import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../../../domain/events/envelope';
import type { JsonObject } from '../../../../domain/json';
import { event, T0 } from '../../../../domain/projections/testing/event';
import { folded } from '../../../../domain/projections/testing/run';
import type { EventFilter } from '../../../../domain/realtime/contract';
import type { EventPage } from '../../../history/query-types';
import { runEvents, tracebackOf } from './history';

const of = (type: string, at: number, more: JsonObject = {}) =>
  event(type, { config_key: 'hex8_2p', ...more }, at);
const events = [
  of('TRAINING_STARTED', 0, { job_id: 'job-1' }),
  of('TRAINING_LOSS_ANOMALY', 50, { epoch: 1 }),
  of('TRAINING_PROGRESS', 55, { job_id: 'job-2', epoch: 4 }),
  of('CHECKPOINT_SAVED', 60, { checkpoint_path: 'checkpoints/job-1/epoch_1.pt' }),
  of('CHECKPOINT_SAVED', 61, { checkpoint_path: 'checkpoints/job-2/epoch_1.pt' }),
  event('TASK_SPAWNED', { task: 'job-10' }, 70),
  of('TRAINING_COMPLETED', 100, { job_id: 'job-1' }),
];
const page = (found: readonly StoredEvent[]): EventPage => ({
  events: [...found].reverse(),
  nextCursor: null,
  total: -1,
});

/** Answers as the word index does: a text that begins with the words is enough. */
const history = {
  asked: [] as EventFilter[],
  query(filter: EventFilter) {
    this.asked.push(filter);
    const { q, since = 0, until = Infinity } = filter;
    const match = (each: StoredEvent) =>
      q === undefined
        ? each.config !== null && each.timestamp >= since && each.timestamp <= until
        : JSON.stringify(each.payload).includes(q);
    return Promise.resolve(page(events.filter(match)));
  },
};

describe('the events of a run', () => {
  const states = folded(events).states();

  it('are those that name its job exactly, and those of its config and time that name none', async () => {
    const { events: found, more } = await runEvents(history, states, 'job-1');
    expect(found.map(({ event_type, timestamp, by }) => [event_type, timestamp - T0, by])).toEqual([
      ['TRAINING_COMPLETED', 100, 'job'],
      ['CHECKPOINT_SAVED', 60, 'job'],
      ['TRAINING_LOSS_ANOMALY', 50, 'time'],
      ['TRAINING_STARTED', 0, 'job'],
    ]);
    expect(more).toBe(false);
    expect(history.asked.at(-1)).toMatchObject({ config: ['hex8_2p'], since: T0, until: T0 + 100 });
  });

  it('of a job that is not kept are those that name it', async () => {
    const { events: found, span } = await runEvents(history, states, 'job-10');
    expect([found.length, span]).toEqual([1, null]);
  });
});

describe('the traceback of a failure', () => {
  const read = (payload: JsonObject) =>
    tracebackOf({ byId: () => Promise.resolve(event('TRAINING_FAILED', payload)) }, 'id');

  it('is what the event carries, as it was written', async () => {
    expect(await read({ error_details: 'Traceback\n  <b>File</b>' })).toBe('Traceback\n  <b>File</b>');
  });

  it('keeps both ends of one that is endless', async () => {
    const text = `first${'x'.repeat(1_000_000)}last`;
    const found = (await read({ error_details: text })) ?? '';
    expect(found.length).toBeLessThan(61_000);
    expect([found.slice(0, 5), found.slice(-4)]).toEqual(['first', 'last']);
    expect(found).toContain('characters left out');
  });

  it.each<JsonObject>([{}, { error_details: '  ' }, { error_details: 5 }])(
    'is null for %o',
    async (payload) => {
      expect(await read(payload)).toBeNull();
      expect(await tracebackOf({ byId: () => Promise.resolve(null) }, 'unknown')).toBeNull();
    },
  );
});
