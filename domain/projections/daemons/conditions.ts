import type { StoredEvent } from '../../events/envelope';
import { isNotOlder, refOf, write } from '../shared/order';
import type { Condition } from './state';

/** Enters a state unless a newer event said otherwise; `since` stays when an event only confirms it. */
export function enter<V>(target: Condition<V>, event: StoredEvent, value: V, reason: string | null): boolean {
  if (!isNotOlder(event, target)) return false;
  const same = target.v === value && target.since !== null;
  write(target, event, value);
  if (reason !== null || !same) target.reason = reason;
  if (same) return false;
  target.since = event.timestamp;
  target.event = refOf(event);
  return true;
}
