export {
  createFold,
  PROJECTIONS,
  selectState,
  STATE_VERSION,
  type Fold,
  type FoldSnapshot,
  type ProjectionSnapshot,
} from './fold-host';
export { TimelyInOrder } from './shared/clock';
export { unseenProblems } from './problems';
export type { States } from './states';
export type { Finding as LifecycleFindingEntity } from './lifecycle';
export type { NodeDetail, NodesSummary } from './nodes';
