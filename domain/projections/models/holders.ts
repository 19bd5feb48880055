import type { StoredEvent } from '../../events/envelope';
import type { Touch } from '../projection';
import { firstName, nameField, namesField } from '../shared/fields';
import { register, write } from '../shared/order';
import type { HolderState, ModelState, ModelsState } from './state';

/** Nodes per event, and over all models: a thousand nodes for fifty champions and what they replaced. */
const MAX_NODES = 1_000;
const MAX_HOLDERS = 60_000;

/** True while the node holds a copy that nothing was said against. */
export function isHolding(state: HolderState): boolean {
  return state === 'distributed' || state === 'synced';
}

/** Nodes that hold the model; null where the list was given up for want of room. */
export function holderCount(model: ModelState): number | null {
  if (model.holdersForgotten) return null;
  let count = 0;
  for (const { v } of model.holders.values()) if (isHolding(v)) count += 1;
  return count;
}

/** Notes what became of the copies of a model on some nodes; each node remembers the newest event that names it. */
export function noteHolders(
  state: ModelsState,
  id: string,
  nodes: readonly string[],
  to: HolderState,
  event: StoredEvent,
  touch: Touch,
): void {
  const model = state.models.get(id);
  if (model === undefined || nodes.length === 0) return;
  const before = model.holders.size;
  for (const node of nodes) {
    let holder = model.holders.get(node);
    if (holder === undefined) {
      holder = register<HolderState>(to);
      model.holders.set(node, holder);
    }
    write(holder, event, to);
  }
  model.at = Math.max(model.at, event.timestamp);
  model.holdersForgotten &&= !isHolding(to);
  state.holders += model.holders.size - before;
  state.holding.set(id, Math.max(state.holding.get(id) ?? -Infinity, event.timestamp));
  touch('models.models', id);
  if (state.holders > MAX_HOLDERS) forgetOldest(state, touch);
}

/** The lists of the models longest not distributed go until a tenth of the room is free. */
function forgetOldest(state: ModelsState, touch: Touch): void {
  const byAge = [...state.holding].sort(([, a], [, b]) => a - b);
  for (const [id] of byAge) {
    if (state.holders <= MAX_HOLDERS * 0.9) return;
    const model = state.models.get(id);
    dropHolders(state, id, model);
    if (model !== undefined) model.holdersForgotten = true;
    touch('models.models', id);
  }
}

/** Forgets who holds a model, e.g. because the model itself goes. */
export function dropHolders(state: ModelsState, id: string, model: ModelState | undefined): void {
  state.holding.delete(id);
  if (model === undefined) return;
  state.holders -= model.holders.size;
  model.holders.clear();
}

const PLACES = ['node_id', 'node_name', 'host_id', 'host'];

/** Who got the model from a peer: the targets; else the node that the payload or the envelope names, unless it is the source. */
export function receiversOf(event: StoredEvent): string[] {
  const targets = namesField(event.payload, 'target_nodes', MAX_NODES);
  if (targets.length > 0) return targets;
  const source = nameField(event.payload, 'source_node');
  const node = firstName(event.payload, PLACES) ?? (event.node === source ? null : event.node);
  return node === null ? [] : [node];
}

export function distributedTo(event: StoredEvent): string[] {
  return namesField(event.payload, 'nodes', MAX_NODES);
}

/** Which models lost their cached copies on which nodes. Without a node by name nothing can be said of any node. */
export function invalidated({ payload }: StoredEvent): { models: string[]; nodes: string[] } {
  const target = nameField(payload, 'target_id');
  const models = namesField(payload, 'affected_models', MAX_NODES);
  const nodes = namesField(payload, 'affected_nodes', MAX_NODES);
  if (target !== null) (payload['invalidation_type'] === 'node' ? nodes : models).push(target);
  return { models: [...new Set(models)], nodes: [...new Set(nodes)] };
}
