import type { Projection } from '../projection';
import { clusterEntity } from './cluster';
import { nodeEntity, nodesSummary } from './entities';
import { foldNodes, MAX_NODES } from './fold';
import { initialNodes, type NodesState } from './state';

export { availabilityOf, bandsOf, transitionsSince, type Band } from './bands';
export {
  bucketsOf,
  cell,
  GRAINS,
  totalsBegin,
  totalsOf,
  type Bucket,
  type Column,
  type Sums,
} from './buckets';
export { clusterEntity } from './cluster';
export { currentDuties, type CurrentDuty } from './duties';
export { nodeDocument, nodeEntity, shownSeen, type NodeDetail, type NodeDocument } from './entities';
export type { NodesSummary } from './summary';
export type { LeaderChange, NodesState, NodeState } from './state';

/** Which machines are there, how they are, what they did, and who leads them. */
export const nodesProjection: Projection<NodesState> = {
  name: 'nodes',
  version: 6,
  initial: initialNodes,
  fold: foldNodes,
  topics: {
    'nodes.nodes': { limit: MAX_NODES, keys: (state) => state.nodes.keys(), entity: nodeEntity },
    'nodes.summary': {
      limit: 1,
      keys: () => ['all'],
      entity: (state, key) => (key === 'all' ? nodesSummary(state) : undefined),
    },
    'nodes.cluster': {
      limit: 1,
      keys: () => ['cluster'],
      entity: (state, key) => (key === 'cluster' ? clusterEntity(state.cluster) : undefined),
    },
  },
};
