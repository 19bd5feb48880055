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

/** By what an event says that an operator's action published it. */
export const ACTION_SOURCE = 'ringside';

/** The payload fields that every action adds to those of its event type. */
export function actionFields(actor: Actor, reason: string, actionId: string): JsonObject {
  return { actor: `${actor.kind}:${actor.name}`, reason, action_id: actionId };
}

/** True for an event that an operator's action published. */
export function isAction({ source, payload }: Pick<StoredEvent, 'source' | 'payload'>): boolean {
  return source === ACTION_SOURCE && typeof payload['action_id'] === 'string' && payload['action_id'] !== '';
}
