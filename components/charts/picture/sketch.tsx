import { boxOf, cssLeft } from '../frame/frame';
import { round, toneColour } from '../look/look';
import type { PictureProps } from './picture-props';
import { SeriesShape } from './series-shape';
import { shapeOf, yPx } from '../frame/shapes';
import { numberTickText, type Scale } from '../frame/ticks';

/** Never broken: at the right edge there is less room than a day takes, which reaches beyond the plot. */
const TEXT = 'absolute text-2xs leading-none whitespace-nowrap text-faint';

/**
 * The same picture without Recharts, for the server's first paint. The server does not know the width, so lines are
 * stretched to it by the browser; texts are placed in percent and keep their shape.
 */
export function Sketch({ frame, width, height, levels, tickText, unit, right: rightUnit }: PictureProps) {
  const box = boxOf(frame, width, height);
  const { x, left, right, margins } = frame;
  return (
    <div aria-hidden className="absolute inset-0 overflow-clip">
      <div
        className="absolute"
        style={{ inset: `${box.y}px ${margins.right}px ${margins.bottom}px ${box.x}px` }}
      >
        <svg
          viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
          preserveAspectRatio="none"
          className="absolute inset-0 size-full"
        >
          <Lines frame={frame} width={width} height={height} levels={levels} />
          {frame.drawn.map((drawn) => {
            const shape = shapeOf(frame, box, drawn);
            return shape && <SeriesShape key={drawn.series.id} {...shape} />;
          })}
        </svg>
      </div>
      {left !== null && (
        <Ticks scale={left} unit={unit} top={(tick) => yPx(tick, left, box)} side="left-0 text-right" />
      )}
      {right !== null && (
        <Ticks scale={right} unit={rightUnit} top={(tick) => yPx(tick, right, box)} side="right-0" />
      )}
      {x.ticks.map((tick) => (
        <span
          key={tick}
          className={`${TEXT} -translate-x-1/2`}
          style={{ left: cssLeft(tick, frame), top: box.y + box.height + 8 }}
        >
          {tickText(tick)}
        </span>
      ))}
    </div>
  );
}

function Ticks({
  scale,
  unit,
  top,
  side,
}: {
  scale: Scale;
  unit: string | undefined;
  top: (tick: number) => number;
  side: string;
}) {
  return scale.ticks.map((tick) => (
    <span key={tick} className={`${TEXT} ${side} w-11 -translate-y-1/2`} style={{ top: top(tick) }}>
      {numberTickText(tick, scale.step, unit)}
    </span>
  ));
}

/** Grid, axis and levels. */
function Lines({
  frame,
  width,
  height,
  levels,
}: Pick<PictureProps, 'frame' | 'width' | 'height' | 'levels'>) {
  const box = boxOf(frame, width, height);
  const { left, right } = frame;
  const scale = left ?? right;
  const across = (y: number): string => `M${box.x} ${round(y)}h${box.width}`;
  const fixed = { fill: 'none', vectorEffect: 'non-scaling-stroke' } as const;
  return (
    <>
      {scale !== null && (
        <path
          d={scale.ticks.map((tick) => across(yPx(tick, scale, box))).join('')}
          stroke="var(--line)"
          {...fixed}
        />
      )}
      <path d={across(box.y + box.height)} stroke="var(--line-strong)" {...fixed} />
      {left !== null &&
        levels.map(({ y, label, tone }) => (
          <path
            key={`${y} ${label}`}
            d={across(yPx(y, left, box))}
            stroke={toneColour(tone)}
            strokeDasharray="2 3"
            {...fixed}
          />
        ))}
    </>
  );
}
