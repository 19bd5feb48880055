import type { StoredEvent } from '../../events/envelope';
import type { EventRef } from '../../realtime/entities';
import { evictLowest } from '../shared/bounds';
import { refOf } from '../shared/order';
import { bump, countsOf } from './counts';
import type { Allowance } from './durations';
import { HOPS, type Hop } from './hops';
import type { Finding, LifecycleState, Open } from './state';

/** Findings kept; resolved ones go first, then the oldest. */
const MAX_FINDINGS = 300;
/** A step out of order asks for attention for so long; nothing can ever put it in order again. */
const OUT_OF_ORDER_ASKS_S = 3600;
const RESOLVED = 1e12;

/** Told of every finding that is made, changed or dropped. */
export type Tell = (finding: Finding) => void;

/** An event's part in one hop: of which subject's stretch it is a step. */
export interface Part {
  readonly state: LifecycleState;
  readonly hop: Hop;
  readonly subject: string;
  readonly event: StoredEvent;
  readonly tell: Tell;
}

function findingId(hop: Hop, kind: Finding['kind'], subject: string): string {
  return `${hop.id}:${kind}:${subject}`;
}

/** The finding about a subject's stretch. */
export function findingAbout(
  { state, hop, subject }: Pick<Part, 'state' | 'hop' | 'subject'>,
  kind: Finding['kind'],
): Finding | undefined {
  if (countsOf(state, hop.id)[kind] === 0) return undefined;
  return state.findings.get(findingId(hop, kind, subject));
}

type Told = Pick<Finding, 'message' | 'at' | 'since'>;
type Judged = Pick<Finding, 'expected_seconds' | 'usual_seconds' | 'judged_by' | 'samples'>;
const UNJUDGED: Judged = { expected_seconds: null, usual_seconds: null, judged_by: 'default', samples: 0 };

/** A finding as it begins. One literal: put together of several objects, it took ten times as long. */
function findingOf(
  hop: Hop,
  kind: Finding['kind'],
  subject: string,
  event: EventRef,
  { message, at, since }: Told,
  { expected_seconds, usual_seconds, judged_by, samples }: Judged,
): Finding {
  return {
    id: findingId(hop, kind, subject),
    lifecycle: hop.lifecycle,
    hop: hop.id,
    kind,
    stage: hop.stage ?? null,
    subject,
    config: event.config,
    node: event.node,
    event,
    took_seconds: null,
    resolved: false,
    message,
    at,
    since,
    awaits: kind === 'overdue' ? [...hop.closes] : [...hop.opens],
    expected_seconds,
    usual_seconds,
    judged_by,
    samples,
  };
}

function put(state: LifecycleState, finding: Finding, tell: Tell): void {
  countsOf(state, finding.hop);
  const before = state.findings.size;
  state.findings.set(finding.id, finding);
  if (state.findings.size > before) bump(finding, 1);
  tell(finding);
  if (state.findings.size <= MAX_FINDINGS) return;
  evictLowest(state.findings, MAX_FINDINGS, askedAt, (_, gone) => {
    bump(gone, -1);
    tell(gone);
  });
}

const askedAt = ({ resolved, at }: Finding): number => (resolved ? at - RESOLVED : at);

export function dropFinding(state: LifecycleState, finding: Finding, tell: Tell): void {
  countsOf(state, finding.hop);
  if (!state.findings.delete(finding.id)) return;
  bump(finding, -1);
  tell(finding);
}

/** What should have come before, in words. */
const OPENERS = new Map(HOPS.map(({ id, opens }) => [id, opens.join(' or ')]));

export function reportOutOfOrder({ state, hop, subject, event, tell }: Part): void {
  const message = `${event.eventType} of ${subject} came without ${OPENERS.get(hop.id) ?? ''} before it`;
  const told = { message, at: event.timestamp, since: null };
  put(state, findingOf(hop, 'out_of_order', subject, refOf(event), told, UNJUDGED), tell);
}

/** A stretch that is found to take too long; `lost`: so long that its end is not expected any more. */
export interface Late {
  readonly hop: Hop;
  readonly subject: string;
  readonly open: Open;
  readonly allowed: Allowance;
  readonly lost: boolean;
}

/**
 * Reports what became late at the same time. After a silence of the whole cluster that may be everything under way, tens
 * of thousands of stretches in one event: only those that stay among the findings are made into some.
 */
