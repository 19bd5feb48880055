import type { EventRef } from '@/domain/realtime/entities';
import type { Tone } from '../ui/signs/tone';

/** x is epoch seconds on a time axis, else the axis' own unit; y is null where the line breaks. Ascending in x. */
export type ChartPoint = readonly [x: number, y: number | null];

export interface ChartSeries {
  /** Unique in the chart; also what hides it in the legend. */
  readonly id: string;
  readonly name: string;
  readonly kind: 'line' | 'step' | 'points' | 'area' | 'bars';
  /** At most 1,000; the server thins out longer ones (largest triangle, three buckets). */
  readonly points: readonly ChartPoint[];
  /** Lower and upper bound per point, by index; drawn as error bars of points, else as a band. Infinite: there is none. */
  readonly bounds?: readonly (readonly [low: number, high: number] | null)[];
  /** The event behind each point, by index: a click opens it. */
  readonly events?: readonly (string | null)[];
  /** More about each point, for tooltip and table, by index. */
  readonly notes?: readonly (string | null)[];
  /** A fixed meaning, else the next of the palette by place in the list. */
  readonly tone?: Tone;
  /** Which palette colour, for the same subject in several charts. */
  readonly colour?: number;
  readonly dashed?: boolean;
  /** Bars that stand on those of the stacked series before it; all of them have the same x. */
  readonly stacked?: boolean;
  /** Drawn on the right axis, with `right` of the chart as its unit. */
  readonly right?: boolean;
}

/** Something that happened at a moment: a vertical mark with a shape and a letter of its own. */
export interface ChartMarker {
  readonly x: number;
  readonly label: string;
  /** One character in the mark; the first of the label when absent. */
  readonly letter?: string;
  readonly tone: Tone;
  readonly event: EventRef | null;
}

/** A horizontal line: a threshold, a target. */
export interface ChartLevel {
  readonly y: number;
  readonly label: string;
  readonly tone: Tone;
}

/** The part of the x axis that is shown; null: all there is. */
export type ChartWindow = readonly [from: number, to: number] | null;
