'use client';

import { useRouter } from 'next/navigation';
import { useId, useMemo, type KeyboardEvent } from 'react';
import type { Range } from './extent';
import { boxOf, type Box, type Frame } from './frame';
import { groupMarkers } from './groups';
import { markPath } from './look';
import { Markers } from './markers';
import { moved, readingsAt, stepX, zoomed, type Reading } from './readings';
import { scaleOf, xPx, yPx } from './shapes';
import { readingText, Tooltip, type Units } from './tooltip';
import type { ChartMarker } from './types';
import { useCursor, type Cursor, type CursorState } from './use-cursor';

const REACH_PX = 28;
const MARK_PX = 16;

export interface OverlayProps {
  readonly label: string;
  readonly frame: Frame;
  readonly width: number;
  readonly height: number;
  readonly markers: readonly ChartMarker[];
  readonly units: Units;
  /** A value of the x axis as the tooltip tells it. */
  readonly xText: (x: number, short?: boolean) => string;
  readonly onWindow: (window: Range | null) => void;
}

/** What moves over the picture: marks, crosshair, tooltip, the stretch being picked; and the keyboard. */
export function Overlay(props: OverlayProps) {
  const { label, frame, width, height, markers, onWindow } = props;
  const box = useMemo(() => boxOf(frame, width, height), [frame, width, height]);
  const groups = useMemo(() => groupMarkers(markers, frame, box, MARK_PX), [markers, frame, box]);
  const open = useOpenEvent();
  const state = useCursor(
    frame,
    box,
    (from, to) => onWindow([from, to]),
    (point, aside) => open(point.drawn.series.events?.[point.index] ?? null, aside),
  );
  const { cursor, drag } = state;
  const found = useFound(props, box, cursor);
  const help = useId();
  const clickable = cursor?.point?.drawn.series.events?.[cursor.point.index] != null;
  return (
    <div
      role="group"
      aria-roledescription="chart"
      aria-label={`${label}, drawn`}
      aria-describedby={help}
      tabIndex={0}
      className="absolute inset-0 touch-pan-y rounded select-none focus-visible:-outline-offset-2"
      style={{ cursor: drag !== null ? 'col-resize' : clickable ? 'pointer' : 'crosshair' }}
      {...state.handlers}
      onDoubleClick={() => onWindow(null)}
      onBlur={() => state.setCursor(null)}
      onKeyDown={(event) => onKey(event, props, state, found, open)}
    >
      <span id={help} className="sr-only">
        Left and right arrows read the points, Enter opens the event of one, plus and minus zoom, Shift with
        an arrow moves the stretch, zero shows all. The table has the same figures.
      </span>
      <Crosshair frame={frame} box={box} cursor={cursor} readings={found.readings} drag={drag} />
      <Markers
        groups={groups}
        frame={frame}
        box={box}
        onHover={(x) => state.setCursor(x === null ? null : { at: x, point: null, by: 'pointer' })}
        onZoom={(from, to) => onWindow(zoomed([from, to], 1.4, (from + to) / 2))}
      />
      {cursor !== null && drag === null && found.readings.length + found.markers.length > 0 && (
        <Tooltip
          px={xPx(cursor.at, frame, box)}
          box={box}
          title={props.xText(cursor.at)}
          readings={found.readings}
          markers={found.markers}
          units={props.units}
          xText={props.xText}
        />
      )}
      <span role="status" className="sr-only">
        {cursor?.by === 'keyboard' && spoken(props, cursor, found)}
      </span>
    </div>
  );
}

interface Found {
  readonly readings: readonly Reading[];
  readonly markers: readonly ChartMarker[];
}

function useFound({ frame, markers }: OverlayProps, box: Box, cursor: Cursor | null): Found {
  return useMemo(() => {
    if (cursor === null) return { readings: [], markers: [] };
    const perPx = (frame.x.domain[1] - frame.x.domain[0]) / box.width;
    const near = markers.filter(({ x }) => Math.abs(x - cursor.at) <= (MARK_PX / 2) * perPx).slice(0, 6);
    return { readings: readingsAt(frame, cursor.at, REACH_PX * perPx), markers: near };
  }, [frame, markers, box, cursor]);
}