export function reportOverdue(state: LifecycleState, late: readonly Late[], tell: Tell): void {
  for (const { open } of late) open.late = true;
  for (const each of newest(late)) {
    put(state, overdueFinding(each), tell);
    if (each.lost) giveUp(state, each.hop, each.subject, tell);
  }
}

/** Those that the limit leaves, in their order: the ones that are still awaited before the lost ones, then the latest. */
function newest(late: readonly Late[]): readonly Late[] {
  if (late.length <= MAX_FINDINGS) return late;
  const rank = ({ open, allowed, lost }: Late): number => open.t + allowed.limit - (lost ? RESOLVED : 0);
  const least = Float64Array.from(late, rank).sort()[late.length - MAX_FINDINGS] ?? -Infinity;
  return late.filter((each) => rank(each) >= least);
}

function overdueFinding({ hop, subject, open, allowed }: Late): Finding {
  const { limit, usual_seconds, judged_by, samples } = allowed;
  const message = `${subject}: still waiting for ${hop.waitsFor}${usually(usual_seconds)}`;
  const told = { message, at: open.t + limit, since: open.t };
  const judged = { expected_seconds: limit, usual_seconds, judged_by, samples };
  return findingOf(hop, 'overdue', subject, open.ref, told, judged);
}

/** What the wait is compared with, e.g. `, which usually takes 88 s`. */
function usually(usual: number | null): string {
  if (usual === null) return '';
  if (usual < 120) return `, which usually takes ${Math.round(usual)} s`;
  return usual < 7200
    ? `, which usually takes ${Math.round(usual / 60)} min`
    : `, which usually takes ${(usual / 3600).toFixed(1)} h`;
}

/**
 * The awaited step came, or something else ended the stretch (`came` false): then it is awaited no more, but did not come.
 * Late by event time, the finding stays on record as resolved; else it was a false alarm. What was awaited no more may
 * come after all.
 */
export function resolveOverdue(part: Part, open: Open, came: boolean): void {
  const { state, hop, subject, event, tell } = part;
  const known = findingAbout(part, 'overdue');
  if (known === undefined) return;
  if (known.resolved && !(came && known.since === open.t && known.took_seconds === null)) return;
  const took = event.timestamp - open.t;
  if (known.expected_seconds !== null && took <= known.expected_seconds) {
    dropFinding(state, known, tell);
    return;
  }
  known.resolved = true;
  known.took_seconds = came ? took : null;
  known.message = `${subject}: waited ${came ? 'long' : 'in vain'} for ${hop.waitsFor}`;
  tell(known);
}

/**
 * A step arrives of which the stretch is over already: given up, or ended by a later step that arrived before it. If it
 * happened in time, the finding was a false alarm. True when there was a finding that it belongs to.
 */
export function settleLate(part: Part): boolean {
  const { state, hop, subject, event, tell } = part;
  const known = findingAbout(part, 'overdue');
  if (known === undefined || known.since === null || known.since > event.timestamp) return false;
  const took = event.timestamp - known.since;
  if (known.took_seconds !== null && took >= known.took_seconds) return true;
  if (known.expected_seconds !== null && took <= known.expected_seconds) {
    dropFinding(state, known, tell);
  } else {
    known.resolved = true;
    known.took_seconds = took;
    known.message = `${subject}: waited long for ${hop.waitsFor}`;
    tell(known);
  }
  return true;
}

/** The awaited step is not expected any more: on record, but nothing to act on. */
export function giveUp(state: LifecycleState, hop: Hop, subject: string, tell: Tell): void {
  const known = findingAbout({ state, hop, subject }, 'overdue');
  if (known === undefined || known.resolved) return;
  known.resolved = true;
  known.message = `${subject}: gave up waiting for ${hop.waitsFor}`;
  tell(known);
}

/** Lets steps that came out of order rest after an hour. */
export function settleOld(state: LifecycleState, tell: Tell): void {
  for (const finding of state.findings.values()) {
    if (finding.resolved || finding.kind !== 'out_of_order' || state.clock === null) continue;
    if (state.clock - finding.at <= OUT_OF_ORDER_ASKS_S) continue;
    finding.resolved = true;
    tell(finding);
  }
}
