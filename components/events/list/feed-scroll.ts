'use client';

import type { Virtualizer } from '@tanstack/react-virtual';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { MouseEvent, RefObject } from 'react';
import { useCallback, useLayoutEffect, useMemo, useState } from 'react';
import type { EventRow } from '@/domain/events/envelope';
import type { HoldReason } from '../feed/feed-controller';
import type { Density } from './list-look';
import { indexOfSeq, rowAt } from './feed-rows';
import { NO_OPENINGS, Openings } from './openings';

type Box = RefObject<HTMLDivElement | null>;

/** Which rows to draw. Rows are known by their place, so a full list that moves on needs no new measurements. */
export function useRowVirtualizer(
  scroller: Box,
  count: number,
  rowHeight: number,
  openings: Openings,
): Virtualizer<HTMLDivElement, Element> {
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rowHeight + openings.at(index),
    // Arrivals come in batches: with some rows in reserve each is in the document at least once. They cost next to
    // nothing, for rows that stay are not touched.
    overscan: 30,
    // The column names stick there.
    scrollPaddingStart: 24,
    // For the server's rendering, which has no window to measure.
    initialRect: { width: 1200, height: 900 },
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight, openings]);
  return virtualizer;
}

/**
 * One pair of listeners for all rows: the list stands still while a pointer is down, a plain click on the line opens, one
 * on the button before it opens in place.
 */
export function usePressAndOpen(
  body: readonly EventRow[],
  onHold: (reason: HoldReason, on: boolean) => void,
  onOpen: (row: EventRow) => void,
  onToggle: (row: EventRow) => void,
) {
  const rowOf = (target: EventTarget): EventRow | undefined => {
    const seq = (target as Element).closest<HTMLElement>('[data-seq]')?.dataset['seq'];
    return seq === undefined ? undefined : rowAt(body, indexOfSeq(body, Number(seq)));
  };
  const onClick = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const part = (event.target as Element).closest('[data-line], [data-toggle]');
    const row = part && rowOf(event.target);
    if (!row) return;
    event.preventDefault();
    if (part.hasAttribute('data-toggle')) onToggle(row);
    else onOpen(row);
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

/** Where rows are opened in place: each says its height by itself as soon as it has one. */
export function useOpenings(
  opened: ReadonlySet<number>,
  body: readonly EventRow[],
  above: number,
): { openings: Openings; onHeight: (seq: number, px: number) => void } {
  const [heights, setHeights] = useState<ReadonlyMap<number, number>>(NO_HEIGHTS);
  const openings = useMemo(() => {
    if (opened.size === 0) return NO_OPENINGS;
    const there = [...opened].filter((seq) => rowAt(body, indexOfSeq(body, seq))?.seq === seq);
    return new Openings(there.map((seq) => [above + indexOfSeq(body, seq), heights.get(seq) ?? 0] as const));
  }, [opened, body, above, heights]);
  const onHeight = useCallback((seq: number, px: number): void => {
    setHeights((before) => (before.get(seq) === px ? before : new Map(before).set(seq, px)));
  }, []);
  return { openings, onHeight };
}
const NO_HEIGHTS: ReadonlyMap<number, number> = new Map();

/** The height that the style sheet gives rows at the present width, in pixels. */
export function useRowHeight(inner: Box, density: Density): number {
  const [height, setHeight] = useState(28);
  useLayoutEffect(() => {
    const element = inner.current;
    if (element === null) return;
    const read = (): void => setHeight(parseFloat(getComputedStyle(element).getPropertyValue('--row')) || 28);
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, [inner, density]);
  return height;
}
