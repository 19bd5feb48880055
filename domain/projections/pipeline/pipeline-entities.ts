import { STAGES, type RunEntity, type StageId } from '../../realtime/entities';
import { archivedView } from './archive';
import { cellEntity, type StageDetail } from './cells';
import { runEntity } from './run-entity';
import { runView, type RunView } from './run-view';
import type { PipelineState } from './state';

function isStage(name: string): name is StageId {
  return (STAGES as readonly string[]).includes(name);
}

export function stageEntity(state: PipelineState, key: string): StageDetail | undefined {
  const found = isStage(key) ? state.stages.get(key) : undefined;
  return found && cellEntity(found, state.clock);
}

export function configStageEntity(state: PipelineState, key: string): StageDetail | undefined {
  const bar = key.lastIndexOf('|');
  const stage = key.slice(bar + 1);
  const found = isStage(stage) ? state.cells.get(key.slice(0, bar))?.byStage.get(stage) : undefined;
  return found && cellEntity(found, state.clock);
}

export function runEntityOf(state: PipelineState, id: string): RunEntity | undefined {
  const run = state.runs.runs.get(id);
  return run && runEntity(run, state.clock);
}

/** Every run on record: those of the topic `pipeline.runs`, and per config the last 64 that ended before them. */
export function* runViews(state: PipelineState): Iterable<RunView> {
  for (const run of state.runs.runs.values()) yield runView(run, state.clock);
  for (const runs of state.runs.archive.values()) for (const run of runs) yield archivedView(run);
}

/** One of them; undefined where it is not on record (any more). */
export function runViewOf(state: PipelineState, id: string): RunView | undefined {
  const run = state.runs.runs.get(id);
  if (run !== undefined) return runView(run, state.clock);
  for (const runs of state.runs.archive.values()) {
    const archived = runs.find((each) => each.id === id);
    if (archived !== undefined) return archivedView(archived);
  }
  return undefined;
}

export function* cellKeys(state: PipelineState): Iterable<string> {
  for (const { byStage } of state.cells.values()) for (const each of byStage.values()) yield each.key;
}
