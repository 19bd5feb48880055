import type { StoredEvent } from '../../events/envelope';
import type { StageId } from '../../realtime/entities';
import type { Touch } from '../projection';
import { evictLowest } from '../shared/bounds';
import { firstName, nameField, saysFailed } from '../shared/fields';
import { isNotOlder, isSet, write } from '../shared/order';
import { writeNumber } from '../shared/write-number';
import { archiveRun, rollBackArchived, wasPromoted } from './archive';
import { lineageAt, type SourcesState } from './lineage';
import { newRun, unset, type Hop, type Run, type RunOutcome } from './run';
import type { RunsState } from './runs-state';
import { isEnded } from './run-entity';

/** Runs under way and ended that are kept (eviction frees a tenth, so 100 ended always stay); the longest untouched go first. */
const MAX_ACTIVE = 500;
const MAX_ENDED = 112;

type RunRule = {
  stage: StageId;
  side: 'start' | 'done' | 'failed';
  outcome?: RunOutcome;
  /** False for an event that tells of a run but cannot be the first we hear of it. */
  opens?: false;
  /** The stage that the event's end is the start of. */
  next?: StageId;
};

/** The steps of a run; the stages before the threshold work for every run of a config and belong to none. */
const RUN_RULES: ReadonlyMap<string, RunRule> = new Map<string, RunRule>([
  ['TRAINING_THRESHOLD_REACHED', { stage: 'threshold', side: 'done', outcome: 'active' }],
  ['TRAINING_STARTED', { stage: 'training', side: 'start', outcome: 'active' }],
  ['TRAINING_PROGRESS', { stage: 'training', side: 'start' }],
  ['TRAINING_COMPLETED', { stage: 'training', side: 'done', outcome: 'active' }],
  ['TRAINING_FAILED', { stage: 'training', side: 'failed', outcome: 'failed' }],
  ['EVALUATION_STARTED', { stage: 'evaluation', side: 'start', outcome: 'active' }],
  ['EVALUATION_COMPLETED', { stage: 'evaluation', side: 'done', outcome: 'active' }],
  ['EVALUATION_FAILED', { stage: 'evaluation', side: 'failed', outcome: 'failed' }],
  ['PROMOTION_CANDIDATE', { stage: 'promotion', side: 'start', outcome: 'active' }],
  ['PROMOTION_STARTED', { stage: 'promotion', side: 'start', outcome: 'active' }],
  ['MODEL_PROMOTED', { stage: 'promotion', side: 'done', outcome: 'promoted', next: 'distribution' }],
  ['PROMOTION_REJECTED', { stage: 'promotion', side: 'failed', outcome: 'rejected' }],
  ['PROMOTION_FAILED', { stage: 'promotion', side: 'failed', outcome: 'failed' }],
  ['PROMOTION_ROLLED_BACK', { stage: 'promotion', side: 'done', outcome: 'rolled_back', opens: false }],
  ['MODEL_DISTRIBUTION_COMPLETE', { stage: 'distribution', side: 'done', opens: false }],
]);

export const RUN_TYPES: readonly string[] = [...RUN_RULES.keys()];

/** Follows the runs; `clock` decides which active ones have gone stale and may be forgotten. */
export function foldRuns(
  state: RunsState,
  sources: SourcesState,
  event: StoredEvent,
  clock: number | null,
  touch: Touch,
): void {
  const rule = RUN_RULES.get(event.eventType);
  if (rule === undefined) return;
  const before = state.runs.size;
  const run = runOf(state, event, (model) => opensFor(state, rule, event, model), touch);
  if (run === null) {
    if (rule.outcome === 'rolled_back')
      rollBackArchived(state.archive, event.config, nameField(event.payload, 'model_id'));
    return;
  }
  // Champions are evaluated again and again: that tells of the champion, not of the run that made it.
  if (rule.stage === 'evaluation' && isAfterPromotion(run, event)) return;
  describe(run, event);
  step(run, rule, event);
  if (rule.stage === 'threshold') traceData(run, sources);
  touch('pipeline.runs', run.id);
  // Looking through all runs for each new one would cost more than the fold: at every 64th is enough.
  if (state.runs.size > before && state.runs.size % 64 === 0) evict(state, clock, touch);
}

/** A champion is evaluated again when its own run is long on record: that begins no other. */
function opensFor(state: RunsState, rule: RunRule, event: StoredEvent, model: string | null): boolean {
  if (rule.opens === false) return false;
  return rule.stage !== 'evaluation' || !wasPromoted(state.archive, event.config, model);
}

