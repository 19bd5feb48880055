import type { Projection } from '../projection';
import { clusterEntity } from './cluster';
import { nodeEntity } from './entities';
import { foldNodes } from './fold';
import { initialNodes, type NodesState } from './state';

export { clusterEntity } from './cluster';
export { nodeEntity, STALE_AFTER_S, type NodeCondition, type NodeDetail } from './entities';
export type { NodesState } from './state';

/** Which machines are there, how they are, and who leads them. */
export const nodesProjection: Projection<NodesState> = {
  name: 'nodes',
  version: 1,
  initial: initialNodes,
  fold: foldNodes,
  topics: {
    'nodes.nodes': { limit: 5_000, keys: (state) => state.nodes.keys(), entity: nodeEntity },
    'nodes.cluster': {
      limit: 1,
      keys: () => ['cluster'],
      entity: (state, key) => (key === 'cluster' ? clusterEntity(state.cluster) : undefined),
    },
  },
};
