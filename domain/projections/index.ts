export {
  createFold,
  PROJECTIONS,
  selectState,
  STATE_VERSION,
  type Fold,
  type FoldSnapshot,
  type TopicReader,
} from './fold-host';
export type { Projection, Topic, Touch } from './projection';
export type { States } from './states';
export type { EloEntity, EloHistory } from './elo';
export type { Finding as LifecycleFindingEntity } from './lifecycle';
export type { NodeCondition, NodeDetail, NodesSummary } from './nodes';
export { STALE_AFTER_S } from './nodes';
export { leadTimes, type LeadTime, type StageDetail } from './pipeline';
