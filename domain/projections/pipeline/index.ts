import { STAGES } from '../../realtime/entities';
import type { Projection } from '../projection';
import { foldPipeline, PIPELINE_TYPES } from './fold';
import { cellKeys, configStageEntity, runEntityOf, stageEntity } from './pipeline-entities';
import { initialPipeline, type PipelineState } from './state';

export { cellKey } from './cells';
export { hopTimes, leadTime, totalTime, type Span } from './hops';
export { leadTimes } from './lead-times';
export { configStageEntity, runEntityOf, runViewOf, runViews, stageEntity } from './pipeline-entities';
export { DATA_STAGES, type HopView, type RunView } from './run-view';
export type { StageDetail } from './cells';
export type { PipelineState } from './state';

/** The nine stages from games to distributed champions, over all and per config, and the runs that pass through them. */
export const pipelineProjection: Projection<PipelineState> = {
  name: 'pipeline',
  version: 7,
  listens: PIPELINE_TYPES,
  initial: initialPipeline,
  fold: foldPipeline,
  topics: {
    'pipeline.stages': { limit: 9, keys: () => STAGES, entity: stageEntity },
    'pipeline.cells': { limit: 4_500, keys: cellKeys, entity: configStageEntity },
    'pipeline.runs': { limit: 676, keys: (state) => state.runs.runs.keys(), entity: runEntityOf },
  },
};
