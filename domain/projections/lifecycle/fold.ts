import type { StoredEvent } from '../../events/envelope';
import { evictLowest } from '../shared/bounds';
import { tick } from '../shared/clock';
import { refOf } from '../shared/order';
import { allowance, LEAST_S, recordDuration } from './durations';
import {
  dropFinding,
  settleLate,
  giveUp,
  findingAbout,
  reportOutOfOrder,
  reportOverdue,
  type Late,
  type Part,
  type Tell,
  resolveOverdue,
  settleOld,
} from './findings';
import { HOPS, type Hop } from './hops';
import { hopState, type HopState, type LifecycleState, type Open } from './state';

/** Stretches under way per hop; the oldest are given up first. */
const MAX_OPEN = 3_000;
/** A step this long overdue will not come: events get lost, and a lost one must not ask for attention for ever. */
const GIVE_UP_S = 6 * 3600;

type Role = 'open' | 'close' | 'during' | 'pause' | 'cancel';

/** Closing comes before opening: one event can end a stretch and begin the next of the same subject. */
const ROLES = new Map<string, { hop: Hop; role: Role }[]>();
const NONE: readonly { hop: Hop; role: Role }[] = [];
for (const role of ['close', 'cancel', 'during', 'pause', 'open'] as const) {
  for (const hop of HOPS) {
    const { opens: open, closes: close, cancels: cancel, pauses: pause, during } = hop;
    const types = { open, close, cancel, pause, during }[role] ?? [];
    for (const type of types) ROLES.set(type, [...(ROLES.get(type) ?? []), { hop, role }]);
  }
}

/** Checks an event against the lifecycles. Findings are told, never enforced: the event stands whatever they say. */
export function foldLifecycle(state: LifecycleState, event: StoredEvent, tell: Tell): void {
  if (state.firstAt === null || event.timestamp < state.firstAt) state.firstAt = event.timestamp;
  if (tick(state, event)) checkOverdue(state, tell);
  for (const { hop, role } of ROLES.get(event.eventType) ?? NONE) {
    const subject = hop.subject(event);
    if (subject !== null) play({ state, hop, subject, event, tell }, role);
  }
}

function play(part: Part, role: Role): void {
  const { state, hop, subject, event, tell } = part;
  const current = hopOf(state, hop);
  const named = current.open.get(subject);
  if (role === 'open') {
    begin(part, current, named);
    return;
  }
  if ((role === 'close' || role === 'cancel') && staysClosed(hop)) noteEnd(current, part);
  if (named !== undefined && named.t > event.timestamp && current.ended.get(subject)?.final === true) {
    // It was over for good before this stretch seemed to begin, and is told of only now.
    current.open.delete(subject);
    const alarm = findingAbout(part, 'overdue');
    if (alarm !== undefined) dropFinding(state, alarm, tell);
    return;
  }
  const opened = named === undefined ? openedAs(current, subject, event) : subject;
  const open = named ?? current.open.get(opened);
  if (open === undefined || open.t > event.timestamp) {
    stepAlone(part, role);
  } else if (role === 'pause') {
    open.late = true;
    resolveOverdue({ ...part, subject: opened }, open, false);
  } else if (role !== 'during') {
    current.open.delete(opened);
    if (role === 'close') recordDuration(current, event, event.timestamp - open.t);
    resolveOverdue({ ...part, subject: opened }, open, role === 'close');
  }
}

/** A step of no stretch under way: it belongs to one that is over, or came out of order. */
function stepAlone(part: Part, role: Role): void {
  const known =
    (role === 'close' && settleLate(part)) ||
    (role === 'pause' && findingAbout(part, 'overdue') !== undefined);
  if (!known && role !== 'cancel' && part.hop.strict && !isExcused(part)) reportOutOfOrder(part);
}

/**
 * The subject under which the stretch of an event was opened that is not open under its own. Not every producer names the
 * job at each step: one that lacks it goes by its config, so a config's stretch is looked for by either name.
 */
function openedAs(current: HopState, subject: string, event: StoredEvent): string {
  if (event.config === null) return subject;
  if (subject !== event.config) return current.open.has(event.config) ? event.config : subject;
  for (const [name, open] of current.open) if (open.ref.config === event.config) return name;
  return subject;
}

/** History may begin, and an evicted stretch may end, without the step that opened it. */
function isExcused(part: Part): boolean {
  if (findingAbout(part, 'out_of_order') !== undefined) return true;
  const { state, hop, event } = part;
  return state.firstAt !== null && event.timestamp - state.firstAt < hop.limit;
}

/** Ended stretches per hop that are remembered: longer than steps of one subject arrive in another order. */
const MAX_ENDED = 500;
/** Of a hop that can be over for good, so that champions are among them; those that were not heard of for longest go first. */
const MAX_ENDED_FOR_GOOD = 3_000;

/**
 * Where a stretch need not begin with its opening step, one that comes after the closing step opens nothing. What goes on
 * all the time is opened by what closes it, and strict ones tell by their finding.
 */
function staysClosed({ strict, opens, closes }: Hop): boolean {
  return !strict && opens[0] !== closes[0];
}

function noteEnd({ ended }: HopState, { hop, subject, event }: Part): void {
  const before = ended.get(subject) ?? { t: -Infinity, final: false };
  ended.set(subject, {
    t: Math.max(before.t, event.timestamp),
    final: before.final || hop.final?.includes(event.eventType) === true,
  });
  evictLowest(ended, hop.final === undefined ? MAX_ENDED : MAX_ENDED_FOR_GOOD, ({ t }) => t);
}

function begin(part: Part, current: HopState, before: Open | undefined): void {
  const { state, subject, event, tell } = part;
  const ended = current.ended.get(subject);
  if (ended?.final === true) ended.t = Math.max(ended.t, event.timestamp);
  if (ended !== undefined && (ended.final || ended.t >= event.timestamp)) return;
  const early = findingAbout(part, 'out_of_order');
  if (early !== undefined && early.at >= event.timestamp) {
    // The missing step arrives late but did happen in time: nothing was out of order, and nothing is under way.
    dropFinding(state, early, tell);
    return;
  }
  if (before !== undefined && before.t > event.timestamp) return;
  const open: Open = { t: event.timestamp, s: event.seq, ref: refOf(event), late: false };
  if (before !== undefined) current.open.delete(subject);
  current.open.set(subject, open);
  evictLowest(current.open, MAX_OPEN, openedAt);
}

const openedAt = ({ t }: Open): number => t;

function hopOf(state: LifecycleState, hop: Hop): HopState {
  let found = state.hops.get(hop.id);
  if (found === undefined) {
    found = hopState();
    state.hops.set(hop.id, found);
  }
  return found;
}

/** Each minute of event time: which awaited steps are late by now. */
function checkOverdue(state: LifecycleState, tell: Tell): void {
  settleOld(state, tell);
  const late: Late[] = [];
  for (const hop of HOPS) {
    const current = state.hops.get(hop.id);
    if (current === undefined || current.open.size === 0 || state.clock === null) continue;
    for (const [subject, open] of current.open) {
      const waited = state.clock - open.t;
      if (waited <= LEAST_S) continue;
      const allowed = allowance(hop, current, open.ref.config);
      const lost = waited > allowed.limit + GIVE_UP_S;
      if (waited > allowed.limit && !open.late) late.push({ hop, subject, open, allowed, lost });
      else if (lost) giveUp(state, hop, subject, tell);
      if (lost) current.open.delete(subject);
    }
  }
  reportOverdue(state, late, tell);
}
