import type { StoredEvent } from '../../events/envelope';
import { foldLifecycle, type Tell } from '../lifecycle';
import type { EventRef } from '../../realtime/entities';
import type { Touch } from '../projection';
import { evictLowest } from '../shared/bounds';
import { tick, type TimelyEvent } from '../shared/clock';
import { withinHour } from '../shared/minutes';
import { isBefore, newerRef, refOf, type Stamp } from '../shared/order';
import { acknowledge, covers } from './acknowledgement';
import { datedAhead } from './clocks';
import { CLUSTER_RULES, contradictionId, offlineId } from './cluster-rules';
import { lockMoved, movedId } from './deadlocks';
import { followHolds, HOLD_TYPES } from './holds';
import { lifecycleProblemId } from './lifecycle-problems';
import { NO_REASON, type ProblemRule, type Report } from './rules';
import type { Problem, ProblemsState } from './state';
import { SYSTEM_RULES } from './system-rules';
import { TRAINING_RULES } from './training-rules';

export const TOPIC = 'problems.open';
/** Problems open at once, and closings remembered against late reports; the least recently reported go first. */
const MAX_OPEN = 1_000;
const MAX_CLOSED = 5_000;
/** Nodes whose newest passed check is remembered. */
const MAX_ANSWERS = 5_000;

const RULES = new Map<string, ProblemRule>();
for (const [types, rule] of [...CLUSTER_RULES, ...TRAINING_RULES, ...SYSTEM_RULES]) {
  for (const type of types) RULES.set(type, rule);
}

export function foldProblems(state: ProblemsState, event: TimelyEvent, touch: Touch): void {
  if (tick(state, event)) expire(state, touch);
  if (event.aheadS !== undefined) open(state, datedAhead(event, event.aheadS), refOf(event), touch);
  foldLifecycle(state.lifecycle, event, tellOf(touch));
  if (HOLD_TYPES.has(event.eventType)) hold(state, event, touch);
  acknowledge(state, event, touch, TOPIC);
  const lock = lockMoved(event);
  if (lock !== null) moveOn(state, lock, event, touch);
  const rule = RULES.get(event.eventType);
  if (rule === undefined) return;
  const levelOf = (id: string): number | null => state.open.get(id)?.level ?? null;
  for (const id of rule.closes?.(event, levelOf) ?? []) if (id !== null) close(state, id, event, touch);
  const reports = rule.opens?.(event) ?? null;
  if (reports !== null && 'id' in reports) report(state, reports, event, touch);
  else if (reports !== null) for (const each of reports) report(state, each, event, touch);
  if (event.eventType === 'HEALTH_CHECK_PASSED') answer(state, event, touch);
}

function report(state: ProblemsState, told: Report, event: StoredEvent, touch: Touch): void {
  open(state, told, refOf(event), touch);
  if (told.id === offlineId(told.subject)) contradictGone(state, told, touch);
}

function hold(state: ProblemsState, event: StoredEvent, touch: Touch): void {
  const held = followHolds(state.holds, event);
  if (held.closes !== null) close(state, held.closes, event, touch);
  if (held.opens !== null) open(state, held.opens, refOf(event), touch);
}

/** A lock of a deadlock that moves afterwards: its holders got on. */
function moveOn(state: ProblemsState, lock: string, event: StoredEvent, touch: Touch): void {
  close(state, movedId(lock), event, touch);
  for (const [id, { locks }] of state.open) if (locks?.includes(lock)) close(state, id, event, touch);
}

let telling: { readonly touch: Touch; readonly tell: Tell } | null = null;

/** Findings are problems too. Made once and not per event: it is the same `touch` as long as the server runs. */
function tellOf(touch: Touch): Tell {
  if (telling?.touch !== touch) {
    const tell: Tell = (finding) => {
      touch('lifecycle.findings', finding.id);
      touch(TOPIC, lifecycleProblemId(finding));
    };
    telling = { touch, tell };
  }
  return telling.tell;
}

function stampOf({ timestamp, seq }: Pick<StoredEvent, 'timestamp' | 'seq'>): Stamp {
  return { t: timestamp, s: seq };
}

const reportedAt = ({ at }: Problem): number => at.t;
const closedAt = ({ t }: Stamp): number => t;

