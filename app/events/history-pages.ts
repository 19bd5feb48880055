'use client';

import type { inferRouterInputs } from '@trpc/server';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { FeedController } from '@/components/events/feed/feed-controller';
import { countAbove } from '@/components/events/feed/feed-store';
import type { EventFilter } from '@/domain/realtime/contract';
import type { AppRouter } from '@/server/api/router';
import type { ListStart } from '@/server/live/feeds/list-start';
import { ALONE, useTRPCClient } from '../_client/queries/trpc';
import { nextCursor, placeOf, searchedShare, startPlace } from '../_client/newest/search-place';

type ListFilter = inferRouterInputs<AppRouter>['events']['list']['filter'];

const PAGE = 200;
const RETRY_MS = 5_000;

export interface HistoryPages {
  /** After a failure it is idle again by itself, so that what is still needed is asked for again. */
  readonly paging: 'idle' | 'loading' | 'failed' | 'stopped';
  /** Of history so much was looked through for older rows, where that takes long; else null. */
  readonly searched: number | null;
  readonly loadOlder: () => void;
  readonly loadNewer: () => void;
  /** Ends the search for older rows, here and on the server, until `loadOlder` is called again. */
  readonly stop: () => void;
}

/** Reads what a feed does not hold from history, one page at a time. */
export function useHistoryPages(
  controller: FeedController,
  filter: EventFilter,
  start: ListStart | null,
): HistoryPages {
  const client = useTRPCClient();
  const [paging, setPaging] = useState<HistoryPages['paging']>('idle');
  const [searched, setSearched] = useState<number | null>(null);
  const asked = useRef<AbortController | null>(null);
  const place = useRef(startPlace(start));

  const load = useCallback(
    async (order: 'asc' | 'desc') => {
      if (asked.current) return;
      const caller = (asked.current = new AbortController());
      setPaging('loading');
      const { body } = controller.view().state;
      const from = (order === 'desc' ? body[0] : body.at(-1))?.seq ?? null;
      const cursor = nextCursor(place.current, order, from);
      try {
        const input = { filter: filter as ListFilter, order, limit: PAGE, cursor, count: false };
        const page = await client.events.list.query(input, { ...ALONE.trpc, signal: caller.signal });
        place.current = placeOf(order, from, page);
        if (order === 'desc') {
          setSearched(searchedShare(page));
          controller.older(from, page.events, page.next_cursor !== null);
        } else controller.newer(from ?? 0, page.events);
        setPaging('idle');
      } catch {
        setPaging(caller.signal.aborted ? 'stopped' : 'failed');
      } finally {
        asked.current = null;
      }
    },
    [client, controller, filter],
  );
  useEffect(() => {
    if (paging !== 'failed') return;
    const timer = setTimeout(() => setPaging('idle'), RETRY_MS);
    return () => clearTimeout(timer);
  }, [paging]);
  const stop = useCallback(() => asked.current?.abort(), []);
  // Whoever leaves the page, or asks for something else, ends the search.
  useEffect(() => stop, [stop]);
  const loadOlder = useCallback(() => void load('desc'), [load]);
  const loadNewer = useCallback(() => void load('asc'), [load]);
  return { paging, searched, loadOlder, loadNewer, stop };
}

/** History that could not count, or did not in its time, is asked again after so long; each time four times as long. */
const COUNT_AGAIN_MS = 2_000;

/**
 * How many events match: counted once by history, then kept up with what arrives. Counted anew when `epoch` changes
 * (after a reset of the feed). Null while unknown.
 */
export function useMatchTotal(controller: FeedController, filter: EventFilter, epoch: number): number | null {
  const client = useTRPCClient();
  const [base, setBase] = useState<number | null>(null);
  useEffect(() => {
    const caller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const count = async (): Promise<number | null> => {
      const { total, events } = await client.events.list.query(
        { filter: filter as ListFilter, order: 'desc', limit: 1 },
        { ...ALONE.trpc, signal: caller.signal },
      );
      const { state } = controller.view();
      // Rows that came while history counted are not in its count, but already in ours.
      return total < 0 ? null : total + countAbove(state, events[0]?.seq ?? 0) - state.arrived;
    };
    const keepCounting = async (pause: number): Promise<void> => {
      const counted = await count().catch(() => null);
      if (caller.signal.aborted) return;
      setBase(counted);
      if (counted === null) timer = setTimeout(() => void keepCounting(pause * 4), pause);
    };
    void keepCounting(COUNT_AGAIN_MS);
    return () => {
      caller.abort();
      clearTimeout(timer);
    };
  }, [client, controller, filter, epoch]);
  return base;
}
