'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type RefObject } from 'react';

/** Up to here all rows are in the document: the browser's own search finds them, and nothing is measured. */
const ALL = 100;
const ROW_PX = 29;

/** Which rows are in the document, and the room of the others in pixels. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly after: number;
  readonly measure: ((row: HTMLTableRowElement | null) => void) | undefined;
}

export function useScroller(count: number): { scroller: RefObject<HTMLDivElement | null>; range: RowRange } {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = count > ALL;
  const virtualizer = useVirtualizer({
    count: virtual ? count : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
    // The server renders the first rows, which are what the browser shows first.
    initialRect: { width: 800, height: 448 },
  });
  if (!virtual) return { scroller, range: { from: 0, to: count, before: 0, after: 0, measure: undefined } };
  const items = virtualizer.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  return {
    scroller,
    range: {
      from: first?.index ?? 0,
      to: (last?.index ?? -1) + 1,
      before: first?.start ?? 0,
      after: virtualizer.getTotalSize() - (last?.end ?? 0),
      measure: virtualizer.measureElement,
    },
  };
}
