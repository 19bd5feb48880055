'use client';

import type { inferRouterInputs } from '@trpc/server';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { FeedController } from '@/components/events/feed-controller';
import { countAbove } from '@/components/events/feed-store';
import type { EventFilter } from '@/domain/realtime/contract';
import type { AppRouter } from '@/server/api/router';
import { useTRPCClient } from '../_client/trpc';

type ListFilter = inferRouterInputs<AppRouter>['events']['list']['filter'];

const PAGE = 200;
const RETRY_MS = 5_000;

/** The cursor of history for "the page after this seq, in this order". */
export function cursorAt(order: 'asc' | 'desc', seq: number): string {
  return btoa(`${order}:${seq}`).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

export interface HistoryPages {
  /** After a failure it is idle again by itself, so that what is still needed is asked for again. */
  readonly paging: 'idle' | 'loading' | 'failed';
  readonly loadOlder: () => void;
  readonly loadNewer: () => void;
}

/** Reads what a feed does not hold from history, one page at a time. */
export function useHistoryPages(controller: FeedController, filter: EventFilter): HistoryPages {
  const client = useTRPCClient();
  const [paging, setPaging] = useState<HistoryPages['paging']>('idle');
  const busy = useRef(false);
  /** Where a search that ran out of time goes on, for the row that it was asked from. */
  const resume = useRef<{ from: number | null; order: string; cursor: string } | null>(null);

  const load = useCallback(
    async (order: 'asc' | 'desc') => {
      if (busy.current) return;
      busy.current = true;
      setPaging('loading');
      const { body } = controller.view().state;
      const from = (order === 'desc' ? body[0] : body.at(-1))?.seq ?? null;
      const known = resume.current?.from === from && resume.current.order === order;
      const cursor = known ? resume.current?.cursor : from === null ? null : cursorAt(order, from);
      try {
        const page = await client.events.list.query({
          filter: filter as ListFilter,
          order,
          limit: PAGE,
          cursor,
          count: false,
        });
        const cut = page.scanned_to !== undefined && page.events.length === 0 && page.next_cursor;
        resume.current = cut ? { from, order, cursor: cut } : null;
        if (order === 'desc') controller.older(from, page.events, page.next_cursor !== null);
        else controller.newer(from ?? 0, page.events);
        setPaging('idle');
      } catch {
        setPaging('failed');
      } finally {
        busy.current = false;
      }
    },
    [client, controller, filter],
  );
  useEffect(() => {
    if (paging !== 'failed') return;
    const timer = setTimeout(() => setPaging('idle'), RETRY_MS);
    return () => clearTimeout(timer);
  }, [paging]);
  const loadOlder = useCallback(() => void load('desc'), [load]);
  const loadNewer = useCallback(() => void load('asc'), [load]);
  return { paging, loadOlder, loadNewer };
}

/**
 * How many events match: counted once by history, then kept up with what arrives. Counted anew when `epoch` changes
 * (after a reset of the feed). Null while unknown.
 */
export function useMatchTotal(controller: FeedController, filter: EventFilter, epoch: number): number | null {
  const client = useTRPCClient();
  const [base, setBase] = useState<number | null>(null);
  useEffect(() => {
    let gone = false;
    const count = async (): Promise<void> => {
      const { total, events } = await client.events.list.query({
        filter: filter as ListFilter,
        order: 'desc',
        limit: 1,
      });
      if (gone) return;
      const { state } = controller.view();
      // Rows that came while history counted are not in its count, but already in ours.
      setBase(total < 0 ? null : total + countAbove(state, events[0]?.seq ?? 0) - state.arrived);
    };
    count().catch(() => setBase(null));
    return () => {
      gone = true;
    };
  }, [client, controller, filter, epoch]);
  return base;
}
