import { isAction } from '../../actions/actor';
import type { StoredEvent } from '../../events/envelope';
import type { EventRef } from '../../realtime/entities';
import { lineField, nameField } from '../shared/fields';
import { refOf } from '../shared/order';

/**
 * Ringside's own event: an operator lifts the hold of a model. It is not in the cluster's catalogue; it is an event all
 * the same, so that folding history anew gives the same holds.
 */
export const HOLD_RELEASED = 'RINGSIDE_HOLD_RELEASED';

/** A model that was rolled back is not to be promoted again before an operator says so. */
export type Hold = {
  /** In the words of the rollback. */
  reason: string | null;
  /** The operator or component that rolled it back. */
  by: string;
  event: EventRef;
};

export function holdOf(event: StoredEvent): Hold {
  const by = isAction(event) ? nameField(event.payload, 'actor') : null;
  return { reason: lineField(event.payload, 'reason'), by: by ?? event.source, event: refOf(event) };
}
