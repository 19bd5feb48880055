import type { DaemonsState } from './daemons';
import type { EloState } from './elo';
import type { FlowsState } from './flows';
import type { LearningState } from './learning';
import type { ModelsState } from './models';
import type { NodesState } from './nodes';
import type { PipelineState } from './pipeline';
import type { ProblemsState } from './problems';
import type { QualityState } from './quality';
import type { TrafficState } from './traffic';
import type { TrainingState } from './training';
import type { WorkState } from './work';

/** The state of every projection by its name. */
export type States = {
  models: ModelsState;
  elo: EloState;
  nodes: NodesState;
  pipeline: PipelineState;
  flows: FlowsState;
  traffic: TrafficState;
  quality: QualityState;
  training: TrainingState;
  work: WorkState;
  daemons: DaemonsState;
  learning: LearningState;
  problems: ProblemsState;
};
