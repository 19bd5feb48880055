import { randomUUID } from 'node:crypto';
import type { StoredEvent } from '../../../../domain/events/envelope';
import { folded } from '../../../../domain/projections/testing/run';
import type { States } from '../../../../domain/projections';
import { newEvent, openTestHistory } from '../../../history/events.test-support';
import { modelLife, type ModelLife } from './life';

export interface Told {
  readonly states: States;
  readonly life: (model: string) => Promise<ModelLife | null>;
  readonly close: () => Promise<void>;
}

/** A real history that holds these events, and the state they fold to. Their seqs must count from 1. */
export async function told(events: readonly StoredEvent[], states = folded(events).states()): Promise<Told> {
  const opened = await openTestHistory();
  const { history } = opened;
  const batch = 2_000;
  for (let from = 0; from < events.length; from += batch) {
    const rows = events.slice(from, from + batch);
    await history.append(
      rows.map((event) =>
        newEvent({
          ...event,
          eventId: randomUUID(),
          contentHash: 'a'.repeat(64),
          payloadText: JSON.stringify(event.payload),
        }),
      ),
    );
  }
  return { states, life: (model) => modelLife(states, history, model), close: () => opened.close() };
}
