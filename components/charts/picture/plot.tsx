'use client';

import { memo, useId, useMemo } from 'react';
import {
  CartesianGrid,
  ComposedChart,
  DefaultZIndexes,
  ReferenceLine,
  usePlotArea,
  XAxis,
  YAxis,
  ZIndexLayer,
} from 'recharts';
import type { Frame } from '../frame/frame';
import { placeLevels } from '../frame/level-places';
import { toneColour } from '../look/look';
import type { PictureProps } from './picture-props';
import { SeriesShape } from './series-shape';
import type { ChartLevel } from '../types';
import { shapeOf } from '../frame/shapes';
import { numberTickText } from '../frame/ticks';

const TICK = { fontSize: 11, fill: 'var(--faint)' };
const LEVEL_TEXT = {
  fontSize: 11,
  paintOrder: 'stroke',
  stroke: 'var(--surface)',
  strokeWidth: 3,
} as const;

/** The picture by Recharts. Pointer and keyboard are the overlay's, so moving the pointer draws nothing here. */
export const Plot = memo(function Plot(props: PictureProps) {
  const { frame, width, height, levels, tickText } = props;
  const { x, left, right, margins } = frame;
  const y = { type: 'number', allowDataOverflow: true, width: 52, interval: 0 } as const;
  const line = { axisLine: false, tickLine: false, tick: TICK } as const;
  return (
    <ComposedChart
      width={width}
      height={height}
      accessibilityLayer={false}
      margin={{
        top: margins.top,
        right: right === null ? margins.right : margins.right - 52,
        bottom: margins.bottom - 22,
        left: 0,
      }}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        type="number"
        dataKey="x"
        domain={[...x.domain]}
        ticks={[...x.ticks]}
        interval={0}
        height={22}
        allowDataOverflow
        tickFormatter={tickText}
        tickLine={{ stroke: 'var(--line-strong)' }}
        axisLine={{ stroke: 'var(--line-strong)' }}
        tick={TICK}
      />
      {[left, right].map((scale, index) => (
        <YAxis
          key={index}
          {...y}
          {...line}
          yAxisId={index}
          hide={scale === null && index === 1}
          orientation={index === 0 ? 'left' : 'right'}
          domain={scale === null ? [0, 1] : [...scale.domain]}
          ticks={scale === null ? [] : [...scale.ticks]}
          tickFormatter={(value: number) =>
            numberTickText(value, scale?.step ?? 1, index === 0 ? props.unit : props.right)
          }
        />
      ))}
      {levels.map((level) => (
        <ReferenceLine
          key={`${level.y} ${level.label}`}
          y={level.y}
          yAxisId={0}
          stroke={toneColour(level.tone)}
          strokeDasharray="2 3"
        />
      ))}
      <SeriesLayer frame={frame} />
      <LevelTexts frame={frame} levels={levels} />
    </ComposedChart>
  );
});

/** What the levels are, over the series: a point on a figure would make it another figure. */
function LevelTexts({ frame, levels }: { frame: Frame; levels: readonly ChartLevel[] }) {
  const area = usePlotArea();
  const places = useMemo(
    () => (area === undefined ? [] : placeLevels(frame, levels, area)),
    [frame, levels, area],
  );
  return (
    <ZIndexLayer zIndex={DefaultZIndexes.label}>
      {places.map(({ level: { y: at, label, tone }, x, y, anchor }) => (
        <text key={`${at} ${label}`} x={x} y={y} textAnchor={anchor} fill={toneColour(tone)} {...LEVEL_TEXT}>
          {label}
        </text>
      ))}
    </ZIndexLayer>
  );
}

/**
 * The series, placed by the chart's own scales. Recharts' `Line` makes several objects for each point, which is too slow
 * for a thousand points in each of eight series that change twice a second; a path per series is not.
 */
function SeriesLayer({ frame }: { frame: Frame }) {
  const area = usePlotArea();
  const clip = useId();
  const shapes = useMemo(
    () =>
      area === undefined
        ? []
        : frame.drawn.map((drawn) => [drawn.series.id, shapeOf(frame, area, drawn)] as const),
    [frame, area],
  );
  if (area === undefined) return null;
  return (
    <ZIndexLayer zIndex={DefaultZIndexes.line}>
      <clipPath id={clip}>
        {/* Half of a mark at the edge would look like another mark. */}
        <rect x={area.x - 4} y={area.y - 4} width={area.width + 8} height={area.height + 8} />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        {shapes.map(([id, shape]) => shape && <SeriesShape key={id} {...shape} />)}
      </g>
    </ZIndexLayer>
  );
}
