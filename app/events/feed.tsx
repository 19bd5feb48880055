'use client';

import type { ReactNode, RefObject } from 'react';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { FeedBar, NewPill } from '@/components/events/feed/feed-bar';
import { FeedController } from '@/components/events/feed/feed-controller';
import type { FeedListHandle } from '@/components/events/list/feed-list';
import { FeedList } from '@/components/events/list/feed-list';
import { startFeed } from '@/components/events/feed/feed-store';
import type { LookMenuProps } from '@/components/events/list/look-menu';
import { LookMenu } from '@/components/events/list/look-menu';
import { useWall } from '@/components/ui/time/clock';
import type { EventRow } from '@/domain/events/envelope';
import type { EventFilter } from '@/domain/realtime/contract';
import type { ListStart } from '@/server/live/feeds/list-start';
import { useConnection, useLiveFeed, useReportPaused } from '../_client/live/live-provider';
import { ExpandedEvent } from './expanded-event';
import { useHistoryPages, useMatchTotal } from './history-pages';
import { useReader } from './use-reader';

/** What the server rendered with; `more`: history may have older matches. */
export interface FeedStart extends ListStart {
  readonly more: boolean;
}

const AT_START = 200;

export interface FeedProps {
  /** The same object while the filter stays the same; another filter is another feed (give it a key). */
  filter: EventFilter;
  start: FeedStart | null;
  zone: string | undefined;
  selectedId: string | null;
  /** Instead of rows where nothing matches. */
  empty: ReactNode;
  paused: boolean;
  onPaused: (paused: boolean) => void;
  onOpen: (row: EventRow) => void;
  onClose: () => void;
  textRef: RefObject<HTMLInputElement | null>;
  looks: LookMenuProps;
  /** The way to facets and bars, where they do not stand around the list. */
  summary: ReactNode;
}

/** The live list of one filter. */
export function Feed(props: FeedProps) {
  const { filter, start, paused, onOpen, selectedId, looks } = props;
  const [controller] = useState(() => makeController(start, paused));
  const view = useSyncExternalStore(controller.subscribe, controller.view, controller.view);
  const list = useRef<FeedListHandle>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [resets, setResets] = useState(0);
  const pages = useHistoryPages(controller, filter, start);
  // In a rush every frame starts afresh: counting anew waits until it is over.
  const base = useMatchTotal(controller, filter, view.rush ? -1 : resets);
  const { silent } = useConnection();
  const wall = useWall();
  const past = filter.until !== undefined && filter.until < wall;
  useReportPaused(view.paused);

  const request = useMemo(
    () => ({ shape: 'row' as const, filter, limit: AT_START, initialHead: start?.considered }),
    [filter, start],
  );
  useLiveFeed(request, (frame) => {
    setRefused(frame.kind === 'error' ? frame.message : null);
    if (frame.kind === 'error') return;
    controller.frame(frame.rows, frame.headSeq, frame.reset);
    if (frame.reset) setResets((count) => count + 1);
  });
  const { loadOlder } = pages;
  useEffect(() => {
    if (start === null) loadOlder();
  }, [start, loadOlder]);

  const reader = useReader({ ...props, controller, view, list });
  return (
    <section
      aria-label="Events"
      className="relative flex min-h-0 min-w-0 flex-1 flex-col overflow-hidden rounded-md border bg-surface"
    >
      <FeedBar
        view={view}
        silent={silent}
        past={past}
        total={base === null ? null : base + view.state.arrived}
        onTail={reader.tail}
        summary={props.summary}
      >
        <LookMenu {...looks} />
      </FeedBar>
      {refused !== null && (
        <p role="alert" className="border-b bg-bad-soft px-3 py-1 text-xs text-bad">
          The live feed was refused: {refused}
        </p>
      )}
      <div className="relative flex min-h-0 flex-1 flex-col">
        <NewPill view={view} onResume={reader.resume} />
        <FeedList
          ref={list}
          view={view}
          look={looks.look}
          zone={props.zone}
          selectedId={selectedId}
          cursor={reader.cursor}
          opened={reader.opened}
          onToggle={reader.toggle}
          renderOpened={(row) => <ExpandedEvent eventId={row.event_id} onBeside={() => onOpen(row)} />}
          paging={pages.paging}
          searched={pages.searched}
          onStop={pages.stop}
          onHold={(reason, on) => controller.setHold(reason, on)}
          onOpen={onOpen}
          onNeedOlder={pages.loadOlder}
          onNeedNewer={pages.loadNewer}
          empty={props.empty}
        />
      </div>
    </section>
  );
}

function makeController(start: FeedStart | null, paused: boolean): FeedController {
  const controller = new FeedController(start && startFeed(start.rows, start.considered, start.more));
  if (paused) controller.setHold('pause', true);
  return controller;
}