/** The run of an event, by job and else by model; one known by its model so far joins the job that names that model. */
function runOf(
  state: RunsState,
  event: StoredEvent,
  opens: (model: string | null) => boolean,
  touch: Touch,
): Run | null {
  const job = nameField(event.payload, 'job_id');
  const model = nameField(event.payload, 'model_id');
  const known = model === null ? undefined : state.runs.get(state.byModel.get(model) ?? '');
  const id = job ?? known?.id ?? model;
  if (id === null) return null;
  let run = state.runs.get(id);
  if (run === undefined) {
    if (!opens(model)) return null;
    run = newRun(id, event.timestamp);
    state.runs.set(id, run);
  }
  run.job ??= job;
  run.model ??= model;
  if (model === null || run.model !== model) return run;
  state.byModel.set(model, id);
  if (known !== undefined && known !== run && known.job === null) absorb(state, run, known, touch);
  return run;
}

function absorb(state: RunsState, run: Run, other: Run, touch: Touch): void {
  state.runs.delete(other.id);
  touch('pipeline.runs', other.id);
  run.config ??= other.config;
  run.startedAt = Math.min(run.startedAt, other.startedAt);
  run.updatedAt = Math.max(run.updatedAt, other.updatedAt);
  if (
    other.outcome.t > run.outcome.t ||
    (other.outcome.t === run.outcome.t && other.outcome.s > run.outcome.s)
  ) {
    run.outcome = other.outcome;
  }
  for (const [stage, hop] of other.hops) if (!run.hops.has(stage)) run.hops.set(stage, hop);
  run.lineage ??= other.lineage;
}

/** Notes the data that the run was triggered by. */
function traceData(run: Run, sources: SourcesState): void {
  const triggered = run.hops.get('threshold')?.end;
  if (run.config === null || triggered === undefined || !isSet(triggered)) return;
  run.lineage = lineageAt(sources, run.config, triggered.t);
}

/** An export of a config that was told of late: the runs that its threshold had triggered already trained on it. */
export function retraceData(state: RunsState, sources: SourcesState, event: StoredEvent): void {
  for (const run of state.runs.values()) {
    const triggered = run.hops.get('threshold')?.end;
    if (run.config === event.config && triggered !== undefined && triggered.t >= event.timestamp)
      traceData(run, sources);
  }
}

function describe(run: Run, event: StoredEvent): void {
  run.config ??= event.config;
  run.startedAt = Math.min(run.startedAt, event.timestamp);
  run.updatedAt = Math.max(run.updatedAt, event.timestamp);
  if (event.eventType === 'TRAINING_STARTED') {
    write(run.node, event, firstName(event.payload, ['node_name', 'node_id', 'host']) ?? event.node);
  }
  writeNumber(run.epoch, event, 'epoch');
  writeNumber(run.totalEpochs, event, 'total_epochs');
}

function step(run: Run, rule: RunRule, event: StoredEvent): void {
  const failed = rule.side === 'failed' || (rule.side === 'done' && saysFailed(event.payload));
  const outcome = failed && rule.side === 'done' ? 'failed' : rule.outcome;
  if (outcome !== undefined) write(run.outcome, event, outcome);
  const hop = hopOf(run, rule.stage);
  if (rule.side === 'start') {
    startNoLater(hop, event);
  } else if (rule.outcome !== 'rolled_back' && isNotOlder(event, hop.end)) {
    hop.end = { t: event.timestamp, s: event.seq };
    hop.status = failed ? 'failed' : 'done';
  }
  if (rule.next !== undefined && !failed) {
    const next = hopOf(run, rule.next);
    if (!isSet(next.start)) startNoLater(next, event);
  }
}

function isAfterPromotion({ hops }: Run, { timestamp }: StoredEvent): boolean {
  const promotion = hops.get('promotion');
  return (
    promotion !== undefined &&
    promotion.status === 'done' &&
    isSet(promotion.end) &&
    timestamp > promotion.end.t
  );
}

function startNoLater(hop: Hop, event: StoredEvent): void {
  if (!isSet(hop.start) || event.timestamp < hop.start.t) hop.start = { t: event.timestamp, s: event.seq };
}

function hopOf(run: Run, stage: StageId): Hop {
  let hop = run.hops.get(stage);
  if (hop === undefined) {
    hop = { start: unset(), end: unset(), status: 'done' };
    run.hops.set(stage, hop);
  }
  return hop;
}

function evict(state: RunsState, clock: number | null, touch: Touch): void {
  const ended = new Map<string, Run>();
  const active = new Map<string, Run>();
  for (const [id, run] of state.runs) (isEnded(run, clock) ? ended : active).set(id, run);
  const forget = (id: string, run: Run) => {
    state.runs.delete(id);
    if (run.model !== null && state.byModel.get(run.model) === id) state.byModel.delete(run.model);
    touch('pipeline.runs', id);
  };
  evictLowest(
    ended,
    MAX_ENDED,
    (run) => run.updatedAt,
    (id, run) => {
      archiveRun(state.archive, run, clock);
      forget(id, run);
    },
  );
  evictLowest(active, MAX_ACTIVE, (run) => run.updatedAt, forget);
}
