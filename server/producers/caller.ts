import type { Principal } from '../../domain/access/principal';
import { networkOf } from '../callers/network';

/**
 * Whose share an event is counted on: a key's, a person's, or, where nobody says who they are, that of the address. There a
 * socket has a share of its own: all programs of a machine have the same address.
 */
export function callerOf({ kind, id, address }: Principal, socket?: string): string {
  if (kind === 'key' || kind === 'user') return `${kind} ${id}`;
  return socket === undefined ? networkOf(address) : `socket ${socket}`;
}
