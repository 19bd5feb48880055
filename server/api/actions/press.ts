import { ACTION_SOURCE, actionFields, KEY_PREFIX, type Actor } from '../../../domain/actions';
import type { JsonObject } from '../../../domain/json';
import type { ActionEntry } from '../../history/actions/action-types';
import { canonicalJson } from '../../canonical/canonical';
import { services } from '../../services';
import { ApiError } from '../refusals/errors';

/** What is published and what is written down, once nothing speaks against it. */
export interface Decision {
  readonly eventType: string;
  readonly payload: JsonObject;
  readonly subject: string | null;
  readonly config: string | null;
  /** What the operator decided on. */
  readonly evidence: JsonObject;
  /** The payload's own `reason` is a field of its type, and stays beside the operator's. */
  readonly keepsReason?: true;
}

export interface Order {
  readonly kind: string;
  readonly key: string;
  readonly reason: string;
  /** All that was asked: a key stands for this content and no other. */
  readonly asked: JsonObject;
  /** Judges the state as it is when it is this order's turn. Throws ApiError to refuse. */
  readonly decide: () => Decision | Promise<Decision>;
}

export interface Pressed {
  readonly action_id: string;
  /** Position of its event in history. */
  readonly seq: number;
  /** True when the key had been pressed before: nothing happened now. */
  readonly repeated: boolean;
}

/**
 * The one way in which operators act: one order after the other is judged, published and logged, event and entry in one
 * transaction. A key that was pressed before answers what came of it then.
 */
export function press(actor: Actor, order: Order): Promise<Pressed> {
  const input = canonicalJson(order.asked);
  return services().actions.inTurn(async () => {
    const before = await services().actions.log.actionByKey(order.key);
    if (before !== null) return again(before, order.kind, input);
    return publish(actor, order, input, await order.decide());
  });
}

async function again(before: ActionEntry, kind: string, input: string): Promise<Pressed> {
  if (before.kind !== kind || before.input !== input)
    throw new ApiError(
      'conflict',
      'this key was used for another action: take a new one; the dialog does so when it is opened again',
      { reason: 'key_reused', action_id: before.actionId },
    );
  const event = await services().history.byId(before.actionId);
  return { action_id: before.actionId, seq: event?.seq ?? 0, repeated: true };
}

async function publish(actor: Actor, order: Order, input: string, decision: Decision): Promise<Pressed> {
  const { router, live, actions } = services();
  const { eventType, subject, config } = decision;
  const actionId = actions.newId();
  const at = Date.now() / 1000;
  const told = decision.keepsReason === true ? decision.payload : {};
  const fields = actionFields(actor, order.reason, actionId, told);
  const result = await router.publish({
    eventType,
    payload: { ...decision.payload, ...fields },
    source: ACTION_SOURCE,
    eventId: actionId,
    idempotencyKey: `${KEY_PREFIX}${order.key}`,
    // State goes by event time: what the operator saw came before, also where a node's clock is ahead.
    timestamp: Math.max(at, live.clock() ?? 0),
    action: {
      actionId,
      ...{ key: order.key, kind: order.kind, reason: order.reason, input },
      ...{ at, actor, eventType, subject, config },
      evidence: JSON.stringify(decision.evidence),
    },
  });
  if (result.status === 'rejected') throw new ApiError('bad_request', result.error.message);
  if (result.status === 'duplicate')
    throw new ApiError(
      'conflict',
      'an event of this key exists already: take a new one; the dialog does so when it is opened again',
      {
        reason: 'key_reused',
      },
    );
  return { action_id: actionId, seq: result.seq, repeated: false };
}
