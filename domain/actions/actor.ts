import type { StoredEvent } from '../events/envelope';
import type { JsonObject } from '../json';

/**
 * Who acts: a user, a key, a command line, or without accounts whoever uses this machine. Procedures take the actor from
 * their context only.
 */
export type Actor = {
  kind: 'local' | 'cli' | 'user' | 'key';
  name: string;
  /** Where the request came from. */
  address: string;
};

/** The kind of an action that sends an event of any catalogued type. */
export const COMPOSE = 'events.compose';

/** By what an event says that an operator's action published it. */
export const ACTION_SOURCE = 'ringside';

/** What only actions write. Their `reason` is not among them: many types have a field of that name. */
export const ACTION_FIELDS = ['actor', 'action_id', 'action_reason'] as const;

/**
 * The payload fields that every action adds to those of its event type. Where the payload gives a reason of its own (why a
 * node is offline, say), the operator's stands beside it as `action_reason`.
 */
export function actionFields(
  actor: Actor,
  reason: string,
  actionId: string,
  payload: JsonObject = {},
): JsonObject {
  const why: JsonObject = Object.hasOwn(payload, 'reason') ? { action_reason: reason } : { reason };
  return { actor: `${actor.kind}:${actor.name}`, ...why, action_id: actionId };
}

/** True for an event that an operator's action published. */
export function isAction({ source, payload }: Pick<StoredEvent, 'source' | 'payload'>): boolean {
  return source === ACTION_SOURCE && typeof payload['action_id'] === 'string' && payload['action_id'] !== '';
}
