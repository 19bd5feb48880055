import type { StoredEvent } from '../../events/envelope';
import type { EventRef, StageEntity, StageId } from '../../realtime/entities';
import { minuteOf } from '../shared/clock';
import { addToMinute, minuteRing, minutesUntil, perHour, type MinuteRing } from '../shared/minutes';
import { newerRef } from '../shared/order';
import { isWordOfProgress, type StageRule, type StageStep } from './stages';
import { hasStalled, mark, markHeard, markOldestEnded, tracks, underWay, type Tracks } from './tracks';

/** A stage, of one config or of all. */
export type Cell = {
  stage: StageId;
  config: string | null;
  /** The key under which the cell is published. */
  key: string;
  count: number;
  failed: number;
  rejected: number;
  tracks: Tracks;
  ring: MinuteRing;
  last: EventRef | null;
  lastFailure: EventRef | null;
};

/** The entity of the contract, and how many attempts a gate turned down (which are not failures). */
export type StageDetail = StageEntity & { rejected: number };

const SPARK_MINUTES = 30;

export function cellKey(config: string, stage: StageId): string {
  return `${config}|${stage}`;
}

export function cell(stage: StageId, config: string | null): Cell {
  return {
    stage,
    config,
    key: config === null ? stage : cellKey(config, stage),
    count: 0,
    failed: 0,
    rejected: 0,
    tracks: tracks(),
    ring: minuteRing(),
    last: null,
    lastFailure: null,
  };
}

/** Counts a step; `limit` bounds how many ids of things started and ended are remembered. */
export function foldCell(
  target: Cell,
  rule: StageRule,
  step: StageStep,
  event: StoredEvent,
  limit: number,
): void {
  if (step === 'goes_on') {
    const begins = rule.id !== null && markHeard(target.tracks, rule.id(event), event, limit);
    if (begins || (target.last !== null && isWordOfProgress(target.last.event_type)))
      target.last = newerRef(target.last, event);
    return;
  }
  target.last = newerRef(target.last, event);
  if (step === 'done') {
    target.count += 1;
    addToMinute(target.ring, minuteOf(event.timestamp));
  } else if (step === 'fail') {
    if (rule.id === null || !hasStalled(target.tracks, rule.id(event))) target.failed += 1;
    target.lastFailure = newerRef(target.lastFailure, event);
  } else if (step === 'reject') {
    target.rejected += 1;
  }
  if (rule.id !== null) track(target, step, rule.id(event), event, limit);
}

function track(target: Cell, step: StageStep, id: string | null, event: StoredEvent, limit: number): void {
  if (id !== null) mark(target.tracks, id, step === 'start' ? 'start' : 'end', event, limit);
  else if (step === 'start') mark(target.tracks, `config:${event.config ?? ''}`, 'start', event, limit);
  else markOldestEnded(target.tracks, event);
}

export function cellEntity(source: Cell, clock: number | null): StageDetail {
  const minute = minuteOf(clock ?? 0);
  const { count: in_progress, since: in_progress_since } = underWay(source.tracks, clock);
  return {
    stage: source.stage,
    config: source.config,
    count: source.count,
    failed: source.failed,
    rejected: source.rejected,
    in_progress,
    in_progress_since,
    rate_per_hour: perHour(source.ring, minute),
    last: source.last,
    last_failure: source.lastFailure,
    spark: minutesUntil(source.ring, minute, SPARK_MINUTES),
  };
}