function open(state: ProblemsState, report: Report, event: EventRef, touch: Touch): void {
  const isOver = (id: string): boolean => {
    const closed = state.closed.get(id);
    return closed !== undefined && isBefore(event, closed);
  };
  if (isOver(report.id) || report.locks?.some((lock) => isOver(movedId(lock)))) return;
  const known = state.open.get(report.id);
  if (known === undefined) state.open.set(report.id, problemOf(report, event));
  else repeat(known, report, event);
  touch(TOPIC, report.id);
  evictLowest(state.open, MAX_OPEN, reportedAt, (id) => touch(TOPIC, id));
}

function problemOf(report: Report, event: EventRef): Problem {
  const { id, severity, title, detail, subject, page } = report;
  return {
    ...{ id, severity, title, detail, subject_kind: report.kind, subject, page },
    ...{
      at: stampOf(event),
      since: event.timestamp,
      count: 1,
      event,
      passes: report.passes === true,
      seen: null,
    },
    ...{ level: report.level ?? null, locks: report.locks ?? null },
  };
}

function repeat(problem: Problem, report: Report, event: EventRef): void {
  problem.count += 1;
  problem.since = Math.min(problem.since, event.timestamp);
  if (isBefore(event, problem.at)) return;
  problem.at = stampOf(event);
  problem.event = event;
  problem.severity = report.severity;
  if (problem.seen !== null && !covers(problem.seen, report.severity)) problem.seen = null;
  problem.title = report.title;
  problem.subject_kind = report.kind;
  problem.subject = report.subject;
  problem.page = report.page;
  // A report that gives no reason does not take back the one that was given.
  if (report.detail !== NO_REASON) problem.detail = report.detail;
  problem.locks = report.locks ?? null;
  const level = report.level ?? problem.level;
  problem.level =
    report.raises === true && problem.level !== null ? Math.max(problem.level, level ?? 0) : level;
}

function close(state: ProblemsState, id: string, event: StoredEvent, touch: Touch): void {
  const before = state.closed.get(id);
  if (before === undefined) {
    state.closed.set(id, stampOf(event));
    evictLowest(state.closed, MAX_CLOSED, closedAt);
  } else if (!isBefore(event, before)) {
    before.t = event.timestamp;
    before.s = event.seq;
  }
  const problem = state.open.get(id);
  if (problem === undefined || isBefore(event, problem.at)) return;
  state.open.delete(id);
  touch(TOPIC, id);
}

/** Notes that a node passed a health check. Each one is evidence against its being declared offline. */
function answer(state: ProblemsState, event: StoredEvent, touch: Touch): void {
  const { node } = event;
  if (node === null) return;
  state.answers.set(node, newerRef(state.answers.get(node) ?? null, event));
  evictLowest(state.answers, MAX_ANSWERS, ({ timestamp }) => timestamp);
  contradict(state, node, refOf(event), touch);
}

/** A report that nodes are gone may be told of later than the checks that they passed since. */
function contradictGone(state: ProblemsState, { subject }: Report, touch: Touch): void {
  const passed = state.answers.get(subject);
  if (passed !== undefined && !state.open.has(contradictionId(subject)))
    contradict(state, subject, passed, touch);
}

/** A node that the cluster holds for offline passed a health check: one of the two is wrong. */
function contradict(state: ProblemsState, node: string, passed: EventRef, touch: Touch): void {
  const offline = state.open.get(offlineId(node));
  if (offline === undefined || isBefore(passed, offline.at)) return;
  const report: Report = {
    id: contradictionId(node),
    severity: 'warning',
    title: `${node} is declared offline but answers`,
    detail: 'It passed a health check since. Waiting for the cluster to say online.',
    kind: 'node',
    subject: node,
    page: '/nodes',
  };
  open(state, report, passed, touch);
}

/** A new minute: what nobody reported for an hour has passed. */
function expire(state: ProblemsState, touch: Touch): void {
  if (state.clock === null) return;
  for (const [id, { passes, at }] of state.open) {
    if (!passes || withinHour(at.t, state.clock)) continue;
    state.open.delete(id);
    touch(TOPIC, id);
  }
}
