'use client';

import { useState, type PointerEvent } from 'react';
import { fromPx, type Box, type Frame } from '../frame/frame';
import { nearestX, pointAt, type Reading } from '../frame/readings';

/** Where the reader points: a moment of the axis; `y` only of a pointer. Pixels. */
export interface Cursor {
  readonly at: number;
  readonly point: Reading | null;
  readonly by: 'pointer' | 'keyboard';
}

/** Shorter moves are clicks with a trembling hand. */
const DRAG_PX = 5;
const REACH_PX = 14;

export interface PointerHandlers {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerCancel: () => void;
  readonly onPointerLeave: () => void;
}

export interface CursorState {
  readonly cursor: Cursor | null;
  readonly setCursor: (cursor: Cursor | null) => void;
  /** The stretch that is being picked, in pixels. */
  readonly drag: readonly [from: number, to: number] | null;
  readonly handlers: PointerHandlers;
}

/** Crosshair, picking a stretch by dragging, and clicks on points. */
export function useCursor(
  frame: Frame,
  box: Box,
  onPick: (from: number, to: number) => void,
  onOpen: (point: Reading, aside: boolean) => void,
): CursorState {
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const [start, setStart] = useState<number | null>(null);
  const [end, setEnd] = useState(0);
  const dragged = start !== null && Math.abs(end - start) >= DRAG_PX;
  const place = (event: PointerEvent<HTMLElement>): readonly [x: number, y: number] => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - left;
    return [Math.min(Math.max(x, box.x), box.x + box.width), event.clientY - top];
  };
  const valueAt = (px: number): number => fromPx(px - box.x, frame.x.domain, box.width);
  const point = (x: number, y: number): Cursor => {
    const found = pointAt(frame, box, x, y, REACH_PX);
    return { at: found?.x ?? nearestX(frame, valueAt(x)) ?? valueAt(x), point: found, by: 'pointer' };
  };
  const handlers: PointerHandlers = {
    onPointerDown(event) {
      if (event.button !== 0 || (event.target as Element).closest('a, button') !== null) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const [x] = place(event);
      setStart(x);
      setEnd(x);
    },
    onPointerMove(event) {
      const [x, y] = place(event);
      if (start !== null) setEnd(x);
      setCursor(point(x, y));
    },
    onPointerUp(event) {
      if (start === null) return;
      const [x, y] = place(event);
      setStart(null);
      if (Math.abs(x - start) >= DRAG_PX) {
        setCursor(null);
        onPick(valueAt(Math.min(start, x)), valueAt(Math.max(start, x)));
      } else {
        const here = point(x, y);
        setCursor(here);
        if (here.point !== null) onOpen(here.point, event.metaKey || event.ctrlKey);
      }
    },
    onPointerCancel: () => setStart(null),
    onPointerLeave: () => setCursor((now) => (now?.by === 'pointer' ? null : now)),
  };
  return { cursor, setCursor, drag: dragged ? [start, end] : null, handlers };
}
