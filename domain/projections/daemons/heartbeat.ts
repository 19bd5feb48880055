import type { StoredEvent } from '../../events/envelope';
import { numberField } from '../shared/fields';
import { wellFrom } from '../shared/health';
import { isNotOlder, refOf, write } from '../shared/order';
import { ranked } from '../shared/rank';
import { writeNumber } from '../shared/write-number';
import { enter } from './conditions';
import type { Service } from './state';

const MAX_GAPS = 20;
/** So many pauses make a rhythm. */
const ENOUGH_GAPS = 3;
const MAX_SCORES = 500;
/** A heartbeat later than this many times the rhythm is overdue: two were missed. */
export const OVERDUE_FACTOR = 2.5;

/** A heartbeat proves that a coordinator runs; that it is well only if its score says so, or it gives none. */
export function heartbeat(one: Service, event: StoredEvent): void {
  one.heartbeats += 1;
  const score = numberField(event.payload, 'health_score');
  const before = one.beat.v;
  const processedBefore = one.processed.v;
  if (before !== null && isNotOlder(event, one.beat)) {
    keepRhythm(one, event.timestamp - before.timestamp);
    one.perMinute = pace(processedBefore, event, event.timestamp - before.timestamp);
  }
  if (score !== null) {
    write(one.score, event, score);
    one.scores.push([event.timestamp, score]);
    if (one.scores.length > MAX_SCORES) one.scores.shift();
  }
  writeNumber(one.handlers, event, 'active_handlers');
  writeNumber(one.processed, event, 'events_processed');
  enter(one.link, event, 'running', null);
  if (score === null || score >= wellFrom(one.reported.v)) enter(one.health, event, 'ok', null);
  write(one.beat, event, refOf(event));
}

function keepRhythm(one: Service, gap: number): void {
  // Two beats at one moment are one.
  if (gap <= 0) return;
  one.gaps.push(gap);
  if (one.gaps.length > MAX_GAPS) one.gaps.shift();
  if (one.gaps.length < ENOUGH_GAPS) return;
  one.rhythm = ranked(one.gaps, [Math.floor((one.gaps.length - 1) / 2)])[0] ?? null;
}

/** Events handled per minute since the heartbeat before; null where the count began anew. */
function pace(before: number | null, event: StoredEvent, gap: number): number | null {
  const now = numberField(event.payload, 'events_processed');
  if (before === null || now === null || now < before || gap <= 0) return null;
  const perMinute = ((now - before) / gap) * 60;
  return Number.isFinite(perMinute) ? perMinute : null;
}

/** From when on the next heartbeat is overdue; null without a rhythm. */
export function dueOf({ beat, rhythm }: Service): number | null {
  return beat.v === null || rhythm === null ? null : beat.v.timestamp + rhythm * OVERDUE_FACTOR;
}

/** Judged by the minute, so that it changes exactly when a minute begins or an event of the service comes. */
export function isOverdue(one: Service, clock: number | null): boolean {
  const due = dueOf(one);
  if (due === null || clock === null || one.link.v !== 'running') return false;
  return Math.floor(clock / 60) * 60 > due;
}
