import type { StoredEvent } from '../../events/envelope';
import { lineField, nameField } from '../shared/fields';
import { keepNewest } from '../shared/order';
import type { Change, LearningState } from './state';
import { membersOf, sayValue } from './values';

/** The newest are kept. */
const MAX_CHANGES = 1_000;
const MAX_PARAMETERS = 20;

/** HYPERPARAMETER_UPDATED: one parameter, from → to. */
export function hyperparameter(state: LearningState, event: StoredEvent): void {
  const { payload } = event;
  const change: Change = {
    t: event.timestamp,
    s: event.seq,
    id: String(event.seq),
    config: event.config,
    parameter: nameField(payload, 'param_name') ?? 'unnamed parameter',
    from: sayValue(payload['old_value']),
    to: sayValue(payload['new_value']),
    by: lineField(payload, 'optimizer'),
    reason: lineField(payload, 'reason'),
  };
  keepNewest(state.changes, change, MAX_CHANGES);
}

/** ADAPTIVE_PARAMS_CHANGED: several parameters at once, of which only the new values are told. */
export function adaptive(state: LearningState, event: StoredEvent): void {
  const members = membersOf(event.payload, 'params_changed', MAX_PARAMETERS);
  members.forEach(([parameter, value], index) => {
    const change: Change = {
      t: event.timestamp,
      s: event.seq,
      id: `${event.seq}.${index}`,
      config: event.config,
      parameter,
      from: null,
      to: sayValue(value),
      by: 'adaptive',
      reason: lineField(event.payload, 'reason'),
    };
    keepNewest(state.changes, change, MAX_CHANGES);
  });
}
