'use client';

import type { RefObject } from 'react';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { FeedBar, NewPill } from '@/components/events/feed-bar';
import { FeedController } from '@/components/events/feed-controller';
import type { FeedListHandle } from '@/components/events/feed-list';
import { FeedList } from '@/components/events/feed-list';
import { indexOfSeq, rowAt } from '@/components/events/feed-rows';
import { startFeed } from '@/components/events/feed-store';
import { useKeys } from '@/components/events/keys';
import { Empty } from '@/components/ui/empty';
import type { EventRow } from '@/domain/events/envelope';
import type { EventFilter } from '@/domain/realtime/contract';
import { useLiveFeed, useReportPaused } from '../_client/live-provider';
import { useHistoryPages, useMatchTotal } from './history-pages';

/** What the server rendered with: the newest matches, ascending, and the seq up to which it had looked. */
export interface FeedStart {
  readonly rows: readonly EventRow[];
  readonly considered: number;
  readonly more: boolean;
}

const AT_START = 200;

export interface FeedProps {
  /** The same object while the filter stays the same; another filter is another feed (give it a key). */
  filter: EventFilter;
  start: FeedStart | null;
  zone: string | undefined;
  selectedId: string | null;
  filtered: boolean;
  paused: boolean;
  onPaused: (paused: boolean) => void;
  onOpen: (row: EventRow) => void;
  onClose: () => void;
  textRef: RefObject<HTMLInputElement | null>;
}

/** The live list of one filter. */
export function Feed(props: FeedProps) {
  const { filter, start, paused, onPaused, onOpen, selectedId } = props;
  const [controller] = useState(() => makeController(start, paused));
  const view = useSyncExternalStore(controller.subscribe, controller.view, controller.view);
  const list = useRef<FeedListHandle>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [resets, setResets] = useState(0);
  const [cursor, setCursor] = useState<number | null>(null);
  const pages = useHistoryPages(controller, filter);
  // In a rush every frame starts afresh: counting anew waits until it is over.
  const base = useMatchTotal(controller, filter, view.rush ? -1 : resets);
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

  const resume = (): void => {
    setCursor(null);
    controller.resume();
    onPaused(false);
    list.current?.scrollToTop();
  };
  const pause = (): void => {
    controller.setHold('pause', true);
    onPaused(true);
  };
  const move = (step: number): void => {
    const { body } = controller.view().state;
    const open = body.find((row) => row.event_id === selectedId)?.seq;
    const from = cursor ?? open;
    const index = from === undefined ? 0 : indexOfSeq(body, from) + step;
    const seq = from === undefined ? list.current?.firstVisible() : undefined;
    const row = seq ? rowAt(body, indexOfSeq(body, seq)) : rowAt(body, Math.max(0, index));
    if (row === undefined) return;
    controller.setHold('cursor', true);
    setCursor(row.seq);
    list.current?.scrollToSeq(row.seq);
    if (selectedId !== null) onOpen(row);
  };
  const openCursor = (): boolean => {
    const row = cursor === null ? undefined : rowAt(view.state.body, indexOfSeq(view.state.body, cursor));
    if (row !== undefined) onOpen(row);
    return row !== undefined;
  };
  const escape = (): void => {
    if (selectedId !== null) {
      props.onClose();
      return;
    }
    setCursor(null);
    controller.setHold('cursor', false);
  };
  const togglePause = (): void => (view.paused ? resume() : pause());
  useKeys({
    j: () => move(1),
    ArrowDown: () => move(1),
    k: () => move(-1),
    ArrowUp: () => move(-1),
    Enter: openCursor,
    Escape: escape,
    p: togglePause,
    ' ': togglePause,
    '/': () => props.textRef.current?.focus(),
  });

  return (
    <section
      aria-label="Events"
      className="relative flex min-h-0 min-w-0 flex-1 flex-col overflow-hidden rounded-md border bg-surface"
    >
      <FeedBar view={view} total={base === null ? null : base + view.state.arrived} onPause={togglePause} />
      {refused !== null && (
        <p role="alert" className="border-b bg-bad-soft px-3 py-1 text-xs text-bad">
          The live feed was refused: {refused}
        </p>
      )}
      <div className="relative flex min-h-0 flex-1 flex-col">
        <NewPill view={view} onResume={resume} />
        <FeedList
          ref={list}
          view={view}
          zone={props.zone}
          selectedId={selectedId}
          cursor={cursor}
          paging={pages.paging}
          onHold={(reason, on) => controller.setHold(reason, on)}
          onOpen={onOpen}
          onNeedOlder={pages.loadOlder}
          onNeedNewer={pages.loadNewer}
          empty={<NoEvents filtered={props.filtered} />}
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

function NoEvents({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <Empty title="No event matches">Matching events appear here as they arrive.</Empty>
  ) : (
    <Empty title="No events yet">
      Events appear here as the cluster emits them. To look around first: <code>npm run demo</code>, or import
      a recording with <code>npx ringside import FILE</code>.
    </Empty>
  );
}
