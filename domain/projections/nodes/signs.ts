import type { StoredEvent } from '../../events/envelope';

/** `gone`: of OFFLINE_TYPES; `silent`: of SILENCE_TYPES. */
export type Doubt = 'gone' | 'silent' | null;

/** These say that a node is gone. They are no sign of life of it, whoever sends them. */
export const OFFLINE_TYPES: ReadonlySet<string> = new Set([
  'HOST_OFFLINE',
  'P2P_NODE_DEAD',
  'P2P_NODES_DEAD',
  'NODE_TERMINATED',
]);

/** These say that a node does not answer: a sign of life only when the node itself sends them. */
export const SILENCE_TYPES: ReadonlySet<string> = new Set([
  'HEALTH_CHECK_FAILED',
  'NODE_UNHEALTHY',
  'TASK_ORPHANED',
  'TASK_ABANDONED',
  'WORK_TIMEOUT',
]);

/**
 * True when the event shows that its node (`event.node`) was alive at that time.
 *
 * "Any event from a node refreshes its last-seen" means the node that the event is about: a coordinator reports work
 * claimed, started and done on other nodes, and such a report proves that the node acted. A report of absence proves the
 * opposite, so what others say about a node's silence does not count, and a report that it is offline never does.
 */
export function isSignOfLife(doubt: Doubt, event: StoredEvent): boolean {
  return doubt === null || (doubt === 'silent' && event.hostname === event.node);
}
