import type { StoredEvent } from '../../events/envelope';
import { STAGES, type RunEntity, type StageId } from '../../realtime/entities';
import type { Projection, Touch } from '../projection';
import { evictLowest } from '../shared/bounds';
import { tick } from '../shared/clock';
import { wasWarm } from '../shared/minutes';
import { cell, cellEntity, foldCell, type Cell, type StageDetail } from './cells';
import { archivedView } from './archive';
import { foldSources, SOURCE_TYPES } from './lineage';
import { foldRuns, retraceData, RUN_TYPES } from './runs';
import { runView, type RunView } from './run-view';
import { RUN_STALE_AFTER_S, runEntity } from './run-entity';
import { STAGE_TYPES, stageRuleOf, stepOf } from './stages';
import { initialPipeline, type PipelineState } from './state';
import { anyFellSilent, mark } from './tracks';

export { cellKey } from './cells';
export { hopTimes, leadTime, totalTime, type Span } from './hops';
export { leadTimes } from './lead-times';
export { DATA_STAGES, type HopView, type RunView } from './run-view';
export type { StageDetail } from './cells';
export type { PipelineState } from './state';

const MAX_CONFIGS = 200;
/** Ids of things started and ended that are remembered per stage, over all configs and per config. */
const MAX_TRACKS = 2_048;
const MAX_CELL_TRACKS = 256;

function isStage(name: string): name is StageId {
  return (STAGES as readonly string[]).includes(name);
}

function foldPipeline(state: PipelineState, event: StoredEvent, touch: Touch): void {
  const before = state.clock;
  if (tick(state, event)) touchDecayed(state, before, touch);
  if (foldSources(state.sources, event)) retraceData(state.runs, state.sources, event);
  foldRuns(state.runs, state.sources, event, state.clock, touch);
  const rule = stageRuleOf(event);
  if (rule === undefined) return;
  const step = stepOf(rule, event);
  const total = state.stages.get(rule.stage);
  if (total !== undefined) foldCell(total, rule, step, event, MAX_TRACKS);
  touch('pipeline.stages', rule.stage);
  if (event.config === null) return;
  if (step === 'goes_on' && state.cells.get(event.config)?.byStage.has(rule.stage) !== true) return;
  const own = cellFor(state, event.config, rule.stage, event, touch);
  foldCell(own, rule, step, event, MAX_CELL_TRACKS);
  touch('pipeline.cells', own.key);
  if (rule.stage === 'threshold') endExport(state, event, touch);
}

/** The stage bus reports exports without their config; that the threshold was looked at shows that the export is over. */
function endExport(state: PipelineState, event: StoredEvent, touch: Touch): void {
  if (event.config === null) return;
  const own = state.cells.get(event.config)?.byStage.get('export');
  const total = state.stages.get('export');
  if (own !== undefined) mark(own.tracks, event.config, 'end', event, MAX_CELL_TRACKS);
  if (total !== undefined) mark(total.tracks, event.config, 'end', event, MAX_TRACKS);
  if (own !== undefined) touch('pipeline.cells', own.key);
  touch('pipeline.stages', 'export');
}

function cellFor(
  state: PipelineState,
  config: string,
  stage: StageId,
  event: StoredEvent,
  touch: Touch,
): Cell {
  let cells = state.cells.get(config);
  if (cells === undefined) {
    cells = { at: event.timestamp, byStage: new Map() };
    state.cells.set(config, cells);
    evictLowest(
      state.cells,
      MAX_CONFIGS,
      (each) => each.at,
      (_, gone) => {
        for (const each of gone.byStage.values()) touch('pipeline.cells', each.key);
      },
    );
  }
  cells.at = Math.max(cells.at, event.timestamp);
  let found = cells.byStage.get(stage);
  if (found === undefined) {
    found = cell(stage, config);
    cells.byStage.set(stage, found);
  }
  return found;
}

/** A new minute: hourly rates lost their oldest minute, and what nobody heard of fell silent. */
function touchDecayed(state: PipelineState, before: number | null, touch: Touch): void {
  if (state.clock === null) return;
  const decays = ({ ring, tracks }: Cell): boolean =>
    wasWarm(ring, before) || anyFellSilent(tracks, before, state.clock);
  for (const [stage, total] of state.stages) if (decays(total)) touch('pipeline.stages', stage);
  for (const { byStage } of state.cells.values()) {
    for (const each of byStage.values()) if (decays(each)) touch('pipeline.cells', each.key);
  }
  for (const run of state.runs.runs.values()) {
    const staleAt = run.updatedAt + RUN_STALE_AFTER_S;
    if (run.outcome.v === 'active' && (before ?? -Infinity) <= staleAt && state.clock > staleAt) {
      touch('pipeline.runs', run.id);
    }
  }
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

function* cellKeys(state: PipelineState): Iterable<string> {
  for (const { byStage } of state.cells.values()) for (const each of byStage.values()) yield each.key;
}

/** The nine stages from games to distributed champions, over all and per config, and the runs that pass through them. */
export const pipelineProjection: Projection<PipelineState> = {
  name: 'pipeline',
  version: 6,
  listens: [...SOURCE_TYPES, ...RUN_TYPES, ...STAGE_TYPES],
  initial: initialPipeline,
  fold: foldPipeline,
  topics: {
    'pipeline.stages': { limit: 9, keys: () => STAGES, entity: stageEntity },
    'pipeline.cells': { limit: 4_500, keys: cellKeys, entity: configStageEntity },
    'pipeline.runs': { limit: 676, keys: (state) => state.runs.runs.keys(), entity: runEntityOf },
  },
};
