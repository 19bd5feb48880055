import type { Projection } from '../projection';
import { flowStepEntity } from './entities';
import { FLOW_TYPES, foldFlows } from './fold';
import { initialFlows, type FlowsState } from './state';

export { flowStepsOf } from './entities';
export type { FlowsState } from './state';
export { isGoodQuality, QUALITY_THRESHOLD } from './steps';

/** What happened at each box of the quality loop and of the error recovery flow. */
export const flowsProjection: Projection<FlowsState> = {
  name: 'flows',
  version: 4,
  listens: FLOW_TYPES,
  initial: initialFlows,
  fold: foldFlows,
  topics: { 'flows.steps': { limit: 30, keys: (state) => state.steps.keys(), entity: flowStepEntity } },
};
