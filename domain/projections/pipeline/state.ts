import { STAGES, type StageId } from '../../realtime/entities';
import { cell, type Cell } from './cells';
import { sourcesState, type SourcesState } from './lineage';
import { runsState, type RunsState } from './runs-state';

export type PipelineState = {
  clock: number | null;
  stages: Map<StageId, Cell>;
  /** By config, then stage. */
  cells: Map<string, ConfigCells>;
  runs: RunsState;
  /** The data that runs train on. */
  sources: SourcesState;
};

export type ConfigCells = { at: number; byStage: Map<StageId, Cell> };

export function initialPipeline(): PipelineState {
  return {
    clock: null,
    stages: new Map(STAGES.map((stage) => [stage, cell(stage, null)])),
    cells: new Map(),
    runs: runsState(),
    sources: sourcesState(),
  };
}
