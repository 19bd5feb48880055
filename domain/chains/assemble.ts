import type { StoredEvent } from '../events/envelope';
import { toRow } from '../events/row';
import { byTime } from './order';
import type { Chain, Draft, Tie } from './types';

/** Members listed of a chain, the event among them. */
export const MAX_MEMBERS = 200;

/** A chain as a page lists it: in order, cut around the event, each member with its place. */
export function assemble(draft: Draft, event: StoredEvent): Chain {
  const sorted = [...draft.ties].sort((a, b) => byTime(a.event, b.event));
  const own = Math.max(
    0,
    sorted.findIndex((tie) => tie.event.seq === event.seq),
  );
  const from = windowStart(sorted.length, own);
  const ties = sorted.slice(from, from + MAX_MEMBERS);
  const first = ties[0]?.event.timestamp ?? event.timestamp;
  return {
    kind: draft.kind,
    subject: draft.subject,
    members: ties.map((tie, index) => member(tie, ties[index - 1], { first, own: own - from, index })),
    cut_before: draft.moreBefore || from > 0,
    cut_after: draft.moreAfter || from + MAX_MEMBERS < sorted.length,
    awaits: [...draft.awaits],
  };
}

/** Half of the room for what led to the event, half for what followed, unless one side needs less. */
function windowStart(length: number, own: number): number {
  return Math.max(0, Math.min(own - MAX_MEMBERS / 2, length - MAX_MEMBERS));
}

function member(
  { event, by }: Tie,
  before: Tie | undefined,
  { first, own, index }: { first: number; own: number; index: number },
): Chain['members'][number] {
  return {
    ...toRow(event),
    place: index === own ? 'this' : index < own ? 'before' : 'after',
    by,
    offset: event.timestamp - first,
    gap: before === undefined ? null : event.timestamp - before.event.timestamp,
  };
}
