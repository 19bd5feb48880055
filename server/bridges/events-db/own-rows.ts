import type { BridgeCursor, History } from '../../history/types';

const PAGE = 1000;

/**
 * Row ids that forwarding wrote but reading has not passed yet, from history: after a restart they must not come back in
 * as somebody else's events. Looks back through the outbox in growing steps until it meets a row already read.
 */
export async function ownRowsAhead(
  history: Pick<History, 'outbox'>,
  cursor: BridgeCursor,
): Promise<number[]> {
  const readTo = cursor.backfill ? cursor.backfill.next - 1 : cursor.readRowId;
  if (cursor.forwardedRowId <= readTo) return [];
  for (let back = PAGE; ; back *= 4) {
    const from = Math.max(0, cursor.forwardedSeq - back);
    const { ids, complete } = await forwardedRows(history, from, cursor.forwardedSeq, readTo);
    if (complete || from === 0) return ids;
  }
}

async function forwardedRows(history: Pick<History, 'outbox'>, from: number, upTo: number, readTo: number) {
  const ids: number[] = [];
  let complete = false;
  for (let above = from; ;) {
    const events = await history.outbox(above, PAGE);
    for (const { seq, queueEventId } of events) {
      if (seq > upTo) return { ids, complete };
      if (queueEventId === null) continue;
      if (queueEventId > readTo) ids.push(queueEventId);
      else complete = true;
    }
    const last = events.at(-1);
    if (!last || events.length < PAGE) return { ids, complete };
    above = last.seq;
  }
}
