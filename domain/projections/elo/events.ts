import type { StoredEvent } from '../../events/envelope';
import { nameField, numberField } from '../shared/fields';
import type { EloPoint } from './series';

/** The rating that an event states: `new_elo` of ELO_UPDATED, `elo` of EVALUATION_COMPLETED; null for any other. */
export function eloPointOf(event: StoredEvent): EloPoint | null {
  const updated = event.eventType === 'ELO_UPDATED';
  if (!updated && event.eventType !== 'EVALUATION_COMPLETED') return null;
  const elo = numberField(event.payload, updated ? 'new_elo' : 'elo');
  if (elo === null) return null;
  return {
    t: event.timestamp,
    s: event.seq,
    elo,
    model: nameField(event.payload, 'model_id'),
    games: numberField(event.payload, 'games_played'),
    updated,
  };
}
