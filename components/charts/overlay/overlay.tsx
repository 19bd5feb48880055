'use client';

import { useId, useMemo } from 'react';
import { Crosshair } from './crosshair';
import type { Range } from '../frame/extent';
import { boxOf, type Box, type Frame } from '../frame/frame';
import { crowdStretch, groupMarkers } from '../frame/groups';
import { Markers } from './markers';
import { onKey, type Found } from './overlay-keys';
import { readingsAt } from '../frame/readings';
import { xPx } from '../frame/shapes';
import { readingText, Tooltip, type Units } from './tooltip';
import type { ChartMarker } from '../types';
import { useCursor, type Cursor } from './use-cursor';
import { useGo } from '../../ui/go';

const REACH_PX = 28;
const MARK_PX = 16;

interface OverlayProps {
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
      data-keys="chart"
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
        onZoom={(group) => onWindow(crowdStretch(group, box, MARK_PX))}
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
  const go = useGo();
  return (id, aside) => {
    if (id === null) return;
    const href = `/events/${encodeURIComponent(id)}`;
    if (aside) window.open(href, '_blank', 'noopener');
    else go(href);
  };
}
