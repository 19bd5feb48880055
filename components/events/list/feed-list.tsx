'use client';

import type { CSSProperties, ReactNode, Ref } from 'react';
import { useEffect, useImperativeHandle, useRef } from 'react';
import { Button } from '@/components/ui/controls/button';
import { cn } from '@/components/ui/cn';
import type { EventRow } from '@/domain/events/envelope';
import { ColumnNames } from './column-names';
import { EventLine, ROW_HEIGHT } from './event-row';
import type { FeedView, HoldReason } from '../feed/feed-controller';
import { useOpenings, usePressAndOpen, useRowHeight, useRowVirtualizer } from './feed-scroll';
import { hasNewer } from '../feed/feed-store';
import { indexOfSeq, rowAt } from './feed-rows';
import type { ListLook } from './list-look';
import { gridColumns } from './list-look';
import { OpenedRow } from './opened-row';

/** Scrolled less than this counts as "at the top". */
const TOP_PX = 4;
/** Rows from either end at which the next page is asked for. */
const AHEAD = 60;

export interface FeedListHandle {
  scrollToTop(): void;
  scrollToSeq(seq: number): void;
  /** Seq of the first row that can be seen. */
  firstVisible(): number | null;
  focus(): void;
}

export interface FeedListProps {
  view: FeedView;
  look: ListLook;
  zone: string | undefined;
  selectedId: string | null;
  cursor: number | null;
  paging: 'idle' | 'loading' | 'failed' | 'stopped';
  /** Of history so much was looked through for older rows, where that takes long. */
  searched: number | null;
  /** Ends the search for older rows. */
  onStop: () => void;
  onHold: (reason: HoldReason, on: boolean) => void;
  onOpen: (row: EventRow) => void;
  /** Seqs of the rows that are opened in place. */
  opened: ReadonlySet<number>;
  onToggle: (row: EventRow) => void;
  /** What a row shows when it is opened in place. */
  renderOpened: (row: EventRow) => ReactNode;
  onNeedOlder: () => void;
  onNeedNewer: () => void;
  /** Shown instead of rows when there are none. */
  empty: ReactNode;
}

/** The feed, newest on top, with only the visible rows in the document. */
export function FeedList({ ref, ...props }: FeedListProps & { ref: Ref<FeedListHandle> }) {
  const { view, look, opened, paging, onHold, onNeedNewer, onNeedOlder } = props;
  const { body, older, held, above } = view.state;
  // Rows that were dropped above the body keep their space, so that nothing moves under the reader.
  const count = above + body.length;
  const scroller = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight(inner, look.density);
  const { openings, onHeight } = useOpenings(opened, body, above);
  const virtualizer = useRowVirtualizer(scroller, count, rowHeight, openings);
  useImperativeHandle(ref, () => ({
    scrollToTop: () => scroller.current?.scrollTo({ top: 0 }),
    scrollToSeq: (seq) => virtualizer.scrollToIndex(above + indexOfSeq(body, seq), { align: 'auto' }),
    firstVisible: () =>
      rowAt(body, openings.firstFrom(scroller.current?.scrollTop ?? 0, rowHeight) - above)?.seq ?? null,
    focus: () => scroller.current?.focus({ preventScroll: true }),
  }));

  const pressAndOpen = usePressAndOpen(body, props.onHold, props.onOpen, props.onToggle);

  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const top = Math.max(first, above);
  const needOlder = view.ready && older && last >= count - AHEAD && paging === 'idle';
  const needNewer = hasNewer(view.state) && first <= above + AHEAD && paging === 'idle';
  useEffect(() => {
    if (needNewer) onNeedNewer();
    else if (needOlder) onNeedOlder();
  }, [needOlder, needNewer, onNeedOlder, onNeedNewer, body]);

  const onScroll = (): void => {
    onHold('scroll', (scroller.current?.scrollTop ?? 0) > TOP_PX);
  };
  return (
    <div
      ref={scroller}
      role="region"
      aria-label="Event feed, newest on top"
      aria-busy={!view.ready}
      tabIndex={0}
      data-held={held}
      onScroll={onScroll}
      style={gridColumns(look) as CSSProperties}
      className="@container relative min-h-0 flex-1 overflow-y-auto contain-strict [overflow-anchor:none]"
    >
      <ColumnNames look={look} />
      <div
        ref={inner}
        role="list"
        aria-label="Events"
        className={cn('relative', ROW_HEIGHT[look.density])}
        style={{ height: `calc(var(--row) * ${count} + ${openings.total}px)` }}
        {...pressAndOpen}
      >
        {/* In the flow, so that an arrival inserts one row and touches no other. */}
        <div style={{ transform: `translateY(calc(var(--row) * ${top} + ${openings.above(top)}px))` }}>
          {items.map(({ index }) => {
            const row = rowAt(body, index - above);
            return (
              row && (
                <EventLine
                  key={row.seq}
                  row={row}
                  look={look}
                  zone={props.zone}
                  fresh={row.seq > view.freshAbove}
                  selected={row.event_id === props.selectedId}
                  atCursor={row.seq === props.cursor}
                  opened={
                    opened.has(row.seq) ? (
                      <OpenedRow seq={row.seq} onHeight={onHeight}>
                        {props.renderOpened(row)}
                      </OpenedRow>
                    ) : null
                  }
                />
              )
            );
          })}
        </div>
      </div>
      <Bottom {...props} />
    </div>
  );
}

function Bottom({ view, paging, searched, onNeedOlder, onStop, empty }: FeedListProps) {
  const { body, older } = view.state;
  if (paging === 'failed') {
    return (
      <p role="alert" className="flex items-center justify-center gap-3 p-3 text-xs text-bad">
        {body.length === 0 ? 'The matching events could not be read.' : 'Older events could not be read.'}
        <Button onClick={onNeedOlder}>Try again</Button>
      </p>
    );
  }
  const stopped = paging === 'stopped';
  if (older && (stopped || searched !== null)) {
    const share = `${String(Math.floor((searched ?? 0) * 100))} %`;
    return (
      <p className="flex min-h-12 items-center justify-center gap-3 p-3 text-xs text-faint">
        <span className="tabular-nums">
          {stopped ? `Stopped; ${share} of history was searched.` : `Searching: ${share} of history so far …`}
        </span>
        <Button onClick={stopped ? onNeedOlder : onStop}>{stopped ? 'Go on' : 'Stop'}</Button>
      </p>
    );
  }
  if (!view.ready || older) return <p className="p-3 text-center text-xs text-faint">Reading history…</p>;
  if (body.length === 0) return empty;
  return <p className="p-3 text-center text-xs text-faint">Nothing older matches.</p>;
}
