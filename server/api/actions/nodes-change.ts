import type { States } from '../../../domain/projections';
import { isHolding, type HolderState } from '../../../domain/projections/models';
import { nodeEntity } from '../../../domain/projections/nodes';
import type { NodeStatus } from '../../../domain/realtime/entities';

/** A node, what it holds, and what a change of champion means for it. */
export type NodeChange = {
  node: string;
  status: NodeStatus | null;
  /** What it last did with the model that comes, and with the one that goes. */
  coming: HolderState | null;
  going: HolderState | null;
  /** `has`: holds the model that comes; `gets`: it will be sent there; `later`: it is offline, and gets it when it is back. */
  change: 'has' | 'gets' | 'later';
};

const MOST = 200;
const COLLATOR = new Intl.Collator('en', { numeric: true });

/** The nodes that a change of champion concerns: those that hold either model, and all that the cluster counts on. */
export function nodeChanges(
  states: States,
  coming: string,
  going: string | null,
): { nodes: NodeChange[]; total: number } {
  const holders = (model: string | null) =>
    (model === null ? undefined : states.models.models.get(model)?.holders) ?? new Map<string, never>();
  const [theirs, ours] = [holders(going), holders(coming)];
  const names = [...new Set([...theirs.keys(), ...ours.keys(), ...states.nodes.nodes.keys()])].sort(
    COLLATOR.compare,
  );
  const nodes = names.slice(0, MOST).map((node): NodeChange => {
    const status = nodeEntity(states.nodes, node)?.status ?? null;
    const [has, had] = [ours.get(node)?.v ?? null, theirs.get(node)?.v ?? null];
    const change = has !== null && isHolding(has) ? 'has' : status === 'offline' ? 'later' : 'gets';
    return { node, status, coming: has, going: had, change };
  });
  return { nodes, total: names.length };
}
