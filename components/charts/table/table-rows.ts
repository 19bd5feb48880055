import { lowerBound, type Range } from '../frame/extent';
import type { ChartMarker, ChartSeries } from '../types';

/** A figure or a mark of the chart, as the table lists it. */
export interface ChartRow {
  readonly key: string;
  readonly x: number;
  readonly name: string;
  readonly y: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly note: string | null;
  readonly event: string | null;
  readonly right: boolean;
}

/** Everything that lies within the range, series by series; gaps are no rows. */
export function tableRows(
  series: readonly ChartSeries[],
  markers: readonly ChartMarker[],
  [from, to]: Range,
): ChartRow[] {
  const rows: ChartRow[] = [];
  for (const one of series) {
    for (let index = lowerBound(one.points, from); index < one.points.length; index += 1) {
      const [x, y] = one.points[index] ?? [Infinity, null];
      if (x > to) break;
      if (y !== null) rows.push(pointRow(one, index, x, y));
    }
  }
  markers.forEach((marker, index) => {
    if (marker.x >= from && marker.x <= to) rows.push(markerRow(marker, index));
  });
  return rows;
}

function pointRow(one: ChartSeries, index: number, x: number, y: number): ChartRow {
  const bound = one.bounds?.[index] ?? null;
  return {
    key: `${one.id} ${index}`,
    x,
    name: one.name,
    y,
    low: finite(bound?.[0]),
    high: finite(bound?.[1]),
    note: one.notes?.[index] ?? null,
    event: one.events?.[index] ?? null,
    right: one.right === true,
  };
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

function markerRow(marker: ChartMarker, index: number): ChartRow {
  return {
    key: `mark ${index}`,
    x: marker.x,
    name: 'Mark',
    y: null,
    low: null,
    high: null,
    note: marker.label,
    event: marker.event?.event_id ?? null,
    right: false,
  };
}