function spoken({ units, xText }: OverlayProps, cursor: Cursor, { readings, markers }: Found): string {
  const figures = readings.map((reading) => `${reading.drawn.series.name} ${readingText(reading, units)}`);
  return [xText(cursor.at), ...markers.map(({ label }) => label), ...figures].join(', ');
}

function useOpenEvent(): (id: string | null, aside: boolean) => void {
  const router = useRouter();
  return (id, aside) => {
    if (id === null) return;
    const href = `/events/${encodeURIComponent(id)}`;
    if (aside) window.open(href, '_blank', 'noopener');
    else router.push(href);
  };
}

function onKey(
  event: KeyboardEvent,
  { frame, markers, onWindow }: OverlayProps,
  { cursor, setCursor }: CursorState,
  found: Found,
  open: (id: string | null, aside: boolean) => void,
): void {
  const { domain } = frame.x;
  const centre = cursor?.at ?? (domain[0] + domain[1]) / 2;
  const direction = event.key === 'ArrowLeft' ? -1 : 1;
  if (event.altKey || event.ctrlKey || event.metaKey || event.target !== event.currentTarget) return;
  switch (event.key) {
    case 'ArrowLeft':
    case 'ArrowRight': {
      if (event.shiftKey) onWindow(moved(domain, direction * 0.2));
      else {
        const marks = markers.map(({ x }) => x);
        const at = stepX(frame, marks, cursor?.at ?? null, direction) ?? cursor?.at ?? null;
        if (at !== null) setCursor({ at, point: null, by: 'keyboard' });
      }
      break;
    }
    case '+':
    case '=':
      onWindow(zoomed(domain, 0.5, centre));
      break;
    case '-':
      onWindow(zoomed(domain, 2, centre));
      break;
    case '0':
      onWindow(null);
      break;
    case 'Escape':
      if (cursor === null) return;
      setCursor(null);
      break;
    case 'Enter':
      open(eventAt(found, centre), false);
      break;
    default:
      return;
  }
  event.preventDefault();
}

/** The mark's event, else that of the first point that has one. */
function eventAt({ readings, markers }: Found, at: number): string | null {
  const marked = markers.find(({ event }) => event !== null)?.event?.event_id;
  if (marked !== undefined) return marked;
  for (const { drawn, index, x } of readings) {
    const id = drawn.series.events?.[index];
    if (id != null && (x === at || drawn.series.kind === 'step')) return id;
  }
  return null;
}

function Crosshair({
  frame,
  box,
  cursor,
  readings,
  drag,
}: {
  frame: Frame;
  box: Box;
  cursor: Cursor | null;
  readings: readonly Reading[];
  drag: readonly [number, number] | null;
}) {
  return (
    <svg aria-hidden className="pointer-events-none absolute inset-0 size-full overflow-visible">
      {drag !== null && (
        <rect
          x={Math.min(...drag)}
          y={box.y}
          width={Math.abs(drag[1] - drag[0])}
          height={box.height}
          fill="var(--accent)"
          fillOpacity="0.14"
          stroke="var(--accent)"
        />
      )}
      {cursor !== null && drag === null && (
        <>
          <path d={`M${xPx(cursor.at, frame, box)} ${box.y}v${box.height}`} stroke="var(--line-strong)" />
          {readings.map(({ drawn, x, y }) => {
            const scale = scaleOf(frame, drawn);
            if (scale === null || x < frame.x.domain[0]) return null;
            return (
              <path
                key={drawn.series.id}
                d={markPath(drawn.look.mark, xPx(x, frame, box), yPx(y, scale, box), 4)}
                fill="var(--surface)"
                stroke={drawn.look.colour}
                strokeWidth="2"
              />
            );
          })}
        </>
      )}
    </svg>
  );
}
