import type { StoredEvent } from '../../events/envelope';
import { namesField } from './fields';

/** The nodes of P2P_NODES_DEAD, a list in one event; the field's name is undocumented, so the plausible ones are read. */
export function deadNodes({ payload }: StoredEvent, limit: number): string[] {
  const keys = ['node_ids', 'nodes', 'dead_nodes', 'dead_peers'];
  return [...new Set(keys.flatMap((key) => namesField(payload, key, limit)))];
}
