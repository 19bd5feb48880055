import type { StoredEvent } from '../../events/envelope';
import type { StageId } from '../../realtime/entities';
import type { Touch } from '../projection';
import { evictLowest } from '../shared/bounds';
import { tick } from '../shared/clock';
import { wasWarm } from '../shared/minutes';
import { cell, foldCell, type Cell } from './cells';
import { foldSources, SOURCE_TYPES } from './lineage';
import { RUN_STALE_AFTER_S } from './run-entity';
import { foldRuns, retraceData, RUN_TYPES } from './runs';
import { STAGE_TYPES, stageRuleOf, stepOf } from './stages';
import type { PipelineState } from './state';
import { anyFellSilent, mark } from './tracks';

const MAX_CONFIGS = 200;
/** Ids of things started and ended that are remembered per stage, over all configs and per config. */
const MAX_TRACKS = 2_048;
const MAX_CELL_TRACKS = 256;

export const PIPELINE_TYPES = [...SOURCE_TYPES, ...RUN_TYPES, ...STAGE_TYPES];

export function foldPipeline(state: PipelineState, event: StoredEvent, touch: Touch): void {
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
  if (step === 'goes_on' && !isKnown(state, event.config, rule.stage) && rule.id?.(event) == null) return;
  const own = cellFor(state, event.config, rule.stage, event, touch);
  foldCell(own, rule, step, event, MAX_CELL_TRACKS);
  touch('pipeline.cells', own.key);
  if (rule.stage === 'threshold') endExport(state, event, touch);
}

const isKnown = (state: PipelineState, config: string, stage: StageId): boolean =>
  state.cells.get(config)?.byStage.has(stage) === true;

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
