'use client';

import type { Virtualizer } from '@tanstack/react-virtual';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { MouseEvent, RefObject } from 'react';
import { useLayoutEffect, useState } from 'react';
import type { EventRow } from '@/domain/events/envelope';
import type { HoldReason } from './feed-controller';
import { indexOfSeq, rowAt } from './feed-rows';

type Box = RefObject<HTMLDivElement | null>;

/** Which rows to draw. Rows are known by their place, so a full list that moves on needs no new measurements. */
export function useRowVirtualizer(
  scroller: Box,
  count: number,
  rowHeight: number,
): Virtualizer<HTMLDivElement, Element> {
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    // Arrivals come in batches: with some rows in reserve each is in the document at least once. They cost next to
    // nothing, for rows that stay are not touched.
    overscan: 30,
    // The column names stick there.
    scrollPaddingStart: 24,
    // For the server's rendering, which has no window to measure.
    initialRect: { width: 1200, height: 900 },
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  return virtualizer;
}

/** One pair of listeners for all rows: the list stands still while a pointer is down, and a plain click opens. */
export function usePressAndOpen(
  body: readonly EventRow[],
  onHold: (reason: HoldReason, on: boolean) => void,
  onOpen: (row: EventRow) => void,
) {
  const rowOf = (target: EventTarget): EventRow | undefined => {
    const seq = (target as Element).closest<HTMLElement>('[data-seq]')?.dataset['seq'];
    return seq === undefined ? undefined : rowAt(body, indexOfSeq(body, Number(seq)));
  };
  const onClick = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const row = rowOf(event.target);
    if (row === undefined) return;
    event.preventDefault();
    onOpen(row);
  };
  const onPointerDown = (): void => {
    onHold('press', true);
    const up = (): void => {
      window.removeEventListener('pointerup', up);
      window.removeEventListener('pointercancel', up);
      // The click comes after: it must still find the row in its place.
      setTimeout(() => onHold('press', false));
    };
    window.addEventListener('pointerup', up);
    window.addEventListener('pointercancel', up);
  };
  return { onClick, onPointerDown };
}

/** The height that the style sheet gives rows at the present width, in pixels. */
export function useRowHeight(inner: Box): number {
  const [height, setHeight] = useState(28);
  useLayoutEffect(() => {
    const element = inner.current;
    if (element === null) return;
    const read = (): void => setHeight(parseFloat(getComputedStyle(element).getPropertyValue('--row')) || 28);
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, [inner]);
  return height;
}
