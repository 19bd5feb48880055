import type { Box } from '../frame/frame';
import { letterOf } from '../frame/groups';
import { MarkBadge } from './markers';
import type { Reading } from '../frame/readings';
import { Swatch } from '../look/swatch';
import { figureText, valueText } from '../frame/ticks';
import type { ChartMarker } from '../types';

export interface Units {
  readonly unit: string | undefined;
  readonly right: string | undefined;
}

export function unitOf({ drawn }: Reading, { unit, right }: Units): string | undefined {
  return drawn.series.right === true ? right : unit;
}

/** A value with its bounds. */
export function readingText(reading: Reading, units: Units): string {
  const unit = unitOf(reading, units);
  const bound = reading.drawn.series.bounds?.[reading.index];
  const between = bound == null ? '' : ` (${boundsText(bound, unit)})`;
  return `${valueText(reading.y, unit)}${between}`;
}

/** 1920.4 to 2040.0; a side without a bound in words. */
function boundsText([low, high]: readonly [number, number], unit: string | undefined): string {
  const [from, to] = [figureText(low, unit), figureText(high, unit)];
  if (Number.isFinite(low) && Number.isFinite(high)) return `${from} to ${to}`;
  if (Number.isFinite(low)) return `at least ${from}`;
  return Number.isFinite(high) ? `at most ${to}` : 'no bounds';
}

/** What is under the crosshair; on the side of it that has more room. */
export function Tooltip({
  px,
  box,
  title,
  readings,
  markers,
  units,
  xText,
}: {
  px: number;
  box: Box;
  title: string;
  readings: readonly Reading[];
  markers: readonly ChartMarker[];
  units: Units;
  /** `short`: for points that are not quite at the crosshair. */
  xText: (x: number, short?: boolean) => string;
}) {
  const right = px > box.x + box.width / 2;
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute z-10 w-max max-w-80 rounded-md border bg-surface px-2 py-1.5 text-xs shadow-float"
      style={{ top: box.y + 4, ...(right ? { right: `calc(100% - ${px - 10}px)` } : { left: px + 10 }) }}
    >
      <div className="text-2xs text-faint">{title}</div>
      {markers.map((marker) => (
        <div key={`${marker.x} ${marker.label}`} className="flex items-center gap-1.5 py-0.5">
          <MarkBadge tone={marker.tone} text={letterOf(marker)} />
          <span className="min-w-0 break-words">{marker.label}</span>
        </div>
      ))}
      {readings.map((reading) => (
        <Line
          key={reading.drawn.series.id}
          reading={reading}
          units={units}
          elsewhere={xText(reading.x) === title ? null : xText(reading.x, true)}
        />
      ))}
    </div>
  );
}

/** One series: its value, and below it what else is known of the point. `elsewhere`: where it lies, if not right here. */
function Line({ reading, units, elsewhere }: { reading: Reading; units: Units; elsewhere: string | null }) {
  const { series, look } = reading.drawn;
  const note = series.notes?.[reading.index];
  return (
    <div>
      <div className="flex items-center gap-1.5">
        <Swatch look={look} kind={series.kind} />
        <span className="min-w-0 flex-1 text-dim">
          {series.name}
          {elsewhere !== null && series.kind !== 'step' && <span className="text-faint"> · {elsewhere}</span>}
        </span>
        <span className="pl-2 font-medium whitespace-nowrap">{readingText(reading, units)}</span>
      </div>
      {note != null && <div className="pl-6.5 text-2xs break-words text-faint">{note}</div>}
    </div>
  );
}
