import { isAction } from '../../actions/actor';
import type { StoredEvent } from '../../events/envelope';
import { HOLD_RELEASED } from '../models/hold';
import { evictLowest } from '../shared/bounds';
import { nameField, saysFailed } from '../shared/fields';
import { isNotOlder, register, write, type Register } from '../shared/order';
import type { Report } from './rules';

/** Whether a model is held, by the newest event that says so. */
export type Holds = Map<string, Register<boolean>>;

/** The longest undisturbed go first. */
const MAX_HOLDS = 5_000;

const heldId = (model: string): string => `held:${model}`;

/** Types that say something about a hold, or may break one. */
export const HOLD_TYPES: ReadonlySet<string> = new Set([
  'PROMOTION_ROLLED_BACK',
  'TRAINING_ROLLBACK_COMPLETED',
  'MODEL_PROMOTED',
  HOLD_RELEASED,
]);

/** What an event says about the hold of which model; null where it says nothing. */
function saying(event: StoredEvent): { model: string; held: boolean } | null {
  const { eventType, payload } = event;
  const model = nameField(
    payload,
    eventType === 'TRAINING_ROLLBACK_COMPLETED' ? 'rollback_from' : 'model_id',
  );
  if (model === null || saysFailed(payload)) return null;
  if (eventType === 'PROMOTION_ROLLED_BACK' || eventType === 'TRAINING_ROLLBACK_COMPLETED')
    return { model, held: true };
  const lifts = eventType === HOLD_RELEASED || (eventType === 'MODEL_PROMOTED' && isAction(event));
  return lifts ? { model, held: false } : null;
}

/**
 * Follows which models are held after a rollback. `closes`: the problem that the event ends, by a rollback or by an
 * operator; `opens`: a held model was promoted, and not by an operator.
 */
export function followHolds(
  holds: Holds,
  event: StoredEvent,
): { closes: string | null; opens: Report | null } {
  const says = saying(event);
  if (says !== null) {
    const hold = holds.get(says.model) ?? register(false);
    holds.set(says.model, hold);
    write(hold, event, says.held);
    evictLowest(holds, MAX_HOLDS, (each) => each.t);
    return { closes: heldId(says.model), opens: null };
  }
  return { closes: null, opens: broken(holds, event) };
}

function broken(holds: Holds, event: StoredEvent): Report | null {
  if (event.eventType !== 'MODEL_PROMOTED' || saysFailed(event.payload)) return null;
  const model = nameField(event.payload, 'model_id');
  const hold = model === null ? undefined : holds.get(model);
  if (model === null || hold?.v !== true || !isNotOlder(event, hold)) return null;
  return {
    id: heldId(model),
    severity: 'error',
    title: `${model} was promoted although it is held`,
    detail: `It was rolled back, and no operator has lifted the hold since. Promoted by ${event.source}.`,
    kind: 'model',
    subject: model,
    page: '/models',
  };
}
