import type { inferRouterInputs } from '@trpc/server';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { EventRow } from '@/domain/events/envelope';
import type { EventFilter } from '@/domain/realtime/contract';
import type { AppRouter } from '@/server/api/router';
import type { ListStart } from '@/server/live/feeds/list-start';
import { useLiveFeed } from '../live/live-provider';
import { NewestRows } from './newest-rows';
import { readOn } from './read-on';
import { ALONE, useTRPCClient } from '../queries/trpc';

type ListFilter = inferRouterInputs<AppRouter>['events']['list']['filter'];

export interface Newest {
  /** Newest first. */
  readonly rows: readonly EventRow[];
  /** Of history so much was looked through, 0 to 1, while older rows are still searched for; else null. */
  readonly searched: number | null;
  /** While true, the rows stand still. */
  readonly hold: (still: boolean) => void;
}

/**
 * The newest `limit` matches, live. Where the server ran out of time before it had them, older ones are read on.
 * `start`: what the page was rendered with; null where history could not be read then.
 */
export function useNewest(start: ListStart | null, filter: EventFilter, limit: number): Newest {
  const [newest] = useState(() => new NewestRows(start?.rows ?? [], limit));
  const rows = useSyncExternalStore(newest.subscribe, newest.shown, newest.shown);
  const [from, setFrom] = useState(start?.scannedTo ?? null);
  useLiveFeed({ shape: 'row', filter, limit, initialHead: start?.considered }, (frame) => {
    if (frame.kind !== 'rows') return;
    newest.take(frame.rows, frame.reset);
    if (frame.reset) setFrom(frame.scannedTo);
  });
  const searched = useOlder(newest, filter, limit, from, setFrom);
  return { rows, searched, hold: (still) => newest.hold(still) };
}

/** Reads what lies below `from`, where there is anything; says through how much of history it has come. */
function useOlder(
  newest: NewestRows,
  filter: EventFilter,
  limit: number,
  from: number | null,
  done: (from: null) => void,
): number | null {
  const client = useTRPCClient();
  const [share, setShare] = useState(0);
  const asked = JSON.stringify(filter);
  useEffect(() => {
    if (from === null) return;
    const caller = new AbortController();
    const { signal } = caller;
    const input = { filter: JSON.parse(asked) as ListFilter, order: 'desc', limit, count: false } as const;
    void readOn({
      from,
      signal,
      read: (cursor) => client.events.list.query({ ...input, cursor }, { ...ALONE.trpc, signal }),
      found: (rows) => newest.older(rows),
      searched: setShare,
    }).then(() => {
      if (signal.aborted) return;
      setShare(0);
      done(null);
    });
    return () => caller.abort();
  }, [client, newest, asked, limit, from, done]);
  return from === null ? null : share;
}
