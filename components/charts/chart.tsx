'use client';

import './look/charts.css';

import { memo, useCallback, useMemo, useState, type ReactNode } from 'react';
import { Button } from '../ui/controls/button';
import { useZone } from '../ui/time/clock';
import { Empty } from '../ui/panel/empty';
import { Segmented } from '../ui/controls/segmented';
import { formatTime } from '../ui/time/time-format';
import { ChartTable } from './table/chart-table';
import type { Range } from './frame/extent';
import { frameOf, type Frame } from './frame/frame';
import { Legend } from './legend';
import { Overlay } from './overlay/overlay';
import { Picture } from './picture/picture';
import { localOffset, timeTickText, numberTickText, utcOffset, valueText } from './frame/ticks';
import type { ChartLevel, ChartMarker, ChartSeries } from './types';
import { useWidth } from './use-width';
import { useWindow, type WindowProps } from './use-window';

export interface ChartProps extends WindowProps {
  /** Names the chart for screen readers and its table. */
  readonly label: string;
  readonly series: readonly ChartSeries[];
  readonly xLabel?: string;
  readonly unit?: string;
  /** Unit of the right axis. */
  readonly right?: string;
  readonly markers?: readonly ChartMarker[];
  readonly levels?: readonly ChartLevel[];
  /** All of the x axis, where that is more than the points. Keep it the same array while it is the same. */
  readonly span?: Range;
  /** Of the plot, in pixels. */
  readonly height?: number;
  /** Said at the right of the legend. */
  readonly note?: ReactNode;
  /** Instead of the chart when there is nothing to draw. */
  readonly empty?: ReactNode;
}

const NO_MARKERS: readonly ChartMarker[] = [];
const NO_LEVELS: readonly ChartLevel[] = [];
/** What the server draws for: lines are stretched to the real width until it is known. */
const ASSUMED_WIDTH = 720;
/** A low chart still needs room for a few rows as a table. */
const LEAST_TABLE = 200;

/**
 * Series over time or over a number: legend with toggles, crosshair, drag or keys to zoom, marks that open their events,
 * and the same figures as a table. Give it stable arrays: it is drawn again only when they change.
 */
export const Chart = memo(function Chart(props: ChartProps) {
  const {
    label,
    series,
    span,
    xKind,
    xLabel,
    markers = NO_MARKERS,
    levels = NO_LEVELS,
    height = 240,
  } = props;
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [ref, measured] = useWidth();
  const [window, setWindow] = useWindow(props, series, markers);
  const offset = useZone() === 'UTC' ? utcOffset : localOffset;
  const width = measured ?? ASSUMED_WIDTH;
  const frame = useMemo(
    () =>
      frameOf({
        series,
        hidden,
        markers,
        levels,
        window,
        span,
        xKind,
        xLabel: xLabel !== undefined,
        width,
        height,
        offset,
      }),
    [series, hidden, markers, levels, window, span, xKind, xLabel, width, height, offset],
  );
  if (frame === null)
    return props.empty ?? <Empty title="Nothing to draw yet">No figure has come so far.</Empty>;
  const toggle = (id: string): void => {
    const next = new Set(hidden);
    if (!next.delete(id)) next.add(id);
    setHidden(next);
  };
  return (
    <figure aria-label={label} className="m-0 flex min-w-0 flex-col gap-1">
      <div className="flex min-w-0 flex-wrap items-start justify-end gap-2">
        <Legend series={series} hidden={hidden} onToggle={toggle} />
        {props.note}
        {window !== null && <Button onClick={() => setWindow(null)}>Reset zoom</Button>}
        <Segmented label={`${label} as`} value={view} options={VIEWS} onChange={setView} />
      </div>
      {view === 'chart' ? (
        <div ref={ref} className="min-w-0" style={{ height }}>
          {/* On paper, where a panel may be wider than it was measured, marks stay over the curves. */}
          <div className="relative h-full" style={{ maxWidth: measured ?? undefined }}>
            <Drawing
              {...props}
              frame={frame}
              width={width}
              height={height}
              measured={measured !== null}
              offset={offset}
              onWindow={setWindow}
            />
          </div>
        </div>
      ) : (
        <div className="flex min-w-0 flex-col" style={{ height: Math.max(height, LEAST_TABLE) }}>
          <ChartTable
            label={label}
            series={series}
            markers={markers}
            range={frame.x.domain}
            xKind={xKind}
            xLabel={xLabel}
            unit={props.unit}
            right={props.right}
          />
        </div>
      )}
    </figure>
  );
});

const VIEWS = [
  { value: 'chart', label: 'Chart' },
  { value: 'table', label: 'Table' },
] as const;

/** Why a chart that has its axes shows no figure. */
function Nothing({ series, drawn }: { series: number; drawn: number }) {
  const hidden = drawn === 0 ? 'All series are hidden.' : 'Nothing lies in this stretch.';
  return (
    <p className="absolute inset-0 flex items-center justify-center text-xs text-faint">
      {series === 0 ? 'Nothing to draw.' : hidden}
    </p>
  );
}

function Drawing({
  frame,
  width,
  height,
  measured,
  offset,
  ...props
}: Omit<ChartProps, 'onWindow' | 'height'> & {
  frame: Frame;
  width: number;
  height: number;
  measured: boolean;
  offset: (at: number) => number;
  onWindow: (window: Range | null) => void;
}) {
  const { xKind, markers = NO_MARKERS, levels = NO_LEVELS, unit, right } = props;
  const { step } = frame.x;
  const tickText = useCallback(
    (value: number) => (xKind === 'time' ? timeTickText(value, step, offset) : numberTickText(value, step)),
    [xKind, step, offset],
  );
  const zone = offset === utcOffset ? 'UTC' : undefined;
  const xText = (x: number, short = false): string => {
    if (xKind === 'number') return `${props.xLabel ?? 'at'} ${valueText(x, undefined)}`;
    return short ? formatTime(x, 'time', zone, 0).slice(0, 5) : formatTime(x, 'datetime', zone, 0);
  };
  const note = 'pointer-events-none absolute text-2xs leading-none text-faint';
  return (
    <>
      <Picture
        frame={frame}
        width={width}
        height={height}
        levels={levels}
        tickText={tickText}
        unit={unit}
        right={right}
        measured={measured}
      />
      {unit !== undefined && <span className={`${note} top-0 left-0`}>{unit}</span>}
      {right !== undefined && frame.right !== null && (
        <span className={`${note} top-0 right-0`}>{right}</span>
      )}
      {props.xLabel !== undefined && <span className={`${note} right-3 bottom-0`}>{props.xLabel}</span>}
      {frame.left === null && frame.right === null && (
        <Nothing series={props.series.length} drawn={frame.drawn.length} />
      )}
      <Overlay
        label={props.label}
        frame={frame}
        width={width}
        height={height}
        markers={markers}
        units={{ unit, right }}
        xText={xText}
        onWindow={props.onWindow}
      />
    </>
  );
}
